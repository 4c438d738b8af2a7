"""What the words beside an Arabic time make of it: المقرر عقده في مايو, بحلول 2030, هجوم 7 أكتوبر."""

from claims.languages.ar import morphology
from claims.languages.ar import time_words as words
from claims.languages.ar.ages import Ages
from claims.languages.shapes import Span, Time

_REACH = 8
_NIGHT = frozenset({"ليل", "ليلة"})


class Beside(Ages):
    """Where times stand: what joins them, what they date, and whether that is to come."""

    sames = frozenset(["اليوم", "يوم", "مساء", "صباح", "ليل", "ليلة"])

    def joins(self, i: int, j: int) -> bool:
        if super().joins(i, j):
            return True
        between = self.word(i - 1) in {"بين", "ما"} or self.word(i) in {"يومي", "عامي", "شهري"}
        weekdays = self.bare(j - 1) in words.table("weekdays")
        together = self.word(j)[:1] == "و" and (between or self.word(i - 1) in _NIGHT)
        if self.word(j) in {"وحتى", "والى"}:
            return between
        night = weekdays and self.word(i) in _NIGHT and self.word(j) == "/"
        return (
            together or night or (weekdays and self.word(i) in _NIGHT and self.weekday_at(j) >= 0)
        )

    def weekday_at(self, i: int) -> int:
        return int(words.table("weekdays").get(self.bare(i), -1))

    def behind_joiner(self, j: int) -> int:
        return j + (self.word(j) in self.joiners | {"/", "وحتى", "والى"})

    def same_day(self, i: int) -> int:
        """اليوم نفسه, مساء اليوم ذاته"""
        j = i + (self.word(i) in words.PARTS_OF_DAY)
        j += self.word(j) in {"اليوم", "يوم"}
        return j + 1 if j > i and self.word(j) in {"نفسه", "ذاته", "نفسها", "ذاتها"} else 0

    def outlook(self, i: int, j: int) -> int:
        """Of the nearest word before it that tells: المقرر عقده في مايو، قد يغادر في مايو، الذي وقع في مايو."""
        for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
            word, before = self.word(k), self.word(k - 1)
            if not self.tokens[k].is_word:
                return 0
            if words.is_planned(word) or before in {"سوف", "لن"}:
                return 1
            if morphology.is_verb(word, at_head=before in words.WHO):
                imperfect = morphology.is_imperfect(word)
                if before in words.WHO and not imperfect:
                    return -1
                if imperfect and (morphology.is_future(word) or before in {"قد", "وقد", "ربما"}):
                    return 1
        return 0

    def has_been(self, i: int) -> bool:
        """Whether the verb before ``i`` tells what happened once."""
        for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
            if not self.tokens[k].is_word:
                return False
            if morphology.is_verb(self.word(k)):
                return not morphology.is_imperfect(self.word(k))
        return False

    def deadline(self, time: Time, i: int, j: int) -> Span | None:
        """بحلول مارس، حتى 2030، قبل نهاية العام، في وقت لاحق من الشهر"""
        before = self.word(i - 1)
        ending = before in words.ENDINGS or (before == "قبل" and time.third == 3)
        if ending:
            return Span(self.tokens[i - 1].start, time.span.end)
        return time.span if self.word(i + 1) == "لاحق" or self.word(i + 2) == "لاحق" else None

    def only_modifies(self, i: int, j: int) -> bool:
        """هجوم 7 أكتوبر, قانون عام 1979, موازنة 2024, الموازنة لعام 2024."""
        word = self.word(i)
        if word in {"لعام", "لسنة"} or ("ال" + word[2:] in words.PERIODS and word[:2] == "لل"):
            return True
        before = self.word(i - 1)
        for prefix in ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف"):
            if before not in words.NAMED_AFTER and before.startswith(prefix):
                before = before[len(prefix) :] if prefix[-1] != "ل" or prefix == "ل" else ""
                break
        dated = self.bare(i) not in words.table("weekdays") and self.bare(i) not in words.DAYS
        return dated and before in words.NAMED_AFTER
