"""What is left of the index when its writer dies, and what is said of files that are no index."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claims.similarity import index
from claims.similarity.entries import Entry
from tests.similarity import town

AGAIN = "build it anew from the rows"


class Killed(BaseException):
    """The end of the process, which no handler catches."""


def _dies_at(monkeypatch, step):
    """Let the ``step``-th sync, rename or unlink never happen."""
    left = [step]

    def counted(real):
        def instead(*args, **options):
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return real(*args, **options)

        return instead

    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))


@pytest.mark.parametrize("step", range(14))
def test_a_writer_that_dies_leaves_the_state_before_or_after_and_the_next_goes_on(
    tmp_path, monkeypatch, step
):
    opened = index.build(tmp_path, town.TOWN)
    opened.remove([7])
    finished = False
    with monkeypatch.context() as patched:
        _dies_at(patched, step)
        try:
            opened.add([Entry(7, "en", town.BRIDGE), *town.many(1)])
            finished = True
        except Killed:
            pass
    assert len(index.Index.open(tmp_path)) in ({8} if finished else {6, 8})
    opened.add(town.many(1, first=3_000))
    assert len(opened) in (7, 9)
    assert opened.search(town.BRIDGE_TR, "tr", 1)[0].key == 3
    # What the dead one left is gone, except what is written over next time.
    listed = json.loads((tmp_path / "current.json").read_text())["segments"]
    assert {path.name for path in tmp_path.glob("*.segment") if path.name[:4] != "new-"} == {
        name for name, _ in listed
    }


def test_the_steps_above_are_all_of_them(tmp_path, monkeypatch):
    opened = index.build(tmp_path, town.TOWN)
    opened.remove([7])
    _dies_at(monkeypatch, 13)
    opened.add([Entry(7, "en", town.BRIDGE), *town.many(1)])


def test_a_killed_process_gives_the_lock_back(tmp_path):
    index.build(tmp_path, town.TOWN)
    holds = (
        "import sys, os, signal, pathlib\n"
        "from claims.similarity.index import store\n"
        "with store._writing(pathlib.Path(sys.argv[1])):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", holds, str(tmp_path)], cwd=root, check=False)
    assert ended.returncode == -9
    index.Index.open(tmp_path).remove([1])


def test_without_an_index_it_says_so(tmp_path):
    with pytest.raises(index.NoIndex, match=r"no index in .* yet"):
        index.Index.open(tmp_path)
    with pytest.raises(index.NoIndex):
        index.Index.open(tmp_path / "nowhere")
    with pytest.raises(index.NoIndex):
        index.Index(tmp_path / "nowhere").add(town.TOWN)


def _segment(folder):
    return next(folder.glob("*.segment"))


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-100]), "is cut off"),
        (lambda path: path.write_bytes(b""), "is no file of an index"),
        (lambda path: path.write_bytes(b"x" * 5_000), "is no file of an index"),
        (lambda path: path.write_bytes(path.read_bytes()[:40]), "is no file of an index"),
        (
            lambda path: path.write_bytes(path.read_bytes()[:60] + b"!" + path.read_bytes()[61:]),
            "header of .* is damaged",
        ),
        (lambda path: path.unlink(), "is missing"),
    ],
)
def test_a_damaged_segment_is_told_with_what_to_do(tmp_path, spoil, why):
    index.build(tmp_path, town.TOWN)
    spoil(_segment(tmp_path))
    with pytest.raises(index.BrokenIndex, match=f"{why}.*{AGAIN}"):
        index.Index.open(tmp_path)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('{"format": 1, "model": "usem3-multilingual-3", "segments": []}', "another version"),
        ('{"format": 2, "model": "other", "segments": []}', "of another embedding"),
        ("[1]", "another version"),
        ("{", "is damaged"),
    ],
)
def test_an_index_of_another_kind_is_told_with_what_to_do(tmp_path, said, why):
    index.build(tmp_path, town.TOWN)
    (tmp_path / "current.json").write_text(said)
    with pytest.raises(index.BrokenIndex, match=f"{why}.*{AGAIN}"):
        index.Index.open(tmp_path)


def test_a_broken_index_can_be_built_anew_in_its_place(tmp_path):
    index.build(tmp_path, town.TOWN)
    _segment(tmp_path).write_bytes(b"")
    (tmp_path / "current.json").write_text("{")
    assert len(index.build(tmp_path, town.TOWN)) == 7
    assert len(list(tmp_path.glob("*.segment"))) == 1


def test_only_files_of_the_index_are_cleared(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    index.build(tmp_path, town.TOWN).remove([1])
    assert (tmp_path / "notes.txt").read_text() == "mine"
