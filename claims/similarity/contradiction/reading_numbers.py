"""The quantities that a claim names: digits of all scripts, words, shares, ranges, bounds."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from claims.languages import folding, lexicon
from claims.similarity.contradiction.numerals import Numbers, atom, atoms, percents
from claims.similarity.contradiction.words import Claim, Phrases, Word, forms, nouns, stem

_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?!\d)")
_TR_ORDINAL = re.compile(r"[ıiuü]?nc[ıiuü].*")
_SYMBOLS = {"$": "dollar", "€": "euro", "£": "pound", "₺": "lira"}
_DASHES = frozenset("-–—")
_RANGE = {"ar": frozenset({"الي", "حتي"}), "tr": frozenset({"ile", "ila"}), "en": frozenset({"to"})}
_BETWEEN = {"ar": "بين", "en": "between"}
_FROM = {"ar": "من", "en": "from"}
_AND = {"ar": "و", "tr": "ve", "en": "and"}
_NONE: frozenset[str] = frozenset()
# Words of one, which are articles too, count only beside the same noun.
_ONES = {
    "ar": frozenset({"واحد", "واحده", "احد", "احدي"}),
    "tr": frozenset({"bir"}),
    "en": frozenset({"one", "a", "an"}),
}
# Behind "half", "quarter": a stage of a cup, not a share.
_STAGES = ("final", "نهاي")
# Units of which a share is told: half an hour, a quarter of a point.
_SINGLE = frozenset({"hour", "kilometre", "metre", "mile", "point", "tonne", "year"})
# "15,000 against the dollar": of something else than dollars.
_AGAINST = frozenset({"مقابل", "against", "per"})
_DUAL = re.compile(r".{2,}ت(?:ين|ان)")
_NO_DUAL = frozenset({"ارجنتين", "بساتين", "فلسطين", "شرايين", "بريتان", "قبطان", "شيطان"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """``low`` to ``high`` of something. ``kind``: count, percent, times, ordinal, score,
    clock (minutes) or code (the 19 of COVID-19)."""

    low: float
    high: float
    kind: str
    bound: str  # about, over, under, short (told in thousands or millions), or ""
    unit: str
    noun: str  # the stem of what is counted
    weak: bool  # "a", "one", a dual: counts only beside the same noun
    text: str


def quantities(claim: Claim, dated: Collection[int]) -> tuple[Quantity, ...]:
    """The quantities in order; ``dated``: indexes of the words that belong to dates."""
    return tuple(_Reader(claim, dated).read())


@cache
def _bounds(code: str) -> Phrases:
    return nouns(code, "bounds") if code != "tr" else Phrases(code, lexicon.table(code, "bounds"))


@cache
def _units(code: str) -> Phrases:
    return nouns(code, "measures", "units")


class _Reader(Numbers):
    def __init__(self, claim: Claim, dated: Collection[int]) -> None:
        super().__init__(claim, dated)
        self.tokens = claim.tokens
        self.stop = folding.stopwords(claim.code)

    def read(self) -> list[Quantity]:
        found: list[Quantity] = []
        i = 0
        while i < len(self.words):
            hit = None if i in self.dated else self.at(i)
            if hit is None:
                i += 1
                continue
            found.append(hit[0])
            i = max(hit[1], i + 1)
        return found

    def at(self, i: int) -> tuple[Quantity, int] | None:
        listed = self.listed(i)
        if listed is not None:
            return listed
        begin = self.behind_percent(i)
        clock = _CLOCK.match(self.words[i].norm)
        if clock is not None:
            minutes = 60.0 * int(clock[1]) + int(clock[2])
            return self.made(i, i + 1, minutes, minutes, "clock"), i + 1
        number = self.number(begin) if begin not in self.dated else None
        if number is None:
            return self.dual(i) if begin == i else None
        value, j = number
        ordinal = self.ordinal_behind(value, j)
        if ordinal is not None:
            return ordinal
        if self.is_ordinal(begin, j):
            return self.made(i, j + (self.word(j) == "."), value, value, "ordinal"), j
        low = high = value
        kind = "percent" if begin > i or self.is_percent(begin, j) else "count"
        if self.is_code(begin):
            return self.made(i, j, value, value, "code"), j
        second = self.second(begin, j)
        if second is not None:
            other, j = second
            if self.code_of_score(begin, value, other):
                kind, low, high = "score", value, other
            else:
                low, high = min(value, other), max(value, other)
        if kind == "count" and self.is_percent(j - 1, j):
            kind = "percent"
        if kind == "count" and self.word(j) in {"kat", "katı", "katına", "اضعاف", "times", "fold"}:
            kind = "times"
        weak = value == 1 and self.word(j - 1) in _ONES.get(self.code, _NONE) and j == begin + 1
        if weak and (self.code == "tr" or self.word(begin) in {"a", "an"}):
            return None
        return self.made(i, j, low, high, kind, weak=weak), j

    def behind_percent(self, i: int) -> int:
        """The index of the number behind "yüzde" or "%"; ``i`` where none of them stands."""
        ahead = self.words[i].norm in percents(self.code) or self.words[i].text == "%"
        first = self.code == "tr" or self.words[i].norm in {"%", "٪"}
        return i + 1 if ahead and first and i + 1 < len(self.words) else i

    def is_percent(self, first: int, j: int) -> bool:
        if self.words[first].text.endswith("%") or self.words[j - 1].text.endswith("%"):
            return True
        near = [self.words[k].norm for k in range(j, min(len(self.words), j + 2))]
        listed = percents(self.code)
        if near and (near[0] in listed or " ".join(near) in listed):
            return True
        return len(near) == 2 and near[0] == "في" and near[1] in listed

    def listed(self, i: int) -> tuple[Quantity, int] | None:
        """Shares, times as much, vague numbers, ordinals: as their list has them."""
        found = atoms(self.code).at(self.words, i)
        if found is None or (found[1][0].isdigit() and ".." not in found[1]) or found[1][0] == "x":
            return None
        length, value = found
        j = i + length
        if value[0] == "X":
            base = float(value[1:])
            return self.made(i, j, base, 10 * base - 1, "count"), j
        if value[0] == "%":
            if self.word(j).startswith(_STAGES) or self.word(j + 1).startswith(_STAGES):
                return None
            skip = j + (self.word(j) in {"a", "of"})
            multiplier = atom(self.word(skip), self.code)
            if multiplier.startswith("x"):
                whole = float(value[1:]) / 100 * float(multiplier[1:])
                return self.made(i, skip + 1, whole, whole, "count"), skip + 1
            share = float(value[1:])
            single = self.single(j)
            if single:
                whole = any(self.is_percent(i, k) for k in (single - 1, single))
                kind = "percent" if whole else "count"
                return self.made(i, single, share / 100, share / 100, kind), single
            return self.made(i, j, share, share, "percent"), j
        if value[0] == "t":
            return self.made(i, j, float(value[1:]), float(value[1:]), "times"), j
        if value[0] == "o":
            number = float(value[1:])
            tens = self.number(j) if self.code == "ar" and self.joined(j) else None
            if tens is not None and number < 10 and tens[0] % 10 == 0 and 20 <= tens[0] < 100:
                number, j = number + tens[0], tens[1]
            return self.made(i, j, number, number, "ordinal"), j
        low, _, high = value.partition("..")
        return self.made(i, j, float(low), float(high), "count"), j

    def single(self, j: int) -> int:
        """The index of the one unit that a share before ``j`` is of: "of a percentage point"; 0."""
        if self.code == "en":
            j += self.word(j) == "of"
            if self.word(j) not in {"a", "an"}:
                return 0
            j += 1
        near = range(j, min(len(self.words), j + 1 + (self.code == "en")))
        return next((k for k in near if _units(self.code).of(self.word(k)) in _SINGLE), 0)

    def touch(self, first: int, last: int) -> bool:
        """No white space stands between the words ``first`` to ``last``."""
        inside = range(first, last)
        return all(self.tokens[k].end == self.tokens[k + 1].start for k in inside)

    def joined(self, j: int) -> bool:
        """An "and" is written on to the word ``j``."""
        return j < len(self.words) and self.words[j].norm.startswith("و")

    def is_code(self, i: int) -> bool:
        """COVID-19, F-16: a number that belongs to a name."""
        return (
            i > 1
            and self.word(i - 1) in _DASHES
            and self.touch(i - 2, i)
            and self.words[i - 2].text[-1:].isalpha()
        )

    def ordinal_behind(self, value: float, j: int) -> tuple[Quantity, int] | None:
        """ "twenty-first"."""
        j += self.word(j) == "-"
        found = atoms(self.code).at(self.words, j) if j < len(self.words) else None
        if found is None or found[1][0] != "o" or value % 10 or not 20 <= value < 100:
            return None
        number = value + float(found[1][1:])
        return self.made(j, j + 1, number, number, "ordinal"), j + 1

    def is_ordinal(self, first: int, j: int) -> bool:
        word = self.words[first]
        if j != first + 1:
            return False
        if self.code == "tr":
            return bool(word.suffix and _TR_ORDINAL.fullmatch(word.suffix))
        return bool(_ORDINAL.fullmatch(word.text))

    def second(self, first: int, j: int) -> tuple[float, int] | None:
        """The other end of a range: (value, index behind)."""
        mark = self.word(j)
        joined = self.word(first - 1) == _BETWEEN.get(self.code) and mark == _AND.get(self.code)
        attached = self.code == "ar" and mark[:1] == "و" and self.word(first - 1) == _BETWEEN["ar"]
        if attached and has_number(mark[1:], self.code):
            return self.number(j)
        spoken = mark in _RANGE.get(self.code, _NONE) and self.word(first - 1) != _FROM.get(
            self.code
        )
        if not (mark in _DASHES or spoken or joined) or j + 1 >= len(self.words):
            return None
        return self.number(j + 1) if j + 1 not in self.dated else None

    def code_of_score(self, first: int, one: float, other: float) -> bool:
        dashed = self.word(first + 1) in _DASHES
        return dashed and (one >= other or (one < 10 and other < 10)) and max(one, other) < 200

    def dual(self, i: int) -> tuple[Quantity, int] | None:
        """An Arabic dual, or a unit of time in it: "two planes", "two months"."""
        if self.code != "ar":
            return None
        word = self.word(i)
        unit = _units("ar").of(word)
        if unit.startswith("2 "):
            return self.made(i, i, 2.0, 2.0, "count"), i + 1
        before = self.word(i - 1)
        if _DUAL.fullmatch(before) and before not in _NO_DUAL:
            return None
        if not any(_is_dual(form) for form in forms(word, "ar")):
            return None
        return self.made(i, i, 2.0, 2.0, "count", weak=True), i + 1

    def made(
        self, i: int, j: int, low: float, high: float, kind: str, *, weak: bool = False
    ) -> Quantity:
        unit, noun = self.counted(i, j) if kind in {"count", "times"} else ("", "")
        text = " ".join(word.text for word in self.words[i : max(j, i + 1)])
        return Quantity(low, high, kind, self.bound(i, j), unit, noun, weak, text)

    def counted(self, i: int, j: int) -> tuple[str, str]:
        """(unit, stem of the noun) of what is counted."""
        symbol = next((_SYMBOLS[self.word(k)] for k in (i - 1, j) if self.word(k) in _SYMBOLS), "")
        unit, noun = symbol, ""
        for k in range(j, min(len(self.words), j + 3)):
            word = self.words[k]
            if word.word in _AGAINST:
                break
            if not word.is_word or (has_digit_or_number(word, self.code) and k > j):
                break
            found = _units(self.code).at(self.words, k)
            if found is not None and not unit:
                unit = found[1].removeprefix("2 ")
            if not noun and word.word not in self.stop:
                noun = stem(forms_bare(word.word, self.code), self.code)
            if unit:
                break
        return unit, noun

    def bound(self, i: int, j: int) -> str:
        lists = _bounds(self.code)
        if self.code == "ar":
            i -= self.word(i - 1) in {"نسبه", "بنسبه"}
        before = lists.ends_at(self.words, i - 1) if i else None
        if before is None and self.code == "en" and self.word(i - 1) in {"a", "$", "the"}:
            before = lists.ends_at(self.words, i - 2) if i > 1 else None
        short = "short" if _atom_of_thousands(self, i, j) else ""
        if before is not None:
            return before[1]
        for k in range(j, min(len(self.words), j + 3)):
            behind = lists.at(self.words, k)
            if behind is not None and (k == j or self.code != "en"):
                return behind[1]
        return short


def _atom_of_thousands(reader: Numbers, i: int, j: int) -> bool:
    """A word for a thousand or more stands in the number ``i..j``."""
    atoms_of = (atom(word.word, reader.code).lower() for word in reader.words[i:j])
    return any(len(value.rpartition("x")[2]) > 3 and "x" in value for value in atoms_of)


def _is_dual(word: str) -> bool:
    counted = word.endswith(("ين", "ان")) and word[:-2] in _singulars()
    return counted or (_DUAL.fullmatch(word) is not None and word not in _NO_DUAL)


def has_number(word: str, code: str) -> bool:
    return bool(atom(word, code)) or word[:1].isdigit()


def has_digit_or_number(word: Word, code: str) -> bool:
    return word.text[:1].isdigit() or bool(atom(word.word, code))


def forms_bare(word: str, code: str) -> str:
    return word[1:] if code == "ar" and word[:1] == "و" and len(word) > 4 else word


@cache
def _singulars() -> frozenset[str]:
    return frozenset(folding.fold(term, "ar") for term in lexicon.terms("ar", "duals"))
