"""The Persian pronoun or demonstrative a claim opens with: marked, never resolved at this level."""

from collections.abc import Sequence

from claims.languages.shapes import Frame, Reference, Span, Token

_PRONOUNS = frozenset({"او", "وی", "انها", "آنها", "آنان", "ایشان"})
_DEMONSTRATIVES = frozenset({"این", "آن"})
_TIMES = frozenset({"هفته", "ماه", "سال", "روز", "روزها"})


def reference(
    tokens: Sequence[Token], lo: int, hi: int, frame: Frame | None, form: str
) -> Reference | None:
    """The pronoun or demonstrative at the head of the claim ``tokens[lo:hi]``."""
    word = tokens[lo].norm if lo < hi else ""
    following = tokens[lo + 1].norm if lo + 1 < hi else ""
    if word in _PRONOUNS:
        return Reference(Span(tokens[lo].start, tokens[lo].end), None)
    if word in _DEMONSTRATIVES and following not in _TIMES:
        noun = lo + 1 < hi and tokens[lo + 1].is_word
        return Reference(Span(tokens[lo].start, tokens[lo + noun].end), None)
    return None
