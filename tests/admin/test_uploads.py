"""Files brought in at the desk: texts, saved pages and PDFs, each told apart, nothing lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Article
from tests.admin.hands import signed_in
from tests.pdfs import locked, pdf
from tests.standins.outlet import SENTENCES, Story

pytestmark = pytest.mark.django_db

TEXT = f"عنوان قصير\n\n{SENTENCES[0]}".encode()
PDF = pdf("The ministry said on Monday that the ferry line between the two harbours returns.")


def upload(user: User, *files: tuple[str, bytes], **fields: Any) -> Any:
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return signed_in(user).post("/desk/articles/new/", {"uploads": given, **fields})


def test_one_file_leads_to_its_article_and_is_kept_exactly(editor: User) -> None:
    page = upload(editor, ("خبر.txt", TEXT), published_on="2026-11-20", outlet="المرفأ")
    article = Article.objects.get()
    assert page.headers["Location"] == f"/desk/articles/{article.pk}/"
    assert article.text.encode() == TEXT
    assert (article.channel, article.received_by, article.title) == ("file", editor, "عنوان قصير")


def test_several_files_are_told_apart_and_one_refused_holds_none_back(editor: User) -> None:
    page = upload(
        editor,
        ("text.txt", TEXT),
        ("page.html", Story("/ferries", "عودة خط العبارات").html),
        ("report.pdf", PDF),
        ("locked.pdf", locked()),
        ("scan.pdf", pdf("", scanned=True)),
        ("photo.txt", b"\x89PNG\r\n\x1a\n0000"),
        ("<b>arabic.txt", "مرحبا بالعالم".encode("cp1256")),
        ("again.txt", TEXT),
        published_on="2026-11-20",
        confidential="on",
    )
    assert page.status_code == 422
    html = page.content.decode()
    assert "4 of 8 files taken in" in html
    for name, what in [
        ("locked.pdf", "The PDF is locked with a password, so its text cannot be read."),
        ("scan.pdf", "The PDF holds no text; its pages are probably images of a scan."),
        ("photo.txt", "This is a PNG file, not text. Open it and paste the text."),
        ("&lt;b&gt;arabic.txt", "an Arabic file from Windows is usually windows-1256"),
    ]:
        row = next(line for line in html.splitlines() if f"<bdi>{name}</bdi>" in line)
        assert what in row
    assert html.count("was here already") == 1
    assert {article.title for article in Article.objects.all()} == {
        "عنوان قصير", "عودة خط العبارات", "",
    }  # fmt: skip
    assert all(article.confidential for article in Article.objects.all())
    # What was typed is still there for the files that are put right.
    assert 'value="2026-11-20"' in html


def test_a_saved_page_says_its_day_and_a_text_does_not(editor: User) -> None:
    page = upload(editor, ("page.html", Story("/f", "عودة العبارات").html), ("t.txt", TEXT))
    html = page.content.decode()
    assert "1 of 2 files taken in" in html
    assert "The file does not say when it was published. Give the day." in html
    seen = Article.objects.get().appearances.get()
    assert (seen.published_on, seen.published_confirmed) == (date(2026, 11, 20), False)


@pytest.mark.parametrize(
    ("files", "fields", "message"),
    [
        (1, {"text": "A text."}, "There are a text and files."),
        (11, {}, "These are 11 files; at most 10 are taken in at once."),
        (2, {"title": "One title"}, "This cannot be said of several files."),
        (2, {"url": "https://news.example/a"}, "This cannot be said of several files."),
    ],
)
def test_what_does_not_go_together_is_said_before_anything_is_taken_in(
    editor: User, files: int, fields: dict[str, str], message: str
) -> None:
    given = [(f"{n}.txt", TEXT + str(n).encode()) for n in range(files)]
    page = upload(editor, *given, published_on="2026-11-20", **fields)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert not Article.objects.exists()


def test_an_empty_file_is_refused_in_words(editor: User) -> None:
    page = upload(editor, ("empty.txt", b""), ("t.txt", TEXT), published_on="2026-11-20")
    assert "There is no text. Paste the article, or give its file." in page.content.decode()
    assert Article.objects.count() == 1


def test_who_may_not_bring_articles_in_is_told_so(administrator: User) -> None:
    page = upload(administrator, ("t.txt", TEXT), published_on="2026-11-20")
    assert "Bringing articles in is not among your rights." in page.content.decode()
    assert not Article.objects.exists()
