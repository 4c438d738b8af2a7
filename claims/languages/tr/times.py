"""Turkish time expressions: dün, geçen hafta, 25 Ağustos'ta, 2015'ten beri, Cuma günü, üç gün önce."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.languages import lexicon
from claims.languages.shapes import Span, Time, Token
from claims.languages.timing import AHEAD, Hit, Reader, numbers
from claims.languages.tr import time_words as words

_REACH = 6


def times(tokens: Sequence[Token], modifying: bool = False) -> list[Time]:
    """The time expressions among ``tokens``, in order, none inside another. Linear."""
    return _Times(tokens).read(modifying)


class _Times(Reader):
    joiners = frozenset({"-", "–", "—", "ile", "ila"})

    def word(self, i: int) -> str:
        """The word at ``i`` without the suffix behind its apostrophe."""
        return self.full(i).split("'", 1)[0]

    def suffix(self, i: int) -> str:
        return self.full(i).partition("'")[2]

    def span(self, i: int, j: int) -> Span:
        last = self.tokens[j - 1]
        cut = last.start + len(self.word(j - 1)) if "'" in last.norm else last.end
        return Span(self.tokens[i].start, cut)

    def stem(self, i: int, pattern: re.Pattern[str]) -> str:
        """The noun of time at ``i`` without its case; empty where another word stands."""
        match = pattern.match(self.word(i))
        return match.group(1) if match is not None else ""

    def joins(self, i: int, j: int) -> bool:
        if self.word(j) in self.joiners:
            return True
        # "3 Mayıs'tan 5 Mayıs'a", "2015'ten 2018'e"
        ablative = re.search(r"[dt][ae]n$", self.full(j - 1))
        return ablative is not None and bool(self.number(j, 1, 2200) or self.month(j))

    def behind_joiner(self, j: int) -> int:
        return j + (self.word(j) in self.joiners)

    sames = frozenset({"aynı"})

    def same_day(self, i: int) -> int:
        """Aynı gün, aynı akşam."""
        return i + 2 if self.word(i + 1) in words.PARTS_OF_DAY | {"gün", "günün"} else 0

    def outlook(self, i: int, j: int) -> int:
        """Of the nearest verb behind it: "Mayıs'ta yapılacak seçim", "geçen Mayıs'ta açılan okul"."""
        for k in range(j, min(j + _REACH, len(self.tokens))):
            if not self.tokens[k].is_word:
                return 0
            if words.TO_COME.match(self.full(k)):
                return 1
            if words.HAS_BEEN.match(self.full(k)):
                return -1
        return 0

    def deadline(self, time: Time, i: int, j: int) -> Span | None:
        """Yıl sonuna kadar, Mart'a dek."""
        return self.span(i, j + 1) if self.word(j) in {"kadar", "dek", "değin"} else None

    def only_modifies(self, i: int, j: int) -> bool:
        """Dünkü, geçen haftaki toplantı; 2024'teki; 25 Ağustos tarihli; bu yılın bütçesi."""
        last, behind = self.full(j - 1), self.word(j)
        if last.endswith(("ki", "kü")) and not last.endswith("önceki") and self.word(i) != last:
            return True
        if behind in {"tarihli", "günkü", "tarihindeki", "dönemindeki"}:
            return True
        if last == "yılı" and self.year(j - 2) and behind not in words.OF_TIME:
            return True
        genitive = re.search(r"(?:'|[ae]y|yıl|sene|hafta)(?:n?[ıiuü]n)$", last)
        return genitive is not None and behind not in words.ORDINALS

    def at(self, i: int) -> Hit | None:
        word = self.word(i)
        if not word:
            return None
        return (
            self.day_word(i, word)
            or self.part_of_period(i)
            or self.weekday(i, word)
            or self.dated(i)
            or self.weekend(i, word)
            or self.period(i, word)
            or self.season(i, word)
            or self.year_alone(i)
            or self.decade(i)
            or self.counted(i, word)
        )

    def day_word(self, i: int, word: str) -> Hit | None:
        if word in {"evvelsi", "önceki", "evvelki"} and self.word(i + 1) == "gün":
            return Time(self.span(i, i + 2), "day", n=-2), i + 2
        if word in {"öbür", "ertesi"} and self.word(i + 1) == "gün":
            return (Time(self.span(i, i + 2), "day", n=2), i + 2) if word == "öbür" else None
        if word == "bu" and self.word(i + 1) in words.PARTS_OF_DAY:
            return Time(self.span(i, i + 2), "day"), i + 2
        if word not in words.DAYS:
            return None
        j = i + 1 + (self.word(i + 1) in words.PARTS_OF_DAY)
        time = Time(self.span(i, j), "day", n=words.DAYS[word])
        marked = self.word(j) == ","
        name = self.word(j + marked)
        if name in numbers("tr", "weekdays") and (marked or self.word(j + 1) == "günü"):
            j += marked + 1
            j += self.word(j) == "günü"
            return replace(time, weekday=numbers("tr", "weekdays")[name], span=self.span(i, j)), j
        dated = self.date(j + marked) if word == "bugün" and marked else None
        if dated is not None and dated[0].day:
            return replace(dated[0], span=self.span(i, dated[1]), now=True), dated[1]
        return time, j

    def weekday(self, i: int, word: str) -> Hit | None:
        way, j = (words.WAYS[word], i + 1) if word in words.WAYS else (0, i)
        name = self.stem(j, words.DAY_NAME)
        if not name:
            return None
        said_day = self.word(j + 1) in {"günü", "gününe", "gününden", *words.PARTS_OF_DAY}
        bare = self.word(j) == name or "'" in self.full(j)
        if not bare and not way and not re.search(r"(?:ya|ye|[dt][ae]n?|den|dan)$", self.word(j)):
            return None
        if name == "pazar" and not said_day and not self.after_date(i):
            # also "market"
            return None
        if name in {"salı", "cuma"} and self.word(j + 1) in {"pazarı", "namazı"}:
            return None
        end = j + 2 if said_day else j + 1
        return Time(self.span(i, end), "weekday", n=numbers("tr", "weekdays")[name], way=way), end

    def after_date(self, i: int) -> bool:
        return bool(self.month(i - 1)) or bool(self.year(i - 1))

    def month(self, i: int) -> int:
        name = self.stem(i, words.MONTH)
        name = "aralık" if name == "aralığ" else name
        if not name:
            return 0
        # "ekimi" is sowing, "ocağı" a hearth, "martı" a gull, "kasımpatı" a flower
        bare = self.word(i) == name
        cased = re.search(r"[dt][ae]n?$|['ae]$|[ıiuü]n(?:[dt]?[ae])?$", self.word(i)) is not None
        return numbers("tr", "months")[name] if bare or cased else 0

    def date(self, i: int) -> Hit | None:
        """25 Ağustos 2024 Pazar günü, 3-5 Mayıs, 2024 Ağustos'unda, geçen Ağustos, Mayıs sonunda."""
        j, day, end_day, way, year = i, self.number(i, 1, 31), 0, 0, 0
        if day:
            j += 1
            if self.word(j) in {"-", "–", "ile", "ila", "ve"} and self.number(j + 1, day + 1, 31):
                end_day, j = self.number(j + 1, 1, 31), j + 2
        elif self.word(i) in words.WAYS:
            way, j = words.WAYS[self.word(i)], i + 1
            if self.period_at(j) in {"yıl", "sene"}:
                return self.in_year(i, j + 1, way)
        elif self.year(i) and (self.month(i + 1) or self.word(i + 1) in {"yılının", "yılı"}):
            year, j = self.year(i), i + 1 + (self.word(i + 1) in {"yılının", "yılı"})
        number = self.month(j)
        if not number:
            return self.figures(i)
        name = j
        j += 1
        if not year and self.year(j):
            year, j = self.year(j), j + 1
            j += self.word(j) in {"yılında", "yılının"}
        month_word = bool(self.stem(j, words.PERIOD) == "ay" and self.word(j) != "ay")
        j += month_word
        third = 0
        part = self.stem(j, words.PART)
        if part and not day and self.word(j) != part:
            third, j = words.PARTS[part], j + 1
        half = self.word(j) in {"ilk", "ikinci"} and self.stem(j + 1, words.HALF) == "yarı"
        which = (1 if self.word(j) == "ilk" else 2, 2) if half else (1, 1)
        j += 2 * half
        if day and self.word(j) in {"tarihinde", "tarihine", "tarihinden", "günü"}:
            j += 1
        elif day and self.stem(j, words.DAY_NAME):
            j += 1 + (self.word(j + 1) in {"günü", "gününe", *words.PARTS_OF_DAY})
        suffixed = "'" in self.full(name) or self.word(name) not in numbers("tr", "months")
        ranged = self.word(j) in {"-", "–", "ile", "ila"} and bool(self.month(j + 1))
        second = self.word(i - 1) in self.joiners and bool(self.month(i - 2))
        if not (day or year or way or month_word or third or half or suffixed or ranged or second):
            return None
        since, j = self.since(j)
        return (
            Time(
                self.span(i, j),
                "date",
                day=day,
                end_day=end_day,
                month=number,
                year=year,
                way=way,
                third=third,
                part=which,
                since=since,
            ),
            j,
        )

    def dated(self, i: int) -> Hit | None:
        """A date; that of a site's stamp says which day today is: "Giriş: 16 Eylül 2025"."""
        hit = self.date(i)
        stamped = i > 1 and self.word(i - 1) == ":" and self.word(i - 2) in words.STAMPS
        return (replace(hit[0], now=True), hit[1]) if hit and hit[0].day and stamped else hit

    def in_year(self, i: int, j: int, way: int) -> Hit | None:
        """Geçen yıl temmuzda, bu yılın Aralık ayında: the month of that year."""
        dated = self.date(j) if self.word(j) not in words.WAYS else None
        if dated is None or not dated[0].month or dated[0].year or dated[0].way:
            return None
        return replace(dated[0], span=self.span(i, dated[1]), n=1, way=way), dated[1]

    def figures(self, i: int) -> Hit | None:
        """25.08.2025"""
        read = self.numeric(i)
        if read is None or not read[2]:
            return None
        day, month, year, j = read
        j += self.word(j) in {"tarihinde", "tarihine"}
        return Time(self.span(i, j), "date", day=day, month=month, year=year), j

    def since(self, j: int) -> tuple[bool, int]:
        """Beri, bu yana, itibaren: from then on, and the index behind it."""
        if self.word(j) == "beri":
            return True, j + 1
        if self.word(j) == "bu" and self.word(j + 1) == "yana":
            return True, j + 2
        return False, j

    def period_at(self, i: int) -> str:
        if self.word(i) in {"aynı", "ayna", "aya"}:
            return ""
        stem = self.stem(i, words.PERIOD)
        return "çeyrek" if stem == "çeyreğ" else stem

    def part_of_period(self, i: int) -> Hit | None:
        """2024'ün ilk çeyreğinde, bu yılın ikinci yarısında, yıl sonuna kadar, ayın 15'inde."""
        word, j, way, year = self.word(i), i, 0, 0
        if self.year(i):
            year, j = self.year(i), i + 1
            j += self.word(j) in {"yılı", "yılının", "yılında"}
            what = "date"
        else:
            if word in words.WAYS:
                way, j = words.WAYS[word], i + 1
            stem = self.period_at(j)
            if stem not in {"ay", "yıl", "sene"}:
                return None
            what, j = words.PERIODS[stem], j + 1
        time = Time(self.span(i, j), what, n=way, way=way, year=year)
        if self.word(j) in words.ORDINALS and self.stem(j + 1, words.HALF):
            of = 2 if self.stem(j + 1, words.HALF) == "yarı" else 4
            number = words.ORDINALS[self.word(j)] or of
            if number > of:
                return None
            return replace(time, part=(number, of), span=self.span(i, j + 2)), j + 2
        part = self.stem(j, words.PART)
        if part and self.word(j) != part:
            # "bu yıl sonunda", "yıl sonuna kadar", "2024 başında"
            return replace(time, third=words.PARTS[part], span=self.span(i, j + 1)), j + 1
        day = self.number(j, 1, 31)
        if what == "month_of" and day and self.suffix(j).startswith(("i", "ı", "u", "ü", "s")):
            return replace(time, day=day, span=self.span(i, j + 1)), j + 1
        return None

    def weekend(self, i: int, word: str) -> Hit | None:
        way, j = (words.WAYS[word], i + 1) if word in words.WAYS else (0, i)
        end = self.word(j + 1)
        if self.word(j) != "hafta" or self.stem(j + 1, words.PART) != "son" or end == "son":
            return None
        if word not in words.WAYS and not end.endswith(("nda", "u")):
            return None
        return Time(self.span(i, j + 2), "weekend", n=way, way=way), j + 2

    def period(self, i: int, word: str) -> Hit | None:
        if word not in words.WAYS:
            return None
        stem = self.period_at(i + 1)
        if stem:
            way = words.WAYS[word]
            return Time(self.span(i, i + 2), words.PERIODS[stem], n=way, way=way), i + 2
        return self.stretch(i, word)

    def stretch(self, i: int, word: str) -> Hit | None:
        """Önümüzdeki günlerde, önümüzdeki üç yıl içinde, son 24 saatte."""
        if words.WAYS[word] <= 0:
            return None
        plural = {"günlerde": "day", "haftalarda": "week", "aylarda": "month", "saatlerde": "hour"}
        if self.word(i + 1) in plural:
            count, unit = AHEAD[plural[self.word(i + 1)]]
            return Time(self.span(i, i + 2), "ahead", n=count, unit=unit), i + 2
        count, k = self.count(i + 1)
        unit = self.unit(k) if count else ""
        if not unit:
            return None
        k += 1 + (self.word(k + 1) in {"içinde", "içerisinde", "boyunca"})
        return Time(self.span(i, k), "ahead", n=count, unit=unit), k

    def season(self, i: int, word: str) -> Hit | None:
        way, j = (words.WAYS[word], i + 1) if word in words.WAYS else (0, i)
        year = self.year(j) if j == i else 0
        j += bool(year)
        name = self.stem(j, words.SEASON)
        if not name or (j == i) or (year and self.word(j) == name):
            return None
        return Time(self.span(i, j + 1), "season", n=words.SEASONS[name], way=way, year=year), j + 1

    def year_alone(self, i: int) -> Hit | None:
        year = self.number(i, 1500, 2200)
        if not year:
            return None
        suffixed = "'" in self.full(i) and not self.suffix(i).startswith(("lar", "ler", "lı"))
        j = i + 1
        if self.word(j) in {"yılında", "yılından", "yılı", "yılına", "senesinde", "yıllarında"}:
            j += 1
        ranged = self.word(j) in self.joiners and bool(self.number(j + 1, 1500, 2200))
        second = self.word(i - 1) in self.joiners and bool(self.number(i - 2, 1500, 2200))
        if second and self.word(j) == "yılları":
            j += 1
        if not (j > i + 1 or suffixed or ranged or second):
            return None
        since, j = self.since(j)
        return Time(self.span(i, j), "date", year=year, since=since), j

    def decade(self, i: int) -> Hit | None:
        """1990'larda, 1990'lı yıllarda."""
        year = self.number(i, 1000, 2200)
        if not year or year % 10 or not self.suffix(i).startswith(("lar", "ler", "lı", "li")):
            return None
        j = i + 1
        if self.suffix(i) in {"lı", "li"}:
            j += self.word(j).startswith("yıllar")
        part = self.stem(j, words.PART)
        third = words.PARTS[part] if part and self.word(j) != part else 0
        j += bool(third)
        return Time(self.span(i, j), "decade", year=year, third=third), j

    def unit(self, i: int) -> str:
        """day, hour …; of a word in any case, also the plural."""
        for unit, meant in lexicon.table("tr", "units").items():
            if re.match(rf"{unit}{words.CASE}$", self.word(i)):
                return meant
        return ""

    def count(self, i: int) -> tuple[int, int]:
        """(number in digits or words, index behind); (0, i) where none stands."""
        word, table = self.word(i), numbers("tr", "numbers")
        if self.number(i, 1, 999):
            return self.number(i, 1, 999), i + 1
        if word not in table:
            return 0, i
        unit = table.get(self.word(i + 1), 10)
        if table[word] % 10 == 0 and unit < 10:
            return table[word] + unit, i + 2
        return table[word], i + 1

    def counted(self, i: int, word: str) -> Hit | None:
        """Üç gün önce, iki yıl içinde, son 24 saatte; üç gün sonra, of the future."""
        last = word == "son"
        count, k = self.count(i + last)
        few = last and self.word(k) == "birkaç"
        unit = self.unit(k + few) if count or few else ""
        if few and unit in AHEAD:
            k, (count, unit) = k + 1, AHEAD[unit]
        elif few:
            return None
        if not unit:
            return None
        behind = self.word(k + 1)
        if last:
            inside = behind in {"içinde", "içerisinde", "boyunca"}
            if not inside and not re.search(r"[dt][ae]$", self.word(k)):
                return None
            k += inside
            return Time(self.span(i, k + 1), "past", n=count, unit=unit), k + 1
        if behind in {"önce", "evvel"} and self.word(k) in lexicon.table("tr", "units"):
            return Time(self.span(i, k + 2), "ago", n=count, unit=unit), k + 2
        if behind in {"içinde", "içerisinde", "sonra"}:
            return Time(self.span(i, k + 2), "hence", n=count, unit=unit), k + 2
        return None
