"""An article's positions, numbered as they stand, and the claims they belong to.

The same words may deny several claims: they carry one number, and stand under each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.admin.highlighting import Mark
from claims.admin.refusals import Refusal
from claims.models import Article, Claim, Claimant, Position, Publication, Rating, State
from claims.pipeline import review

# The bracket that joins report and denial is drawn down to this many paragraphs further.
BRACKET_REACH = 3


@dataclass(frozen=True)
class Stand:
    """One position with the number of its words in the text. `anchor`: the words' number leads
    here, not to another claim that they belong to as well."""

    number: int
    position: Position
    anchor: bool = True

    @property
    def asserts(self) -> bool:
        return self.position.stance == Position.Stance.ASSERTS

    @property
    def claimant(self) -> Claimant | None:
        return self.position.claimant


@dataclass
class Entry:
    """One claim of the list. `holds`: numbers of claims nested in its words; `refusal`: why what
    was just tried with it was not done; `merged`: claims that were merged into it."""

    claim: Claim
    stands: list[Stand] = field(default_factory=list)
    rating: Rating | None = None
    holds: list[int] = field(default_factory=list)
    refusal: Refusal | None = None
    merged: list[Claim] = field(default_factory=list)

    @property
    def correctable(self) -> bool:
        return self.claim.state in review.EDITABLE

    @property
    def number(self) -> int:
        return self.stands[0].number

    @property
    def reports(self) -> list[Stand]:
        return [stand for stand in self.stands if stand.asserts]

    @property
    def denials(self) -> list[Stand]:
        return [stand for stand in self.stands if not stand.asserts]

    @property
    def contested(self) -> bool:
        return bool(self.reports and self.denials)

    @property
    def found(self) -> bool:
        return self.claim.state == State.FOUND


@dataclass
class Sheet:
    """Everything that is marked in one article."""

    marks: list[Mark]
    entries: list[Entry]
    claimants: list[tuple[int, int]]
    cues: list[tuple[int, int]]
    # number → the claims whose position the words are.
    claims_of: dict[int, list[Entry]]

    @property
    def found(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.found]

    @property
    def contested(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.contested]

    @property
    def settled(self) -> int:
        done = (State.PUBLISHED, State.RETRACTED, State.DISMISSED)
        return sum(entry.claim.state in done for entry in self.entries)


def sheet(article: Article) -> Sheet:
    """Two queries: the positions with their claims, and what is public of those."""
    positions = list(
        Position.objects.filter(article=article)
        .select_related("claim", "claim__assignee", "claimant")
        .order_by("start", "-end", "pk")
    )
    public = {
        publication.claim_id: publication.version.rating
        for publication in Publication.objects.standing()
        .filter(claim__in={position.claim_id for position in positions})
        .select_related("version__rating")
    }
    return arrange(positions, public)


def arrange(positions: Iterable[Position], public: dict[int, Rating]) -> Sheet:
    numbers: dict[tuple[int, int, str], int] = {}
    marks: list[Mark] = []
    entries: dict[int, Entry] = {}
    claims_of: dict[int, list[Entry]] = {}
    claimants, cues = set(), set()
    for position in positions:
        key = (position.start, position.end, position.stance)
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            marks.append(Mark(numbers[key], position.start, position.end))
        entry = entries.setdefault(
            position.claim_id,
            Entry(position.claim, rating=public.get(position.claim_id)),
        )
        entry.stands.append(Stand(numbers[key], position, numbers[key] not in claims_of))
        claims_of.setdefault(numbers[key], []).append(entry)
        if position.claimant_start is not None and position.claimant_end is not None:
            claimants.add((position.claimant_start, position.claimant_end))
        if position.cue_start is not None and position.cue_end is not None:
            cues.add((position.cue_start, position.cue_end))
    for entry in entries.values():
        entry.stands.sort(key=lambda stand: (not stand.asserts, stand.number))
        entry.holds = _nested_in(entry, marks)
    return Sheet(
        marks=marks,
        entries=sorted(entries.values(), key=lambda e: min(s.number for s in e.stands)),
        claimants=sorted(claimants),
        cues=sorted(cues),
        claims_of=claims_of,
    )


def _nested_in(entry: Entry, marks: Sequence[Mark]) -> list[int]:
    own = {stand.number for stand in entry.stands}
    return [
        mark.number
        for mark in marks
        if mark.number not in own
        and any(
            stand.position.start <= mark.start and mark.end <= stand.position.end
            for stand in entry.stands
        )
    ]
