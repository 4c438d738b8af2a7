"""What the words beside an English time make of it: "planned to rally Monday", "by May"."""

from claims.languages.en import time_words as words
from claims.languages.en.words import DETERMINERS, listed
from claims.languages.shapes import Span, Time
from claims.languages.timing import Reader

_REACH = 10
_ENDS = frozenset('.;:,?!()"“”—–')
_MODALS = frozenset(
    {"will", "won't", "shall", "would", "can", "could", "should", "might", "may", "must"}
)
# To come whatever follows.
_TO_COME = frozenset(
    {"scheduled", "slated", "due", "planned", "plans", "planning", "upcoming", "expected", "poised"}
    | {"unlikely", "likely", "going", "intends", "aims", "hopes", "wants", "expects", "supposed"}
)
# To come where they lead on: "agreed to meet", "forecast for July"; behind them alone, said then.
_LEADING = frozenset(
    {"agreed", "vowed", "promised", "pledged", "threatened", "decided", "hoped", "wanted", "set"}
    | {"forecast", "predicted", "projected", "estimated", "intended", "aimed", "prepared", "ready"}
    | {"hoping", "preparing", "aiming", "about"}
)
_BEFORE_PARTICIPLES = frozenset({"be", "being", "get"})
# An adjective behind these: "the proposed vote".
_BEFORE_ADJECTIVES = frozenset({"the", "a", "an", "its", "his", "her", "their", "this", "that"})


class Beside(Reader):
    """Where times stand: what is left of their words, what they date, and whether that is to come."""

    joiners = frozenset({"-", "–", "—", "to", "through", "until", "till"})
    month_first = True
    sames = frozenset({"that", "the"})

    def word(self, i: int) -> str:
        return self.full(i).removesuffix("'s").removesuffix("s'")

    def span(self, i: int, j: int) -> Span:
        last = self.tokens[j - 1]
        cut = 2 if last.norm.endswith("'s") else 0
        return Span(self.tokens[i].start, last.end - cut)

    def joins(self, i: int, j: int) -> bool:
        return super().joins(i, j) or (self.word(j) == "and" and self.word(i - 1) == "between")

    def same_day(self, i: int) -> int:
        """That evening, the same day."""
        j = i + 1 + (self.word(i) == "the" and self.word(i + 1) == "same")
        that = self.word(i) == "that" or j == i + 2
        return j + 1 if that and self.full(j) in words.PARTS_OF_DAY | {"day"} else 0

    def outlook(self, i: int, j: int) -> int:
        """Of the nearest verb before it in its clause."""
        for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
            word = self.full(k)
            if word in _ENDS:
                return 0
            found = self._of_verb(k, word)
            if found:
                return found
        return 0

    def _of_verb(self, k: int, word: str) -> int:
        """The outlook of the word at ``k``; 0 where it is no verb that tells."""
        before, behind = self.full(k - 1), self.full(k + 1)
        if word in _TO_COME or word.endswith("'ll"):
            return 1
        if word in _MODALS:
            # "may" is a month behind a preposition; "would have" is long past
            month = word == "may" and before in words.YEAR_HEADS | {"last", "of"}
            return 0 if month else -1 if behind == "have" else 1
        leads = word in _LEADING and behind in {"to", "for"}
        going_on = word in {"is", "are"} and behind.endswith("ing")
        if leads or going_on or word in listed("scheduling"):
            return 1
        return -1 if _has_been(word, before) else 0

    def deadline(self, time: Time, i: int, j: int) -> Span | None:
        """By March, until 2030, before the end of the year, later this month."""
        ending = self.word(i - 1) in words.ENDINGS or (
            self.word(i - 1) == "before" and time.third == 3
        )
        if ending:
            return self.span(i - 1, j)
        return time.span if self.word(i) == "later" else None

    def only_modifies(self, i: int, j: int) -> bool:
        """ "last year's election", "the 2018 final", "the Oct. 7 attack", "the Monday meeting"."""
        if self.full(j - 1).endswith(("'s", "s'")):
            return True
        if self.word(j) in {"'", "’"} or self.full(j) == "'s":
            return True
        if self.word(i) in words.NAMES and (
            self.word(i - 1) in words.BEFORE_NAMES or self.word(j) in words.BEHIND_NAMES
        ):
            # "Black Friday", "the Sunday Times" are no days of the writer's
            return True
        owned = self.full(i - 1).endswith(("'s", "s'")) and self.word(i - 1) not in words.DAYS
        determined = (owned or self.word(i - 1) in DETERMINERS - {"this", "that"}) and self.word(
            i
        ) not in {*words.WAYS, *words.PARTS, *words.ORDINALS}
        behind = self.full(j)
        return (
            determined
            and j < len(self.tokens)
            and self.tokens[j].is_word
            and behind not in words.NO_NOUNS
            and not behind.endswith("ed")
        )


def _has_been(word: str, before: str) -> bool:
    if before in _BEFORE_PARTICIPLES:
        return False
    if word in {"was", "were", "had", "did"} or word in listed("irregular_past"):
        return before != "to"
    ended = word.endswith("ed") and len(word) > 4 and word not in listed("past_participles")
    return (ended or word == "forecast") and before not in _BEFORE_ADJECTIVES
