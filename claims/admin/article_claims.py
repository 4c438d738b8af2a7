"""The claims of one part of an article, each with everybody's position on it.

The same words may deny several claims: they carry one number, and stand under each of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.admin.article_index import Index
from claims.admin.highlighting import Mark, Span
from claims.admin.refusals import Refusal
from claims.models import (
    Article,
    Claim,
    Claimant,
    ClusterMember,
    Match,
    Position,
    Publication,
    Rating,
    State,
)
from claims.pipeline import review

# The bracket that joins report and denial is drawn down to this many paragraphs further.
BRACKET_REACH = 3


@dataclass(frozen=True)
class Stand:
    """One position with the number of its words in the text. `anchor`: the words' number leads
    here, not to another claim that they belong to as well. `here`: the words begin in the part of
    the text that is shown."""

    number: int
    position: Position
    anchor: bool = True
    here: bool = True

    @property
    def asserts(self) -> bool:
        return self.position.stance == Position.Stance.ASSERTS

    @property
    def claimant(self) -> Claimant | None:
        return self.position.claimant


@dataclass
class Entry:
    """One claim of the list. `holds`: numbers of claims nested in its words; `refusal`: why what
    was just tried with it was not done; `merged`: claims that were merged into it; `seen_before`:
    something like it is suggested; `head`: the claim it was found to be the same as."""

    claim: Claim
    stands: list[Stand] = field(default_factory=list)
    rating: Rating | None = None
    holds: list[int] = field(default_factory=list)
    refusal: Refusal | None = None
    merged: list[Claim] = field(default_factory=list)
    seen_before: bool = False
    head: Claim | None = None

    @property
    def correctable(self) -> bool:
        return self.claim.state in review.EDITABLE and not self.goes_on

    @property
    def goes_on(self) -> bool:
        """Nobody has to decide on it: the same words of an older version are worked on there."""
        return self.claim.state == State.FOUND and self.claim.carried_from_id is not None

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
        return self.claim.state == State.FOUND and self.claim.carried_from_id is None


@dataclass
class Sheet:
    """Everything that is marked in one part of an article."""

    part: Span
    marks: list[Mark]
    entries: list[Entry]
    # (start, end) of a claimant or a cue → the numbers of the words that are theirs.
    claimants: dict[Span, list[int]] = field(default_factory=dict)
    cues: dict[Span, list[int]] = field(default_factory=dict)
    # number → the claims whose position the words are.
    claims_of: dict[int, list[Entry]] = field(default_factory=dict)

    @property
    def contested(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.contested]


def sheet(article: Article, index: Index, part: Span) -> Sheet:
    """Four queries, however many claims the article has: the positions of the part's claims, and
    what is public of those, what is like them, and whose members they are."""
    shown = index.within(part)
    wanted = {place.claim for place in shown}
    positions = (
        Position.objects.filter(article=article, claim__in=wanted)
        .select_related("claim", "claim__assignee", "claim__carried_from", "claimant")
        .order_by("start", "-end", "pk")
    )
    public = {
        publication.claim_id: publication.version.rating
        for publication in Publication.objects.standing()
        .filter(claim__in=wanted)
        .select_related("version__rating")
    }
    found = Sheet(part, index.marks(shown), [])
    _arrange(found, positions, index, public)
    suggested = set(
        Match.objects.suggested().filter(claim__in=wanted).values_list("claim", flat=True)
    )
    heads = {
        member.claim_id: member.head
        for member in ClusterMember.objects.filter(claim__in=wanted).select_related("head")
    }
    for entry in found.entries:
        entry.seen_before = entry.claim.pk in suggested
        entry.head = heads.get(entry.claim.pk)
    found.marks = [mark for mark in found.marks if mark.number in found.claims_of]
    return found


def _arrange(
    found: Sheet, positions: Iterable[Position], index: Index, public: dict[int, Rating]
) -> None:
    entries: dict[int, Entry] = {}
    for position in positions:
        number = index.numbers.get((position.start, position.end, position.stance))
        if number is None:
            continue  # marked since the index was read; the next look has it
        entry = entries.setdefault(
            position.claim_id,
            Entry(position.claim, rating=public.get(position.claim_id)),
        )
        here = found.part[0] <= position.start < found.part[1]
        entry.stands.append(Stand(number, position, number not in found.claims_of, here))
        found.claims_of.setdefault(number, []).append(entry)
        if position.claimant_start is not None and position.claimant_end is not None:
            span = (position.claimant_start, position.claimant_end)
            found.claimants.setdefault(span, []).append(number)
        if position.cue_start is not None and position.cue_end is not None:
            found.cues.setdefault((position.cue_start, position.cue_end), []).append(number)
    for entry in entries.values():
        entry.stands.sort(key=lambda stand: (not stand.asserts, stand.number))
        entry.holds = _nested_in(entry, index)
    found.entries = sorted(entries.values(), key=lambda e: min(s.number for s in e.stands))


def _nested_in(entry: Entry, index: Index) -> list[int]:
    own = {stand.number for stand in entry.stands}
    inside = {
        index.number(place)
        for stand in entry.stands
        for place in index.inside(stand.position.start, stand.position.end)
    }
    return sorted(inside - own)
