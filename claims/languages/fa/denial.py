"""What Persian words have in common across their forms, and how a clause says no."""

from collections.abc import Sequence

_NO = ("نمی", "نیست", "نبود", "نشد", "نکرد", "ندار", "نخواه", "هیچ")
_SUFFIXES = ("هایی", "های", "ها", "ان", "ی")


def stem(word: str) -> str:
    """A folded word without the ending of its plural."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def says_no(words: Sequence[str]) -> bool:
    """A negated verb or "none" among the folded ``words`` of a clause."""
    return any(word.startswith(_NO) for word in words)


def denies_itself(words: Sequence[str]) -> bool:
    """The main predicate says no: the last words of the clause."""
    return says_no(words[-2:])


def denied(words: Sequence[str]) -> str:
    """The negated verb that ends a clause, without its ن, or ""."""
    found = next((word for word in words[-2:] if word.startswith(_NO)), "")
    return stem(found[1:]) if found else ""
