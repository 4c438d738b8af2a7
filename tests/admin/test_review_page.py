"""Deciding on a verdict through the page: what is shown first, who may, and who is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Profile, Review
from claims.pipeline import publishing, review
from tests import cast
from tests.admin.hands import address, captured, history, offered, press, signed_in

pytestmark = pytest.mark.django_db


def test_the_list_names_who_proposed_what_and_the_reviewer_goes_there(
    editor: User, reviewer: User
) -> None:
    claim = cast.proposed_claim(editor)
    html = signed_in(reviewer).get("/desk/review/").content.decode()
    assert cast.STATEMENT in html
    assert re.search(r"Proposed by</span>\s*<bdi>layla</bdi>", html)
    assert f'href="{address(claim, "review/")}"' in html


def test_an_empty_list_says_what_comes_here(reviewer: User) -> None:
    html = signed_in(reviewer).get("/desk/review/").content.decode()
    assert "Nothing awaits review" in html


def test_the_list_tells_an_editor_which_ones_they_had_a_hand_in(editor: User) -> None:
    cast.proposed_claim(editor)
    assert "You had a hand in it" in signed_in(editor).get("/desk/review/").content.decode()


def test_the_list_costs_the_same_queries_for_one_and_for_six(
    editor: User, reviewer: User, django_assert_num_queries: Any
) -> None:
    client = signed_in(reviewer)
    cast.proposed_claim(editor)
    client.get("/desk/review/")
    few = len(captured(client, "/desk/review/"))
    for number in range(5):
        article = cast.make_article(cast.TEXT + f"\n{number}")
        cast.proposed_claim(editor, cast.make_claim(article))
    with django_assert_num_queries(few):
        client.get("/desk/review/")


def test_what_changed_since_the_version_sent_back_stands_first(
    editor: User, reviewer: User
) -> None:
    claim = cast.proposed_claim(editor, rating="unverifiable", summary="لا سبيل إلى المعرفة")
    review.send_back(claim=claim, actor=reviewer, version=1, reason="انتهى الشهر")
    cast.write_verdict(editor, claim, rating="false", summary="مرّ الشهر")
    review.propose(claim=claim, actor=editor)
    html = signed_in(reviewer).get(address(claim, "review/")).content.decode()
    assert "What changed since version 1" in html
    assert "انتهى الشهر" in html
    assert '<del><bdi dir="rtl">لا سبيل إلى المعرفة</bdi></del>' in html
    assert '<ins><bdi dir="rtl">مرّ الشهر</bdi></ins>' in html
    assert html.index("What changed since version 1") < html.index("as people will read it")


def test_a_correction_is_compared_with_what_readers_read_now(
    editor: User, reviewer: User, publisher: User
) -> None:
    publication = cast.published_claim(editor, reviewer, publisher, summary="الخلاصة العامة")
    claim = Claim.objects.get(pk=publication.claim_id)
    publishing.correct(claim=claim, actor=publisher, kind="correction", reason="أخطأنا")
    for number, summary in ((2, "محاولة مهملة"), (3, "الخلاصة المصححة")):
        cast.write_verdict(editor, claim, summary=summary)
        review.propose(claim=claim, actor=editor)
        if number == 2:
            review.send_back(claim=claim, actor=reviewer, version=2, reason="ليس بعد")
    html = signed_in(reviewer).get(address(claim, "review/")).content.decode()
    assert "What changes for readers" in html
    assert "against version 1, which is public" in html
    assert "العامة" in html
    assert "محاولة مهملة" not in html


def test_a_reviewer_approves_and_it_can_be_published(editor: User, reviewer: User) -> None:
    claim = cast.proposed_claim(editor)
    client = signed_in(reviewer)
    html = client.get(address(claim, "review/")).content.decode()
    assert offered(html) == {"approve", "send_back"}
    assert 'data-press="a"' in html
    assert press(client, claim, "review/approve/", version=1).status_code == 302
    claim.refresh_from_db()
    assert claim.state == "approved"
    assert Review.objects.get().reviewer == reviewer


def test_sending_back_needs_a_reason_and_keeps_nothing_back(editor: User, reviewer: User) -> None:
    claim = cast.proposed_claim(editor)
    client = signed_in(reviewer)
    refused = press(client, claim, "review/send-back/", version=1, reason=" ")
    assert refused.status_code == 422
    assert "Say why it goes back" in refused.content.decode()
    assert (
        press(client, claim, "review/send-back/", version=1, reason="أين الأصل؟").status_code == 302
    )
    claim.refresh_from_db()
    assert claim.state == "researching"
    assert Review.objects.get().reason == "أين الأصل؟"


@pytest.mark.parametrize("tail", ["review/approve/", "review/send-back/"])
def test_nobody_decides_on_what_they_wrote_whatever_their_rights(
    tail: str, superuser: User, editor: User
) -> None:
    claim = cast.proposed_claim(superuser)
    client = signed_in(superuser)
    html = client.get(address(claim, "review/")).content.decode()
    assert offered(html) == set()
    assert "You had a hand in this verdict, so somebody else has to review it." in html
    answer = press(client, claim, tail, version=1, reason="لأنني أستطيع")
    assert answer.status_code == 403
    assert "You had a hand in this verdict" in answer.content.decode()
    assert not Review.objects.exists()


def test_a_reviewer_who_added_evidence_is_refused_although_another_proposed(
    editor: User, reviewer: User
) -> None:
    claim = cast.researched_claim(editor)
    review.add_evidence(
        claim=claim, actor=reviewer, url="https://r.example/", title="x", relation="context",
        independence_group="r",
    )  # fmt: skip
    claim.refresh_from_db()
    review.propose(claim=claim, actor=editor)
    answer = press(signed_in(reviewer), claim, "review/approve/", version=1)
    assert answer.status_code == 403
    html = signed_in(reviewer).get(address(claim, "review/")).content.decode()
    assert re.search(r"Had a hand in it, so they do not review it.*samer", html, re.S)


@pytest.mark.parametrize("who", ["second_editor", "administrator"])
def test_whoever_is_no_reviewer_reads_and_is_refused(
    who: str, editor: User, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    claim = cast.proposed_claim(editor)
    client = signed_in(user)
    html = client.get(address(claim, "review/")).content.decode()
    assert "Your role does not include reviewing" in html
    assert press(client, claim, "review/approve/", version=1).status_code == 403
    assert not Review.objects.exists()


def test_a_version_that_is_no_longer_the_one_in_review_is_a_lost_race(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    claim = cast.proposed_claim(editor)
    review.send_back(claim=claim, actor=second_reviewer, version=1, reason="ناقص")
    cast.write_verdict(editor, claim, summary="أخرى")
    review.propose(claim=claim, actor=editor)
    answer = press(signed_in(reviewer), claim, "review/approve/", version=1)
    assert answer.status_code == 409
    assert "Version 1 is no longer the one in review; version 2 is" in answer.content.decode()


def test_a_decision_that_came_second_is_a_lost_race_and_keeps_its_reason(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    claim = cast.proposed_claim(editor)
    seen = claim.moves
    review.approve(claim=claim, actor=second_reviewer, version=1, vouches=review.STANDARDS)
    answer = signed_in(reviewer).post(
        address(claim, "review/send-back/"), {"version": 1, "moves": seen, "reason": "لا يكفي"}
    )
    assert answer.status_code in (409, 422)
    claim.refresh_from_db()
    assert claim.state == "approved"
    assert history(claim)[-1] == "approve"


def test_two_approvals_are_counted_where_the_desk_asks_for_two(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    cast.set_policy(quorum=2)
    claim = cast.proposed_claim(editor)
    first = signed_in(reviewer)
    assert press(first, claim, "review/approve/", version=1).status_code == 302
    html = first.get(address(claim, "review/")).content.decode()
    assert "You have decided on this version" in html
    again = press(first, claim, "review/approve/", version=1)
    assert again.status_code == 422
    second = signed_in(second_reviewer)
    assert "1 of 2" in second.get(address(claim, "review/")).content.decode()
    press(second, claim, "review/approve/", version=1)
    claim.refresh_from_db()
    assert claim.state == "approved"


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "99999999999999999999999"])
def test_a_mangled_version_number_is_refused_and_never_an_error(
    version: str, editor: User, reviewer: User
) -> None:
    claim = cast.proposed_claim(editor)
    answer = press(signed_in(reviewer), claim, "review/approve/", version=version)
    assert answer.status_code == 409


def test_a_claim_without_a_proposal_says_so(reviewer: User) -> None:
    claim = cast.make_claim()
    client = signed_in(reviewer)
    assert "Nothing has been proposed" in client.get(address(claim, "review/")).content.decode()
    assert press(client, claim, "review/approve/", version=1).status_code == 422


def test_the_standards_are_told_from_the_version_and_dates_are_left_to_the_reader(
    editor: User, reviewer: User
) -> None:
    claim = cast.proposed_claim(editor)
    html = signed_in(reviewer).get(address(claim, "review/")).content.decode()
    assert re.search(r"Every claim is attributed.*?there:.*?صحيفة المرفأ", html, re.S)
    assert re.search(r"A primary source.*?there:.*?evidence 1<", html, re.S)
    assert re.search(r"Both sides were sought.*?positions against: 1", html, re.S)
    assert "evidence against: 1, 2" in html
    assert "nobody was asked for a reply" in html
    assert "groups: <bdi>g1</bdi>, <bdi>g2</bdi>" in html
    assert re.search(r"The dates are right.*?for you to judge:", html, re.S)


def test_a_citation_that_leads_readers_nowhere_stands_before_the_reviewer(
    editor: User, reviewer: User
) -> None:
    claim = cast.proposed_claim(editor, explanation="يخلو الجدول من اللقاء [1]، انظر [7].")
    html = signed_in(reviewer).get(address(claim, "review/")).content.decode()
    assert "Cited, but not there for readers: 7." in html


def test_citations_that_readers_can_follow_need_no_word(editor: User, reviewer: User) -> None:
    claim = cast.proposed_claim(editor)
    html = signed_in(reviewer).get(address(claim, "review/")).content.decode()
    assert "not there for readers" not in html
    assert "cites no evidence" not in html


def test_the_byline_is_reviewed_like_every_other_word(editor: User, reviewer: User) -> None:
    Profile.objects.create(user=editor, byline="مكتب المرفأ")
    claim = cast.proposed_claim(editor)
    html = signed_in(reviewer).get(address(claim, "review/")).content.decode()
    assert re.search(r"data-byline>.*<bdi>مكتب المرفأ</bdi>", html)


@pytest.mark.parametrize("version", ["", "-1", "١", "9" * 5000])
def test_a_version_that_is_no_number_is_not_the_one_in_review(
    editor: User, reviewer: User, version: str
) -> None:
    claim = cast.proposed_claim(editor)
    response = press(signed_in(reviewer), claim, "review/approve/", version=version)
    assert response.status_code == 409
