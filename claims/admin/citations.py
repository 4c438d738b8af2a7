"""An explanation as its readers see it: paragraphs, with [1] as a link to the evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from claims.models.content import CITATION


@dataclass(frozen=True)
class Part:
    """A run of words, or a citation; `number` is None for words and for a number that is nobody's.
    `first`: the first citation of its piece, to which the evidence leads back."""

    text: str
    number: int | None = None
    first: bool = False


def cited(explanation: str) -> set[int]:
    """The numbers that the explanation names, whether there is such evidence or not."""
    return {int(match[1]) for match in CITATION.finditer(explanation)}


def paragraphs(explanation: str, numbers: Collection[int]) -> list[list[Part]]:
    """One list of parts per line that has words in it. `numbers`: of the evidence there is."""
    named: set[int] = set()
    return [_parts(line, numbers, named) for line in explanation.splitlines() if line.strip()]


def _parts(line: str, numbers: Collection[int], named: set[int]) -> list[Part]:
    parts: list[Part] = []
    end = 0
    for match in CITATION.finditer(line):
        number = int(match[1])
        if number not in numbers:
            continue
        parts += [
            Part(line[end : match.start()]),
            Part(match[0], number, first=number not in named),
        ]
        named.add(number)
        end = match.end()
    return [part for part in [*parts, Part(line[end:])] if part.text]
