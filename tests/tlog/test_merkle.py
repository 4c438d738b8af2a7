import hashlib

import pytest
from pymerkle import InmemoryTree

from claims.tlog import merkle
from tests.tlog.store import Nodes, tree

SIZES = (0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 1000)


@pytest.fixture(scope="module")
def thousand() -> Nodes:
    return tree(1000)


@pytest.fixture(scope="module")
def independent() -> InmemoryTree:
    """The same leaves in an implementation that is not ours."""
    return InmemoryTree.init_from_entries([str(i).encode() for i in range(1000)])


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root(0, Nodes().read).hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_leaf_and_node_hashes_are_prefixed_so_that_neither_passes_for_the_other() -> None:
    # sha256 of one zero byte: the leaf hash of the empty entry, as certificate logs test it.
    assert merkle.leaf_hash(b"").hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.node_hash(left, right) == hashlib.sha256(b"\x01" + left + right).digest()


def test_three_leaves_written_out_by_hand() -> None:
    def sha(data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    a, b, c = (sha(b"\x00" + text) for text in (b"0", b"1", b"2"))
    assert merkle.root(3, tree(3).read) == sha(b"\x01" + sha(b"\x01" + a + b) + c)


@pytest.mark.parametrize("size", SIZES)
def test_another_implementation_finds_the_same_root(
    size: int, thousand: Nodes, independent: InmemoryTree
) -> None:
    assert merkle.root(size, thousand.read) == independent.get_root(size)


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537])
def test_another_implementation_finds_the_same_root_around_two_full_tile_levels(size: int) -> None:
    other = InmemoryTree.init_from_entries([str(i).encode() for i in range(size)])
    assert merkle.root(size, tree(size).read) == other.get_root()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 255, 256, 257, 1000])
def test_another_implementation_builds_the_same_inclusion_proofs(
    size: int, thousand: Nodes, independent: InmemoryTree
) -> None:
    root = independent.get_root(size)
    for index in {0, 1, size // 2, size - 2, size - 1} & set(range(size)):
        proof = merkle.inclusion_proof(index, size, thousand.read)
        # pymerkle's path begins with the leaf's own hash.
        theirs = independent.prove_inclusion(index + 1, size).path
        assert [merkle.leaf_hash(str(index).encode()), *proof] == theirs
        leaf = merkle.leaf_hash(str(index).encode())
        assert merkle.verify_inclusion(leaf, index, size, proof, root)


def test_every_pair_of_small_sizes_is_proved_consistent(
    thousand: Nodes, independent: InmemoryTree
) -> None:
    pairs = [(old, new) for new in range(1, 34) for old in range(new + 1)]
    for old, new in [*pairs, (255, 256), (256, 257), (255, 1000), (256, 1000), (512, 1000)]:
        proof = merkle.consistency_proof(old, new, thousand.read)
        assert merkle.verify_consistency(
            old, new, independent.get_root(old), independent.get_root(new), proof
        ), (old, new)


def test_the_example_tree_of_the_rfc_has_the_proofs_it_names() -> None:
    """RFC 6962, 2.1.3: seven leaves, the nodes named a to l as there."""
    stored = tree(7)
    level_zero = {letter: stored[0, i] for i, letter in enumerate("abcdef")} | {"j": stored[0, 6]}
    g, h, i, k = stored[1, 0], stored[1, 1], stored[1, 2], stored[2, 0]
    names = level_zero | {"g": g, "h": h, "i": i, "k": k}
    names["l"] = merkle.node_hash(i, names["j"])

    def nodes(letters: str) -> list[bytes]:
        return [names[letter] for letter in letters]

    assert merkle.inclusion_proof(0, 7, stored.read) == nodes("bhl")
    assert merkle.inclusion_proof(3, 7, stored.read) == nodes("cgl")
    assert merkle.inclusion_proof(4, 7, stored.read) == nodes("fjk")
    assert merkle.inclusion_proof(6, 7, stored.read) == nodes("ik")
    assert merkle.consistency_proof(3, 7, stored.read) == nodes("cdgl")
    assert merkle.consistency_proof(4, 7, stored.read) == nodes("l")
    assert merkle.consistency_proof(6, 7, stored.read) == nodes("ijk")


def test_no_other_leaf_index_size_or_root_passes_an_inclusion_proof(thousand: Nodes) -> None:
    leaf, root = merkle.leaf_hash(b"5"), merkle.root(11, thousand.read)
    proof = merkle.inclusion_proof(5, 11, thousand.read)
    assert merkle.verify_inclusion(leaf, 5, 11, proof, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"6"), 5, 11, proof, root)
    assert not merkle.verify_inclusion(leaf, 4, 11, proof, root)
    assert not merkle.verify_inclusion(leaf, 5, 5, proof, root)
    assert not merkle.verify_inclusion(leaf, 5, 11, proof[:-1], root)
    assert not merkle.verify_inclusion(leaf, 5, 11, [*proof, root], root)
    assert not merkle.verify_inclusion(leaf, 5, 11, proof[::-1], root)
    assert not merkle.verify_inclusion(leaf, 5, 11, proof, merkle.root(12, thousand.read))


def test_a_proof_cannot_stop_short_of_the_size_it_is_given_for(thousand: Nodes) -> None:
    """The root of two leaves, passed off as that of three."""
    first, second = merkle.leaf_hash(b"0"), merkle.leaf_hash(b"1")
    root = merkle.root(2, thousand.read)
    assert merkle.verify_inclusion(first, 0, 2, [second], root)
    assert not merkle.verify_inclusion(first, 0, 3, [second], root)
    assert merkle.verify_consistency(1, 2, first, root, [second])
    assert not merkle.verify_consistency(1, 3, first, root, [second])


def test_a_rewritten_past_passes_no_consistency_proof(thousand: Nodes) -> None:
    old, new = merkle.root(6, thousand.read), merkle.root(11, thousand.read)
    proof = merkle.consistency_proof(6, 11, thousand.read)
    assert merkle.verify_consistency(6, 11, old, new, proof)
    forged = Nodes()
    for index in range(11):
        forged.append(index, b"forged" if index == 2 else str(index).encode())
    forged_root = merkle.root(11, forged.read)
    forged_proof = merkle.consistency_proof(6, 11, forged.read)
    assert not merkle.verify_consistency(6, 11, old, forged_root, forged_proof)
    assert not merkle.verify_consistency(6, 11, old, forged_root, proof)
    assert not merkle.verify_consistency(5, 11, old, new, proof)
    assert not merkle.verify_consistency(11, 6, new, old, proof)
    assert not merkle.verify_consistency(6, 11, old, new, proof[1:])
    assert not merkle.verify_consistency(6, 11, old, new, [*proof, old])
    assert not merkle.verify_consistency(0, 11, old, new, [])
    assert not merkle.verify_consistency(6, 6, old, new, [])


def test_a_root_is_read_from_no_more_nodes_than_its_size_has_bits(thousand: Nodes) -> None:
    thousand.reads = 0
    merkle.root(1000, thousand.read)
    assert thousand.reads == 6  # 1000 = 0b1111101000


def test_appending_closes_the_subtrees_that_end_at_the_leaf() -> None:
    nodes = tree(7)
    made = merkle.new_nodes(7, b"7", nodes.read)
    assert [(level, index) for level, index, _ in made] == [(0, 7), (1, 3), (2, 1), (3, 0)]
    assert made[-1][2] == merkle.root(8, tree(8).read)


def test_a_damaged_store_is_named_instead_of_hashed_over() -> None:
    with pytest.raises(ValueError, match="rebuild its nodes"):
        merkle.root(3, lambda nodes: [b"short" for _ in nodes])
    with pytest.raises(ValueError, match="rebuild its nodes"):
        merkle.root(3, lambda nodes: [])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="No leaf"):
        merkle.inclusion_proof(index, size, Nodes().read)
