"""Two claims in the same words but for one: what stands in its place is seldom the same thing.

Whoever says a thing in other words changes more than one; whoever says another thing changes one.
"""

from claims.languages import folding
from claims.languages.ar.morphology import is_verb
from claims.similarity.contradiction.model import Reason
from claims.similarity.contradiction.words import Claim, Word, phrases, saying, stem

# Words that the two have in common at least.
_FRAME = 4
# Letters with which the forms of one word begin.
_BEGINNING = 3


def conflict(mine: Claim, theirs: Claim) -> Reason | None:
    """The one word in which the claims differ, where it is neither a form nor a way of saying."""
    one, two = _content(mine), _content(theirs)
    if len(one) != len(two) or len(one) <= _FRAME:
        return None
    apart = [(a, b) for a, b in zip(one, two, strict=True) if a.word != b.word]
    if _two_names(one, two, len(apart)):
        return Reason(
            "actor", *(" ".join(word.text for word in side) for side in zip(*apart, strict=True))
        )
    if len(apart) != 1:
        return None
    a, b = apart[0]
    if _alike(a, b, mine.code):
        return None
    return Reason("opposite", a.text, b.text)


def _two_names(one: list[Word], two: list[Word], apart: int) -> bool:
    """Two words side by side for two others, none of them a verb: Arabic names have no capitals."""
    at = [k for k, (a, b) in enumerate(zip(one, two, strict=True)) if a.word != b.word]
    if apart != 2 or at[1] != at[0] + 1:
        return False
    words = [side[k] for side in (one, two) for k in at]
    first = (words[0].norm, words[2].norm)
    return (
        all("\u0621" <= word.norm[0] <= "\u064a" and not is_verb(word.norm) for word in words)
        and not any(word.startswith(("ال", "وال", "بال", "لل")) for word in first)
        and words[0].word[:_BEGINNING] != words[2].word[:_BEGINNING]
    )


def _content(claim: Claim) -> list[Word]:
    empty = folding.stopwords(claim.code)
    return [word for word in claim.words if word.is_word and word.word not in empty]


def _alike(a: Word, b: Word, code: str) -> bool:
    if a.word[:_BEGINNING] == b.word[:_BEGINNING] or stem(a.word, code) == stem(b.word, code):
        return True
    if any(word.word in saying(code) for word in (a, b)):
        return True
    actors = phrases(code, "actors")
    return actors.of(a.word) != "" and actors.of(a.word) == actors.of(b.word)
