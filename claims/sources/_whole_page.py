"""All the words of a web page, for pages that are no article: tables, notices, forms."""

import re

from lxml.html import HtmlElement
from trafilatura.utils import load_html

from claims.sources import _page
from claims.sources._text import Unreadable, refuse_binary

_SILENT = ("head", "script", "style", "template", "noscript", "svg", "iframe", "select")
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"}  # fmt: skip


def read(body: bytes, *, charset: str = "") -> tuple[str, str]:
    """The page's own title and its words, a block a line. Raises Unreadable where it is no HTML, not
    decodable or built to be slow."""
    refuse_binary(body)
    markup, _lossy = _page._decode(body, charset)
    _page._refuse_crowded_tags(markup)
    tree = load_html(_page._XML_DECLARATION.sub("", markup.replace("\x00", "")))
    if tree is None:
        return "", ""
    _page._refuse_overgrown(tree)
    title = " ".join((tree.findtext(".//title") or "").split())
    return title, _words(tree)


def _words(tree: HtmlElement) -> str:
    for element in list(tree.iter(*_SILENT)):
        element.drop_tree()
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _INLINE:
            edge = "\t" if element.tag in ("td", "th") else "\n"
            element.text = edge + (element.text or "")
            element.tail = edge + (element.tail or "")
    lines = (" ".join(line.split()) for line in re.split("\n+", tree.text_content()))
    return "\n".join(line for line in lines if line)


__all__ = ["Unreadable", "read"]
