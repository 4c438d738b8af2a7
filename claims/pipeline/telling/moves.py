"""What a claim's moves and edits tell, and whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, F, Q

from claims.models import Claim, Contact, Contribution, Notification, Transition
from claims.pipeline.telling.events import Audience, Event, those

Kind = Notification.Kind
# Moves that can concern somebody: the others are not even looked at.
TELLING = (
    "edit", "assign", "sort", "propose", "send_back", "approve", "publish", "resume", "correct",
    "answer", "receive_complaint",
)  # fmt: skip
# Moves after which nobody needs to be told to review the claim any more.
OUT_OF_REVIEW = ("send_back", "approve")


@dataclass(frozen=True)
class _Around:
    """What the moves are about, read for all of them at once."""

    assignees: dict[int, int | None]
    proposals: dict[int, list[tuple[int, int | None]]]
    hands: dict[int, set[int]]
    by_name: dict[str, int]
    asked: dict[int, int]

    def proposer(self, move: Transition) -> int | None:
        """Who proposed what this move is about."""
        earlier = [by for number, by in self.proposals[move.subject_id] if number < move.number]
        return earlier[-1] if earlier else None


def from_moves(moves: Sequence[Transition], who: Audience) -> list[Event]:
    """Five queries at most, however many moves there are."""
    telling = [move for move in moves if move.action in TELLING]
    if not telling:
        return []
    around = _around(telling)
    return [
        event
        for move in telling
        if move.subject_id in around.assignees
        for event in _of(move, around, who)
    ]


def _of(move: Transition, around: _Around, who: Audience) -> list[Event]:
    claim, data = move.subject_id, move.data
    assignee, author = around.assignees[claim], around.proposer(move)

    def told(kind: Notification.Kind, people: frozenset[int | None], **said: object) -> Event:
        # An assignment by a rule and its other news are two things of one move.
        key = f"move:{move.pk}:{kind.value}"
        return Event(kind, key, claim, move.at, people, move.actor_id, dict(said))

    match move.action:
        case "propose":
            return [told(Kind.TO_REVIEW, those(who.reviewers - around.hands[claim]))]
        case "send_back":
            return [told(Kind.SENT_BACK, those(author, assignee), reason=move.reason[:300])]
        case "approve":
            return [told(Kind.APPROVED, those(author, assignee))]
        case "publish":
            return [told(Kind.PUBLISHED, those(author, assignee))]
        case "resume" | "correct":
            if move.actor_id is not None:
                return []
            mine = those(assignee) if assignee in who.desk else those(who.researchers)
            return [told(Kind.RECHECK, mine)]
        case "answer":
            asked = around.asked.get(data.get("contact", 0))
            whom = str(data.get("whom", ""))[:200]
            return [told(Kind.ANSWER, those(assignee, asked), whom=whom)]
        case "receive_complaint":
            return [told(Kind.ANSWER, those(who.publishers), complaint=data.get("complaint"))]
    events = []
    rule = str(data.get("name", "")) if move.action == "sort" else ""
    chosen = _assigned(move, around)
    if chosen is not None:
        events.append(told(Kind.ASSIGNED, those(chosen), **({"rule": rule} if rule else {})))
    if move.action == "sort" and data.get("tell"):
        events.append(told(Kind.RULE, those(set(data["tell"]) - {chosen}), rule=rule))
    return events


def _assigned(move: Transition, around: _Around) -> int | None:
    """To whom an edit gave the claim; edits keep a person by the name they sign in with."""
    given = move.data.get("assignee")
    if not isinstance(given, list) or len(given) != 2 or given[0] == given[1]:
        return None
    return around.by_name.get(str(given[1]))


def _around(moves: Sequence[Transition]) -> _Around:
    claims = {move.subject_id for move in moves}
    proposals: defaultdict[int, list[tuple[int, int | None]]] = defaultdict(list)
    hands: defaultdict[int, set[int]] = defaultdict(set)
    for claim, number, by in (
        Transition.objects.filter(
            subject=Transition.Subject.CLAIM, subject_id__in=claims, action="propose"
        )
        .order_by("number")
        .values_list("subject_id", "number", "actor_id")
    ):
        proposals[claim].append((number, by))
    if proposed := {move.subject_id for move in moves if move.action == "propose"}:
        theirs = (
            Contribution.objects.filter(claim__in=proposed, language="")
            .annotate(
                published=Count(
                    "claim__publications",
                    filter=Q(claim__publications__version__translates=None),
                )
            )
            .filter(publications=F("published"))
        )
        for claim, user in theirs.values_list("claim_id", "user_id"):
            hands[claim].add(user)
    names = {
        str(pair[1])
        for move in moves
        if isinstance(pair := move.data.get("assignee"), list) and len(pair) == 2 and pair[1]
    }
    contacts = {move.data.get("contact", 0) for move in moves if move.action == "answer"}
    return _Around(
        assignees=dict(Claim.objects.filter(pk__in=claims).values_list("pk", "assignee_id")),
        proposals=proposals,
        hands=hands,
        by_name=dict(User.objects.filter(username__in=names).values_list("username", "pk"))
        if names
        else {},
        asked=dict(Contact.objects.filter(pk__in=contacts).values_list("pk", "asked_by_id"))
        if contacts
        else {},
    )
