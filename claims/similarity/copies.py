"""Which texts are copies of one story: an agency's report that several houses printed.

A fingerprint is a simhash (Charikar 2002) over the text's words in threes: of two texts, the share
of bits that differ estimates the angle between their sets of threes. A headline changed, a
paragraph cut or added leaves a copy near; two own reports on one event share few threes.
"""

import hashlib

import numpy as np

from claims.languages import SERVED, tokens

BITS = 240
_BYTES = BITS // 8
# Of 240 bits, unrelated texts differ in 120 (deviation 7.7); texts with half their threes in common
# in about 80.
_NEAR = 76
# Of fewer words, chance decides too much: only the same words are a copy.
_ENOUGH_WORDS = 40


def fingerprint(text: str, language: str) -> str:
    """60 hexadecimal digits; "" for a text without words. `language`: any other than those served
    is read as English is."""
    words = tokens(text, language if language in SERVED else "en")
    if not words:
        return ""
    if len(words) < _ENOUGH_WORDS:
        return hashlib.blake2b(" ".join(words).encode(), digest_size=_BYTES).hexdigest()
    threes = {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
    hashed = b"".join(
        hashlib.blake2b(three.encode(), digest_size=_BYTES).digest() for three in threes
    )
    bits = np.unpackbits(np.frombuffer(hashed, np.uint8)).reshape(len(threes), BITS)
    majority = 2 * bits.sum(axis=0, dtype=np.int64) > len(threes)
    return np.packbits(majority).tobytes().hex()


def alike(one: str, other: str) -> bool:
    """Whether two fingerprints are of copies of one story."""
    if not one or not other:
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= _NEAR
