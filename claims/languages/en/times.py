"""English time expressions: last week, on Monday, Aug. 29, 3–5 May, since 2015, within ten years."""

from collections.abc import Sequence
from dataclasses import replace

from claims.languages import lexicon
from claims.languages.en import time_words as words
from claims.languages.en.beside import Beside
from claims.languages.shapes import Time, Token
from claims.languages.timing import AHEAD, Hit, numbers


def times(tokens: Sequence[Token], modifying: bool = False) -> list[Time]:
    """The time expressions among ``tokens``, in order, none inside another. Linear."""
    return _Times(tokens).read(modifying)


class _Times(Beside):
    def at(self, i: int) -> Hit | None:
        word = self.word(i)
        if not word or not words.may_begin(word):
            return None
        return (
            self.day_word(i, word)
            or self.weekday(i, word)
            or self.part_of_period(i, word)
            or self.dated(i, word)
            or self.figures(i)
            or self.period(i, word)
            or self.season(i, word)
            or self.year_alone(i, word)
            or self.decade(i)
            or self.counted(i, word)
        )

    def day_word(self, i: int, word: str) -> Hit | None:
        if word == "the" and self.word(i + 1) == "day":
            for behind, day, n in (("before", "yesterday", -2), ("after", "tomorrow", 2)):
                if self.word(i + 2) == behind and self.word(i + 3) == day:
                    return Time(self.span(i, i + 4), "day", n=n), i + 4
        if word == "last" and self.word(i + 1) == "night":
            return Time(self.span(i, i + 2), "day", n=-1), i + 2
        if word == "this" and self.word(i + 1) in {"morning", "afternoon", "evening"}:
            return Time(self.span(i, i + 2), "day"), i + 2
        better = word == "tomorrow" and self.word(i - 1).endswith("er")
        if word not in words.DAYS or better:
            # "a brighter tomorrow" is no day
            return None
        j = i + 1 + (self.word(i + 1) in words.PARTS_OF_DAY)
        time = Time(self.span(i, j), "day", n=words.DAYS[word])
        marked = self.word(j) in {",", "("}
        name = self.word(j + marked)
        if name in numbers("en", "weekdays") and name not in words.DOUBTFUL:
            time, j = replace(time, weekday=numbers("en", "weekdays")[name]), j + marked + 1
            time = replace(time, span=self.span(i, j))
            j += self.word(j) == ")"
        elif word == "today" and marked:
            dated = self.date(j + 1, name)
            if dated is not None and dated[0].day:
                return replace(dated[0], span=self.span(i, dated[1]), now=True), dated[1]
        return time, j

    def weekday(self, i: int, word: str) -> Hit | None:
        way, j = (words.WAYS[word], i + 1) if word in words.WAYS else (0, i)
        j += word in {"early", "late"}
        name = self.word(j)
        if name not in numbers("en", "weekdays") or (
            name in words.DOUBTFUL and self.word(j + 1) != "."
        ):
            return None
        j += 1 + (self.word(j + 1) == "." and not name.endswith("day"))
        j += self.word(j) in words.PARTS_OF_DAY
        if self.word(j) in {",", "("} or self.number(j, 1, 31):
            behind = j + (not self.number(j, 1, 31))
            dated = self.date(behind, self.word(behind))
            if dated is not None and dated[0].day:
                return replace(dated[0], span=self.span(i, dated[1])), dated[1]
        return Time(self.span(i, j), "weekday", n=numbers("en", "weekdays")[name], way=way), j

    def day_number(self, i: int) -> int:
        word = self.word(i)
        for ending in ("st", "nd", "rd", "th"):
            word = word.removesuffix(ending)
        return int(word) if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 else 0

    def days(self, i: int) -> tuple[int, int, int]:
        """(day, last day of a range or 0, index behind) of "3", "3rd", "3–5", "3 to 5"."""
        day = self.day_number(i)
        if not day:
            return 0, 0, i
        joined = self.joins(i, i + 1) or self.word(i + 1) in {"and", "&"}
        last = self.day_number(i + 2) if joined else 0
        return (day, last, i + 3) if last > day else (day, 0, i + 1)

    def date(self, i: int, word: str) -> Hit | None:
        """The end of July 2024, last July, mid-July, July 15, 15 July, the 15th of July, July 3–5."""
        since = word == "since"
        j, way, third = i + since, 0, 0
        if self.word(j) in words.WAYS and self.word(j) != "current":
            way, j = words.WAYS[self.word(j)], j + 1
        if self.word(j) == "the" and self.word(j + 1) in words.PARTS:
            j += 1
        if self.word(j) in words.PARTS:
            third, j = words.PARTS[self.word(j)], j + 1
            j += self.word(j) in {"-", "of"}
        hyphened = self.word(j).partition("-")
        if hyphened[0] in words.PARTS and hyphened[2]:
            third = words.PARTS[hyphened[0]]
        start = j + (self.word(j) == "the" and bool(self.day_number(j + 1)))
        day, end_day, behind = self.days(start)
        if day:
            behind += self.word(behind) == "of"
            if self.word(behind) not in numbers("en", "months"):
                return None
            j = behind
        name = self.word(j)
        number = numbers("en", "months").get(name, 0)
        if not number:
            return None
        j += 1 + (self.word(j + 1) == "." and name in words.SHORT_MONTHS)
        if not day and not self.year(j):
            day, end_day, j = self.days(j)
            if end_day and self.word(j) in numbers("en", "months"):
                # "May 3 to 5 June" is a range of two dates
                end_day, j = 0, j - 2
        behind = j + (self.word(j) in {",", "of"})
        year = self.year(behind)
        if year:
            j = behind + 1
        shift, of_year = 0, False
        behind = j + (self.word(j) == "of")
        if not year and not way and self.word(behind + 1) == "year":
            of_year = self.word(behind) in {"this", "last", "next"}
        if of_year:
            shift, j = words.WAYS[self.word(behind)], behind + 2
        headed = of_year or self.word(i - 1) in words.MONTH_HEADS
        unsure = name in words.DOUBTFUL and not (day or year or way or third)
        if (
            unsure
            and not since
            and self.word(i - 1) not in words.SURE_HEADS
            and not self.ends_range(i)
        ):
            return None
        ranged = self.word(j) in {"-", "–", "to"} and self.word(j + 1) in numbers("en", "months")
        if not (day or year or way or third or since or headed or ranged or self.ends_range(i)):
            return None
        return (
            Time(
                self.span(i, j),
                "date",
                day=day,
                end_day=end_day,
                month=number,
                year=year,
                n=int(of_year),
                way=way or shift,
                third=third,
                since=since,
            ),
            j,
        )

    def dated(self, i: int, word: str) -> Hit | None:
        """A date; that of an agency's dateline says which day today is: "Oct. 18 (Reuters)"."""
        hit = self.date(i, word)
        if hit is None or not hit[0].day or i > words.DATELINE or self.word(hit[1]) != "(":
            return hit
        now = self.word(hit[1] + 1) in words.AGENCIES
        return (replace(hit[0], now=True), hit[1]) if now else hit

    def ends_range(self, i: int) -> bool:
        return self.word(i - 1) in self.joiners | {"and"} and (
            self.word(i - 2) in numbers("en", "months") or bool(self.year(i - 2))
        )

    def figures(self, i: int) -> Hit | None:
        """2024-07-15, 7/15/2024."""
        read = self.numeric(i)
        if read is None or not read[2]:
            return None
        day, month, year, j = read
        return Time(self.span(i, j), "date", day=day, month=month, year=year), j

    def part_of_period(self, i: int, word: str) -> Hit | None:
        """The first quarter of 2024, the second half of the year, Q1 2024, the end of the year."""
        if len(word) == 2 and word[0] in "qh" and word[1].isdecimal() and "1" <= word[1] <= "4":
            year = self.year(i + 1)
            of = 4 if word[0] == "q" else 2
            if year and int(word[1]) <= of:
                time = Time(self.span(i, i + 2), "date", year=year, part=(int(word[1]), of))
                return time, i + 2
            return None
        j = i + (word == "the")
        third, part = 0, (1, 1)
        head = self.word(j).split("-")
        if self.word(j) in words.ORDINALS and self.word(j + 1) in {"quarter", "half"}:
            of = 4 if self.word(j + 1) == "quarter" else 2
            part, j = (words.ORDINALS[self.word(j)] or of, of), j + 2
            if part[0] > of:
                return None
        elif len(head) == 2 and head[0] in words.ORDINALS and head[1] in {"quarter", "half"}:
            of = 4 if head[1] == "quarter" else 2
            part, j = (words.ORDINALS[head[0]] or of, of), j + 1
        elif self.word(j) in words.PARTS and self.word(j + 1) == "of":
            third, j = words.PARTS[self.word(j)], j + 1
        else:
            return None
        of_period = self.word(j) in {"of", "in"}
        k = j + of_period
        year = self.year(k)
        if year:
            return Time(self.span(i, k + 1), "date", year=year, third=third, part=part), k + 1
        determiner = self.word(k)
        named = words.PERIODS.get(self.word(k + 1), "")
        months = ("year_of", "month_of", "decade_of")
        if of_period and determiner in {"the", *words.WAYS} and named in months:
            way = words.WAYS.get(determiner, 0)
            time = Time(self.span(i, k + 2), named, n=way, way=way, third=third, part=part)
            return time, k + 2
        return None

    def period(self, i: int, word: str) -> Hit | None:
        """Last week, earlier this month, early next year, over the weekend, the week before last."""
        if word in {"over", "at"} and self.word(i + 1) == "the" and self.word(i + 2) == "weekend":
            return Time(self.span(i, i + 3), "weekend"), i + 3
        name = self.word(i + 1)
        if word == "the" and name in words.PERIODS and self.word(i + 2) in {"before", "after"}:
            back = self.word(i + 2) == "before"
            if self.word(i + 3) == ("last" if back else "next"):
                n = -2 if back else 2
                return Time(self.span(i, i + 4), words.PERIODS[name], n=n), i + 4
        third, j = 0, i
        if word in {"earlier", "later"} and name in words.WAYS:
            j += 1
        elif word in words.PARTS and name in words.WAYS:
            third, j = words.PARTS[word], i + 1
        way_word = self.word(j)
        if way_word in {"past", "coming", "last", "next"} and self.word(j - 1) in {"the", "over"}:
            return self.stretch(j)
        if way_word not in words.WAYS or self.word(j + 1) not in words.PERIODS:
            return self.stretch(j)
        if way_word == "current" and self.word(j - 1) != "the":
            return None
        way = words.WAYS[way_word]
        end = j + 2
        time = Time(self.span(i, end), words.PERIODS[self.word(j + 1)], n=way, way=way, third=third)
        return replace(time, since=word == "earlier"), end

    def stretch(self, j: int) -> Hit | None:
        """The coming days; the past three years; the last 24 hours; the next month."""
        way = words.WAYS.get(self.word(j), 0)
        headed = self.word(j - 1) in words.WITHIN or (
            self.word(j - 1) == "the" and self.word(j - 2) != "for"
        )
        if not way or not headed:
            return None
        count, k = self.count(j + 1)
        few = self.word(k) in {"few", "several"}
        k += few
        unit = lexicon.table("en", "units").get(self.word(k))
        if unit is None:
            return None
        if not count:
            if self.word(k).endswith("s"):
                # "the past days" say no day; "the coming days" say until when
                vague = (way < 0 or self.word(j) == "next") and not few
                if vague or unit not in AHEAD:
                    return None
                count, unit = AHEAD[unit]
            elif (way < 0 and self.word(j) == "last") or self.word(j - 2) not in words.WITHIN:
                # "spend the next month on it" is a length of time
                return None
            else:
                count = 1
        span = self.span(j, k + 1)
        return Time(span, "past" if way < 0 else "ahead", n=count, unit=unit), k + 1

    def season(self, i: int, word: str) -> Hit | None:
        way, j = (words.WAYS[word], i + 1) if word in words.WAYS else (0, i)
        name = self.word(j)
        if name not in words.SEASONS:
            return None
        behind = j + 1 + (self.word(j + 1) in {"of", ","})
        year = self.year(behind)
        if year:
            time = Time(self.span(i, behind + 1), "season", n=words.SEASONS[name], year=year)
            return time, behind + 1
        if j == i or word in {"past", "coming", "current", "previous"}:
            return None
        return Time(self.span(i, j + 1), "season", n=words.SEASONS[name], way=way), j + 1

    def year_alone(self, i: int, word: str) -> Hit | None:
        if word == "since" and self.year(i + 1):
            return Time(self.span(i, i + 2), "date", year=self.year(i + 1), since=True), i + 2
        year = self.year(i)
        heads = words.YEAR_HEADS - {"for"}
        if not year >= 1500:
            return None
        if self.word(i - 1) in heads or self.ends_range(i):
            third = words.PARTS.get(self.word(i - 1), 0)
            if third:
                return Time(self.span(i - 1, i + 1), "date", year=year, third=third), i + 1
            return Time(self.span(i, i + 1), "date", year=year), i + 1
        return None

    def decade(self, i: int) -> Hit | None:
        """The 1990s, the early 1990s, the '90s."""
        word = self.full(i)
        third = words.PARTS.get(word, 0)
        j = i + bool(third)
        figure = self.full(j).replace("'", "").removesuffix("s")
        if not self.full(j).endswith("s") or not figure.isdecimal() or figure[-1:] != "0":
            return None
        if self.full(i - 1) not in {"the", "'", "’", "‘"}:
            return None
        year = int(figure) if len(figure) == 4 else 1900 + int(figure) if len(figure) == 2 else 0
        if not 1000 <= year <= 2200 or (len(figure) == 2 and year < 1920):
            return None
        return Time(self.span(i, j + 1), "decade", year=year, third=third), j + 1

    def count(self, i: int) -> tuple[int, int]:
        """(number in digits or words, index behind); (0, i) where none stands."""
        word, table = self.word(i), numbers("en", "numbers")
        if word.isdecimal() and len(word) < 4:
            return int(word), i + 1
        tens, _, unit = word.partition("-")
        if unit and tens in table and unit in table:
            return table[tens] + table[unit], i + 1
        if word in {"a", "an"} and self.word(i + 1) == "couple" and self.word(i + 2) == "of":
            return 2, i + 3
        if word not in table:
            return 0, i
        if table[word] >= 20 and self.word(i + 1) == "-" and self.word(i + 2) in table:
            return table[word] + table[self.word(i + 2)], i + 3
        return table[word], i + 1

    def counted(self, i: int, word: str) -> Hit | None:
        """Two days ago, within ten years, two years from now, in two weeks (of the future)."""
        within = word in {"within", "in"}
        j = i + within
        if within and self.word(j) == "the" and self.word(j + 1) in {"next", "coming"}:
            j += 2
        elif within and self.word(j) == "the":
            return None
        ahead = j > i + 1
        count, k = self.count(j)
        unit = lexicon.table("en", "units").get(self.word(k)) if count else None
        if unit is None:
            return None
        k += 1
        if not within and self.word(k) == "ago":
            return Time(self.span(i, k + 1), "ago", n=count, unit=unit), k + 1
        if not within and self.word(k) == "from" and self.word(k + 1) in {"now", "today"}:
            return Time(self.span(i, k + 2), "ahead", n=count, unit=unit), k + 2
        if not within:
            return None
        what = "ahead" if ahead or word == "within" else "hence"
        return Time(self.span(i, k), what, n=count, unit=unit), k
