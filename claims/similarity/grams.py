"""Letters in threes within words: what still fits where a word is inflected or misspelt."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from claims.similarity.wording import Letters

Grams = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]

_SPACE = 32
# Three code units take 48 bits; the text's number stands in the 16 above.
_TEXT = np.uint64(48)
MOST_TEXTS = 1 << 16
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def distinct(texts: Sequence[Letters]) -> tuple[Grams, Ints, Ints]:
    """(gram, the number of its text, how often there) of at most 65,536 texts, by text and gram."""
    line = np.concatenate(texts).astype(np.uint64)
    number = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) for text in texts])
    if len(line) < 3:
        line, number = np.zeros(3, np.uint64) + _SPACE, np.zeros(3, np.uint64)
    # A gram around a space belongs to two words; across two texts there is always such a space.
    inside = line[1:-1] != _SPACE
    packed = (line[:-2] << np.uint64(32)) | (line[1:-1] << np.uint64(16)) | line[2:]
    found, counts = np.unique(
        (packed[inside] | (number[1:-1][inside] << _TEXT)), return_counts=True
    )
    return (
        found & np.uint64((1 << 48) - 1),
        (found >> _TEXT).astype(np.int64),
        counts.astype(np.int64),
    )


def buckets(grams: Grams, bits: int) -> Ints:
    """The places of ``grams`` in a table of ``2**bits`` numbers."""
    with np.errstate(over="ignore"):
        return ((grams * _GOLDEN) >> np.uint64(64 - bits)).astype(np.int64)


def even(grams: Grams) -> Doubles:
    """Every gram weighs the same: where there is no collection to tell the rare ones from."""
    return np.ones(len(grams))


def cosines(query: Letters, texts: Sequence[Letters], weigh: Callable[[Grams], Doubles]) -> Doubles:
    """How much of their weighed grams the query shares with each text: 0 to 1."""
    found, number, counts = distinct([query, *texts])
    weights = weigh(found) * (1 + np.log(counts))
    lengths = np.sqrt(np.bincount(number, weights**2, minlength=len(texts) + 1))
    own = int(np.searchsorted(number, 1))
    mine, values = found[:own], weights[:own]
    if not own:
        return np.zeros(len(texts))
    at = np.minimum(np.searchsorted(mine, found[own:]), own - 1)
    shared = np.where(mine[at] == found[own:], values[at] * weights[own:], 0.0)
    dots = np.bincount(number[own:] - 1, shared, minlength=len(texts)).astype(np.float64)
    cosine: Doubles = dots / np.maximum(lengths[1:] * lengths[0], 1e-12)
    return cosine
