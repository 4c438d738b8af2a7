"""A position's words in their sentence: who is named as the speaker, which word carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claims.models import Position

# A speaker named further off than this stands in another sentence; quoting all between them would
# bury the words.
_NEAR = 160

Role = Literal["frame", "who", "cue", "claim"]


@dataclass(frozen=True)
class Piece:
    """A run of the article's own text. "frame" is what stands between the others."""

    role: Role
    text: str


def passage(position: Position) -> list[Piece]:
    """The position's span with its cue and claimant, where they stand near it, and what is between.

    Joined, the pieces are one slice of the article's text. Inside the span a cue or a claimant is
    a piece of its own.
    """
    text = position.article.text
    marked: list[tuple[int, int, Role]] = []
    for role, start, end in (
        ("who", position.claimant_start, position.claimant_end),
        ("cue", position.cue_start, position.cue_end),
    ):
        if start is not None and end is not None and _near(position, start, end, text):
            marked.append((start, end, "who" if role == "who" else "cue"))
    lowest = min([position.start, *(start for start, _end, _role in marked)])
    highest = max([position.end, *(end for _start, end, _role in marked)])
    roles: list[Role] = ["frame"] * (highest - lowest)
    for start, end, role in [(position.start, position.end, "claim"), *marked]:
        roles[start - lowest : end - lowest] = [role] * (end - start)
    return _runs(text[lowest:highest], roles)


def _near(position: Position, start: int, end: int, text: str) -> bool:
    if end <= position.start:
        between = text[end : position.start]
    elif start >= position.end:
        between = text[position.end : start]
    else:
        return True
    return len(between) <= _NEAR and "\n" not in between


def _runs(text: str, roles: list[Role]) -> list[Piece]:
    pieces: list[Piece] = []
    for character, role in zip(text, roles, strict=True):
        if pieces and pieces[-1].role == role:
            pieces[-1] = Piece(role, pieces[-1].text + character)
        else:
            pieces.append(Piece(role, character))
    return pieces
