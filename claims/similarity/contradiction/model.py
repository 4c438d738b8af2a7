"""What the guard says of two claims."""

from typing import NamedTuple


class Reason(NamedTuple):
    """Why two claims are not the same: a code to be translated, and what stands in each.

    ``code``: denial, negation, opposite, number, date, place, actor or roles.
    """

    code: str
    a: str = ""
    b: str = ""


class Judgement(NamedTuple):
    """``relation``: same, contradicts, related or unrelated."""

    relation: str
    reasons: tuple[Reason, ...] = ()


_WORDS = {
    "denial": "one denies it",
    "negation": "one says no to it",
    "opposite": "the opposite",
    "number": "another number",
    "date": "another time",
    "place": "another place",
    "actor": "somebody else",
    "roles": "the roles are changed",
}


def in_words(reason: Reason) -> str:
    """The reason as a line in English: "another number: 12, 17"."""
    values = ", ".join(value for value in (reason.a, reason.b) if value)
    return f"{_WORDS[reason.code]}: {values}" if values else _WORDS[reason.code]
