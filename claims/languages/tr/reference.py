"""The Turkish pronoun a claim opens with. Who it is, Turkish seldom says: it is marked, not replaced.

A subject that is only in the ending of the verb is left as it is.
"""

from collections.abc import Sequence

from claims.languages.shapes import Frame, Reference, Span, Token

_PRONOUNS = frozenset({"o", "onlar", "kendisi", "kendileri", "bu", "bunlar", "şu", "bunun", "onun"})
_ALONE = frozenset({"bu", "o", "şu"})
_TIMES = ("hafta", "ay", "yıl", "sene", "sabah", "akşam", "gece", "yaz", "kış", "arada", "yana")
_CONNECTS = frozenset(
    {"nedenle", "yüzden", "sayede", "kapsamda", "arada", "doğrultuda", "çerçevede"}
)


def reference(
    tokens: Sequence[Token], lo: int, hi: int, frame: Frame | None, form: str
) -> Reference | None:
    """The pronoun or demonstrative at the head of the claim ``tokens[lo:hi]``, never resolved."""
    word = tokens[lo].norm if lo < hi else ""
    if word not in _PRONOUNS:
        return None
    following = tokens[lo + 1].norm if lo + 1 < hi else ""
    if word in _ALONE and (following.startswith(_TIMES) or following in _CONNECTS):
        return None
    noun = word in {"bu", "şu"} and lo + 1 < hi and tokens[lo + 1].is_word
    return Reference(Span(tokens[lo].start, tokens[lo + noun].end), None)
