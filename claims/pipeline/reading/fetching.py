"""A page as it is read: through the guarded door, where its host's robots.txt lets us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from claims.languages import SERVED, detect
from claims.pipeline._door import door
from claims.sources import _page, _pdf
from claims.sources._robots import Robots
from claims.sources._text import decode_text

TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
MAX_BYTES = 5 * 1024 * 1024
TOTAL_SECONDS = 20.0
PDF_SECONDS = 20


@dataclass(frozen=True)
class ReadPage:
    """`language`: a served one, or "". `published`: the page's own word, or None. `pause`: seconds
    that its host wants between two pages."""

    title: str
    text: str
    language: str
    published: date | None
    pause: float


@cache
def robots() -> Robots:
    """What hosts allow, remembered by this process."""
    return Robots(door())


def fetch(url: str) -> ReadPage:
    """Raises FetchError, also where the host does not want the page read, and Unreadable."""
    pause = robots().pause(url)
    page = door().get(
        url,
        accept=TYPES,
        max_bytes=MAX_BYTES,
        total_seconds=TOTAL_SECONDS,
        led=robots().pause,
    )
    if page.content_type == "application/pdf" or page.body.startswith(b"%PDF-"):
        pdf = _pdf.read(page.body, seconds=PDF_SECONDS)
        return ReadPage(pdf.title, pdf.text, detect(pdf.text) or "", None, pause)
    if page.content_type == "text/plain":
        text = decode_text(page.body, max_bytes=MAX_BYTES)
        return ReadPage("", text, detect(text) or "", None, pause)
    article = _page.extract(page.body, url=page.final_url, charset=page.charset)
    named = article.language if article.language in SERVED else ""
    language = detect(article.text) or named
    return ReadPage(article.title, article.text, language, article.published, pause)
