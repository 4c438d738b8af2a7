"""The index at 100,000 and a million entries: time to answer, recall, memory, time to build.

The entries are up to 50,000 real sentences of ``../shared`` and noisy copies of them, seeded: a
fifth of the words of a copy gone, its vector moved to a cosine of about .86. They stand for the
size, not for the variety, of a real million. Queries are sentences with a fifth of their words
gone, embedded for real.
"""

import json
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.progress import Progress

from benchmarks import matching_sets as sets
from claims import languages
from claims.similarity import embedding, index, wording
from claims.similarity.embedding import Floats
from claims.similarity.entries import Entry

_REAL = 50_000
_MOVED = 0.6  # length of the noise added to a vector of length one
_GONE = 0.2
_BATCH = 512  # the index embeds so many at once
_QUERIES = 200

Sentence = tuple[str, str]
Times = list[float]


def sentences() -> list[Sentence]:
    """(language, text), each once, in an order that is always the same."""
    found: dict[str, str] = {}
    folder = sets.FOLDER.parent
    for path in sorted(folder.glob("*/*.jsonl")):
        code = path.name.partition(".")[0]
        if code not in languages.SERVED or path.parent.name == "articles":
            continue
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line).get("text")
                if isinstance(text, str) and 20 <= len(text) <= 400:
                    found.setdefault(text, code)
    every = sorted((code, text) for text, code in found.items())
    chosen = np.random.default_rng(0).permutation(len(every))[:_REAL]
    return [every[at] for at in chosen]


class Noisy:
    """``count`` entries from ``real`` sentences and their vectors; always the same ones."""

    def __init__(self, real: Sequence[Sentence], vectors: Floats, count: int) -> None:
        self._real, self._vectors, self._count = real, vectors, count
        self._embedded = 0

    def entries(self) -> Iterator[Entry]:
        dice = np.random.default_rng(1)
        for key in range(self._count):
            code, text = self._real[key % len(self._real)]
            yield Entry(key, code, text if key < len(self._real) else thinned(text, dice))

    def embed(self, texts: Sequence[str]) -> Floats:
        """Vectors of the next entries: called in their order."""
        low = self._embedded
        self._embedded += len(texts)
        return self.vectors(low, len(texts))

    def vectors(self, low: int, count: int) -> Floats:
        places = np.arange(low, low + count)
        found = self._vectors[places % len(self._real)].copy()
        noise = np.random.default_rng([2, low]).normal(0, 1, found.shape).astype(np.float32)
        copies = places >= len(self._real)
        found[copies] += noise[copies] * (_MOVED / found.shape[1] ** 0.5)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)

    def nearest(self, queries: Floats, best: int) -> npt.NDArray[np.int64]:
        """The keys of the ``best`` nearest entries of each query, by exact vectors."""
        keys = np.zeros((len(queries), 0), np.int64)
        near = np.zeros((len(queries), 0), np.float32)
        for low in range(0, self._count, _BATCH):
            count = min(_BATCH, self._count - low)
            near = np.hstack([near, queries @ self.vectors(low, count).T])
            keys = np.hstack([keys, np.tile(np.arange(low, low + count), (len(queries), 1))])
            top = np.argpartition(near, -best, axis=1)[:, -best:]
            near = np.take_along_axis(near, top, axis=1)
            keys = np.take_along_axis(keys, top, axis=1)
        return keys


def thinned(text: str, dice: np.random.Generator) -> str:
    words = text.split()
    kept = dice.random(len(words)) >= _GONE
    return " ".join(word for word, keep in zip(words, kept, strict=True) if keep) or text


def measure(sizes: Sequence[int]) -> None:
    real = sentences()
    started = time.perf_counter()
    vectors = np.concatenate(
        [
            embedding.vectors([wording.plain(text) for _, text in real[low : low + _BATCH]])
            for low in range(0, len(real), _BATCH)
        ]
    )
    took = time.perf_counter() - started
    print(
        f"{len(real):,} real sentences; embedding one takes {1e3 * took / len(real):.2f} ms in batches"
    )
    print(
        f"{'entries':>10}{'build s':>9}{'peak MB':>9}{'files MB':>9}{'own MB':>8}{'p50 ms':>8}"
        f"{'p95 ms':>8}{'CPU p50':>9}{'of it embedding':>17}{'recall@10':>11}"
    )
    for count in sizes:
        _one(real, vectors, count)


def _one(real: Sequence[Sentence], vectors: Floats, count: int) -> None:
    dice = np.random.default_rng(3)
    asked = [
        (code, thinned(text, dice))
        for code, text in (real[at] for at in dice.choice(len(real), _QUERIES, replace=False))
    ]
    embedded = embedding.vectors([wording.plain(text) for _, text in asked])
    with tempfile.TemporaryDirectory() as folder:
        noisy = Noisy(real, vectors, count)
        console = Console(stderr=True)
        started = time.perf_counter()
        with Progress(console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("building", total=count)
            # The bar hears of every entry once when it is read; grouping is the rest.
            built = index.build(
                Path(folder), noisy.entries(), lambda rows: bar.advance(task, rows), noisy.embed
            )
        took = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        right = noisy.nearest(embedded, 10)
        part = built.generation.parts[0].segment
        hits = [
            len(set(part.rows.keys[part.near(query, None, 10)[0]]) & set(keys))
            for query, keys in zip(embedded, right, strict=True)
        ]
        wall, busy, alone = _times(built, asked)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:10,}{took:9.0f}{peak:9.0f}{size / 1e6:9.0f}{_own():8.0f}"
            f"{np.percentile(wall, 50):8.1f}{np.percentile(wall, 95):8.1f}"
            f"{np.percentile(busy, 50):9.1f}{np.percentile(alone, 50):17.1f}"
            f"{np.mean(hits) / 10:11.3f}",
            flush=True,
        )


def _times(built: index.Index, asked: Sequence[Sentence]) -> tuple[Times, Times, Times]:
    """Milliseconds a query: of the clock, of the processor, of the processor for embedding alone.

    On a machine that others use too, the processor's time is the one that can be repeated.
    """
    wall, busy, alone = [], [], []
    for code, text in asked:
        # Once before it counts: what a mapped file costs the first time is the disk's affair.
        built.search(text, code, 10)
        began, worked = time.perf_counter(), time.process_time()
        built.search(text, code, 10)
        wall.append(1e3 * (time.perf_counter() - began))
        busy.append(1e3 * (time.process_time() - worked))
        worked = time.process_time()
        embedding.vectors([text])
        alone.append(1e3 * (time.process_time() - worked))
    return wall, busy, alone


def _own() -> float:
    """MB of this process that are not a mapped file."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("RssAnon"))
