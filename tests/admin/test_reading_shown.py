"""What the splitter could not settle, and from when a claim can be checked, stand on both pages."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim
from claims.pipeline import review
from tests.admin.hands import address, signed_in
from tests.cast import TEXT, make_claim

pytestmark = pytest.mark.django_db


def pages(user: User, claim: Claim) -> list[str]:
    client = signed_in(user)
    paths = (f"/desk/articles/{claim.article_id}/", address(claim))
    return [client.get(path).content.decode() for path in paths]


def test_words_that_name_nobody_are_told_of_in_their_own_direction(editor: User) -> None:
    claim = make_claim()
    Claim.objects.update(unresolved=["هو", "<b>هذا القرار</b>"])
    for html in pages(editor, claim):
        assert "The statement is not readable on its own:" in html
        assert '<q lang="ar" dir="rtl">هو</q>' in html
        assert "<b>هذا" not in html


def test_nothing_is_said_of_a_claim_that_is_whole(editor: User) -> None:
    claim = make_claim()
    for html in pages(editor, claim):
        assert "not readable on its own" not in html
        assert "can be checked from" not in html


def test_the_day_from_which_a_claim_can_be_checked_is_told(editor: User) -> None:
    claim = make_claim()
    Claim.objects.update(checkable_from=date(2031, 8, 31))
    for html in pages(editor, claim):
        assert "It can be checked from 31 August 2031." in html


@pytest.mark.parametrize(("days", "offered"), [(30, True), (0, True), (-1, False), (-400, False)])
def test_the_day_after_is_proposed_to_wait_for_while_it_is_to_come(
    days: int, offered: bool, editor: User
) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
    day = timezone.localdate() + timedelta(days=days)
    Claim.objects.update(checkable_from=day)
    html = signed_in(editor).get(address(claim)).content.decode()
    field = re.search(r'<input class="in" type="date" id="wait-until"[^>]*value="([^"]*)"', html)
    assert field is not None
    assert field[1] == ((day + timedelta(days=1)).isoformat() if offered else "")


def test_the_day_to_check_again_is_set_where_the_claim_is_edited(editor: User) -> None:
    claim = make_claim()
    Claim.objects.update(checkable_from=date(2031, 8, 31))
    client = signed_in(editor)
    html = client.get(address(claim)).content.decode()
    assert '<input type="date" name="recheck_on"' in html
    fields = {"revision": 0, "statement": claim.statement, "priority": 2, "severity": 2}
    client.post(address(claim, "edit/"), {**fields, "recheck_on": "2031-09-01"})
    claim.refresh_from_db()
    assert claim.recheck_on == date(2031, 9, 1)
    assert claim.checkable_from == date(2031, 8, 31)


def test_a_claim_that_waits_keeps_a_day_to_wait_for(editor: User) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
    until = timezone.localdate() + timedelta(days=30)
    review.wait(claim=claim, actor=editor, reason="it is to come", until=until)
    claim.refresh_from_db()
    fields = {
        "revision": claim.revision, "statement": claim.statement, "priority": 2, "severity": 2,
        "assignee": editor.pk, "recheck_on": "",
    }  # fmt: skip
    response = signed_in(editor).post(address(claim, "edit/"), fields)
    assert response.status_code == 422
    assert "needs the day on which it is checked again" in response.content.decode()
    claim.refresh_from_db()
    assert claim.recheck_on == until


def test_every_claimant_and_cue_in_the_text_says_whose_it_is(editor: User) -> None:
    claim = make_claim()
    start = TEXT.index("صحيفة المرفأ")
    claim.positions.update(
        claimant_start=start, claimant_end=start + 12, cue_start=start - 5, cue_end=start - 1
    )
    html = pages(editor, claim)[0]
    assert '<span class="who" data-of="1">صحيفة المرفأ</span>' in html
    assert '<span class="cue" data-of="1">ذكرت</span>' in html
