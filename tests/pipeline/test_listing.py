"""Articles that repeat a claim with a public verdict: listed by a publisher, and by nobody else."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from claims.models import (
    Article,
    Claim,
    ClusterMember,
    FurtherAppearance,
    LogEntry,
    Match,
    Publication,
)
from claims.pipeline import matching, publishing
from claims.workflow import IllegalMove
from tests.admin.hands import history
from tests.cast import make_claim, published_claim
from tests.pipeline.matched import repeated, suggested

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


@pytest.fixture
def public(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def waiting() -> list[int]:
    return [member.claim_id for member in matching.waiting(9)]


def listed() -> list[Article]:
    return [one.article for one in FurtherAppearance.objects.shown()]


def test_a_publisher_who_confirms_lists_at_once(public: Publication, publisher: User) -> None:
    again = repeated()
    matching.confirm(match=suggested(again, public.claim), actor=publisher)
    assert listed() == [again.article]
    assert waiting() == []
    assert history(public.claim)[-2:] == ["confirm_match", "list_appearance"]
    assert LogEntry.objects.count() == 1, "what was signed stays as it is"


def test_who_may_not_publish_leaves_it_to_one_click_of_a_publisher(
    public: Publication, editor: User, publisher: User
) -> None:
    again = repeated()
    matching.confirm(match=suggested(again, public.claim), actor=editor)
    assert (listed(), waiting()) == ([], [again.pk])
    member = ClusterMember.objects.get()
    with pytest.raises(PermissionDenied):
        matching.list_appearance(member=member, actor=editor)
    with pytest.raises(PermissionDenied):
        matching.decline(member=member, actor=editor)
    matching.list_appearance(member=member, actor=publisher)
    matching.list_appearance(member=member, actor=publisher)
    assert (listed(), waiting()) == ([again.article], [])
    assert history(public.claim).count("list_appearance") == 1


def test_a_publisher_may_decline_and_is_not_asked_again(
    public: Publication, editor: User, publisher: User
) -> None:
    matching.confirm(match=suggested(repeated(), public.claim), actor=editor)
    matching.decline(member=ClusterMember.objects.get(), actor=publisher)
    assert (listed(), waiting()) == ([], [])
    assert history(public.claim)[-1] == "decline_appearance"
    matching.list_appearance(member=ClusterMember.objects.get(), actor=publisher)
    assert len(listed()) == 1, "and may think better of it"


def test_what_is_listed_can_be_withdrawn_and_stays_on_record(
    public: Publication, editor: User, publisher: User
) -> None:
    match = suggested(repeated(), public.claim)
    matching.confirm(match=match, actor=publisher)
    row = FurtherAppearance.objects.get()
    with pytest.raises(PermissionDenied):
        matching.withdraw(listed=row, actor=editor)
    with pytest.raises(IllegalMove, match="Withdraw that first"):
        matching.undo(match=match, actor=editor)
    matching.withdraw(listed=row, actor=publisher)
    row.refresh_from_db()
    assert (row.listed_by, row.withdrawn_by, listed(), waiting()) == (publisher, publisher, [], [])
    with pytest.raises(IllegalMove, match="not listed any more"):
        matching.withdraw(listed=row, actor=publisher)
    matching.undo(match=match, actor=editor)
    matching.confirm(match=match, actor=publisher)
    assert len(listed()) == 1


def test_a_confidential_article_is_never_listed(
    public: Publication, editor: User, publisher: User
) -> None:
    again = repeated(confidential=True)
    matching.confirm(match=suggested(again, public.claim), actor=publisher)
    assert (listed(), waiting()) == ([], [])
    with pytest.raises(IllegalMove, match="may not be named"):
        matching.list_appearance(member=ClusterMember.objects.get(), actor=publisher)
    with pytest.raises(IntegrityError), transaction.atomic():
        FurtherAppearance.objects.create(
            claim=public.claim, article=again.article, match=Match.objects.get(),
            listed_by=publisher,
        )  # fmt: skip


def test_an_article_that_becomes_confidential_is_shown_no_more(
    public: Publication, publisher: User
) -> None:
    matching.confirm(match=suggested(repeated(), public.claim), actor=publisher)
    Article.objects.update(confidential=True)
    assert listed() == []


def test_the_same_article_is_listed_once_however_often_it_says_it(
    public: Publication, publisher: User
) -> None:
    again = repeated()
    twice = Claim.objects.create(article=again.article, statement="x", language="ar", kind="event")
    for claim in (again, twice):
        matching.confirm(match=suggested(claim, public.claim), actor=publisher)
    assert len(listed()) == 1


def test_nothing_is_listed_with_a_verdict_that_was_taken_back(
    public: Publication, editor: User, publisher: User
) -> None:
    matching.confirm(match=suggested(repeated(), public.claim), actor=editor)
    publishing.retract(
        claim=Claim.objects.get(pk=public.claim_id), actor=publisher, reason="We were wrong."
    )
    assert waiting() == []
    with pytest.raises(IllegalMove, match="no standing verdict"):
        matching.list_appearance(member=ClusterMember.objects.get(), actor=publisher)


def test_the_desk_is_told_only_of_repetitions_of_what_is_public(
    public: Publication, editor: User
) -> None:
    again = repeated()
    match = suggested(again, public.claim)
    suggested(repeated(3), again)
    suggested(repeated(4), public.claim, relation="contradicts")
    assert list(Match.objects.seen_again()) == [match]
    matching.reject(match=match, actor=editor)
    assert list(Match.objects.seen_again()) == []


def test_no_article_stays_listed_whose_claim_leaves_with_its_former_head(
    public: Publication, editor: User, publisher: User
) -> None:
    """The third came with the second; undoing the second takes it along."""
    second, third = repeated(2), repeated(3)
    matching.confirm(match=suggested(third, second), actor=editor)
    match = suggested(second, public.claim)
    matching.confirm(match=match, actor=editor)
    matching.list_appearance(member=ClusterMember.objects.get(claim=third), actor=publisher)
    with pytest.raises(IllegalMove, match="Withdraw that first"):
        matching.undo(match=match, actor=editor)
    matching.withdraw(listed=FurtherAppearance.objects.get(), actor=publisher)
    matching.undo(match=match, actor=editor)
    assert listed() == []


def test_a_claim_whose_words_were_published_leaves_when_they_are_corrected(
    editor: User, reviewer: User, publisher: User
) -> None:
    first, again = make_claim(), repeated()
    match = matching.confirm(match=suggested(again, first), actor=editor)
    published_claim(editor, reviewer, publisher, Claim.objects.get(pk=first.pk))
    with pytest.raises(IllegalMove, match="names its words"):
        matching.undo(match=match, actor=editor)
    publishing.correct(
        claim=Claim.objects.get(pk=first.pk),
        actor=publisher,
        kind="correction",
        reason="Not the same.",
    )
    matching.undo(match=match, actor=editor)
    assert not ClusterMember.objects.exists()
    with pytest.raises(IllegalMove, match="words that are no longer part of this claim"):
        publishing.drop_correction(
            claim=Claim.objects.get(pk=first.pk), actor=publisher, reason="Let it stand."
        )


def test_what_a_publisher_declined_stays_unlisted_when_another_of_its_claims_is_confirmed(
    public: Publication, editor: User, publisher: User
) -> None:
    again = repeated()
    matching.confirm(match=suggested(again, public.claim), actor=editor)
    matching.decline(member=ClusterMember.objects.get(), actor=publisher)
    second = make_claim(again.article, text="الوزيران يلتقيان في صوفيا", denial=None)
    matching.confirm(match=suggested(second, public.claim), actor=publisher)
    assert listed() == []
    matching.list_appearance(member=ClusterMember.objects.get(claim=second), actor=publisher)
    assert listed() == [again.article], "a publisher who asks for it has it listed all the same"


def test_a_claim_knows_whether_it_was_seen_again(
    public: Publication, editor: User, publisher: User
) -> None:
    again = repeated()

    def seen() -> bool:
        return Claim.objects.get(pk=again.pk).seen_again

    assert not seen()
    match = suggested(again, public.claim)
    assert seen()
    matching.reject(match=match, actor=editor)
    assert not seen()
    # Of one that has no verdict there is nothing to be seen again; of a member's head there is.
    later = repeated(3)
    suggested(repeated(4), later)
    assert not Claim.objects.filter(pk__gt=later.pk, seen_again=True).exists()
    matching.confirm(match=suggested(later, public.claim), actor=editor)
    assert Claim.objects.filter(pk__gt=later.pk, seen_again=True).exists()


def test_what_was_taken_back_is_seen_again_no_more(public: Publication, publisher: User) -> None:
    again = repeated()
    suggested(again, public.claim)
    publishing.retract(claim=public.claim, actor=publisher, reason="Wrong figures.")
    assert not Claim.objects.get(pk=again.pk).seen_again
