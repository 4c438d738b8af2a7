"""Text and spans become pieces; the text itself is never changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.admin.highlighting import Mark, Paragraph, Piece, paragraphs


def drawn(paragraph: Paragraph) -> list[tuple[str, list[int]]]:
    return [(piece.text, [mark.number for mark in piece.marks]) for piece in paragraph.pieces]


def test_a_claim_is_a_piece_of_its_own() -> None:
    (only,) = paragraphs("He said rain fell.", [Mark(1, 8, 17)])
    assert drawn(only) == [("He said ", []), ("rain fell", [1]), (".", [])]
    assert [mark.number for mark in only.begins] == [1]


def test_a_nested_claim_lies_inside_its_outer_one() -> None:
    (only,) = paragraphs("they met once in Moscow", [Mark(2, 14, 23), Mark(1, 0, 23)])
    assert drawn(only) == [("they met once ", [1]), ("in Moscow", [1, 2])]


def test_crossing_claims_share_the_segment_they_have_in_common() -> None:
    (only,) = paragraphs("one two three", [Mark(1, 0, 7), Mark(2, 4, 13)])
    assert drawn(only) == [("one ", [1]), ("two", [1, 2]), (" three", [2])]
    assert [piece.opens for piece in only.pieces] == [(Mark(1, 0, 7),), (Mark(2, 4, 13),), ()]
    assert [piece.closes for piece in only.pieces] == [(), (Mark(1, 0, 7),), (Mark(2, 4, 13),)]


def test_a_third_mark_shows_only_in_the_margin() -> None:
    (only,) = paragraphs("abcdef", [Mark(1, 0, 6), Mark(2, 0, 5), Mark(3, 0, 4)])
    assert drawn(only)[0] == ("abcd", [1, 2])
    assert [mark.number for mark in only.begins] == [1, 2, 3]


def test_paragraphs_end_at_line_breaks_which_are_kept() -> None:
    first, second = paragraphs("one\r\n\r\n two", [Mark(1, 7, 11)])
    assert (drawn(first), first.gap) == ([("one", [])], "\r\n\r\n")
    assert (drawn(second), second.gap) == ([(" two", [1])], "")


def test_a_claim_over_two_paragraphs_begins_in_the_first_and_ends_in_the_second() -> None:
    first, second = paragraphs("ab\ncd", [Mark(1, 1, 4)])
    assert drawn(first) == [("a", []), ("b", [1])]
    assert drawn(second) == [("c", [1]), ("d", [])]
    assert (len(first.begins), len(second.begins)) == (1, 0)
    assert second.pieces[0].closes == (Mark(1, 1, 4),)


def test_claimant_and_cue_are_told_apart_from_the_claim() -> None:
    (only,) = paragraphs("Ali said it rained", [Mark(1, 9, 18)], claimants=[(0, 3)], cues=[(4, 8)])
    assert only.pieces[0] == Piece("Ali", claimant=((0, 3),))
    assert only.pieces[2] == Piece("said", cue=((4, 8),))


def test_a_number_never_tears_a_joined_word_apart() -> None:
    (after_waw,) = paragraphs("وشنت", [Mark(1, 1, 4)])
    assert after_waw.pieces[1].room
    (after_fa,) = paragraphs("فشنت", [Mark(1, 1, 4)])
    assert not after_fa.pieces[1].room


def test_offsets_are_code_points_also_beyond_the_first_plane() -> None:
    (only,) = paragraphs("😀 ok", [Mark(1, 2, 4)])
    assert drawn(only) == [("😀 ", []), ("ok", [1])]


def test_a_span_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside a text of 3"):
        paragraphs("abc", [Mark(1, 2, 9)])


@given(st.data())
def test_the_pieces_and_gaps_are_the_text_again(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab \n\r\u2028و😀", min_size=1, max_size=40))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda span: span[0] < span[1]
    )
    marks = [Mark(n, *span) for n, span in enumerate(data.draw(st.lists(spans, max_size=6)))]
    found = paragraphs(text, marks, cues=data.draw(st.lists(spans, max_size=2)))
    assert "".join("".join(piece.text for piece in p.pieces) + p.gap for p in found) == text
    assert sorted(m.number for p in found for m in p.begins) == [m.number for m in marks]
    for mark in marks:
        inside = text[mark.start : mark.end]
        covering = [p for line in found for p in line.pieces if mark in p.marks]
        if all(len(p.marks) < 2 for line in found for p in line.pieces):
            assert "".join(p.text for p in covering) == "".join(
                c for c in inside if c not in "\n\r\u2028"
            )
