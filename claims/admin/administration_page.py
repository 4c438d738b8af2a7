"""The administration's front: what needs somebody's attention, and every room."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin.site import at_most, desk, page
from claims.models import OPEN_STATES, Claim, Complaint, Identity, Policy, State
from claims.pipeline import _sealing as sealing
from claims.pipeline import auditing
from claims.templatetags.desk import digits


@dataclass(frozen=True)
class Notice:
    """Something to look at. `grave`: it keeps the desk from working or being believed."""

    words: str
    address: str
    grave: bool = False


@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    administers = permissions.may(request.user, permissions.ADMINISTER)
    return page(
        request,
        "desk/administration.html",
        section="administration",
        title=_("Administration") if administers else _("Names and records"),
        app_list=desk.get_app_list(request),
        notices=_notices() if administers else [],
    )


def _notices() -> list[Notice]:
    found = [_history(), _keys(), _factors(), _left_behind(), _complaints(), _without_role()]
    return [one for one in found if one is not None]


def _history() -> Notice | None:
    here = reverse("admin:claims_transition_changelist")
    found = auditing.found()
    if found is not None and found.broken is not None:
        words = _("The history does not fit: somebody changed the database past the desk.")
        return Notice(words, here, grave=True)
    if auditing.outage():
        return Notice(_("The history could not be read to its end."), here)
    return None


def _keys() -> Notice | None:
    try:
        sealing.newest_key()
    except sealing.FieldKeyError as error:
        words = _("Secrets cannot be kept or read: %(why)s") % {"why": error}
        return Notice(words, reverse("admin:security"), grave=True)
    return None


def _factors() -> Notice | None:
    """Where nobody has to have one, those who have none."""
    if Policy.current().second_factor:
        return None
    without = User.objects.filter(is_active=True, is_staff=True, second_factor=None).count()
    if not without:
        return None
    words = ngettext(
        "%(n)s person signs in with a password alone.",
        "%(n)s people sign in with a password alone.",
        without,
    )
    return Notice(words % {"n": digits(without)}, reverse("admin:claims_policy_change", args=[1]))


def _left_behind() -> Notice | None:
    claims = Claim.objects.filter(
        assignee__is_active=False, state__in=(State.FOUND, *OPEN_STATES)
    ).select_related("assignee")
    first = claims.first()
    if first is None or first.assignee is None:
        return None
    words = _("%(n)s open claims are in the hands of somebody who cannot sign in any more.")
    address = reverse("admin:person-access", args=[first.assignee.pk])
    return Notice(words % {"n": digits(at_most(claims))}, address)


def _complaints() -> Notice | None:
    number = Complaint.objects.filter(state="open").count()
    if not number:
        return None
    words = ngettext(
        "%(n)s complaint waits for an answer.", "%(n)s complaints wait for an answer.", number
    )
    try:
        return Notice(words % {"n": digits(number)}, reverse("admin:complaints"))
    except NoReverseMatch:
        return None


def _without_role() -> Notice | None:
    """Those who came in through the organisation's sign-in and wait to be given a role."""
    waiting = Identity.objects.filter(user__is_active=True, user__is_staff=False)
    first = waiting.select_related("user").first()
    if first is None:
        return None
    words = _("%(n)s people have signed in through the organisation and have no role yet.")
    address = reverse("admin:auth_user_change", args=[first.user_id])
    return Notice(words % {"n": digits(waiting.count())}, address)
