"""The lookups of one claim as the page shows them: asked, answered, and not asked with the why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from claims.models import Claim, Lookup, State
from claims.pipeline import lookup
from claims.sources import registry
from claims.sources.base import Source

UNSETTLED = (Lookup.State.WAITING, Lookup.State.RUNNING)


@dataclass(frozen=True)
class Asked:
    """One source and what became of asking it."""

    row: Lookup
    label: str | Promise
    hits: list[dict[str, Any]]
    may_be_asked: bool

    @property
    def settled(self) -> bool:
        return self.row.state not in UNSETTLED


@dataclass(frozen=True)
class NotAsked:
    name: str
    label: str | Promise
    why: str
    may_be_asked: bool


@dataclass(frozen=True)
class Panel:
    asked: list[Asked]
    not_asked: list[NotAsked]

    @property
    def may_ask(self) -> bool:
        """Whether any source may be asked, or asked again, now."""
        return any(one.may_be_asked for one in self.asked) or any(
            one.may_be_asked for one in self.not_asked
        )

    @property
    def live(self) -> bool:
        """Whether anything may still change by itself, so that the page should look again."""
        return any(not one.settled for one in self.asked)

    @property
    def settled(self) -> int:
        return sum(one.settled for one in self.asked)


def panel(claim: Claim) -> Panel:
    """Two queries, however many sources there are."""
    known = registry()
    rows = list(claim.lookups.all())
    used = set(claim.evidence.values_list("url", flat=True))
    asked = [
        Asked(
            row=row,
            label=known[row.source].label if row.source in known else row.source,
            hits=[
                hit | {"used": hit.get("url") in used, "link": _link(hit.get("url", ""))}
                for hit in row.hits
            ],
            may_be_asked=row.source in known and _askable(known[row.source], claim),
        )
        for row in rows
    ]
    names = {row.source for row in rows}
    return Panel(
        asked,
        [
            NotAsked(name, source.label, _why_not(claim, source), _askable(source, claim))
            for name, source in known.items()
            if name not in names
        ],
    )


def _link(url: str) -> str:
    """The address if it may stand in a link: a source can answer with a script for one."""
    return url if url.startswith(("https://", "http://")) else ""


def _askable(source: Source, claim: Claim) -> bool:
    return lookup.may_be_asked(source, claim) and not lookup.missing_settings(source)


def _why_not(claim: Claim, source: Source) -> str:
    if missing := lookup.missing_settings(source):
        return _("needs a setting: %(names)s") % {"names": ", ".join(missing)}
    if claim.language not in source.languages:
        return _("does not serve this language")
    if source.sends_text_to_third_party and claim.confidential:
        return _("never: the article is confidential")
    if source.sends_text_to_third_party and claim.state == State.FOUND:
        return _("once the claim is accepted")
    return _("not asked yet")
