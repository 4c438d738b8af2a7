"""The verifier from outside, against a log in memory whose files are tampered with."""

import base64
import hashlib
import json
from collections.abc import Callable

import pytest

from claims.tlog import merkle, note, tiles
from clients.verify_log import DoesNotFit, Gone, Report, verify
from tests.tlog.store import Log

Files = dict[str, bytes]


def fetcher(log: Log, files: Files | None = None) -> Callable[[str], bytes]:
    served = log.files() if files is None else files

    def fetch(path: str) -> bytes:
        if path not in served:
            number = path.removeprefix("body/")
            if number.isdigit() and int(number) in log.withdrawn:
                raise Gone(log.withdrawn[int(number)])
            raise FileNotFoundError(path)
        return served[path]

    return fetch


@pytest.fixture(scope="module")
def signer() -> note.Signer:
    return note.Signer.generate("desk.example/log")


@pytest.fixture
def log(signer: note.Signer) -> Log:
    return Log([signer]).fill(5)


@pytest.fixture(scope="module")
def long_log(signer: note.Signer) -> Log:
    return Log([signer]).fill(600)


def check(log: Log, files: Files | None = None, **options: object) -> Report:
    key = str(log.signers[0].verifier)
    return verify(fetcher(log, files), key, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 513])
def test_an_honest_log_fits_at_every_size(size: int, signer: note.Signer) -> None:
    log = Log([signer]).fill(size)
    report = check(log)
    assert (report.size, report.bodies, report.withdrawn) == (size, size, {})
    assert report.root == merkle.root(size, log.nodes.read)


def test_a_log_that_fills_two_levels_of_tiles_fits(signer: note.Signer) -> None:
    log = Log([signer]).fill(65_537)
    assert tiles.Tile(2, 0, 1) in tiles.of_tree(65_537)
    assert check(log).root == merkle.root(65_537, log.nodes.read)
    assert check(log, entry=65_536).entry == json.loads(log.headers[65_536])


def test_the_report_says_what_was_verified_and_what_cannot_be_seen(log: Log) -> None:
    lines = check(log).lines()
    assert lines[0] == "Verified checkpoint:"
    assert lines[1:3] == ["  desk.example/log", "  5"]
    assert "5 entries lead to this root; 5 bodies fit them." in lines
    assert lines[-1].startswith(
        "No earlier checkpoint was given (--since): whether entries were cut"
    )


def test_all_kinds_of_entry_fit_together(log: Log) -> None:
    log.append("update", id="https://desk.example/v/0", replaces=0)
    log.append("correction", id="https://desk.example/v/0", replaces=5)
    log.append("translation", id="https://desk.example/v/1", replaces=1)
    log.append("retraction", id="https://desk.example/v/1", replaces=1)
    log.append("audit", id="https://desk.example/log")
    log.erase(1)
    assert check(log).size == 11


# One byte


def test_a_changed_byte_in_any_file_is_found_and_its_entry_named(log: Log) -> None:
    honest = log.files()
    for path, data in honest.items():
        for position in range(len(data)):
            changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
            with pytest.raises(DoesNotFit) as found:
                check(log, honest | {path: changed})
            if path.startswith("body/"):
                assert found.value.entry == int(path[5:])
            elif path.startswith("tile/0/"):
                assert found.value.entry == position // 32
            elif path.startswith("tile/entries/"):
                at, entry = 0, 0
                while position >= (at := at + 2 + len(log.headers[entry])):
                    entry += 1
                # A changed length shifts what follows it, and may be felt one entry later.
                assert found.value.entry in (entry, entry + 1), (position, str(found.value))


def test_a_changed_header_that_is_still_one_is_found_by_its_hash(long_log: Log) -> None:
    files = long_log.files()
    path = tiles.path(tiles.ENTRIES, 1)
    headers = long_log.headers[256:512]
    headers[44] = headers[44].replace(b"/v/300", b"/v/301")
    with pytest.raises(DoesNotFit, match="entry 300: entry and tile 0 disagree"):
        check(long_log, files | {path: tiles.entry_bundle(headers)})


def test_a_changed_tile_above_is_found_and_its_range_named(long_log: Log) -> None:
    path = tiles.path(1, 0, 2)
    data = bytearray(long_log.files()[path])
    data[40] ^= 1
    with pytest.raises(DoesNotFit, match=r"entry 256: .*up to 511") as found:
        check(long_log, long_log.files() | {path: bytes(data)})
    assert found.value.entry == 256


# Drop, swap, truncate


def test_a_dropped_entry_is_named(log: Log) -> None:
    bundle = tiles.path(tiles.ENTRIES, 0, 5)
    kept = [*log.headers[:2], *log.headers[3:]]
    with pytest.raises(DoesNotFit, match="entry 2: its header says that it is entry 3"):
        check(log, log.files() | {bundle: tiles.entry_bundle(kept)})


def test_two_swapped_entries_are_named_at_the_first(log: Log) -> None:
    bundle = tiles.path(tiles.ENTRIES, 0, 5)
    one, two = log.headers[1], log.headers[3]
    swapped = [log.headers[0], two, log.headers[2], one, log.headers[4]]
    with pytest.raises(DoesNotFit, match="entry 1: its header says that it is entry 3"):
        check(log, log.files() | {bundle: tiles.entry_bundle(swapped)})


def test_two_swapped_bodies_are_named_at_the_first(log: Log) -> None:
    files = log.files()
    files["body/1"], files["body/3"] = files["body/3"], files["body/1"]
    with pytest.raises(DoesNotFit, match="entry 1: its body is not the one"):
        check(log, files)


@pytest.mark.parametrize(("cut", "entry"), [(1, 4), (300, 3)])
def test_a_truncated_bundle_is_named_where_it_ends(log: Log, cut: int, entry: int) -> None:
    bundle = tiles.path(tiles.ENTRIES, 0, 5)
    with pytest.raises(DoesNotFit) as found:
        check(log, log.files() | {bundle: log.files()[bundle][:-cut]})
    assert found.value.entry == entry


def test_a_bundle_that_goes_on_is_refused(log: Log) -> None:
    bundle = tiles.path(tiles.ENTRIES, 0, 5)
    with pytest.raises(DoesNotFit, match=r"entry 5: .*goes on behind its end"):
        check(log, log.files() | {bundle: log.files()[bundle] + b"\x00\x01x"})


def test_a_missing_bundle_is_named(long_log: Log) -> None:
    files = long_log.files()
    del files[tiles.path(tiles.ENTRIES, 1)]
    with pytest.raises(DoesNotFit, match="entry 256: tile/entries/001, which the checkpoint"):
        check(long_log, files)


def test_a_partial_file_may_have_given_way_to_the_full_one(signer: note.Signer) -> None:
    """The checkpoint is of 200 entries; 256 are there, and the partial files are gone."""
    log = Log([signer]).fill(256)
    files = log.files() | {"checkpoint": log.checkpoint(200)}
    assert check(log, files).size == 200
    assert check(log, files, entry=199).size == 200


# Forge


def test_a_log_rewritten_without_the_key_is_found(log: Log, signer: note.Signer) -> None:
    forged = Log([signer]).fill(2)
    forged.append(body={"says": "something else"})
    forged.fill(2)
    with pytest.raises(DoesNotFit, match="agree with one another, but not with the signed root"):
        check(log, forged.files() | {"checkpoint": log.checkpoint()})


def test_with_an_earlier_checkpoint_the_rewritten_part_is_narrowed_down(
    log: Log, signer: note.Signer
) -> None:
    forged = Log([signer]).fill(3)
    forged.append(body={"says": "something else"})
    forged.fill(1)
    files = forged.files() | {"checkpoint": log.checkpoint()}
    with pytest.raises(DoesNotFit, match="vouches for those before") as found:
        check(log, files, since=log.checkpoint(3))
    assert found.value.entry == 3


def test_a_checkpoint_of_another_key_is_refused(log: Log) -> None:
    stranger = note.Signer.generate("desk.example/log")
    forged = Log([stranger]).fill(5)
    with pytest.raises(DoesNotFit, match=r"not signed by the key given, but by desk"):
        check(log, forged.files())


def test_a_stranger_who_takes_the_keys_name_and_hash_is_refused(
    log: Log, signer: note.Signer
) -> None:
    stranger = note.Signer.generate("desk.example/log")
    body = note.checkpoint_body("desk.example/log", 5, bytes(32))
    line = stranger.line(body).split(" ")
    raw = signer.verifier.key_id + base64.b64decode(line[2])[4:]
    forged = body + "\n" + f"— {line[1]} {base64.b64encode(raw).decode()}\n"
    with pytest.raises(DoesNotFit, match="did not sign the checkpoint"):
        check(log, log.files() | {"checkpoint": forged.encode()})


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe", b"a\nb\nc\n\n", b"a\n\n\n"])
def test_what_is_no_checkpoint_is_said_to_be_none(log: Log, content: bytes) -> None:
    with pytest.raises(DoesNotFit, match="the checkpoint is none"):
        check(log, log.files() | {"checkpoint": content})


# Headers no desk should have written


def raw_log(signer: note.Signer, headers: list[bytes]) -> Log:
    log = Log([signer])
    for index, header in enumerate(headers):
        log.nodes.append(index, header)
        log.headers.append(header)
    return log


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"number": 7}, "says that it is entry 7"),
        ({"number": "1"}, "six fields in canonical JSON"),
        ({"number": True}, "six fields in canonical JSON"),
        ({"more": 1}, "six fields in canonical JSON"),
        ({"kind": "rumour"}, "its kind 'rumour' is none"),
        ({"kind": "retraction"}, "cannot replace entry -1"),
        ({"kind": "erasure"}, "cannot replace entry -1"),
        ({"replaces": 1}, "cannot replace entry 1"),
        ({"replaces": -2}, "cannot replace entry -2"),
        ({"kind": "update", "replaces": 0, "id": "other"}, "replaces entry 0, which has another"),
        ({"published_at": "2026-11-24T09:00:00.000000+00:00"}, "is malformed or before"),
        ({"published_at": "2026-11-24T08:59:59.999999Z"}, "or before 2026-11-24T09:00:00.000000Z"),
    ],
)
def test_a_signed_header_that_breaks_the_rules_is_named(
    signer: note.Signer, change: dict[str, object], says: str
) -> None:
    honest = Log([signer]).fill(2)
    header = json.loads(honest.headers[1]) | change
    raw = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(DoesNotFit, match=says) as found:
        check(raw_log(signer, [honest.headers[0], raw]))
    assert found.value.entry == 1


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"null", b"{", b"\xff", b'{"a":1, "b":2}'])
def test_a_leaf_that_is_no_header_is_named(signer: note.Signer, raw: bytes) -> None:
    with pytest.raises(DoesNotFit, match="entry 0: its header is not the six fields"):
        check(raw_log(signer, [raw]))


def test_a_header_with_a_space_is_not_canonical(signer: note.Signer) -> None:
    raw = Log([signer]).fill(1).headers[0].replace(b":", b": ", 1)
    with pytest.raises(DoesNotFit, match="canonical JSON"):
        check(raw_log(signer, [raw]))


# Erasure


def test_a_body_withdrawn_by_an_erasure_passes_and_is_reported(log: Log) -> None:
    by = log.erase(2)
    report = check(log)
    assert report.withdrawn == {2: 5}
    assert by == 5
    assert "entry 2: body withdrawn by entry 5" in report.lines()


def test_a_body_withdrawn_without_an_erasure_entry_does_not_fit(log: Log) -> None:
    del log.bodies[2]
    log.withdrawn[2] = 4
    with pytest.raises(DoesNotFit, match=r"entry 2: .*no entry of kind erasure names it"):
        check(log)


def test_a_body_that_is_simply_missing_does_not_fit(log: Log) -> None:
    files = log.files()
    del files["body/2"]
    with pytest.raises(DoesNotFit, match="entry 2: its body is missing, not withdrawn"):
        check(log, files)


def test_a_body_still_served_after_its_erasure_is_reported(log: Log) -> None:
    kept = log.bodies[2]
    log.erase(2)
    report = check(log, log.files() | {"body/2": kept})
    assert "entry 2: its body is still served, though entry 5 withdraws it" in report.lines()


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
    log.withdrawn[2] = 4
    with pytest.raises(DoesNotFit, match="entry 4 is not its erasure"):
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


def test_the_client_finds_the_body_hash_that_was_written_out(log: Log) -> None:
    """The log's promise in one line, without the client: sha256 of what /body/N serves."""
    header = json.loads(log.headers[3])
    assert hashlib.sha256(log.files()["body/3"]).hexdigest() == header["body_sha256"]
    assert check(log).bodies == 5
