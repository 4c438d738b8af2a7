"""What English words have in common across their forms, and how a clause says no."""

from collections.abc import Sequence
from functools import lru_cache

_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ies", "ed", "es", "s", "e", "y")
_NO = frozenset(
    {"no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "t"}
)

# How far into a clause its main predicate says no.
_HEAD = 7


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the forms of a folded word share, as far as spelling can tell."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:6]


# Between a "not" and what it says no to, and how far that may be.
_CARRYING = frozenset(
    {"be", "been", "being", "a", "an", "the", "any", "have", "had", "yet", "in", "ever", "such"}
)
_REACH = 4


def says_no(words: Sequence[str]) -> bool:
    """A word of negation among the folded ``words`` of a clause; the t of "didn't" is one."""
    return any(word in _NO for word in words)


def denies_itself(words: Sequence[str]) -> bool:
    """The main predicate says no: in the first words of the clause."""
    return says_no(words[:_HEAD])


def denied(words: Sequence[str]) -> str:
    """The stem of the word behind the negation at the head of a clause, or ""."""
    for at, word in enumerate(words[:_HEAD]):
        if word in _NO:
            behind = words[at + 1 : at + 1 + _REACH]
            said = (w for w in behind if w not in _CARRYING and not w.endswith("ly"))
            return stem(next(said, "")) or ""
    return ""
