"""Turkish time expressions: dün, geçen hafta, 25 Ağustos'ta, 2015'ten beri, Cuma günü, üç gün önce."""

from functools import cache

from claims.languages import lexicon
from claims.languages.shapes import Span, Time, Token

_WAYS = {
    "geçen": -1,
    "geçtiğimiz": -1,
    "önceki": -1,
    "bu": 0,
    "gelecek": 1,
    "önümüzdeki": 1,
    "içinde bulunduğumuz": 0,
}
_PERIODS = {"hafta": "week", "ay": "month_of", "yıl": "year_of", "sene": "year_of"}
_DAYS = {"dün": -1, "bugün": 0, "yarın": 1, "evvelsi": -2}
_PARTS = {
    "başında": 1,
    "başlarında": 1,
    "ortasında": 2,
    "ortalarında": 2,
    "sonunda": 3,
    "sonlarında": 3,
    "sonuna": 3,
}
_YEAR_WORDS = frozenset({"yılında", "yılının", "yılından", "yılı", "yılına", "senesinde"})


@cache
def _table(name: str) -> dict[str, int]:
    return {term: int(value) for term, value in lexicon.table("tr", name).items()}


def times(tokens: list[Token]) -> list[Time]:
    """The time expressions among ``tokens``, in order, none inside another. Linear."""
    reader = _Times(tokens)
    found: list[Time] = []
    i = 0
    while i < len(tokens):
        hit = reader.at(i)
        if hit is None:
            i += 1
        else:
            found.append(hit[0])
            i = hit[1]
    return found


class _Times:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def word(self, i: int) -> str:
        """The word at ``i`` without the suffix behind its apostrophe."""
        return self.full(i).split("'", 1)[0]

    def full(self, i: int) -> str:
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def span(self, i: int, j: int) -> Span:
        last = self.tokens[j - 1]
        return Span(
            self.tokens[i].start,
            last.start + len(self.word(j - 1)) if "'" in last.norm else last.end,
        )

    def at(self, i: int) -> tuple[Time, int] | None:
        word = self.word(i)
        if not word:
            return None
        if word in _DAYS:
            return Time(self.span(i, i + 1), "day", n=_DAYS[word]), i + 1
        return (
            self.weekday(i, word)
            or self.date(i)
            or self.period(i, word)
            or self.year(i)
            or self.counted(i, word)
        )

    def weekday(self, i: int, word: str) -> tuple[Time, int] | None:
        way, j = (_WAYS[word], i + 1) if word in _WAYS else (0, i)
        name = self.word(j)
        if name not in _table("weekdays"):
            return None
        day_word = self.word(j + 1) in {"günü", "gününe", "gecesi", "sabahı", "akşamı", "günkü"}
        if name == "pazar" and not day_word:
            # also "market"
            return None
        if not day_word and not way and self.tokens[j].end - self.tokens[j].start == 0:
            return None
        end = j + 2 if day_word else j + 1
        return Time(self.span(i, end), "weekday", n=_table("weekdays")[name], way=way), end

    def number(self, i: int, low: int, high: int) -> int:
        word = self.word(i)
        return int(word) if word.isdecimal() and len(word) <= 4 and low <= int(word) <= high else 0

    def date(self, i: int) -> tuple[Time, int] | None:
        j, day, end_day, way = i, self.number(i, 1, 31), 0, 0
        if day:
            j += 1
            if self.word(j) in {"-", "–"} and self.number(j + 1, 1, 31):
                end_day, j = self.number(j + 1, 1, 31), j + 2
        elif self.word(i) in _WAYS:
            way, j = _WAYS[self.word(i)], i + 1
        elif self.number(i, 1000, 2200) and self.word(i + 1) in _table("months"):
            year = self.number(i, 1000, 2200)
            return Time(
                self.span(i, i + 2), "date", month=_table("months")[self.word(i + 1)], year=year
            ), i + 2
        month = _table("months").get(self.word(j), 0)
        if not month:
            return self.dotted(i)
        j += 1
        year = self.number(j, 1000, 2200)
        if year:
            j += 1
        third = 0
        month_word = self.word(j) in {"ayında", "ayının", "ayı", "ayından", "ayına"}
        if month_word:
            j += 1
        if self.word(j) in _PARTS:
            third, j = _PARTS[self.word(j)], j + 1
        if self.word(j) in {"tarihinde", "tarihli", "tarihine", "günü"} and day:
            j += 1
        suffixed = "'" in self.full(j - 1) or self.full(j - 1) in {"ocakta", "martta"}
        if not (day or year or way or month_word or third or suffixed):
            return None
        since, j = self.since(j)
        return (
            Time(
                self.span(i, j),
                "date",
                day=day,
                end_day=end_day,
                month=month,
                year=year,
                way=way,
                third=third,
                since=since,
            ),
            j,
        )

    def dotted(self, i: int) -> tuple[Time, int] | None:
        """25.08.2025"""
        parts = self.word(i).replace("/", ".").split(".")
        if len(parts) != 3 or not all(part.isdecimal() for part in parts):
            return None
        day, month, year = (int(part) for part in parts)
        if not (1 <= day <= 31 and 1 <= month <= 12 and 1000 <= year <= 2200):
            return None
        return Time(self.span(i, i + 1), "date", day=day, month=month, year=year), i + 1

    def since(self, j: int) -> tuple[bool, int]:
        if self.word(j) == "beri":
            return True, j + 1
        if self.word(j) in {"bu", "itibaren"} and self.word(j + 1) in {"yana", ""}:
            return True, min(j + 2, len(self.tokens))
        return False, j

    def period(self, i: int, word: str) -> tuple[Time, int] | None:
        if word not in _WAYS:
            return None
        name = self.word(i + 1)
        stem = next(
            (
                p
                for p in _PERIODS
                if name == p
                or (name.startswith(p) and name[len(p) :] in {"ki", "nın", "ın", "da", "de", "ta"})
            ),
            None,
        )
        if stem is None:
            return None
        end, third = i + 2, 0
        if self.word(end) in _PARTS:
            third, end = _PARTS[self.word(end)], end + 1
        way = _WAYS[word]
        return Time(self.span(i, end), _PERIODS[stem], n=way, way=way, third=third), end

    def year(self, i: int) -> tuple[Time, int] | None:
        year = self.number(i, 1500, 2200)
        if not year:
            return None
        suffixed = "'" in self.full(i)
        j = i + 1
        if self.word(j) in _YEAR_WORDS:
            j += 1
        elif not suffixed:
            return None
        since, j = self.since(j)
        return Time(self.span(i, j), "date", year=year, since=since), j

    def counted(self, i: int, word: str) -> tuple[Time, int] | None:
        count = self.number(i, 1, 999) or _table("numbers").get(word, 0)
        unit = lexicon.table("tr", "units").get(self.word(i + 1))
        if not count or unit is None:
            return None
        if self.word(i + 2) in {"önce", "evvel"}:
            return Time(self.span(i, i + 3), "ago", n=count, unit=unit), i + 3
        if self.word(i + 2) in {"içinde", "içerisinde", "sonra"}:
            return Time(self.span(i, i + 3), "ahead", n=count, unit=unit), i + 3
        return None
