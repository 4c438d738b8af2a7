import pytest

from claims.sources._text import MAX_TEXT_BYTES, Unreadable, decode_text

TEXT = "قال الوزير: «لن نلتقي».\r\n\tİğdır\u200f — e\u0301\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_comes_out_code_point_for_code_point(codec: str) -> None:
    assert decode_text(TEXT.encode(codec)) == TEXT


def test_utf_16_of_either_order_is_read_where_it_begins_with_its_mark() -> None:
    assert decode_text(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT
    assert decode_text(b"\xff\xfe" + TEXT.encode("utf-16-le")) == TEXT


def test_only_the_first_mark_is_taken_off() -> None:
    assert decode_text(b"\xef\xbb\xbf\xef\xbb\xbfa") == "\ufeffa"


def test_nothing_is_nothing() -> None:
    assert decode_text(b"") == ""


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"abc\xc7\xe1\n", r"Byte 4 \(0xC7, line 1\)"),
        (b"\xef\xbb\xbfabc\xff", r"Byte 7 \(0xFF, line 1\)"),
        ("سطر\n".encode() * 2 + "خبر".encode("cp1256"), r"Byte 15 \(0xCE, line 3\)"),
        (b"\xed\xa0\x80", r"Byte 1 \(0xED, line 1\)"),
        (b"abc\xd8", r"Byte 4 \(0xD8, line 1\)"),
    ],
)
def test_another_encoding_is_refused_with_the_place_and_a_way_out(data: bytes, where: str) -> None:
    with pytest.raises(Unreadable, match=where) as caught:
        decode_text(data)
    assert "Save the file as UTF-8" in caught.value.message
    assert "windows-1256" in caught.value.message


def test_broken_utf_16_is_refused_with_its_place() -> None:
    with pytest.raises(Unreadable, match=r"Byte 5 .*UTF-16"):
        decode_text(b"\xff\xfea\x00\x00\xd8a\x00")
    with pytest.raises(Unreadable, match="UTF-16"):
        decode_text(b"\xff\xfea\x00b")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4",
        b"PK\x03\x04docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1doc",
        b"{\\rtf1",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0JFIF",
        b"GIF89a",
        b"\x1f\x8b\x08",
        b"\x7fELF",
        b"\x00\x00\x00\x18ftypmp42",
        b"\xff\xfe\x00\x00a\x00\x00\x00",
    ],
)
def test_files_that_are_no_text_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"This (is|file is) "):
        decode_text(data)


def test_a_nul_is_no_text() -> None:
    with pytest.raises(Unreadable, match="Character 3 is a NUL"):
        decode_text(b"ab\x00c")
    with pytest.raises(Unreadable, match="UTF-16 without a byte order mark"):
        decode_text("ab".encode("utf-16-le"))


def test_a_text_over_the_limit_is_refused_and_the_limit_told() -> None:
    assert len(decode_text(b"a" * MAX_TEXT_BYTES)) == 1_048_576
    with pytest.raises(Unreadable, match="1048577 bytes long; at most 1048576"):
        decode_text(b"a" * (MAX_TEXT_BYTES + 1))
    with pytest.raises(Unreadable, match="at most 10 "):
        decode_text(b"a" * 11, max_bytes=10)
