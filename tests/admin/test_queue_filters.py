"""What the queue is narrowed to, kept under a name, shown as a board and sent as a file."""

import csv
import json
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Article, Claim, Outlet, SavedFilter, State
from claims.pipeline import review
from tests.admin.hands import captured, signed_in
from tests.admin.test_queue import QUEUE, listed
from tests.cast import DENIAL, make_article, make_claim

pytestmark = pytest.mark.django_db

FILTERS = QUEUE + "filters/"


@pytest.fixture
def some(editor: User, second_editor: User) -> dict[str, Claim]:
    article, other = make_article(), make_article("Quay\nopened", language="en", outlet="Harbour")
    made = {
        "plain": make_claim(article, statement="plain"),
        "english": make_claim(other, text="opened", statement="english", kind="event"),
        "contested": make_claim(article, statement="contested", denial=DENIAL),
    }
    for claim in made.values():
        review.accept(claim=claim, actor=editor)
    changes: dict[str, dict[str, Any]] = {
        "plain": {"priority": 3, "severity": 1, "topic": "grain trade"},
        "english": {
            "assignee": second_editor,
            "due_at": timezone.now() - timedelta(hours=1),
            "created_at": timezone.now() - timedelta(days=9),
        },
        "contested": {"assignee": None, "checkworthiness": 0.1},
    }
    for name, fields in changes.items():
        Claim.objects.filter(pk=made[name].pk).update(**fields)
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?assignee=me", ["plain"]),
        ("?assignee=nobody", ["contested"]),
        ("?assignee=999999", []),
        ("?topic=grain trade", ["plain"]),
        ("?topic=none such", []),
        ("?priority=3", ["plain"]),
        ("?severity=1", ["plain"]),
        ("?severity=2", ["english", "contested"]),
        ("?kind=event", ["english"]),
        ("?contested=1", ["contested"]),
        ("?overdue=1", ["english"]),
        ("?overdue=1&state=dismissed&tab=all", []),
        ("?age=week", ["plain", "contested"]),
        ("?age=older", ["english"]),
        ("?age=month", []),
        ("?language=en&kind=event&assignee=me", []),
        ("?q=harbour&kind=event", ["english"]),
        ("?q=quay&language=ar", []),
        # What is no value of ours asks nothing.
        ("?kind=x&age=y&priority=9&assignee=x&outlet=z&contested=2", ["plain", "english", "contested"]),
        ("?outlet=999999999999999999999999&assignee=-1", ["plain", "english", "contested"]),
    ],
)  # fmt: skip
def test_each_filter_narrows_the_list(
    editor: User, some: dict[str, Claim], query: str, expected: list[str]
) -> None:
    assert listed(signed_in(editor), query) == expected


def test_an_outlet_narrows_the_list_however_much_it_printed(
    editor: User, some: dict[str, Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour = Outlet.objects.get(name="Harbour")
    for few in (4000, 0):
        monkeypatch.setattr("claims.admin.queue_rows.FEW", few)
        assert listed(signed_in(editor), f"?outlet={harbour.pk}") == ["english"]


@pytest.mark.parametrize("few", [4000, 0])
@pytest.mark.parametrize("words", ["مرفأ", "المرف", "صحيفة مرف"])
def test_a_word_of_many_claims_finds_as_a_rare_one_does(
    editor: User, some: dict[str, Claim], monkeypatch: pytest.MonkeyPatch, few: int, words: str
) -> None:
    monkeypatch.setattr("claims.admin.queue_rows.FEW", few)
    assert listed(signed_in(editor), f"?q={words}&language=ar") == ["plain", "contested"]


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "!!!", "\u202e", "a" * 5000, "٪", "* OR 1"])
def test_no_search_is_an_error(editor: User, some: dict[str, Claim], words: str) -> None:
    response = signed_in(editor).get(QUEUE, {"q": words})
    assert response.status_code == 200
    assert "Nothing holds these words" in response.content.decode()


def test_a_chip_takes_its_filter_away_and_keeps_the_others(
    editor: User, some: dict[str, Claim]
) -> None:
    html = signed_in(editor).get(QUEUE + "?language=ar&priority=3&q=plain").content.decode()
    chips = dict(re.findall(r'<a class="chip set" href="([^"]*)">.*?<bdi>(.*?)</bdi>', html))
    assert chips == {
        "?tab=all&amp;q=plain&amp;priority=3": "Arabic",
        "?tab=all&amp;q=plain&amp;language=ar": "high",
        "?tab=all&amp;language=ar&amp;priority=3": "“plain”",
    }


def test_the_topics_in_use_are_offered(editor: User, some: dict[str, Claim]) -> None:
    Claim.objects.filter(pk=some["english"].pk).update(topic="energy")
    html = signed_in(editor).get(QUEUE).content.decode()
    start = html.index('id="f-topic"')
    offered = re.findall(r'<option value="([^"]*)"', html[start : html.index("</select>", start)])
    assert offered == ["", "energy", "grain trade"]


# ── Kept under a name ─────────────────────────────────────────────────────────────────────────


def tabs(client: Client, query: str = "") -> dict[str, str]:
    """Name → address of the filters that are kept."""
    html = client.get(QUEUE + query).content.decode()
    nav = html[html.index('class="tabs"') :]
    nav = nav[: nav.index("</nav>")]
    return {
        name: address.replace("&amp;", "&")
        for address, name in re.findall(
            r'<a href="([^"]*)"[^>]*>(?:(?!</a>).)*<bdi>(.*?)</bdi>', nav
        )
    }


def keep(client: Client, name: str, query: str, **fields: str) -> str:
    response = client.post(FILTERS, {"name": name, "query": query, **fields}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_a_filter_is_kept_under_a_name_and_shows_what_it_showed(
    editor: User, some: dict[str, Claim]
) -> None:
    client = signed_in(editor)
    html = keep(client, "Grain", "?topic=grain+trade&after=3,0.5,1&evil=1&tab=open")
    assert "Saved as “Grain”." in html
    assert SavedFilter.objects.get().query == "?tab=open&topic=grain+trade"
    address = tabs(client)["Grain"]
    assert listed(client, address) == ["plain"]


def test_a_filter_is_ones_own_until_it_is_shared(
    editor: User, second_editor: User, some: dict[str, Claim]
) -> None:
    mine, theirs = signed_in(editor), signed_in(second_editor)
    keep(mine, "Grain", "?topic=grain+trade")
    assert tabs(theirs) == {}
    keep(mine, "English", "?language=en", shared="on")
    assert list(tabs(theirs)) == ["English"]
    assert listed(theirs, tabs(theirs)["English"]) == ["english"]


def test_nobody_changes_anothers_filter(editor: User, second_editor: User) -> None:
    keep(signed_in(editor), "English", "?language=en", shared="on")
    keep(signed_in(editor), "Own", "?language=tr")
    shared, own = SavedFilter.objects.order_by("name")
    client = signed_in(second_editor)
    for tail in ("", "delete/"):
        html = client.post(f"{FILTERS}{shared.pk}/{tail}", {"name": "x"}, follow=True)
        assert "This filter is layla’s. You can use it" in html.content.decode()
        assert client.post(f"{FILTERS}{own.pk}/{tail}", {"name": "x"}).status_code == 404
    assert SavedFilter.objects.filter(name="English", shared=True).exists()
    assert SavedFilter.objects.filter(name="Own").exists()
    page = client.get(QUEUE + "?language=en").content.decode()
    assert "Change “English”" not in page


def test_ones_own_is_renamed_narrowed_and_deleted(editor: User, some: dict[str, Claim]) -> None:
    client = signed_in(editor)
    keep(client, "Grain", "?topic=grain+trade")
    row = SavedFilter.objects.get()
    assert "Change “Grain”" in client.get(QUEUE + tabs(client)["Grain"]).content.decode()
    client.post(f"{FILTERS}{row.pk}/", {"name": "Wheat", "shared": "on", "query": "?language=en"})
    row.refresh_from_db()
    assert (row.name, row.shared, row.query) == ("Wheat", True, "?tab=open&topic=grain+trade")
    client.post(f"{FILTERS}{row.pk}/", {"name": "Wheat", "update": "on", "query": "?language=en"})
    row.refresh_from_db()
    assert (row.shared, row.query) == (False, "?tab=open&language=en")
    html = client.post(f"{FILTERS}{row.pk}/delete/", {}, follow=True).content.decode()
    assert "“Wheat” was deleted." in html
    assert not SavedFilter.objects.exists()
    assert client.post(f"{FILTERS}{row.pk}/delete/", {}).status_code == 404


def test_a_name_is_there_short_and_once(editor: User, second_editor: User) -> None:
    client = signed_in(editor)
    keep(client, "Grain", "?language=ar")
    assert "You have a filter of this name already." in keep(client, "Grain", "?language=tr")
    assert "This field cannot be blank." in keep(client, " \x00 ", "?language=tr")
    assert "at most 60 characters" in keep(client, "x" * 61, "?language=tr")
    keep(signed_in(second_editor), "Grain", "?language=ar")
    assert SavedFilter.objects.count() == 2


def test_nobody_keeps_more_filters_than_help(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.pipeline.saved_filters.MOST", 1)
    keep(signed_in(editor), "One", "?language=ar")
    assert "You have 1 filters." in keep(signed_in(editor), "Two", "?language=ar")


@pytest.mark.parametrize("path", ["", "1/", "1/delete/"])
def test_looking_at_what_changes_a_filter_leads_to_the_queue(editor: User, path: str) -> None:
    assert signed_in(editor).get(FILTERS + path)["Location"] == QUEUE


# ── The board ─────────────────────────────────────────────────────────────────────────────────


def columns(html: str) -> dict[str, list[str]]:
    return {
        state: re.findall(r'<a class="st"[^>]*><bdi[^>]*>(.*?)</bdi>', column)
        for state, column in re.findall(
            r'<summary><h2><span class="state (\w+)">(.*?)</details>', html, re.DOTALL
        )
    }


def test_the_board_has_a_column_a_state(editor: User, some: dict[str, Claim]) -> None:
    review.start(claim=Claim.objects.get(pk=some["english"].pk), actor=editor)
    html = signed_in(editor).get(QUEUE + "?view=board").content.decode()
    assert columns(html) == {
        "queued": ["plain", "contested"],
        "researching": ["english"],
        "waiting": [],
        "review": [],
        "approved": [],
        "correcting": [],
    }


def test_the_board_shows_what_was_found_where_its_tab_has_it(
    editor: User, some: dict[str, Claim]
) -> None:
    make_claim(make_article("new\nopened"), text="opened", statement="undecided")
    for tab in ("found", "all"):
        html = signed_in(editor).get(f"{QUEUE}?view=board&tab={tab}").content.decode()
        assert columns(html)["found"] == ["undecided"]
    html = signed_in(editor).get(QUEUE + "?view=board").content.decode()
    assert "found" not in columns(html)


def test_the_board_takes_the_same_filters(editor: User, some: dict[str, Claim]) -> None:
    html = signed_in(editor).get(QUEUE + "?view=board&state=queued&kind=event").content.decode()
    assert columns(html) == {"queued": ["english"]}
    empty = signed_in(editor).get(QUEUE + "?view=board&tab=found&state=published")
    assert "Nothing here" in empty.content.decode()


def test_a_column_is_cut_and_leads_to_its_list(
    editor: User, some: dict[str, Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.admin.queue.CARDS", 1)
    html = signed_in(editor).get(QUEUE + "?view=board&language=ar").content.decode()
    assert columns(html)["queued"] == ["plain"]
    assert 'href="?tab=open&amp;state=queued&amp;language=ar">Show all</a>' in html
    assert listed(signed_in(editor), "?tab=open&state=queued&language=ar") == ["plain", "contested"]


@pytest.mark.parametrize("path", ["?view=board", "?tab=all&language=en", "?q=called&tab=open"])
def test_no_view_takes_more_queries_for_more_rows(editor: User, path: str) -> None:
    client = signed_in(editor)

    def another(number: int) -> None:
        article = make_article(f"Article {number}\ncalled {number}", language="en")
        made = make_claim(article, text=f"called {number}", statement=f"claim {number}")
        review.accept(claim=made, actor=editor)
        listed(client, "")

    another(0)
    one = len(captured(client, QUEUE + path))
    for number in range(1, 8):
        another(number)
    assert len(captured(client, QUEUE + path)) == one
    assert one < 30


# ── As a file ─────────────────────────────────────────────────────────────────────────────────


def sent(client: Client, query: str) -> str:
    response = client.get(QUEUE + query)
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def test_the_list_comes_as_a_spreadsheet_in_its_order(editor: User, some: dict[str, Claim]) -> None:
    Claim.objects.filter(pk=some["plain"].pk).update(statement="=HYPERLINK(1)")
    text = sent(signed_in(editor), "?tab=open&as=csv")
    assert text.startswith("\ufeffid,state,priority,")
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["statement"] for row in rows] == ["'=HYPERLINK(1)", "english", "contested"]
    assert rows[0]["topic"] == "grain trade"
    assert rows[1]["assigned_to"] == "mehmet"
    assert rows[2]["contested"] == "true"
    assert rows[2]["claimants"] == "صحيفة المرفأ"


def test_the_filtered_list_comes_as_json(editor: User, some: dict[str, Claim]) -> None:
    rows = json.loads(sent(signed_in(editor), "?kind=event&as=json"))
    assert [(row["id"], row["title"], row["outlet"]) for row in rows] == [
        (some["english"].pk, "Quay", "Harbour")
    ]


def test_a_file_holds_all_pages(
    editor: User, some: dict[str, Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.admin.queue_rows.EXPORTED", 1)
    rows = json.loads(sent(signed_in(editor), "?tab=open&as=json"))
    assert [row["statement"] for row in rows] == ["plain", "english", "contested"]


def test_no_file_for_whoever_is_not_on_the_desk(outsider: User, some: dict[str, Claim]) -> None:
    response = signed_in(outsider).get(QUEUE + "?as=csv")
    assert response.status_code == 302
    assert Article.objects.exists()
    assert State.QUEUED in set(Claim.objects.values_list("state", flat=True))
