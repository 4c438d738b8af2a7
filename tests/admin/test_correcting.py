"""The forms of the article's page that correct the splitter, pressed by everybody."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Article, Claim, Correction, Position, State
from claims.pipeline import correcting, review
from tests.admin.hands import address, history, signed_in
from tests.cast import DENIAL, STATEMENT, TEXT, make_article, make_claim, proposed_claim

pytestmark = pytest.mark.django_db

NUMBER = "عدد العائدين بلغ 1200 شخص"
ACTIONS = ("merge", "cut", "respan", "add")


def path(article: Article, tail: str = "") -> str:
    return f"/desk/articles/{article.pk}/{tail}"


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"words": words, "start": start, "end": start + len(words)}


def asked(claim: Claim, other: Claim, action: str) -> tuple[str, dict[str, Any]]:
    """The address and the fields that the page's own form would send."""
    position = claim.positions.get(stance="asserts")
    common = {"moves": claim.moves, "position": position.pk}
    if action == "add":
        return path(claim.article, "add/"), {
            **span("الوزارة إن عدد"), "stance": "asserts", "kind": "event", "claimant": "المرفأ",
        }  # fmt: skip
    fields = {
        "merge": {"into": other.pk},
        "cut": {"at": TEXT.index("في أغسطس")},
        "respan": span("سيلتقيان في صوفيا"),
    }[action]
    return path(claim.article, f"claims/{claim.pk}/{action}/"), {**common, **fields}


@pytest.fixture
def two() -> tuple[Claim, Claim]:
    article = make_article()
    return make_claim(article, denial=DENIAL), make_claim(article, text=NUMBER, kind="quantity")


def rows() -> list[Any]:
    return list(Position.objects.order_by("pk").values_list("claim", "start", "end", "stance"))


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", ["editor", "reviewer", "publisher", "superuser"])
def test_whoever_researches_corrects_the_splitter(
    who: str, action: str, two: tuple[Claim, Claim], request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    before = rows()
    url, fields = asked(*two, action)
    response = signed_in(user).post(url + "?show=found", fields)
    assert response.headers["Location"] == path(two[0].article) + "?show=found"
    assert rows() != before
    example = Correction.objects.get()
    assert (example.kind, example.actor) == (action.replace("cut", "split"), user)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", ["administrator", "outsider", None])
def test_nobody_else_does(
    who: str | None, action: str, two: tuple[Claim, Claim], request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who)) if who else Client()
    before = rows()
    response = client.post(*asked(*two, action))
    # What was typed is kept for whoever has to sign in first; the rest is led to the door.
    led_away = who != "administrator" and action in ("merge", "cut")
    assert response.status_code == (302 if led_away else 403)
    assert (rows(), Correction.objects.count()) == (before, 0)


@pytest.mark.parametrize("action", ["merge", "cut", "respan"])
def test_a_claim_that_somebody_changed_meanwhile_is_looked_at_again_first(
    action: str, editor: User, second_editor: User, two: tuple[Claim, Claim]
) -> None:
    url, fields = asked(*two, action)
    review.accept(claim=two[0], actor=second_editor)
    before = rows()
    response = signed_in(editor).post(url, fields)
    assert response.status_code == 409
    assert "Somebody else" in response.content.decode()
    assert rows() == before


@pytest.mark.parametrize("action", ["merge", "cut", "respan"])
def test_what_is_in_review_is_not_offered_and_refused(
    action: str, editor: User, two: tuple[Claim, Claim]
) -> None:
    claim = proposed_claim(editor, two[0])
    claim.refresh_from_db()
    client = signed_in(editor)
    html = client.get(path(claim.article) + f"?correct={claim.pk}").content.decode()
    assert f"correct={claim.pk}#" not in html
    assert 'id="words"' not in html
    before = rows()
    assert client.post(*asked(claim, two[1], action)).status_code == 422
    assert rows() == before


def test_the_forms_open_for_one_claim_at_a_time(editor: User, two: tuple[Claim, Claim]) -> None:
    claim, other = two
    html = signed_in(editor).get(path(claim.article) + f"?correct={claim.pk}").content.decode()
    assert html.count('id="words"') == 1
    assert f">{STATEMENT}</textarea>" in html
    assert re.findall(r'<option value="(\d+)"', html[html.index('id="into"') :]) == [str(other.pk)]
    assert f'value="{TEXT.index("سيلتقيان")}" required' in html  # the second word begins there
    assert html.count('name="position"') == 3  # two parties to choose from, and the cut


def test_a_refused_form_keeps_what_was_typed(editor: User, two: tuple[Claim, Claim]) -> None:
    article = two[0].article
    response = signed_in(editor).post(
        path(article, "add/"),
        {
            "words": "</textarea><script>alert(1)</script>",
            "claimant": '"><img src=x>',
            "stance": "denies",
            "kind": "quantity",
            "contests": two[1].pk,
        },
    )
    assert response.status_code == 422
    html = response.content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in html
    assert '<option value="denies" selected>' in html
    assert f'<option value="{two[1].pk}" selected>' in html
    assert "The article does not say" in html


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"start": "0"}, "not what the article says there"),
        ({"end": "99999999"}, "not what the article says there"),
        ({"words": "أخرى"}, "not what the article says there"),
        ({"words": ""}, "Select the words"),
        ({"stance": "shouts"}, "Choose what is done"),
        ({"kind": "rumour"}, "Choose what is done"),
        ({**span(STATEMENT)}, "marked as a claim already"),
    ],
)
def test_a_selection_is_believed_only_where_the_article_says_the_same(
    changed: dict[str, Any], said: str, editor: User, two: tuple[Claim, Claim]
) -> None:
    url, fields = asked(*two, "add")
    before = rows()
    response = signed_in(editor).post(url, {**fields, **changed})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert rows() == before


def test_hostile_words_of_an_article_stay_words_in_every_form(editor: User) -> None:
    text = "A headline\nHe said <script>alert('x')</script> & \"more\" <img src=x onerror=alert(1)>"
    article = make_article(text, language="en")
    claim = make_claim(article, text=text[19:], claimant='"><b>He</b>')
    make_claim(article, text="A headline", statement="<i>other</i>")
    client = signed_in(editor)
    for query in (f"?correct={claim.pk}", "?add"):
        html = client.get(path(article) + query).content.decode()
        for raw in ("<script>alert", "<img src=x", "<b>He</b>", "<i>other"):
            assert raw not in html


def test_a_claim_of_another_article_cannot_be_reached(
    editor: User, two: tuple[Claim, Claim]
) -> None:
    far = make_claim(make_article("نص آخر: الجسر مغلق", url=""), text="الجسر مغلق")
    client, article = signed_in(editor), two[0].article
    _url, fields = asked(*two, "cut")
    assert client.post(path(article, f"claims/{far.pk}/cut/"), fields).status_code == 404
    foreign = {**fields, "position": far.positions.get().pk}
    assert client.post(path(article, f"claims/{two[0].pk}/cut/"), foreign).status_code == 404
    url, fields = asked(*two, "merge")
    assert client.post(url, {**fields, "into": far.pk}).status_code == 422
    assert not Correction.objects.exists()


def test_a_merge_is_undone_where_it_is_told_of(editor: User, two: tuple[Claim, Claim]) -> None:
    kept, gone = two
    correcting.merge(claim=gone, into=kept, actor=editor)
    client = signed_in(editor)
    html = client.get(path(kept.article)).content.decode()
    assert "Merged into this:" in html
    unmerge = path(kept.article, f"claims/{gone.pk}/unmerge/")
    assert unmerge in html
    client.post(unmerge)
    gone.refresh_from_db()
    assert (gone.state, gone.positions.count()) == (State.FOUND, 1)
    assert history(kept) == ["merge", "unmerge"]
    again = client.post(unmerge)
    assert again.status_code == 422
    assert "is not merged into another one" in again.content.decode()


def test_who_comes_back_to_a_forms_address_is_led_to_the_article(
    editor: User, two: tuple[Claim, Claim]
) -> None:
    for action in ACTIONS:
        url, _fields = asked(*two, action)
        assert signed_in(editor).get(url).headers["Location"] == path(two[0].article)


def test_how_sure_the_splitter_is_stands_on_both_pages(editor: User) -> None:
    claim = make_claim()
    Position.objects.filter(claim=claim).update(
        provenance={
            "stance": {"by": "no word of denying", "sure": 0.98},
            "claimant": {"by": "named before the words", "sure": 0.97},
            "invented": {"by": "<b>x</b>", "sure": 1},
        }
    )
    client = signed_in(editor)
    for page in (path(claim.article), address(claim)):
        html = client.get(page).content.decode()
        found = re.findall(r"<dt>(.*?)</dt><dd>(.*?) <span[^>]*>(.*?)</span>", html)
        assert found == [
            ("claimant", "named before the words", "97 of 100"),
            ("stance", "no word of denying", "98 of 100"),
        ]


def test_words_marked_by_a_person_say_so(editor: User, two: tuple[Claim, Claim]) -> None:
    client = signed_in(editor)
    assert "Marked by a person." not in client.get(path(two[0].article)).content.decode()
    client.post(*asked(*two, "respan"))
    assert "Marked by a person." in client.get(path(two[0].article)).content.decode()
