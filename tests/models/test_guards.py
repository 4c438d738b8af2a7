"""The rules that bind everybody, a superuser in a shell included, met at the database."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from claims.models import (
    Appearance,
    Article,
    Claim,
    Contribution,
    Evidence,
    LogBody,
    LogEntry,
    LogHead,
    LogNode,
    Policy,
    Position,
    Publication,
    Rating,
    Review,
    Transition,
    VerdictVersion,
)
from claims.pipeline import desk, publishing, review
from tests.cast import (
    DENIAL,
    STATEMENT,
    approved_claim,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
    researched_claim,
    set_policy,
)

pytestmark = pytest.mark.django_db

TRIGGERS = {
    "appearance_stays",
    "article_stays",
    "article_unchanged",
    "claim_approval_is_earned",
    "claim_moves_with_a_transition",
    "claim_publication_is_earned",
    "claim_retraction_is_earned",
    "claim_review_is_earned",
    "claim_starts_found",
    "claim_with_a_history_stays",
    "contribution_never_deleted",
    "contribution_never_updated",
    "correction_never_deleted",
    "correction_never_updated",
    "logbody_goes_only_with_its_erasure",
    "logbody_never_updated",
    "logentry_in_order",
    "logentry_never_deleted",
    "logentry_never_updated",
    "loghead_only_grows",
    "loghead_stays",
    "lognode_never_deleted",
    "lognode_never_updated",
    "policy_changes_with_a_transition",
    "policy_stays",
    "position_verbatim_insert",
    "position_verbatim_update",
    "publication_is_approved",
    "publication_is_its_entry",
    "publication_never_deleted",
    "publication_never_updated",
    "publication_replaces_its_own",
    "review_by_other_eyes",
    "review_never_deleted",
    "review_never_updated",
    "review_of_what_it_says",
    "transition_chained",
    "transition_legal",
    "transition_never_deleted",
    "transition_never_updated",
    "verdictversion_never_deleted",
    "verdictversion_never_updated",
    "version_keeps_the_quorum",
}


def refused(message: str) -> Any:
    return pytest.raises(IntegrityError, match=message)


def test_all_triggers_are_there_after_all_migrations() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE NOT tgisinternal AND relname LIKE 'claims_%'"
                " AND tgname NOT LIKE '%_never_truncated'"
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert {name for (name,) in cursor.fetchall()} == TRIGGERS


@pytest.fixture
def published(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Transition, {"reason": "other"}),
        (Contribution, {"publications": 7}),
        (VerdictVersion, {"summary": "other"}),
        (Review, {"reason": "other"}),
        (LogEntry, {"kind": "update"}),
        (LogNode, {"level": 9}),
        (Publication, {"reason": "other"}),
    ],
)
def test_history_is_neither_changed_nor_deleted(
    published: Publication, model: type[models.Model], change: dict[str, Any]
) -> None:
    rows = model._default_manager.all()
    assert rows.count()
    with refused("append-only"), transaction.atomic():
        rows.update(**change)
    with refused("append-only"), transaction.atomic():
        rows._raw_delete(rows.db)


def test_a_published_body_goes_only_with_its_erasure(published: Publication) -> None:
    bodies = LogBody.objects.all()
    with refused("never changes"), transaction.atomic():
        bodies.update(data=b"{}")
    with refused("only with its erasure"), transaction.atomic():
        bodies.delete()
    LogEntry.objects.create(
        number=1,
        kind="erasure",
        header=b"{}",
        body_sha256="0" * 64,
        published_at=timezone.now(),
        erases=published.entry,
    )
    bodies.delete()
    assert not LogBody.objects.exists()


def test_the_log_only_grows_and_has_no_gaps(published: Publication) -> None:
    with refused("only grows"), transaction.atomic():
        LogHead.objects.update(size=0)
    with refused("by the entries it has"), transaction.atomic():
        LogHead.objects.update(size=99)
    with refused("stays"), transaction.atomic():
        LogHead.objects.all()._raw_delete("default")
    with refused("no gaps"), transaction.atomic():
        LogEntry.objects.create(
            number=7,
            kind="audit",
            header=b"{}",
            body_sha256="0" * 64,
            published_at=timezone.now(),
        )


def test_an_article_is_never_changed_or_deleted() -> None:
    article = make_article()
    with refused("never changes"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(text=article.text + " ")
    with refused("never deleted"), transaction.atomic():
        Article.objects.all()._raw_delete("default")


def test_a_position_quotes_its_article_to_the_letter(editor: User) -> None:
    claim = make_claim()
    position = claim.positions.get()
    with refused("the article's own"), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(text=STATEMENT + " حتمًا")
    with refused("the article's own"), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(start=position.start + 1)
    position.pk = None
    position.stance = "denies"
    position.start += 1
    with refused("the article's own"), transaction.atomic():
        position.save()


def test_offsets_count_code_points_beyond_the_basic_plane_too() -> None:
    article = make_article("😀😀 قال الوزير إن السد اكتمل. 🇹🇷 انتهى")
    claim = make_claim(article, text="السد اكتمل")
    assert claim.positions.get().start == article.text.index("السد")


def test_a_claim_starts_as_found_and_one_with_a_history_stays(editor: User) -> None:
    article = make_article()
    with refused("starts as found"), transaction.atomic():
        Claim.objects.create(
            article=article, statement="x", language="ar", kind="event", state="published"
        )
    claim = make_claim(article)
    review.accept(claim=claim, actor=editor)
    with refused("never deleted"), transaction.atomic():
        claim.positions.all().delete()
        Claim.objects.filter(pk=claim.pk)._raw_delete("default")


# Four eyes, and the ways around them.


def forge_review(version: VerdictVersion, reviewer: User, **fields: Any) -> Review:
    return Review.objects.create(
        **{
            "version": version,
            "reviewer": reviewer,
            "author_id": version.author_id,
            "digest": version.digest,
            "decision": "approve",
            **fields,
        }
    )


def test_nobody_reviews_their_own_version_not_even_a_superuser(superuser: User) -> None:
    claim = proposed_claim(superuser)
    version = review.under_review(claim)
    with refused("review_needs_four_eyes|nobody reviews"), transaction.atomic():
        forge_review(version, superuser)


def test_a_review_under_another_authors_name_is_refused(
    superuser: User, editor: User, reviewer: User
) -> None:
    version = review.under_review(proposed_claim(superuser))
    with refused("names the author and digest"), transaction.atomic():
        forge_review(version, reviewer, author_id=editor.pk)
    with refused("nobody reviews what they had a hand in"), transaction.atomic():
        forge_review(version, superuser, author_id=editor.pk)


def test_a_review_of_another_digest_is_refused(editor: User, reviewer: User) -> None:
    version = review.under_review(proposed_claim(editor))
    with refused("names the author and digest"), transaction.atomic():
        forge_review(version, reviewer, digest="0" * 64)


def test_the_author_of_an_earlier_version_is_no_reviewer_of_the_next(
    editor: User, reviewer: User, superuser: User
) -> None:
    """A second author does not make the first one a stranger."""
    claim = proposed_claim(superuser)
    review.send_back(claim=claim, actor=reviewer, version=1, reason="one source is missing")
    draft = claim.draft
    draft.refresh_from_db()
    review.save_draft(
        claim=claim,
        actor=editor,
        revision=draft.revision,
        rating=draft.rating,
        summary="أخرى",
        explanation=draft.explanation,
    )
    version = review.propose(claim=claim, actor=editor)
    with refused("nobody reviews what they had a hand in"), transaction.atomic():
        forge_review(version, superuser)


def test_whoever_wrote_the_draft_is_no_reviewer_though_another_proposes_it(
    editor: User, superuser: User
) -> None:
    claim = researched_claim(superuser)
    version = review.propose(claim=claim, actor=editor)
    assert version.author == editor
    with refused("nobody reviews what they had a hand in"), transaction.atomic():
        forge_review(version, superuser)


def test_a_claim_in_review_is_not_approved_without_its_quorum(
    editor: User, superuser: User
) -> None:
    claim = proposed_claim(editor)
    last = Transition.objects.filter(subject="claim", subject_id=claim.pk).latest("number")
    with refused("needs its quorum"), transaction.atomic():
        Transition.objects.create(
            subject="claim",
            subject_id=claim.pk,
            number=claim.moves + 1,
            action="approve",
            from_state="in_review",
            to_state="approved",
            actor=superuser,
            previous=last.hash,
            hash="e" * 64,
        )
        Claim.objects.filter(pk=claim.pk).update(state="approved", moves=claim.moves + 1)


def test_a_version_is_not_proposed_below_the_desks_quorum(editor: User) -> None:
    set_policy(quorum=2)
    version = review.under_review(proposed_claim(editor))
    assert version.quorum == 2
    version.pk, version.number, version.quorum = None, 2, 1
    with refused("under the desk's quorum"), transaction.atomic():
        version.save()


def test_only_an_approved_version_is_published(
    published: Publication, editor: User, superuser: User
) -> None:
    claim = proposed_claim(
        editor,
        make_claim(
            make_article(url="https://marfa.example/2", text="قال الوزير إن الجسر افتتح."),
            text="الجسر افتتح",
        ),
    )
    entry = LogEntry.objects.create(
        number=1,
        kind="original",
        header=b"{}",
        body_sha256="0" * 64,
        published_at=published.published_at + timedelta(seconds=1),
    )
    with refused("only an approved verdict"), transaction.atomic():
        Publication.objects.create(
            entry=entry,
            kind="original",
            claim=claim,
            version=review.under_review(claim),
            verdict_number=2,
            version_number=1,
            language="ar",
            published_by=superuser,
            published_at=entry.published_at,
        )


def test_a_published_state_needs_a_publication(
    editor: User, reviewer: User, superuser: User
) -> None:
    claim = approved_claim(editor, reviewer)
    last = Transition.objects.filter(subject="claim", subject_id=claim.pk).latest("number")
    with refused("needs its publication"), transaction.atomic():
        Transition.objects.create(
            subject="claim",
            subject_id=claim.pk,
            number=claim.moves + 1,
            action="publish",
            from_state="approved",
            to_state="published",
            actor=superuser,
            previous=last.hash,
            hash="e" * 64,
        )
        Claim.objects.filter(pk=claim.pk).update(state="published", moves=claim.moves + 1)


def test_a_rating_has_a_number_if_and_only_if_it_says_how_true(db: None) -> None:
    with refused("rating_numbers_all_or_none"), transaction.atomic():
        Rating.objects.filter(slug="satire").update(value=3)
    with refused("rating_numbers_all_or_none"), transaction.atomic():
        Rating.objects.filter(slug="true").update(value=None)
    with refused("rating_value_on_its_scale"), transaction.atomic():
        Rating.objects.filter(slug="true").update(value=6)


def test_evidence_needs_a_web_address(editor: User) -> None:
    claim = make_claim(denial=DENIAL)
    with refused("evidence_url_is_http"), transaction.atomic():
        Evidence.objects.create(
            claim=claim,
            url="javascript:alert(1)",
            title="x",
            relation="context",
            independence_group="a",
        )


def test_the_same_text_is_one_article() -> None:
    text = "نص"
    make_article(text)
    with refused("sha256"), transaction.atomic():
        Article.objects.create(
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            language="ar",
            channel="paste",
        )


def enter(claim: Claim, kind: str, by: User, replaces: Publication | None = None) -> Publication:
    """A publication as somebody writes it who knows the log's form, with the pipeline left out."""
    version = review.under_review(claim)
    number = LogEntry.objects.count()
    entry = LogEntry.objects.create(
        number=number,
        kind=kind,
        header=b"{}",
        body_sha256="0" * 64,
        published_at=timezone.now() + timedelta(seconds=number),
    )
    return Publication.objects.create(
        entry=entry,
        kind=kind,
        claim=claim,
        version=version,
        replaces=replaces,
        verdict_number=1,
        version_number=replaces.version_number + 1 if replaces else 1,
        language="ar",
        reason="because" if replaces else "",
        published_by=by,
        published_at=entry.published_at,
    )


def test_what_was_approved_and_taken_back_is_not_published(
    editor: User, reviewer: User, superuser: User
) -> None:
    claim = approved_claim(editor, reviewer)
    review.reopen(claim=claim, actor=editor, reason="a number is wrong")
    with refused("only an approved verdict"), transaction.atomic():
        enter(claim, "original", superuser)


def test_a_retraction_in_the_middle_of_a_correction_makes_no_stranger_of_its_author(
    published: Publication, publisher: User, superuser: User
) -> None:
    """A hand in it counts until the next publication: a false one must not wash it off."""
    claim = published.claim
    publishing.correct(claim=claim, actor=publisher, kind="correction", reason="a number is wrong")
    with refused("only an approved verdict"), transaction.atomic():
        enter(claim, "retraction", superuser, replaces=published)


def test_the_policy_changes_only_with_its_transition(administrator: User) -> None:
    with refused("only with its transition"), transaction.atomic():
        Policy.objects.update(quorum=3)
    desk.change_policy(actor=administrator, quorum=2)
    for move in (1, 2, 0):
        with refused("only with its transition"), transaction.atomic():
            Policy.objects.update(quorum=1, move=move)
    with refused("the policy stays"), transaction.atomic():
        Policy.objects.all().delete()
    assert Policy.current().quorum == 2


def test_an_appearance_is_at_a_web_address_or_at_none() -> None:
    article = make_article(url="")
    with refused("appearance_url_is_http"), transaction.atomic():
        Appearance.objects.filter(article=article).update(url="javascript:alert(1)")
