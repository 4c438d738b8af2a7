"""Comments on the claim's and the review's pages: posted, answered, resolved, without leaving them."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Comment
from claims.pipeline import discussing
from claims.pipeline.discussing import Anchor
from tests.admin.hands import address, signed_in
from tests.cast import proposed_claim, researched_claim, set_policy, write_verdict

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def claim(editor: User) -> Claim:
    return researched_claim(editor)


def post(user: User, claim: Claim, tail: str = "comments/", **fields: Any) -> Any:
    return signed_in(user).post(address(claim, tail), fields, headers=HTMX)


def test_a_comment_on_words_comes_back_as_a_thread_with_a_fresh_form(
    claim: Claim, editor: User
) -> None:
    response = post(
        editor, claim, text="Is it Sofia?", field="statement", quote="صوفيا", start="22", seen="0"
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert 'data-at="statement"' in html
    assert "Is it Sofia?" in html
    assert 'id="comment-form"' in html
    assert 'hx-swap-oob="true">1 open</span>' in html
    assert "<html" not in html


def test_what_colleagues_said_meanwhile_comes_with_ones_own(
    claim: Claim, editor: User, reviewer: User
) -> None:
    discussing.comment(claim=claim, actor=reviewer, text="I was first")
    html = post(editor, claim, text="And I second", seen="0").content.decode()
    assert html.index("I was first") < html.index("And I second")


@pytest.mark.parametrize(
    ("text", "message"), [(" ", "Nothing was written"), ("w" * 4001, "4001 characters")]
)
def test_a_refused_comment_stays_in_its_form_with_its_words_and_its_place(
    text: str, message: str, claim: Claim, editor: User
) -> None:
    response = post(editor, claim, text=text, field="statement", quote="صوفيا", start="22")
    html = response.content.decode()
    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == "#comment-form"
    assert message in html
    assert f'data-mentions aria-describedby="comment-hint">{text}</textarea>' in html
    assert 'name="quote" value="صوفيا"' in html
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "-1"},
        {"start": "9" * 40},
        {"start": "٣"},
        {"field": "nonsense\x00"},
        {"quote": "\x00"},
        {"quote": "q" * 5000},
        {"parent": "0"},
        {"parent": "x" * 99},
        {"version": "12"},
        {"version": "²"},
    ],
)
def test_mangled_forms_are_answered_and_never_fail(
    fields: dict[str, str], claim: Claim, editor: User
) -> None:
    sent = {"text": "Hello", "field": "summary", "quote": "words", **fields}
    assert post(editor, claim, **sent).status_code in (200, 404, 422)


def test_without_a_script_the_comment_is_posted_and_a_refusal_keeps_the_words(
    claim: Claim, editor: User
) -> None:
    client = signed_in(editor)
    sent = client.post(address(claim, "comments/"), {"text": "Plain"})
    top = Comment.objects.get()
    assert sent.headers["Location"] == address(claim) + f"#comment-{top.pk}"
    refused = client.post(address(claim, "comments/"), {"text": "w" * 4001, "parent": top.pk})
    assert refused.status_code == 422
    assert "w" * 4001 in refused.content.decode()


def test_an_answer_to_what_was_resolved_meanwhile_is_refused_and_kept(
    claim: Claim, editor: User, reviewer: User
) -> None:
    top = discussing.comment(claim=claim, actor=reviewer, text="Why?")
    discussing.resolve(comment=top, actor=reviewer)
    response = post(editor, claim, text="Here is why", parent=top.pk)
    assert response.status_code == 422
    assert "Reopen it to answer" in response.content.decode()
    assert ">Here is why</textarea>" in response.content.decode()


def test_a_thread_is_resolved_and_reopened_and_who_is_late_is_told(
    claim: Claim, editor: User, reviewer: User
) -> None:
    top = discussing.comment(claim=claim, actor=reviewer, text="Why?")
    tail = f"comments/{top.pk}/"
    assert "resolved by" in post(editor, claim, tail + "resolve/").content.decode()
    late = post(reviewer, claim, tail + "resolve/")
    assert late.status_code == 409
    assert "Somebody else resolved this comment already." in late.content.decode()
    assert "Answer" in post(reviewer, claim, tail + "reopen/").content.decode()
    assert signed_in(editor).get(address(claim, tail + "resolve/")).status_code == 302


def test_a_comment_of_another_claim_is_not_found(
    claim: Claim, editor: User, reviewer: User
) -> None:
    top = discussing.comment(claim=claim, actor=reviewer, text="Why?")
    other = Claim.objects.create(
        article=claim.article, statement="x", language="ar", kind="event", checkworthiness=0.1
    )
    assert post(editor, other, f"comments/{top.pk}/resolve/").status_code == 404
    assert post(editor, other, text="Hm", parent=top.pk).status_code == 404


def test_who_is_not_on_the_desk_reads_and_writes_nothing(
    claim: Claim, outsider: User, editor: User
) -> None:
    discussing.comment(claim=claim, actor=editor, text="Of the house")
    client = signed_in(outsider)
    assert client.get(address(claim, "comments/")).status_code == 302
    client.post(address(claim, "comments/"), {"text": "Let me in"})
    assert Comment.objects.count() == 1


def test_words_that_have_left_the_text_are_told_as_what_it_was_about(
    claim: Claim, editor: User
) -> None:
    discussing.comment(
        claim=claim, actor=editor, text="Too long", anchor=Anchor("summary", "انقضى أغسطس")
    )
    page = address(claim, "comments/")
    assert 'data-at="summary"' in signed_in(editor).get(page).content.decode()
    write_verdict(editor, claim, summary="لم يلتق الوزيران")
    html = signed_in(editor).get(page).content.decode()
    assert "data-at=" not in html
    assert "was about the summary:" in html
    assert "انقضى أغسطس" in html


def test_the_reviews_page_has_the_comments_on_its_version(editor: User, reviewer: User) -> None:
    claim = proposed_claim(editor)
    version = claim.versions.get()
    response = post(
        reviewer,
        claim,
        text="Which agency?",
        version=version.pk,
        field="explanation",
        quote="وأكدت الوكالة",
        start="0",
    )
    assert response.status_code == 200
    html = signed_in(editor).get(address(claim, "review/")).content.decode()
    assert "Which agency?" in html
    assert 'data-at="explanation"' in html
    elsewhere = signed_in(editor).get(address(claim)).content.decode()
    assert "the explanation, version 1:" in elsewhere


def test_whoever_has_yet_to_rate_blind_is_told_nothing_by_comments(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    set_policy(blind_rating=True)
    claim = proposed_claim(editor)
    discussing.comment(claim=claim, actor=editor, text="I RATED IT FALSE")
    client = signed_in(reviewer)
    for tail in ("change/", "comments/", "review/", "whole-history/"):
        assert "I RATED IT FALSE" not in client.get(address(claim, tail)).content.decode(), tail
    response = post(reviewer, claim, text="My guess")
    assert response.status_code == 403
    assert "I RATED IT FALSE" not in response.content.decode()
    assert "My guess" in response.content.decode()
    refused = client.post(
        address(claim, "experts/"), {"name": "Myself", "days": "7", "shares_draft": "on"}
    )
    assert refused.status_code == 422
    assert not claim.expert_links.exists()
