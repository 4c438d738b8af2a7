"""What the database refuses of matches, clusters, further appearances, kept copies and looks."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import (
    Article,
    ClusterMember,
    FurtherAppearance,
    ImportedCheck,
    Match,
    Publication,
    Snapshot,
    SnapshotCheck,
)
from claims.pipeline import matching
from tests.cast import make_article, make_claim, published_claim
from tests.pipeline.matched import repeated, suggested

pytestmark = pytest.mark.django_db


def refused(message: str) -> Any:
    return pytest.raises(IntegrityError, match=message)


@pytest.fixture
def confirmed(editor: User) -> Match:
    first = make_claim()
    return matching.confirm(match=suggested(repeated(), first), actor=editor)


@pytest.fixture
def listed(editor: User, reviewer: User, publisher: User) -> FurtherAppearance:
    public = published_claim(editor, reviewer, publisher)
    matching.confirm(match=suggested(repeated(), public.claim), actor=publisher)
    return FurtherAppearance.objects.get()


def test_a_decided_match_keeps_both_its_sides_and_who_decided(
    confirmed: Match, second_editor: User
) -> None:
    other = make_claim(make_article("خبر 9\nقالت مصادر."), text="مصادر")
    early = confirmed.earlier
    assert early is not None
    rows = Match.objects.filter(pk=confirmed.pk)
    for change in (
        {"earlier": None, "check_found": _check()},
        {"claim": other},
        {"decided_by": second_editor},
        {"decided_at": timezone.now()},
        {"state": "rejected"},
    ):
        with refused("stays as it was then"), transaction.atomic():
            rows.update(**change)


def test_a_match_stays_confirmed_while_a_member_rests_on_it(confirmed: Match) -> None:
    with refused("stays as it was then"), transaction.atomic():
        Match.objects.filter(pk=confirmed.pk).update(
            state="suggested", decided_by=None, decided_at=None
        )


def test_a_member_needs_a_match_of_its_own_that_leads_to_its_head(editor: User) -> None:
    other_head = make_claim(make_article("خبر 8\nقالت مصادر.", split=False), text="مصادر")
    first = make_claim()
    confirmed = matching.confirm(match=suggested(repeated(), first), actor=editor)
    third = repeated(3)
    elsewhere = make_claim(make_article("خبر 9\nقالت مصادر.", split=False), text="مصادر")
    ClusterMember.objects.all().delete()
    against_a_check = Match.objects.create(
        claim=third, check_found=_check(), relation="same", score=0.9, method="1",
        state="confirmed", decided_by=editor, decided_at=timezone.now(),
    )  # fmt: skip
    for claim, head, match in (
        (third, first, confirmed),
        (third, first, against_a_check),
        (elsewhere, first, confirmed),
        (confirmed.claim, other_head, confirmed),
    ):
        with refused("every member was confirmed"), transaction.atomic():
            ClusterMember.objects.create(claim=claim, head=head, match=match, joined_by=editor)


def test_an_article_is_not_put_in_another_ones_place(listed: FurtherAppearance) -> None:
    secret = make_article("خبر سري\nقالت مصادر.", confidential=True)
    with refused("may be named"), transaction.atomic():
        FurtherAppearance.objects.update(article=secret)


def test_a_listing_that_was_withdrawn_is_shown_again_only_where_it_may_be(
    listed: FurtherAppearance, publisher: User, editor: User
) -> None:
    matching.withdraw(listed=listed, actor=publisher)
    Article.objects.filter(pk=listed.article_id).update(confidential=True)
    with refused("may be named"), transaction.atomic():
        FurtherAppearance.objects.update(withdrawn_at=None, withdrawn_by=None)
    Article.objects.filter(pk=listed.article_id).update(confidential=False)
    matching.undo(match=listed.match, actor=editor)
    with refused("may be named"), transaction.atomic():
        FurtherAppearance.objects.update(withdrawn_at=None, withdrawn_by=None)


def test_only_the_article_of_the_match_is_listed(
    editor: User, reviewer: User, publisher: User
) -> None:
    public: Publication = published_claim(editor, reviewer, publisher)
    match = matching.confirm(match=suggested(repeated(), public.claim), actor=editor)
    other = make_article("خبر آخر\nقالت مصادر.")
    with refused("may be named"), transaction.atomic():
        FurtherAppearance.objects.create(
            claim=public.claim, article=other, match=match, listed_by=publisher
        )


def test_a_look_stays_what_it_found(editor: User) -> None:
    check = SnapshotCheck.objects.create(
        snapshot=Snapshot.objects.create(url="https://ministry.example/"), found="gone", status=404
    )
    rows = SnapshotCheck.objects.all()
    for change in ({"found": "there"}, {"status": 200}, {"at": timezone.now()}):
        with refused("stays what it found"), transaction.atomic():
            rows.update(**change)
    rows.update(seen_by=editor)
    check.refresh_from_db()
    assert (check.found, check.seen_by) == ("gone", editor)


def test_a_kept_copy_keeps_its_title_and_what_was_said_of_its_text() -> None:
    Snapshot.objects.create(
        url="https://ministry.example/", state="kept", fetched_at=timezone.now(),
        sha256="0" * 64, warc="snapshots/1.warc.gz", title="Notice",
    )  # fmt: skip
    for change in ({"title": "Other"}, {"reason": "Other"}, {"text": "Other"}):
        with refused("a kept copy never changes"), transaction.atomic():
            Snapshot.objects.update(**change)


def _check() -> ImportedCheck:
    return ImportedCheck.objects.get_or_create(
        url="https://other.example/1", claim_sha256="0" * 64,
        defaults={
            "publisher": "مكتب آخر", "claim": "x", "rating": "غير صحيح", "language": "ar", "folded": "",
        },
    )[0]  # fmt: skip
