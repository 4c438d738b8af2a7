"""An explanation as its readers see it: paragraphs, with [1] as a link to the evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from claims.models.content import CITATION


@dataclass(frozen=True)
class Part:
    """A run of words, or a citation; `number` is None for words and for a number that is nobody's."""

    text: str
    number: int | None = None


def cited(explanation: str) -> set[int]:
    """The numbers that the explanation names, whether there is such evidence or not."""
    return {int(match[1]) for match in CITATION.finditer(explanation)}


def paragraphs(explanation: str, numbers: Collection[int]) -> list[list[Part]]:
    """One list of parts per line that has words in it. `numbers`: of the evidence there is."""
    return [_parts(line, numbers) for line in explanation.splitlines() if line.strip()]


def _parts(line: str, numbers: Collection[int]) -> list[Part]:
    parts: list[Part] = []
    end = 0
    for match in CITATION.finditer(line):
        if int(match[1]) not in numbers:
            continue
        parts += [Part(line[end : match.start()]), Part(match[0], int(match[1]))]
        end = match.end()
    return [part for part in [*parts, Part(line[end:])] if part.text]
