"""The forms by which an editor corrects the splitter: at most one of them is open at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from claims.admin.article_claims import Entry, Sheet
from claims.admin.claim_page import number
from claims.models import Article, Kind, Position
from claims.pipeline import correcting


@dataclass(frozen=True)
class Opened:
    """What is open: the forms of one claim, or the one that adds a claim. `typed`: what a refused
    form held."""

    claim: int | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


def asked_for(request: HttpRequest) -> Opened | None:
    """?correct=CLAIM or ?add."""
    if "correct" in request.GET:
        return Opened(number(request.GET["correct"]))
    return Opened() if "add" in request.GET else None


def context(article: Article, sheet: Sheet, opened: Opened) -> dict[str, Any]:
    """What the open form's template needs; nothing for a claim that is not of this article or can
    no longer be changed."""
    correctable = [entry for entry in sheet.entries if entry.correctable]
    shared = {"opened": opened, "typed": opened.typed}
    if opened.claim is None:
        return shared | {
            "adding": True,
            "kinds": Kind.choices,
            "stances": Position.Stance.choices,
            "targets": correctable,
            "claimants": _claimants(sheet),
        }
    entry = next((one for one in correctable if one.claim.pk == opened.claim), None)
    if entry is None:
        return {}
    leading = entry.stands[0].position
    return shared | {
        "correcting": entry,
        "chosen": _chosen(entry, opened.typed),
        "cut": correcting.beginnings(article.text, leading.start, leading.end),
        "others": [one for one in correctable if one is not entry],
    }


def _chosen(entry: Entry, typed: Mapping[str, str]) -> dict[str, Any]:
    """The position whose words are in the form, and the words."""
    positions = [stand.position for stand in entry.stands]
    position = next((p for p in positions if str(p.pk) == typed.get("position")), positions[0])
    return {
        "position": position.pk,
        "words": typed.get("words", position.text),
        "start": typed.get("start", position.start),
        "end": typed.get("end", position.end),
    }


def _claimants(sheet: Sheet) -> list[str]:
    names = {
        stand.claimant.name
        for entry in sheet.entries
        for stand in entry.stands
        if stand.claimant is not None
    }
    return sorted(names)
