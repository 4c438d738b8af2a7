"""What the queue is narrowed to: read from an address, shown as chips, asked of the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Q
from django.db.models.lookups import Exact, In, IsNull, LessThan
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import OPEN_STATES, Claim, Kind, Language, State
from claims.models.claims import ClaimQuerySet
from claims.models.plans import Unindexed

SOON = timedelta(days=7)
ME, NOBODY = "me", "nobody"
LONGEST = 200

# value → (its name, at most so old, at least so old)
AGES: dict[str, tuple[Promise, timedelta | None, timedelta | None]] = {
    "day": (_("came in within a day"), timedelta(days=1), None),
    "week": (_("came in within a week"), timedelta(days=7), None),
    "older": (_("older than a week"), None, timedelta(days=7)),
    "month": (_("older than a month"), None, timedelta(days=30)),
}


@dataclass(frozen=True)
class Tab:
    """`states`: those its claims may be in. `few`: what else is asked finds few claims by an index
    of its own, so that they need not be looked for in the queue's order."""

    name: str
    label: Promise
    empty: Promise
    states: tuple[State, ...] = tuple(State)
    asks: Callable[[User], Q] = lambda _user: Q()
    few: bool = False


def unindexed(name: str, value: object) -> Q:
    """That a column has this value, where no index of that column is a short way."""
    column = Unindexed(name)
    return Q(IsNull(column, True)) if value is None else Q(Exact(column, value))


def among(states: Sequence[State]) -> Q:
    """The same of a claim's state, of which an index in the queue's order knows."""
    return Q() if len(states) == len(State) else Q(In(Unindexed("state"), list(states)))


TABS = (
    Tab(
        "open",
        _("Open"),
        _("Nothing is open. Accept claims of an article, or bring an article in."),
        OPEN_STATES,
    ),
    Tab(
        "mine",
        _("Mine"),
        _("Nothing is assigned to you. Take a claim that is nobody's."),
        OPEN_STATES,
        lambda user: Q(assignee_id=user.pk),
    ),
    Tab(
        "nobody",
        _("Nobody's"),
        _("Every open claim has somebody who looks after it."),
        OPEN_STATES,
        lambda _user: Q(assignee=None),
    ),
    Tab(
        "contested",
        _("Contested"),
        _("No claim has positions on both sides at the moment."),
        (*OPEN_STATES, State.FOUND),
        lambda _user: Q(contested=True) & unindexed("carried_from_id", None),
    ),
    Tab(
        "again",
        _("Seen again"),
        _("No new article repeats a claim that has a public verdict."),
        (State.FOUND, State.QUEUED, State.RESEARCHING),
        lambda _user: Q(seen_again=True),
    ),
    Tab(
        "returning",
        _("Coming back this week"),
        _("No claim waits for a date within the next seven days."),
        asks=lambda _user: Q(recheck_on__lte=timezone.localdate() + SOON),
        few=True,
    ),
    Tab(
        "found",
        _("Found, not decided"),
        _("Every claim that was found has been decided on."),
        (State.FOUND,),
        # What goes on from an older version of the page is decided there.
        lambda _user: unindexed("carried_from_id", None),
    ),
    Tab(
        "all",
        _("All"),
        _("There is no claim yet. Bring an article in: its claims will stand here."),
    ),
)
_BY_NAME = {tab.name: tab for tab in TABS}


@dataclass(frozen=True)
class Filters:
    """What an address asks for; "" where it asks nothing. What is no value of ours is left out, so
    that an address that somebody has mangled still shows claims."""

    tab: str = ""
    q: str = ""
    state: str = ""
    language: str = ""
    assignee: str = ""
    topic: str = ""
    priority: str = ""
    severity: str = ""
    kind: str = ""
    outlet: str = ""
    age: str = ""
    contested: str = ""
    overdue: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Filters:
        def one_of(name: str, values: object) -> str:
            value = asked.get(name, "")
            return value if value in values else ""  # type: ignore[operator]

        words = _words(asked.get("q", ""))
        levels = [str(value) for value in Claim.Priority.values]
        person = asked.get("assignee", "")
        return cls(
            # A search looks everywhere unless a tab was chosen.
            tab=one_of("tab", _BY_NAME) or ("all" if words else "open"),
            q=words,
            state=one_of("state", State.values),
            language=one_of("language", Language.values),
            assignee=person if person in (ME, NOBODY) else _number(person),
            topic=_words(asked.get("topic", ""))[:80],
            priority=one_of("priority", levels),
            severity=one_of("severity", levels),
            kind=one_of("kind", Kind.values),
            outlet=_number(asked.get("outlet", "")),
            age=one_of("age", AGES),
            contested=one_of("contested", ("1",)),
            overdue=one_of("overdue", ("1",)),
        )

    def values(self) -> dict[str, str]:
        """What is asked for, in one order."""
        every = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in every.items() if value}

    def query(self, **changed: str) -> str:
        """The query string with something changed; "" takes it out."""
        # In one order, by which two addresses of the same list are known to be the same.
        every = {field.name: getattr(self, field.name) for field in fields(self)} | changed
        return "?" + urlencode({name: value for name, value in every.items() if value})

    @property
    def chosen(self) -> Tab:
        return _BY_NAME[self.tab]

    @property
    def states(self) -> tuple[State, ...]:
        """Those that a claim on this list may be in."""
        wanted = self.chosen.states
        if self.overdue:
            wanted = tuple(state for state in wanted if state in OPEN_STATES)
        return tuple(state for state in wanted if not self.state or state == self.state)

    @property
    def scattered(self) -> bool:
        """Whether the claims that answer lie here and there in the queue's order: words, a kind, a
        harm and an outlet have no index in it, and nothing else that is asked has one."""
        tab = self.chosen.name in ("mine", "nobody", "contested", "again")
        indexed = self.topic or self.assignee or self.contested or self.overdue or self.age
        asked = self.q or self.kind or self.severity or self.outlet
        return bool(asked and not indexed and not tab and len(self.states) > 1)

    def narrow(self, rows: ClaimQuerySet, user: User, *, now: datetime, few: bool) -> ClaimQuerySet:
        """All that is asked but the states, the words and the outlet (`queue_rows`). `few`: of rows
        that were found already, so that no index may lead past them to very many others."""
        asked: dict[str, Any] = {
            name: value
            for name in ("language", "topic", "priority", "severity", "kind")
            if (value := getattr(self, name))
        }
        if self.assignee == NOBODY:
            asked["assignee_id"] = None
        elif self.assignee:
            asked["assignee_id"] = user.pk if self.assignee == ME else int(self.assignee)
        rows = rows.filter(self.chosen.asks(user))
        for name, value in asked.items():
            # A language has an index of its own, but not in the order of all states.
            led_astray = few or (self.scattered and name == "language")
            rows = rows.filter(unindexed(name, value) if led_astray else Q(**{name: value}))
        if self.contested:
            rows = rows.filter(contested=True)
        if self.overdue:
            rows = rows.filter(due_at__lt=now)
        if self.age:
            _name, newer, older = AGES[self.age]
            if newer is not None:
                rows = rows.filter(created_at__gte=now - newer)
            if older is not None:
                # Most claims are old: they are met on any way.
                rows = rows.filter(LessThan(Unindexed("created_at"), now - older))
        return rows


def _words(typed: str) -> str:
    return " ".join(typed.replace("\x00", " ").split())[:LONGEST]


def _number(typed: str) -> str:
    """A row's number as it is asked for; nothing that no row can have."""
    return typed if typed.isascii() and typed.isdecimal() and len(typed) < 18 else ""
