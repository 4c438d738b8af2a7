"""Plain text of what an API sends as a scrap of HTML."""

import html
import re

_TAG = re.compile(r"<[^<>]*>")


def plain(snippet: str) -> str:
    """Markup first, entities second: an escaped tag is text that was meant to be read."""
    return " ".join(html.unescape(_TAG.sub("", snippet)).split())
