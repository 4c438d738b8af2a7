"""The words of a claim worth asking a search engine for.

Engines that join words with AND find nothing for a whole sentence. Without statistics of the
engine's own index, what stands out in the writing decides: names and numbers before other words,
and words that say nothing about a topic not at all.
"""

import re
from functools import cache

from claims.languages import fold, lexicon
from claims.languages.ar.morphology import is_verb, normal
from claims.languages.folding import stopwords

# Letters with their combining marks and tatweel; Latin and Turkish names keep an apostrophe.
_WORD = re.compile(r"\d[\d.,٬٫]*\d|[^\W_][\w\u0610-\u061a\u064b-\u065f\u0670]*(?:['’][^\W_]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?؟…:]\s+)[\"“”«'‘(\[]*$")
# The days that a statement adds behind a date are ours; no page would hold them.
_OUR_DATES = re.compile(r"\(\d{4}[\d\s–-]*\)")
MAX_TEXT = 2_000
MAX_WORD = 50
_PRONOUN = re.compile(r"(?:ها|هما|هم|هن|كم|نا|ني|ه|ك)$")
_CLITIC = re.compile(r"^[وفبلكس]")


def salient_words(text: str, language: str, limit: int) -> tuple[str, ...]:
    """At most `limit` words of `text`, in their order, each once.

    Words stay as they are written, without a Turkish suffix after an apostrophe, the English
    possessive, and an Arabic "and" before the article. Only the first 2,000 characters are read.
    """
    text = _OUR_DATES.sub(" ", text[:MAX_TEXT])
    # What is said matters more than who said it.
    frame = _complementiser(language).search(text)
    said_from = frame.end() if frame else 0
    weighed: dict[str, tuple[float, int, str]] = {}
    for match in _WORD.finditer(text):
        word = re.split("['’]", match.group())[0]
        if language == "ar":
            word = re.sub("^[وف](?=ال..)", "", word)
        folded = fold(word, language)
        if not 2 <= len(folded) <= MAX_WORD or folded in stopwords(language) or folded in weighed:
            continue
        if any(char.isdecimal() for char in word):
            weight = 1.25
        elif language == "ar":
            weight = _arabic_weight(word)
        else:
            starts = _SENTENCE_START.search(text[: match.start()]) is not None
            named = word != match.group() or (word[0].isupper() and not starts)
            weight = (2.0 if named else 0.0) + min(len(folded), 10) / 10
        if match.start() >= said_from:
            weight += 0.3
        weighed[folded] = (weight, match.start(), word)
    best = sorted(weighed.values(), key=lambda entry: (-entry[0], entry[1]))[:limit]
    return tuple(word for _weight, _start, word in sorted(best, key=lambda entry: entry[1]))


@cache
def _complementiser(language: str) -> re.Pattern[str]:
    known = {"ar": lexicon.terms("ar", "complementisers"), "en": ("that",)}.get(language, ())
    return re.compile(rf"\b(?:{'|'.join(known) or '(?!)'})\b", re.IGNORECASE)


def _arabic_weight(word: str) -> float:
    """There are no capitals: bare nouns and nouns with the article come before words with clitics,
    and finite verbs last, whose form an encyclopedia seldom has."""
    plain = normal(word)
    after_and = plain[1:] if plain[0] in "وف" else plain
    if is_verb(plain) or is_verb(after_and) or fold(after_and, "ar") in stopwords("ar"):
        return 0.0
    weight = 1.0 + min(len(fold(word, "ar")), 8) / 20
    if len(plain) > 4 and _PRONOUN.search(plain):
        weight -= 0.5
    if len(plain) > 5 and _CLITIC.match(plain):
        weight -= 0.3
    return weight
