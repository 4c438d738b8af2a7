"""The queue's filters as people meet them: a chip for each that is set, and the choices of a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.admin.queue_filters import AGES, ME, NOBODY, Filters
from claims.models import Claim, Kind, Language, Outlet, State

OFFERED = 300
TOPICS = 100


@dataclass(frozen=True)
class Chip:
    """`without`: the address without it."""

    name: str
    text: str
    without: str
    state: str = ""


def chips(filters: Filters, user: User, view: str) -> list[Chip]:
    shown = []
    for name, value in filters.values().items():
        if name == "tab":
            continue
        text = f"“{value}”" if name == "q" else _value(name, value, user)
        label = "" if name in ("contested", "overdue", "age") else _labels()[name]
        shown.append(
            Chip(
                label,
                text,
                filters.query(**{name: "", "view": view}),
                state=value if name == "state" else "",
            )
        )
    return shown


def choices(filters: Filters, user: User) -> list[dict[str, Any]]:
    """One select of the form each: its name, label, chosen value, and (value, label) of its options."""
    options: dict[str, list[tuple[str, str]]] = {
        "state": [(str(value), str(label)) for value, label in State.choices],
        "language": [(str(value), str(label)) for value, label in Language.choices],
        "assignee": [(ME, _("me")), (NOBODY, _("nobody")), *people()],
        "priority": [(str(value), str(label)) for value, label in Claim.Priority.choices[::-1]],
        "severity": [(str(value), str(label)) for value, label in Claim.Priority.choices[::-1]],
        "kind": [(str(value), str(label)) for value, label in Kind.choices],
        "topic": [(topic, topic) for topic in topics()],
        "outlet": [
            (str(pk), name)
            for pk, name in Outlet.objects.order_by("name").values_list("pk", "name")[:OFFERED]
        ],
        "age": [(name, str(label)) for name, (label, *_rest) in AGES.items()],
    }
    shown = []
    for name, offered in options.items():
        chosen = getattr(filters, name)
        if chosen and chosen not in dict(offered):
            offered = [*offered, (chosen, _value(name, chosen, None))]
        shown.append({"name": name, "label": _labels()[name], "chosen": chosen, "options": offered})
    return shown


def people() -> list[tuple[str, str]]:
    """Those a claim can be assigned to."""
    desk = User.objects.filter(
        Q(groups__isnull=False) | Q(is_superuser=True), is_active=True, is_staff=True
    )
    rows = desk.distinct().order_by("first_name", "last_name", "username")[:OFFERED]
    return [(str(one.pk), one.get_full_name() or one.get_username()) for one in rows]


def topics() -> list[str]:
    """The topics that are in use, found by leaping along an index from one to the next."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE used(topic) AS ("
            " SELECT MIN(topic) FROM claims_claim WHERE topic > ''"
            " UNION ALL SELECT (SELECT MIN(c.topic) FROM claims_claim c WHERE c.topic > used.topic)"
            " FROM used WHERE used.topic IS NOT NULL"
            ") SELECT topic FROM used WHERE topic IS NOT NULL LIMIT %s",
            [TOPICS],
        )
        return [topic for (topic,) in cursor.fetchall()]


def _labels() -> dict[str, str]:
    return {
        "q": _("Words"),
        "state": _("State"),
        "language": _("Language"),
        "assignee": _("Assigned to"),
        "priority": _("Priority"),
        "severity": _("Harm if believed"),
        "kind": _("Kind"),
        "topic": _("Topic"),
        "outlet": _("Outlet"),
        "age": _("Came in"),
    }


def _value(name: str, value: str, user: User | None) -> str:
    labels: dict[str, Any] = {
        "state": State,
        "language": Language,
        "kind": Kind,
    }
    if name in labels:
        return str(labels[name](value).label)
    if name in ("priority", "severity"):
        return str(Claim.Priority(int(value)).label)
    if name == "age":
        return capfirst(str(AGES[value][0]))
    if name == "contested":
        return _("Contested")
    if name == "overdue":
        return _("Overdue")
    if name == "outlet":
        return Outlet.objects.filter(pk=int(value)).values_list("name", flat=True).first() or value
    if name == "assignee":
        if value in (ME, NOBODY):
            return _("me") if value == ME else _("nobody")
        one = User.objects.filter(pk=int(value)).first()
        return (one.get_full_name() or one.get_username()) if one else value
    return value
