"""An article in parts, each as much as one page shows: cut between paragraphs, nothing left out.

A part is asked for by a place in the text (`?at=`) or by a claim (`?claim=`), never by its number:
where the cuts are depends on the claims, and an address outlives a correction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator

from claims.admin.article_index import Index, Place
from claims.admin.highlighting import Span, lines

# Code points, and claims that begin in them: what of the two is reached first ends a part.
LONG, MANY = 12_000, 100


@dataclass(frozen=True)
class Part:
    """One part of how many; `number` counts from 1."""

    number: int
    span: Span


@dataclass(frozen=True)
class Link:
    """A link to a part; `query` is empty for the gap between two far ones and where there is
    nothing to go to."""

    label: int
    query: str = ""
    here: bool = False


@dataclass(frozen=True)
class Pager:
    """The way to the other parts. Under a filter only those that hold something of it are told."""

    part: Part
    parts: int
    links: list[Link]
    before: str
    after: str


def spans(text: str, starts: Sequence[int]) -> list[Span]:
    """The parts of a text whose claims begin at `starts`, in order; joined they are the text. There
    is always one."""
    found: list[Span] = []
    begin = claims = 0
    for start, end in _blocks(text):
        after = bisect_right(starts, end - 1)
        if start > begin and (end - begin > LONG or after - claims > MANY):
            found.append((begin, start))
            begin, claims = start, bisect_right(starts, start - 1)
    found.append((begin, len(text)))
    return found


def _blocks(text: str) -> Iterator[Span]:
    """The paragraphs, with the line breaks after them. One too long for a part comes in pieces, cut
    at white space where there is some."""
    for begin, _end, following in lines(text):
        while following - begin > LONG:
            cut = max(text.rfind(" ", begin + LONG // 2, begin + LONG) + 1, begin + LONG // 2)
            yield begin, cut
            begin = cut
        yield begin, following


def choose(
    parts: Sequence[Span], index: Index, *, at: int | None, claim: int | None, show: str
) -> Part:
    """The part with the claim, or with that place; the next one that holds something of the filter
    where this one does not."""
    place = index.start_of(claim)
    place = at or 0 if place is None else place
    number = max(0, bisect_right([start for start, _end in parts], place) - 1)
    turned = [*range(number, len(parts)), *range(number)]
    if show != "all":
        holding = _holding(parts, index, show)
        number = next((one for one in turned if one in holding), number)
    return Part(number + 1, parts[number])


def pager(part: Part, parts: Sequence[Span], index: Index, show: str) -> Pager:
    numbers = sorted(_holding(parts, index, show) | {part.number - 1})
    here = numbers.index(part.number - 1) + 1
    pages = Paginator(numbers, 1)

    def query(position: int) -> str:
        return where(show, parts[numbers[position - 1]][0])

    return Pager(
        part=part,
        parts=len(parts),
        links=[
            Link(numbers[one - 1] + 1, query(one), one == here) if isinstance(one, int) else Link(0)
            for one in pages.get_elided_page_range(here, on_each_side=2, on_ends=1)
        ],
        before=query(here - 1) if here > 1 else "",
        after=query(here + 1) if here < len(numbers) else "",
    )


def where(show: str, at: int | None = None) -> str:
    """The address of a part, without the question mark."""
    return urlencode({"show": show} | ({} if at is None else {"at": at}))


def _holding(parts: Sequence[Span], index: Index, show: str) -> set[int]:
    """The parts in which a claim of the filter begins, or another party's words about it."""
    if show == "all":
        return set(range(len(parts)))
    begins = [start for start, _end in parts]
    return {bisect_right(begins, place.start) - 1 for place in _placed(index, show)}


def _placed(index: Index, show: str) -> Iterable[Place]:
    return (place for place in index.places if index.shows(place.claim, show))
