"""A part of the index that is written once and then only read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims import languages
from claims.similarity import grams
from claims.similarity.embedding import Floats
from claims.similarity.grams import Grams
from claims.similarity.index import clusters, files, rows
from claims.similarity.index.rows import Ints, Rows
from claims.similarity.wording import Letters

Places = npt.NDArray[np.int64]  # rows of a segment

# Words that stand in so many rows say little; past this many rows a question reads no more of them
# to find candidates, it only weighs them in those it has found.
_READ = 300_000
_CHUNK = 4_096


@dataclass(frozen=True, slots=True)
class Segment:
    rows: Rows  # by group; terms sorted, so that those of one word stand together
    sorted_keys: Ints
    key_order: Ints  # the row of each of them
    counts: Ints  # rows a language, in the order of languages.KNOWN
    vocabulary: npt.NDArray[np.uint64]  # terms, sorted, each once
    held_from: Ints  # (terms + 1,): where each one's rows start
    gram_counts: npt.NDArray[np.uint32]  # (languages, 2**bits): rows that hold a gram
    centres: Floats  # (groups, 512); none where every vector is looked at
    group_starts: Ints  # (groups + 1,)

    def __len__(self) -> int:
        return len(self.rows)

    def of_keys(self, keys: Ints) -> Places:
        """The rows of those ``keys`` that are here."""
        if not len(self):
            return np.zeros(0, np.int64)
        at = np.minimum(np.searchsorted(self.sorted_keys, keys), len(self) - 1)
        found: Ints = self.key_order[at[self.sorted_keys[at] == keys]]
        return found

    def near(
        self, query: Floats, dead: npt.NDArray[np.bool_] | None, best: int
    ) -> tuple[Places, Floats]:
        """The ``best`` living rows by cosine, in no order, and their cosines."""
        if len(self.centres):
            probed = np.argpartition(self.centres @ query, -_probes(self))[-_probes(self) :]
            spans = [(self.group_starts[group], self.group_starts[group + 1]) for group in probed]
        else:
            spans = [(np.int64(0), np.int64(len(self)))]
        found = np.concatenate([np.arange(low, high) for low, high in spans])
        near = np.concatenate(
            [
                clusters.cosines(self.rows.vectors[low:high], self.rows.scales[low:high], query)
                for low, high in spans
            ]
        )
        if dead is not None:
            near[dead[found]] = -np.inf
        top = _best(near, best)
        top = top[np.isfinite(near[top])]
        return found[top], near[top]

    def cosines(self, places: Places, query: Floats) -> Floats:
        return clusters.cosines(self.rows.vectors[places], self.rows.scales[places], query)

    def worded(
        self,
        weighed: Sequence[tuple[int, float]],
        places: Places,
        dead: npt.NDArray[np.bool_] | None,
        best: int,
    ) -> tuple[Places, Floats]:
        """BM25 over ``weighed`` terms (number, rarity): the ``best`` living rows and ``places``."""
        spans = sorted(
            (high - low, low, high, rarity)
            for number, rarity in weighed
            for low, high in [self.span(number)]
            if high > low
        )
        scores = np.zeros(len(self), np.float32)
        touched, read = [], 0
        late = []
        for size, low, high, rarity in spans:
            if read and read + size > _READ:
                late.append((low, high, rarity))
                continue
            read += size
            holding = self.rows.term_rows[low:high]
            scores[holding] += self.rows.impacts[low:high].astype(np.float32) * rarity
            touched.append(holding)
        if touched:
            held = np.concatenate(touched)
            reached = scores[held]
            if dead is not None:
                reached[dead[held]] = 0
            # A row stands here once for each of its words: more of them are taken, then each once.
            top = held[_best(reached, best * (len(touched) + 1))].astype(np.int64)
            top = np.unique(top[scores[top] > 0])
            if dead is not None:
                top = top[~dead[top]]
            top = top[_best(scores[top], best)]
            places = np.union1d(places, top)
        for low, high, rarity in late:
            holding = self.rows.term_rows[low:high]
            at = np.minimum(np.searchsorted(holding, places), high - low - 1)
            here = holding[at] == places
            scores[places[here]] += self.rows.impacts[low + at[here]].astype(np.float32) * rarity
        return places, scores[places]

    def span(self, number: int) -> tuple[int, int]:
        """From where to where the term stands among the rows' terms; its rows are ordered."""
        at = int(np.searchsorted(self.vocabulary, np.uint64(number)))
        if at == len(self.vocabulary) or self.vocabulary[at] != number:
            return 0, 0
        return int(self.held_from[at]), int(self.held_from[at + 1])

    def holding(self, found: Grams, language: int) -> Ints:
        """In how many rows of the language each gram stands; a little too many where two meet."""
        bits = self.gram_counts.shape[1].bit_length() - 1
        counts: Ints = self.gram_counts[language, grams.buckets(found, bits)].astype(np.int64)
        return counts

    def letters(self, place: int) -> Letters:
        starts = self.rows.letter_starts
        found: Letters = self.rows.letters[starts[place] : starts[place + 1]]
        return found


def sealed(loose: Rows, progress: Callable[[int], None] = lambda rows: None) -> Segment:
    """The segment of ``loose`` rows, whose keys differ. ``progress`` is told rows as they are done."""
    centres = np.zeros((0, loose.vectors.shape[1]), np.float32)
    starts = np.zeros(1, np.int64)
    if len(loose) > clusters.EXACT:
        centres, group = clusters.grouped(loose.vectors, loose.scales, progress)
        loose = rows.chosen(loose, np.argsort(group, kind="stable"))
        starts = np.concatenate(
            [np.zeros(1, np.int64), np.cumsum(np.bincount(group, minlength=len(centres)))]
        )
    order = np.lexsort((loose.term_rows, loose.terms))
    loose = replace(
        loose,
        terms=loose.terms[order],
        term_rows=loose.term_rows[order],
        impacts=loose.impacts[order],
    )
    vocabulary, held_from = np.unique(loose.terms, return_index=True)
    key_order = np.argsort(loose.keys, kind="stable")
    return Segment(
        rows=loose,
        sorted_keys=loose.keys[key_order],
        key_order=key_order,
        counts=np.bincount(loose.languages, minlength=len(languages.KNOWN)).astype(np.int64),
        vocabulary=vocabulary,
        held_from=np.append(held_from, len(loose.terms)).astype(np.int64),
        gram_counts=_gram_counts(loose),
        centres=centres,
        group_starts=starts,
    )


def save(path: Path, segment: Segment) -> None:
    arrays = {name: getattr(segment.rows, name) for name in Rows.__dataclass_fields__}
    # The terms and where they start say the same in a fraction of the place.
    del arrays["terms"]
    for name in Segment.__dataclass_fields__:
        if name != "rows":
            arrays[name] = getattr(segment, name)
    files.write(path, arrays, {"languages": languages.KNOWN})


def load(path: Path) -> Segment:
    """Raises BrokenIndex; FileNotFoundError where the file is gone."""
    arrays, about = files.read(path)
    if tuple(about["languages"]) != languages.KNOWN:
        raise files.BrokenIndex(path.parent, "it was built with other languages")
    arrays["terms"] = np.zeros(0, np.uint64)
    own = {name: arrays.pop(name) for name in Rows.__dataclass_fields__}
    return Segment(rows=Rows(**own), **arrays)


def loosened(segment: Segment) -> Rows:
    """The rows of a segment as they can be joined with others."""
    return replace(segment.rows, terms=np.repeat(segment.vocabulary, np.diff(segment.held_from)))


def _probes(segment: Segment) -> int:
    groups = len(segment.centres)
    return min(groups, 1 + clusters.LOOKED_AT * groups // len(segment))


def _best(scores: Floats, count: int) -> Ints:
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(scores, -count)[-count:]


def _gram_counts(loose: Rows) -> npt.NDArray[np.uint32]:
    bits = min(20, max(10, (len(loose) * 16).bit_length()))
    table = np.zeros((len(languages.KNOWN), 1 << bits), np.uint32)
    for code in np.unique(loose.languages):
        for texts in _chunks(loose, np.flatnonzero(loose.languages == code)):
            found, _, _ = grams.distinct(texts)
            table[code] += np.bincount(grams.buckets(found, bits), minlength=1 << bits).astype(
                np.uint32
            )
    return table


def _chunks(loose: Rows, places: Ints) -> Iterator[list[Letters]]:
    starts = loose.letter_starts
    for low in range(0, len(places), _CHUNK):
        yield [loose.letters[starts[at] : starts[at + 1]] for at in places[low : low + _CHUNK]]
