import pytest

from claims.tlog import merkle, tiles
from tests.tlog.store import tree


@pytest.mark.parametrize(
    ("level", "index", "width", "address"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 0, 1, "tile/0/000.p/1"),
        (3, 999, 256, "tile/3/999"),
        (0, 1000, 256, "tile/0/x001/000"),
        (63, 1_234_067, 255, "tile/63/x001/x234/067.p/255"),
        (tiles.ENTRIES, 1_234_067, 256, "tile/entries/x001/x234/067"),
        (tiles.ENTRIES, 5, 17, "tile/entries/005.p/17"),
    ],
)
def test_an_address_and_its_tile_are_one_to_one(
    level: int, index: int, width: int, address: str
) -> None:
    assert tiles.path(level, index, width) == address
    assert tiles.parse_path(address) == tiles.Tile(level, index, width)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/000/",
        "tile/0/000\n",
        "/tile/0/000",
        "tile/0/../000",
        "tile/٠/000",
        "tile/entries/000.p/",
        "tile/bodies/000",
    ],
)
def test_any_other_spelling_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="no tile's path"):
        tiles.parse_path(address)


@pytest.mark.parametrize(
    ("level", "index", "width"), [(64, 0, 1), (-2, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)]
)
def test_an_impossible_tile_has_no_address(level: int, index: int, width: int) -> None:
    with pytest.raises(ValueError, match="can exist"):
        tiles.path(level, index, width)


def test_the_tiles_of_a_tree_are_those_the_specification_counts() -> None:
    """Its example: 70,000 entries."""
    found = tiles.of_tree(70_000)
    hashes = [one for one in found if one.level >= 0]
    full = [one.level for one in hashes if one.width == 256]
    partial = [one for one in hashes if one.width < 256]
    assert (full.count(0), full.count(1), full.count(2)) == (273, 1, 0)
    assert partial == [tiles.Tile(0, 273, 112), tiles.Tile(1, 1, 17), tiles.Tile(2, 0, 1)]


def test_a_full_bundle_brings_the_first_hash_of_the_level_above() -> None:
    assert tiles.of_tree(256) == [
        tiles.Tile(tiles.ENTRIES, 0, 256),
        tiles.Tile(0, 0, 256),
        tiles.Tile(1, 0, 1),
    ]
    assert tiles.of_tree(0) == []


def test_a_tile_exists_once_the_tree_is_large_enough() -> None:
    assert tiles.exists(tiles.Tile(0, 1, 44), 300)
    assert not tiles.exists(tiles.Tile(0, 1, 45), 300)
    assert tiles.exists(tiles.Tile(tiles.ENTRIES, 0), 256)
    assert not tiles.exists(tiles.Tile(tiles.ENTRIES, 0), 255)
    assert tiles.exists(tiles.Tile(1, 0, 1), 256)
    assert not tiles.exists(tiles.Tile(1, 0, 1), 255)


def test_a_tile_holds_leaf_hashes_and_the_one_above_the_roots_of_full_tiles() -> None:
    nodes = tree(300)
    lowest = tiles.tile(0, 1, 44, nodes.read)
    assert len(lowest) == 44 * 32
    assert lowest[:32] == merkle.leaf_hash(b"256")
    assert tiles.tile(1, 0, 1, nodes.read) == merkle.root(256, tree(256).read)


def test_an_entry_lies_behind_its_length_in_two_bytes() -> None:
    assert tiles.entry_bundle([b"ab", b"", b"c"]) == b"\x00\x02ab\x00\x00\x00\x01c"
    assert tiles.parse_entry_bundle(b"\x00\x02ab\x00\x00\x00\x01c") == [b"ab", b"", b"c"]
    largest = b"x" * 65_535
    assert tiles.parse_entry_bundle(tiles.entry_bundle([largest])) == [largest]


def test_an_entry_too_long_for_its_length_field_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 65535 bytes, not 65536"):
        tiles.entry_bundle([b"x" * 65_536])
    with pytest.raises(ValueError, match="1 to 256 entries, not 257"):
        tiles.entry_bundle([b""] * 257)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x00", "inside its entry 0"),
        (b"\x00\x02a", "inside its entry 0"),
        (b"\x00\x01a\x00", "inside its entry 1"),
        (b"\x00\x01a\xff\xffb", "inside its entry 1"),
        (b"", "1 to 256 entries, not 0"),
        (b"\x00\x00" * 257, "1 to 256 entries, not 257"),
    ],
)
def test_a_bundle_cut_short_or_over_full_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        tiles.parse_entry_bundle(data)
