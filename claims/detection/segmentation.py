"""Orthographic sentences: where full stops, question marks and line breaks end them."""

import re
from collections.abc import Sequence
from functools import cache

from claims.languages import lexicon
from claims.languages.quotation import quotes as find_quotes
from claims.languages.shapes import Quote

_CLOSERS = "\"”»’')\\]›"
_END = re.compile(rf"[\r\n\u2028\u2029\x0b\x0c\x85]+|(?P<mark>[.!?؟…۔]+)(?P<close>[{_CLOSERS}]*)")
_WORD_BEFORE = re.compile(r"[\w.'’]+\Z")
# Nobody's abbreviation is longer; a look back of fixed length keeps the whole linear.
_LOOK_BACK = 24
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(word.lower().rstrip(".") for word in lexicon.words(language, "abbreviations"))


def sentences(
    text: str, language: str, quotes: Sequence[Quote] | None = None
) -> list[tuple[int, int]]:
    """The sentences of ``text`` in order, without the white space around them.

    A line break always ends one. A full stop inside a closed quotation does not, so that a quote
    of several sentences stays with the words that introduce it. Linear in the length of the text.
    """
    inside = find_quotes(text) if quotes is None else quotes
    found: list[tuple[int, int]] = []
    start = at = 0
    for match in _END.finditer(text):
        mark = match.group("mark")
        while at < len(inside) and inside[at].end < match.start():
            at += 1
        if mark is not None:
            quoted = at < len(inside) and inside[at].start <= match.start() < inside[at].end
            ends_quote = quoted and match.start("close") >= inside[at].end
            if quoted and not ends_quote:
                continue
            if not _ends_sentence(text, match, language, ends_quote):
                continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while (start < end and not text[start].isprintable()) or (
        start < end and text[start].isspace()
    ):
        start += 1
    while end > start and (not text[end - 1].isprintable() or text[end - 1].isspace()):
        end -= 1
    if end > start and any(char.isalnum() for char in text[start : min(end, start + 400)]):
        found.append((start, end))


def _ends_sentence(text: str, match: re.Match[str], language: str, ends_quote: bool) -> bool:
    end, mark = match.end(), match.group("mark")
    before, after = text[max(0, match.start() - _LOOK_BACK) : match.start()], text[end : end + 1]
    if after and not after.isspace() and after.isprintable():
        # "3.5", "example.org"; but Arabic copy drops the space: "…المقبل.وقال"
        return bool(
            language == "ar"
            and _ARABIC_LETTER.match(after)
            and re.search("[\u0621-\u064a]{3}\\Z", before)
        )
    following = text[end : end + 40].lstrip(" \t\u00a0\u200e\u200f\"“«'‘([—–-")
    first = following[:1]
    word = _WORD_BEFORE.search(before)
    bare = word.group() if word else ""
    if mark == "." and not match.group("close"):
        if bare.lower() in _abbreviations(language) and following:
            return False
        if language != "ar" and _is_initial(bare) and first.isupper():
            return False
        if (
            language == "tr"
            and bare.isdecimal()
            and len(bare) <= 4
            and not (first.isupper() and len(bare) == 4)
        ):
            return False
    if language == "ar":
        return not ends_quote or not first or following[:1] in "وف"
    return not first or not first.islower()


def _is_initial(word: str) -> bool:
    """ "J." and "U.S." before a capital letter."""
    last = word.rsplit(".", 1)[-1]
    return len(last) == 1 and last.isupper()
