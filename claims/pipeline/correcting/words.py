"""Where selected or typed words stand in an article, in code points of its untouched text."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from claims.models import Article
from claims.workflow import IllegalMove

# A page shows each line as a paragraph and drops what is between; a text area sends its own kind.
_LINE_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
# Around a cut these belong to neither claim.
_AROUND = " \t\r\n\u00a0\u200b\u200e\u200f\u202f\u2028\u2029.,;:،؛…"
_WORD = re.compile(r"\S+")


def place(
    article: Article, *, words: str, start: int | None = None, end: int | None = None
) -> tuple[int, int]:
    """(start, end) of the words, without the white space around them.

    With `start` and `end`, as a selection on the page gives them, the article must read exactly
    `words` there, line breaks aside. Without, the words must stand in the article once; a space
    then stands for any white space, since nobody can type a no-break space on purpose.
    Raises IllegalMove.
    """
    text = article.text
    if not words.strip():
        raise IllegalMove(_("Select the words in the article, or type them exactly as they stand."))
    if start is not None and end is not None:
        if not 0 <= start < end <= len(text) or _one(text[start:end]) != _one(words):
            raise IllegalMove(
                _("What was selected is not what the article says there. Select it once more.")
            )
        return _trimmed(text, start, end)
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = pattern.search(text)
    if found is None:
        raise IllegalMove(
            _("The article does not say “%(words)s”. Copy the words exactly as they stand there.")
            % {"words": _short(words)}
        )
    if pattern.search(text, found.start() + 1):
        raise IllegalMove(
            _("“%(words)s” stands in the article more than once. Add the words beside it.")
            % {"words": _short(words)}
        )
    return found.span()


def beginnings(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The words of a span, each with the place where it begins."""
    return [(word.start(), word[0]) for word in _WORD.finditer(text, start, end)]


def halves(text: str, start: int, end: int, at: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The span cut before `at`, white space and punctuation at the cut left out. Raises
    IllegalMove where that leaves nothing of a half."""
    stop = second = at if start < at < end else start
    while stop > start and text[stop - 1] in _AROUND:
        stop -= 1
    while second < end and text[second] in _AROUND:
        second += 1
    if not start < stop <= second < end:
        raise IllegalMove(
            _("Choose the word with which the second claim begins: not the first word.")
        )
    return (start, stop), (second, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def _one(words: str) -> str:
    return _LINE_BREAKS.sub("\n", words)


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= 80 else f"{one_line[:79]}…"
