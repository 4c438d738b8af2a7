"""What kind of claim it is and whether evidence could settle it, its whole wording heard.

The lists of words that judge are short, and a speaker who is quoted judges in any words. So what is
quoted and likely a view, by the questions and the wording fitted to news sentences
(``checkworthiness.py``), is an opinion as well.
"""

from claims.detection import checkworthiness, kinds, questions
from claims.detection.questions import Evidence

# How likely it must be. English has the collection that tells views apart best; the others' takes
# plain acts for views, so more is asked of it. Set on the annotated development articles.
_LIKELY = {"en": 0.5}
_LIKELIER = 0.6
_ASKED = frozenset({"event", "background"})


def judged(e: Evidence) -> tuple[str, bool]:
    """(its kind, whether it is checkable)."""
    kind = kinds.kind_of(e)
    if not kinds.is_checkable(kind, e):
        return kind, False
    if e.form == "direct" and kind in _ASKED and _is_view(kind, e):
        return "opinion", False
    return kind, True


def _is_view(kind: str, e: Evidence) -> bool:
    answered = questions.answers(kind, True, e)
    score = checkworthiness.sum_of("subjective", answered, e).score
    return score > _LIKELY.get(e.language, _LIKELIER)
