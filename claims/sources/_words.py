"""The words of a claim worth asking a search engine for.

Engines that join words with AND find nothing for a whole sentence. Without statistics of the
engine's own index, what stands out in the writing decides: names and numbers before other words,
and words that say nothing about a topic not at all.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from claims.languages import SERVED, fold, known_names, lexicon, transliteration
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
_FIGURE = re.compile(r"\d[\d.,٬٫]*\d")


class Name(NamedTuple):
    """A name as the text has it, and in each language. `sure`: a list knows it; else its letters
    were put into those of the other script by rule."""

    written: str
    spelled: dict[str, str]
    sure: bool


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
    known = known_names.find(text, language) if language in SERVED else []
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
            if any(name.start <= match.start() < name.end for name in known):
                weight += 1.5
        else:
            starts = _SENTENCE_START.search(text[: match.start()]) is not None
            named = word != match.group() or (word[0].isupper() and not starts)
            weight = (2.0 if named else 0.0) + min(len(folded), 10) / 10
        if match.start() >= said_from:
            weight += 0.3
        weighed[folded] = (weight, match.start(), word)
    best = sorted(weighed.values(), key=lambda entry: (-entry[0], entry[1]))[:limit]
    return tuple(word for _weight, _start, word in sorted(best, key=lambda entry: entry[1]))


def names(text: str, language: str) -> tuple[Name, ...]:
    """The names in `text`, in their order, each once, as the served languages spell them."""
    if language not in SERVED:
        return ()
    text = _OUR_DATES.sub(" ", text[:MAX_TEXT])
    known = known_names.find(text, language)
    found = [(one.start, Name(one.spelled[language], one.spelled, sure=True)) for one in known]
    for start, word in _unknown_names(text, language, known):
        found.append((start, Name(word, _by_letters(word, language), sure=False)))
    once = {name.written: name for _start, name in sorted(found, key=lambda pair: pair[0])}
    return tuple(once.values())


def figures(text: str) -> tuple[str, ...]:
    """Numbers of two figures and more, in ASCII ones, in their order, each once."""
    found = _FIGURE.findall(_OUR_DATES.sub(" ", text[:MAX_TEXT]))
    return tuple(dict.fromkeys(fold(figure, "en") for figure in found))


def _unknown_names(
    text: str, language: str, known: list[known_names.Known]
) -> Iterator[tuple[int, str]]:
    """Words that are written as names are and stand in no list: with a capital inside a sentence,
    in Arabic behind a given name."""
    given = lexicon.words("ar", "given_names")
    before = ""
    for match in _WORD.finditer(text):
        word = re.split("['’]", match.group())[0]
        listed = any(one.start <= match.start() < one.end for one in known)
        if language == "ar":
            is_name = normal(word) in given or (
                normal(before) in given
                and fold(word, "ar") not in stopwords("ar")
                and not is_verb(normal(word))
            )
        else:
            starts = _SENTENCE_START.search(text[: match.start()]) is not None
            title = fold(word, language) in lexicon.words(language, "titles")
            is_name = word[0].isupper() and not starts and len(word) > 2 and not title
        if is_name and not listed:
            yield match.start(), word
        before = word if text[match.end() : match.end() + 1] == " " else ""


def _by_letters(word: str, language: str) -> dict[str, str]:
    if language == "ar":
        return {
            "ar": word,
            "tr": transliteration.latin(word, "tr"),
            "en": transliteration.latin(word, "en"),
        }
    plain = fold(word, "en").capitalize()
    return {
        "ar": transliteration.arabic(word, language),
        "tr": word,
        "en": word if language == "en" else plain,
    }


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
