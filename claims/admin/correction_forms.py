"""The forms by which an editor corrects the splitter: at most one of them is open at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Left
from django.http import HttpRequest

from claims.admin.article_claims import Entry, Sheet
from claims.admin.article_index import Index
from claims.admin.claim_page import number
from claims.models import Article, Claim, Claimant, Kind, Position
from claims.pipeline import correcting, review
from claims.templatetags.desk import digits

# How much of a statement a list to choose from shows, and how many names one offers.
OPENING, NAMES = 60, 200


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


def context(article: Article, index: Index, sheet: Sheet, opened: Opened) -> dict[str, Any]:
    """What the open form's template needs; nothing for a claim that is not of this part of the
    article or can no longer be changed."""
    shared = {"opened": opened, "typed": opened.typed}
    if opened.claim is None:
        return shared | {
            "adding": True,
            "kinds": Kind.choices,
            "stances": Position.Stance.choices,
            "targets": _choices(article, index, None, opened.typed.get("contests", "")),
            "claimants": _claimants(article),
        }
    entry = next((e for e in sheet.entries if e.correctable and e.claim.pk == opened.claim), None)
    if entry is None:
        return {}
    leading = entry.stands[0].position
    return shared | {
        "correcting": entry,
        "chosen": _chosen(entry, opened.typed),
        "cut": correcting.beginnings(article.text, leading.start, leading.end),
        "others": _choices(article, index, entry.claim.pk, opened.typed.get("into", "")),
    }


def _choices(
    article: Article, index: Index, without: int | None, chosen: str
) -> list[tuple[int, str, bool]]:
    """(row, label, whether it is chosen) of every claim of the article that may be changed, those of
    other parts too."""
    rows = (
        Claim.objects.filter(article=article, state__in=review.EDITABLE)
        .annotate(opening=Left("statement", OPENING))
        .values_list("pk", "opening")
        .order_by()
    )
    openings = dict(rows)
    return [
        (claim, f"{digits(index.number(places[0]))} · {openings[claim]}", str(claim) == chosen)
        for claim, places in index.by_claim.items()
        if claim in openings and claim != without
    ]


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


def _claimants(article: Article) -> list[str]:
    """Who speaks in the article, to choose from."""
    names = Claimant.objects.filter(positions__article=article).order_by("name")
    return list(names.values_list("name", flat=True).distinct()[:NAMES])
