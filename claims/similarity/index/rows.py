"""Entries as arrays, row by row, in the order they came: what a segment is made from."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from claims import languages
from claims.similarity import wording
from claims.similarity.embedding import DIMENSIONS, Floats
from claims.similarity.entries import Entry
from claims.similarity.index.clusters import Bytes, quantised

Ints = npt.NDArray[np.int64]
Embed = Callable[[Sequence[str]], Floats]

# BM25: how soon a repeated word stops to count, how much length counts, and the words of a usual
# claim. A fixed length instead of the collection's mean lets segments be merged as they are.
_REPEATED, _LENGTH, _USUAL = 1.2, 0.75, 20.0
_BATCH = 512


@dataclass(frozen=True, slots=True)
class Rows:
    keys: Ints
    languages: npt.NDArray[np.uint8]  # places in languages.KNOWN
    vectors: Bytes  # (n, 512)
    scales: Floats
    letters: npt.NDArray[np.uint16]  # of all rows, one after the other
    letter_starts: Ints  # (n + 1,)
    # One for each row and each word of it: the term, its row, and what BM25 adds for it before
    # it is weighed by rarity.
    terms: npt.NDArray[np.uint64]
    term_rows: npt.NDArray[np.int32]
    impacts: npt.NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.keys)


def of(entries: Iterable[Entry], embed: Embed, progress: Callable[[int], None]) -> Rows:
    """The rows of ``entries``. Raises UnknownLanguage."""
    batches = [_batch(batch, embed, progress) for batch in _batches(entries)]
    return joined(batches or [_batch([], embed, progress)])


def joined(several: Sequence[Rows]) -> Rows:
    """All rows of ``several``, in order."""
    before = np.cumsum([0, *(len(rows) for rows in several)])
    length = np.cumsum([0, *(len(rows.letters) for rows in several)])
    return Rows(
        keys=np.concatenate([rows.keys for rows in several]),
        languages=np.concatenate([rows.languages for rows in several]),
        vectors=np.concatenate([rows.vectors for rows in several]),
        scales=np.concatenate([rows.scales for rows in several]),
        letters=np.concatenate([rows.letters for rows in several]),
        letter_starts=np.concatenate(
            [rows.letter_starts[:-1] + at for rows, at in zip(several, length, strict=False)]
            + [length[-1:]]
        ),
        terms=np.concatenate([rows.terms for rows in several]),
        term_rows=np.concatenate(
            [rows.term_rows + np.int32(at) for rows, at in zip(several, before, strict=False)]
        ),
        impacts=np.concatenate([rows.impacts for rows in several]),
    )


def chosen(rows: Rows, order: Ints) -> Rows:
    """The rows at ``order``, in that order; those not named are left out."""
    place = np.full(len(rows), -1, np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    kept = place[rows.term_rows] >= 0
    lengths = np.diff(rows.letter_starts)[order]
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    letters = np.empty(int(starts[-1]), np.uint16)
    # In blocks: the places of all letters at once would take eight bytes for each two.
    for low in range(0, len(order), 16_384):
        high = min(low + 16_384, len(order))
        moved = np.repeat(rows.letter_starts[order[low:high]] - starts[low:high], lengths[low:high])
        letters[starts[low] : starts[high]] = rows.letters[
            moved + np.arange(starts[low], starts[high])
        ]
    return Rows(
        keys=rows.keys[order],
        languages=rows.languages[order],
        vectors=rows.vectors[order],
        scales=rows.scales[order],
        letters=letters,
        letter_starts=starts,
        terms=rows.terms[kept],
        term_rows=place[rows.term_rows[kept]],
        impacts=rows.impacts[kept],
    )


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    left = iter(entries)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _batch(entries: Sequence[Entry], embed: Embed, progress: Callable[[int], None]) -> Rows:
    texts = [wording.plain(entry.text) for entry in entries]
    vectors, scales = quantised(embed(texts)) if texts else _no_vectors()
    letters, terms, term_rows, impacts = [], [], [], []
    for row, (entry, text) in enumerate(zip(entries, texts, strict=True)):
        code = entry.language
        words = wording.words(f"{text} {wording.plain(entry.also)}", code)
        letters.append(wording.letters(words))
        counts = Counter(wording.telling(words, code))
        long = _REPEATED * (1 - _LENGTH + _LENGTH * counts.total() / _USUAL)
        for word, count in counts.items():
            terms.append(wording.term(word, code))
            term_rows.append(row)
            impacts.append(count * (_REPEATED + 1) / (count + long))
    progress(len(entries))
    return Rows(
        keys=np.array([entry.key for entry in entries], np.int64),
        languages=np.array([languages.KNOWN.index(entry.language) for entry in entries], np.uint8),
        vectors=vectors,
        scales=scales,
        letters=np.concatenate(letters) if letters else np.zeros(0, np.uint16),
        letter_starts=np.cumsum([0, *(len(line) for line in letters)], dtype=np.int64),
        terms=np.array(terms, np.uint64),
        term_rows=np.array(term_rows, np.int32),
        impacts=np.array(impacts, np.float16),
    )


def _no_vectors() -> tuple[Bytes, Floats]:
    return np.zeros((0, DIMENSIONS), np.int8), np.zeros(0, np.float32)
