"""What is reported as an object: a verbal noun (أعلن استئناف …), or two nouns (اعتبر القرار خطأ)."""

import re

from claims.languages.ar import morphology as m
from claims.languages.ar.names import name
from claims.languages.ar.reading import Reading
from claims.languages.spans import COMMAS

_FARTHEST = 16
# Verbal nouns of derived forms, as far as their shape shows: انسحاب, افتتاح, استقالة, تعليق.
_DERIVED = re.compile("ان..ا.|ا.ت.ا.|است..?ا.ة?|ت..ي.ة?|ت.ا..")


def is_masdar(word: str) -> bool:
    """A verbal noun, with its pronoun or without; never one with the article."""
    bare = m.without_pronoun(word)
    masdars = m.normal_words("masdars")
    return word in masdars or bare in masdars or _DERIVED.fullmatch(bare) is not None


def announced(reading: Reading, verb: int, hi: int) -> int | None:
    """Where what the verb announces begins: at a verbal noun, also behind its preposition.

    Behind another preposition the noun belongs to something else that is announced.
    """
    lo = verb + 1
    governed = {"عن"}
    if reading.bare(verb) in m.forms("stressing"):
        governed = {"على"}
    elif reading.bare(verb) in m.forms("pointing_to"):
        governed = {"الى"}
    roles = m.normal_words("roles")
    for i in range(lo, min(hi, lo + _FARTHEST)):
        word = reading.norm(i)
        if word in COMMAS and not _in_apposition(reading, lo, i):
            return None
        if not is_masdar(word):
            continue
        before = reading.norm(i - 1)
        if word in m.normal_words("statements"):
            # "in a statement to reporters"
            continue
        if i > lo and before in m.normal_words("prepositions") - governed:
            return None
        if reading.norm(i - 1) in roles - m.normal_words("speaking_alone") and i > lo:
            # "the director of development": part of the name
            continue
        return i
    return None


def _in_apposition(reading: Reading, lo: int, i: int) -> bool:
    """At most two commas since ``lo``: "the minister, so-and-so, announced"."""
    return sum(reading.norm(k) in COMMAS for k in range(lo, i + 1)) <= 2


def judged(reading: Reading, lo: int, hi: int) -> int | None:
    """ "considered Y a mistake": the subject ends where the first of two objects begins."""
    subject = name(reading, lo, hi, two_objects=True)
    if subject is None:
        return None
    i = reading.behind(subject.end, lo, hi)
    word = reading.norm(i)
    plain = i < hi and reading.tokens[i].is_word and not reading.joined(i)
    return i if plain and word not in m.normal_words("prepositions") else None
