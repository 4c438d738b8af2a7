"""The verifier against an earlier checkpoint, for one entry, and through changes of keys."""

import base64
import hashlib
import json

import pytest

from claims.tlog import note, tiles
from clients.verify_log import DoesNotFit, verify
from tests.clients.logs import check, fetcher
from tests.tlog.store import Log

# --since


def test_todays_tree_contains_yesterdays(log: Log) -> None:
    yesterday = log.checkpoint()
    log.fill(4)
    report = check(log, since=yesterday)
    assert report.since == 5
    assert report.lines()[-1] == "The earlier checkpoint's 5 entries are there, unchanged."
    assert check(log, since=log.checkpoint()).since == 9
    assert check(log, since=Log(log.signers).checkpoint()).since == 0


@pytest.mark.parametrize("old", [1, 2, 3, 5, 8, 255, 256, 300, 512, 599])
def test_consistency_is_proved_from_tiles_too(long_log: Log, old: int) -> None:
    assert check(long_log, since=long_log.checkpoint(old), entry=7).since == old


def test_consistency_is_not_proved_by_tiles_that_lead_to_another_root(long_log: Log) -> None:
    """Leaf 200 is behind the old tree and below the hashes that prove entry 599."""
    path = tiles.path(0, 0)
    data = bytearray(long_log.files()[path])
    data[200 * 32] ^= 1
    files = long_log.files() | {path: bytes(data)}
    assert check(long_log, files, entry=599).size == 600
    with pytest.raises(DoesNotFit, match="the tiles do not lead to the signed root"):
        check(long_log, files, entry=599, since=long_log.checkpoint(100))


def test_entries_cut_off_the_end_are_found(log: Log, signer: note.Signer) -> None:
    shorter = Log([signer]).fill(3)
    with pytest.raises(DoesNotFit, match="entry 3: gone: the earlier checkpoint has 5") as found:
        check(shorter, since=log.checkpoint())
    assert found.value.entry == 3


def test_a_past_rewritten_by_the_holder_of_the_key_is_found(log: Log, signer: note.Signer) -> None:
    rewritten = Log([signer])
    rewritten.append(body={"says": "something else"})
    rewritten.fill(8)
    for entry in (None, 4):
        with pytest.raises(DoesNotFit, match="first 5 entries are not those of the earlier"):
            check(rewritten, since=log.checkpoint(), entry=entry)


def test_the_earlier_checkpoint_must_be_this_logs(log: Log, signer: note.Signer) -> None:
    other = Log([signer], origin="other.example/log").fill(5)
    stranger = Log([note.Signer.generate("desk.example/log")]).fill(5)
    for foreign in (other, stranger):
        with pytest.raises(DoesNotFit, match="the earlier checkpoint is another log's"):
            check(log, since=foreign.checkpoint())


def test_an_earlier_checkpoint_that_is_none_is_a_mistake_of_usage(log: Log) -> None:
    with pytest.raises(ValueError, match="signature lines are needed"):
        check(log, since=b"nothing")


# --entry


def test_one_entry_is_proved_from_a_handful_of_files(long_log: Log) -> None:
    asked: list[str] = []
    serve = fetcher(long_log)

    def fetch(path: str) -> bytes:
        asked.append(path)
        return serve(path)

    report = verify(fetch, str(long_log.signers[0].verifier), entry=300)
    assert sorted(asked) == [
        "body/300",
        "checkpoint",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
        "tile/entries/001",
    ]
    assert report.entry == json.loads(long_log.headers[300])
    assert "Entry 300 (original, https://desk.example/v/300, " in "\n".join(report.lines())


def test_an_entry_that_is_not_under_the_root_is_refused(log: Log) -> None:
    bundle = tiles.path(tiles.ENTRIES, 0, 5)
    headers = [*log.headers[:2], log.headers[2].replace(b"/v/2", b"/v/9"), *log.headers[3:]]
    with pytest.raises(DoesNotFit, match="entry 2: it is not under the signed root"):
        check(log, log.files() | {bundle: tiles.entry_bundle(headers)}, entry=2)


@pytest.mark.parametrize("entry", [5, -1])
def test_an_entry_outside_the_log_is_refused(log: Log, entry: int) -> None:
    with pytest.raises(DoesNotFit, match="not in this log, which has 5 entries"):
        check(log, entry=entry)


def test_a_withdrawn_body_needs_its_erasure_proved_as_well(log: Log) -> None:
    log.erase(2)
    assert check(log, entry=2).withdrawn == {2: 5}
    another = log.erase(3)
    for wrong in (4, another):
        log.withdrawn[2] = wrong
        with pytest.raises(DoesNotFit, match=f"entry {wrong} is not its erasure"):
            check(log, entry=2)


# Keys


def test_while_both_keys_sign_either_of_them_verifies(log: Log, signer: note.Signer) -> None:
    new = note.Signer.generate("desk.example/log")
    log.append("key", body=dict(note.key_change(log.origin, new, signer)))
    log.signers.append(new)
    old_id, new_id = (f"desk.example/log+{one.verifier.key_id.hex()}" for one in (signer, new))
    for key, trusted in ((signer, [old_id, new_id]), (new, [new_id])):
        report = verify(fetcher(log), str(key.verifier))
        assert report.signed_by == trusted
        assert f"entry 5: the key {signer.verifier} hands over to {new.verifier}" in report.notices
        assert report.breaks == []


def test_the_old_key_leads_to_the_new_one_after_it_has_stopped_signing(
    log: Log, signer: note.Signer
) -> None:
    new = note.Signer.generate("desk.example/log")
    yesterday = log.checkpoint()
    log.append("key", body=dict(note.key_change(log.origin, new, signer)))
    log.signers = [new]
    report = verify(fetcher(log), str(signer.verifier), since=yesterday)
    assert report.signed_by == [f"desk.example/log+{new.verifier.key_id.hex()}"]
    assert report.since == 5


def test_a_key_that_stands_alone_is_a_break_of_trust(log: Log, signer: note.Signer) -> None:
    new = note.Signer.generate("desk.example/log")
    log.append("key", body=dict(note.key_change(log.origin, new, signer.verifier)))
    log.signers = [new]
    with pytest.raises(DoesNotFit, match=r"entry 5: .*BREAK OF TRUST at entry 5") as found:
        verify(fetcher(log), str(signer.verifier))
    assert found.value.entry == 5
    report = verify(fetcher(log), str(new.verifier))
    assert report.breaks == [5]
    assert any(line.startswith("BREAK OF TRUST at entry 5") for line in report.lines())


def test_strangers_who_introduce_one_another_gain_no_trust(log: Log, signer: note.Signer) -> None:
    stranger, accomplice = (note.Signer.generate("desk.example/log") for _ in range(2))
    log.append("key", body=dict(note.key_change(log.origin, accomplice, stranger)))
    log.signers = [accomplice]
    with pytest.raises(DoesNotFit, match="not signed by the key given"):
        verify(fetcher(log), str(signer.verifier))


def test_a_key_introduced_for_another_log_is_refused(log: Log, signer: note.Signer) -> None:
    new = note.Signer.generate("desk.example/log")
    log.append("key", body=dict(note.key_change("other.example/log", new, signer)))
    with pytest.raises(DoesNotFit, match="entry 5: its introduction is not"):
        check(log)


def test_an_introduction_the_old_key_did_not_sign_as_claimed_is_refused(
    log: Log, signer: note.Signer
) -> None:
    new = note.Signer.generate("desk.example/log")
    change = note.key_change(log.origin, new, signer)
    lines = change["introduction"].split("\n")
    lines[-3] = signer.line("another text\n").rstrip("\n")
    log.append("key", body=dict(change | {"introduction": "\n".join(lines)}))
    with pytest.raises(DoesNotFit, match=r"entry 5: .* did not sign its introduction"):
        check(log)


@pytest.mark.parametrize("body", [{}, {"old_key": "x", "new_key": "y", "introduction": "z"}])
def test_a_key_entry_that_introduces_nothing_is_named(log: Log, body: dict[str, object]) -> None:
    log.append("key", body=body)
    with pytest.raises(DoesNotFit, match="entry 5: its body is no change of keys"):
        check(log)


def test_a_mistyped_key_is_a_mistake_of_usage(log: Log) -> None:
    key = str(log.signers[0].verifier)
    with pytest.raises(ValueError, match="damaged"):
        verify(fetcher(log), key.replace("example/log", "example/lag"))
    with pytest.raises(ValueError, match="no Ed25519 verifier key"):
        verify(fetcher(log), "nonsense")


def test_a_key_of_another_signature_type_is_refused(log: Log) -> None:
    """Type 0x04 is a witness's key: its signatures are not of this form."""
    material = b"\x04" + log.signers[0].verifier.public
    key_id = hashlib.sha256(b"desk.example/log\n" + material).hexdigest()[:8]
    with pytest.raises(ValueError, match="no Ed25519 verifier key"):
        verify(fetcher(log), f"desk.example/log+{key_id}+{base64.b64encode(material).decode()}")


def test_the_client_finds_the_body_hash_that_was_written_out(log: Log) -> None:
    """The log's promise in one line, without the client: sha256 of what /body/N serves."""
    header = json.loads(log.headers[3])
    assert hashlib.sha256(log.files()["body/3"]).hexdigest() == header["body_sha256"]
    assert check(log).bodies == 5
