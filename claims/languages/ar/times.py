"""Arabic time expressions: أمس الخميس, الأسبوع الماضي, أغسطس المقبل, منذ سبتمبر 2015, 3 رمضان 1445."""

from collections.abc import Sequence
from dataclasses import replace

from claims.languages.ar import morphology
from claims.languages.ar import time_words as words
from claims.languages.ar.beside import Beside
from claims.languages.shapes import Span, Time, Token
from claims.languages.timing import AHEAD, Hit

# Behind "today": no day of the writer's.
_OTHER_DAYS = frozenset(
    ["التالي", "نفسه", "ذاته", "الاول", "الاخير", "الثاني", "الثالث", "الوطني", "العالمي", "الدولي"]
)
_WEEKEND = frozenset({"نهاية", "عطلة"})
_FROM_NOW = frozenset({"الان", "اليوم"})
_FEW = frozenset({"القليلة", "القليله", "المعدودة"})


def times(tokens: Sequence[Token], modifying: bool = False) -> list[Time]:
    """The time expressions among ``tokens``, in order, none inside another. Linear."""
    return _Times(tokens).read(modifying)


class _Times(Beside):
    def at(self, i: int) -> Hit | None:
        if not words.may_begin(self.word(i)):
            return None
        word = self.bare(i)
        if not word or not self.tokens[i].is_word:
            return None
        if word == "منذ":
            return self.since(i)
        return (
            self.day_word(i, word)
            or self.weekday(i, word)
            or self.weekend(i, word)
            or self.figures(i, word)
            or self.month(i, word)
            or self.share(i, word)
            or self.earlier(i, word)
            or self.period(i, word)
            or self.stretch(i, word)
            or self.year_alone(i, word)
            or self.season(i, word)
            or self.decade(i, word)
            or self.counted(i, word)
        )

    def since(self, i: int) -> Hit | None:
        """منذ سبتمبر 2015, منذ 2010, منذ العام الماضي, منذ ثلاثة أيام."""
        year, calendar, end = self.era_year(i + 1, False)
        if year:
            time = Time(self.span(i, end), "date", year=year, calendar=calendar, since=True)
            return time, end
        again = self.bare(i + 1) == "منذ"
        inner = self.at(i + 1) if i + 1 < len(self.tokens) and not again else None
        if inner is not None and inner[0].what in {"ahead", "past", "day"}:
            return inner
        if inner is not None:
            return replace(inner[0], span=self.span(i, inner[1]), since=True), inner[1]
        return self.counted(i, "منذ")

    def day_word(self, i: int, word: str) -> Hit | None:
        j = i
        while self.bare(j) in words.PARTS_OF_DAY and j - i < 3:
            j += 1
        if j == i and self.word(i) in {"هذا", "هذه"}:
            if self.word(i + 1) in {"الصباح", "المساء", "الليلة", "اليوم"}:
                return Time(self.span(i, i + 2), "day"), i + 2
            return None
        if word == "الليلة":
            if self.word(i + 1) == "قبل" and self.word(i + 2) in words.LAST:
                return Time(self.span(i, i + 3), "day", n=-2), i + 3
            last = self.word(i + 1) in words.LAST
            return Time(self.span(i, i + 1 + last), "day", n=-int(last)), i + 1 + last
        pair = (self.bare(j), self.word(j + 1))
        if pair == ("امس", "الاول") or (word, self.word(i + 1)) in {
            ("اول", "امس"),
            ("قبل", "امس"),
        }:
            return Time(self.span(i, i + 2 + j - i), "day", n=-2), max(i + 2, j + 1)
        if word == "اول" and self.word(i + 1) == "من" and self.word(i + 2) == "امس":
            return Time(self.span(i, i + 3), "day", n=-2), i + 3
        if word == "بعد" and self.word(i + 1) in {"غد", "غدا", "الغد"}:
            return Time(self.span(i, i + 2), "day", n=2), i + 2
        if self.bare(j) == "يوم" and self.word(j + 1) in {"امس", "غد", "الغد"}:
            j += 1
        name = self.bare(j)
        if name not in words.DAYS or (j > i and self.word(j - 1) in {"قبل", "بعد"}):
            return None
        if name == "غد" and j == i:
            return None
        if name == "اليوم" and self.word(j + 1) in words.NEXT | words.LAST | _OTHER_DAYS:
            return None
        return self.named_day(i, j, words.DAYS[name])

    def named_day(self, i: int, j: int, n: int) -> Hit:
        """The day word at ``j`` with the weekday and the date behind it."""
        end = j + 1 + (self.word(j + 1) == "يوم")
        marked = self.word(end) in {"(", "،", ","}
        weekday = self.weekday_at(end + marked)
        time = Time(self.span(i, j + 1), "day", n=n)
        if weekday < 0:
            end = j + 1
            dated = self.month(end + marked, self.bare(end + marked)) if n == 0 else None
            if dated is not None and dated[0].day and dated[0].what == "date":
                return replace(dated[0], span=self.span(i, dated[1]), now=True), dated[1]
            return time, end
        closes = self.word(end) == "(" and self.word(end + 2) == ")"
        if marked and not closes:
            # "أمس، الخميس كان …" starts something else
            return time, j + 1
        behind = end + 1 + 2 * closes
        dated = self.date_behind(behind)
        if dated is not None and n == 0:
            return replace(dated[0], span=self.span(i, dated[1]), now=True), dated[1]
        span = self.span(i, behind)
        return replace(time, span=span, weekday=weekday), behind

    def date_behind(self, i: int) -> Hit | None:
        """The full date that a weekday stands before: الموافق 25 يوليو, (25 يوليو), 25/7/2024."""
        j = i + (self.word(i) in {"الموافق", "("})
        hit = self.figures(j, self.bare(j)) or self.month(j, self.bare(j))
        if hit is None or hit[0].what != "date" or not hit[0].day:
            return None
        return hit[0], hit[1] + (self.word(i) == "(" and self.word(hit[1]) == ")")

    def weekday(self, i: int, word: str) -> Hit | None:
        j = i
        while self.bare(j) in words.PARTS_OF_DAY and j - i < 3:
            j += 1
        j += self.bare(j) in {"يوم", "نهار", "يومي"}
        number = self.weekday_at(j)
        if number < 0 or (word in {"قبل", "بعد"} and j == i + 1):
            return None
        if j == i and self.bare(j) == "الاحد" and self.word(i - 1) in {"اي", "لا"}:
            return None
        way, end = self.way(j + 1)
        dated = self.date_behind(end)
        if dated is not None:
            return replace(dated[0], span=self.span(i, dated[1])), dated[1]
        return Time(self.span(i, end), "weekday", n=number, way=way), end

    def weekend(self, i: int, word: str) -> Hit | None:
        """عطلة نهاية الأسبوع الماضي, نهاية الأسبوع"""
        j = i + (word == "عطلة")
        if word not in _WEEKEND or self.bare(j) not in _WEEKEND or self.word(j + 1) != "الاسبوع":
            return None
        way, end = self.way(j + 2)
        return Time(self.span(i, end), "weekend", n=way, way=way), end

    def share(self, i: int, word: str) -> Hit | None:
        """الربع الأول من 2024, النصف الثاني من العام الجاري, النصف الأول من مايو"""
        of = {"الربع": 4, "النصف": 2, "الثلث": 3, "للربع": 4, "للنصف": 2, "بالربع": 4}.get(
            self.word(i), 0
        )
        if not of:
            return None
        number, j = self.ordinal(i + 1)
        if not number and self.word(i + 1) == "الاخير":
            number, j = of, i + 2
        if not 1 <= number <= of or self.word(j) not in {"من", "ل", "لعام", "لسنة"}:
            return None
        j += self.word(j) == "من"
        whole = self.month(j, self.bare(j)) or self.period(j, self.bare(j)) or self.year_at(j)
        if whole is None or whole[0].day or whole[0].what not in {"date", "year_of", "month_of"}:
            return None
        return replace(whole[0], span=self.span(i, whole[1]), part=(number, of)), whole[1]

    def period(self, i: int, word: str) -> Hit | None:
        """الأسبوع الماضي، هذا الشهر، العام قبل الماضي، نهاية العام، مطلع الشهر المقبل"""
        third, j = (words.PARTS[word], i + 1) if word in words.PARTS else (0, i)
        if self.bare(j) in {"هذا", "هذه"} and self.word(j + 1) in words.PERIODS:
            what = words.PERIODS[self.word(j + 1)]
            return Time(self.span(i, j + 2), what, third=third), j + 2
        name = self.bare(j)
        if name not in words.PERIODS:
            return None
        what = words.PERIODS[name]
        step = {"قبل": -2, "بعد": 2}.get(self.word(j + 1), 0)
        if step and self.way(j + 2)[0] * step > 0:
            return Time(self.span(i, j + 3), what, n=step, third=third), j + 3
        way, end = self.way(j + 1)
        if end > j + 1 and self.word(j + 1) not in words.UNSURE:
            return Time(self.span(i, end), what, n=way, way=way, third=third), end
        if third and end == j + 1 and what == "year_of" and not self.era_year(j + 1, True)[0]:
            return Time(self.span(i, end), what, third=third), end
        return None

    def earlier(self, i: int, word: str) -> Hit | None:
        """في وقت سابق من الشهر، وقت لاحق من هذا الأسبوع: from its beginning until today, or the rest."""
        lead = i + 1
        if (
            word not in {"في", "وفي"}
            or self.word(lead) != "وقت"
            or self.word(lead + 1) not in {"سابق", "لاحق"}
        ):
            return None
        j = lead + 2 + (self.word(lead + 2) == "من")
        j += self.word(j) in {"هذا", "هذه"}
        what = words.PERIODS.get(self.word(j), "day" if self.word(j) == "اليوم" else "")
        if not what or j == lead + 2 or self.era_year(j + 1, True)[0]:
            return None
        way, end = self.way(j + 1)
        since = self.word(lead + 1) == "سابق" and not way
        return Time(self.span(lead, end), what, n=way, way=way, since=since), end

    def stretch(self, i: int, word: str) -> Hit | None:
        """الأيام المقبلة، الساعات القليلة القادمة، السنوات الثلاث الماضية، الـ24 ساعة الماضية"""
        unit = words.PLURALS.get(word, "")
        if not unit:
            return self.counted_stretch(i)
        count, unit = (2, unit[2:]) if unit.startswith("2 ") else (0, unit)
        j = i + 1
        if not count:
            count, j = self.count(j, article=True)
        few = self.word(j) in _FEW
        way, end = self.way(j + few)
        if not way or self.word(end - 1) in words.UNSURE:
            return None
        if not count:
            if (way < 0 and not few) or unit not in AHEAD:
                return None
            count, unit = AHEAD[unit]
        what = "ahead" if way > 0 else "past"
        return Time(self.span(i, end), what, n=count, unit=unit), end

    def counted_stretch(self, i: int) -> Hit | None:
        """الـ24 ساعة الماضية, ال48 ساعة المقبلة"""
        count, j = self.count(i, article=True)
        unit = words.table("units").get(self.word(j), "") if count else ""
        way, end = self.way(j + 1)
        if not unit or not way or unit.startswith("2 ") or not self.word(i).startswith("ال"):
            return None
        what = "ahead" if way > 0 else "past"
        return Time(self.span(i, end), what, n=count, unit=unit), end

    def year_alone(self, i: int, word: str) -> Hit | None:
        """عام 2015, مطلع 2024, في 2015, بين عامي 2015 و2018, بحلول 2030"""
        third, j = (words.PARTS[word], i + 1) if word in words.PARTS else (0, i)
        headed = self.bare(j) in {"عام", "سنة", "العام", "السنة", "عامي", "العامين"}
        start = j + headed
        if self.word(start).startswith("و") and self.word(start)[1:].isdecimal():
            return self.second_year(start)
        year, calendar, end = self.era_year(start, headed)
        if not year:
            return None
        if not (headed or third or calendar):
            ranged = self.word(end) in self.joiners or self.word(i - 1) in self.joiners
            unheaded = self.word(i - 1) not in words.YEAR_HEADS and not ranged
            if unheaded or not 1900 <= year <= 2100 or self.counts(end):
                return None
        return (
            Time(self.span(i, end), "date", year=year, third=third, calendar=calendar),
            end,
        )

    def second_year(self, i: int) -> Hit | None:
        year = self.figure(i, 1900, 2100)
        if not year or not self.figure(i - 1, 1900, 2100):
            return None
        token = self.tokens[i]
        return Time(Span(token.start + 1, token.end), "date", year=year), i + 1

    def counts(self, i: int) -> bool:
        """Whether the word at ``i`` can be a thing counted: "في 2000 منزل"."""
        word = self.word(i)
        if i >= len(self.tokens) or not self.tokens[i].is_word or len(word) < 2:
            return False
        particle = word in morphology.normal_words("prepositions") or word[0] in "وف"
        return not (particle or word.startswith("ال") or morphology.is_verb(word))

    def count(self, i: int, article: bool = False) -> tuple[int, int]:
        """(number in digits or words, index behind); (0, i) where none stands."""
        word, table = self.word(i), words.table("numbers")
        if article and word.startswith("ال"):
            word = word[2:]
            if not word:
                # "الـ 24"
                return self.count(i + 1)
        if word.isdecimal() and len(word) < 4:
            return int(word), i + 1
        if word not in table:
            return 0, i
        number = int(table[word])
        following = self.word(i + 1)
        if number < 10 and following in {"عشر", "عشرة"}:
            return number + 10, i + 2
        tens = table.get(following.removeprefix("و"), "0") if following[:1] == "و" else "0"
        if number < 10 and int(tens) >= 20:
            return number + int(tens), i + 2
        return number, i + 1

    def counted(self, i: int, word: str) -> Hit | None:
        """قبل ثلاثة أيام، في غضون عشر سنوات، بعد أسبوعين من الآن"""
        ahead = word in {"في", "خلال"} and self.word(i + 1) in {"غضون", "خلال"}
        if word not in {"قبل", "منذ", "بعد"} and not ahead:
            return None
        j = i + (2 if ahead else 1)
        if self.word(j) in {"نحو", "حوالي", "اكثر", "اقل", "قرابة"}:
            j += 2 if self.word(j + 1) == "من" else 1
        units = words.table("units")
        count, k = self.count(j)
        unit = units.get(self.word(k), "")
        if count and unit:
            unit, end = unit.removeprefix("2 "), k + 1
        elif units.get(self.word(j), "").startswith("2 "):
            count, unit, end = 2, units[self.word(j)][2:], j + 1
        elif self.word(j) in {"يوم", "اسبوع", "شهر", "عام", "سنة", "عقد"} and word in {
            "قبل",
            "بعد",
        }:
            if self.era_year(j + 1, True)[0]:
                # "before the year 2017", not "a year ago"
                return None
            count, unit, end = 1, units[self.word(j)], j + 1
        else:
            return None
        if word == "منذ" and unit in {"year", "decade"} and not self.has_been(i):
            # "they have lived there for thirty years" is a length of time
            return None
        from_now = self.word(end) == "من" and self.word(end + 1) in _FROM_NOW
        if word == "بعد":
            if not from_now:
                return None
            return Time(self.span(i, end + 2), "ahead", n=count, unit=unit), end + 2
        if word == "قبل" and self.word(end) in {"من", "على"}:
            # "three days before the elections"
            return (
                (Time(self.span(i, end + 2), "ago", n=count, unit=unit), end + 2)
                if from_now
                else None
            )
        return Time(self.span(i, end), "ahead" if ahead else "ago", n=count, unit=unit), end
