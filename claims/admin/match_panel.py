"""What was seen before that is like a claim: suggestions, what people decided, and the cluster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    When,
    prefetch_related_objects,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import (
    Appearance,
    Claim,
    ClusterMember,
    FurtherAppearance,
    ImportedCheck,
    Match,
    Matching,
    Publication,
)
from claims.pipeline import translating

# As many as the machine offers at once; what it offered earlier may stand beside them.
SHOWN = 6
# Further than this nobody looks; a claim has a handful of matches.
MOST = 100
# What the guard against contradictions found, as people read it.
REASONS: dict[str, Promise] = {
    "denial": _("one of them denies it"),
    "negation": _("one of them says no"),
    "opposite": _("says the opposite"),
    "number": _("another number"),
    "date": _("another time"),
    "place": _("another place"),
    "actor": _("somebody else"),
    "roles": _("the roles are reversed"),
}


@dataclass(frozen=True)
class Ground:
    """One thing that conflicts: `own` stands in the claim, `theirs` in the other one."""

    label: Promise | str
    own: str
    theirs: str


@dataclass(frozen=True)
class Found:
    """One match. `head`: the earlier claim, or the head of its cluster, with its standing
    publication; None for somebody else's check."""

    match: Match
    head: Claim | None
    publication: Publication | None

    @property
    def check(self) -> ImportedCheck | None:
        return self.match.check_found

    @property
    def grounds(self) -> list[Ground]:
        return [
            Ground(REASONS.get(one["code"], one["code"]), one["a"], one["b"])
            for one in self.match.reasons
        ]

    @property
    def same(self) -> bool:
        return self.match.relation == Match.Relation.SAME

    @property
    def conflicts(self) -> bool:
        return self.match.relation == Match.Relation.CONTRADICTS

    @property
    def seen(self) -> Appearance | None:
        """Where the newer claim's article was first seen, where that was read with it."""
        return next(iter(self.match.claim.article.appearances.all()), None)

    @property
    def answers(self) -> bool:
        """Whether the earlier verdict answers the newer claim."""
        return self.same and self.publication is not None


@dataclass(frozen=True)
class Member:
    """A claim of the cluster, and where its article was first seen."""

    membership: ClusterMember
    seen: Appearance | None
    listed: bool

    @property
    def claim(self) -> Claim:
        return self.membership.claim


@dataclass(frozen=True)
class Panel:
    note: Matching | None
    suggested: Sequence[Found]
    decided: Sequence[Found]
    members: Sequence[Member]
    membership: ClusterMember | None

    @property
    def live(self) -> bool:
        """Whether the comparison is still to come, so that the page should look again."""
        return self.note is not None and self.note.state in (
            Matching.State.WAITING,
            Matching.State.RUNNING,
        )

    @property
    def ambiguous(self) -> bool:
        return sum(found.same and found.head is not None for found in self.suggested) > 1


@dataclass(frozen=True)
class Near:
    """Matches of one claim, those that name it as the earlier one among them, and the standing
    verdicts on the claims that they lead to, by claim. `own`: its own verdict in each language."""

    matches: Sequence[Match]
    public: Mapping[int, Publication]
    own: Sequence[Publication]


def near(claim: Claim) -> Near:
    """Its own matches first, then the nearest. Two queries."""
    own = Case(When(claim=claim, then=0), default=1)
    rows = list(
        Match.objects.filter(Q(claim=claim) | Q(earlier=claim))
        .select_related(
            "claim__membership__head", "earlier__membership__head", "check_found", "decided_by"
        )
        .order_by(own, "-score", "pk")[:MOST]
    )
    heads = [head for match in rows if (head := other(match, claim))]
    current = translating.current_of([claim, *heads])
    return Near(
        rows,
        {
            one.claim_id: one
            for one in current
            if one.stands and one.version.translates_id is None  # type: ignore[attr-defined]
        },
        [one for one in current if one.claim_id == claim.pk],
    )


def other(match: Match, claim: Claim) -> Claim | None:
    """What a match of this claim leads to: the claim on its other side, or the head of that one's
    cluster. None for somebody else's check."""
    one = match.earlier if match.claim_id == claim.pk else match.claim
    return head_of(one) if one else None


def panel(claim: Claim, around: Near | None = None) -> Panel:
    """Four queries at most, however much was found, for a claim read with its `matching` and
    `membership__head`. `around`: its matches, where the page has read them already."""
    around = around or near(claim)
    own = [match for match in around.matches if match.claim_id == claim.pk]
    found = _found(own, around.public)
    return Panel(
        note=getattr(claim, "matching", None),
        suggested=[one for one in found if one.match.state == Match.State.SUGGESTED][:SHOWN],
        decided=[one for one in found if one.match.state != Match.State.SUGGESTED],
        members=_members(claim),
        membership=getattr(claim, "membership", None),
    )


def alerts(limit: int) -> list[Found]:
    """Suggested repetitions of what the desk has a public verdict on, of the newest ones."""
    newest = Match.objects.seen_again().order_by("-suggested_at", "-pk")
    # Numbers first: with all that is shown of them joined, a database looks at every suggestion.
    matches = Match.objects.filter(pk__in=newest.values("pk")[:limit])
    seen = Prefetch("claim__article__appearances", Appearance.objects.select_related("outlet"))
    return read(matches.prefetch_related(seen))


def read(matches: QuerySet[Match]) -> list[Found]:
    """Matches with what the page shows of them."""
    rows = list(
        matches.select_related(
            "claim__article", "earlier__membership__head", "check_found", "decided_by"
        )
    )
    return _found(rows, _public(match.earlier and head_of(match.earlier) for match in rows))


def _public(heads: Iterable[Claim | None]) -> dict[int, Publication]:
    """The standing verdicts on these claims."""
    wanted = {head.pk for head in heads if head is not None}
    if not wanted:
        return {}
    standing = Publication.objects.standing().originals().filter(claim__in=wanted)
    return {found.claim_id: found for found in standing.select_related("version__rating")}


def _found(matches: Iterable[Match], public: Mapping[int, Publication]) -> list[Found]:
    """What is the same first, of that what has a verdict, then the nearest."""
    found = []
    for match in matches:
        head = head_of(match.earlier) if match.earlier else None
        found.append(Found(match, head, public.get(head.pk) if head else None))
    order = list(Match.Relation)
    return sorted(
        found,
        key=lambda one: (
            order.index(Match.Relation(one.match.relation)),
            not one.answers,
            -one.match.score,
        ),
    )


def head_of(claim: Claim) -> Claim:
    membership = getattr(claim, "membership", None)
    return membership.head if membership else claim


def members() -> Prefetch[str]:
    """A claim's members as its page shows them."""
    listed = FurtherAppearance.objects.shown().filter(
        claim=OuterRef("head"), article=OuterRef("claim__article")
    )
    rows = ClusterMember.objects.select_related("claim__article", "match")
    return Prefetch("members", rows.annotate(listed=Exists(listed)))


def _members(claim: Claim) -> list[Member]:
    # Nothing is read of it that the page has read with the positions.
    prefetch_related_objects([claim], members())
    rows = list(claim.members.all())
    prefetch_related_objects(rows, "claim__article__appearances__outlet")
    return [
        Member(
            row,
            next(iter(row.claim.article.appearances.all()), None),
            row.listed,  # type: ignore[attr-defined]
        )
        for row in rows
    ]
