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
from claims.models import Claim, Transition
from claims.pipeline import matching, review
from tests.admin.hands import signed_in
from tests.cast import make_article, make_claim, published_claim
from tests.pipeline.matched import repeated, suggested


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


@pytest.fixture
def confidential(editor: User) -> Claim:
    """Confidential, beside two that are not; the second of those says the same as it."""
    hidden = make_claim(
        make_article(
            "SECRET TITLE\nSECRET WORDS", confidential=True, url="https://secret.example/"
        ),
        text="SECRET WORDS",
        claimant="SECRET SPEAKER",
    )
    review.accept(claim=make_claim(), actor=editor)
    head = repeated(2)
    review.accept(claim=head, actor=editor)
    review.accept(claim=hidden, actor=editor)
    member = make_claim(
        make_article("SECRET TWIN\nTWIN WORDS", confidential=True, url=""),
        text="TWIN WORDS",
        claimant="SECRET TWIN",
    )
    matching.confirm(match=suggested(member, head), actor=editor)
    return hidden


LISTS = ("/desk/claims/claim/?tab=open", "/desk/articles/?q=")


@pytest.mark.django_db
@pytest.mark.parametrize("at", LISTS)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_nothing_confidential_leaves_by_accident_and_the_file_says_so(
    editor: User, reviewer: User, confidential: Claim, at: str, form: str
) -> None:
    for person in (editor, reviewer):
        client = signed_in(person)
        client.cookies["language"] = "en"
        file = sent(client.get(f"{at}&as={form}")).decode()  # type: ignore[arg-type]
        assert "SECRET" not in file
        assert "secret.example" not in file
        assert "left out, because" in file
        if form == "json":
            *_shown, last = json.loads(file)
            assert last["id"] is None
            assert (last.get("statement") or last["title"])[0] == ("1" if "claim" in at else "2")


@pytest.mark.django_db
@pytest.mark.parametrize("at", LISTS)
def test_whoever_stands_for_what_is_published_may_ask_for_it_and_that_is_written_down(
    editor: User, reviewer: User, confidential: Claim, at: str
) -> None:
    asked = f"{at}&as=json&confidential=with"
    assert signed_in(editor).get(asked).status_code == 403
    assert not Transition.objects.filter(action="export_confidential").exists()
    client = signed_in(reviewer)
    file = sent(client.get(asked)).decode()  # type: ignore[arg-type]
    assert "SECRET" in file
    assert "left out" not in file
    move = Transition.objects.get(action="export_confidential")
    assert move.actor == reviewer
    assert "confidential=with" in move.data["query"]
    assert "confidential=with" in client.get(at).content.decode()
    assert "confidential=with" not in signed_in(editor).get(at).content.decode()


@pytest.mark.django_db
def test_a_file_of_nothing_confidential_has_no_last_line(editor: User) -> None:
    review.accept(claim=make_claim(), actor=editor)
    rows = json.loads(sent(signed_in(editor).get(f"{LISTS[0]}&as=json")))  # type: ignore[arg-type]
    assert [row["id"] is None for row in rows] == [False]
