"""The claim page: what each person is offered there, and what happens when it is pressed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims import workflow
from claims.models import Claim, Lookup, Transition
from claims.pipeline import publishing, review
from tests import cast
from tests.admin.hands import address, history, offered, press, signed_in

pytestmark = pytest.mark.django_db

# --- what is shown -------------------------------------------------------------------------------


def test_the_page_tells_both_sides_of_a_contested_claim(editor: User) -> None:
    claim = cast.make_claim(denial=cast.DENIAL)
    html = signed_in(editor).get(address(claim)).content.decode()
    assert "contested" in html
    assert re.search(r'class="pos yes">.*صحيفة المرفأ', html, re.S)
    assert re.search(r'class="pos no">.*نفوا الخبر', html, re.S)


def test_the_cue_and_the_speaker_are_marked_in_the_articles_own_words(editor: User) -> None:
    claim = cast.make_claim()
    position = claim.positions.get()
    start = cast.TEXT.index("ذكرت")
    position.cue, position.cue_start, position.cue_end = "ذكرت", start, start + 4
    speaker = cast.TEXT.index("صحيفة المرفأ")
    position.claimant_start, position.claimant_end = speaker, speaker + len("صحيفة المرفأ")
    position.save()
    html = signed_in(editor).get(address(claim)).content.decode()
    assert '<span class="cue">ذكرت</span>' in html
    assert '<span class="who">صحيفة المرفأ</span>' in html
    assert f'/desk/articles/{claim.article_id}/?claim={claim.pk}#claim-{claim.pk}"' in html


@pytest.mark.parametrize("who", ["editor", "reviewer", "publisher", "administrator", "superuser"])
@pytest.mark.parametrize(
    "state",
    ["found", "queued", "researching", "waiting", "in_review", "approved", "published",
     "correcting", "retracted", "dismissed"],
)  # fmt: skip
def test_the_page_offers_exactly_what_the_workflow_opens(
    who: str, state: str, request: pytest.FixtureRequest, second_editor: User,
    second_reviewer: User,
) -> None:  # fmt: skip
    user: User = request.getfixturevalue(who)
    claim = claim_in(state, second_editor, second_reviewer, request.getfixturevalue("publisher"))
    html = signed_in(user).get(address(claim)).content.decode()
    assert offered(html) == set(workflow.open_actions(user, claim))


def claim_in(state: str, editor: User, reviewer: User, publisher: User) -> Claim:
    claim = cast.make_claim(denial=cast.DENIAL)
    if state == "found":
        return claim
    if state in ("published", "correcting", "retracted"):
        cast.published_claim(editor, reviewer, publisher, claim)
        claim.refresh_from_db()
        if state == "correcting":
            publishing.correct(claim=claim, actor=publisher, kind="update", reason="العالم تغيّر")
        if state == "retracted":
            publishing.retract(claim=claim, actor=publisher, reason="بيان مزوّر")
        return claim
    if state == "approved":
        return cast.approved_claim(editor, reviewer, claim)
    if state == "in_review":
        return cast.proposed_claim(editor, claim)
    if state == "researching":
        return cast.researched_claim(editor, claim)
    if state == "dismissed":
        review.dismiss(claim=claim, actor=editor, reason="رأي")
        return claim
    review.accept(claim=claim, actor=editor)
    if state == "waiting":
        review.wait(
            claim=claim,
            actor=editor,
            until=timezone.localdate() + timedelta(days=9),
            reason="لم يحن الموعد",
        )
    return claim


def test_nobody_outside_the_desk_sees_a_claim(outsider: User) -> None:
    claim = cast.make_claim()
    assert signed_in(outsider).get(address(claim)).status_code == 302
    assert Client().get(address(claim)).headers["Location"].startswith("/desk/login/")


def test_a_claim_that_is_not_there_is_not_found(editor: User) -> None:
    assert signed_in(editor).get("/desk/claims/claim/987654/change/").status_code == 404


@pytest.mark.parametrize("tail", ["change/", "review/", "preview/", "publish/"])
def test_no_page_about_a_claim_is_kept_by_a_browser_or_a_proxy(tail: str, editor: User) -> None:
    claim = cast.proposed_claim(editor)
    kept = signed_in(editor).get(address(claim, tail)).headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


def test_what_people_and_sources_wrote_is_text_and_never_markup(editor: User) -> None:
    bad = "<script>alert(1)</script>"
    claim = cast.researched_claim(editor, cast.make_claim(statement=bad), explanation=bad + " [1]")
    review.add_evidence(
        claim=claim, actor=editor, url="https://evil.example/?<script>", title=bad, quote=bad,
        relation="context", independence_group=bad[:40], note=bad,
    )  # fmt: skip
    Lookup.objects.create(
        claim=claim, source="archive", state="answered", asked=bad, finished_at=timezone.now(),
        hits=[{"title": bad, "url": "https://x.example/", "snippet": bad, "publisher": bad}],
    )  # fmt: skip
    client = signed_in(editor)
    for tail in ("change/", "change/?add", "whole-history/", "lookups/", "review/"):
        html = client.get(address(claim, tail)).content.decode()
        assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(address(claim)).content.decode()


def test_a_find_with_a_script_for_an_address_is_no_link(editor: User) -> None:
    claim = cast.researched_claim(editor)
    Lookup.objects.create(
        claim=claim, source="archive", state="answered", asked="x", finished_at=timezone.now(),
        hits=[{"title": "trap", "url": "javascript:alert(1)", "snippet": ""}],
    )  # fmt: skip
    html = signed_in(editor).get(address(claim)).content.decode()
    assert "trap" in html
    assert 'href="javascript:' not in html


def test_no_page_carries_a_script_or_a_style_that_the_policy_would_block(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer)
    client = signed_in(publisher)
    for path in (
        address(claim), address(claim, "review/"), address(claim, "preview/"),
        address(claim, "publish/"), "/desk/review/", "/desk/publishing/",
    ):  # fmt: skip
        html = client.get(path).content.decode()
        assert not re.search(r"<script(?![^>]* src=)", html), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", html), path


def test_the_page_costs_the_same_queries_for_one_row_and_for_eleven(
    editor: User, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    claim = cast.researched_claim(editor)
    client = signed_in(editor)
    client.get(address(claim))
    with django_assert_max_num_queries(24) as few:
        client.get(address(claim))
    for number in range(10):
        review.add_evidence(
            claim=claim, actor=editor, url=f"https://more.example/{number}", title=f"{number}",
            relation="context", independence_group=f"m{number}",
        )  # fmt: skip
        Lookup.objects.create(claim=claim, source=f"s{number}")
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(address(claim))


# --- moves ---------------------------------------------------------------------------------------


def test_accepting_makes_the_editor_the_assignee_and_says_so(editor: User) -> None:
    claim = cast.make_claim()
    answer = press(signed_in(editor), claim, "accept/")
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.assignee) == ("queued", editor)


@pytest.mark.parametrize("action", ["accept", "dismiss"])
def test_an_administrator_is_refused_with_a_reason(action: str, administrator: User) -> None:
    claim = cast.make_claim()
    answer = press(signed_in(administrator), claim, f"{action}/", reason="whim")
    assert answer.status_code == 403
    assert "is not among your rights" in answer.content.decode()
    assert history(claim) == []


def test_dismissing_without_a_reason_is_refused_and_with_one_is_done(editor: User) -> None:
    claim = cast.make_claim()
    client = signed_in(editor)
    refused = press(client, claim, "dismiss/", reason="  ")
    assert refused.status_code == 422
    assert "needs a reason" in refused.content.decode()
    assert press(client, claim, "dismiss/", reason="رأي لا خبر").status_code == 302
    assert Transition.objects.get(subject_id=claim.pk, subject="claim").reason == "رأي لا خبر"
    assert press(client, claim, "restore/", reason="خبر").status_code == 302
    claim.refresh_from_db()
    assert claim.state == "found"


@pytest.mark.parametrize("until", ["", "2020-01-01", "not a day"])
def test_waiting_needs_a_day_to_come_and_keeps_the_reason_typed(until: str, editor: User) -> None:
    claim = cast.researched_claim(editor)
    answer = press(signed_in(editor), claim, "wait/", until=until, reason="موعدها بعيد")
    assert answer.status_code == 422
    assert re.search(r'id="wait-reason"[^>]*>موعدها بعيد</textarea>', answer.content.decode())
    claim.refresh_from_db()
    assert claim.state == "researching"


def test_waiting_until_a_day_and_resuming(editor: User) -> None:
    claim = cast.researched_claim(editor)
    client = signed_in(editor)
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    assert press(client, claim, "wait/", until=day, reason="لم يحن").status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.recheck_on.isoformat()) == ("waiting", day)  # type: ignore[union-attr]
    assert press(client, claim, "resume/", reason="جاء الخبر").status_code == 302
    claim.refresh_from_db()
    assert claim.state == "researching"


def test_a_move_on_a_page_that_somebody_overtook_is_a_lost_race(
    editor: User, second_editor: User
) -> None:
    claim = cast.make_claim()
    review.accept(claim=Claim.objects.get(pk=claim.pk), actor=second_editor)
    answer = signed_in(editor).post(address(claim, "accept/"), {"moves": 0})
    assert answer.status_code == 409
    assert "Somebody else moved this claim meanwhile" in answer.content.decode()


def test_a_move_that_is_not_open_is_refused_and_never_an_error(editor: User) -> None:
    claim = cast.proposed_claim(editor)
    for action in ("accept", "start", "dismiss", "restore", "resume", "reopen"):
        answer = press(signed_in(editor), claim, f"{action}/", reason="x")
        assert answer.status_code == 422, action


@pytest.mark.parametrize(
    ("tail", "room"),
    [("accept/", "change/"), ("draft/", "change/"), ("evidence/", "change/"),
     ("review/approve/", "review/")],
)  # fmt: skip
def test_a_get_does_nothing_and_leads_to_the_page(tail: str, room: str, editor: User) -> None:
    claim = cast.make_claim()
    answer = signed_in(editor).get(address(claim, tail))
    assert answer.headers["Location"] == address(claim, room)
    assert history(claim) == []


def test_a_post_without_its_token_is_refused(editor: User) -> None:
    claim = cast.make_claim()
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(address(claim, "accept/"), {"moves": 0}).status_code == 403
    assert history(claim) == []


# --- the claim's own fields ----------------------------------------------------------------------


def edited(claim: Claim, **fields: Any) -> dict[str, Any]:
    return {
        "revision": claim.revision, "statement": claim.statement, "topic": claim.topic,
        "priority": claim.priority, "severity": claim.severity,
        "assignee": claim.assignee_id or "", "due_at": "", **fields,
    }  # fmt: skip


def test_only_what_was_changed_is_written_and_the_history_tells_before_and_after(
    editor: User,
) -> None:
    claim = cast.make_claim()
    client = signed_in(editor)
    answer = client.post(address(claim, "edit/"), edited(claim, topic="أمن", priority=3))
    assert answer.status_code == 302
    written = Transition.objects.get(subject_id=claim.pk, subject="claim")
    assert written.data == {"topic": ["", "أمن"], "priority": ["2", "3"]}
    html = client.get(address(claim)).content.decode()
    assert re.search(r"<del><bdi>2</bdi></del>\s*<ins><bdi>3</bdi></ins>", html)
    assert "The chain is intact" in html


def test_saving_an_untouched_form_writes_nothing(editor: User) -> None:
    claim = cast.make_claim()
    assert signed_in(editor).post(address(claim, "edit/"), edited(claim)).status_code == 302
    assert history(claim) == []


def test_a_lost_race_for_the_statement_shows_both_and_mine_can_win_knowingly(
    editor: User, second_editor: User
) -> None:
    claim = cast.make_claim(statement="نص أول")
    mine = edited(claim, statement="نصّي أنا")
    review.edit_claim(
        claim=claim, actor=second_editor, revision=0, changes={"statement": "نصّها هي"}
    )
    client = signed_in(editor)
    answer = client.post(address(claim, "edit/"), mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "نصّها هي" in html
    assert re.search(r"<textarea[^>]*name=\"statement\"[^>]*>نصّي أنا</textarea>", html)
    assert "Save mine over theirs" in html
    assert '<input type="hidden" name="revision" value="1">' in html
    assert client.post(address(claim, "edit/"), mine | {"revision": 1}).status_code == 302
    claim.refresh_from_db()
    assert claim.statement == "نصّي أنا"


def test_an_empty_statement_is_told_at_its_field(editor: User) -> None:
    claim = cast.make_claim()
    answer = signed_in(editor).post(address(claim, "edit/"), edited(claim, statement=" "))
    assert answer.status_code == 422
    assert 'id="claim-statement_error"' in answer.content.decode()
