"""The text of a PDF with the place of its pages; and a hostile PDF that costs no more than it may."""

import time

import pytest
from django.utils import translation

from claims.sources import _pdf
from claims.sources._text import Unreadable
from tests import pdfs


def refusal(body: bytes, **limits: int) -> str:
    with translation.override("en"), pytest.raises(Unreadable) as refused:
        _pdf.read(body, **limits)
    return refused.value.message


def test_the_text_is_told_with_the_offset_at_which_each_page_begins() -> None:
    body = pdfs.pdf("The harbour was sold.", "It cost (about) 40 million.", title="Annual report")
    found = _pdf.read(body)
    assert found.title == "Annual report"
    assert [found.text[start:].splitlines()[0] for start in found.pages] == [
        "The harbour was sold.",
        "It cost (about) 40 million.",
    ]
    assert not found.cut


def test_what_cannot_be_read_is_said() -> None:
    assert refusal(pdfs.locked()).startswith("The PDF is locked with a password")
    assert refusal(pdfs.pdf("", scanned=True)).startswith("The PDF holds no text")
    assert refusal(b"%PDF-1.7\nnothing else").startswith("The PDF is damaged")
    assert refusal(b"<html>") == "This is not a PDF."


def test_pages_above_the_limit_are_left_out_and_that_is_told() -> None:
    found = _pdf.read(pdfs.pdf("one", "two", "three"), most_pages=2)
    assert len(found.pages) == 2
    assert found.cut
    assert "three" not in found.text


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    began = time.monotonic()
    assert refusal(pdfs.endless(20), seconds=1).startswith("The PDF takes more time or memory")
    assert time.monotonic() - began < 7


def test_a_pdf_that_needs_too_much_memory_is_given_up() -> None:
    message = refusal(pdfs.endless(60), seconds=20, memory=120 * 1024 * 1024)
    assert message.startswith("The PDF takes more time or memory")
