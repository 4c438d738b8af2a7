from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from claims.models import Appearance, Article, Transition
from tests.pdfs import pdf
from tests.sources.web import Web, sends, site
from tests.standins.outlet import SENTENCES, Story

ROOT = Path(__file__).resolve().parents[2]
TEXT = "\r\n  الوزير يصل إلى صوفيا\r\nقال مصدر إن الوزير سيلتقي نظيره غدا.\n\n"

Intake = Callable[..., str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sofia.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def intake(transactional_db: None) -> Intake:
    def run(what: object, *arguments: str, published: str | None = "2026-11-20") -> str:
        out = io.StringIO()
        day = ["--published", published] if published else []
        call_command("intake", str(what), *day, *arguments, stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def feed(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return feed


@pytest.fixture
def web(settings: LazySettings) -> Iterator[Web]:
    """The desk's own door, in a small internet where marfa.example is a loopback server."""
    web = Web()
    settings.FETCH_DOOR = {"resolver": web.resolve, "dialer": web.dial}
    body = (
        "<html lang=en><head><title>Ferries return</title>"
        '<meta property="article:published_time" content="2026-11-18"></head><body><article>'
        "<p>The ministry said on Monday that the ferries between the two harbours will run again "
        "from the beginning of next month, after two years of repairs to the eastern quay.</p>"
        "<p>The head of the harbour said there will be four crossings a day, at the old fare.</p>"
        "</article></body></html>"
    )
    with site(sends(body.encode())) as server:
        web.host("marfa.example", server)
        yield web


def refused(intake: Intake, *arguments: Any, code: int = 1, **options: Any) -> str:
    with pytest.raises(CommandError) as caught:
        intake(*arguments, **options)
    assert caught.value.returncode == code
    assert not Article.objects.exists()
    return str(caught.value)


def test_a_file_comes_in_byte_for_byte(intake: Intake, file: Path) -> None:
    told = intake(file, "--outlet", "المرفأ", "--url", "https://marfa.example/1", "--confidential")
    article = Article.objects.get()
    assert article.text == TEXT
    assert (article.channel, article.confidential, article.received_by) == ("file", True, None)
    assert told == (
        f"Article {article.pk}: new.\n"
        "  title      الوزير يصل إلى صوفيا\n"
        "  language   ar\n"
        "  outlet     المرفأ\n"
        "  published  2026-11-20\n"
        f"  sha256     {article.sha256}\n"
        "  confidential: nothing of it goes to an outside source\n"
        "Next: a running worker splits it; its claims appear at "
        f"http://127.0.0.1:8000/desk/articles/{article.pk}/\n"
    )


def test_standard_input_comes_in_too(intake: Intake, stdin: Callable[[bytes], None]) -> None:
    stdin(TEXT.encode())
    intake("-", "--language", "ar", "--title", "وصول")
    article = Article.objects.get()
    assert (article.text, article.title, article.channel) == (TEXT, "وصول", "paste")


def test_the_same_file_again_says_what_is_new(intake: Intake, file: Path) -> None:
    intake(file)
    number = Article.objects.get().pk
    assert intake(file).startswith(f"Article {number}: known text, known place; nothing changed.\n")
    assert intake(file, "--outlet", "الميناء").startswith(
        f"Article {number}: known text, seen in a new place.\n"
    )


def test_a_web_page_comes_in_through_the_desks_door(intake: Intake, web: Web) -> None:
    told = intake("http://marfa.example/ferries", published=None)
    assert "  title      Ferries return\n" in told
    assert "  published  2026-11-18 (as the page says, unconfirmed)\n" in told
    assert Article.objects.get().channel == "url"
    assert Appearance.objects.get().published_on == date(2026, 11, 18)


def test_a_private_address_is_refused(intake: Intake, web: Web) -> None:
    assert refused(intake, "http://127.0.0.1/admin") == (
        "http://127.0.0.1/admin: “127.0.0.1” leads to 127.0.0.1, which is not on the public "
        "internet (loopback). Only public web addresses are fetched; paste the text instead. "
        "Nothing was taken in."
    )
    assert web.dialled == []


def test_another_scheme_is_refused_and_not_looked_for_on_the_disk(intake: Intake) -> None:
    assert refused(intake, "file:///etc/hostname") == (
        "file:///etc/hostname: “file:///etc/hostname” is not a web address. Give a whole one, "
        "beginning with http:// or https://. Nothing was taken in."
    )


def test_a_missing_file(intake: Intake) -> None:
    assert refused(intake, "nowhere.txt") == (
        "There is no file nowhere.txt. Give a path, a web address that begins with http:// or "
        "https://, or - for standard input."
    )


def test_a_folder(intake: Intake, tmp_path: Path) -> None:
    assert refused(intake, tmp_path) == f"{tmp_path} is a folder. Give one file."


def test_an_empty_file(intake: Intake, file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf\r\n ")
    assert refused(intake, file) == (
        f"{file}: There is no text. Paste the article, or give its file. Nothing was taken in."
    )


def test_a_file_in_another_encoding(intake: Intake, file: Path) -> None:
    file.write_bytes("خبر\nقال الوزير".encode("cp1256"))
    assert refused(intake, file) == (
        f"{file}: Byte 1 (0xCE, line 1) is not UTF-8. Save the file as UTF-8 and try again; an "
        "Arabic file from Windows is usually windows-1256, a Turkish one windows-1254. Nothing "
        "was taken in."
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n", "The PDF is damaged: its text cannot be read."),
        (
            b"PK\x03\x04rest",
            "This is a ZIP, Word, Excel file, not text. Open it and paste the text.",
        ),
        (
            b"a\x00b\x00",
            (
                "Character 2 is a NUL, so this is not a text file, or it is UTF-16 without a byte "
                "order mark. Save it as UTF-8 and try again."
            ),
        ),
    ],
    ids=["PDF", "ZIP", "NUL"],
)
def test_a_binary_file(intake: Intake, file: Path, data: bytes, why: str) -> None:
    file.write_bytes(data)
    assert refused(intake, file) == f"{file}: {why} Nothing was taken in."


def test_a_file_of_forty_megabytes_is_not_even_read(intake: Intake, file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(40_000_000)
    assert refused(intake, file) == (
        f"{file} is 40000000 bytes long; at most 31457280 are read. Cut it to the article. "
        "Nothing was taken in."
    )


def test_twenty_megabytes_through_a_pipe(intake: Intake, stdin: Callable[[bytes], None]) -> None:
    stdin(b"x" * 20_000_000)
    assert "at most 4000000 are taken in" in refused(intake, "-")


@pytest.mark.parametrize("day", ["20.11.2026", "2026-13-01", "yesterday"])
def test_a_day_that_is_none(intake: Intake, file: Path, day: str) -> None:
    assert refused(intake, file, published=day, code=2) == (
        f"--published {day} is not a day. Write it YYYY-MM-DD, as in 2026-01-31."
    )


def test_a_text_without_its_day(intake: Intake, file: Path) -> None:
    assert refused(intake, file, published=None, code=2) == (
        "A text does not say when it was published. Give --published YYYY-MM-DD."
    )


def test_a_language_nobody_here_reads(intake: Intake, file: Path) -> None:
    assert refused(intake, file, "--language", "fr") == (
        f"{file}: No splitter for “fr”. Known: ar, en, tr. Nothing was taken in."
    )


def test_a_refusal_on_the_command_line_is_one_line_and_status_1(
    process_environ: dict[str, str], file: Path
) -> None:
    file.write_bytes(b"\xff")
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "intake", file, "--published", "2026-11-20"],
        env=process_environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"CommandError: {file}: Byte 1 (0xFF, line 1) is not UTF-8.")
    assert done.stderr.count("\n") == 1
    assert not Transition.objects.exists()


def test_a_saved_page_says_its_day_itself(intake: Intake, tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(Story("/ferries", "عودة خط العبارات").html)
    intake(file, "--outlet", "المرفأ", published=None)
    article = Article.objects.get()
    assert SENTENCES[1] in article.text
    assert (article.title, article.channel) == ("عودة خط العبارات", "file")
    seen = article.appearances.get()
    assert (seen.published_on.isoformat(), seen.published_confirmed) == ("2026-11-20", False)


def test_a_pdf_comes_in_with_its_sentences_whole(intake: Intake, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(
        pdf(
            "Ferries return\n"
            "The ministry said on Monday that the ferry line between the two harbours\n"
            "will return in December after a pause of two years."
        )
    )
    intake(file)
    assert Article.objects.get().text == (
        "Ferries return\n"
        "The ministry said on Monday that the ferry line between the two harbours "
        "will return in December after a pause of two years."
    )
