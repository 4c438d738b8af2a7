"""Where all claims of an article stand: as little of each as numbering, counting and paging need.

An article may hold thousands of claims. Their numbers and counts come from here, by one narrow
query; what a page shows of them is read for one part of the text alone (`article_claims`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from claims.admin.highlighting import Mark, Span
from claims.models import Article, Position, State

SETTLED = (State.PUBLISHED, State.RETRACTED, State.DISMISSED)
FILTERS = ("all", "found", "contested")


class Place(NamedTuple):
    """One position: the claim and its state, and where the words stand. `carried_from`: the older
    version's claim that it goes on from."""

    claim: int
    state: str
    start: int
    end: int
    stance: str
    carried_from: int | None = None


@dataclass
class Index:
    """The positions in the order of the text, the outer before the inner. `numbers`: what the words
    carry in the text; the same words with the same stance carry one, whosever they are."""

    places: list[Place]
    by_claim: dict[int, list[Place]] = field(init=False, default_factory=dict)
    numbers: dict[tuple[int, int, str], int] = field(init=False, default_factory=dict)
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        for place in self.places:
            self.by_claim.setdefault(place.claim, []).append(place)
            self.numbers.setdefault(_words(place), len(self.numbers) + 1)
        self.starts = [place.start for place in self.places]

    def number(self, place: Place) -> int:
        return self.numbers[_words(place)]

    def count(self, show: str = "all") -> int:
        return sum(self.shows(claim, show) for claim in self.by_claim)

    @property
    def settled(self) -> int:
        return sum(places[0].state in SETTLED for places in self.by_claim.values())

    def shows(self, claim: int, show: str) -> bool:
        """Whether the claim is in that part of the list: all, found or contested."""
        places = self.by_claim[claim]
        if show == "found":
            return places[0].state == State.FOUND and places[0].carried_from is None
        if show == "contested":
            return len({place.stance == Position.Stance.ASSERTS for place in places}) == 2
        return True

    def within(self, part: Span) -> list[Place]:
        """Those whose words stand in the part, if only with one character."""
        before = bisect_left(self.starts, part[1])
        return [place for place in self.places[:before] if place.end > part[0]]

    def marks(self, places: Iterable[Place]) -> list[Mark]:
        """One for each number, however many claims the words belong to."""
        found = {self.number(place): place for place in places}
        return [Mark(number, place.start, place.end) for number, place in found.items()]

    def inside(self, start: int, end: int) -> Iterator[Place]:
        """Those that lie wholly in the span."""
        for place in self.places[bisect_left(self.starts, start) :]:
            if place.start >= end:
                return
            if place.end <= end:
                yield place

    def start_of(self, claim: int | None) -> int | None:
        places = self.by_claim.get(claim) if claim is not None else None
        return places[0].start if places else None


def index(article: Article) -> Index:
    rows = (
        Position.objects.filter(article=article)
        .order_by("start", "-end", "pk")
        .values_list("claim", "claim__state", "start", "end", "stance", "claim__carried_from")
    )
    return Index([Place(*row) for row in rows])


def _words(place: Place) -> tuple[int, int, str]:
    return place.start, place.end, place.stance
