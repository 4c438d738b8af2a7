"""Who may do what: read from the permissions that the desk checks, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_stubs_ext import StrPromise

from claims import permissions
from claims.admin.registry.people import ROLES
from claims.admin.site import desk, page
from claims.workflow import TRANSITIONS

# The rights of the desk's own; `Claim.Meta.permissions` has them in English.
RIGHTS: dict[str, StrPromise] = {
    permissions.INTAKE: gettext_lazy("Bring articles in"),
    permissions.RESEARCH: gettext_lazy("Accept, research and propose verdicts"),
    permissions.REVIEW: gettext_lazy("Review verdicts"),
    permissions.PUBLISH: gettext_lazy("Publish, correct and retract"),
    permissions.ADMINISTER: gettext_lazy("Change people, scales and policies"),
}


@dataclass(frozen=True)
class Row:
    """`who`: for each role, whether it may."""

    what: str
    who: list[bool]


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    active = Count("user", filter=Q(user__is_active=True))
    groups = {
        group.name: group
        for group in Group.objects.filter(name__in=ROLES)
        .annotate(people=active)
        .prefetch_related("permissions__content_type")
    }
    held = {
        name: {
            f"{one.content_type.app_label}.{one.codename}" for one in groups[name].permissions.all()
        }
        for name in ROLES
        if name in groups
    }

    def row(what: object, permission: str) -> Row:
        return Row(str(what), [permission in rights for rights in held.values()])

    return page(
        request,
        "desk/roles.html",
        section="administration",
        title=_("Who may do what"),
        roles=[(ROLES[name], groups[name].people) for name in held],
        parts=[
            (
                _("On the whole"),
                [row(RIGHTS[right], right) for right in RIGHTS],
            ),
            (
                _("With a claim"),
                [
                    row(label, permission)
                    # Two moves approve: the first of two reviewers' and the last one's.
                    for label, permission in dict.fromkeys(
                        (str(move.label), move.permission) for move in TRANSITIONS.values()
                    )
                ],
            ),
            (_("Look at"), _of_lists(row, "view")),
            (_("Change"), _of_lists(row, "change")),
            (_("Add"), _of_lists(row, "add")),
        ],
        superusers=User.objects.filter(is_superuser=True, is_active=True).count(),
    )


def _of_lists(row: Callable[[object, str], Row], verb: str) -> list[Row]:
    """A row for each list of the administration that some role has this right on."""
    found = []
    for model in desk._registry:
        about = model._meta
        one = row(about.verbose_name_plural, f"{about.app_label}.{verb}_{about.model_name}")
        if any(one.who):
            found.append(one)
    return found
