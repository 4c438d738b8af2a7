"""A whole log of ours, read by aics-tlog, which nobody here wrote.

aics-tlog is released for Python 3.12 and later; below, test_merkle.py (pymerkle) and test_note.py
(plain Ed25519 over written-out bytes) are what is not ours.
"""

import pytest

from claims.tlog import merkle, note, tiles
from tests.tlog.store import Log

aics_tlog = pytest.importorskip(
    "aics_tlog",
    reason="aics-tlog is not installed (it needs Python 3.12): its check of the log did not run",
)


@pytest.fixture(scope="module")
def signer() -> note.Signer:
    return note.Signer.generate("desk.example/log")


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 1000])
def test_it_verifies_checkpoint_tiles_and_entries_of_a_log(size: int, signer: note.Signer) -> None:
    log = Log([signer]).fill(size)
    files = log.files()
    result = aics_tlog.verify_checkpoint(
        aics_tlog.parse_note(files["checkpoint"]),
        aics_tlog.parse_vkey(str(signer.verifier)),
        [],
        quorum=0,
    )
    assert result.ok, result
    checkpoint = aics_tlog.parse_checkpoint(files["checkpoint"].split(b"\n\n")[0].decode() + "\n")
    assert (checkpoint.origin, checkpoint.size) == ("desk.example/log", size)
    reader = aics_tlog.MemoryTileReader(files)
    assert aics_tlog.tree_root_from_tiles(reader, size) == checkpoint.root
    if size:
        verified = aics_tlog.VerifiedTileReader(reader, checkpoint.size, checkpoint.root)
        assert [verified.entry(index) for index in range(size)] == log.headers
        aics_tlog.audit_tiles(reader, checkpoint.size, checkpoint.root)


def test_it_writes_the_same_files() -> None:
    log = Log([note.Signer.generate("desk.example/log")]).fill(600)
    theirs = aics_tlog.TileWriter(log.headers).materialise()
    ours = {path: data for path, data in log.files().items() if path.startswith("tile/")}
    assert ours == theirs


def test_it_accepts_our_proofs_and_we_accept_its() -> None:
    log = Log([note.Signer.generate("desk.example/log")]).fill(300)
    theirs = aics_tlog.MerkleTree(log.headers)
    roots = {size: merkle.root(size, log.nodes.read) for size in range(301)}
    for index, size in ((0, 1), (0, 300), (255, 256), (256, 300), (299, 300), (5, 11)):
        leaf, root = merkle.leaf_hash(log.headers[index]), roots[size]
        proof = merkle.inclusion_proof(index, size, log.nodes.read)
        assert aics_tlog.verify_inclusion(leaf, index, size, proof, root)
        assert merkle.verify_inclusion(leaf, index, size, theirs.inclusion_proof(index, size), root)
    for old, new in ((0, 5), (1, 300), (6, 11), (255, 257), (256, 300), (300, 300)):
        proof = merkle.consistency_proof(old, new, log.nodes.read)
        assert aics_tlog.verify_consistency(old, new, roots[old], roots[new], proof)
        assert proof == theirs.consistency_proof(old, new)


def test_it_reads_tile_paths_as_we_do() -> None:
    assert aics_tlog.tiles.tile_path(1, 1_234_067, 8) == tiles.path(1, 1_234_067, 8)
    assert aics_tlog.tiles.entry_bundle_path(1_234_067) == tiles.path(tiles.ENTRIES, 1_234_067)


def test_it_reads_a_checkpoint_signed_by_two_keys(signer: note.Signer) -> None:
    new = note.Signer.generate("desk.example/log")
    text = Log([signer, new]).fill(3).checkpoint()
    for key in (signer, new):
        assert aics_tlog.verify_note(
            aics_tlog.parse_note(text), [aics_tlog.parse_vkey(str(key.verifier))]
        )
