from datetime import UTC, datetime, timedelta, timezone

import pytest

from claims.tlog import entry

NOON = datetime(2026, 11, 24, 12, 0, 0, 7, tzinfo=UTC)
HASH = "ab" * 32


def test_a_header_is_canonical_json() -> None:
    assert entry.header(3, "correction", "https://desk.example/v/1", 0, NOON, HASH) == (
        b'{"body_sha256":"abababababababababababababababababababababababababababababababab",'
        b'"id":"https://desk.example/v/1","kind":"correction","number":3,'
        b'"published_at":"2026-11-24T12:00:00.000007Z","replaces":0}'
    )


def test_an_id_in_arabic_is_written_out_and_not_escaped() -> None:
    encoded = entry.header(0, "original", "https://desk.example/حكم", -1, NOON, HASH)
    assert '"id":"https://desk.example/حكم"'.encode() in encoded


def test_times_are_utc_with_all_six_digits() -> None:
    ankara = timezone(timedelta(hours=3))
    assert entry.timestamp(datetime(2026, 1, 2, 3, 4, 5, tzinfo=ankara)) == (
        "2026-01-02T00:04:05.000000Z"
    )
    with pytest.raises(ValueError, match="has none"):
        entry.timestamp(datetime(2026, 1, 2))


@pytest.mark.parametrize(
    ("number", "kind", "id", "replaces", "digest", "says"),
    [
        (0, "rumour", "a", -1, HASH, "Known: original, update, correction, retraction"),
        (1, "update", "a", 1, HASH, "only an earlier one"),
        (1, "update", "a", -2, HASH, "only an earlier one"),
        (1, "update", "a", -1, HASH, "must name the one it replaces"),
        (1, "erasure", "a", -1, HASH, "must name the one it replaces"),
        (-1, "original", "a", -1, HASH, "0 or more"),
        (0, "original", "", -1, HASH, "has no id"),
        (0, "original", "a", -1, HASH.upper(), "64 lower-case hex"),
        (0, "original", "a", -1, HASH + "\n", "64 lower-case hex"),
        (0, "original", "a" * 65_536, -1, HASH, "65535 are allowed"),
    ],
)
def test_a_header_no_verifier_would_accept_is_not_made(
    number: int, kind: str, id: str, replaces: int, digest: str, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        entry.header(number, kind, id, replaces, NOON, digest)
