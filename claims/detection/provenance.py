"""Which rule found each field of a claim, and how sure it is.

How sure: the share of the annotated development claims on which that rule was right, one more of
each kind added (rule of succession), so that a rule seldom seen claims little. The counts stand in
measured.json; benchmarks/provenance.py counts them anew. The rules were written with these claims
in sight: on other articles they are right less often.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claims.detection.model import Ground
from claims.detection.questions import gettext_noop as _
from claims.languages.shapes import Frame, Piece

_MEASURED = Path(__file__).with_name("measured.json")
# What each kind rests on.
_KINDS = {
    "position": _("a call, a demand or a wish"),
    "prediction": _("the future, or what is expected"),
    "quantity": _("a number that is counted"),
    "opinion": _("words that judge"),
    "background": _("no act that happened"),
    "event": _("an act that happened"),
}

# Those of contestation.py, named here so that they are collected for translation.
_LINKS = (
    _("told in the denial itself"),
    _("the report next to it"),
    _("the same words"),
    _("what the denial before is about"),
    _("it says no to the same"),
)


class Known(NamedTuple):
    """What the detector knows of a claim when all its fields are set."""

    piece: Piece
    form: str
    stance: str
    kind: str
    dated: bool
    link: str  # the rule by which a denial found its target, "" without one


def grounds(known: Known) -> tuple[Ground, ...]:
    """One for each field that the splitter has an opinion on, in the order of claims.md."""
    return tuple(_ground(field, rule) for field, rule in _rules(known))


@cache
def _ground(field: str, rule: str) -> Ground:
    """One of the few there are: thousands of claims share them."""
    return Ground(field, rule, sure(field, rule))


def sure(field: str, rule: str) -> float:
    right, seen = _measured().get(field, {}).get(rule, (0, 0))
    return round((right + 1) / (seen + 2), 2)


def _rules(known: Known) -> Iterator[tuple[str, str]]:
    piece = known.piece
    yield "claimant", _claimant(piece)
    if piece.frame is not None and piece.frame.cue is not None:
        yield (
            "cue",
            _("a word of reporting") if piece.frame.stance == "asserts" else _("a word of denying"),
        )
    yield "form", _form(known)
    yield "stance", _stance(known)
    if known.link:
        yield "contests", known.link
    yield "kind", _KINDS[known.kind]
    if known.dated:
        yield "dates", _("a time expression")


def _claimant(piece: Piece) -> str:
    frame = piece.frame
    if frame is None:
        return _("no frame of reporting")
    if frame.claimant is None:
        return _("a frame that names nobody")
    if frame.subjectless:
        return _("the speaker before goes on")
    if frame.claimant.end <= piece.span.start:
        return _("named before the words")
    return _("named after the words")


def _form(known: Known) -> str:
    if known.form == "narration":
        return _("no frame of reporting")
    return _("quotation marks") if known.form == "direct" else _("no quotation marks")


def _stance(known: Known) -> str:
    if known.stance == "asserts":
        return _("no word of denying")
    frame: Frame | None = known.piece.frame
    if frame is not None and frame.stance == known.stance:
        return _("a word of denying")
    if known.link == "it says no to the same":
        return known.link
    return _("it is called untrue")


@cache
def _measured() -> dict[str, dict[str, tuple[int, int]]]:
    raw: dict[str, dict[str, tuple[int, int]]] = json.loads(_MEASURED.read_text("utf-8"))
    return raw
