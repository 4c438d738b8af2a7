"""Lists as files: what a spreadsheet and a program get."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.http import StreamingHttpResponse
from django.utils import timezone

from claims.admin import exporting
from tests.admin.hands import signed_in
from tests.cast import make_article, published_claim


def sent(response: StreamingHttpResponse) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def read(response: StreamingHttpResponse) -> list[list[str]]:
    return list(csv.reader(StringIO(sent(response).decode("utf-8-sig"), newline="")))


def test_a_csv_begins_with_the_mark_that_spreadsheets_know_utf_8_by() -> None:
    response = exporting.table("queue", ["id", "statement"], [[1, "وزارة"]], form="csv")
    assert (
        sent(response)
        == b"\xef\xbb\xbfid,statement\r\n1,\xd9\x88\xd8\xb2\xd8\xa7\xd8\xb1\xd8\xa9\r\n"
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_the_file_is_named_after_the_list_and_the_day() -> None:
    day = timezone.localdate().isoformat()
    response = exporting.table("My Queue", ["id"], [], form="json")
    assert response["Content-Disposition"] == f'attachment; filename="my-queue-{day}.json"'
    nameless = exporting.table("///", ["id"], [], form="csv")
    assert f"list-{day}.csv" in nameless["Content-Disposition"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "  =1", "＝1", '=HYPERLINK("http://x")'],
)
def test_no_cell_is_a_formula(text: str) -> None:
    rows = read(exporting.table("x", ["a"], [[text]], form="csv"))
    assert rows == [["a"], ["'" + text]]


def test_words_and_numbers_stay_what_they_are() -> None:
    row = [-3, 0.5, None, True, "a=b", ["x", "y"], date(2026, 7, 1), 'say "hi", then\nleave']
    rows = read(exporting.table("x", list("abcdefgh"), [row], form="csv"))
    assert rows[1] == [
        "-3",
        "0.5",
        "",
        "true",
        "a=b",
        "x | y",
        "2026-07-01",
        'say "hi", then\nleave',
    ]


def test_json_is_one_object_a_row() -> None:
    moment = datetime(2026, 7, 1, 12, tzinfo=UTC)
    rows = [[1, "=1", None, ["x"], moment], [2, "b", 0.5, [], None]]
    response = exporting.table("x", ["id", "words", "worth", "names", "at"], rows, form="json")
    assert json.loads(sent(response)) == [
        {"id": 1, "words": "=1", "worth": None, "names": ["x"], "at": "2026-07-01T12:00:00Z"},
        {"id": 2, "words": "b", "worth": 0.5, "names": [], "at": None},
    ]
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(sent(exporting.table("x", ["id"], [], form="json"))) == []


def test_a_long_list_is_never_kept_whole() -> None:
    taken = 0

    def rows():  # type: ignore[no-untyped-def]
        nonlocal taken
        for number in range(100_000):
            taken = number
            yield [number, "x" * 100]

    blocks = iter(exporting.table("x", ["a", "b"], rows(), form="csv").streaming_content)
    assert len(next(blocks)) < 40_000  # type: ignore[arg-type]
    assert taken < 400


@pytest.mark.parametrize(
    ("asked", "form"), [("csv", "csv"), ("json", "json"), ("xls", None), (None, None), ("", None)]
)
def test_only_two_forms_are_known(asked: str | None, form: str | None) -> None:
    assert exporting.asked(asked) == form


# ── The lists of the desk ─────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_every_list_leads_to_its_file_and_the_file_holds_what_the_list_does(
    editor: User, reviewer: User, publisher: User
) -> None:
    published_claim(editor, reviewer, publisher)
    make_article("Grain talks\nresume", language="en", outlet="=Harbour")
    client = signed_in(publisher)
    expected = {
        "/desk/articles/?q=grain": ("title", ["Grain talks"]),
        "/desk/claims/claimant/?q=المرفأ": ("name", ["صحيفة المرفأ"]),
        "/desk/claims/outlet/?q=harbour": ("name", ["=Harbour"]),
        "/desk/publishing/?": ("rating", ["false"]),
    }
    for path, (column, values) in expected.items():
        html = client.get(path).content.decode()
        assert "as=csv" in html, path
        assert "as=json" in html, path
        rows = json.loads(sent(client.get(f"{path}&as=json")))  # type: ignore[arg-type]
        assert [row[column] for row in rows] == values, path
    outlets = read(client.get("/desk/claims/outlet/?as=csv"))  # type: ignore[arg-type]
    assert "'=Harbour" in [row[1] for row in outlets]


@pytest.mark.django_db
def test_no_file_of_accounts_is_made(administrator: User) -> None:
    response = signed_in(administrator).get("/desk/auth/user/?as=csv")
    assert "text/csv" not in response["Content-Type"]
