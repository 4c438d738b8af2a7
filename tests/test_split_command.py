"""``manage.py split``: JSON for machines, a list for people, and errors that say what to do."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[1]
REPORT = "قالت وزيرة الصحة أمس إن المستشفى سيفتح في أغسطس المقبل.\r\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "clinic.txt"
    path.write_bytes(REPORT.encode())
    return path


def _split(*args: str) -> str:
    out = io.StringIO()
    call_command("split", *args, stdout=out)
    return out.getvalue()


def test_json_has_the_agreed_fields_and_the_articles_own_offsets(article):
    printed = json.loads(_split(str(article), "--published", "2024-07-26", "--json"))
    assert (printed["language"], printed["published"]) == ("ar", "2024-07-26")
    assert [REPORT[a:b] for a, b in printed["sentences"]] == [REPORT.strip()]
    (claim,) = printed["claims"]
    assert set(claim) == {
        *("id", "start", "end", "text", "statement", "claimant", "via", "cue", "form", "stance"),
        *("contests", "contested", "kind", "checkable", "checkworthiness", "reasons", "dates"),
        *("provenance", "unresolved", "due"),
    }
    assert (
        claim["text"] == REPORT[claim["start"] : claim["end"]] == "المستشفى سيفتح في أغسطس المقبل"
    )
    assert claim["claimant"]["text"] == "وزيرة الصحة"
    assert [(d["from"], d["to"]) for d in claim["dates"]] == [
        ("2024-07-25", "2024-07-25"),
        ("2024-08-01", "2024-08-31"),
    ]


def test_without_json_it_is_a_list_to_read(article):
    printed = _split(str(article), "--published", "2024-07-26")
    assert "sentences: 1, claims: 1" in printed
    assert "وزيرة الصحة · prediction · indirect · worth" in printed


def test_a_batch_prints_one_object_a_line_with_the_files_name(article, tmp_path):
    (tmp_path / "bridge.txt").write_text("The mayor said the bridge was closed on Monday.")
    (tmp_path / "notes.md").write_text("not an article")
    lines = _split("--batch", str(tmp_path), "--published", "2024-07-26", "--json").splitlines()
    found = [json.loads(line) for line in lines]
    assert [(f["file"], f["language"]) for f in found] == [
        ("bridge.txt", "en"),
        ("clinic.txt", "ar"),
    ]


def test_a_file_that_cannot_be_read_is_named_and_the_others_of_the_batch_are_split(
    article, tmp_path
):
    (tmp_path / "a-scan.txt").write_bytes(b"\x89PNG\r\n")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="Files left out: 1"):
        call_command(
            *["split", "--batch", str(tmp_path), "--published", "2024-07-26", "--json"],
            stdout=out,
            stderr=err,
        )
    assert [json.loads(line)["file"] for line in out.getvalue().splitlines()] == ["clinic.txt"]
    assert "a-scan.txt' is not UTF-8 text" in err.getvalue()


def test_it_reads_standard_input_and_touches_no_database(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "split", "-", "--published", "2024-07-26", "--json"],
        input=REPORT.encode(),
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert len(json.loads(done.stdout)["claims"]) == 1


def test_the_language_can_be_said(article):
    printed = json.loads(
        _split(str(article), "--published", "2024-07-26", "--language", "en", "--json")
    )
    assert printed["language"] == "en"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No file"),
        (b"", "is empty. Give the text of an article"),
        (b" \n ", "is empty"),
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3", "is not UTF-8 text"),
        ("مقال".encode("cp1256"), "is not UTF-8 text"),
        (b"abc\x00def", "is a binary file"),
        (b"12345", "is none of ar, tr, en"),
        (b"Le ministre a dit hier que le pont serait ouvert demain matin.", "--language"),
    ],
)
def test_bad_input_says_what_is_wrong_and_what_to_do(tmp_path, content, message):
    path = tmp_path / "input.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        _split(str(path), "--published", "2024-07-26")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--published", "2024-13-01"], r"'2024-13-01' is no day of the calendar.*YYYY-MM-DD"),
        (["--published", "yesterday"], "YYYY-MM-DD"),
        (
            ["--published", "2024-07-26", "--language", "xx"],
            r"No splitter for 'xx'. Known: ar, en, fa, tr\.",
        ),
        (["--published", "2024-07-26", "--batch", "."], "not both"),
    ],
)
def test_a_bad_option_says_what_is_wrong_and_what_to_do(article, args, message):
    with pytest.raises(CommandError, match=message):
        _split(str(article), *args)


def test_an_empty_or_missing_folder_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"No \*\.txt file in"):
        _split("--batch", str(tmp_path), "--published", "2024-07-26")
    with pytest.raises(CommandError, match="No folder"):
        _split("--batch", str(tmp_path / "gone"), "--published", "2024-07-26")


def test_a_folder_given_as_a_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        _split(str(tmp_path), "--published", "2024-07-26")
