"""The rules that bind everybody, a superuser in a shell included, met at the database."""

import hashlib
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
from claims.pipeline import desk, review
from tests.cast import (
    DENIAL,
    STATEMENT,
    make_article,
    make_claim,
    published_claim,
)

pytestmark = pytest.mark.django_db

TRIGGERS = {
    "appearance_stays",
    "article_stays",
    "article_unchanged",
    "audit_ended_stays",
    "auditentry_never_deleted",
    "auditentry_never_updated",
    "audit_never_deleted",
    "blindrating_by_other_eyes",
    "blindrating_never_deleted",
    "blindrating_never_updated",
    "blindrating_of_what_it_says",
    "blindrating_while_in_review",
    "claim_approval_is_earned",
    "claim_moves_with_a_transition",
    "claim_publication_is_earned",
    "claim_retraction_is_earned",
    "claim_review_is_earned",
    "claim_starts_found",
    "claim_with_a_history_stays",
    "claimant_merged_in_one_step",
    "claimant_merged_without_words",
    "comment_after_its_blind_rating",
    "comment_anchor_stays",
    "comment_answers_one_of_its_claim",
    "comment_by_a_living_link",
    "comment_never_deleted",
    "comment_stays_as_written",
    "complaint_answered_stays",
    "complaint_keeps_what_was_said",
    "complaint_never_deleted",
    "contact_changes_by_revision",
    "contact_never_deleted",
    "contribution_never_deleted",
    "contribution_never_updated",
    "correction_never_deleted",
    "correction_never_updated",
    "expertlink_never_deleted",
    "expertlink_shares_nothing_confidential",
    "expertlink_stays_as_made",
    "further_appearance_insert",
    "further_appearance_stays",
    "further_appearance_update",
    "logbody_goes_only_with_its_erasure",
    "logbody_never_updated",
    "logentry_in_order",
    "logentry_never_deleted",
    "logentry_never_updated",
    "loghead_only_grows",
    "loghead_stays",
    "lognode_never_deleted",
    "lognode_never_updated",
    "lookups_of_a_claim",
    "lookups_of_a_new_claim",
    "lookups_of_an_article",
    "match_confirmed_is_never_deleted",
    "match_conflict_is_not_joined",
    "match_decided_stays",
    "member_insert",
    "member_update",
    "policy_changes_with_a_transition",
    "policy_desk_rules_change_with_a_transition",
    "policy_stays",
    "position_of_one_that_stands_insert",
    "position_of_one_that_stands_update",
    "position_verbatim_insert",
    "position_verbatim_update",
    "publication_is_approved",
    "publication_is_its_entry",
    "publication_never_deleted",
    "publication_never_updated",
    "publication_replaces_its_own",
    "publication_retracts_its_translations_first",
    "publication_translated_once",
    "review_after_its_blind_rating",
    "review_agrees_with_the_blind_ratings",
    "review_by_other_eyes",
    "review_never_deleted",
    "review_never_updated",
    "review_of_what_it_says",
    "review_vouches_point_by_point",
    "scheduledpublication_never_deleted",
    "seen_again_by_a_match",
    "seen_again_by_a_match_gone",
    "seen_again_by_a_member",
    "seen_again_by_a_member_gone",
    "seen_again_by_a_new_match",
    "seen_again_by_a_new_member",
    "seen_again_by_a_publication",
    "seen_again_less_what_is_erased",
    "snapshot_kept_never_changes",
    "snapshot_kept_stays",
    "snapshotcheck_never_changes",
    "snapshotcheck_stays",
    "transition_chained",
    "transition_legal",
    "transition_never_deleted",
    "transition_never_updated",
    "verdictversion_never_deleted",
    "verdictversion_never_updated",
    "version_keeps_the_quorum",
    "version_keeps_to_the_blind_rating",
    "version_translates_what_is_public",
    "words_and_sides_of_a_member",
    "words_and_sides_of_a_member_gone",
    "words_and_sides_of_a_new_member",
    "words_and_sides_of_a_new_position",
    "words_and_sides_of_a_position",
    "words_and_sides_of_a_position_gone",
    "words_of_a_claim",
    "words_of_a_claimant",
    "words_of_a_name",
    "words_of_a_name_gone",
    "words_of_a_new_appearance",
    "words_of_a_new_claim",
    "words_of_a_new_name",
    "words_of_a_title",
    "words_of_an_appearance",
    "words_of_an_appearance_gone",
    "words_of_an_outlet",
}


# FTS5 is kept in step by triggers; on PostgreSQL a generated column does it.
WORDS = {
    f"{table}_words_{event}"
    for table in ("collecteditem", "claimwords")
    for event in ("insert", "update", "delete")
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
        there = {name for (name,) in cursor.fetchall()}
    assert there == (TRIGGERS if connection.vendor == "postgresql" else TRIGGERS | WORDS)


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


@pytest.mark.parametrize(
    "model",
    [
        Appearance, Article, Contribution, LogBody, LogEntry, LogHead, LogNode, Policy, Publication,
        Review, Transition, VerdictVersion,
    ],
)  # fmt: skip
def test_no_row_of_the_record_is_replaced_in_one_stroke(
    published: Publication, model: type[models.Model]
) -> None:
    """REPLACE is a DELETE that SQLite tells no trigger about, unless it is told to."""
    table = model._meta.db_table
    assert model._default_manager.exists()
    stroke = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            stroke = f"TRUNCATE {table} CASCADE"
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(stroke)
