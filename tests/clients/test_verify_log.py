"""The verifier against a log in memory whose files are tampered with."""

import base64
import json

import pytest

from claims.tlog import merkle, note, tiles
from clients.verify_log import DoesNotFit
from tests.clients.logs import check
from tests.tlog.store import Log


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
