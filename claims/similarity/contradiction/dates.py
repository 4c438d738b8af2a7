"""The times that a claim names, and whether another one names others."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from claims.languages import lexicon, temporal
from claims.languages._served import part
from claims.languages.shapes import Time
from claims.similarity.contradiction.model import Reason
from claims.similarity.contradiction.words import Claim, Inflected, Phrases, nouns, phrases

_YEAR = re.compile(r"(?:19|20)\d\d")
# "may", "march": months only where something more says so.
_DOUBTFUL = frozenset({"may", "march", "mar", "sun", "sat", "wed", "ماي", "جوان", "اوت", "ocak"})
# What a time expression counts ("three years ago") is compared as a number.
_COUNTED = frozenset({"ago", "past", "ahead", "hence"})
# Facets that mean something only from the day of publication.
_RELATIVE = frozenset(
    {"days on", "week", "weekend", "month_of", "year_of", "quarter_of", "decade_of", "century_of"}
    | {"weekday from now", "year from now"}
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time by its facets: year, month, day, weekday, week (from this one) and so on."""

    facets: Mapping[str, int]
    text: str


@dataclass(frozen=True, slots=True)
class Times:
    moments: tuple[Moment, ...]
    parts: frozenset[str]  # early or late in the day
    words: frozenset[int]  # indexes of the words that dates are made of


def read(claim: Claim, text: str, published: date | None) -> Times:
    """The times of ``claim``, whose text is ``text``; with ``published`` "yesterday" is a day."""
    moments: list[Moment] = []
    grammar = part(claim.code, "grammar")
    future = grammar.tense([token.norm for token in claim.tokens if token.is_word]) == "future"
    taken: set[int] = set()
    starts = [token.start for token in claim.tokens]
    for time in grammar.times(claim.tokens, modifying=True):
        if time.what in _COUNTED:
            continue
        written = text[time.span.start : time.span.end]
        days = _days(time, published, future)
        named = _facets(time) if days is None else [_absolute(_facets(time)[0]) | days]
        inside = [i for i, at in enumerate(starts) if time.span.start <= at < time.span.end]
        if time.what == "date" and "weekday" not in named[0]:
            named[0] |= _weekday(claim, inside)
        moments += [Moment(facets, written) for facets in named]
        taken.update(inside)
    moments += _unread(claim, taken)
    parts = (_parts(claim.code).at(claim.words, i) for i in range(len(claim.words)))
    return Times(tuple(moments), frozenset(part[1] for part in parts if part), frozenset(taken))


def conflict(mine: Times, theirs: Times) -> Reason | None:
    """The first time of the one that the other contradicts; a coarser one does not."""
    left = [one for one in mine.moments if not _met(one, theirs.moments)]
    right = [two for two in theirs.moments if not _met(two, mine.moments)]
    for one in left:
        for two in right:
            if _differ(one, two):
                return Reason("date", one.text, two.text)
    if len(mine.parts) == 1 and len(theirs.parts) == 1 and mine.parts != theirs.parts:
        return Reason("date", *mine.parts, *theirs.parts)
    return None


def shared(mine: Times, theirs: Times) -> int:
    """How many times of the one the other names as well."""
    return sum(_met(one, theirs.moments) for one in mine.moments)


def _met(one: Moment, others: Sequence[Moment]) -> bool:
    return any(one.facets.keys() & two.facets.keys() and not _differ(one, two) for two in others)


def _differ(one: Moment, two: Moment) -> bool:
    return any(one.facets[name] != two.facets[name] for name in one.facets.keys() & two.facets)


def _days(time: Time, published: date | None, future: bool) -> dict[str, int] | None:
    """The facets of the days that a time means; None where it is not known which they are."""
    if time.until is not None or (published is None and not (time.year and time.what == "date")):
        return None
    resolved = temporal.resolve(time, published or date(time.year, 1, 1), future)
    if resolved is None:
        return None
    first, last = resolved
    found: dict[str, int] = {}
    if first.year == last.year:
        found["year"] = first.year
        if first.month == last.month:
            found["month"] = first.month
    # Monday is the first day of a week
    weeks = [(day.toordinal() - 1) // 7 for day in resolved]
    if weeks[0] == weeks[1]:
        found["week of"] = weeks[0]
    if first == last:
        found |= {"day": first.day, "weekday": first.weekday()}
    return found


def _weekday(claim: Claim, inside: Sequence[int]) -> dict[str, int]:
    """The weekday that stands within a date."""
    listed = nouns(claim.code, "weekdays")
    for i in inside:
        found = listed.of(claim.words[i].word)
        if found:
            return {"weekday": int(found)}
    return {}


def _absolute(facets: dict[str, int]) -> dict[str, int]:
    """The facets that say something without the day of publication."""
    return {name: value for name, value in facets.items() if name not in _RELATIVE}


def _facets(time: Time) -> list[dict[str, int]]:
    """The facets of a time; of a range those of its end as well."""
    found: dict[str, int] = {}
    if time.what == "weekday":
        found["weekday"] = time.n
        if time.way:
            found["weekday from now"] = time.way
    elif time.what == "date":
        prefix = f"{time.calendar} " if time.calendar else ""
        named = {"year": time.year, "month": time.month, "day": time.day}
        found = {prefix + name: value for name, value in named.items() if value}
        if time.end_day:
            found[prefix + "last day"] = time.end_day
        if not time.year and time.way:
            found["year from now"] = time.way
    elif time.what == "season":
        found = {"season": time.n} | ({"year": time.year} if time.year else {})
    elif time.what == "decade":
        found = {"decade": time.year}
    else:
        name = "days on" if time.what == "day" else time.what
        found = {name: time.n} | ({"day": time.day} if time.day else {})
    if time.weekday >= 0:
        found["weekday"] = time.weekday
    if time.third:
        found["third"] = time.third
    if time.part[1] > 1:
        found[f"part of {time.part[1]}"] = time.part[0]
    return [found, *(_facets(time.until) if time.until is not None else ())]


def _unread(claim: Claim, taken: set[int]) -> list[Moment]:
    """Years and months that stand in no time expression: "the 2024 budget", "its March figures"."""
    found = []
    for i, word in enumerate(claim.words):
        if i in taken:
            continue
        digits = word.norm if claim.code == "ar" else word.text
        if _YEAR.fullmatch(digits) and not _is_counted(claim, i):
            found.append(Moment({"year": int(digits)}, word.text))
            taken.add(i)
            continue
        month = _months(claim.code).at(claim.words, i)
        named = claim.code == "ar" or word.capital or word.text.isdigit()
        if month is not None and (named or claim.code == "tr") and word.word not in _DOUBTFUL:
            facets = {"month": int(month[1])}
            found.append(Moment(facets, word.text))
            taken.update(range(i, i + month[0]))
    return found


def _is_counted(claim: Claim, i: int) -> bool:
    """A number like a year in front of what is counted: "2000 people"."""
    behind = claim.words[i + 1 : i + 2]
    units = nouns(claim.code, "measures", "units")
    atoms = phrases(claim.code, "quantities")
    return any(units.of(word.word) or atoms.of(word.word) for word in behind)


@cache
def _months(code: str) -> Phrases:
    table = lexicon.table(code, "months")
    return Inflected(code, table) if code == "tr" else Phrases(code, table)


@cache
def _parts(code: str) -> Phrases:
    return phrases(code, "parts_of_day")
