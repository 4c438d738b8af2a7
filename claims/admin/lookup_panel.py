"""The lookups of one claim as the page shows them: asked, answered, and not asked with the why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import redis
from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from claims.admin.found_pages import Pages, Place, pages
from claims.models import WANTED_STATES, Claim, Lookup, State
from claims.pipeline import _traffic as traffic
from claims.pipeline import lookup
from claims.sources import registry
from claims.sources.base import Query, Source

# An editor's words begin with so many of the claim's.
FIELD_WORDS = 8
# Kinds of finds that are pages of others, and can be read.
PAGES = ("page", "check")
UNSETTLED = (Lookup.State.WAITING, Lookup.State.RUNNING)


@dataclass(frozen=True)
class Wording:
    """What a source is asked. `own`: with an editor's words; `field`: those, or some to begin with;
    `form`: whether an editor may choose them here."""

    asks: str
    own: bool
    field: str
    form: bool


@dataclass(frozen=True)
class Asked:
    """One source and what became of asking it. `sends`: what leaves the house, and to whom.
    `closed_for`: seconds for which nobody asks it, because it failed or wants us to wait."""

    row: Lookup
    label: str | Promise
    sends: str | Promise
    hits: list[dict[str, Any]]
    may_be_asked: bool
    words: Wording
    closed_for: float

    @property
    def settled(self) -> bool:
        return self.row.state not in UNSETTLED

    @property
    def unasked(self) -> bool:
        """It was its turn, and the claim has no words for it: nobody was asked anything."""
        return self.row.state == Lookup.State.NOTHING and self.row.started_at is None

    @property
    def seconds(self) -> float | None:
        """How long the answer took."""
        if not self.settled or self.row.started_at is None or self.row.finished_at is None:
            return None
        return (self.row.finished_at - self.row.started_at).total_seconds()


@dataclass(frozen=True)
class NotAsked:
    name: str
    label: str | Promise
    sends: str | Promise
    why: str
    may_be_asked: bool
    words: Wording


@dataclass(frozen=True)
class Panel:
    """`not_set_up`: sources that lack a setting, with its name. `reads`: whether pages may be read
    for this claim."""

    asked: list[Asked]
    not_asked: list[NotAsked]
    not_set_up: list[tuple[str | Promise, str]]
    pages: Pages
    reads: bool

    @property
    def may_ask(self) -> bool:
        """Whether any source may be asked, or asked again, now."""
        return any(one.may_be_asked for one in self.asked) or any(
            one.may_be_asked for one in self.not_asked
        )

    @property
    def asking(self) -> bool:
        return any(not one.settled for one in self.asked)

    @property
    def live(self) -> bool:
        """Whether anything may still change by itself, so that the page should look again."""
        return self.asking or self.pages.open > 0

    @property
    def settled(self) -> int:
        return sum(one.settled for one in self.answering)

    @property
    def answering(self) -> list[Asked]:
        """Those of whom an answer is, or was, to be expected."""
        return [one for one in self.asked if not one.unasked]

    @property
    def done(self) -> int:
        """Sources that have answered and pages that were read, of `all`."""
        return self.settled + self.pages.done

    @property
    def all(self) -> int:
        return len(self.answering) + self.pages.done + self.pages.open


def panel(claim: Claim) -> Panel:
    """Six queries at most, however many sources there are."""
    known = registry()
    prefetch_related_objects([claim], "positions__claimant", "article__appearances")
    query = lookup.question(claim, "")
    rows = list(claim.lookups.all())
    used = {piece.url for piece in claim.evidence.all()}
    readings = list(claim.readings.all())
    noted = {row.url for row in readings}
    asked_of = [row for row in rows if row.next_at != lookup.NOT_YET]
    chosen = {row.source: row.terms for row in rows}
    closed = _closed([row.source for row in asked_of if row.state == Lookup.State.WAITING])
    asked = [
        Asked(
            row=row,
            label=known[row.source].label if row.source in known else row.source,
            sends=known[row.source].sends if row.source in known else "",
            hits=[
                hit
                | {
                    "used": hit.get("url") in used,
                    "link": _link(hit.get("url", "")),
                    "unread": hit.get("kind") in PAGES and hit.get("url") not in noted,
                }
                for hit in row.hits
            ],
            may_be_asked=row.source in known and _askable(known[row.source], claim),
            words=_wording(known.get(row.source), claim, query, row.terms),
            closed_for=closed.get(row.source, 0.0),
        )
        for row in asked_of
    ]
    names = {row.source for row in asked_of}
    missing = {name: lookup.missing_settings(source) for name, source in known.items()}
    found = pages(claim, readings, _places(asked), used)
    reads = claim.state in WANTED_STATES and not claim.confidential
    return Panel(
        asked,
        [
            NotAsked(
                name,
                source.label,
                source.sends,
                _why_not(claim, source),
                _askable(source, claim),
                _wording(source, claim, query, chosen.get(name)),
            )
            for name, source in known.items()
            if name not in names and not missing[name]
        ],
        [
            (source.label, ", ".join(missing[name]))
            for name, source in known.items()
            if missing[name] and name not in names
        ],
        found if reads else replace(found, open=0),
        reads,
    )


def _closed(names: list[str]) -> dict[str, float]:
    """Source → seconds for which nobody asks it; nothing where Redis does not say."""
    if not names:
        return {}
    try:
        return {name: state.closed_for for name, state in traffic.state(names).items()}
    except redis.RedisError:
        return {}


def _wording(source: Source | None, claim: Claim, query: Query, terms: str | None) -> Wording:
    if source is None:
        return Wording("", own=False, field="", form=False)
    asked = replace(query, terms=terms or "")
    form = (
        source.takes_words
        and not lookup.missing_settings(source)
        and (_askable(source, claim) or _waits(source, claim))
    )
    return Wording(source.asks(asked), bool(terms), " ".join(asked.words(FIELD_WORDS)), form)


def _waits(source: Source, claim: Claim) -> bool:
    return claim.state == State.FOUND and lookup.may_be_accepted(source, claim)


def _places(asked: list[Asked]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for one in asked:
        for number, hit in enumerate(one.row.hits):
            place = places.setdefault(
                hit.get("url", ""),
                Place(
                    f"{one.row.pk}-{number}",
                    hit.get("publisher", ""),
                    hit.get("kind", "page"),
                    hit.get("rating", ""),
                    [],
                ),
            )
            if one.label not in place.sources:
                place.sources.append(one.label)
    return places


def _link(url: str) -> str:
    """The address if it may stand in a link: a source can answer with a script for one."""
    return url if url.startswith(("https://", "http://")) else ""


def _askable(source: Source, claim: Claim) -> bool:
    return lookup.may_be_asked(source, claim) and not lookup.missing_settings(source)


def _why_not(claim: Claim, source: Source) -> str:
    if claim.language not in source.languages:
        return _("does not serve this language")
    if source.sends_text_to_third_party and claim.confidential:
        return _("never: the article is confidential")
    if source.sends_text_to_third_party and claim.state == State.FOUND:
        return _("once the claim is accepted")
    return _("not asked yet")
