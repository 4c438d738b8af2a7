"""A claim's moves and edits as sentences, each with what was before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Evidence, State, Transition

EDITS: dict[str, Promise | str] = {
    "edit": _("Edited"),
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
    "rate_blind": _("Rated it without knowing the proposal"),
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


# Moves whose words tell something of the proposal.
IN_REVIEW = ("propose", "rate_blind", "second", "approve", "send_back")


@dataclass(frozen=True)
class Change:
    """One field, before and after; `before` is "" for what had no value."""

    label: str
    before: str
    after: str


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


def rows(claim: Claim, limit: int | None = None, *, sealed: bool = False) -> list[Row]:
    """The newest first; all of them without `limit`. `sealed`: without what was said in review, for
    whoever has yet to rate the proposal without knowing it."""
    moves = (
        Transition.objects.filter(subject=Transition.Subject.CLAIM, subject_id=claim.pk)
        .select_related("actor")
        .order_by("-number")
    )
    found = [_row(move) for move in (moves if limit is None else moves[:limit])]
    return [without_words(row) for row in found] if sealed else found


def without_words(row: Row) -> Row:
    """What happened, without what the reviewers said with it."""
    if row.move.action in IN_REVIEW:
        row.move.reason = ""
        return Row(row.move, row.label)
    return row


def _row(move: Transition) -> Row:
    label = DONE.get(move.action) or EDITS.get(move.action, move.action)
    data: dict[str, Any] = move.data
    if move.action == "edit":
        return Row(move, label, _changes(Claim, data))
    if move.action == "change_evidence":
        return Row(move, label, _changes(Evidence, data.get("fields", {})))
    detail = str(data.get("url") or data.get("until") or data.get("name") or "")
    if now := data.get("wikidata", ["", ""])[1]:
        detail += f" · {now}"
    return Row(move, label, detail=detail)


def _changes(model: type[Claim] | type[Evidence], fields: dict[str, Any]) -> list[Change]:
    names = {
        one.name: str(getattr(one, "verbose_name", one.name)) for one in model._meta.get_fields()
    }
    return [
        Change(names.get(name, name), str(before), str(after))
        for name, (before, after) in fields.items()
        if str(before) != str(after)
    ]
