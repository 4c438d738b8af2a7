"""The five standards on the review page: one act each, kept until decided; and sending back by parts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Contact, Match, Review, WorkingCopy
from claims.pipeline import publishing, review
from tests import cast
from tests.admin.hands import address, captured, history, press, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(editor: User) -> Claim:
    return cast.proposed_claim(editor)


def boxes(html: str) -> dict[str, bool]:
    """Each standard's check box, and whether it is ticked."""
    found = re.findall(r'<input type="checkbox"[^>]*name="vouches" value="(\w+)"([^>]*)>', html)
    return {name: " checked" in rest for name, rest in found}


def page(user: User, claim: Claim, tail: str = "review/") -> str:
    return signed_in(user).get(address(claim, tail)).content.decode()


def tick(user: User, claim: Claim, *names: str, version: object = 1) -> Any:
    return signed_in(user).post(
        address(claim, "review/ticks/"),
        {"version": version, "vouches": names},
        headers={"HX-Request": "true"},
    )


# --- the standards ----------------------------------------------------------------------------------


def test_each_standard_has_its_own_box_and_nothing_ticks_them_all(
    claim: Claim, reviewer: User
) -> None:
    html = page(reviewer, claim)
    assert boxes(html) == dict.fromkeys(
        ["attributed", "primary", "both_sides", "independent", "dates_right"], False
    )
    assert "0 of 5 looked at." in html


def test_ticks_are_told_beside_the_button_and_survive_a_reload(
    claim: Claim, reviewer: User
) -> None:
    said = tick(reviewer, claim, "attributed", "primary", "both_sides").content.decode()
    assert "3 of 5 looked at." in said
    assert "The evidence is independent; The dates are right" in said
    ticked = {name for name, on in boxes(page(reviewer, claim)).items() if on}
    assert ticked == {"attributed", "primary", "both_sides"}


def test_the_last_tick_says_what_the_approval_will_do(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    cast.set_policy(quorum=2)
    claim = cast.proposed_claim(editor)
    said = tick(reviewer, claim, *review.STANDARDS).content.decode()
    assert "Everything looked at. 0 of 2 approvals so far." in said
    press(signed_in(reviewer), claim, "review/approve/", version=1)
    said = tick(second_reviewer, claim, *review.STANDARDS).content.decode()
    assert "1 of 2 approvals so far; yours makes it ready to publish." in said


def test_ticks_are_the_reviewers_own(claim: Claim, reviewer: User, second_reviewer: User) -> None:
    tick(reviewer, claim, *review.STANDARDS)
    assert not any(boxes(page(second_reviewer, claim)).values())


def test_a_refused_approval_says_what_is_missing_and_keeps_the_ticks(
    claim: Claim, reviewer: User
) -> None:
    client = signed_in(reviewer)
    refused = press(client, claim, "review/approve/", version=1, vouches=["attributed", "primary"])
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "Not ticked yet: both sides were sought; the evidence is independent" in html
    assert {name for name, on in boxes(html).items() if on} == {"attributed", "primary"}
    assert {name for name, on in boxes(page(reviewer, claim)).items() if on} == {
        "attributed",
        "primary",
    }
    assert not Review.objects.exists()


def test_ticks_leave_no_trace_and_are_gone_once_decided(claim: Claim, reviewer: User) -> None:
    before = history(claim)
    tick(reviewer, claim, "attributed")
    assert history(claim) == before
    press(signed_in(reviewer), claim, "review/approve/", version=1)
    assert not WorkingCopy.objects.filter(form="review").exists()


def test_another_version_is_looked_at_anew(
    claim: Claim, editor: User, reviewer: User, second_reviewer: User
) -> None:
    tick(reviewer, claim, *review.STANDARDS)
    review.send_back(claim=claim, actor=second_reviewer, version=1, reason="ناقص")
    cast.write_verdict(editor, claim, summary="أوضح")
    review.propose(claim=claim, actor=editor)
    assert not any(boxes(page(reviewer, claim)).values())
    said = tick(reviewer, claim, "attributed").content.decode()
    assert "no longer what is in review" in said
    assert not any(boxes(page(reviewer, claim)).values())


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "99999999999999999"])
def test_a_mangled_tick_is_answered_in_words(claim: Claim, reviewer: User, version: str) -> None:
    answer = tick(reviewer, claim, "nonsense", "\x00", version=version)
    assert answer.status_code == 200
    assert "no longer what is in review" in answer.content.decode()


def test_whoever_may_not_review_keeps_no_ticks(claim: Claim, second_editor: User) -> None:
    assert (
        "Your role does not include this" in tick(second_editor, claim, "primary").content.decode()
    )
    assert not WorkingCopy.objects.exists()
    assert boxes(page(second_editor, claim)) == {}


def test_a_tick_without_scripts_leads_back_to_the_page(claim: Claim, reviewer: User) -> None:
    answer = press(signed_in(reviewer), claim, "review/ticks/", version=1, vouches=["dates_right"])
    assert answer["Location"] == address(claim, "review/")
    assert boxes(page(reviewer, claim))["dates_right"]


def test_both_sides_says_who_was_asked_for_a_reply(
    claim: Claim, editor: User, reviewer: User
) -> None:
    now = timezone.now()
    for whom, outcome, until in (
        ("وكالة", "answered", None),
        ("صحيفة", "open", now - timedelta(days=1)),
        ("وزارة", "open", now + timedelta(days=1)),
    ):
        Contact.objects.create(
            claim=claim, kind="reply", whom=whom, outcome=outcome, until=until, asked_by=editor,
            answer="قالوا" if outcome == "answered" else "",
        )  # fmt: skip
    html = page(reviewer, claim)
    assert "<bdi>وكالة</bdi>: answered" in html
    assert re.search(r"<bdi>صحيفة</bdi> had until .* to answer, and did not", html)
    assert re.search(r"<bdi>وزارة</bdi> has until .* to answer, and has not yet", html)


# --- sending back -----------------------------------------------------------------------------------


def test_what_goes_back_says_which_standard_and_which_parts(
    claim: Claim, editor: User, reviewer: User
) -> None:
    sent = press(
        signed_in(reviewer), claim, "review/send-back/",
        version=1, reason="أين الأصل؟", points=["primary"], passages=["summary", "evidence 2"],
    )  # fmt: skip
    assert sent.status_code == 302
    back = Review.objects.get()
    assert (back.primary, back.attributed) == (False, None)
    assert back.passages == ["evidence 2", "summary"]
    html = page(editor, claim, "change/")
    assert "A primary source, or a reason why none" in html
    assert '<a href="#verdict">the summary</a>; <a href="#e2">evidence 2</a>' in html
    assert html.index("أين الأصل؟") < html.index('id="evidence"')


@pytest.mark.parametrize(
    ("points", "passages"),
    [(["nonsense"], []), ([], ["evidence 3"]), ([], ["x" * 3000]), (["\x00"], ["\x00"])],
)
def test_parts_that_the_version_has_not_are_refused(
    claim: Claim, reviewer: User, points: list[str], passages: list[str]
) -> None:
    answer = press(
        signed_in(reviewer), claim, "review/send-back/",
        version=1, reason="لا", points=points, passages=passages,
    )  # fmt: skip
    assert answer.status_code == 422
    assert "This version has no such part" in answer.content.decode()
    assert not Review.objects.exists()


def test_a_refused_send_back_keeps_what_was_chosen_and_typed(claim: Claim, reviewer: User) -> None:
    html = press(
        signed_in(reviewer), claim, "review/send-back/",
        version=1, reason="سبب طويل", points=["primary"], passages=["summary", "nonsense"],
    ).content.decode()  # fmt: skip
    assert re.search(r'name="points" value="primary" checked', html)
    assert re.search(r'name="passages" value="summary" checked', html)
    assert "سبب طويل</textarea>" in html
    assert 'class="back open"' in html


# --- meanwhile --------------------------------------------------------------------------------------


def test_a_version_replaced_meanwhile_shows_what_changed_since_the_one_being_read(
    claim: Claim, editor: User, reviewer: User, second_reviewer: User
) -> None:
    review.send_back(claim=claim, actor=second_reviewer, version=1, reason="ناقص")
    cast.write_verdict(editor, claim, summary="خلاصة أوضح")
    review.propose(claim=claim, actor=editor)
    answer = press(signed_in(reviewer), claim, "review/approve/", version=1)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "What changed since version 1, which you were reading" in html
    assert "خلاصة أوضح" in html
    assert not any(boxes(html).values())


def test_a_claim_moved_meanwhile_says_where_it_is_and_keeps_the_words(
    claim: Claim, reviewer: User, second_reviewer: User
) -> None:
    client = signed_in(reviewer)
    seen = Claim.objects.get(pk=claim.pk).moves
    review.send_back(claim=claim, actor=second_reviewer, version=1, reason="ناقص")
    answer = client.post(
        address(claim, "review/send-back/"), {"moves": seen, "version": 1, "reason": "كلامي أنا"}
    )
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "researching" in html.lower() or "research" in html.lower()
    assert "كلامي أنا" in html


def test_another_approval_meanwhile_is_no_reason_to_refuse(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    cast.set_policy(quorum=2)
    claim = cast.proposed_claim(editor)
    seen = claim.moves
    press(signed_in(second_reviewer), claim, "review/approve/", version=1)
    answer = signed_in(reviewer).post(
        address(claim, "review/approve/"),
        {"moves": seen, "version": 1, "vouches": review.STANDARDS},
    )
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert claim.state == "approved"


# --- who decides, what waits ------------------------------------------------------------------------


def test_the_page_names_who_approved_and_who_still_may(
    editor: User, reviewer: User, second_reviewer: User, publisher: User
) -> None:
    cast.set_policy(quorum=3)
    claim = cast.proposed_claim(editor)
    press(signed_in(second_reviewer), claim, "review/approve/", version=1)
    html = page(reviewer, claim)
    assert "1 of 3 approvals" in html
    may = re.search(r"May still decide</b><span[^>]*>(.*?)</span>", html, re.S)
    assert may is not None
    assert re.findall(r"<bdi>(\w+)</bdi>", may[1]) == ["nour", "samer"]
    assert "Too few people are left" not in html


def test_a_quorum_out_of_reach_is_said(editor: User, reviewer: User) -> None:
    cast.set_policy(quorum=2)
    html = page(reviewer, cast.proposed_claim(editor))
    assert "Too few people are left who may approve this version." in html


def test_the_list_shows_the_longest_waiting_first_and_what_is_overdue(
    editor: User, reviewer: User
) -> None:
    first = cast.proposed_claim(editor, cast.make_claim(statement="الأول"))
    cast.proposed_claim(
        editor, cast.make_claim(cast.make_article(cast.TEXT + "\n2"), statement="الثاني")
    )
    review.edit_claim(
        claim=first, actor=editor, revision=first.revision,
        changes={"due_at": timezone.now() - timedelta(hours=1)},
    )  # fmt: skip
    html = signed_in(reviewer).get("/desk/review/").content.decode()
    assert html.index("الأول") < html.index("الثاني")
    assert html.count("Overdue since") == 1


def test_only_those_that_i_may_decide_on(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    cast.set_policy(quorum=2)
    decided = cast.proposed_claim(editor, cast.make_claim(statement="قرّرت فيه"))
    cast.proposed_claim(
        editor, cast.make_claim(cast.make_article(cast.TEXT + "\n2"), statement="لم أقرّر فيه")
    )
    press(signed_in(reviewer), decided, "review/approve/", version=1)
    client = signed_in(reviewer)
    everything = client.get("/desk/review/").content.decode()
    assert "You have decided" in everything
    mine = client.get("/desk/review/?mine").content.decode()
    assert "لم أقرّر فيه" in mine
    assert "قرّرت فيه</bdi>" not in mine.replace("لم أقرّر فيه</bdi>", "")


def test_today_offers_what_i_may_still_decide_on_and_leads_straight_there(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    cast.set_policy(quorum=2)
    claim = cast.proposed_claim(editor)
    link = f'href="{address(claim, "review/")}"'
    assert link in signed_in(reviewer).get("/desk/").content.decode()
    press(signed_in(reviewer), claim, "review/approve/", version=1)
    assert link not in signed_in(reviewer).get("/desk/").content.decode()
    assert link in signed_in(second_reviewer).get("/desk/").content.decode()


def test_an_empty_choice_says_why_and_leads_on(editor: User, superuser: User) -> None:
    cast.proposed_claim(superuser)
    html = signed_in(superuser).get("/desk/review/?mine").content.decode()
    assert "Nothing here is for you to decide" in html


# --- how we ruled -----------------------------------------------------------------------------------


def test_past_verdicts_on_similar_statements_stand_beside_it(
    claim: Claim, editor: User, reviewer: User, publisher: User
) -> None:
    for number, rating in enumerate(("false", "misleading", "false")):
        article = cast.make_article(cast.TEXT + f"\nقديم {number}")
        older = cast.make_claim(article, statement=f"قول قديم {number}")
        cast.published_claim(editor, reviewer, publisher, older, rating=rating)
        newer, earlier = sorted((claim, older), key=lambda one: one.pk, reverse=True)
        Match.objects.create(
            claim=newer, earlier=earlier, relation="related", score=0.9 - number / 10, method="1",
            reasons=[{"code": "date", "a": "يوليو", "b": "أغسطس"}],
        )  # fmt: skip
    for html in (page(reviewer, claim), page(editor, claim, "change/")):
        assert "How we ruled on similar statements" in html
        spread = re.search(r'class="spread small">(.*?)</p>', html, re.S)
        assert spread is not None
        assert "Of 3 similar statements:" in spread[1]
        assert re.findall(r"(\d) <span class=\"rating r-([\w-]+)", spread[1]) == [
            ("2", "false"),
            ("1", "misleading"),
        ]
        assert html.index("قول قديم 0") < html.index("قول قديم 2")
        # The words of this claim come first, whichever of the two came later.
        assert "another time: <bdi>أغسطس</bdi> here, <bdi>يوليو</bdi> there" in html


def test_without_precedents_there_is_no_empty_panel(claim: Claim, reviewer: User) -> None:
    assert "How we ruled" not in page(reviewer, claim)


def test_a_retracted_verdict_is_no_precedent(
    claim: Claim, editor: User, reviewer: User, publisher: User
) -> None:
    older = cast.make_claim(cast.make_article(cast.TEXT + "\nقديم"))
    publication = cast.published_claim(editor, reviewer, publisher, older)
    Match.objects.create(claim=older, earlier=claim, relation="related", score=0.8, method="1")
    retracted = Claim.objects.get(pk=publication.claim_id)
    publishing.retract(claim=retracted, actor=publisher, reason="خطأ")
    assert "How we ruled" not in page(reviewer, claim)


def test_the_page_costs_less_than_thirty_queries(claim: Claim, reviewer: User) -> None:
    assert len(captured(signed_in(reviewer), address(claim, "review/"))) < 30
