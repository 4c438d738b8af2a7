"""What a reviewer looks at first: how a verdict version differs from the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from claims.admin.word_diff import Segment, compare
from claims.models import Evidence
from claims.templatetags.desk import digits

# In the order in which they weigh: a changed rating is read before a changed comma.
TEXTS: dict[str, Promise] = {
    "statement": gettext_lazy("Statement"),
    "summary": gettext_lazy("Summary"),
    "explanation": gettext_lazy("Explanation"),
    "no_primary_reason": gettext_lazy("Why there is no primary source"),
    "byline": gettext_lazy("byline"),
}
# What makes a piece of evidence another piece if it changes, and what only describes it.
EVIDENCE_TEXTS: dict[str, Promise] = {
    "title": gettext_lazy("title"),
    "publisher": gettext_lazy("published by"),
    "quote": gettext_lazy("quotation"),
}


@dataclass(frozen=True)
class TextChange:
    label: str
    segments: list[Segment]


@dataclass(frozen=True)
class PieceChange:
    """One piece of evidence: "added", "removed", "changed" or "moved"; `number` is the new one."""

    what: str
    number: int
    piece: dict[str, Any]
    notes: list[str] = field(default_factory=list)
    texts: list[TextChange] = field(default_factory=list)


@dataclass(frozen=True)
class VersionDiff:
    """Empty where nothing differs. Ratings and positions are (before, after) and (gone, come)."""

    rating: tuple[dict[str, Any], dict[str, Any]] | None
    texts: list[TextChange]
    evidence: list[PieceChange]
    positions_gone: list[dict[str, Any]]
    positions_come: list[dict[str, Any]]

    @property
    def places(self) -> int:
        return (
            (self.rating is not None)
            + len(self.texts)
            + len(self.evidence)
            + len(self.positions_gone)
            + len(self.positions_come)
        )

    @property
    def new_evidence(self) -> set[int]:
        return {change.number for change in self.evidence if change.what == "added"}


def differences(before: dict[str, Any], after: dict[str, Any]) -> VersionDiff:
    """Between two version contents (models/content.py)."""
    return VersionDiff(
        rating=(before["rating"], after["rating"])
        if before["rating"]["slug"] != after["rating"]["slug"]
        else None,
        texts=_texts(TEXTS, before, after),
        evidence=list(_evidence(before["evidence"], after["evidence"])),
        positions_gone=[p for p in before["positions"] if p not in after["positions"]],
        positions_come=[p for p in after["positions"] if p not in before["positions"]],
    )


def label_of(rating: dict[str, Any]) -> str:
    """A frozen rating's label in the language of the interface."""
    labels: dict[str, str] = rating["label"]
    return labels.get((get_language() or "ar")[:2], labels["en"])


def _texts(
    labels: dict[str, Promise], before: dict[str, Any], after: dict[str, Any]
) -> list[TextChange]:
    return [
        TextChange(str(label), compare(before[name], after[name]))
        for name, label in labels.items()
        if before[name] != after[name]
    ]


def _evidence(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterable[PieceChange]:
    """By address; a piece whose address is new is another piece."""
    old = {piece["url"]: piece for piece in before}
    new = {piece["url"]: piece for piece in after}
    stayed = [url for url in old if url in new]
    order = [url for url in new if url in old]
    for url, piece in new.items():
        if url not in old:
            yield PieceChange("added", piece["number"], piece)
            continue
        notes = _notes(old[url], piece)
        texts = _texts(EVIDENCE_TEXTS, old[url], piece)
        if notes or texts:
            yield PieceChange("changed", piece["number"], piece, notes, texts)
        elif stayed.index(url) != order.index(url):
            yield PieceChange("moved", piece["number"], piece)
    for url, piece in old.items():
        if url not in new:
            yield PieceChange("removed", piece["number"], piece)


def _notes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    notes = []
    if before["relation"] != after["relation"]:
        notes.append(str(Evidence.Relation(after["relation"]).label))
    if before["primary"] != after["primary"]:
        notes.append(_("now a primary source") if after["primary"] else _("no longer primary"))
    if before["group"] != after["group"]:
        notes.append(_("now in group “%(group)s”") % {"group": after["group"]})
    if before["withheld"] != after["withheld"]:
        notes.append(_("now withheld") if after["withheld"] else _("no longer withheld"))
    if before.get("page") != after.get("page"):
        page = after.get("page")
        notes.append(_("now page %(page)s") % {"page": digits(page)} if page else _("no page now"))
    return notes
