"""The words of a claim worth asking a search engine for.

Engines that join words with AND find nothing for a whole sentence. Without statistics of the
engine's own index, what stands out in the writing decides: names and numbers first, then long
words; words that say nothing about a topic are left out.
"""

import re

from claims.languages import fold
from claims.languages.folding import stopwords

# Letters with their combining marks and tatweel; Latin and Turkish names keep an apostrophe.
_WORD = re.compile(r"[^\W_][\w\u0610-\u061a\u064b-\u065f\u0670]*(?:['’][^\W_]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?؟…:]\s+)[\"“”«'‘(\[]*$")


def salient_words(text: str, language: str, limit: int) -> tuple[str, ...]:
    """At most `limit` words of `text`, as they are written, in their order, each once.

    Turkish suffixes after an apostrophe and the English possessive are cut off.
    """
    weighed: dict[str, tuple[float, int, str]] = {}
    for match in _WORD.finditer(text):
        word = re.split("['’]", match.group())[0]
        folded = fold(word, language)
        if len(folded) < 2 or folded in stopwords(language) or folded in weighed:
            continue
        weight = min(len(folded), 10) / 10
        if any(char.isdecimal() for char in word):
            weight += 1
        named = word[0].isupper() and not _SENTENCE_START.search(text[: match.start()])
        if named or word != match.group():
            weight += 2
        weighed[folded] = (weight, match.start(), word)
    best = sorted(weighed.values(), key=lambda entry: (-entry[0], entry[1]))[:limit]
    return tuple(word for _weight, _start, word in sorted(best, key=lambda entry: entry[1]))
