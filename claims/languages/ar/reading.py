"""A text's tokens as the Arabic grammar reads them: conjunctions taken off, verbs told from names."""

import re
from collections.abc import Sequence
from functools import cache

from claims.languages import lexicon
from claims.languages.ar import morphology as m
from claims.languages.folding import ARABIC_MARKS, INVISIBLE
from claims.languages.shapes import Quote, Token
from claims.languages.spans import COMMAS, OPENERS, SENTENCE_ENDS, Marked

_SKIPPED = re.compile(f"[{ARABIC_MARKS}{INVISIBLE}]")

RELATIVES = frozenset(
    {
        "الذي",
        "التي",
        "الذى",
        "التى",
        "الذين",
        "اللذان",
        "اللذين",
        "اللتان",
        "اللتين",
        "اللواتي",
        "ممن",
        "مما",
    }
)
OTHERS = frozenset({"ثانية", "اخرى", "اخري", "ثالثة", "اخر"})
NEGATIONS = frozenset({"لا", "لم", "لن", "ليس", "ليست", "ليسوا", "ما"})
SUBJUNCTIVES = frozenset(
    {"ان", "لان", "كي", "لكي", "حتى", "بان", "الا", "كيلا", "الى", "عن", "على", "ل"}
)
PREVERBS = frozenset(
    {"قد", "لقد", "كان", "كانت", "كانوا", "كما", "ثم", "وقد", "سبق", "وكان", "وكانت"}
)
ADVERSATIVES = frozenset({"لكن", "لكنه", "لكنها", "لكنهم", "لكنني", "لكننا", "لكنهما"})
_NEVER_WHOLE = frozenset({"فقد", "فان", "فانه", "فانها", "وان", "وانه", "وانها", "فيهم"})


def upright(tokens: Sequence[Token], quotes: Sequence[Quote]) -> Sequence[Token]:
    """The tokens, guillemets that a paper sets the other way round (»…«) read as «…»."""
    opening, closing = {quote.start for quote in quotes}, {quote.end for quote in quotes}
    turned = {
        i: token._replace(norm="«" if token.norm == "»" else "»")
        for i, token in enumerate(tokens)
        if (token.norm == "»" and token.end in opening)
        or (token.norm == "«" and token.start in closing)
    }
    return [turned.get(i, token) for i, token in enumerate(tokens)] if turned else tokens


class Reading(Marked):
    """The tokens of a text, asked by index."""

    def __init__(self, text: str, tokens: Sequence[Token], quotes: Sequence[Quote]) -> None:
        super().__init__(text, quotes)
        self.tokens = tokens
        self._norms = [token.norm for token in tokens]
        self._bare: dict[int, tuple[str, int]] = {}

    def norm(self, i: int) -> str:
        """The normal word at ``i``, or an empty string behind the last one."""
        return self._norms[i] if 0 <= i < len(self._norms) else ""

    def bare(self, i: int) -> str:
        """The word at ``i`` without a leading و or ف that is a conjunction."""
        return self._split(i)[0]

    def start(self, i: int) -> int:
        """Where the bare word at ``i`` begins in the text."""
        return self.tokens[i].start + self._split(i)[1]

    def joined(self, i: int) -> bool:
        """Whether a conjunction clings to the word at ``i``."""
        return self._split(i)[1] > 0

    def _split(self, i: int) -> tuple[str, int]:
        found = self._bare.get(i)
        if found is None:
            found = self._bare[i] = self._split_word(i)
        return found

    def _split_word(self, i: int) -> tuple[str, int]:
        word = self.norm(i)
        if len(word) < 3 or word[0] not in "وف" or not self.tokens[i].is_word:
            return word, 0
        if word not in _NEVER_WHOLE:
            known, bare = m.known_forms(), m.without_pronoun(word)
            owned = bare != word and bare in _whole_stems()
            if owned or word in _whole_words():
                return word, 0
            if word in known and word[1:] not in known:
                return word, 0
            if word[0] == "ف" and not _stands_behind_fa(word[1:]):
                # a name more often than not
                return word, 0
        token = self.tokens[i]
        offset = 1
        while token.start + offset < token.end and _SKIPPED.match(self.text[token.start + offset]):
            offset += 1
        return word[1:], offset

    def quote_at(self, i: int) -> Quote | None:
        """The quotation that the mark at ``i`` opens."""
        return self.opened_at(self.tokens[i].end) if self.norm(i) in OPENERS else None

    def within_marks(self, lo: int, hi: int) -> int:
        """The end of ``lo..hi`` without a mark that opens what follows or a turned one that closes.

        A turned mark (»…«) closes what began at ``lo`` or before.
        """
        while hi - lo > 1 and self.quote_at(hi - 1) is not None:
            hi -= 1
        last = hi - 1
        while last > lo and self.norm(last) in COMMAS | SENTENCE_ENDS:
            last -= 1
        place = self.tokens[last].start
        if last == lo or self.text[place] != "«" or self.norm(last) != "»":
            return hi
        around = self.quote_around(place)
        return last if around is not None and around.start <= self.tokens[lo].start else hi

    def behind(self, place: int, i: int, hi: int) -> int:
        """The first index from ``i`` on whose token starts at or behind ``place``."""
        while i < hi and self.tokens[i].start < place:
            i += 1
        return i

    def is_verb(self, i: int, at_head: bool = False) -> bool:
        """Whether the bare word at ``i`` is a finite verb, future and negated ones included."""
        word = self.bare(i)
        if not word or not self.tokens[i].is_word:
            return False
        before = self.norm(i - 1) if i else ""
        if before in {"قد", "لقد", "فقد", "وقد", "لم", "لن", "فلم", "ولم", "ولن", "فلن", "سوف"}:
            return not word.startswith("ال")
        return m.is_verb(word, at_head)


@cache
def _whole_words() -> frozenset[str]:
    """Words whose و or ف is their own."""
    persons = {form for verb in lexicon.terms("ar", "waw_verbs") for form in m.persons(verb)}
    return m.normal_words("waw_words") | persons


@cache
def _whole_stems() -> frozenset[str]:
    """The same before a pronoun, where ة is written ت (وفاة، وفاتها)."""
    nouns = {word[:-1] + "ت" for word in m.normal_words("waw_words") if word.endswith("ة")}
    return _whole_words() | nouns


def _stands_behind_fa(word: str) -> bool:
    """What ف ("so") is found before: verbs, particles, pronouns, nouns with the article."""
    return (
        word in m.known_forms()
        or m.is_future(word)
        or word.startswith(("ال", "لل"))
        or word in m.normal_words("prepositions")
        or word in m.normal_words("complementisers")
        or word in m.normal_words("subject_pronouns")
        or word in NEGATIONS | PREVERBS
        or word in {"هذا", "هذه", "ذلك", "تلك", "كل", "ليس", "ليست", "هناك", "كان", "قد"}
    )
