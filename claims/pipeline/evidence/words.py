"""The words of a fetched page, whatever it is, and a note where it has none that can be read."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from claims.sources import _page, _pdf, _whole_page
from claims.sources._http import Page
from claims.sources._text import Unreadable, decode_text

MAX_CHARACTERS = 2_000_000
PDF_SECONDS = 30
_TEXTS = ("text/plain", "text/csv", "text/markdown", "application/json")


class Words(NamedTuple):
    """`pages`: of a PDF, the offset in `text` where each begins. `note`: why the text is missing or
    not whole, "" where it is neither."""

    media_type: str
    title: str = ""
    text: str = ""
    pages: tuple[int, ...] = ()
    note: str = ""


def words_of(page: Page) -> Words:
    kind = _kind(page)
    try:
        if kind == "application/pdf":
            return _of_pdf(page)
        if kind in _TEXTS:
            return Words(
                kind, text=decode_text(page.body, max_bytes=_pdf.MAX_BYTES)[:MAX_CHARACTERS]
            )
        if kind in _page.ACCEPT:
            return _of_html(page, kind)
    except Unreadable as error:
        return Words(kind, note=error.message)
    return Words(kind, note=_("This kind of file (%(type)s) holds no text.") % {"type": kind})


def _kind(page: Page) -> str:
    """What the bytes are, which servers are sometimes wrong about."""
    if page.body.startswith(b"%PDF-"):
        return "application/pdf"
    return page.content_type[:100] or "text/html"


def _of_pdf(page: Page) -> Words:
    pdf = _pdf.read(page.body, seconds=PDF_SECONDS)
    note = (
        _("The PDF is very long: its first %(pages)d pages were read.") % {"pages": len(pdf.pages)}
        if pdf.cut
        else ""
    )
    return Words("application/pdf", pdf.title, pdf.text, pdf.pages, note)


def _of_html(page: Page, kind: str) -> Words:
    try:
        article = _page.extract(page.body, url=page.final_url, charset=page.charset)
        return Words(kind, article.title[:500], article.text[:MAX_CHARACTERS])
    except Unreadable as error:
        # No article, but perhaps a table or a notice: then everything that stands on the page.
        title, text = _whole_page.read(page.body, charset=page.charset)
        if not text:
            raise error
        return Words(kind, title[:500], text[:MAX_CHARACTERS])
