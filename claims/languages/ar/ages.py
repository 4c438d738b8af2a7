"""Arabic years, seasons and decades: عام 2024, صيف 2014, تسعينيات القرن الماضي."""

from claims.languages.ar import time_words as words
from claims.languages.ar.dates import Dates
from claims.languages.shapes import Time
from claims.languages.timing import Hit


class Ages(Dates):
    """What stands at one place, where it names a year, a season or a decade."""

    def year_at(self, i: int) -> Hit | None:
        """2024, عام 2024, العام (this one)."""
        headed = self.bare(i) in {"عام", "سنة", "العام", "السنة", "عامي"}
        year, calendar, end = self.era_year(i + headed, headed)
        if year:
            return Time(self.span(i, end), "date", year=year, calendar=calendar), end
        if self.bare(i) in {"العام", "السنة"}:
            return Time(self.span(i, i + 1), "year_of"), i + 1
        return None

    def season(self, i: int, word: str) -> Hit | None:
        """صيف 2014, صيف عام 2014, الصيف الماضي, هذا الصيف"""
        if word in {"هذا"} and self.word(i + 1).removeprefix("ال") in words.SEASONS:
            number = words.SEASONS[self.word(i + 1).removeprefix("ال")]
            return Time(self.span(i, i + 2), "season", n=number), i + 2
        name = self.word(i)
        name = (
            name[1:] if name[:1] in "وب" and name[1:].removeprefix("ال") in words.SEASONS else name
        )
        number = words.SEASONS.get(name.removeprefix("ال"), -1)
        if number < 0:
            return None
        if name.startswith("ال"):
            way, end = self.way(i + 1)
            if end == i + 1 or self.word(i + 1) in words.UNSURE:
                return None
            return Time(self.span(i, end), "season", n=number, way=way), end
        year = self.year_at(i + 1)
        if year is None or year[0].what != "date" or year[0].calendar:
            return None
        return Time(self.span(i, year[1]), "season", n=number, year=year[0].year), year[1]

    def decade(self, i: int, word: str) -> Hit | None:
        """تسعينيات القرن الماضي, التسعينيات"""
        third, j = (words.PARTS[word], i + 1) if word in words.PARTS else (0, i)
        name = self.bare(j).removeprefix("ال")
        if name not in words.DECADES:
            return None
        of_century = self.word(j + 1) == "القرن"
        century, end = 1900, j + 1
        if of_century:
            way, end = self.way(j + 2)
            if end == j + 2:
                return None
            century += 100 * (way + 1)
        time = Time(self.span(i, end), "decade", year=century + words.DECADES[name], third=third)
        return time, end
