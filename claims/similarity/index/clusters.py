"""Vectors in one byte a number, and grouped by nearness so that a question reads few of them."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from claims.similarity.embedding import DIMENSIONS, Floats

Bytes = npt.NDArray[np.int8]
Ints = npt.NDArray[np.int64]

# Up to here every vector is looked at.
EXACT = 50_000
# Of a larger segment the groups nearest to the question are, so many that they hold about these
# rows: recall@10 is .97 at 100,000 and at a million.
LOOKED_AT = 25_000
# Groups of a segment, as a multiple of the square root of its size.
_GROUPS = 2.0
_ROUNDS = 8
_SAMPLE = 32  # vectors a group while the groups are found
# Rows at a time: their floats fit the processor's cache.
_BLOCK = 1_024
_LARGE_BLOCK = 16_384


def quantised(vectors: Floats) -> tuple[Bytes, Floats]:
    """``(n, 512)`` in one byte each, and the ``(n,)`` factors that give their size back."""
    scales = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-12) / 127
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def cosines(vectors: Bytes, scales: Floats, query: Floats) -> Floats:
    """``(n,)``: each of the rows against ``query``."""
    found = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), _BLOCK):
        block = vectors[start : start + _BLOCK].astype(np.float32)
        found[start : start + len(block)] = block @ query
    return found * scales


def grouped(vectors: Bytes, scales: Floats, progress: Callable[[int], None]) -> tuple[Floats, Ints]:
    """Centres ``(k, 512)`` and the group of every row, by spherical k-means on a seeded sample."""
    count = int(_GROUPS * len(vectors) ** 0.5)
    dice = np.random.default_rng(0)
    chosen = np.sort(dice.choice(len(vectors), min(len(vectors), count * _SAMPLE), replace=False))
    sample = vectors[chosen].astype(np.float32) * scales[chosen, None]
    centres = sample[dice.choice(len(sample), count, replace=False)].copy()
    for _ in range(_ROUNDS):
        near = _nearest(sample, centres)
        sums = np.zeros((count, DIMENSIONS), np.float32)
        order = np.argsort(near, kind="stable")
        present, starts = np.unique(near[order], return_index=True)
        sums[present] = np.add.reduceat(sample[order], starts, axis=0)
        empty = np.setdiff1d(np.arange(count), present)
        sums[empty] = sample[dice.choice(len(sample), len(empty))]
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    group = np.empty(len(vectors), np.int64)
    for start in range(0, len(vectors), _LARGE_BLOCK):
        block = vectors[start : start + _LARGE_BLOCK].astype(np.float32)
        # The factor of a row does not change which centre is nearest to it.
        group[start : start + len(block)] = _nearest(block, centres)
        progress(len(block))
    return centres, group


def _nearest(rows: Floats, centres: Floats) -> Ints:
    return np.concatenate(
        [
            (rows[start : start + 4_096] @ centres.T).argmax(axis=1)
            for start in range(0, len(rows), 4_096)
        ]
    )
