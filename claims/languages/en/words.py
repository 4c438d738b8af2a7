"""English words as the grammar reads them: verbs told from nouns as far as spelling can."""

from collections.abc import Sequence
from functools import cache, lru_cache

from claims.languages import lexicon
from claims.languages.shapes import Quote, Span, Token
from claims.languages.spans import OPENERS, Marked

SUBJECT_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you"})
DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my"}
    | {"no", "some", "all", "none", "many", "most", "several"}
)
BE = frozenset({"was", "were", "is", "are", "been"})
RELATIVES = frozenset({"who", "which", "whom", "whose", "that", "where", "when"})

# Words with which an adverbial leads a clause.
LEADS = frozenset(
    {
        "in",
        "on",
        "at",
        "after",
        "before",
        "last",
        "this",
        "next",
        "during",
        "for",
        "while",
        "when",
        "as",
        "since",
        "earlier",
        "yesterday",
        "today",
        "to",
        "despite",
        "with",
        "under",
        "following",
        "by",
        "over",
        "although",
        "if",
        "because",
        "from",
        "according",
        "asked",
        "speaking",
    }
)

_DRAWN_IN = frozenset({"s", "d", "ll", "re", "ve", "m"})
_TRAILING = frozenset(
    {"also", "later", "has", "have", "had", "then", "is", "are", "was", "were", "again", "on"}
    | {
        "already",
        "still",
        "earlier",
        "did",
        "do",
        "does",
        "not",
        "further",
        "once",
        "again",
        "first",
    }
    | {"himself", "herself", "itself", "themselves", "both", "never", "even", "now"}
)


@lru_cache(maxsize=50_000)
def normal(word: str) -> str:
    return word.lower().replace("’", "'")


def listed(name: str) -> frozenset[str]:
    return lexicon.words("en", name)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word.lower() for word in listed("abbreviations"))


class Reading(Marked):
    """The tokens of a text, asked by index."""

    def __init__(self, text: str, tokens: Sequence[Token], quotes: Sequence[Quote]) -> None:
        super().__init__(text, quotes)
        self.tokens = tokens
        self._finite = bytearray(len(tokens))  # 0 not asked yet, 1 no, 2 yes

    def norm(self, i: int) -> str:
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def quote_at(self, i: int) -> Quote | None:
        """The quotation that the mark at ``i`` opens."""
        return self.opened_at(self.tokens[i].end) if self.norm(i) in OPENERS else None

    def behind(self, place: int, i: int, hi: int) -> int:
        """The first index from ``i`` on whose token starts at or behind ``place``."""
        while i < hi and self.tokens[i].start < place:
            i += 1
        return i

    def abbreviates(self, i: int) -> bool:
        """The full stop at ``i`` belongs to "Sen.", "J." or "U.S.", and ends no sentence."""
        before, after = self.norm(i - 1), self.tokens[i + 1 : i + 2]
        joined = bool(after) and after[0].start == self.tokens[i].end and after[0].is_word
        return self.norm(i) == "." and (joined or len(before) == 1 or before in _abbreviations())

    def is_finite(self, i: int) -> bool:
        """An auxiliary, a listed verb, or a word in -ed that is not known to be something else."""
        if not 0 <= i < len(self._finite):
            return False
        if not self._finite[i]:
            self._finite[i] = 1 + self._looks_finite(i)
        return self._finite[i] == 2

    def _looks_finite(self, i: int) -> bool:
        word = self.norm(i)
        if self.contracts(i) or self._third_person(i):
            return True
        if word in listed("finite") or word in listed("reporting") or word.endswith("n't"):
            return self.norm(i - 1) not in {"to", "the", "a", "an", "of"}
        if word.endswith("ed") and len(word) > 4 and word not in listed("past_participles"):
            return self.norm(i - 1) not in {
                "the",
                "a",
                "an",
                "is",
                "are",
                "was",
                "were",
                "be",
                "been",
                "of",
                "by",
                "to",
                "being",
            }
        return False

    def _third_person(self, i: int) -> bool:
        """ "She governs", "the mayor regularly incites"."""
        word, before = self.norm(i), self.norm(i - 1)
        if not word.endswith("s") or len(word) < 4 or word.endswith(("ss", "us", "is")):
            return False
        adverb = before.endswith("ly") and before not in listed("not_adverbs")
        return before in {"he", "she", "it"} or (adverb and i > 1)

    def is_pronoun(self, i: int) -> bool:
        """ "He", also with its verb drawn in: "he's", "they'd"."""
        return self.norm(i).partition("'")[0] in SUBJECT_PRONOUNS

    def contracts(self, i: int) -> bool:
        """ "He's", "they'd", "there's": a subject and its verb in one word."""
        head, _, verb = self.norm(i).partition("'")
        return verb in _DRAWN_IN and (head in SUBJECT_PRONOUNS or head in {"there", "that"})

    def starts_subject(self, i: int) -> bool:
        """A pronoun, a determiner, a name or a number that can open a clause."""
        if not 0 <= i < len(self.tokens):
            return False
        word = self.norm(i)
        capital = self.text[self.tokens[i].start].isupper()
        return (
            self.is_pronoun(i)
            or word in DETERMINERS
            or capital
            or word[:1].isdecimal()
            or word in {"there", "there's", "people"}
        )

    def name(self, lo: int, hi: int) -> Span | None:
        """The tokens ``lo..hi`` as a name, without adverbs and commas at their ends."""
        while lo < hi and (
            not self.tokens[lo].is_word
            or self.norm(lo) in {"also", "however", "meanwhile", "but", "and"}
        ):
            if self.quote_at(lo) is not None:
                break
            lo += 1
        while hi > lo and self._trails(hi - 1):
            hi -= 1
        return Span(self.tokens[lo].start, self.tokens[hi - 1].end) if hi > lo else None

    def _trails(self, i: int) -> bool:
        """Behind a name: an adverb, an auxiliary, the day, or a mark that closes nothing."""
        word = self.norm(i)
        if not self.tokens[i].is_word:
            return word not in {"”", '"', ")"}
        return (
            word in _TRAILING
            or (word.endswith("ly") and not self.text[self.tokens[i].start].isupper())
            or word in lexicon.table("en", "weekdays")
        )
