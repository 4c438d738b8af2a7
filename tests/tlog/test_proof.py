"""A proof to keep, written here and read by RFC 6962's rules and by the verifier that is carried away."""

import base64
from pathlib import Path

import pytest

from claims.tlog import merkle, note, proof
from clients.verify_log import DoesNotFit, main, verify_proof
from tests.tlog.store import Log

SIZES = (1, 2, 3, 255, 256, 257, 600)


@pytest.fixture(scope="module")
def signer() -> note.Signer:
    return note.Signer.generate("desk.example/log")


def proof_of(log: Log, index: int) -> bytes:
    size = len(log.headers)
    written = proof.proof(
        index, size, log.headers[index], log.checkpoint().decode(), log.nodes.read
    )
    return written.encode()


@pytest.mark.parametrize("size", SIZES)
def test_the_verifier_accepts_the_proof_of_every_corner_of_the_tree(
    size: int, signer: note.Signer
) -> None:
    log = Log([signer]).fill(size)
    for index in {0, size // 2, size - 1}:
        report = verify_proof(proof_of(log, index), str(signer.verifier), log.bodies[index])
        assert report.entry is not None
        assert (report.entry["number"], report.size, report.bodies) == (index, size, 1)


def test_its_lines_are_those_of_the_specification(signer: note.Signer) -> None:
    log = Log([signer]).fill(7)
    head, _, checkpoint = proof_of(log, 5).decode().partition("\n\n")
    first, extra, index, *hashes = head.split("\n")
    assert (first, index) == ("c2sp.org/tlog-proof@v1", "index 5")
    assert base64.b64decode(extra.removeprefix("extra ")) == log.headers[5]
    assert checkpoint == log.checkpoint().decode()
    merkle.verify_inclusion(
        merkle.leaf_hash(log.headers[5]),
        5,
        7,
        [base64.b64decode(line) for line in hashes],
        merkle.root(7, log.nodes.read),
    )


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (b"index 5", b"index 4", "not under the signed root"),
        (b"index 5", b"index 7", "not in this log, which had 7 entries"),
        (b"extra ey", b"extra ez", "not under the signed root"),
        (b"\n\ndesk.example/log\n7\n", b"\n\ndesk.example/log\n6\n", "did not sign"),
    ],
)
def test_a_changed_proof_is_refused(
    before: bytes, after: bytes, says: str, signer: note.Signer
) -> None:
    good = proof_of(Log([signer]).fill(7), 5)
    assert before in good
    with pytest.raises(DoesNotFit, match=says):
        verify_proof(good.replace(before, after, 1), str(signer.verifier))


def test_a_proof_that_is_too_short_or_too_long_is_refused(signer: note.Signer) -> None:
    head, gap, checkpoint = proof_of(Log([signer]).fill(7), 5).partition(b"\n\n")
    lines = head.split(b"\n")
    for changed in (lines[:-1], [*lines, lines[-1]]):
        with pytest.raises(DoesNotFit):
            verify_proof(b"\n".join(changed) + gap + checkpoint, str(signer.verifier))


def test_the_proof_of_another_key_or_another_body_is_refused(signer: note.Signer) -> None:
    log = Log([signer]).fill(3)
    stranger = note.Signer.generate("desk.example/log")
    with pytest.raises(DoesNotFit, match="not signed by the key given"):
        verify_proof(proof_of(log, 1), str(stranger.verifier))
    with pytest.raises(DoesNotFit, match="not the one its header was made for"):
        verify_proof(proof_of(log, 1), str(signer.verifier), log.bodies[2])


def test_the_command_verifies_a_kept_file_and_asks_nobody(
    signer: note.Signer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = Log([signer]).fill(3)
    kept, body = tmp_path / "entry-1.tlog-proof", tmp_path / "body"
    kept.write_bytes(proof_of(log, 1))
    body.write_bytes(log.bodies[1])
    key = ["--key", str(signer.verifier)]
    assert main(["--proof", str(kept), "--body", str(body), *key]) == 0
    assert "Entry 1 (original, " in capsys.readouterr().out
    kept.write_bytes(b"anything else")
    assert main(["--proof", str(kept), *key]) == 2
    assert "no tlog-proof" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(key)
