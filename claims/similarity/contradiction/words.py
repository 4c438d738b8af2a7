"""The words of a claim as the comparisons read them, and lists of phrases looked up among them."""

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from typing import NamedTuple

from claims.languages import folding, lexicon
from claims.languages._served import part
from claims.languages.shapes import Token, tokenise
from claims.similarity.wording import plain

# A claim is a sentence or two; of an article only the beginning is compared.
_LONGEST = 1_500
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
_POSSESSIVE = re.compile(r"['’]s?$")
_ATTACHED = re.compile(r"(\d)(bn|mn?|k|tn|km|kg|tl)\b", re.IGNORECASE)
# "و1,4": the conjunction hides that a number begins; "الـ84" is one.
_DECIMAL_BEHIND = re.compile(r"(?<!\w)([وفبل])(?=\d+[.,٫]\d)")
_JOINED = re.compile(r"ـ(?=\d)")
_SHORT = {"bn": "billion", "mn": "million", "m": "million", "k": "thousand", "tn": "trillion"}
# The dash: a tweet that a page shows is signed behind one.
_ENDS = frozenset(".!?؟…—")
# A sentence of a longer text is told by another claim that has this share of its words.
_TOLD = 0.3
_DIGIT = re.compile(r"\d")
# What a Turkish noun carries behind its stem: number, possession, case.
CASES = re.compile(
    r"(?:l[ıiuü]k)?(?:l[ae]r)?(?:[ıiuü]|s[ıiuü])?(?:n?[dt][ae](?:n|ki)?|[yn]?[ae]|n?[ıiuü]n|[yn][ıiuü]"
    r"|l[ıiuü]|y?l[ae]|ken)?"
)


class Word(NamedTuple):
    """A word, a number or a mark: its search form, its normal form, and as it is written."""

    word: str
    norm: str
    text: str
    suffix: str  # behind an apostrophe
    capital: bool
    is_word: bool


class Claim(NamedTuple):
    code: str
    tokens: list[Token]
    words: list[Word]


def prepared(text: str, code: str) -> str:
    """``text`` with "5bn" and "10km" in two words, cut where it is no claim any more."""
    spelled = _SHORT if code == "en" else {}
    text = plain(text[:_LONGEST]).replace("_", "-")
    if code == "ar":
        text = _JOINED.sub(" ", _DECIMAL_BEHIND.sub(r"\1 ", text))
    return _ATTACHED.sub(
        lambda found: f"{found[1]} {spelled.get(found[2].lower(), found[2])}", text
    )


def read(text: str, code: str) -> Claim:
    """The words of a ``prepared`` text in the language ``code``. Raises UnknownLanguage."""
    normal = part(code, "grammar").normal
    tokens = tokenise(text, normal)
    return Claim(code, tokens, [_word(text[t.start : t.end], t, code) for t in tokens])


def _word(text: str, token: Token, code: str) -> Word:
    written, suffix = text, ""
    if code != "ar":
        if code == "en" and token.norm.replace("’", "'").endswith("n't"):
            return Word("not", token.norm, text, "", False, True)
        head, _, tail = re.sub("[’ʼ]", "'", text).partition("'")
        if head and (code == "tr" or tail in {"s", ""}):
            written, suffix = head, tail.lower()
    word = _folded(written, code) if token.is_word else written
    return Word(word, token.norm, written, suffix, written[:1].isupper(), token.is_word)


@lru_cache(maxsize=100_000)
def _folded(word: str, code: str) -> str:
    return "".join(folding.tokens(word, code))


@lru_cache(maxsize=100_000)
def forms(word: str, code: str) -> tuple[str, ...]:
    """The folded word, and in Arabic what is left without the letters that are written on to it."""
    if code != "ar" or len(word) < 4:
        return (word,)
    found = [word]
    rest = word
    if word[0] in _CONJUNCTIONS:
        rest = word[1:]
        found.append(rest)
    if len(rest) > 3 and rest[0] in _PREPOSITIONS:
        found.append(rest[1:])
    bare = [folding.fold(form, "ar") for form in found[1:]]
    return tuple(dict.fromkeys((*found, *bare)))


@lru_cache(maxsize=100_000)
def stem(word: str, code: str) -> str:
    """What the forms of a word share; of an Arabic one without its conjunction."""
    found: str = part(code, "denial").stem(word)
    return found


def sentence(claim: Claim, i: int) -> frozenset[str] | None:
    """The stems of what tells something in the sentence of the word ``i``; None of a lone one."""
    words = claim.words
    ends = [k for k, word in enumerate(words) if word.word in _ENDS]
    first = max((end for end in ends if end < i), default=-1) + 1
    last = min((end for end in ends if end > i), default=len(words))
    if last - first >= len(words) - len(ends):
        return None
    empty = folding.stopwords(claim.code)
    inside = (word for word in words[first:last] if word.is_word and len(word.word) > 2)
    return frozenset(stem(word.word, claim.code) for word in inside if word.word not in empty)


def is_told(stems: Set[str], other: Set[str]) -> bool:
    """A claim with the stems ``other`` tells of what a sentence with ``stems`` tells."""
    return len(stems & other) >= _TOLD * min(len(stems), len(other))


class Phrases:
    """A list ``term = value`` of a language, looked up by the words at one place."""

    def __init__(self, code: str, table: dict[str, str], *, beginnings: bool = False) -> None:
        self._code, self._beginnings = code, beginnings
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for term, value in table.items():
            folded = tuple(folding.tokens(term, code))
            if folded:
                self._by_first.setdefault(folded[0], []).append((folded[1:], value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[Word], i: int) -> tuple[int, str] | None:
        """(how many words, value) of the longest term that begins with the word ``i``."""
        best: tuple[int, str] | None = None
        for first in self._firsts(words[i].word):
            for rest, value in self._by_first.get(first, ()):
                if rest and self._beginnings and words[i].word != first:
                    continue
                length = self._length(words, i, rest)
                if length > (best[0] if best else 0):
                    best = length, value
        return best

    def _length(self, words: Sequence[Word], i: int, rest: tuple[str, ...]) -> int:
        """How many words from ``i`` on are the term; 0 where they are not. "Two-thirds" fits too."""
        at = i + 1
        for term in rest:
            at += at < len(words) and words[at].word == "-"
            if at >= len(words) or not self._same(words[at].word, term):
                return 0
            at += 1
        return at - i

    def ends_at(self, words: Sequence[Word], i: int) -> tuple[int, str] | None:
        """The same for a term whose last word is the one at ``i``."""
        for start in range(max(0, i - 3), i + 1):
            found = self.at(words, start)
            if found is not None and start + found[0] == i + 1:
                return found
        return None

    def of(self, word: str) -> str:
        """The value of a single word; empty where it is none of the terms."""
        for first in self._firsts(word):
            for rest, value in self._by_first.get(first, ()):
                if not rest:
                    return value
        return ""

    def _firsts(self, word: str) -> Iterator[str]:
        if not self._beginnings:
            yield from forms(word, self._code)
            return
        for length in range(len(word), 1, -1):
            yield word[:length]

    def _same(self, word: str, term: str) -> bool:
        return word == term or (self._beginnings and word.startswith(term))


class Inflected(Phrases):
    """The same for Turkish nouns, which are listed without their endings."""

    def _firsts(self, word: str) -> Iterator[str]:
        yield word
        for length in range(len(word) - 1, 1, -1):
            if CASES.fullmatch(word, length):
                yield word[:length]

    def _same(self, word: str, term: str) -> bool:
        return word.startswith(term) and CASES.fullmatch(word, len(term)) is not None


@cache
def phrases(code: str, name: str) -> Phrases:
    """The list ``<code>/<name>.txt``: Turkish terms stand for all words that begin like them.

    The value of a term that has none is "!".
    """
    table = {term: value or "!" for term, value in lexicon.table(code, name).items()}
    return Phrases(code, table, beginnings=code == "tr")


@cache
def nouns(code: str, *names: str) -> Phrases:
    """The lists together; Turkish terms fit with the endings of a noun."""
    table: dict[str, str] = {}
    for name in names:
        table.update(lexicon.table(code, name))
    return Inflected(code, table) if code == "tr" else Phrases(code, table)


def has_digit(word: str) -> bool:
    return _DIGIT.search(word) is not None


@cache
def saying(code: str) -> frozenset[str]:
    """The words with which somebody is reported to say a thing."""
    return frozenset(folding.fold(term, code) for term in lexicon.terms(code, "reporting"))
