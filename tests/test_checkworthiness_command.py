"""``manage.py checkworthiness``: a line a text in, a line of probabilities out."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

ROWS = [
    {"id": "a", "text": "قتل 120 شخصا في انفجار المصنع بسبب الحريق."},
    {"id": 7, "text": "شكرا لكم، نحن سعداء!"},
    {"id": "empty", "text": ""},
]


def _run(path, *options):
    out = io.StringIO()
    call_command("checkworthiness", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def lines(tmp_path):
    def _lines(content):
        path = tmp_path / "texts.jsonl"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _lines


def test_each_text_gets_its_three_probabilities_and_reasons(lines):
    path = lines("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS) + "\n\n")
    found = [json.loads(line) for line in _run(path, "--language", "ar", "--json").splitlines()]
    assert [row["id"] for row in found] == ["a", 7, "empty"]
    for row in found:
        assert list(row) == ["id", "checkworthy", "checkable", "subjective", "reasons"]
        assert all(0 <= row[name] <= 1 for name in ("checkworthy", "checkable", "subjective"))
    assert found[0]["checkworthy"] > found[1]["checkworthy"]
    assert "gives a number" in found[0]["reasons"]


def test_without_json_it_is_a_table_to_read(lines):
    printed = _run(lines(json.dumps(ROWS[0])), "--language", "ar")
    assert printed.startswith("a  check-worthy 0.")
    assert "gives a number" in printed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"id": 1, "text": "x"}\n{oops', r"Line 2 of '.*' is not JSON"),
        ("[1]", r"Line 1 of '.*' is no JSON object"),
        ('\n{"text": "x"}', r"Line 2 of '.*' has no id that is a string or a number"),
        ('{"id": true, "text": "x"}', r"Line 1 of '.*' has no id"),
        ('{"id": 1, "text": null}', r"Line 1 of '.*' has no text that is a string"),
        (b'{"id": 1, "text": "\xff"}', r"Line 1 of '.*' is not UTF-8 text"),
        ("[" * 100_000, r"Line 1 of '.*' is not JSON"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_printed(lines, content, message):
    out = io.StringIO()
    with pytest.raises(CommandError, match=message):
        call_command(
            "checkworthiness", str(lines(content)), "--language", "en", "--json", stdout=out
        )
    assert out.getvalue() == ""


def test_a_missing_file_and_an_unknown_language_say_what_to_do(lines, tmp_path):
    with pytest.raises(CommandError, match=r"No file '.*absent\.jsonl'\. Check the path"):
        _run(tmp_path / "absent.jsonl", "--language", "en")
    with pytest.raises(CommandError, match=r"No language 'xx'\. Known: ar, en, tr\."):
        _run(lines("{}"), "--language", "xx")
