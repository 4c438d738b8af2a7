"""A desk with some of everything, or with much: what each of its pages shows, `count` times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import (
    Audit,
    Claim,
    Claimant,
    ClaimantName,
    ClusterMember,
    CollectedItem,
    Comment,
    Complaint,
    Contact,
    Delivery,
    Evidence,
    ExpertLink,
    FurtherAppearance,
    Identity,
    ImportedCheck,
    Invitation,
    Lookup,
    Match,
    Notification,
    Outlet,
    Position,
    Presence,
    Reading,
    Rule,
    SavedFilter,
    SignIn,
    Snapshot,
    SnapshotCheck,
    WatchedFeed,
    Webhook,
    WorkingCopy,
)
from claims.pipeline import publishing, review
from tests import cast
from tests.admin import lists
from tests.pipeline import translated

SAID = "إن اللقاء في صوفيا في أغسطس"
STATES = (
    "found", "queued", "researching", "waiting", "in_review", "approved", "published", "correcting",
    "retracted", "dismissed",
)  # fmt: skip


@dataclass
class Room:
    """One claim in each state, each with `count` of all that its page shows; and on the lists of the
    desk `count` more rows than before. `values`: a row for each part that an address has."""

    claims: dict[str, Claim]
    values: dict[str, Any]


def furnish(me: User, count: int) -> Room:
    """`me` is who looks."""
    people = _people(count)
    lists.fill(me, people, count)
    claims = {state: _claim(state, count, me, people) for state in STATES}
    return Room(claims, values(claims, me))


def values(claims: dict[str, Claim], me: User) -> dict[str, Any]:
    claim = claims["published"]
    newest = {
        "article_id": claim.article,
        "appearance_id": claim.article.appearances.first(),
        "claimant_id": claim.positions.order_by("-pk")[0].claimant,
        "comment_id": claim.comments.first(),
        "contact_id": claim.contacts.first(),
        "feed_id": WatchedFeed.objects.last(),
        "filter_id": SavedFilter.objects.filter(owner=me).last(),
        "identity_id": Identity.objects.last(),
        "invitation_id": Invitation.objects.last(),
        "item_id": CollectedItem.objects.last(),
        "link_id": claim.expert_links.first(),
        "listed_id": FurtherAppearance.objects.filter(claim=claim).first(),
        "match_id": claim.matches.filter(earlier__isnull=False).last(),
        "news_id": Notification.objects.filter(person=me).last(),
        "outlet_id": Outlet.objects.get(name="outlet 0"),
        "person_id": User.objects.exclude(pk=me.pk).last(),
        "piece_id": claim.evidence.first(),
        "rule_id": Rule.objects.last(),
        "sign_in_id": SignIn.objects.filter(user=me).last(),
        "audit_id": Audit.objects.last(),
        "webhook_id": Webhook.objects.first(),
        "delivery_id": Delivery.objects.last(),
        "complaint_id": Complaint.objects.last(),
    }
    twin = Claimant.objects.filter(language="en").last()
    assert twin is not None
    return {
        **{name: row.pk for name, row in newest.items()},
        "claim_id": claim.pk,
        "other_id": twin.pk,
        "form": "verdict",
        "language": "tr",
        "name": "wikidata",
        "slug": "balance",
        "topic": "today",
    }


def _people(count: int) -> list[User]:
    made = User.objects.count()
    groups = ("Editor", "Reviewer", "Publisher")
    people = [cast.person(f"colleague{made + n}", groups[n % 3]) for n in range(max(count, 3))]
    for one in people:
        Identity.objects.create(user=one, issuer="https://id.example/", subject=one.username)
    return people


def _claim(state: str, count: int, me: User, people: list[User]) -> Claim:
    lines = [f"قال متحدث رقم {n} {SAID}." for n in range(count)]
    text = "\n".join([f"خبر {Claim.objects.count()}", *lines])
    article = cast.make_article(text, url=f"https://marfa.example/{Claim.objects.count()}")
    claim = Claim.objects.create(
        article=article, statement=SAID, language="ar", kind="event", checkworthiness=0.5
    )
    article.appearances.model.objects.bulk_create(
        article.appearances.model(
            article=article,
            outlet=Outlet.objects.get_or_create(name=f"outlet {n}")[0],
            url=f"https://outlet{n}.example/{article.pk}",
            published_on=date(2026, 7, 21),
        )
        for n in range(count)
    )
    _spoken(claim, lines, count)
    _found(claim, count, me)
    _alike(claim, count, me)
    walk(claim, state, people)
    _discussed(claim, count, me, people)
    claim.refresh_from_db()
    return claim


def walk(claim: Claim, state: str, people: list[User]) -> None:
    """To `state`, as the desk does it, with a correction and translations where it has been public."""
    editor, reviewer, publisher = people[:3]
    if state == "found":
        return
    if state == "dismissed":
        return review.dismiss(claim=claim, actor=editor, reason="رأي")
    review.accept(claim=claim, actor=editor)
    if state == "queued":
        return
    review.start(claim=claim, actor=editor)
    cast.write_verdict(editor, claim)
    if state == "waiting":
        until = timezone.localdate() + timedelta(days=9)
        review.wait(claim=claim, actor=editor, until=until, reason="لم يحن")
        return
    # Sent back once, so that the page has that to show.
    review.propose(claim=claim, actor=editor)
    review.send_back(claim=claim, actor=reviewer, version=1, reason="أين المصدر؟")
    if state == "researching":
        return
    cast.write_verdict(editor, claim, summary="انقضى أغسطس ولم يلتقيا.")
    review.propose(claim=claim, actor=editor)
    if state == "in_review":
        return
    review.approve(claim=claim, actor=reviewer, version=2, vouches=review.STANDARDS)
    if state == "approved":
        return
    publishing.publish(claim=claim, actor=publisher)
    for language in ("tr", "en"):
        translated.publish(claim, editor, reviewer, publisher, language)
    if state == "retracted":
        claim.refresh_from_db()
        publishing.retract(claim=claim, actor=publisher, reason="بيان مزوّر")
    if state == "correcting":
        claim.refresh_from_db()
        publishing.correct(claim=claim, actor=publisher, kind="update", reason="العالم تغيّر")
        claim.refresh_from_db()
        cast.write_verdict(editor, claim, summary="التقيا في سبتمبر.")
        review.propose(claim=claim, actor=editor)
        review.send_back(claim=claim, actor=reviewer, version=5, reason="أين المصدر؟")


def _spoken(claim: Claim, lines: list[str], count: int) -> None:
    """Everybody who says it, each known to Wikidata and to the desk under another name."""
    for number in range(count):
        name = f"متحدث رقم {claim.pk} {number}"
        item = f"Q{claim.pk}{number:03}"
        said = {"kind": "person", "language": "ar", "name": name, "folded": name}
        known = item if number % 2 else ""
        speaker = Claimant.objects.create(wikidata_id=known, **said)
        twin = f"Speaker {claim.pk} {number}"
        Claimant.objects.create(
            kind="person", language="en", name=twin, folded=twin, wikidata_id=item
        )
        ClaimantName.objects.create(claimant=speaker, language="tr", name=f"Konuşmacı {number}")
        start = claim.article.text.index(lines[number]) + lines[number].index(SAID)
        Position.objects.create(
            claim=claim, article=claim.article, start=start, end=start + len(SAID), text=SAID,
            stance="denies" if number % 3 == 1 else "asserts", form="indirect", claimant=speaker,
        )  # fmt: skip
        hit = {
            "kind": "entity", "url": f"https://www.wikidata.org/wiki/{item}", "title": name,
            "snippet": "متحدث", "language": "ar",
        }  # fmt: skip
        now = timezone.now()
        Lookup.objects.create(
            claim=claim, source=f"source{number}", state="answered", asked=name, hits=[hit],
            started_at=now, finished_at=now,
        )  # fmt: skip


def _found(claim: Claim, count: int, me: User) -> None:
    """Pages that were read, and those that were chosen as evidence, with copies that have changed."""
    for number in range(count):
        url = f"https://outlet{number}.example/{claim.pk}"
        Reading.objects.create(
            claim=claim, url=url, state="read", passage="في صوفيا", score=0.5, language="ar"
        )
        kept = {
            "url": url, "final_url": url, "state": "kept", "text": "لا لقاء", "sha256": "0" * 64,
            "warc": "copy.warc.gz", "fetched_at": timezone.now(), "media_type": "text/html",
        }  # fmt: skip
        copy, newer = (
            Snapshot.objects.create(standing=standing, **kept) for standing in ("changed", "there")
        )
        SnapshotCheck.objects.create(snapshot=copy, found="changed", newer=newer)
        Evidence.objects.create(
            claim=claim, order=number, url=url, title=f"جدول {number}", publisher=f"outlet {number}",
            quote="لا لقاء", quote_language="ar", relation="refutes", primary=number == 0,
            independence_group=f"g{number}", snapshot=copy, added_by=me,
        )  # fmt: skip


def _alike(claim: Claim, count: int, me: User) -> None:
    """What is like it: others' checks, earlier verdicts, and claims that are the same."""
    now = timezone.now()
    like = partial(Match.objects.create, score=0.9, method="1")
    earlier = Claim.objects.filter(state="published", pk__lt=claim.pk, membership=None)
    for number, one in enumerate(earlier.order_by("-pk")[:count]):
        check = ImportedCheck.objects.create(
            publisher="هيئة", url=f"https://check.example/{claim.pk}/{number}", claim=SAID,
            claim_sha256=f"{number:064}", rating="خطأ", folded="", next_at=None,
        )  # fmt: skip
        like(claim=claim, check_found=check, relation="related")
        like(claim=claim, earlier=one, relation="related")
        other = cast.make_claim(cast.make_article(f"{cast.TEXT}\n{claim.pk} {number}"))
        decided = {"state": "confirmed", "decided_by": me, "decided_at": now}
        match = like(claim=other, earlier=claim, relation="same", **decided)
        ClusterMember.objects.create(claim=other, head=claim, match=match, joined_by=me)


def _discussed(claim: Claim, count: int, me: User, people: list[User]) -> None:
    later = timezone.now() + timedelta(days=3)
    for number, colleague in enumerate(people[:count]):
        said = {"claim": claim, "author": colleague}
        top = Comment.objects.create(text=f"@{me.username} ما رأيك؟", **said)
        Comment.objects.create(text="نعم", parent=top, **said)
        link = ExpertLink.objects.create(
            claim=claim, sha256=f"{claim.pk:032}{number:032}", name="خبير", made_by=colleague,
            expires_at=later,
        )  # fmt: skip
        Comment.objects.create(claim=claim, link=link, text="الأرقام صحيحة")
        Contact.objects.create(
            claim=claim, kind="reply", whom=f"متحدث {number}", asked_by=colleague,
            until=timezone.now() - timedelta(hours=1),
            outlet=Outlet.objects.get(name=f"outlet {number}"),
        )  # fmt: skip
        Presence.objects.create(claim=claim, person=colleague)
        Notification.objects.create(person=me, kind="comment", key=f"{claim.pk} {number}",
            claim=claim, actor=colleague)  # fmt: skip
    typed = {
        "verdict": {"summary": "ما كتبته ولم أحفظه بعد", "rating": "false"},
        "claim": {"statement": "نصّ كتبته أنا ولم أحفظه", "assignee": str(people[0].pk)},
        **{f"evidence-{one.pk}": {"title": "عنوان كتبته"} for one in claim.evidence.all()},
    }
    for form, fields in typed.items():
        WorkingCopy.objects.create(claim=claim, person=me, form=form, fields=fields)
    match = claim.later_matches.filter(state="confirmed").first()
    if claim.state == "published" and match:
        FurtherAppearance.objects.bulk_create(
            FurtherAppearance(claim=claim, article=one.claim.article, match=one, listed_by=me)
            for one in claim.later_matches.filter(state="confirmed")
        )
