"""What changed between two texts, word by word.

The unit is what a reader takes as a word: a letter keeps its vowel marks, a citation like [1] stays
whole. Two changes with nothing but a space or a comma between them are told as one, because a
sentence in which every second word is struck out cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Operation = Literal["same", "del", "ins"]

# Marks that combine with the letter before (Latin, Arabic), the Arabic tatweel, and the joiners.
_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_TOKEN = re.compile(rf"\[\d+\]|[\w{_MARKS}]+|\n|[^\S\n]+|[^\w\s]")

# Pairs of tokens above which a passage is told as replaced: the comparison is quadratic, and a
# passage rewritten at that length is read as a new one anyway.
_MOST_PAIRS = 4_000_000


@dataclass(frozen=True)
class Segment:
    """A run of text that stayed, went, or came."""

    operation: Operation
    text: str


def tokens(text: str) -> list[str]:
    """The text in pieces that joined give the text again."""
    return _TOKEN.findall(text)


def compare(before: str, after: str) -> list[Segment]:
    """The segments in reading order, what went before what came.

    Joining those that are not "ins" gives `before`, those that are not "del" gives `after`.
    """
    return _joined(_segments(tokens(before), tokens(after)))


def _segments(old: list[str], new: list[str]) -> Iterator[Segment]:
    if len(old) * len(new) > _MOST_PAIRS:
        yield Segment("del", "".join(old))
        yield Segment("ins", "".join(new))
        return
    gone: list[str] = []
    come: list[str] = []
    runs = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (operation, i1, i2, j1, j2) in enumerate(runs):
        if operation != "equal":
            gone += old[i1:i2]
            come += new[j1:j2]
            continue
        between_changes = 0 < place < len(runs) - 1
        if between_changes and not any(_is_word(token) for token in old[i1:i2]):
            gone += old[i1:i2]
            come += old[i1:i2]
            continue
        yield Segment("del", "".join(gone))
        yield Segment("ins", "".join(come))
        gone, come = [], []
        yield Segment("same", "".join(old[i1:i2]))
    yield Segment("del", "".join(gone))
    yield Segment("ins", "".join(come))


def _is_word(piece: str) -> bool:
    return piece == "\n" or any(character.isalnum() for character in piece)


def _joined(segments: Iterator[Segment]) -> list[Segment]:
    return [segment for segment in segments if segment.text]
