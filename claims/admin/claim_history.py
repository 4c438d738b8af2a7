"""A claim's moves and edits as sentences, each with what was before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.admin.word_diff import Segment, compare
from claims.languages import label as label_of_language
from claims.models import Claim, Complaint, Contact, Evidence, State, Transition
from claims.templatetags.desk import moment

EDITS: dict[str, Promise | str] = {
    "make_dossier": _("Made a dossier"),
    "merge_claimants": _("Merged two claimants"),
    "unmerge_claimants": _("Undid a merge of claimants"),
    "edit": _("Edited"),
    "sort": _("A rule sorted it"),
    "take_over": _("Took over the verdict that somebody was writing"),
    "add_evidence": _("Added evidence"),
    "change_evidence": _("Changed evidence"),
    "remove_evidence": _("Removed evidence"),
    "order_evidence": _("Reordered the evidence"),
    "merge": _("Merged another claim into it"),
    "unmerge": _("Undid a merge"),
    "cut": _("Split it in two"),
    "cut_off": _("Split off another claim"),
    "respan": _("Marked other words"),
    "add_position": _("Marked by hand"),
    "identify_claimant": _("Said who the claimant is"),
    "forget_claimant": _("Took back who the claimant is"),
    "not_them": _("Looked at who the claimant may be"),
    "confirm_match": _("Confirmed a match"),
    "reject_match": _("Rejected a match"),
    "undo_match": _("Undid a decision on a match"),
    "list_appearance": _("Listed a further appearance"),
    "decline_appearance": _("Decided not to list a further appearance"),
    "withdraw_appearance": _("Withdrew a further appearance"),
    "schedule_publication": _("Set a time for publishing"),
    "call_off_publication": _("Called off the time for publishing"),
    "schedule_failed": _("Its time came and it could not go out"),
    "propose_translation": _("Sent a translation to review"),
    "approve_translation": _("Approved a translation"),
    "send_back_translation": _("Sent a translation back"),
    "publish_translation": _("Published a translation"),
    "retract_translation": _("Retracted a translation"),
    "rate_blind": _("Rated it without knowing the proposal"),
    "comment": _("Commented"),
    "resolve_comment": _("Resolved a comment"),
    "reopen_comment": _("Reopened a comment"),
    "share_link": _("Made a link for an outside expert"),
    "open_link": _("An outside expert opened the link"),
    "revoke_link": _("Revoked the link of an outside expert"),
    "expert_comment": _("An outside expert commented"),
    "ask": _("Asked somebody"),
    "answer": _("Noted what came of it"),
    "change_contact": _("Changed what is noted of a contact"),
    "receive_complaint": _("A complaint came"),
    "answer_complaint": _("Answered a complaint"),
}
# What a button asks for is told differently once it has happened.
DONE: dict[str, Promise | str] = {
    "accept": _("Accepted"),
    "unaccept": _("Took the acceptance back"),
    "start": _("Started research"),
    "dismiss": _("Dismissed"),
    "restore": _("Brought back"),
    "wait": _("Put off until a date"),
    "resume": _("Resumed research"),
    "propose": _("Sent to review"),
    "second": _("Approved, not the last one needed"),
    "approve": _("Approved"),
    "send_back": _("Sent back"),
    "reopen": _("Taken back to research"),
    "publish": _("Published"),
    "correct": _("Opened for correction"),
    "drop_correction": _("Dropped the correction"),
    "retract": _("Retracted"),
}


# What the whole history can be narrowed to, by the address's ?kind=; "edits" is the rest.
KINDS: dict[str, Promise | str] = {
    "moves": _("moves"),
    "edits": _("edits"),
    "evidence": _("evidence"),
    "comments": _("comments"),
    "letters": _("contacts and complaints"),
}
_OF_KIND: dict[str, frozenset[str]] = {
    "moves": frozenset(DONE),
    "evidence": frozenset({"add_evidence", "change_evidence", "remove_evidence", "order_evidence"}),
    "comments": frozenset(
        {
            "comment",
            "resolve_comment",
            "reopen_comment",
            "share_link",
            "open_link",
            "revoke_link",
            "expert_comment",
        }
    ),
    "letters": frozenset(
        {"ask", "answer", "change_contact", "receive_complaint", "answer_complaint"}
    ),
}

# Moves whose words tell something of the proposal.
IN_REVIEW = ("propose", "rate_blind", "second", "approve", "send_back")


# Longer values are texts, and told word by word.
_LINE = 40


@dataclass(frozen=True)
class Change:
    """One field, before and after; `before` is "" for what had no value."""

    label: str
    before: str
    after: str

    @property
    def segments(self) -> list[Segment] | None:
        """Word by word, where both are texts."""
        long = len(self.before) > _LINE or len(self.after) > _LINE
        return compare(self.before, self.after) if self.before and self.after and long else None


@dataclass(frozen=True)
class Row:
    move: Transition
    label: Promise | str
    changes: list[Change] = field(default_factory=list)
    detail: str = ""

    @property
    def to_label(self) -> str:
        return str(State(self.move.to_state).label)

    @property
    def moved(self) -> bool:
        return self.move.from_state != self.move.to_state


def chain(claim: Claim) -> list[Transition]:
    """All that happened, the first move first."""
    moves = Transition.objects.filter(subject=Transition.Subject.CLAIM, subject_id=claim.pk)
    return list(moves.select_related("actor").order_by("number"))


def rows(
    moves: Sequence[Transition], limit: int | None = None, *, sealed: bool = False
) -> list[Row]:
    """Of a claim's chain, the newest first; all of them without `limit`. `sealed`: without what was
    said in review, for whoever has yet to rate the proposal without knowing it."""
    moves = moves[::-1]
    if limit is not None:
        # Comments stand in a panel of their own beside the newest moves.
        moves = [move for move in moves if move.action != "comment"][:limit]
    found = [read(move) for move in moves]
    if limit is not None:
        # What was asked stands in its own panel, too; here it is enough who was.
        found = [replace(row, changes=[]) if row.move.action == "ask" else row for row in found]
    return [without_words(row) for row in found] if sealed else found


def without_words(row: Row) -> Row:
    """What happened, without what the reviewers said with it."""
    if row.move.action in IN_REVIEW:
        row.move.reason = ""
        return Row(row.move, row.label)
    return row


def of_kind(moves: QuerySet[Transition], kind: str) -> QuerySet[Transition]:
    """The rows of one of KINDS; all of them for any other word."""
    if kind == "edits":
        return moves.exclude(action__in=frozenset().union(*_OF_KIND.values()))
    return moves.filter(action__in=_OF_KIND[kind]) if kind in _OF_KIND else moves


def read(move: Transition) -> Row:
    """One row of the chain in words."""
    label = DONE.get(move.action) or EDITS.get(move.action, move.action)
    data: dict[str, Any] = move.data
    if move.action == "edit":
        return Row(move, label, _changes(Claim, data))
    if move.action == "sort":
        done = {
            name: pair for name, pair in data.items() if isinstance(pair, list) and name != "tell"
        }
        return Row(move, label, _changes(Claim, done), detail=str(data.get("name", "")))
    if move.action == "change_evidence":
        return Row(move, label, _changes(Evidence, data.get("fields", {})))
    if move.action in ("ask", "answer", "change_contact"):
        return Row(move, label, _contact_changes(data.get("fields", {})), str(data["whom"]))
    if move.action == "answer_complaint":
        return Row(move, label, detail=str(Complaint.State(data["state"]).label))
    if move.action in ("share_link", "open_link", "revoke_link", "expert_comment"):
        return Row(move, label, detail=str(data.get("name", "")))
    if move.action in ("merge_claimants", "unmerge_claimants"):
        return Row(move, label, detail=f"{data['name']} · {data['into_name']}")
    if move.action == "receive_complaint":
        return Row(move, label)
    if move.action.endswith("_translation"):
        told = [str(label_of_language(data["language"])), data.get("name", "")]
        return Row(move, label, detail=": ".join(filter(None, told)))
    if move.action in ("schedule_publication", "call_off_publication", "schedule_failed"):
        into = [str(label_of_language(data["language"]))] if "language" in data else []
        told = [*into, moment(parse_datetime(data["until"])), data.get("name", "")]
        return Row(move, label, detail=": ".join(filter(None, told)))
    detail = str(data.get("url") or data.get("until") or data.get("name") or data.get("for") or "")
    if now := data.get("wikidata", ["", ""])[1]:
        detail += f" · {now}"
    return Row(move, label, detail=detail)


def _contact_changes(fields: dict[str, Any]) -> list[Change]:
    told = {name: [_told(name, value) for value in pair] for name, pair in fields.items()}
    return _changes(Contact, told)


def _told(name: str, value: str) -> str:
    """A contact's value as people read it: an outcome by its label, an instant by its day."""
    if name == "outcome" and value:
        return str(Contact.Outcome(value).label)
    if name in ("asked_at", "until", "answered_at") and value:
        return moment(parse_datetime(value))
    return value


def _changes(
    model: type[Claim] | type[Evidence] | type[Contact], fields: dict[str, Any]
) -> list[Change]:
    names = {
        one.name: str(getattr(one, "verbose_name", one.name)) for one in model._meta.get_fields()
    }
    return [
        Change(names.get(name, name), str(before), str(after))
        for name, (before, after) in fields.items()
        if str(before) != str(after)
    ]
