"""One piece of news in words: made when it is read, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Claim, Notification

Kind = Notification.Kind
# First strong isolate … pop: a name keeps its own direction inside a sentence of the other one.
FSI, PDI = "\u2068", "\u2069"


def isolated(text: object) -> str:
    """The text in an isolate of its own, which nothing inside it can end early."""
    return f"{FSI}{str(text).replace(PDI, '').replace(FSI, '')}{PDI}"


def sentence(news: Notification, *, leaves_the_house: bool = False) -> str:
    """What happened, as a sentence to this person. Expects `actor` and the claim's article read
    with it. Of a confidential article nobody is named who was asked about it, nor the rule that met
    its claim: rules are called after what they look for."""
    actor = news.actor
    said = {
        "left": "0",
        "who": isolated(actor.get_full_name() or actor.get_username()) if actor else "",
        **{name: isolated(value) for name, value in news.data.items()},
    }
    data = news.data
    if leaves_the_house and news.claim and news.claim.confidential:
        said |= {"whom": _("Somebody who was asked"), "expert": _("An expert")}
        data = {name: value for name, value in data.items() if name != "rule"}
    return _SENTENCES[Kind(news.kind)](said, data) % said


def statement_of(claim: Claim, *, leaves_the_house: bool) -> str:
    """The claim in one line; of a confidential article nothing that leaves the house."""
    if leaves_the_house and claim.confidential:
        return _("a claim of a confidential article")
    return claim.statement


def quote_of(news: Notification) -> str:
    """What a colleague wrote with it, or what stood in the way; "" for nothing."""
    return str(news.data.get("reason") or news.data.get("why") or "")


def path_of(news: Notification) -> str:
    """The page of the desk on which something can be done about it."""
    if news.kind == Kind.SECURITY:
        return reverse("admin:security")
    if news.claim_id is None:
        return reverse("admin:news")
    if news.kind == Kind.SCHEDULED and news.data.get("failed"):
        return reverse("admin:publishing")
    if news.kind == Kind.TO_REVIEW:
        return reverse("admin:claim-review", args=[news.claim_id])
    return reverse("admin:claims_claim_change", args=[news.claim_id])


def _assigned(said: dict[str, str], data: dict[str, Any]) -> str:
    if "rule" in data:
        return _("The rule “%(rule)s” gave you this claim.")
    return _("%(who)s gave you this claim.") if said["who"] else _("A rule gave you this claim.")


def _rule(said: dict[str, str], data: dict[str, Any]) -> str:
    if "rule" in data:
        return _("The rule “%(rule)s” points you to this claim.")
    return _("A rule points you to this claim.")


def _published(said: dict[str, str], data: dict[str, Any]) -> str:
    return _("%(who)s published your verdict.") if said["who"] else _("Your verdict is public.")


def _overdue(said: dict[str, str], data: dict[str, Any]) -> str:
    if "whom" in data:
        return _("%(whom)s has not answered by the day that was asked for.")
    if "complaint" in data:
        return _("A reader's complaint about this verdict has not been answered in time.")
    return _("This claim is yours, and its day has passed.")


def _comment(said: dict[str, str], data: dict[str, Any]) -> str:
    if "expert" in data:
        return _("%(expert)s, whom the desk asked, wrote a comment.")
    return _("%(who)s wrote a comment for you.")


def _answer(said: dict[str, str], data: dict[str, Any]) -> str:
    if "complaint" in data:
        return _("A reader complains about this verdict.")
    return _("%(whom)s answered the desk.")


def _security(said: dict[str, str], data: dict[str, Any]) -> str:
    if data.get("what") == "reset":
        return _("%(who)s reset your second factor. Set up a new one.")
    if data.get("what") == "bound":
        return _("Your account was bound to your organisation's sign-in.")
    return _(
        "A recovery code signed in as you; %(left)s are left. If it was not you, tell an "
        "administrator."
    )


def _scheduled(said: dict[str, str], data: dict[str, Any]) -> str:
    if data.get("failed") and "language" in data:
        return _(
            "The translation could not go out at its time. Once what stood in the way is mended, "
            "publish it by hand or set another time."
        )
    if data.get("failed"):
        return _(
            "The verdict could not go out at its time. Once what stood in the way is mended, "
            "publish it by hand or set another time."
        )
    if "language" in data:
        return _("The translation went out at its time.")
    return _("The verdict went out at its time.")


# Each a call: the words are looked up in the reader's language.
_SENTENCES: dict[Notification.Kind, Callable[[dict[str, str], dict[str, Any]], str]] = {
    Kind.ASSIGNED: _assigned,
    Kind.SENT_BACK: lambda said, data: _("%(who)s sent this verdict back to you."),
    Kind.APPROVED: lambda said, data: _("%(who)s approved your verdict."),
    Kind.PUBLISHED: _published,
    Kind.TO_REVIEW: lambda said, data: _("%(who)s sent this verdict to review."),
    Kind.OVERDUE: _overdue,
    Kind.SEEN_AGAIN: lambda said, data: _("A new article repeats a claim with a public verdict."),
    Kind.RECHECK: lambda said, data: _("The date that this claim waited for has come."),
    Kind.COMMENT: _comment,
    Kind.RULE: _rule,
    Kind.ANSWER: _answer,
    Kind.SECURITY: _security,
    Kind.SCHEDULED: _scheduled,
}
