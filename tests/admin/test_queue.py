"""The queue and the list of articles: what stands in them, in which order, at what cost."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Claim, State
from claims.pipeline import discussing, finding, review
from claims.templatetags.desk import state_class
from tests.admin.hands import captured, signed_in
from tests.cast import DENIAL, make_article, make_claim

pytestmark = pytest.mark.django_db

QUEUE = "/desk/claims/claim/"


def listed(client: Client, query: str) -> list[str]:
    """The statements in the order of the list, once the workers have written the words."""
    while finding.write_due():
        pass
    html = client.get(QUEUE + query).content.decode()
    return re.findall(
        r'<a class="st"(?: id="claim-\d+")? href="/desk/claims/claim/\d+/change/"[^>]*><bdi[^>]*>(.*?)</bdi>',
        html,
    )


@pytest.fixture
def some(editor: User, second_editor: User) -> dict[str, Claim]:
    article = make_article()
    made = {
        name: make_claim(article, statement=name)
        for name in ("urgent", "worthy", "plain", "found", "theirs")
    }
    made["contested"] = make_claim(article, statement="contested", denial=DENIAL)
    for name in ("urgent", "worthy", "plain", "contested"):
        review.accept(claim=made[name], actor=editor)
    review.accept(claim=made["theirs"], actor=second_editor)
    changes = {
        "urgent": {"priority": 3, "due_at": timezone.now() - timedelta(days=1)},
        "worthy": {"checkworthiness": 0.9},
        "plain": {"assignee": None, "checkworthiness": 0.1},
        "theirs": {"checkworthiness": 0.2},
        "contested": {"checkworthiness": 0.3},
    }
    for name, fields in changes.items():
        Claim.objects.filter(pk=made[name].pk).update(**fields)
    return made


def test_the_most_urgent_and_the_worthiest_stand_first(
    editor: User, some: dict[str, Claim]
) -> None:
    assert listed(signed_in(editor), "") == ["urgent", "worthy", "contested", "theirs", "plain"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?tab=mine", ["urgent", "worthy", "contested"]),
        ("?tab=nobody", ["plain"]),
        ("?tab=contested", ["contested"]),
        ("?tab=found", ["found"]),
        ("?tab=open&state=found", []),
        ("?tab=all&state=found", ["found"]),
        ("?tab=open&language=tr", []),
        ("?q=worth", ["worthy"]),
        ("?q=found", ["found"]),  # a search looks everywhere
        ("?q=found&tab=open", []),
        ("?tab=none-such&state=none-such&language=xx", ["urgent", "worthy", "contested", "theirs", "plain"]),
    ],
)  # fmt: skip
def test_tabs_chips_and_words_narrow_the_list(
    editor: User, some: dict[str, Claim], query: str, expected: list[str]
) -> None:
    assert listed(signed_in(editor), query) == expected


@pytest.mark.parametrize("words", ["المرفأ", "صحيفة المرفا", "لقاء وزاري مرتقب"])
def test_a_search_finds_by_claimant_outlet_and_article(editor: User, words: str) -> None:
    found = make_claim(statement="the one")
    review.accept(claim=found, actor=editor)
    assert listed(signed_in(editor), f"?q={words}") == ["the one"]


def test_a_claim_that_comes_back_this_week_is_shown_with_its_day(editor: User) -> None:
    waiting = make_claim(statement="later")
    review.accept(claim=waiting, actor=editor)
    review.wait(
        claim=waiting,
        actor=editor,
        until=timezone.localdate() + timedelta(days=3),
        reason="not yet",
    )
    assert listed(signed_in(editor), "?tab=returning") == ["later"]


def test_pages_follow_each_other_in_both_directions(editor: User) -> None:
    article = make_article()
    for number in range(60):
        made = make_claim(article, statement=f"claim {number:02}")
        Claim.objects.filter(pk=made.pk).update(checkworthiness=(number // 7) / 10)
    client = signed_in(editor)
    ordered = [c.statement for c in Claim.objects.order_by("-priority", "-checkworthiness", "-pk")]
    pages, query = [], "?tab=found"
    while query:
        pages.append(listed(client, query))
        html = client.get(QUEUE + query).content.decode()
        following = re.search(r'href="([^"]*)">Next</a>', html)
        last, query = query, following[1].replace("&amp;", "&") if following else ""
    assert [len(page) for page in pages] == [25, 25, 10]
    assert [statement for page in pages for statement in page] == ordered
    back = re.search(r'href="([^"]*)">Previous</a>', client.get(QUEUE + last).content.decode())
    assert back
    assert listed(client, back[1].replace("&amp;", "&")) == pages[1]


@pytest.mark.parametrize("cursor", ["after=x", "after=1,2", "before=,,", "after=1,nan,x"])
def test_a_cursor_that_is_no_place_in_the_list_gives_the_first_page(
    editor: User, some: dict[str, Claim], cursor: str
) -> None:
    response = signed_in(editor).get(f"{QUEUE}?{cursor}")
    assert response.status_code == 200
    assert "urgent" in response.content.decode()


def test_an_empty_list_says_what_to_do(editor: User) -> None:
    html = signed_in(editor).get(QUEUE).content.decode()
    assert "Nothing is open. Accept claims of an article, or bring an article in." in html
    assert 'href="/desk/articles/new/"' in html


@pytest.mark.parametrize("path", [QUEUE, QUEUE + "?tab=all&q=claim", "/desk/articles/"])
def test_a_list_takes_as_many_queries_for_eleven_rows_as_for_one(editor: User, path: str) -> None:
    client = signed_in(editor)

    def another(number: int) -> None:
        article = make_article(f"Article {number}\ncalled {number}", language="en")
        made = make_claim(article, text=f"called {number}", statement=f"claim {number}")
        review.accept(claim=made, actor=editor)

    another(0)
    one = len(captured(client, path))
    for number in range(1, 11):
        another(number)
    assert len(captured(client, path)) == one
    assert one < 30


def test_no_list_counts_all_its_rows(editor: User, some: dict[str, Claim]) -> None:
    for query in captured(signed_in(editor), QUEUE):
        if "COUNT(" in query["sql"] and "claims_claim" in query["sql"]:
            assert "LIMIT 1001" in query["sql"]


def test_the_articles_tell_how_far_their_claims_are(editor: User) -> None:
    article = make_article()
    review.accept(claim=make_claim(article), actor=editor)
    make_claim(article, text="عدد العائدين بلغ 1200 شخص", kind="quantity")
    waiting = make_article("Not yet split\nat all", language="en", split=False)
    html = signed_in(editor).get("/desk/articles/").content.decode()
    assert "2 claims" in html
    assert "1 to decide" in html
    assert "waits to be split" in html
    assert html.index(waiting.title) < html.index(article.title)


def test_articles_are_found_by_title_outlet_and_address(editor: User) -> None:
    make_article("Grain talks\nresume", language="en", outlet="Harbour", url="https://h.example/a")
    make_article("Something else\nentirely", language="en", outlet="Other", url="")
    client = signed_in(editor)
    for words in ("grain", "harbour", "h.example"):
        html = client.get(f"/desk/articles/?q={words}").content.decode()
        assert "Grain talks" in html, words
        assert "Something else" not in html, words
    html = client.get("/desk/articles/?q=nowhere").content.decode()
    assert "No article holds these words" in html


def test_the_rows_escape_what_an_article_brought_in(editor: User) -> None:
    article = make_article("<b>Bold</b> title\nHe said <i>so</i>", language="en", outlet="<u>O</u>")
    made = make_claim(article, text="He said <i>so</i>", claimant="<s>He</s>")
    review.accept(claim=made, actor=editor)
    for path in (QUEUE, "/desk/articles/", "/desk/"):
        html = signed_in(editor).get(path).content.decode()
        for tag in ("<b>Bold", "<i>so", "<u>O", "<s>He"):
            assert tag not in html, path


def test_every_state_has_its_sign(editor: User) -> None:
    html = signed_in(editor).get(QUEUE).content.decode()
    for state in State.values:
        assert f'<option value="{state}">' in html
        narrowed = signed_in(editor).get(f"{QUEUE}?tab=all&state={state}").content.decode()
        chips = narrowed[narrowed.index('class="chip set"') :]
        assert f'<span class="state {state_class(state)}">' in chips[: chips.index("</a>")]


@pytest.mark.parametrize("view", ["", "?view=board"])
def test_open_comments_are_counted_without_a_question_for_each_claim(
    some: dict[str, Claim], editor: User, second_editor: User, view: str
) -> None:
    client = signed_in(editor)
    before = len(captured(client, QUEUE + view))
    for name in ("urgent", "worthy"):
        top = discussing.comment(claim=some[name], actor=second_editor, text="Look at the date.")
        discussing.comment(claim=some[name], actor=second_editor, text="And here.", parent=top)
    discussing.comment(claim=some["urgent"], actor=second_editor, text="One more.")
    html = client.get(QUEUE + view).content.decode()
    assert html.count("2 open comments") == 1
    assert html.count("1 open comment<") == 1
    assert len(captured(client, QUEUE + view)) == before
    page = client.get(f"{QUEUE}{some['urgent'].pk}/change/").content.decode()
    assert page.count("2 open comments") == 1
