"""What is put into an index and what comes out of it."""

from typing import NamedTuple


class Entry(NamedTuple):
    """A claim to be found. ``also`` is a headline above it: read for its words, not for its sense."""

    key: int  # 64 bits, signed
    language: str
    text: str
    also: str = ""


class Parts(NamedTuple):
    """The signals a score was made of."""

    sense: float  # cosine of the embeddings, -1 to 1
    letters: float  # cosine of letters in threes, 0 to 1; 0 across languages
    words: float  # BM25 of the words; 0 across languages
    outlying: float  # summed z-scores of the three among the candidates; 0 where there are few


class Candidate(NamedTuple):
    """An entry with its score: 0 to 1, how likely it is about the same matter."""

    key: int
    language: str
    score: float
    parts: Parts
