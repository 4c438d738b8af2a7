"""Numbers in digits of all scripts and in words of three languages."""

import re
from collections.abc import Collection
from decimal import Decimal
from functools import cache, lru_cache

from claims.languages import lexicon
from claims.similarity.contradiction.words import Claim, Inflected, Phrases

_NUMERAL = re.compile(r"(\d+(?:[.,٫٬]\d+)*)(%?)")
_GROUPED = re.compile(r"\d{1,3}(?:[.,٬]\d{3})+")
_DASHES = frozenset("-–—")
_HALVES: dict[str, dict[str, float]] = {
    "ar": {"ونصف": 0.5, "وربع": 0.25},
    "tr": {"buçuk": 0.5},
    "en": {},
}


def numeral(text: str, code: str) -> float | None:
    """The value of digits with separators: 1,200 and 1.200 are 1200, 47,5 is 47.5."""
    match = _NUMERAL.match(text)
    if match is None:
        return None
    digits = match.group(1).replace("٬", ",").replace("٫", "·")
    decimal = "," if code == "tr" else "."
    if _GROUPED.fullmatch(digits):
        parts = re.split("[.,]", digits)
        lone = len(parts) == 2 and digits[len(parts[0])] == decimal
        if not (lone and (parts[0] == "0" or code == "en")):
            return float("".join(parts))
    marks = [mark for mark in digits if mark in ".,·"]
    if len(set(marks)) == 2 or marks.count(marks[0] if marks else "") > 1:
        last = max(digits.rfind(mark) for mark in ".,·")
        whole, rest = re.sub("[.,·]", "", digits[:last]), digits[last + 1 :]
        return float(whole + rest) if len(set(marks)) == 1 else float(f"{whole}.{rest}")
    return float(re.sub("[,·]", ".", digits))


def grain(value: float) -> float:
    """What the last digit of ``value`` that is not 0 counts: 100 of 1,200; 0.1 of 47.5."""
    number = Decimal(repr(value)).normalize()
    exponent = number.as_tuple().exponent
    return float(10.0**exponent) if isinstance(exponent, int) and value else 1.0


@cache
def atoms(code: str) -> Phrases:
    table = dict(lexicon.table(code, "numbers")) | lexicon.table(code, "quantities")
    return Phrases(code, table)


@cache
def _inflected() -> Phrases:
    table = {
        term: value
        for term, value in lexicon.table("tr", "numbers").items()
        if term not in {"on", "altı", "bir"}
    }
    table |= {t: v for t, v in lexicon.table("tr", "quantities").items() if v[0] == "x"}
    table.pop("yüz", None)
    return Inflected("tr", table)


@lru_cache(maxsize=50_000)
def atom(word: str, code: str) -> str:
    """The value of one word of a number as the lists have it, or ""."""
    found = atoms(code).of(word)
    if not found and code == "tr" and len(word) > 2:
        found = _inflected().of(word)
    return found


@cache
def percents(code: str) -> frozenset[str]:
    return lexicon.words(code, "percent")


class Numbers:
    """The words of a claim, asked for numbers; ``dated``: indexes of those that belong to dates."""

    def __init__(self, claim: Claim, dated: Collection[int]) -> None:
        self.code, self.words, self.dated = claim.code, claim.words, dated
        self.multiplied = 0.0  # the last thousand or million of the number that is being read

    def word(self, i: int) -> str:
        return self.words[i].word if 0 <= i < len(self.words) else ""

    def number(self, i: int) -> tuple[float, int] | None:
        """(value, index behind) of the number in digits or words at ``i``."""
        total = current = 0.0
        last = self.multiplied = 0.0
        between = self.code == "ar" and self.word(i - 1) == "بين"
        j = i
        while j < len(self.words) and j not in self.dated:
            word = self.words[j]
            value = self.atom(j, seen=j > i)
            if between and j > i and word.word[:1] == "و":
                break
            if j > i and word.text in _DASHES and self.code == "en" and 20 <= last < 100:
                following = self.atom(j + 1, seen=True) if j + 1 < len(self.words) else ""
                if not following.isdigit() or not float(following) < 10:
                    break
                j += 1
                continue
            if j > i and self.joins(j, self.multiplied):
                j += 1
                continue
            half = self.half(j) if j > i else 0.0
            if half:
                if current or not self.multiplied:
                    current += half
                else:
                    total += half * self.multiplied
                last = 0.0
                j += 1 if self.code != "en" else 3
                # "a billion and half a billion"
                j += self.code == "ar" and self.atom(j, seen=True) == f"x{int(self.multiplied)}"
                continue
            if self.code == "tr" and word.word == "yarım" and j == i:
                current, last, j = 0.5, 0.5, j + 1
                continue
            if not value:
                break
            times, _, multiplier = value.rpartition("x")
            if value.startswith("d"):
                if j > i and current:
                    break
                current, last = float(value[1:]), -1.0
            elif multiplier != value:
                factor = float(multiplier)
                if times:
                    current = float(times)
                if factor == 100 or factor == 12:
                    current = (current or 1.0) * factor
                else:
                    total += (current or 1.0) * factor
                    current = 0.0
                last = self.multiplied = factor
            else:
                number = float(value)
                if last and (last < 0 or (last < 10 and number < 10) or last == number):
                    break
                current += number
                last = number
            j += 1
            if self.code == "tr" and self.words[j - 1].suffix:
                break
        if j == i:
            return None
        while j > i + 1 and self.word(j - 1) in {"and", "a"}:
            j -= 1
        value_found = total + current
        return (value_found, j) if value_found or self.word(i) in {"0", "صفر", "zero"} else None

    def atom(self, j: int, *, seen: bool) -> str:
        """The value of the word ``j`` in a number: digits lead with a "d"; "" where it is none."""
        if j >= len(self.words):
            return ""
        word = self.words[j]
        joined = word.word[1:] if self.code == "ar" and word.word[:1] == "و" else word.word
        digits = word.norm.removeprefix("و") if self.code == "ar" else word.text
        value = numeral(digits, self.code) if digits[:1].isdigit() else None
        if value is not None:
            more = seen and joined != word.word and not value < self.multiplied
            return "" if more else f"d{value!r}"
        if self.code == "ar" and word.norm in percents("ar"):
            return ""
        found = atom(word.word, self.code).lower()
        if found.startswith("2x") and word.norm.lstrip("وبل")[:1] != "ا" and found[2:] == "1000":
            # without its article "فإن" looks like "two thousand"
            return ""
        if not found[:1].isdigit() and found[:1] != "x":
            return ""
        if ".." in found:
            return ""
        if self.code == "ar" and seen and found.isdigit() and joined == word.word:
            # "five" and "twenty" are joined by "and"; hundreds and the ten of "twelve" are not
            return {"100": "x100", "10": "10"}.get(found, "")
        return "x100" if found == "100" else found

    def joins(self, j: int, multiplied: float) -> bool:
        """ "two hundred and five": the "and" inside a number."""
        if self.code != "en" or self.word(j) != "and" or not multiplied or j + 1 >= len(self.words):
            return False
        following = self.atom(j + 1, seen=True)
        return following.isdigit() and self.word(j + 1) not in {"a", "an", "one"}

    def half(self, j: int) -> float:
        if self.code == "en":
            return 0.5 if [self.word(j + k) for k in range(3)] == ["and", "a", "half"] else 0.0
        return float(_HALVES.get(self.code, {}).get(self.word(j), 0.0))
