"""Rows for the lists of the desk: what waits, what was watched, whom it tells, who is there."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone

from claims.models import (
    ApiToken,
    Audit,
    Claim,
    CollectedItem,
    Complaint,
    Contact,
    Delivery,
    Invitation,
    Match,
    Notification,
    Outlet,
    Publication,
    Rule,
    SavedFilter,
    ScheduledPublication,
    SignIn,
    WatchedFeed,
    Webhook,
)
from claims.pipeline import publishing, review
from tests import cast
from tests.pipeline import translated


def fill(me: User, people: list[User], count: int) -> None:
    for number in range(count):
        _waiting(number, me, people)
    _outside(me, people, count)
    _inside(me, people, count)


def _new_claim() -> Claim:
    article = cast.make_article(f"{cast.TEXT}\n{Claim.objects.count()}")
    return cast.make_claim(article, denial=cast.DENIAL)


def _waiting(number: int, me: User, people: list[User]) -> None:
    """A claim at each place where somebody is waited for, and one of them for me."""
    editor, reviewer, publisher = people[:3]
    now = timezone.now()
    public = cast.published_claim(editor, reviewer, publisher, _new_claim())
    Complaint.objects.create(publication=public, text="خطأ", due_on=timezone.localdate())
    again = _new_claim()
    Match.objects.create(claim=again, earlier=public.claim, relation="same", score=0.9, method="1")
    version = translated.propose(public.claim, editor)
    if number % 2:
        translated.approve(version, reviewer)
    approved = cast.approved_claim(editor, reviewer, _new_claim())
    if number % 2:
        publishing.schedule(claim=approved, actor=publisher, at=now + timedelta(days=1))
    if number % 3 == 2:
        ScheduledPublication.objects.create(
            claim=approved, version=approved.versions.get(), at=now, set_by=publisher,
            state="failed", why="ناقص", ended_at=now,
        )  # fmt: skip
    cast.proposed_claim(editor, _new_claim())
    mine = _new_claim()
    review.accept(claim=mine, actor=me)
    if number % 2:
        due = {"due_at": now - timedelta(days=2), "recheck_on": timezone.localdate()}
        review.edit_claim(claim=mine, actor=me, revision=0, changes=due)
    Contact.objects.create(
        claim=mine, kind="reply", whom="الوزارة", asked_by=me, until=now - timedelta(hours=1)
    )


def _outside(me: User, people: list[User], count: int) -> None:
    entries = [one.entry for one in Publication.objects.select_related("entry")]
    ended = {"state": "delivered", "ended_at": timezone.now()}
    for number in range(count):
        made = Outlet.objects.count()
        outlet = Outlet.objects.create(name=f"feed {made}", homepage=f"https://h{made}.example/")
        feed = WatchedFeed.objects.create(
            outlet=outlet, url=f"https://h{made}.example/rss", added_by=me, reason="لا يجيب"
        )
        for item in range(count):
            CollectedItem.objects.create(
                feed=feed, guid=f"{item}", url=f"https://h{made}.example/{item}", title="خبر"
            )
        hook = Webhook.objects.create(
            name=f"وكالة {made}", url=f"https://hook{made}.example/", secret="x",
            made_by=people[number],
        )  # fmt: skip
        Delivery.objects.bulk_create(Delivery(webhook=hook, entry=one, **ended) for one in entries)


def _inside(me: User, people: list[User], count: int) -> None:
    made, now = Rule.objects.count(), timezone.now()
    for number in range(made, made + count):
        colleague = people[number - made]
        Invitation.objects.create(
            person=cast.person(f"invited {number}", "Editor"),
            made_by=me,
            expires_at=now + timedelta(days=9),
        )
        rule = Rule.objects.create(
            name=f"قاعدة {number}", words="صوفيا", topic="سياسة", assignee=colleague, created_by=me
        )
        rule.notify.add(colleague, people[0])
        for owner in (me, colleague):
            SavedFilter.objects.create(
                owner=owner, name=f"عرض {number}", query="state=queued", shared=True
            )
        for owner in (me, colleague):
            key = f"{owner.pk} {number}"
            Session.objects.create(session_key=key, expire_date=now + timedelta(days=9))
            SignIn.objects.create(user=owner, session_key=key, agent="Firefox")
        ApiToken.objects.create(
            name=f"آلة {number}", sha256=f"{number:064}", scope="intake", owner=colleague
        )
        Audit.objects.create(asked_by=colleague, ended_at=now, total=9, done=9)
        Notification.objects.create(person=me, kind="security", key=f"s{number}", actor=colleague)
