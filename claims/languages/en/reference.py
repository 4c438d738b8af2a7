"""The English pronoun a claim opens with: "Obama said he had called Assad".

"He" and "she" are the speaker where the speaker's title or first name (also where the article first
names them) says so and nobody else is named in between; "it" where a body speaks; "they" where
several do. "It" before "is clear that" stands for nothing.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from claims.languages import lexicon
from claims.languages.shapes import Frame, Reference, Span, Token

_PRONOUNS = {"he": "m", "she": "f", "it": "n", "they": "p"}
_DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
_TIMES = frozenset({"week", "month", "year", "weekend", "morning", "afternoon", "evening"})
_VERBS_OF_THIS = frozenset({"is", "was", "are", "were", "will", "would", "has", "had", "means"})
_BE = frozenset({"is", "was", "will", "would", "could", "may", "might", "has", "had", "appears"})
_BETWEEN = frozenset(
    {"that", "on", "in", "a", "an", "the", "statement", "interview", "news", "conference", "tweet"}
    | {"later", "also", "earlier", "late", "early", "yesterday", "today", ",", "night", "morning"}
    | {"afternoon", "evening", "during", "at", "speech", "post", "again"}
)
# Tokens of an article in which its people are named in full.
_HEAD = 1000
_NOT_PLURAL = frozenset({"this", "his", "boss", "congress", "press", "news"})


@cache
def _given_names() -> dict[str, str]:
    return lexicon.table("en", "given_names")


@cache
def _kinds() -> dict[str, str]:
    return lexicon.table("en", "claimant_kinds")


def reference(
    tokens: Sequence[Token], lo: int, hi: int, frame: Frame | None, form: str
) -> Reference | None:
    """The pronoun at the head of the claim ``tokens[lo:hi]``; None where a noun stands there."""
    word = tokens[lo].norm if lo < hi else ""
    following = tokens[lo + 1].norm if lo + 1 < hi else ""
    if word in _DEMONSTRATIVES:
        if following in _TIMES:
            return None
        noun = lo + 1 < hi and following not in _VERBS_OF_THIS and tokens[lo + 1].is_word
        return Reference(Span(tokens[lo].start, tokens[lo + noun].end), None)
    agreement = _PRONOUNS.get(word)
    if agreement is None or (agreement == "n" and _stands_for_nothing(tokens, lo + 1, hi)):
        return None
    span = Span(tokens[lo].start, tokens[lo].end)
    if form != "indirect" or frame is None or not _alone(tokens, lo, frame):
        return Reference(span, None)
    said = _sort(tokens, lo, frame)
    return Reference(span, frame.claimant if said == agreement else None)


def _stands_for_nothing(tokens: Sequence[Token], i: int, hi: int) -> bool:
    """ "It is clear that", "it would be wrong to", "it rained": no thing is meant."""
    words = [token.norm for token in tokens[i : min(hi, i + 7)]]
    if not words or words[0] not in _BE:
        return bool(words) and words[0] in {"seems", "rained", "snowed", "takes", "took", "turned"}
    return any(word in {"that", "to", "whether", "if"} for word in words[1:])


def _alone(tokens: Sequence[Token], lo: int, frame: Frame) -> bool:
    """The claimant stands in this sentence before the claim, and nobody else does."""
    claimant, cue = frame.claimant, frame.cue
    if claimant is None or cue is None or frame.subjectless or frame.outer is not None:
        return False
    if not frame.region.start <= claimant.start or claimant.end > tokens[lo].start:
        return False
    at = lo - 1
    while at >= 0 and tokens[at].start >= frame.region.start:
        token = tokens[at]
        inside = claimant.start <= token.start < claimant.end
        if not inside and token.start != cue.start:
            weekday = token.norm in lexicon.table("en", "weekdays") or token.norm.isdecimal()
            month = token.norm in lexicon.table("en", "months")
            if not (weekday or month or token.norm in _BETWEEN):
                return False
        at -= 1
    return True


def _sort(tokens: Sequence[Token], lo: int, frame: Frame) -> str:
    """m, f, n (a body) or p of the claimant; empty where nothing says which."""
    claimant = frame.claimant
    if claimant is None:
        return ""
    at = lo - 1
    while at > 0 and tokens[at - 1].start >= claimant.start:
        at -= 1
    named = [token.norm for token in tokens[at:lo] if token.start < claimant.end]
    if not named or any(word in {"and", "or", ",", "of"} for word in named):
        # "X and Y", "the wife of X": several people, of whom the pronoun may be one
        return "p" if named and _kinds().get(named[-1], "") and named[-1].endswith("s") else ""
    head = named[-1]
    if head.endswith("s") and (head in _kinds() or named[0] in {"two", "three", "several", "some"}):
        return "p" if head not in _NOT_PLURAL else ""
    if _kinds().get(head) in {"organisation", "outlet"} and head not in {"police", "prosecutors"}:
        return "n"
    given = {_given_names()[word] for word in named if word in _given_names()}
    if not given:
        given = _first_named(tokens[:_HEAD], head)
    return given.pop() if len(given) == 1 else ""


def _first_named(before: Sequence[Token], surname: str) -> set[str]:
    """What the given names say that stand right before the surname early in the article."""
    return {
        _given_names()[first.norm]
        for first, second in pairwise(before)
        if second.norm == surname and first.norm in _given_names()
    }
