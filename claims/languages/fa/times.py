"""Persian time expressions: دیروز, سه‌شنبه گذشته, ۳ مرداد ۱۴۰۳, از سال ۱۳۵۷ تاکنون, سه روز پیش."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from claims.languages import lexicon
from claims.languages.fa.words import normal
from claims.languages.shapes import Time, Token
from claims.languages.timing import AHEAD, Hit, Reader

_LAST = frozenset({"گذشته", "پیش", "قبل"})
_NEXT = frozenset({"آینده", "بعد"})
_THIS = frozenset({"جاری", "کنونی"})
_DAYS = {"امروز": 0, "دیروز": -1, "پریروز": -2, "فردا": 1, "پسفردا": 2, "دیشب": -1, "امشب": 0}
_YEARS = {"امسال": 0, "پارسال": -1}
_PERIODS = {"هفته": "week", "ماه": "month_of", "سال": "year_of"}
_PARTS = {"اوایل": 1, "آغاز": 1, "ابتدای": 1, "اواسط": 2, "میانه": 2, "اواخر": 3, "پایان": 3}
_PARTS_OF_DAY = frozenset({"صبح", "ظهر", "عصر", "شب", "شامگاه", "بامداد"})
# What a bare year means: the Persian one, or the Gregorian.
_JALALI = range(1200, 1500)
_YEAR_HEADS = frozenset({"سال", "در", "از", "تا", "سالهای"})


@cache
def _table(name: str) -> dict[str, int]:
    return {normal(term): int(value) for term, value in lexicon.table("fa", name).items()}


def times(tokens: Sequence[Token], modifying: bool = False) -> list[Time]:
    """The time expressions among ``tokens``, in order, none inside another. Linear."""
    return _Times(tokens).read(modifying)


class _Times(Reader):
    joiners = frozenset({"تا", "-", "–"})

    def at(self, i: int) -> Hit | None:
        word = self.word(i)
        if not word:
            return None
        return (
            self.day_word(i, word)
            or self.weekday(i, word)
            or self.figures(i)
            or self.date(i, word)
            or self.period(i, word)
            or self.year_alone(i, word)
            or self.counted(i, word)
        )

    def way(self, i: int) -> tuple[int, int]:
        word = self.word(i)
        if word in _LAST:
            return -1, i + 1
        if word in _NEXT:
            return 1, i + 1
        return (0, i + 1) if word in _THIS else (0, i)

    def day_word(self, i: int, word: str) -> Hit | None:
        j = i + (word in _PARTS_OF_DAY)
        name = self.word(j)
        if name == "پس" and self.word(j + 1) == "فردا":
            return Time(self.span(i, j + 2), "day", n=2), j + 2
        if name not in _DAYS:
            return None
        time = Time(self.span(i, j + 1), "day", n=_DAYS[name])
        marked = self.word(j + 1) == "("
        number, end = self.weekday_name(j + 1 + marked)
        if number < 0 or (marked and self.word(end) != ")"):
            return time, j + 1
        end += marked
        return replace(time, span=self.span(i, end), weekday=number), end

    def weekday_name(self, i: int) -> tuple[int, int]:
        """(Monday 0 …, index behind); (-1, i) where none stands."""
        two = f"{self.word(i)} {self.word(i + 1)}"
        if two in _table("weekdays"):
            return _table("weekdays")[two], i + 2
        return (
            (_table("weekdays")[self.word(i)], i + 1)
            if self.word(i) in _table("weekdays")
            else (-1, i)
        )

    def weekday(self, i: int, word: str) -> Hit | None:
        j = i + (word in _PARTS_OF_DAY)
        j += self.word(j) == "روز"
        number, j = self.weekday_name(j)
        if number < 0:
            return None
        way, end = self.way(j)
        dated = self.date(end + (self.word(end) == "،"), self.word(end + (self.word(end) == "،")))
        if dated is not None and dated[0].day:
            return replace(dated[0], span=self.span(i, dated[1])), dated[1]
        return Time(self.span(i, end), "weekday", n=number, way=way), end

    def date(self, i: int, word: str) -> Hit | None:
        """۳ مرداد ۱۴۰۳, ۳ تا ۵ مرداد, مرداد ماه, اواخر مرداد, ۱۵ ژوئیه ۲۰۲۴."""
        third, j = (_PARTS[word], i + 1) if word in _PARTS else (0, i)
        day = self.number(j, 1, 31) if not third else 0
        end_day = 0
        j += bool(day)
        if day and self.word(j) in {*self.joiners, "و"} and self.number(j + 1, day + 1, 31):
            end_day, j = self.number(j + 1, 1, 31), j + 2
        j += self.word(j) == "ماه" and self.word(j + 1) in _table("gregorian_months")
        name = self.word(j)
        calendar = "jalali" if name in _table("months") else ""
        number = _table("months").get(name, 0) or _table("gregorian_months").get(name, 0)
        if not number:
            return None
        j += 1
        said_month = self.word(j) == "ماه"
        j += said_month
        way, j = self.way(j)
        behind = j + (self.word(j) == "سال")
        year = self.year(behind)
        if year:
            j = behind + 1
        headed = self.word(i - 1) in {"در", "از", "تا"} and name not in {"دی", "مهر", "می", "مه"}
        if not (day or year or way or said_month or third or headed):
            return None
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
                calendar=calendar,
            ),
            j,
        )

    def figures(self, i: int) -> Hit | None:
        """۱۴۰۳/۰۵/۰۳, 2024-07-15"""
        read = self.numeric(i)
        if read is None or not read[2]:
            return None
        day, month, year, j = read
        calendar = "jalali" if year in _JALALI else ""
        return Time(self.span(i, j), "date", day=day, month=month, year=year, calendar=calendar), j

    def period(self, i: int, word: str) -> Hit | None:
        """هفته گذشته, این ماه, سال آینده, امسال: months and years are Persian ones."""
        if word in _YEARS:
            return Time(self.span(i, i + 1), "date", way=_YEARS[word], calendar="jalali"), i + 1
        third, j = (_PARTS[word], i + 1) if word in _PARTS else (0, i)
        this = self.word(j) == "این"
        j += this
        if self.word(j) == "روزهای" and self.word(j + 1) in _NEXT:
            count, unit = AHEAD["day"]
            return Time(self.span(i, j + 2), "ahead", n=count, unit=unit), j + 2
        if self.word(j) not in _PERIODS:
            return None
        way, end = self.way(j + 1)
        if not this and (end == j + 1 or self.word(j + 1) in {"قبل", "بعد"}):
            return None
        what = _PERIODS[self.word(j)]
        if what == "year_of":
            return Time(self.span(i, end), "date", way=way, third=third, calendar="jalali"), end
        calendar = "jalali" if what == "month_of" else ""
        return Time(self.span(i, end), what, n=way, way=way, third=third, calendar=calendar), end

    def year_alone(self, i: int, word: str) -> Hit | None:
        """سال ۱۴۰۲, سال ۲۰۱۵, از سال ۱۳۵۷ تاکنون"""
        since = word == "از"
        j = i + since
        headed = self.word(j) in {"سال", "سالهای"}
        j += headed
        year = self.year(j)
        if not year or not (headed or self.word(j - 1) in _YEAR_HEADS):
            return None
        calendar = "jalali" if year in _JALALI else ""
        if since and self.word(j + 1) not in {"تاکنون", "به"}:
            # "from 1400 to 1402": the reading begins with the year
            return None
        if since:
            end = j + 2 + (self.word(j + 1) == "به")
            time = Time(self.span(i, end), "date", year=year, calendar=calendar, since=True)
            return time, end
        return Time(self.span(i, j + 1), "date", year=year, calendar=calendar), j + 1

    def counted(self, i: int, word: str) -> Hit | None:
        """سه روز پیش, دو هفته قبل, تا ده سال آینده"""
        count = self.number(i, 1, 999) or _table("numbers").get(word, 0)
        unit = lexicon.table("fa", "units").get(self.word(i + 1), "")
        behind = self.word(i + 2)
        if not count or not unit:
            return None
        if behind in {"پیش", "قبل"} and self.word(i + 3) != "از":
            return Time(self.span(i, i + 3), "ago", n=count, unit=unit), i + 3
        if behind == "آینده":
            return Time(self.span(i, i + 3), "ahead", n=count, unit=unit), i + 3
        if behind == "گذشته":
            return Time(self.span(i, i + 3), "past", n=count, unit=unit), i + 3
        return None
