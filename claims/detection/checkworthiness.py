"""What kind of claim it is, whether evidence could settle it, and whether a desk would spend an hour.

The score is a sum of answered questions, each worth what its line says; the reasons are the
questions answered yes. The weights are a desk's judgement written down, not fitted to data.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from claims.languages import folding, lexicon
from claims.languages.shapes import Token


def gettext_noop(message: str) -> str:
    """Mark a reason for translation. Django's own asks for settings, which engines do without."""
    return message


_WEIGHTS = {
    gettext_noop("contested by another party"): 1.6,
    gettext_noop("denies what another party says"): 1.0,
    gettext_noop("gives a number"): 0.9,
    gettext_noop("names a meeting between parties"): 0.9,
    gettext_noop("concerns lives, law, war or money"): 0.8,
    gettext_noop("names an office or an institution"): 0.6,
    gettext_noop("can be checked on a date"): 0.6,
    gettext_noop("says what caused what"): 0.5,
    gettext_noop("compares"): 0.4,
    gettext_noop("says that something happened"): 0.4,
    gettext_noop("rests on an unnamed source"): 0.5,
    gettext_noop("says what will happen"): 0.2,
    gettext_noop("hedged"): -0.4,
    gettext_noop("states a position"): -0.6,
    gettext_noop("is an opinion or a wish"): -1.8,
    gettext_noop("is short and leans on its context"): -0.7,
}
_BIAS = -1.1

# The closed list of reasons, in English; the desk translates them.
REASONS: tuple[str, ...] = tuple(_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a claim when it is judged. ``words``: its normal words."""

    language: str
    words: Sequence[str]
    tokens: Sequence[Token]
    form: str
    stance: str
    contested: bool
    claimant: str | None
    dated: bool
    date_words: frozenset[str]
    tense: str
    position: bool
    expected: bool  # "it is expected that"
    accusation: bool  # what somebody is accused of: an act


def kind_of(e: Evidence) -> str:
    """event | quantity | prediction | position | background | opinion."""
    if e.position:
        return "position"
    if e.accusation:
        return "event"
    judged = _has(e, "opinion")
    if e.form == "direct" and judged and not _numbers(e):
        return "opinion"
    if _has_early(e, "wishes"):
        return "position"
    if e.tense == "future" or e.expected:
        return "prediction"
    if _is_quantity(e):
        return "quantity"
    if e.form != "narration" and judged and e.tense != "past":
        return "opinion"
    return "background" if e.tense in {"state", "none"} else "event"


def is_checkable(kind: str, e: Evidence) -> bool:
    """False for opinions, and for what a speaker says of own wishes and aims."""
    if kind == "opinion":
        return False
    return not (kind == "position" and e.form == "direct" and _has(e, "wishes"))


def judge(kind: str, checkable: bool, e: Evidence) -> tuple[float, tuple[str, ...]]:
    """(check-worthiness 0…1, the reasons in the order of their weight)."""
    answers = {
        "contested by another party": e.contested,
        "denies what another party says": e.stance != "asserts",
        "gives a number": _numbers(e),
        "names a meeting between parties": _has(e, "meetings"),
        "concerns lives, law, war or money": _has(e, "consequences"),
        "names an office or an institution": _has(e, "offices"),
        "can be checked on a date": e.dated,
        "says what caused what": _has(e, "causes"),
        "compares": _has(e, "comparisons"),
        "says that something happened": kind in {"event", "quantity"} and checkable,
        "rests on an unnamed source": e.claimant is not None and _unnamed(e),
        "says what will happen": kind == "prediction",
        "hedged": _has(e, "hedges"),
        "states a position": kind == "position",
        "is an opinion or a wish": not checkable,
        "is short and leans on its context": len(e.words) < 5,
    }
    reasons = [reason for reason, yes in answers.items() if yes]
    total = _BIAS + sum(_WEIGHTS[reason] for reason in reasons)
    reasons.sort(key=lambda reason: -abs(_WEIGHTS[reason]))
    return round(1 / (1 + math.exp(-total)), 2), tuple(reasons)


def _normal(word: str, language: str) -> str:
    return folding.fold(word, language)


@cache
def _phrases(language: str, name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    terms = [_normal(term, language) for term in lexicon.terms(language, name)]
    return frozenset(t for t in terms if " " not in t), tuple(t for t in terms if " " in t)


def _has(e: Evidence, name: str) -> bool:
    single, several = _phrases(e.language, name)
    if any(word in single for word in e.words):
        return True
    joined = f" {' '.join(e.words)} "
    return any(f" {phrase} " in joined for phrase in several)


def _has_early(e: Evidence, name: str) -> bool:
    single, _ = _phrases(e.language, name)
    return any(word in single for word in e.words[:4])


def _numbers(e: Evidence) -> bool:
    return any(word[:1].isdecimal() and word not in e.date_words for word in e.words) or _has(
        e, "amounts"
    )


def _is_quantity(e: Evidence) -> bool:
    if not _numbers(e):
        return False
    if any(token.norm.endswith("%") for token in e.tokens):
        return True
    counting, _ = _phrases(e.language, "counting")
    amounts, _ = _phrases(e.language, "amounts")
    for at, word in enumerate(e.words):
        if (word[:1].isdecimal() and word not in e.date_words) or word in amounts:
            near = e.words[max(0, at - 4) : at]
            return e.tense in {"none", "state"} or any(w in counting for w in near)
    return False


def _unnamed(e: Evidence) -> bool:
    single, _ = _phrases(e.language, "unnamed_sources")
    return any(word in single for word in folding.tokens(e.claimant or "", e.language))
