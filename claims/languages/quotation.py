"""Quotation marks: which pair up, and which one was never closed."""

from claims.languages.shapes import Quote

_OPENING = {"“": "”", "«": "»", "„": "“”", "‹": "›", "‟": "”"}
_CLOSING = {"”": '“„‟"', "»": "«", "›": "‹"}
_STRAIGHT = '"＂'
# Further than this a closing mark belongs to something else.
_REACH = 4000


def quotes(text: str) -> list[Quote]:
    """The outermost quotations of ``text`` in order, none longer than a few thousand characters.

    Marks of one kind pair up; a quotation does not leave its paragraph. An opening mark that is
    never closed opens a quotation only after a colon, to the end of the paragraph; elsewhere it
    is a slip of the copy and is passed over. Linear: each mark is looked at once.
    """
    found: list[Quote] = []
    start = 0
    for line in text.splitlines(keepends=True):
        found.extend(_of_paragraph(text, start, start + len(line)))
        start += len(line)
    return found


def _of_paragraph(text: str, lo: int, hi: int) -> list[Quote]:
    found: list[Quote] = []
    opened: tuple[int, str] | None = None
    for at in range(lo, hi):
        char = text[at]
        if char not in _OPENING and char not in _CLOSING and char not in _STRAIGHT:
            continue
        before, after = (
            text[at - 1 : at] if at > lo else " ",
            text[at + 1 : at + 2] if at + 1 < hi else " ",
        )
        if opened is not None:
            if _closes(char, opened[1], before, after):
                if at > opened[0] + 1 and at - opened[0] <= _REACH:
                    found.append(Quote(opened[0] + 1, at))
                opened = None
                continue
            if _opens(char, before, after) and (char in _STRAIGHT) == (opened[1] in _STRAIGHT):
                # A second opening of the same kind: the first was never closed.
                opened = (at, char)
            continue
        if _opens(char, before, after):
            opened = (at, char)
    if opened is not None and _after_colon(text, lo, opened[0]):
        end = hi
        while end > opened[0] and text[end - 1].isspace():
            end -= 1
        if opened[0] + 1 < end and end - opened[0] <= _REACH:
            found.append(Quote(opened[0] + 1, end))
    return found


def _opens(char: str, before: str, after: str) -> bool:
    if char in _OPENING:
        return True
    return char in _STRAIGHT and not after.isspace() and not before.isalnum()


def _closes(char: str, opening: str, before: str, after: str) -> bool:
    if opening in _STRAIGHT:
        return (
            char in _STRAIGHT
            and (not before.isspace() or after.isspace())
            and not (before.isspace() and not after.isspace())
        )
    return char in _OPENING[opening] or (char in _STRAIGHT and not before.isspace())


def _after_colon(text: str, lo: int, at: int) -> bool:
    return text[max(lo, at - 3) : at].rstrip().endswith((":", "："))
