"""Today: each person finds what waits for them, and why."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone, translation

from claims import workflow
from claims.admin import source_health, waiting
from claims.admin.figures import ages
from claims.models import Claim, Complaint, Contact, Lookup, ScheduledPublication
from claims.pipeline import publishing, review
from tests.admin.hands import captured, signed_in
from tests.cast import (
    DENIAL,
    TEXT,
    approved_claim,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
    researched_claim,
)

pytestmark = pytest.mark.django_db


def reasons(user: User) -> list[tuple[str, str]]:
    return [
        (item.claim.statement, item.why) for item in waiting.waiting_for(user, now=timezone.now())
    ]


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def test_an_editor_finds_what_is_theirs_with_the_most_pressing_first(
    editor: User, reviewer: User, second_editor: User
) -> None:
    article = make_article()
    names = ("assigned", "late", "back", "returned", "somebody else's")
    claims = {name: make_claim(article, statement=name, denial=DENIAL) for name in names}
    review.accept(claim=claims["somebody else's"], actor=second_editor)
    review.accept(claim=claims["assigned"], actor=editor)
    review.accept(claim=claims["late"], actor=editor)
    Claim.objects.filter(pk=claims["late"].pk).update(
        due_at=timezone.now() - timedelta(days=2, hours=1)
    )
    proposed_claim(editor, claims["back"])
    review.send_back(claim=claims["back"], actor=reviewer, version=1, reason="no primary source")
    review.accept(claim=claims["returned"], actor=editor)
    tomorrow = timezone.localdate() + timedelta(days=1)
    review.wait(claim=claims["returned"], actor=editor, until=tomorrow, reason="later")
    claims["returned"].refresh_from_db()
    review.resume(claim=claims["returned"], actor=None, reason="its date has come")
    assert reasons(editor) == [
        ("late", "2 days late"),
        ("returned", "Its date has come"),
        ("back", "Sent back to you"),
        ("assigned", "Yours, not started"),
    ]
    html = signed_in(editor).get("/desk/").content.decode()
    assert "no primary source" in html


def test_a_reviewer_finds_what_others_wrote_and_never_their_own(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    proposed_claim(editor, make_claim(statement="by the editor", denial=DENIAL))
    own = make_claim(make_article("t\n" + DENIAL), text=DENIAL, statement="by the reviewer")
    proposed_claim(reviewer, own)
    assert reasons(reviewer) == [("by the editor", "To be reviewed")]
    assert {name for name, _why in reasons(second_reviewer)} == {"by the editor", "by the reviewer"}
    for user in (editor, reviewer, second_reviewer):
        for claim in Claim.objects.awaiting_review():
            listed = claim in waiting.to_review(user)
            assert listed != workflow.has_contributed(user, claim)


def test_a_hand_in_what_is_published_already_does_not_keep_a_reviewer_away(
    editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    claim = published_claim(editor, reviewer, publisher).claim
    publishing.correct(claim=claim, actor=publisher, kind="correction", reason="a wrong date")
    claim.refresh_from_db()
    review.save_draft(
        claim=claim,
        actor=second_editor,
        revision=claim.draft.revision,
        rating=claim.draft.rating,
        summary="a new summary",
        explanation=claim.draft.explanation,
    )
    review.propose(claim=claim, actor=second_editor)
    assert claim in waiting.to_review(reviewer)
    assert (claim in waiting.to_review(second_editor)) is False


def test_a_publisher_finds_what_is_approved(editor: User, reviewer: User, publisher: User) -> None:
    approved_claim(editor, reviewer, make_claim(statement="ready", denial=DENIAL))
    assert reasons(publisher) == [("ready", "Approved: to be published")]
    assert reasons(editor) == []


def test_a_quiet_day_says_what_to_do(editor: User) -> None:
    html = signed_in(editor).get("/desk/").content.decode()
    assert "Nothing waits for you" in html
    assert 'href="/desk/articles/new/"' in html
    assert "No article yet. Paste a text or give its address" in html


def test_the_numbers_are_counted(editor: User, reviewer: User, publisher: User) -> None:
    published_claim(editor, reviewer, publisher)
    make_claim(make_article("Other\n" + DENIAL), text=DENIAL)
    old = make_claim(make_article("Old\n" + DENIAL), text=DENIAL)
    Claim.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=5))
    html = signed_in(editor).get("/desk/").content.decode()
    assert "In the last 24 hours: 2 claims came in, 1 verdict went out." in html


def test_open_claims_are_counted_by_their_age(editor: User) -> None:
    now = timezone.now()
    for days in (0, 2, 3, 5, 30):
        claim = make_claim(make_article(f"Day {days}\n" + DENIAL), text=DENIAL)
        review.accept(claim=claim, actor=editor)
        Claim.objects.filter(pk=claim.pk).update(created_at=now - timedelta(days=days, minutes=1))
    assert [(age.number, age.late) for age in ages.numbers(now)] == [
        (1, False),
        (2, False),
        (1, False),
        (1, True),
    ]
    assert [bar.parts[0].width for bar in ages.bars(ages.numbers(now))] == [50, 100, 50, 50]


def test_the_health_of_the_sources_is_read_off_the_lookups(editor: User) -> None:
    now = timezone.now()
    claim = researched_claim(editor)
    Lookup.objects.all().delete()
    Lookup.objects.create(
        claim=claim, source="archive", state="answered",
        started_at=now - timedelta(seconds=62), finished_at=now - timedelta(seconds=60),
    )  # fmt: skip
    Lookup.objects.create(
        claim=claim, source="wikipedia", state="gave_up", reason="“ar.wikipedia.org” is silent",
        started_at=now, finished_at=now - timedelta(minutes=5),
    )  # fmt: skip
    other = make_claim(make_article("Old\n" + DENIAL), text=DENIAL)
    Lookup.objects.create(
        claim=other, source="wikipedia", state="answered",
        started_at=now - timedelta(days=2), finished_at=now - timedelta(days=2),
    )  # fmt: skip
    health = {one.name: one for one in source_health.last_day(now)}
    assert (health["archive"].answered, health["archive"].seconds) == (1, 2.0)
    assert health["wikipedia"].silent
    assert health["wikipedia"].reason == "“ar.wikipedia.org” is silent"
    assert (health["imported_checks"].answered, health["imported_checks"].open) == (0, 0)
    html = signed_in(editor).get("/desk/today/sources/").content.decode()
    assert "1 answers, 2.0 s" in html
    assert re.search(r"gave up at ", html)


def test_today_takes_as_many_queries_for_eleven_claims_as_for_one(
    editor: User, publisher: User
) -> None:
    client = signed_in(editor)

    def another(number: int) -> None:
        article = make_article(f"Title {number}\n" + DENIAL)
        review.accept(claim=make_claim(article, text=DENIAL, denial=DENIAL), actor=editor)

    another(0)
    one = len(captured(client, "/desk/"))
    for number in range(1, 11):
        another(number)
    assert len(captured(client, "/desk/")) == one
    assert one < 32


def test_whoever_publishes_learns_what_could_not_go_out_by_itself(
    editor: User, reviewer: User, publisher: User
) -> None:
    now = timezone.now()
    failed, pending, tried_again = (
        approved_claim(
            editor,
            reviewer,
            make_claim(make_article(f"{TEXT}\n{name}"), statement=name, denial=DENIAL),
        )
        for name in ("failed", "pending", "tried again")
    )

    def schedule(claim: Claim, state: str, why: str = "") -> None:
        ended = None if state == "pending" else now
        ScheduledPublication.objects.create(
            claim=claim, version=claim.versions.get(), at=now, set_by=publisher,
            state=state, ended_at=ended, why=why,
        )  # fmt: skip

    schedule(failed, "failed", "The evidence changed after the approval.")
    schedule(pending, "pending")
    schedule(tried_again, "failed", "The key could not be read.")
    schedule(tried_again, "cancelled")
    assert reasons(publisher) == [
        ("failed", "Could not go out by itself"),
        ("tried again", "Approved: to be published"),
    ]
    html = signed_in(publisher).get("/desk/").content.decode()
    assert "The evidence changed after the approval." in html
    assert reasons(editor) == []


def test_what_waits_opens_on_the_page_where_it_is_dealt_with(
    editor: User, reviewer: User, publisher: User
) -> None:
    ready = approved_claim(editor, reviewer, make_claim(make_article(f"ok\n{TEXT}"), denial=DENIAL))
    proposed = proposed_claim(editor, make_claim(make_article(f"in\n{TEXT}"), denial=DENIAL))
    html = signed_in(publisher).get("/desk/").content.decode()
    for claim, page in ((ready, "preview"), (proposed, "review")):
        assert f'class="st" href="/desk/claims/claim/{claim.pk}/{page}/"' in html


def test_a_complaint_near_its_deadline_waits_for_those_who_answer(
    editor: User, reviewer: User, publisher: User
) -> None:
    publication = published_claim(editor, reviewer, publisher)
    day = timezone.localdate()
    for days, text in ((-1, "late"), (0, "today"), (2, "soon"), (9, "far")):
        Complaint.objects.create(
            publication=publication, text=text, due_on=day + timedelta(days=days)
        )
    told = [
        ("late", "A complaint should have been answered by now"),
        ("today", "A complaint is to be answered today"),
        ("soon", "A complaint is to be answered within 2 days"),
    ]
    for person in (reviewer, publisher):
        items = waiting.waiting_for(person, now=timezone.now())
        assert [(item.quote, item.why) for item in items] == told
    assert waiting.waiting_for(editor, now=timezone.now()) == []
    complaint = Complaint.objects.get(text="late")
    html = signed_in(reviewer).get("/desk/").content.decode()
    assert f'href="/desk/complaints/{complaint.pk}/"' in html


def test_an_overdue_answer_and_one_that_came_wait_for_whoever_asked(
    editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    now = timezone.now()
    silent, answered = (
        make_claim(make_article(f"{TEXT}\n{name}"), statement=name, denial=DENIAL)
        for name in ("silent", "answered")
    )
    for claim in (silent, answered):
        review.accept(claim=claim, actor=editor)
    public = published_claim(editor, reviewer, publisher).claim
    asked = {"asked_by": second_editor, "until": now - timedelta(hours=1)}
    Contact.objects.create(claim=silent, kind="reply", whom="The mill", **asked)
    Contact.objects.create(claim=public, kind="correction", whom="The paper", **asked)
    Contact.objects.create(
        claim=answered, kind="reply", whom="The port", outcome="answered", answer="No.",
        answered_at=now - timedelta(hours=3), **asked,
    )  # fmt: skip
    assert reasons(editor) == [
        ("answered", "The port has answered"),
        ("silent", "The mill has not answered in time"),
        (public.statement, "The paper has not answered in time"),
    ]
    assert {why for _statement, why in reasons(second_editor)} == {
        "The mill has not answered in time",
        "The paper has not answered in time",
    }
    assert reasons(reviewer) == []


def test_a_live_part_is_sent_again_only_when_it_has_changed(editor: User) -> None:
    client = signed_in(editor)
    html = client.get("/desk/").content.decode()
    for part in ("today-waiting", "today-came-in"):
        (address,) = re.findall(rf'id="{part}" hx-get="([^"]+)"', html)
        assert client.get(address).status_code == 204
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    (address,) = re.findall(r'id="today-waiting" hx-get="([^"]+)"', html)
    answer = client.get(address)
    assert (answer.status_code, "Yours, not started" in answer.content.decode()) == (200, True)
    assert client.get("/desk/today/waiting/?mark=%E2%80%AE").status_code == 200


def test_a_full_day_takes_fewer_than_thirty_queries(
    editor: User, reviewer: User, publisher: User
) -> None:
    now = timezone.now()
    publication = published_claim(editor, reviewer, publisher)
    Complaint.objects.create(publication=publication, text="late", due_on=timezone.localdate())
    for number in range(3):
        own = make_claim(make_article(f"own {number}\n{TEXT}"), denial=DENIAL)
        review.accept(claim=own, actor=publisher)
        Contact.objects.create(
            claim=own, kind="reply", whom="X", asked_by=publisher, until=now - timedelta(hours=1)
        )
        proposed_claim(editor, make_claim(make_article(f"in {number}\n{TEXT}"), denial=DENIAL))
        ready = approved_claim(
            editor, reviewer, make_claim(make_article(f"ok {number}\n{TEXT}"), denial=DENIAL)
        )
        ScheduledPublication.objects.create(
            claim=ready, version=ready.versions.get(), at=now, set_by=publisher, state="failed",
            ended_at=now, why="no key",
        )  # fmt: skip
    assert len(waiting.waiting_for(publisher, now=now)) == 10
    assert len(captured(signed_in(publisher), "/desk/")) < 30
