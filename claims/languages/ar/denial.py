"""What Arabic words have in common across their forms, and how a clause says no."""

from collections.abc import Sequence
from functools import lru_cache

_PREFIXES = ("وال", "بال", "لل", "ال", "است", "سي", "ست")
_SUFFIXES = ("تهما", "تهم", "تها", "هما", "هن", "هم", "ها", "ات", "ين", "ون", "ان", "وا", "ية")
_WEAK = str.maketrans("", "", "اويءىةه")
_NO = frozenset(
    {"لا", "لم", "لن", "ليس", "ليست", "ليسوا", "ولا", "ولم", "ولن", "غير", "فلم", "لسنا", "لست"}
)
_STILL = frozenset({"يزال", "تزال", "زال", "زالت", "يزالون", "يتجزا", "يجوز", "يمكن", "بد", "سيما"})
# How far into a clause its main predicate says no.
_HEAD = 4


_COPULAS = frozenset({"يكن", "تكن", "يكونوا", "يعد", "تعد", "يكون", "تكون", "يتم", "تتم"})


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The consonants that the forms of a folded word share, as far as spelling can tell."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    if word[0] == "ل" and len(word) >= 4:
        word = word[1:]
    if word[0] in "ويتنم" and len(word) >= 4:
        word = word[1:]
    if word[-1] == "ت" and len(word) >= 4:
        # "signed", of a woman
        word = word[:-1]
    bare = word.translate(_WEAK)
    if bare.startswith("لت"):
        # "meets" beside "met", whose first letters are taken for the article
        bare = bare[1:]
    if len(bare) >= 4 and bare[1] == "ت":
        # the eighth form: "owning" beside "she owns"
        bare = bare[0] + bare[2:]
    return bare if len(bare) >= 2 else word


def says_no(words: Sequence[str]) -> bool:
    """A word of negation among the folded ``words`` of a clause."""
    return any(word in _NO for word in words)


def denies_itself(words: Sequence[str]) -> bool:
    """The main predicate says no: in the first words of the clause; "still" is no negation."""
    return any(
        word in _NO - {"غير", "ولا"}
        and (words[at + 1] if at + 1 < len(words) else "") not in _STILL
        for at, word in enumerate(words[:_HEAD])
    )


def denied(words: Sequence[str]) -> str:
    """The stem of the verb behind the negation at the head of a clause, or ""."""
    for at, word in enumerate(words[:_HEAD]):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in _NO - {"غير", "ولا"} and following and following not in _STILL | _COPULAS:
            return stem(following)
    return ""
