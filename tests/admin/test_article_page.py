"""The article's page: its text with the claims in it, and what is decided about them there."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Article, Claim, Position, State, Transition
from claims.pipeline import review
from tests.admin.hands import captured, history, signed_in
from tests.cast import DENIAL, STATEMENT, TEXT, make_article, make_claim, published_claim

pytestmark = pytest.mark.django_db


def path(article: Article, tail: str = "") -> str:
    return f"/desk/articles/{article.pk}/{tail}"


def shown(user: User, article: Article, query: str = "") -> str:
    return signed_in(user).get(path(article) + query).content.decode()


def words(html: str) -> list[str]:
    """The text of each paragraph as a browser reads it, without the margin."""
    body = html[html.index('<article class="body"') : html.index("</article>")]
    return [
        unescape(re.sub(r"<[^>]+>", "", paragraph))
        for paragraph in re.findall(r"<p>(.*?)</p></div>", body, re.S)
    ]


def test_the_text_stands_there_unchanged_with_the_claims_marked_in_it(editor: User) -> None:
    claim = make_claim(denial=DENIAL)
    html = shown(editor, claim.article)
    assert words(html) == TEXT.split("\n")
    marks = re.findall(r'<mark class="claim c-found" data-n="(\d)" id="c\1">', html)
    assert marks == ["1", "2"]
    assert 'data-no="1"' in html  # the number is generated, so it is neither copied nor counted
    assert 'lang="ar" dir="rtl"' in html


def test_report_and_denial_are_joined_in_the_text_and_in_the_list(editor: User) -> None:
    claim = make_claim(denial=DENIAL)
    html = shown(editor, claim.article)
    assert 'class="p br br-whole"' in html
    assert html.count('<li class="pair"') == 1
    assert "<b>denies</b>" in html
    assert html.index(f"{STATEMENT}</a>") < html.index(f">{DENIAL}</p>")


def test_a_script_in_an_article_stays_text(editor: User) -> None:
    text = "A headline\nHe said <script>alert('x')</script> & \"more\" <img src=x onerror=alert(1)>"
    article = make_article(text, language="en")
    make_claim(article, text="<script>alert('x')</script>", claimant="<b>He</b>")
    html = shown(editor, article)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<b>He</b>" not in html
    assert words(html) == text.split("\n")


def test_direction_marks_are_shown_and_reach_no_further_than_themselves(editor: User) -> None:
    html = shown(editor, make_article("a \u202etxet\u202c b\u200b", language="en"))
    assert '<bdi class="ctl" data-ctl="RLO">\u202e</bdi>txet' in html
    assert 'data-ctl="PDF"' in html
    assert 'data-ctl="ZWSP"' in html


def test_a_published_claim_carries_its_rating_in_the_text(
    editor: User, reviewer: User, publisher: User
) -> None:
    article = published_claim(editor, reviewer, publisher).claim.article
    html = shown(editor, article)
    assert 'class="claim c-published r-false"' in html
    assert '<svg class="ri r-false"' in html


def test_a_claim_nested_in_another_one_is_told_of_in_the_list(editor: User) -> None:
    outer = make_claim()
    start = TEXT.index("في صوفيا")
    inner = Claim.objects.create(
        article=outer.article, statement="في صوفيا", language="ar", kind="event"
    )
    Position.objects.create(
        claim=inner, article=outer.article, start=start, end=start + 8, text="في صوفيا",
        stance="asserts", form="narration",
    )  # fmt: skip
    html = shown(editor, outer.article)
    assert "contains 2" in html
    assert re.search(r'data-n="1"[^>]*><mark class="claim c-found" data-n="2"', html)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_accepting_puts_the_claim_into_the_queue(editor: User, headers: dict[str, str]) -> None:
    claim = make_claim()
    response = signed_in(editor).post(
        path(claim.article, "accept/") + "?show=found",
        {"claim": claim.pk},
        headers=headers,
    )
    assert response.headers["Location"] == path(claim.article) + f"?show=found&undo={claim.pk}"
    claim.refresh_from_db()
    assert (claim.state, claim.assignee) == (State.QUEUED, editor)
    assert "1 claim accepted" in shown_after(editor, response)


def shown_after(user: User, response: object) -> str:
    """The page that a post leads to, in the same session."""
    client: Client = response.client  # type: ignore[attr-defined]
    return client.get(response.headers["Location"]).content.decode()  # type: ignore[attr-defined]


def test_several_are_accepted_at_once_and_one_that_is_refused_holds_up_no_other(
    editor: User, second_editor: User
) -> None:
    article = make_article()
    first = make_claim(article)
    second = make_claim(article, text="عدد العائدين بلغ 1200 شخص", kind="quantity")
    review.accept(claim=first, actor=second_editor)
    response = signed_in(editor).post(
        path(article, "accept/"), {"claim": [first.pk, second.pk, "9²"]}
    )
    assert response.status_code == 422
    second.refresh_from_db()
    assert (second.state, second.assignee) == (State.QUEUED, editor)
    first.refresh_from_db()
    assert first.assignee == second_editor
    html = response.content.decode()
    assert "“Accept” is not open for a claim that is “in the queue”." in html
    assert "1 claim accepted" in html


def test_accepting_with_nothing_ticked_says_what_to_do(editor: User) -> None:
    claim = make_claim()
    response = signed_in(editor).post(path(claim.article, "accept/"))
    assert "Tick the ones you want" in shown_after(editor, response)


def test_dismissing_needs_a_reason_and_can_be_taken_back(editor: User) -> None:
    claim = make_claim()
    client = signed_in(editor)
    url = path(claim.article, f"claims/{claim.pk}/dismiss/")
    refused = client.post(url, {"reason": "", "other": " "})
    assert refused.status_code == 422
    assert "needs a reason" in refused.content.decode()
    client.post(url, {"reason": "Wrongly split", "other": ""})
    claim.refresh_from_db()
    assert claim.state == State.DISMISSED
    move = Transition.objects.get(subject="claim", subject_id=claim.pk, action="dismiss")
    assert move.reason == "Wrongly split"
    client.post(path(claim.article, f"claims/{claim.pk}/restore/"))
    claim.refresh_from_db()
    assert claim.state == State.FOUND
    assert history(claim) == ["dismiss", "restore"]


@pytest.mark.parametrize("who", ["outsider", "administrator", None])
@pytest.mark.parametrize("action", ["accept/", "claims/{claim}/dismiss/", "split/"])
def test_nobody_without_the_right_decides_on_a_claim(
    who: str | None, action: str, request: pytest.FixtureRequest
) -> None:
    claim = make_claim()
    client = signed_in(request.getfixturevalue(who)) if who else Client()
    response = client.post(
        path(claim.article, action.format(claim=claim.pk)),
        {"claim": claim.pk, "reason": "Wrongly split"},
    )
    assert response.status_code == 403
    claim.refresh_from_db()
    assert (claim.state, claim.moves) == (State.FOUND, 0)
    claim.article.refresh_from_db()
    assert claim.article.split_state == Article.Split.DONE


def test_who_may_only_look_is_offered_no_button(administrator: User, editor: User) -> None:
    claim = make_claim()
    assert "Dismiss the claim" in shown(editor, claim.article)
    assert "Dismiss the claim" not in shown(administrator, claim.article)


def test_a_claim_is_decided_on_only_through_its_own_article(editor: User) -> None:
    claim = make_claim()
    other = make_article("Another one", language="en")
    client = signed_in(editor)
    assert client.post(path(other, f"claims/{claim.pk}/dismiss/")).status_code == 404
    client.post(path(other, "accept/"), {"claim": claim.pk})
    claim.refresh_from_db()
    assert claim.state == State.FOUND


def test_the_page_asks_again_by_itself_until_the_article_is_split(editor: User) -> None:
    article = make_article(split=False)
    html = shown(editor, article)
    assert 'hx-trigger="every 2s"' in html
    assert "waits to be split into claims" in html
    Article.objects.filter(pk=article.pk).update(split_state=Article.Split.DONE)
    assert 'hx-trigger="every 2s"' not in shown(editor, article)


def test_a_failed_split_says_why_and_can_be_tried_again(editor: User) -> None:
    article = make_article()
    Article.objects.filter(pk=article.pk).update(
        split_state=Article.Split.FAILED, split_error="ValueError: <too deep>"
    )
    html = shown(editor, article)
    assert "ValueError: &lt;too deep&gt;" in html
    response = signed_in(editor).post(path(article, "split/"))
    assert response.status_code == 302
    article.refresh_from_db()
    assert article.split_state == Article.Split.WAITING
    again = signed_in(editor).post(path(article, "split/"))
    assert again.status_code == 422
    assert "being split already" in again.content.decode()


def test_a_day_read_off_a_page_is_confirmed_by_a_person(editor: User) -> None:
    article = make_article()
    seen = article.appearances.get()
    article.appearances.update(published_confirmed=False)
    assert "unconfirmed" in shown(editor, article)
    signed_in(editor).post(path(article, f"appearances/{seen.pk}/confirm/"))
    seen.refresh_from_db()
    assert seen.published_confirmed
    assert "The day is right" not in shown(editor, article)
    move = Transition.objects.get(subject="article", subject_id=article.pk)
    assert (move.action, move.actor) == ("confirm_day", editor)


def test_the_list_shows_what_waits_for_a_decision_alone(editor: User) -> None:
    article = make_article()
    accepted = make_claim(article)
    found = make_claim(article, text="عدد العائدين بلغ 1200 شخص", kind="quantity")
    review.accept(claim=accepted, actor=editor)
    html = shown(editor, article, "?show=found")
    assert f'id="claim-{found.pk}"' in html
    assert f'id="claim-{accepted.pk}"' not in html


def test_the_page_takes_as_many_queries_for_eleven_claims_as_for_one(editor: User) -> None:
    client = signed_in(editor)
    article = make_article()
    make_claim(article)
    one = len(captured(client, path(article)))
    for _number in range(10):
        make_claim(article)
    assert len(captured(client, path(article))) == one
    assert one < 30


def test_why_a_claim_is_worth_checking_is_said_in_the_readers_language(editor: User) -> None:
    claim = make_claim()
    Claim.objects.filter(pk=claim.pk).update(reasons=["gives a number", "a reason of long ago"])
    client = Client()
    client.force_login(editor)
    html = client.get(f"/desk/claims/claim/{claim.pk}/change/").content.decode()
    assert "فيه رقم · a reason of long ago" in html
