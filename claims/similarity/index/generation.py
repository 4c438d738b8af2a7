"""One state of the index, which does not change while it is asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims import languages
from claims.similarity import embedding, ranking, wording
from claims.similarity.embedding import Floats
from claims.similarity.entries import Candidate
from claims.similarity.grams import Doubles, Grams
from claims.similarity.index.segment import Places, Segment
from claims.similarity.wording import Letters

Dead = npt.NDArray[np.bool_]

# Candidates by sense and as many by words: the fused score is on at most 300.
BEST = 150


@dataclass(frozen=True, slots=True)
class Part:
    """A segment and which of its rows were removed since it was written; None: none of them."""

    segment: Segment
    dead: Dead | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """Candidates of one part: rows, cosines, BM25."""

    part: Part
    places: Places
    sense: Floats
    words: Floats


@dataclass(frozen=True, slots=True)
class Generation:
    parts: Sequence[Part]

    def __len__(self) -> int:
        return sum(
            len(part.segment) - (0 if part.dead is None else int(part.dead.sum()))
            for part in self.parts
        )

    def missing(self, keys: Sequence[int]) -> list[int]:
        """Those of ``keys`` of which there is no entry, in order."""
        wanted = np.unique(np.array(keys, np.int64))
        for part in self.parts:
            places = part.segment.of_keys(wanted)
            if part.dead is not None:
                places = places[~part.dead[places]]
            wanted = np.setdiff1d(wanted, part.segment.rows.keys[places], assume_unique=True)
        return [int(key) for key in wanted]

    def search(
        self, text: str, language: str, top: int, exclude: Collection[int] = ()
    ) -> list[Candidate]:
        """The ``top`` entries most likely about the same matter, best first, earlier keys first
        among equals. Raises UnknownLanguage."""
        sentence = wording.plain(text)
        words = wording.words(sentence, language)
        vector = embedding.vectors([sentence])[0]
        parts = [_without(part, exclude) for part in self.parts if len(part.segment)]
        by_sense = self._by_sense(parts, vector)
        weighed = self._weighed(wording.telling(words, language), language)
        found = [
            self._worded(part, places, weighed, vector)
            for part, places in zip(parts, by_sense, strict=True)
        ]
        return self._ranked(_cut(found), wording.letters(words), language, top)

    def _by_sense(self, parts: Sequence[Part], vector: Floats) -> list[Places]:
        near = [part.segment.near(vector, part.dead, BEST) for part in parts]
        if not near:
            return []
        all_near = np.concatenate([cosines for _, cosines in near])
        enough = np.partition(all_near, -BEST)[-BEST] if len(all_near) > BEST else -np.inf
        return [np.sort(places[cosines >= enough]) for places, cosines in near]

    def _weighed(self, words: Sequence[str], language: str) -> list[tuple[int, float]]:
        """The query's terms with their rarity among all rows of the language."""
        total = self._total(language)
        weighed = []
        for word in sorted(set(words)):
            number = wording.term(word, language)
            spans = (part.segment.span(number) for part in self.parts)
            holding = sum(high - low for low, high in spans)
            rarity = np.log(1 + (total - holding + 0.5) / (holding + 0.5))
            weighed.append((number, float(rarity)))
        return weighed

    def _total(self, language: str) -> int:
        place = languages.KNOWN.index(language)
        return sum(int(part.segment.counts[place]) for part in self.parts)

    @staticmethod
    def _worded(
        part: Part, places: Places, weighed: Sequence[tuple[int, float]], vector: Floats
    ) -> _Found:
        segment = part.segment
        places, words = segment.worded(weighed, places, part.dead, BEST)
        return _Found(part, places, segment.cosines(places, vector), words)

    def _ranked(
        self, found: Sequence[_Found], query: Letters, language: str, top: int
    ) -> list[Candidate]:
        if not sum(len(each.places) for each in found):
            return []
        known = languages.KNOWN.index(language)
        spoken = np.concatenate([each.part.segment.rows.languages[each.places] for each in found])
        keys = np.concatenate([each.part.segment.rows.keys[each.places] for each in found])
        same = spoken == known
        lines = [each.part.segment.letters(place) for each in found for place in each.places]
        total = self._total(language)

        def weigh(grams: Grams) -> Doubles:
            holding = sum(part.segment.holding(grams, known) for part in self.parts)
            return 1 + np.log((1 + total) / (1 + np.minimum(holding, total)))

        scored = ranking.scored(
            sense=np.concatenate([each.sense for each in found]),
            words=np.concatenate([each.words for each in found]),
            letters=ranking.lettered(query, lines, same, weigh),
            same=same,
        )
        # Where the score is sure of several, the closest leads; texts that differ in a comma only
        # tie, and the earlier one leads them.
        score = np.round(scored.score, 4)
        order = (keys, -np.round(scored.sense, 2), -score)
        best = np.lexsort(order)[:top]
        return [
            Candidate(
                int(keys[at]),
                languages.KNOWN[spoken[at]],
                float(score[at]),
                scored.parts(int(at)),
            )
            for at in best
        ]


def _without(part: Part, exclude: Collection[int]) -> Part:
    if not exclude:
        return part
    places = part.segment.of_keys(np.array(sorted(exclude), np.int64))
    if not len(places):
        return part
    dead = np.zeros(len(part.segment), np.bool_) if part.dead is None else part.dead.copy()
    dead[places] = True
    return Part(part.segment, dead)


def _cut(found: Sequence[_Found]) -> list[_Found]:
    """The best by words over all parts, beside those found by sense in each."""
    if len(found) < 2:
        return list(found)
    words = np.concatenate([each.words for each in found])
    sense = np.concatenate([each.sense for each in found])
    if len(words) <= 2 * BEST:
        return list(found)
    enough = np.partition(words, -BEST)[-BEST]
    near = np.partition(sense, -BEST)[-BEST]
    kept = []
    for each in found:
        here = ((each.words >= enough) & (each.words > 0)) | (each.sense >= near)
        kept.append(_Found(each.part, each.places[here], each.sense[here], each.words[here]))
    return kept
