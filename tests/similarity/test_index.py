"""The index as a folder that grows while it is asked."""

import threading

import numpy as np
import pytest

from claims.languages import UnknownLanguage
from claims.similarity import index
from claims.similarity.entries import Entry
from claims.similarity.index import clusters, rows, segment
from tests.similarity import town


def _bridge(opened, top=3):
    return [one.key for one in opened.search(town.BRIDGE, "en", top)]


def _segments(folder):
    return sorted(path.name for path in folder.glob("*.segment"))


def test_what_is_built_is_found_by_another_who_opens_it(tmp_path):
    index.build(tmp_path / "new" / "index", town.TOWN)
    opened = index.Index.open(tmp_path / "new" / "index")
    assert len(opened) == 7
    assert _bridge(opened, 1) == [1]


def test_building_tells_how_many_are_read(tmp_path):
    told = []
    index.build(tmp_path, [*town.TOWN, *town.many(600)], told.append)
    assert sum(told) == 607


def test_an_open_index_sees_what_another_adds_and_removes(tmp_path):
    index.build(tmp_path, town.TOWN[3:])
    reader, writer = index.Index.open(tmp_path), index.Index.open(tmp_path)
    assert 1 not in _bridge(reader)
    writer.add(town.TOWN[:3])
    assert set(_bridge(reader)) == {1, 2, 3}
    writer.remove([1, 12345])
    assert set(_bridge(reader, 2)) == {2, 3}
    assert len(reader) == 6


def test_a_key_that_is_there_is_replaced(tmp_path):
    opened = index.build(tmp_path, town.TOWN)
    opened.add([Entry(7, "en", "A first"), Entry(7, "en", "Vareno bridge will open to traffic")])
    assert len(opened) == 7
    assert set(_bridge(opened, 4)) == {1, 2, 3, 7}


def test_of_several_with_one_key_the_last_is_built_in(tmp_path):
    opened = index.build(tmp_path, [Entry(5, "en", "A lamp"), Entry(5, "en", town.BRIDGE)])
    assert len(opened) == 1
    assert opened.search(town.BRIDGE, "en")[0].score > 0.9


def test_many_small_additions_leave_few_segments(tmp_path):
    opened = index.build(tmp_path, town.many(100))
    for entry in town.TOWN:
        opened.add([entry])
    assert len(opened) == 107
    assert len(_segments(tmp_path)) <= 4
    assert set(_bridge(opened)) == {1, 2, 3}


def test_merged_segments_answer_like_one_that_was_built_at_once(tmp_path):
    at_once = index.build(tmp_path / "once", [*town.many(40), *town.TOWN])
    grown = index.build(tmp_path / "grown", town.many(40))
    for entry in town.TOWN:
        grown.add([entry])
    grown.add(town.many(1, first=5_000))
    grown.remove([5_000])
    for text, code in ((town.BRIDGE, "en"), (town.BRIDGE_AR, "ar"), ("lamp shop 7", "en")):
        assert [
            (one.key, pytest.approx(one.score, abs=0.02)) for one in grown.search(text, code)
        ] == [(one.key, one.score) for one in at_once.search(text, code)]


def test_a_segment_that_lost_most_of_its_rows_is_written_anew(tmp_path):
    opened = index.build(tmp_path, town.TOWN)
    before = _segments(tmp_path)
    opened.remove([4, 5, 6, 7])
    assert _segments(tmp_path) != before
    assert len(opened) == 3
    assert not list(tmp_path.glob("*.dead"))


def test_adding_an_unknown_language_changes_nothing(tmp_path):
    opened = index.build(tmp_path, town.TOWN)
    with pytest.raises(UnknownLanguage):
        opened.add([Entry(9, "xx", "text")])
    assert len(opened) == 7


def test_one_writes_at_a_time(tmp_path):
    opened = index.build(tmp_path, town.TOWN)
    inside, leave = threading.Event(), threading.Event()

    def slowly():
        inside.set()
        leave.wait(20)
        yield from town.many(1)

    # Building holds the lock while it reads.
    building = threading.Thread(target=index.build, args=(tmp_path, slowly()))
    building.start()
    try:
        assert inside.wait(20)
        with pytest.raises(index.BusyIndex, match="Another process is writing"):
            opened.remove([1])
        assert _bridge(opened, 1) == [1]
    finally:
        leave.set()
        building.join()
    assert len(opened) == 1


def test_readers_are_answered_while_the_index_is_replaced(tmp_path):
    opened = index.build(tmp_path, town.TOWN)
    wrong, done = [], threading.Event()

    def ask():
        reader = index.Index.open(tmp_path)
        while not done.is_set():
            try:
                if _bridge(reader, 1) != [1]:
                    wrong.append("another claim came first")
            except Exception as error:
                wrong.append(repr(error))

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    for at in range(15):
        opened.add(town.many(1, first=2_000 + at))
        if at % 5 == 4:
            index.build(tmp_path, town.TOWN)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_a_folder_that_is_removed_and_built_again_is_seen(tmp_path):
    opened = index.build(tmp_path, town.TOWN)
    for path in tmp_path.iterdir():
        path.unlink()
    index.build(tmp_path, town.many(2))
    assert len(opened) == 2


def _random(count, seed):
    made = np.random.default_rng(seed).normal(0, 1, (count, 512)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_grouped_vectors_find_nearly_what_all_of_them_would(monkeypatch):
    centres = _random(40, 0)
    vectors = centres[np.arange(2_000) % 40] + 0.7 * _random(2_000, 1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    entries = [Entry(at, "en", f"w{at % 97}") for at in range(2_000)]
    monkeypatch.setattr(clusters, "EXACT", 1_000)
    monkeypatch.setattr(clusters, "LOOKED_AT", 250)
    left = iter(np.split(vectors, range(512, 2_000, 512)))
    loose = rows.of(entries, lambda _texts: next(left), lambda _rows: None)
    grouped = segment.sealed(loose)
    assert len(grouped.centres) == 89
    assert grouped.group_starts[-1] == 2_000
    hits = 0
    for query in vectors[:50]:
        exact = set(np.argsort(-(vectors @ query))[:10])
        found, cosines = grouped.near(query, None, 10)
        hits += len(exact & {int(grouped.rows.keys[place]) for place in found})
        best = int(found[cosines.argmax()])
        assert (vectors[grouped.rows.keys[best]] == query).all()
        # Its words moved with it.
        word = f" w{grouped.rows.keys[best] % 97} ".encode("utf-16-le")
        assert grouped.letters(best).tobytes() == word
    assert hits >= 475
