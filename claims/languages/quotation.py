"""Quotation marks: which pair up, and which one was never closed."""

import re

from claims.languages.shapes import Quote

_OPENING = {"“": "”", "«": "»", "„": "“”", "‹": "›", "‟": "”"}
# Some Arabic papers set the guillemets the other way round: »…«.
_TURNED = _OPENING | {"»": "«", "›": "‹"}
del _TURNED["«"], _TURNED["‹"]
# Two apostrophes are what wire services and their archives make of a quotation mark.
_STRAIGHT = frozenset({'"', "＂", "''"})
_MARK = re.compile("[\"＂“”„‟«»‹›]|(?<!')''(?!')")
# 'Speech', not the apostrophe of "Ankara'ya" nor a 'word' in single marks: it stands behind a comma
# or a colon, or is as long as no title. Possessive, so that no apostrophe is looked at twice.
_SPOKEN = r"(?:[^\n\r'‘’]|(?<=\w)['’](?=\w))"
_SINGLE = re.compile(
    rf"(?:(?<=[,:.] )['‘](?=[^\W\d_])(?P<short>{_SPOKEN}{{20,1500}}+)"
    rf"|(?<= )['‘](?=[A-ZÇĞİÖŞÜ])(?P<long>{_SPOKEN}{{60,1500}}+))['’](?!\w)"
)
_LINE = re.compile("[\r\n\u2028\u2029\x0b\x0c\x1c-\x1e\x85]")
_FIRST_GUILLEMET = re.compile("^[^«»\r\n]*([«»])", re.MULTILINE)
# Further than this a closing mark belongs to something else.
_REACH = 4000
# One that never closes is not taken to hold more than this.
_UNCLOSED_REACH = 400
# Arabic words of one letter cling to the quotation that follows: ب"…".
_CLITICS = frozenset("بلكوف")
_PUNCTUATION = frozenset(".,،؛;:!؟?…)]")


def quotes(text: str) -> list[Quote]:
    """The outermost quotations of ``text`` in order, none longer than a few thousand characters.

    Marks of one kind pair up; a quotation does not leave its paragraph. An opening mark that is
    never closed opens a quotation only after a colon, to the end of the paragraph; elsewhere it
    is a slip of the copy and is passed over. Linear: each mark is looked at a fixed number of times.
    """
    opening = _TURNED if _is_turned(text) else _OPENING
    found: list[Quote] = []
    opened: re.Match[str] | None = None
    paragraph_end = -1
    for mark in _MARK.finditer(text):
        at, behind, char = mark.start(), mark.end(), mark.group()
        if at >= paragraph_end:
            if opened is not None:
                _add_unclosed(found, text, opened, paragraph_end)
                opened = None
            line = _LINE.search(text, at)
            paragraph_end = line.start() if line is not None else len(text)
        before = text[at - 1 : at] or " "
        after = text[behind : behind + 1] or " "
        if opened is not None:
            start = opened.end()
            dots = text.startswith("..", behind)
            turned = char == "”" and _ends_straight(text, start, at, before, after)
            if turned or _closes(char, opened.group(), opening, before, after, dots):
                if start < at < start + _REACH:
                    found.append(Quote(start, at))
                opened = None
                continue
            straight = char in _STRAIGHT
            if _opens(char, opening, before, after) and straight == (opened.group() in _STRAIGHT):
                # A second opening of the same kind: the first was never closed.
                opened = mark
        elif _opens(char, opening, before, after):
            opened = mark
    if opened is not None:
        _add_unclosed(found, text, opened, paragraph_end)
    return _with_single(found, text)


def _with_single(found: list[Quote], text: str) -> list[Quote]:
    """``found`` with the speeches in single marks that stand outside of them, in order."""
    single: list[Quote] = []
    at = 0
    for match in _SINGLE.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        while at < len(found) and found[at].end < start:
            at += 1
        if (at == len(found) or found[at].start > end) and " " in text[start:end].strip():
            single.append(Quote(start, end))
    return sorted([*found, *single]) if single else found


def _is_turned(text: str) -> bool:
    """Whether more paragraphs have » for their first guillemet than «."""
    if "»" not in text:
        return False
    first = [mark.group(1) for mark in _FIRST_GUILLEMET.finditer(text)]
    return 2 * first.count("»") > len(first)


def _add_unclosed(found: list[Quote], text: str, mark: re.Match[str], end: int) -> None:
    at, begin = mark.span()
    if not text[max(0, at - 3) : at].rstrip().endswith((":", "：")):
        return
    while end > at and text[end - 1].isspace():
        end -= 1
    if begin < end <= at + _UNCLOSED_REACH:
        found.append(Quote(begin, end))


def _ends_straight(text: str, start: int, at: int, before: str, after: str) -> bool:
    """Whether the ” at ``at`` closes a straight mark: "… and nothing,” said he."""
    plain = text[start - 1] == '"' and at - start < _REACH and "“" not in text[start:at]
    return plain and not before.isspace() and not after.isalnum()


def _opens(char: str, opening: dict[str, str], before: str, after: str) -> bool:
    if char in _STRAIGHT:
        return (not before.isalnum() or before in _CLITICS) and (
            not after.isspace() or before == ":"
        )
    return char in opening


def _closes(
    char: str,
    opened: str,
    opening: dict[str, str],
    before: str,
    after: str,
    dots: bool,
) -> bool:
    """``dots``: an ellipsis follows, which belongs to the words behind it."""
    if opened not in _STRAIGHT:
        # “…,“ said: the second mark turned the wrong way
        slip = char in _STRAIGHT or (char == opened == "“" and not after.isalnum())
        return char in opening[opened] or (slip and not before.isspace())
    if char not in _STRAIGHT:
        return False
    if not before.isspace():
        return not after.isalnum() or before not in _CLITICS
    return after.isspace() or (after in _PUNCTUATION and not dots)
