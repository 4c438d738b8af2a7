"""The article on a fetched web page: what it says, and what it says about itself.

Uses trafilatura on a tree that was measured first, because bytes from anywhere may be built to be
slow: libxml2's HTML parser takes time in the square of a tag's attributes, and goes quiet below a
nesting of 256. Nothing is ever loaded from the network and no entity of a document type is read.
"""

import codecs
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config
from trafilatura.utils import load_html

from claims.sources._text import Unreadable, refuse_binary

ACCEPT = ("text/html", "application/xhtml+xml")
MAX_HTML_BYTES = 5 * 1024 * 1024
MAX_ELEMENTS = 100_000
MAX_ATTRIBUTES = 500
MAX_DEPTH = 250
MAX_LINKS = 200
MAX_LINK = 2000
MAX_LINK_WORDS = 300

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_META = re.compile(rb"<meta\s[^<>]*?charset\s*=\s*[\"']?\s*([a-z0-9_:.-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(
    rb"^\s*<\?xml\s[^<>]*?encoding\s*=\s*[\"']([a-z0-9_:.-]+)", re.IGNORECASE
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# The web calls these what browsers take them for (WHATWG Encoding Standard).
_WEB_NAMES = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
}
# A page that declares nothing is read as browsers of its language would read it.
_LEGACY = {"ar": "cp1256", "tr": "cp1254"}
_HTML_LANG = re.compile(rb"<html\s[^<>]*?\blang\s*=\s*[\"']?([a-z]{2,3})\b", re.IGNORECASE)

_TAG_OPENS = re.compile(r"<(?:!--|([a-zA-Z][^\s/>]*))")
_ATTRIBUTE = re.compile(r"[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_SELF_CLOSES = re.compile(r".?[\s/]*(?<=/)>", re.DOTALL)
_COMMENT_CLOSES = re.compile("--!?>")
_RAW_TEXT = {"script", "style", "textarea", "title"}

_CONFIG = use_config()
# The extensive search reads dates out of the running text and guesses; meta data alone do not.
_CONFIG.set("DEFAULT", "EXTENSIVE_DATE_SEARCH", "off")


@dataclass(frozen=True)
class Article:
    """What a page says. Everything but `text` is the page's own word about itself, unconfirmed.

    `text`: paragraphs, one a line. `language`: the primary subtag of the page's `lang`, or "".
    `published`: from its meta data; pages are often wrong about it, so a person has to confirm
    it. `outlet`: the host where the page names none. `canonical_url`: absolute http(s), "" where the
    page names none. `links`: where its article links to, address and words, each address once; empty
    unless they were asked for.
    """

    title: str
    text: str
    language: str
    outlet: str
    published: date | None
    canonical_url: str
    links: tuple[tuple[str, str], ...] = ()


def extract(body: bytes, *, url: str, charset: str = "", links: bool = False) -> Article:
    """The article in `body`. `url` is where it came from, `charset` what the HTTP header said;
    with `links`, its article's links as well, which costs a second look at the page.

    Raises Unreadable where it is no HTML, not decodable, built to be slow, or without an article.
    """
    if len(body) > MAX_HTML_BYTES:
        raise Unreadable(
            _(
                "The page is %(size)d bytes long; at most %(limit)d are read. Paste the text instead."
            )
            % {"size": len(body), "limit": MAX_HTML_BYTES}
        )
    refuse_binary(body)
    markup, lossy = _decode(body, charset)
    if "\x00" in markup:
        raise Unreadable(_("This is not a web page: it holds NUL bytes. Paste the text instead."))
    _refuse_crowded_tags(markup)
    # An XML declaration would make the parser read the encoding again, from a decoded text.
    tree = load_html(_XML_DECLARATION.sub("", markup))
    if tree is None:
        raise Unreadable(_("This is not a web page: no HTML was found in it. Paste the text."))
    _refuse_overgrown(tree)
    language = _language(tree)
    canonical = _canonical_url(tree, url)
    document = bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
        config=_CONFIG,
    )
    text = (document.text or "").strip() if isinstance(document, Document) else ""
    if not isinstance(document, Document) or not text:
        raise Unreadable(
            _(
                "No article was found on this page; perhaps a script draws it, or one has to log "
                "in. Paste the text instead."
            )
        )
    if lossy and "\ufffd" in text:
        raise Unreadable(
            _(
                "The article holds bytes that do not fit the page's encoding. Paste the text instead."
            )
        )
    return Article(
        title=(document.title or "").strip(),
        text=text,
        language=language,
        outlet=(document.sitename or "").strip(),
        published=_date(document.date),
        canonical_url=canonical,
        links=_links(tree, url or canonical) if links else (),
    )


def _links(tree: HtmlElement, url: str) -> tuple[tuple[str, str], ...]:
    """By a look of its own: asked for together with the text, their addresses stand in the text."""
    document = bare_extraction(tree, include_links=True, include_comments=False, config=_CONFIG)
    if not isinstance(document, Document) or document.body is None:
        return ()
    found: dict[str, str] = {}
    for link in document.body.iter("ref"):
        try:
            address = urljoin(url, (link.get("target") or "").strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        elsewhere = address.partition("#")[0] != url.partition("#")[0]
        if parts.scheme in ("http", "https") and parts.hostname and elsewhere:
            words = " ".join("".join(link.itertext()).split())[:MAX_LINK_WORDS]
            if len(address) <= MAX_LINK and not _UNPRINTABLE.search(address + words):
                found.setdefault(address, words)
    return tuple(found.items())[:MAX_LINKS]


def _decode(body: bytes, charset: str) -> tuple[str, bool]:
    """The markup, and whether bytes were lost on the way to it.

    Byte order mark, then UTF-8 if the bytes are valid UTF-8 (no other text is by accident), then
    the HTTP header, the page's own `meta`, and the habit of its language.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return _loosely(body, name)
    try:
        return body.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    head = body[:4096]
    declared = _META.search(head) or _XML_ENCODING.search(head)
    for name in (charset, declared.group(1).decode("ascii") if declared else ""):
        codec = _codec(name)
        if codec:
            return _loosely(body, codec)
    language = _HTML_LANG.search(head)
    habit = _LEGACY.get(language.group(1).decode("ascii").lower()) if language else None
    if habit is None:
        raise Unreadable(
            _("The page does not say which encoding it is in, and it is not UTF-8. Paste the text.")
        )
    return _loosely(body, habit)


def _loosely(body: bytes, codec: str) -> tuple[str, bool]:
    # One broken byte in an advertisement must not cost the article; `extract` looks at the text.
    text = body.decode(codec, "replace")
    return text, "\ufffd" in text


def _codec(name: str) -> str | None:
    name = name.strip().lower()
    name = _WEB_NAMES.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Python also calls base64, rot13 and zlib codecs; those are not character sets.
    return info.name if info._is_text_encoding else None


def _refuse_crowded_tags(markup: str) -> None:
    """Counts attributes in one linear walk, never fewer than the parser would."""
    position = 0
    while (opening := _TAG_OPENS.search(markup, position)) is not None:
        position = opening.end()
        name = opening.group(1)
        if name is None:
            # From inside the opening: "<!-->" is a whole comment.
            end = _COMMENT_CLOSES.search(markup, position - 2)
            position = len(markup) if end is None else end.end()
            continue
        count = 0
        while (attribute := _ATTRIBUTE.match(markup, position)) is not None:
            position = attribute.end()
            count += 1
            if count > MAX_ATTRIBUTES:
                raise Unreadable(
                    _(
                        "The page holds a tag with more than %d attributes and is not read. Paste "
                        "the text instead."
                    )
                    % MAX_ATTRIBUTES
                )
        # libxml2 takes "<script/>" for a whole element, browsers do not: then count on.
        if name.lower() in _RAW_TEXT and not _SELF_CLOSES.match(markup, position - 1):
            closing = re.compile(f"</{name}", re.IGNORECASE).search(markup, position)
            position = len(markup) if closing is None else closing.end()


def _refuse_overgrown(tree: HtmlElement) -> None:
    count = 0
    level = [(tree, 1)]
    while level:
        element, depth = level.pop()
        count += 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise Unreadable(
                _(
                    "The page is too large or too deeply nested to be read (over %(elements)d "
                    "elements, or %(depth)d inside each other). Paste the text instead."
                )
                % {"elements": MAX_ELEMENTS, "depth": MAX_DEPTH}
            )
        level.extend((child, depth + 1) for child in element)


def _language(tree: HtmlElement) -> str:
    for value in (
        tree.get("lang"),
        tree.get("xml:lang"),
        *tree.xpath("//meta[@property='og:locale']/@content"),
    ):
        primary = re.split("[-_]", (value or "").strip())[0].lower()
        if re.fullmatch("[a-z]{2,3}", primary):
            return primary
    return ""


def _canonical_url(tree: HtmlElement, url: str) -> str:
    for value in (
        *tree.xpath("//link[@rel='canonical']/@href"),
        *tree.xpath("//meta[@property='og:url']/@content"),
    ):
        try:
            absolute = urljoin(url, value.strip())
            parts = urlsplit(absolute)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            return str(absolute)
    return ""


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
