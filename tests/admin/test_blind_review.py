"""The sealed proposal: what a reviewer who has yet to rate gets to see, at every door of the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from claims.models import BlindRating, Claim, Review
from claims.pipeline import review
from tests import cast
from tests.admin.hands import address, press, signed_in

pytestmark = pytest.mark.django_db

SUMMARY = "خلاصةمختومة لا يراها أحد"
EXPLANATION = "شرحمختوم يقوم على الجدول [1] وعلى الوكالة [2]."
SAID = "كلمةمختومة من مراجعة أخرى"
# Words that stand in the proposal alone, and how its rating would be drawn.
SECRETS = ("خلاصةمختومة", "شرحمختوم", "كلمةمختومة", "rating r-satire")


# Signing out would end the visit; the scale shows every rating, whatever is proposed.
NO_DOORS = ("desk/logout/", "desk/claims/rating/")


@pytest.fixture
def sealed(editor: User, second_reviewer: User) -> Claim:
    """Proposed as satire under a quorum of two; one reviewer has rated alike and approved."""
    cast.set_policy(blind_rating=True, quorum=2)
    claim = cast.proposed_claim(editor, rating="satire", summary=SUMMARY, explanation=EXPLANATION)
    review.rate_blind(claim=claim, actor=second_reviewer, version=1, rating="satire", reason=SAID)
    review.approve(
        claim=claim, actor=second_reviewer, version=1, vouches=review.STANDARDS, note=SAID
    )
    return claim


def leaked(answer: object) -> list[str]:
    html = getattr(answer, "content", b"") or b"".join(getattr(answer, "streaming_content", ()))
    text = html.decode("utf-8", "replace")
    return [secret for secret in SECRETS if secret in text]


def doors(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address of the desk that needs a claim's number at most."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$").rstrip("\\Z")
        if isinstance(pattern, URLResolver):
            yield from doors(pattern, route)
        elif isinstance(pattern, URLPattern) and route.startswith("desk/"):
            yield route


def addresses(claim: Claim) -> list[str]:
    found = []
    for route in doors():
        route = re.sub(r"<(int|str|path):(claim_id|object_id)>", str(claim.pk), route)
        route = re.sub(r"<int:article_id>", str(claim.article_id), route)
        if "<" not in route and "(" not in route and route not in NO_DOORS:
            found.append("/" + route)
    return found


def test_every_door_of_the_desk_keeps_the_proposal_sealed(sealed: Claim, reviewer: User) -> None:
    client = signed_in(reviewer)
    open_ones = addresses(sealed)
    assert address(sealed) in open_ones
    assert address(sealed, "preview/") in open_ones
    assert len(open_ones) > 40
    found = {at: leaked(client.get(at)) for at in open_ones}
    assert {at: words for at, words in found.items() if words} == {}


def test_the_same_doors_do_open_once_the_rating_is_stored(sealed: Claim, reviewer: User) -> None:
    """Else the test above could not fail."""
    review.rate_blind(claim=sealed, actor=reviewer, version=1, rating="satire")
    client = signed_in(reviewer)
    for tail in ("change/", "preview/", "review/"):
        assert "خلاصةمختومة" in client.get(address(sealed, tail)).content.decode()
    assert "rating r-satire" in client.get("/desk/review/").content.decode()


def test_a_superusers_doors_are_sealed_too_the_audit_log_among_them(
    sealed: Claim, superuser: User
) -> None:
    client = signed_in(superuser)
    found = {at: leaked(client.get(at)) for at in addresses(sealed)}
    assert {at: words for at, words in found.items() if words} == {}
    log = client.get("/desk/claims/transition/").content.decode()
    assert "sealed until you have rated the claim" in log


def test_a_search_for_its_words_finds_nothing(sealed: Claim, reviewer: User) -> None:
    client = signed_in(reviewer)
    for at in ("/desk/claims/claim/?q=خلاصةمختومة", "/desk/claims/claim/?q=شرحمختوم&tab=all"):
        html = client.get(at).content.decode()
        assert cast.STATEMENT not in html


@pytest.mark.parametrize(
    ("tail", "fields"),
    [
        ("review/approve/", {"version": 1}),
        ("review/send-back/", {"version": 1, "reason": "أعده"}),
        ("review/rate/", {"version": 1, "rating": "no-such"}),
        ("review/rate/", {"version": 9, "rating": "false"}),
        ("review/ticks/", {"version": 1, "vouches": ["attributed"]}),
        ("draft/", {"revision": 0, "summary": "x", "then": "save"}),
        ("draft/", {"revision": 0, "summary": "x", "then": "propose"}),
        ("dismiss/", {"reason": "x"}),
        ("edit/", {"revision": 99, "statement": "x", "priority": 2}),
        ("publish/", {}),
        ("evidence/", {"url": "https://r.example/"}),
        ("comments/", {"text": "تعليق"}),
    ],
)
def test_no_form_that_is_refused_gives_it_away(
    sealed: Claim, reviewer: User, tail: str, fields: dict[str, object]
) -> None:
    client = signed_in(reviewer)
    assert leaked(press(client, sealed, tail, **fields)) == []
    assert Review.objects.filter(reviewer=reviewer).count() == 0
    live = {"headers": {"HX-Request": "true"}}
    assert (
        leaked(client.post(address(sealed, tail), {"moves": sealed.moves, **fields}, **live)) == []
    )


def test_the_page_asks_for_a_rating_and_shows_claim_positions_and_evidence(
    sealed: Claim, reviewer: User
) -> None:
    html = signed_in(reviewer).get(address(sealed, "review/")).content.decode()
    assert cast.STATEMENT in html
    assert cast.DENIAL in html
    assert "https://evidence.example/1" in html
    assert "لا لقاء في أغسطس" in html
    assert html.count('name="rating"') == 7
    assert "Sealed" in html
    assert 'data-action="approve"' not in html


def test_after_the_rating_both_stand_side_by_side(sealed: Claim, reviewer: User) -> None:
    client = signed_in(reviewer)
    stored = press(
        client, sealed, "review/rate/", version=1, rating="misleading", reason="ليس ساخرًا"
    )
    assert (stored.status_code, stored["Location"]) == (302, address(sealed, "review/"))
    html = client.get(address(sealed, "review/")).content.decode()
    assert "the ratings differ" in html
    assert "This version cannot be approved" in html
    assert 'data-action="approve"' not in html
    assert re.search(r'<textarea[^>]*name="reason"[^>]*>ليس ساخرًا</textarea>', html)
    refused = press(client, sealed, "review/approve/", version=1)
    assert refused.status_code == 422
    assert "rated this claim otherwise" in refused.content.decode()


def test_its_author_sees_both_ratings_first(sealed: Claim, editor: User, reviewer: User) -> None:
    client = signed_in(reviewer)
    press(client, sealed, "review/rate/", version=1, rating="misleading", reason="ليس ساخرًا")
    sent = press(
        client,
        sealed,
        "review/send-back/",
        version=1,
        reason="قُدّم خبرًا",
        passages=["rating", "evidence 2"],
        points=["dates_right"],
    )
    assert sent.status_code == 302
    html = signed_in(editor).get(address(sealed)).content.decode()
    above = html[: html.index('id="verdict"')]
    for words in ("قُدّم خبرًا", "ليس ساخرًا", "rating r-satire", "rating r-misleading"):
        assert words in above
    assert re.search(
        r'Not kept:.*The dates are right.*<a href="#verdict">the rating</a>', above, re.S
    )
    assert '<a href="#e2">evidence 2</a>' in above


def test_the_rating_is_asked_for_once(sealed: Claim, reviewer: User) -> None:
    client = signed_in(reviewer)
    press(client, sealed, "review/rate/", version=1, rating="satire")
    again = press(client, sealed, "review/rate/", version=1, rating="false")
    assert again.status_code == 422
    assert "You have rated this version already" in again.content.decode()
    assert BlindRating.objects.get(reviewer=reviewer).rating.slug == "satire"


def test_whoever_cannot_be_asked_reads_it_as_ever(
    sealed: Claim, editor: User, second_editor: User, publisher: User
) -> None:
    """The author, a colleague who may not review, and the reviewer who has rated."""
    for user in (editor, second_editor):
        html = signed_in(user).get(address(sealed)).content.decode()
        assert "خلاصةمختومة" in html


def test_the_list_says_which_ones_are_sealed(sealed: Claim, reviewer: User) -> None:
    html = signed_in(reviewer).get("/desk/review/").content.decode()
    assert "sealed until you rate" in html
    assert "Rate it" in html


@pytest.mark.parametrize("rating", ["", "\x00", "x" * 5000, "٣"])
def test_a_mangled_rating_is_refused_in_words(sealed: Claim, reviewer: User, rating: str) -> None:
    answer = press(signed_in(reviewer), sealed, "review/rate/", version=1, rating=rating)
    assert answer.status_code == 422
    assert "Choose one of the ratings." in answer.content.decode()


def test_an_administrator_turns_it_on_and_off(administrator: User) -> None:
    client: Client = signed_in(administrator)
    form = client.get("/desk/claims/policy/1/change/").content.decode()
    for name in ("blind_rating", "second_factor", "answer_days"):
        assert f'name="{name}"' in form
    sent = {"quorum": 1, "evidence_minimum": 2, "answer_days": 10, "third_party_budget": 100}
    client.post("/desk/claims/policy/1/change/", {**sent, "blind_rating": "on"})
    assert cast.desk.Policy.current().blind_rating
    client.post("/desk/claims/policy/1/change/", sent)
    assert not cast.desk.Policy.current().blind_rating
