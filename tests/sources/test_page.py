"""Articles from fetched bytes: what is read, in which letters, and what is refused (C8, C9, C10)."""

import contextlib
import time
from datetime import date

import pytest

from claims.sources._page import Article, extract
from claims.sources._text import Unreadable

URL = "https://paper.example/news/7?ref=x"
ENGLISH = "".join(
    f"<p>Officials in the capital said on day {day} that the meeting was not planned.</p>"
    for day in range(12)
)
ARABIC = "".join(
    f"<p>قال مسؤولون في العاصمة في اليوم {day} إن اللقاء لم يكن مقررا.</p>" for day in range(12)
)
TURKISH = "".join(
    f"<p>Yetkililer {day}. gün başkentte İğdır görüşmesinin planlanmadığını söyledi.</p>"
    for day in range(12)
)


def page(body: str, head: str = "", attributes: str = "") -> str:
    return (
        f"<!DOCTYPE html><html {attributes}><head>{head}</head>"
        f"<body><nav><a href=/>Home</a></nav><article>{body}</article></body></html>"
    )


def read(markup: str | bytes, **options: str) -> Article:
    return extract(markup if isinstance(markup, bytes) else markup.encode(), url=URL, **options)


def test_a_page_gives_its_text_and_its_own_word_about_itself() -> None:
    head = (
        "<title>Ministers meet - The Paper</title>"
        '<meta property="og:title" content="Ministers meet">'
        '<meta property="og:site_name" content="The Paper">'
        '<meta property="article:published_time" content="2024-07-25T22:10:00+03:00">'
        '<link rel="canonical" href="/news/7">'
    )
    article = read(page(ENGLISH, head, 'lang="en-GB"'))
    assert article.title == "Ministers meet"
    assert article.outlet == "The Paper"
    assert article.published == date(2024, 7, 25)
    assert article.language == "en"
    assert article.canonical_url == "https://paper.example/news/7"
    assert article.text.splitlines()[0] == (
        "Officials in the capital said on day 0 that the meeting was not planned."
    )
    assert len(article.text.splitlines()) == 12
    assert "Home" not in article.text


def test_a_page_that_says_nothing_about_itself_is_not_guessed_about() -> None:
    article = read(page("<p>Published 3 July 2023.</p>" + ENGLISH))
    assert (article.title, article.language, article.published) == ("", "", None)
    assert article.canonical_url == ""


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        ('lang="ar"', "", "ar"),
        ('lang="AR_eg" dir=rtl', "", "ar"),
        ('xml:lang="tr-TR"', "", "tr"),
        ("", '<meta property="og:locale" content="tr_TR">', "tr"),
        ('lang=""', '<meta property="og:locale" content="en">', "en"),
        ('lang="<script>"', "", ""),
    ],
)
def test_the_language_is_the_one_the_page_names(attributes: str, head: str, language: str) -> None:
    assert read(page(ENGLISH, head, attributes)).language == language


@pytest.mark.parametrize("href", ["javascript:alert(1)", "ftp://x.example/", "http://[", "  "])
def test_a_canonical_address_is_a_web_address_or_none(href: str) -> None:
    assert read(page(ENGLISH, f'<link rel="canonical" href="{href}">')).canonical_url in (
        "",
        "https://paper.example/news/7?ref=x",
    )


DECLARED = {
    "meta charset": '<meta charset="{}">',
    "http-equiv": '<meta http-equiv="Content-Type" content="text/html; charset={}">',
    "after others": '<meta name=viewport content="width=device-width"><META CHARSET={}>',
}


@pytest.mark.parametrize("declaration", DECLARED.values(), ids=DECLARED)
@pytest.mark.parametrize(
    ("charset", "codec", "body", "first"),
    [
        ("windows-1256", "cp1256", ARABIC, "قال مسؤولون في العاصمة في اليوم 0"),
        ("Windows-1254", "cp1254", TURKISH, "Yetkililer 0. gün başkentte İğdır"),
        ("iso-8859-9", "cp1254", TURKISH, "Yetkililer 0. gün başkentte İğdır"),
        ("utf-8", "utf-8", ARABIC, "قال مسؤولون في العاصمة في اليوم 0"),
    ],
)
def test_a_legacy_page_is_read_in_the_encoding_it_declares(
    declaration: str, charset: str, codec: str, body: str, first: str
) -> None:
    markup = page(body, declaration.format(charset)).encode(codec)
    assert read(markup).text.startswith(first)


def test_the_http_header_counts_more_than_the_meta() -> None:
    markup = page(ARABIC, '<meta charset="iso-8859-1">').encode("cp1256")
    assert read(markup, charset="windows-1256").text.startswith("قال مسؤولون")


def test_valid_utf_8_is_utf_8_whatever_the_page_says() -> None:
    markup = page(ARABIC, '<meta charset="windows-1256">').encode()
    assert read(markup, charset="iso-8859-1").text.startswith("قال مسؤولون")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    assert read(page(ARABIC).encode(codec), charset="latin1").text.startswith("قال مسؤولون")


def test_a_page_that_declares_nothing_is_read_by_the_habit_of_its_language() -> None:
    assert read(page(ARABIC, attributes="lang=ar").encode("cp1256")).text.startswith("قال")
    assert "İğdır" in read(page(TURKISH, attributes="lang=tr").encode("cp1254")).text


def test_an_unknown_encoding_is_refused_and_not_guessed() -> None:
    for charset in ("", "no-such-charset", "base64", "rot13", "zip"):
        with pytest.raises(Unreadable, match="which encoding it is in"):
            read(page(TURKISH).encode("cp1254"), charset=charset)


def test_a_broken_byte_beside_the_article_does_not_cost_it() -> None:
    advert = "<aside class=ad>@@</aside>"
    markup = page(ENGLISH, '<meta charset="utf-8">').replace("</article>", f"</article>{advert}")
    broken = markup.encode().replace(b"@@", b"\xff\xfe")
    assert read(broken).text.startswith("Officials")


def test_a_broken_byte_inside_the_article_is_refused() -> None:
    markup = page(ENGLISH, '<meta charset="utf-8">').encode().replace(b"day 3", b"day \xff")
    with pytest.raises(Unreadable, match="do not fit the page's encoding"):
        read(markup)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"PK\x03\x04\x14\x00", "Word"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x00\x00\x00\x18ftypmp42", "a film"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        (b"<html>\x00\x00<p>x</p>", "NUL"),
        (b"", "no HTML"),
        (b"just words", "no HTML"),
        (b"<html><body><div id=app></div><script>draw()</script></body></html>", "No article"),
    ],
)
def test_what_is_no_article_is_refused_with_a_way_out(body: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as caught:
        read(body)
    assert "aste the text" in caught.value.message


def test_five_megabytes_are_the_limit() -> None:
    with pytest.raises(Unreadable, match="5242880"):
        read(b"<html>" + b" " * 5 * 1024 * 1024)


NESTED = {
    "divs": "<div>" * 100_000,
    "inline": "<b><i>" * 50_000,
    "tables": "<table><tr><td>" * 33_000,
    "lists": "<ul><li>" * 50_000,
    "many elements": "<p>x</p>" * 150_000,
}
HEAVY = {
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "attributes behind a quote": "<p x='>' " + " ".join(f"a{n}" for n in range(100_000)) + ">",
    "attributes behind a comment": "<!--><p " + "a b c " * 20_000 + ">",
    "attributes behind a closed script": "<script/><p " + "a b c " * 20_000 + ">",
    "attributes behind a closed title": "<svg><title/><p " + "a b c " * 20_000 + ">",
}
HARMLESS = {
    "brackets": "<" * 1_000_000,
    "open tags": "<a" * 500_000,
    "blanks in a tag": "<a" + " " * 2_000_000,
    "blanks before an equals sign": "<a b" + " " * 1_000_000 + "=",
    "open comments": "<!--" * 300_000,
    "code that looks like tags": "<script>if(a<b " + "c d e " * 20_000 + ")</script>",
    "a large inlined picture": f'<img src="data:image/png;base64,{"A" * 500_000}">',
    "entities": "&amp;" * 300_000,
}


@pytest.mark.parametrize("start", NESTED.values(), ids=NESTED)
def test_overgrown_pages_are_refused_in_no_time(start: str) -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable, match="too large or too deeply nested"):
        read(page(start + ENGLISH))
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("start", HEAVY.values(), ids=HEAVY)
def test_tags_with_thousands_of_attributes_are_refused_unparsed(start: str) -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable, match="more than 500 attributes"):
        read(page(start + ENGLISH))
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("start", HARMLESS.values(), ids=HARMLESS)
def test_odd_pages_are_read_or_refused_but_never_hang(start: str) -> None:
    started = time.monotonic()
    # Some of them swallow the article, which is then not found; that is for a browser too.
    with contextlib.suppress(Unreadable):
        read(page(start + ENGLISH))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("name", ["brackets", "a large inlined picture", "entities"])
def test_odd_pages_that_hold_an_article_are_read(name: str) -> None:
    assert "on day 3 that the meeting" in read(page(HARMLESS[name] + ENGLISH)).text


def test_code_that_looks_like_a_crowded_tag_is_no_reason_to_refuse() -> None:
    assert "day 3" in read(page(HARMLESS["code that looks like tags"] + ENGLISH)).text


def test_two_hundred_levels_are_still_read() -> None:
    assert "day 3" in read(page("<div>" * 200 + ENGLISH)).text


def test_entities_of_a_document_type_are_neither_fetched_nor_unfolded() -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    markup = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html ['
        f'<!ENTITY l0 "ha">{laughs}<!ENTITY file SYSTEM "file:///etc/passwd">'
        '<!ENTITY net SYSTEM "http://127.0.0.1/x">]>'
        f"<html><body><article><p>First &l9; &file; &net; last</p>{ENGLISH}</article></body></html>"
    )
    started = time.monotonic()
    text = read(markup).text
    assert "First &l9; &file; &net; last" in text
    assert "root:" not in text
    assert len(text) < 2_000
    assert time.monotonic() - started < 1


def test_an_xhtml_page_with_a_declaration_keeps_its_letters() -> None:
    markup = '<?xml version="1.0" encoding="windows-1254"?>' + page(TURKISH, "<meta charset=x>")
    assert "İğdır" in read(markup.encode()).text


def test_an_xml_declaration_names_the_encoding_where_no_meta_does() -> None:
    markup = '<?xml version="1.0" encoding="windows-1254"?>' + page(TURKISH)
    assert "İğdır" in read(markup.encode("cp1254")).text


def test_scripts_of_the_page_are_no_text() -> None:
    body = ENGLISH + "<p>She said <img src=x onerror=alert(1)> it.</p><script>steal()</script>"
    text = read(page(body)).text
    assert "steal" not in text
    assert "onerror" not in text
