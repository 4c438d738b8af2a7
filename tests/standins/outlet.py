"""An outlet's site on loopback: a feed with its conditional answers, the articles it lists, and
robots.txt. All of it invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler

from tests.sources.web import Web, sends, site

HOST = "marfa.example"
FEED = f"http://{HOST}/feed"
ATOM = "application/atom+xml; charset=utf-8"

SENTENCES = (
    (
        "أعلنت وزارة النقل أمس أن خط العبارات بين المينائين يعود إلى العمل مطلع الشهر المقبل بعد توقف "
        "دام سنتين بسبب أعمال الصيانة في الرصيف الشرقي."
    ),
    (
        "وقال مدير الميناء إن عدد الرحلات سيبلغ أربعا في اليوم، وإن سعر التذكرة يبقى كما كان قبل "
        "التوقف، على أن يعاد النظر فيه في نهاية الصيف."
    ),
    "وأضاف المدير أن 1200 راكب عبروا الخليج في الأسبوع الأول من التجربة التي جرت في الخريف.",
)


@dataclass
class Story:
    """One article of the outlet; `updated` changes when it does."""

    path: str
    title: str
    paragraphs: tuple[str, ...] = SENTENCES
    published: str = "2026-11-20T08:00:00Z"
    updated: str = "2026-11-20T08:00:00Z"
    more: str = ""

    @property
    def html(self) -> bytes:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)
        return f"""<!doctype html><html lang="ar"><head><meta charset="utf-8">
        <title>{escape(self.title)}</title><meta property="og:site_name" content="المرفأ">
        <meta property="article:published_time" content="{self.published}"></head>
        <body><nav><a href="/">الرئيسية</a></nav><article><h1>{escape(self.title)}</h1>
        {text}{self.more}</article><footer><a href="/terms">الشروط</a></footer></body></html>
        """.encode()

    @property
    def entry(self) -> str:
        return (
            f"<entry><id>urn:{self.path}</id><title>{escape(self.title)}</title>"
            f'<link href="http://{HOST}{self.path}"/><published>{self.published}</published>'
            f"<updated>{self.updated}</updated>"
            f"<summary>{escape(self.paragraphs[0][:60])}</summary></entry>"
        )


@dataclass
class Outlet:
    """What the site serves, and what was asked of it. `refuses`: path → (status, headers)."""

    stories: list[Story]
    robots: str = ""
    refuses: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    feed_body: bytes | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def etag(self) -> str:
        return f'"{hash(self.feed)}"'

    @property
    def feed(self) -> bytes:
        if self.feed_body is not None:
            return self.feed_body
        entries = "".join(story.entry for story in self.stories)
        return (
            '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
            f"<id>urn:marfa</id><title>المرفأ</title>{entries}</feed>"
        ).encode()

    def pages(self) -> list[str]:
        return [path for path, _headers in self.asked if path not in ("/feed", "/robots.txt")]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        self.asked.append((path, dict(handler.headers.items())))
        if path in self.refuses:
            status, headers = self.refuses[path]
            sends(b"", status, **headers)(handler)
        elif path == "/robots.txt":
            sends(self.robots.encode(), Content_Type="text/plain")(handler)
        elif path == "/feed":
            if handler.headers.get("If-None-Match") == self.etag:
                sends(b"", 304)(handler)
            else:
                sends(self.feed, Content_Type=ATOM, ETag=self.etag)(handler)
        else:
            story = next((story for story in self.stories if story.path == path), None)
            if story is None:
                sends(b"", 404)(handler)
            else:
                sends(story.html)(handler)


@contextmanager
def open_outlet(*stories: Story) -> Iterator[tuple[Outlet, Web]]:
    """The outlet, and a web in which its public name leads to it."""
    outlet = Outlet(list(stories))
    with site(outlet.answer) as server:
        web = Web()
        web.host(HOST, server)
        yield outlet, web
