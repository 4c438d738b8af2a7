"""Into the log and out again: once, whole, frozen, and never what nobody has reviewed."""

import json
import threading
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test import override_settings
from django.utils import translation

from claims.models import Appearance, Claim, Evidence, LogEntry, LogHead, Publication, Transition
from claims.pipeline import publishing, review
from claims.pipeline.publishing import log, reading
from claims.workflow import IllegalMove
from clients.verify_log import verify
from tests.cast import (
    approved_claim,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
    write_verdict,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def log_fits(entries: int) -> None:
    report = verify(log.resource, log.verifier_key())
    assert (report.size, report.bodies) == (entries, entries)


def another(number: int) -> Claim:
    text = f"قال الوزير إن الجسر رقم {number} افتتح أمس."
    article = make_article(text, url=f"https://marfa.example/{number}")
    return make_claim(article, text=f"الجسر رقم {number} افتتح أمس")


@pytest.fixture
def publication(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def test_the_first_publication_is_entry_0_of_a_log_that_verifies(publication: Publication) -> None:
    assert (publication.pk, publication.kind) == (0, "original")
    assert (publication.verdict_number, publication.version_number) == (1, 1)
    assert publication.claim.state == "published"
    log_fits(1)


def test_the_header_is_what_was_published(publication: Publication) -> None:
    header = json.loads(log.headers(0, 1)[0])
    assert header.pop("published_at").startswith(publication.published_at.strftime("%Y-%m-%dT"))
    assert header == {
        "number": 0,
        "kind": "original",
        "id": "http://127.0.0.1:8000/v/1",
        "replaces": -1,
        "body_sha256": publication.entry.body_sha256,
    }


def test_the_body_holds_the_review_the_claims_last_move_and_a_nonce(
    publication: Publication,
) -> None:
    body = json.loads(log.body(0))
    assert sorted(body) == ["claim_review", "nonce", "transition"]
    assert len(body["nonce"]) == 32
    approval = Transition.objects.get(subject="claim", action="approve")
    assert body["transition"] == approval.hash
    assert body["claim_review"]["claimReviewed"] == "الوزيرين سيلتقيان في صوفيا في أغسطس المقبل"
    assert body["claim_review"]["reviewRating"]["ratingValue"] == 1


def test_only_a_publisher_publishes(editor: User, reviewer: User, publisher: User) -> None:
    claim = approved_claim(editor, reviewer)
    for person in (editor, reviewer):
        with pytest.raises(PermissionDenied):
            publishing.publish(claim=claim, actor=person)
    assert not LogEntry.objects.exists()


def test_what_is_not_approved_is_not_published(editor: User, publisher: User) -> None:
    with pytest.raises(IllegalMove, match="Only an approved verdict"):
        publishing.publish(claim=proposed_claim(editor), actor=publisher)


@pytest.mark.parametrize(
    "edit",
    [
        lambda claim: Claim.objects.filter(pk=claim.pk).update(statement="other"),
        lambda claim: Evidence.objects.filter(claim=claim).update(quote="other"),
        lambda claim: Evidence.objects.filter(claim=claim, primary=True).update(withheld=True),
        lambda claim: Evidence.objects.filter(claim=claim, primary=False).delete(),
        lambda claim: claim.positions.update(stance="doubts"),
        lambda claim: claim.positions.get(stance="denies").delete(),
    ],
)
def test_an_edit_behind_the_desks_back_after_approval_is_not_published(
    editor: User, reviewer: User, superuser: User, edit: Any
) -> None:
    claim = approved_claim(editor, reviewer)
    edit(claim)
    with pytest.raises(IllegalMove, match="changed after the approval"):
        publishing.publish(claim=claim, actor=superuser)
    assert not LogEntry.objects.exists()
    assert LogHead.objects.get().size == 0


def test_a_further_appearance_of_the_article_voids_no_approval(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = approved_claim(editor, reviewer)
    Appearance.objects.create(
        article=claim.article, url="https://elsewhere.example/", published_on=date(2026, 7, 21)
    )
    assert publishing.publish(claim=claim, actor=publisher).kind == "original"


def test_a_correction_is_a_new_entry_that_names_the_one_it_replaces(
    publication: Publication, editor: User, reviewer: User, publisher: User
) -> None:
    claim = publication.claim
    publishing.correct(claim=claim, actor=publisher, kind="correction", reason="رقم خاطئ")
    assert Publication.objects.standing().get() == publication
    write_verdict(editor, claim, rating="misleading", summary="أدق")
    review.propose(claim=claim, actor=editor)
    review.approve(claim=claim, actor=reviewer, version=2, vouches=review.STANDARDS)
    second = publishing.publish(claim=claim, actor=publisher)
    assert (second.kind, second.replaces, second.reason) == ("correction", publication, "رقم خاطئ")
    assert (second.verdict_number, second.version_number) == (1, 2)
    assert json.loads(log.headers(1, 2)[0])["replaces"] == 0
    assert list(Publication.objects.current()) == [second]
    document = publishing.claim_review(second)
    assert document is not None
    assert document["correction"][0]["text"] == "رقم خاطئ"
    assert document["datePublished"] == publication.published_at.isoformat(timespec="seconds")
    log_fits(2)


def test_a_dropped_correction_changes_nothing_in_the_open(
    publication: Publication, publisher: User
) -> None:
    claim = publication.claim
    publishing.correct(claim=claim, actor=publisher, kind="update", reason="perhaps")
    publishing.drop_correction(claim=claim, actor=publisher, reason="it was right")
    assert claim.state == "published"
    log_fits(1)


def test_a_retraction_is_the_newest_entry_and_takes_no_word_along(
    publication: Publication, publisher: User
) -> None:
    claim = publication.claim
    with pytest.raises(IllegalMove, match="needs a reason"):
        publishing.retract(claim=claim, actor=publisher, reason="")
    tombstone = publishing.retract(claim=claim, actor=publisher, reason="أخطأنا في المصدر")
    assert (tombstone.kind, tombstone.replaces, claim.state) == (
        "retraction", publication, "retracted",
    )  # fmt: skip
    assert publishing.claim_review(tombstone) is None
    assert publishing.claim_review(publication) is not None
    entry = publishing.entry_of(tombstone)
    assert (entry.rating, entry.summary, entry.explanation) == (None, "", "")
    assert [e.kind for e in reading.feed_entries(least=50, since=0)] == ["retraction", "original"]
    log_fits(2)


def test_withheld_evidence_is_not_in_the_public_document(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = make_claim(denial="نفوا الخبر")
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
    write_verdict(editor, claim)
    review.change_evidence(
        piece=claim.evidence.get(primary=False), actor=editor, withheld=True, title="سرّي للغاية"
    )
    claim.refresh_from_db()
    review.propose(claim=claim, actor=editor)
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    publication = publishing.publish(claim=claim, actor=publisher)
    assert "سرّي" not in log.body(0).decode()
    assert "https://evidence.example/2" not in log.body(0).decode()
    document = publishing.claim_review(publication)
    assert document is not None
    assert [piece["url"] for piece in document["citation"]] == ["https://evidence.example/1"]


def test_a_confidential_articles_words_and_address_stay_in_the_house(
    editor: User, reviewer: User, publisher: User
) -> None:
    article = make_article(confidential=True)
    published_claim(editor, reviewer, publisher, make_claim(article))
    body = log.body(0).decode()
    assert "marfa.example" not in body
    assert "appearance" not in json.loads(body)["claim_review"]["itemReviewed"]


def test_every_number_is_given_once_and_times_never_go_back(
    editor: User, reviewer: User, publisher: User
) -> None:
    made = [published_claim(editor, reviewer, publisher, another(number)) for number in range(1, 6)]
    assert [one.verdict_number for one in made] == [1, 2, 3, 4, 5]
    times = [one.published_at for one in made]
    assert times == sorted(set(times))
    log_fits(5)


@override_settings()
def test_a_lost_key_stops_publishing_instead_of_making_a_new_one(
    publication: Publication, editor: User, reviewer: User, publisher: User, settings: Any
) -> None:
    settings.SIGNING_KEY_FILE = settings.DATA_DIR / "not-there.key"
    claim = approved_claim(editor, reviewer, another(2))
    with pytest.raises(Exception, match="restore it from the backup"):
        publishing.publish(claim=claim, actor=publisher)
    assert LogHead.objects.get().size == 1


@pytest.mark.django_db(transaction=True)
def test_many_publishers_at_once_publish_each_verdict_once_and_leave_no_gap(
    editor: User, reviewer: User, publisher: User
) -> None:
    claims = [approved_claim(editor, reviewer, another(number)) for number in range(1, 26)]
    done: list[int] = []
    told: list[str] = []
    gate = threading.Barrier(50)

    def press(claim_id: int) -> None:
        try:
            gate.wait()
            with translation.override("en"):
                publication = publishing.publish(
                    claim=Claim.objects.get(pk=claim_id), actor=publisher
                )
            done.append(publication.pk)
        except IllegalMove as refusal:
            told.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[claim.pk]) for claim in claims * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(25))
    assert told == ["Only an approved verdict is published; this claim is “published”."] * 25
    assert sorted(Publication.objects.values_list("verdict_number", flat=True)) == list(
        range(1, 26)
    )
    log_fits(25)


def test_the_log_is_written_inside_a_transaction_only(transactional_db: None) -> None:
    assert not connection.in_atomic_block
    with pytest.raises(Exception, match="inside a transaction"):
        log.append(kind=LogEntry.Kind.AUDIT, id="x", at=log.next_time(), body={})
