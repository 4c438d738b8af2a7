"""A publication as a reader meets it: frozen content only, dates parsed, citations linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from claims.feeds.base import OfOriginal
from claims.languages import direction
from claims.models import FurtherAppearance, LogEntry, Publication, Rating
from claims.models.addresses import as_read
from claims.models.content import (
    CITATION,
    published_evidence,
    published_explanation,
    source_language,
)

DAY = "%Y-%m-%d"


@dataclass(frozen=True)
class Stamp:
    """A rating as it was published: its mark, and its word in the page's language."""

    mark: str
    label: str


@dataclass(frozen=True)
class Seen:
    """Where and when the claim was printed."""

    outlet: str
    url: str
    day: date | None

    @property
    def address(self) -> str:
        return as_read(self.url)


@dataclass(frozen=True)
class Citation:
    """A piece of an explanation: words, or the number of the evidence it cites."""

    words: str
    evidence: int | None = None


@dataclass(frozen=True)
class Position:
    """One party's stance. `words` is the article's text in the content's language; empty when the
    article is confidential; a translation leaves them in the language they were written in. `name` is empty when the article itself speaks."""

    stance: str
    name: str
    name_language: str
    via: str
    words: str
    language: str
    direction: str
    direct: bool
    dates: list[tuple[str, date | None, date | None]]


@dataclass(frozen=True)
class Shown:
    """One entry of the log, for lists and for the verdict's own page."""

    publication: Publication
    stamp: Stamp | None
    """None for a retraction: the desk has no verdict on the claim any more."""
    before: Stamp | None
    """The rating it replaced, if it was another one."""
    claim: str
    language: str
    direction: str
    summary: str
    claimant: str
    claimant_language: str
    via: str
    seen: Seen | None
    reason_language: str
    reason_direction: str

    @property
    def retracted(self) -> bool:
        return self.publication.kind == LogEntry.Kind.RETRACTION


def shown(publication: Publication, language: str, translation: OfOriginal | None = None) -> Shown:
    """`language` is the page's; the content keeps its own, and so may the reason of a translation."""
    content = publication.version.content
    retracted = publication.kind == LogEntry.Kind.RETRACTION
    speaker = _speaker(content)
    named = (speaker["claimant"] if speaker else None) or {}
    replaced = publication.replaces
    previous = replaced.version.content if replaced else None
    reason_language = translation.reason_language if translation else content["language"]
    changed = previous and (retracted or previous["rating"]["slug"] != content["rating"]["slug"])
    return Shown(
        publication=publication,
        stamp=None if retracted else stamp(content, language),
        before=stamp(previous, language) if previous and changed else None,
        claim=content["statement"],
        language=content["language"],
        direction=direction(content["language"]),
        summary="" if retracted else publication.version.summary,
        claimant=named.get("name", ""),
        claimant_language=named.get("language", source_language(content)),
        via=speaker["via"] if speaker else "",
        seen=_seen(content["appearances"]),
        reason_language=reason_language,
        reason_direction=direction(reason_language),
    )


def stamp(content: dict[str, Any], language: str) -> Stamp:
    return Stamp(mark=content["rating"]["mark"], label=content["rating"]["label"][language])


def scale(language: str) -> list[tuple[Stamp, str, bool, str]]:
    """The desk's scale as it is now: each step's stamp, its short name, whether it says how true a
    claim is, and what it means."""
    return [
        (
            Stamp(rating.mark, rating.label(language)),
            rating.slug,
            rating.is_truth,
            rating.description(language),
        )
        for rating in Rating.objects.in_use()
    ]


def positions(content: dict[str, Any]) -> tuple[list[Position], list[Position]]:
    """Who asserts the claim, and who denies or doubts it."""
    every = [_position(position, source_language(content)) for position in content["positions"]]
    return (
        [position for position in every if position.stance == "asserts"],
        [position for position in every if position.stance != "asserts"],
    )


def paragraphs(content: dict[str, Any]) -> list[list[Citation]]:
    """The explanation by paragraphs. A number in brackets is a link where readers can see that
    piece of evidence; any other stays the words it is."""
    numbers = {piece["number"] for piece in published_evidence(content)}
    return [
        list(_pieces(line, numbers))
        for line in published_explanation(content).splitlines()
        if line.strip()
    ]


def evidence(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Published evidence, each piece under the number by which the explanation cites it."""
    return [
        {
            **piece,
            "quote_language": piece["quote_language"] or source_language(content),
            "quote_direction": direction(piece["quote_language"] or source_language(content)),
            "address": as_read(piece["url"]),
        }
        for piece in published_evidence(content)
    ]


def further(publication: Publication) -> list[Seen]:
    """Where the claim was printed again since, as far as a publisher has listed it, the newest
    first. What the verdict itself names is not told twice."""
    content = publication.version.content
    named = {one["article"] for one in content["positions"]}
    listed = (
        FurtherAppearance.objects.shown()
        .filter(claim=publication.claim_id)
        .exclude(article__in=named)
        .prefetch_related("article__appearances__outlet")
    )
    found = [
        Seen(seen.outlet.name if seen.outlet else "", seen.url, seen.published_on)
        for one in listed
        for seen in one.article.appearances.all()
        # What came to the desk later, nobody has listed.
        if seen.seen_at <= one.listed_at
    ]
    return sorted(found, key=lambda seen: (seen.day or date.min, seen.outlet), reverse=True)


def _speaker(content: dict[str, Any]) -> dict[str, Any] | None:
    """Who says it: the first party that asserts it, and a named one before the article itself."""
    asserting = [one for one in content["positions"] if one["stance"] == "asserts"]
    return next((one for one in asserting if one["claimant"]), next(iter(asserting), None))


def _seen(appearances: Sequence[dict[str, Any]]) -> Seen | None:
    for first in sorted(appearances, key=lambda one: one["published_on"]):
        return Seen(first["outlet"], first["url"], _day(first["published_on"]))
    return None


def _position(position: dict[str, Any], language: str) -> Position:
    claimant = position["claimant"] or {}
    return Position(
        stance=position["stance"],
        name=claimant.get("name", ""),
        name_language=claimant.get("language", language),
        via=position["via"],
        words=position["text"],
        language=language,
        direction=direction(language),
        direct=position["form"] == "direct",
        dates=[(one["text"], _day(one["from"]), _day(one["to"])) for one in position["dates"]],
    )


def _pieces(line: str, numbers: set[int]) -> list[Citation]:
    pieces: list[Citation] = []
    end = 0
    for cited in CITATION.finditer(line):
        number = int(cited[1])
        if number in numbers:
            # The link stands close to the word it supports, as a footnote does.
            pieces += [Citation(line[end : cited.start()].rstrip()), Citation("", number)]
            end = cited.end()
    return [*pieces, Citation(line[end:])]


def _day(text: str | None) -> date | None:
    """A date of the content (`2026-08-31`); None for none, or for one that is less than a day."""
    try:
        return datetime.strptime(text, DAY).date() if text else None
    except ValueError:
        return None
