"""What a language's grammar hands to detection: words with their places, and the pieces of a sentence.

All places are code points of the untouched text, end exclusive.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from claims.languages.folding import ARABIC_MARKS, INVISIBLE


class Span(NamedTuple):
    start: int
    end: int


class Token(NamedTuple):
    """A word, a number or one other visible character; ``norm`` is what grammars compare."""

    start: int
    end: int
    norm: str
    is_word: bool


class Quote(NamedTuple):
    """What stands between two quotation marks, the marks left out."""

    start: int
    end: int


@dataclass(slots=True, eq=False)
class Frame:
    """Who is said to say something, and by which words."""

    cue: Span | None
    claimant: Span | None
    region: Span  # all words of the frame; a time in it dates the act of speaking
    stance: str = "asserts"
    subjectless: bool = False  # "he added": the claimant stands somewhere before
    outer: "Frame | None" = None  # "the paper said the minister said"


@dataclass(slots=True, eq=False)
class Piece:
    """One candidate claim: a span, the frame it stands under, and what its grammar gave away."""

    span: Span
    frame: Frame | None = None
    subject: Span | None = None  # of a narrated act by somebody who may speak next
    names_report: bool = False  # denies "the report" without telling what it says
    contains: "Piece | None" = None  # the accusation that this denial tells
    position: bool = False  # a call, a demand, a condemnation
    stance: str = ""  # where it differs from the frame's
    features: set[str] = field(default_factory=set)


class Reference(NamedTuple):
    """The pronoun or demonstrative that a claim opens with, and who it certainly is, or None."""

    span: Span
    antecedent: Span | None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression before it is resolved: what it names, not yet which days.

    ``what`` is one of: day (``n`` days from today), weekday (``n``: Monday is 0), week, month_of
    (``n`` months from this one), year_of (``n`` years from this one), quarter_of, decade_of,
    century_of, date (``day``, ``month``, ``year``, each 0 where not said; ``end_day`` closes a
    range), decade (from ``year`` on), season (``n``: spring is 0), ago (``n`` ``unit``), past (the
    ``n`` ``unit`` up to now), ahead (``n`` ``unit`` from now on), hence (``ahead``, in a clause
    about the future only), weekend. ``way``: -1 the last, 1 the next, 0 not said.
    ``since``: from there until publication. ``third``: 1 the beginning, 2 the middle, 3 the end.
    ``part``: (2, 4) is the second quarter of it. ``day`` of a month_of: that day of the month.
    ``calendar``: "" (Gregorian), "hijri" or "jalali". ``until``: the last of a range.
    ``weekday``: named beside a day ("today, Friday"). ``now``: the text says that this is today.
    ``outlook``: what the words beside it say, whatever its clause is about: 1 it is to come, -1 it
    has been. ``by``: the end of a span that began when the text was written ("by March").
    """

    span: Span
    what: str
    n: int = 0
    unit: str = ""
    day: int = 0
    end_day: int = 0
    month: int = 0
    year: int = 0
    way: int = 0
    since: bool = False
    third: int = 0
    part: tuple[int, int] = (1, 1)
    calendar: str = ""
    until: "Time | None" = None
    weekday: int = -1
    now: bool = False
    outlook: int = 0
    by: bool = False


_MARKS = f"{ARABIC_MARKS}\u0300-\u036f"
# No word of a vocabulary is longer; what is, is not worth remembering whole.
_LONGEST_WORD = 64
_JOINERS = "\u200c\u200d"
_TOKEN = re.compile(
    rf"(?P<number>\d++(?:[.,٫٬/:]\d++)*+%?(?:['’]\w+)?)(?![^\W\d_])"
    rf"|(?P<word>\w[\w{_MARKS}{_JOINERS}]*+(?:['’ʼ][\w{_MARKS}]++)*+)"
    # A rule drawn with one mark ("-----") is one token, as is a flood of them. Possessive, or the
    # regular expression remembers each of the marks to come back to.
    rf"|(?P<twice>(?<!')''(?!'))"  # two apostrophes: a quotation mark
    rf"|(?P<other>(?P<mark>[^\s{INVISIBLE}{_MARKS}])(?:(?P=mark){{7,}}+)?+)"
)


def tokenise(text: str, normal: Callable[[str], str]) -> list[Token]:
    """The words and marks of ``text`` in order. Linear in its length."""
    found = []
    for match in _TOKEN.finditer(text):
        is_word = match.lastgroup not in ("other", "twice")
        word = match.group() if is_word else match.group("mark") or '"'
        norm = normal(word[:_LONGEST_WORD]) if is_word else word
        found.append(Token(match.start(), match.end(), norm, is_word))
    return found
