"""What the pages that sources named say on a claim, best passage first, copies under one story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from claims.admin.claim_forms import host
from claims.admin.match_panel import REASONS, Ground
from claims.languages import SERVED, fold, known_names
from claims.languages.folding import stopwords
from claims.models import Claim, Reading

# What begins the origin of a copy of the claim's own article (pipeline/reading/writing.py).
OWN = "own:"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Place:
    """Where a source named the page: the find's number, as the evidence form takes it."""

    use: str
    publisher: str
    kind: str
    rating: str
    sources: list[str | Promise]


@dataclass(frozen=True)
class Found:
    """One page. `pieces`: its passage, with what it has in common with the claim marked."""

    row: Reading
    place: Place | None
    pieces: list[tuple[str, bool]]
    used: bool

    @property
    def host(self) -> str:
        return host(self.row.url)

    @property
    def grounds(self) -> list[Ground]:
        """What speaks against it."""
        return [Ground(REASONS.get(code, code), own, theirs) for code, own, theirs in self.row.why]


@dataclass(frozen=True)
class Story:
    """Pages of one origin, the best first."""

    best: Found
    copies: list[Found]

    @property
    def pages(self) -> int:
        return 1 + len(self.copies)

    @property
    def own(self) -> bool:
        """Whether it is the claim's own article over again."""
        return self.best.row.origin.startswith(OWN)


@dataclass(frozen=True)
class Pages:
    """`silent`: pages that say nothing on the claim. `open`: those still to be read."""

    stories: list[Story]
    silent: list[Found]
    failed: list[Found]
    open: int

    @property
    def done(self) -> int:
        read = sum(story.pages for story in self.stories)
        return read + len(self.silent) + len(self.failed)


def pages(
    claim: Claim, rows: Sequence[Reading], places: Mapping[str, Place], used: set[str]
) -> Pages:
    """`rows`: the claim's readings. `places`: by address; `used`: those among its evidence."""
    common = _Common(claim)
    found = [
        Found(row, places.get(row.url), common.marked(row), row.url in used)
        for row in rows
        if row.state in (Reading.State.READ, Reading.State.GAVE_UP)
    ]
    read = [one for one in found if one.row.state == Reading.State.READ]
    by_origin: dict[str, list[Found]] = {}
    for one in sorted(read, key=lambda one: (-(one.row.score or 0), one.row.pk)):
        if one.row.passage:
            by_origin.setdefault(one.row.origin or str(one.row.pk), []).append(one)
    stories = [Story(best, copies) for best, *copies in by_origin.values()]
    return Pages(
        stories=sorted(stories, key=lambda story: story.own),
        silent=[one for one in read if not one.row.passage],
        failed=[one for one in found if one.row.state == Reading.State.GAVE_UP],
        open=sum(row.state in (Reading.State.WAITING, Reading.State.RUNNING) for row in rows),
    )


def as_evidence(claim: Claim, url: str) -> dict[str, str]:
    """What was read on a page, for the evidence form: its passage, and the independence group that
    its origin gives; {} where it was not read."""
    row = claim.readings.filter(url=url, state=Reading.State.READ).first()
    if row is None:
        return {}
    quote = {"quote": row.passage, "quote_language": row.language} if row.passage else {}
    return quote | {"independence_group": _group(claim, row)[:40]}


def _group(claim: Claim, row: Reading) -> str:
    """The host of the first of its copies that was read; of the claim's own article, its own."""
    if row.origin.startswith(OWN):
        seen = next((one.url for one in claim.article.appearances.all() if one.url), "")
        return host(seen) or f"article-{claim.article_id}"
    copies = claim.readings.filter(origin=row.origin).exclude(origin="")
    first = copies.order_by("finished_at", "pk").first() or row
    return host(first.url)


class _Common:
    """The words that a passage has in common with the claim, or its names in another language."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._words: dict[str, frozenset[str]] = {}

    def marked(self, row: Reading) -> list[tuple[str, bool]]:
        language = row.language or self._claim.language
        if language not in SERVED:
            return [(row.passage, False)]
        if language not in self._words:
            self._words[language] = self._in(language)
        pieces: list[tuple[str, bool]] = []
        at = 0
        for match in _WORD.finditer(row.passage):
            if fold(match.group(), language) in self._words[language]:
                pieces += [(row.passage[at : match.start()], False), (match.group(), True)]
                at = match.end()
        pieces.append((row.passage[at:], False))
        return [(text, mark) for text, mark in pieces if text]

    def _in(self, language: str) -> frozenset[str]:
        own = self._claim.language
        words = set(_WORD.findall(self._claim.statement))
        if language != own and own in SERVED:
            names = known_names.find(self._claim.statement, own)
            words = {word for word in words if word.isdecimal()}
            words |= {word for name in names for word in name.spelled[language].split()}
        folded = {fold(word, language) for word in words}
        return frozenset(word for word in folded if len(word) > 1) - stopwords(language)
