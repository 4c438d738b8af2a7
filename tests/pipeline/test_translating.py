"""A translation is written, reviewed by other eyes and published like any version."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from claims.models import Claim, LogEntry, Publication, TranslationDraft
from claims.pipeline import publishing, review, translating
from claims.pipeline.translating.reading import one
from claims.workflow import IllegalMove, StaleState, has_contributed
from tests import cast
from tests.admin.hands import history
from tests.pipeline import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(editor: User, reviewer: User, publisher: User) -> Claim:
    publication = cast.published_claim(editor, reviewer, publisher)
    return Claim.objects.get(pk=publication.claim_id)


def again(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def standing(claim: Claim, language: str = "tr") -> str:
    found = one(again(claim), language)
    assert found is not None
    return found.standing


def corrected(claim: Claim, editor: User, reviewer: User, publisher: User) -> Publication:
    publishing.correct(claim=again(claim), actor=publisher, kind="correction", reason="أخطأنا")
    cast.write_verdict(editor, again(claim), summary="خلاصة مصححة")
    version = review.propose(claim=again(claim), actor=editor)
    review.approve(
        claim=again(claim), actor=reviewer, version=version.number, vouches=review.STANDARDS
    )
    return publishing.publish(claim=again(claim), actor=publisher)


def test_it_goes_from_draft_to_the_open_and_the_history_tells(
    claim: Claim, second_editor: User, reviewer: User, publisher: User
) -> None:
    assert standing(claim) == "none"
    translated.write(claim, second_editor)
    assert standing(claim) == "draft"
    version = translated.propose(claim, second_editor)
    assert standing(claim) == "in_review"
    translated.approve(version, reviewer)
    assert standing(claim) == "approved"
    publication = publishing.publish_translation(
        claim=again(claim), language="tr", actor=publisher, version=version.number
    )
    assert standing(claim) == "public"
    assert again(claim).state == "published"
    assert history(claim)[-3:] == [
        "propose_translation", "approve_translation", "publish_translation",
    ]  # fmt: skip
    assert (publication.kind, publication.language) == ("translation", "tr")
    assert (publication.verdict_number, publication.version_number) == (1, 1)
    body = json.loads(publishing.log.body(publication.pk))["claim_review"]
    assert body["claimReviewed"] == "Bakanlar Ağustos'ta Sofya'da buluşacak"
    assert body["inLanguage"] == body["itemReviewed"]["inLanguage"] == "tr"
    assert body["reviewRating"]["alternateName"] == "Yanlış"
    assert body["url"].endswith("/tr/v/1")
    original = body["url"].replace("/tr/", "/")
    assert body["translationOfWork"] == {
        "@type": "CreativeWork",
        "@id": original,
        "url": f"{original}/1",
        "inLanguage": "ar",
    }


def test_quotations_and_positions_stay_in_their_language(claim: Claim, second_editor: User) -> None:
    version = translated.propose(claim, second_editor)
    original = translating.original_of(claim).version
    for same in ("positions", "evidence", "rating", "appearances", "kind", "byline"):
        assert version.content[same] == original.content[same]
    assert version.content["translates"] == {
        "version": 1, "digest": original.digest, "language": "ar", "translator": "",
    }  # fmt: skip
    assert version.translates == original
    assert version.rating == original.rating


@pytest.mark.parametrize("language", ["ar", "fa", "xx", ""])
def test_only_into_another_language_of_the_desk(
    language: str, claim: Claim, second_editor: User
) -> None:
    with pytest.raises(IllegalMove) as refused:
        translated.write(claim, second_editor, language)
    assert "أخرى" in str(refused.value) or "another language" in str(refused.value)
    assert not TranslationDraft.objects.exists()


@pytest.mark.parametrize(
    "explanation", ["Takvimde yok [1].", "Yok [1] ve [2] ve [3].", "Yok [1] [1] [2].", "Yok."]
)
def test_no_citation_may_be_missing_or_added(
    explanation: str, claim: Claim, second_editor: User
) -> None:
    with pytest.raises(IllegalMove):
        translated.propose(claim, second_editor, explanation=explanation)


@pytest.mark.parametrize("field", ["statement", "summary", "explanation"])
def test_nothing_may_be_left_empty(field: str, claim: Claim, second_editor: User) -> None:
    with pytest.raises(IllegalMove):
        translated.propose(claim, second_editor, **{field: " "})


def test_what_is_not_public_is_not_translated(
    editor: User, reviewer: User, second_editor: User
) -> None:
    approved = cast.approved_claim(editor, reviewer)
    with pytest.raises(IllegalMove):
        translating.save(
            claim=approved, language="tr", actor=second_editor, revision=0, of=1,
            **translated.WORDS,
        )  # fmt: skip


def test_two_who_save_at_once_the_second_is_refused(
    claim: Claim, second_editor: User, editor: User
) -> None:
    translated.write(claim, second_editor)
    with pytest.raises(StaleState):
        translating.save(
            claim=again(claim), language="tr", actor=editor, revision=0, of=1,
            **{**translated.WORDS, "summary": "başka"},
        )  # fmt: skip
    assert TranslationDraft.objects.get().summary == translated.WORDS["summary"]


def test_nobody_reviews_a_translation_they_had_a_hand_in(
    claim: Claim, editor: User, reviewer: User, second_reviewer: User
) -> None:
    translated.write(claim, reviewer)
    version = translated.propose(claim, editor, summary="Buluşmadılar.")
    with pytest.raises(PermissionDenied):
        translated.approve(version, reviewer)
    translated.approve(version, second_reviewer)


def test_a_hand_in_a_translation_is_none_in_the_verdict_nor_in_another_language(
    claim: Claim, reviewer: User, second_reviewer: User
) -> None:
    translated.write(claim, second_reviewer)
    assert not has_contributed(second_reviewer, claim)
    version = translated.propose(claim, reviewer, language="en", statement="They meet",
                                 summary="No.", explanation="None [1], [2].")  # fmt: skip
    translated.approve(version, second_reviewer)


def test_an_editor_neither_reviews_nor_publishes_and_a_reviewer_does_not_publish(
    claim: Claim, editor: User, second_editor: User, reviewer: User
) -> None:
    version = translated.propose(claim, second_editor)
    with pytest.raises(PermissionDenied):
        translated.approve(version, editor)
    translated.approve(version, reviewer)
    for actor in (editor, reviewer):
        with pytest.raises(PermissionDenied):
            publishing.publish_translation(
                claim=again(claim), language="tr", actor=actor, version=version.number
            )
        with pytest.raises(PermissionDenied):
            publishing.retract_translation(
                claim=again(claim), language="tr", actor=actor, reason="x"
            )


def test_an_outsider_writes_nothing(claim: Claim, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        translated.write(claim, outsider)


def test_each_point_is_ticked(claim: Claim, second_editor: User, reviewer: User) -> None:
    version = translated.propose(claim, second_editor)
    with pytest.raises(IllegalMove):
        translating.approve(
            claim=again(claim), language="tr", actor=reviewer, version=version.number,
            vouches=["same_meaning"],
        )  # fmt: skip


def test_sent_back_it_is_proposed_again(
    claim: Claim, second_editor: User, reviewer: User, publisher: User
) -> None:
    version = translated.propose(claim, second_editor)
    with pytest.raises(IllegalMove):
        translating.send_back(
            claim=again(claim), language="tr", actor=reviewer, version=version.number, reason=" "
        )
    translating.send_back(
        claim=again(claim),
        language="tr",
        actor=reviewer,
        version=version.number,
        reason="“görüşme”",
    )
    assert standing(claim) == "sent_back"
    with pytest.raises(IllegalMove):
        translated.approve(version, publisher)
    with pytest.raises(IllegalMove):
        translated.propose(claim, second_editor)
    second = translated.propose(claim, second_editor, summary="Görüşme olmadı.")
    translated.approve(second, reviewer)
    assert standing(claim) == "approved"


def test_the_quorum_holds_for_a_translation(
    claim: Claim, second_editor: User, reviewer: User, second_reviewer: User, publisher: User
) -> None:
    cast.set_policy(quorum=2)
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    with pytest.raises(IllegalMove):
        publishing.publish_translation(
            claim=again(claim), language="tr", actor=publisher, version=version.number
        )
    translated.approve(version, second_reviewer)
    publishing.publish_translation(
        claim=again(claim), language="tr", actor=publisher, version=version.number
    )


def test_a_newer_version_voids_the_approval_of_the_older(
    claim: Claim, second_editor: User, reviewer: User, publisher: User
) -> None:
    first = translated.propose(claim, second_editor)
    translated.approve(first, reviewer)
    translated.propose(claim, second_editor, summary="Başka.")
    with pytest.raises(StaleState):
        publishing.publish_translation(
            claim=again(claim), language="tr", actor=publisher, version=first.number
        )


def test_while_the_original_is_corrected_nothing_is_proposed_reviewed_or_published(
    claim: Claim, second_editor: User, reviewer: User, second_reviewer: User, publisher: User
) -> None:
    version = translated.propose(claim, second_editor)
    publishing.correct(claim=again(claim), actor=publisher, kind="update", reason="تغيّر")
    for act in (
        lambda: translated.approve(version, reviewer),
        lambda: translated.write(claim, second_editor, summary="x"),
        lambda: publishing.publish_translation(
            claim=again(claim), language="tr", actor=publisher, version=version.number
        ),
    ):
        with pytest.raises(IllegalMove):
            act()
    publishing.drop_correction(claim=again(claim), actor=publisher, reason="كان صحيحا")
    translated.approve(version, reviewer)


def test_a_corrected_original_leaves_its_translation_older_until_it_is_brought_up_to_date(
    claim: Claim, editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    corrected(claim, editor, reviewer, publisher)
    found = one(again(claim), "tr")
    assert found is not None
    assert found.outdated
    assert Publication.objects.current().filter(language="tr").count() == 1
    second = translated.publish(
        claim, second_editor, reviewer, publisher, kind="update", reason="Aslı düzeltildi.",
        summary="Düzeltilmiş özet.",
    )  # fmt: skip
    assert (second.kind, second.version_number) == ("update", 2)
    found = one(again(claim), "tr")
    assert found is not None
    assert not found.outdated


def test_an_approved_translation_of_what_was_corrected_is_not_published(
    claim: Claim, editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    corrected(claim, editor, reviewer, publisher)
    with pytest.raises(IllegalMove):
        publishing.publish_translation(
            claim=again(claim), language="tr", actor=publisher, version=version.number
        )
    draft = TranslationDraft.objects.get()
    with pytest.raises(IllegalMove):
        translating.propose(
            claim=again(claim), language="tr", actor=second_editor, revision=draft.revision
        )


def test_a_change_of_a_translation_says_what_it_is_and_why(
    claim: Claim, second_editor: User, reviewer: User, publisher: User
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    version = translated.propose(claim, second_editor, summary="Yazım düzeltildi.")
    translated.approve(version, reviewer)
    for kind, reason in (("", "x"), ("original", "x"), ("correction", " ")):
        with pytest.raises(IllegalMove):
            publishing.publish_translation(
                claim=again(claim), language="tr", actor=publisher, version=version.number,
                kind=kind, reason=reason,
            )  # fmt: skip


def test_retracting_the_verdict_retracts_its_translations_with_it(
    claim: Claim, second_editor: User, reviewer: User, publisher: User
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    newest = publishing.retract(claim=again(claim), actor=publisher, reason="مزوّر")
    assert newest.language == "ar"
    assert set(
        Publication.objects.current().values_list("language", "kind")
    ) == {("ar", "retraction"), ("tr", "retraction")}  # fmt: skip
    assert not Publication.objects.standing().exists()
    with pytest.raises(IllegalMove):
        translated.write(claim, second_editor)


def test_one_translation_is_retracted_alone_and_for_good(
    claim: Claim, second_editor: User, reviewer: User, publisher: User
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    publishing.retract_translation(
        claim=again(claim), language="tr", actor=publisher, reason="Kötü çeviri"
    )
    assert standing(claim) == "retracted"
    assert again(claim).state == "published"
    assert list(Publication.objects.standing().values_list("language", flat=True)) == ["ar"]
    with pytest.raises(IllegalMove):
        translated.write(claim, second_editor, summary="yeniden")


def test_a_published_translation_makes_nobodys_hand_in_the_verdict_forgotten(
    claim: Claim, editor: User, second_editor: User, reviewer: User, second_reviewer: User,
    publisher: User,
) -> None:  # fmt: skip
    """The reviewer wrote for a correction that was dropped; a translation came out meanwhile."""
    publishing.correct(claim=again(claim), actor=publisher, kind="update", reason="تغيّر")
    cast.write_verdict(reviewer, again(claim), summary="بقلم المراجع")
    publishing.drop_correction(claim=again(claim), actor=publisher, reason="لا")
    translated.publish(claim, second_editor, second_reviewer, publisher)
    publishing.correct(claim=again(claim), actor=publisher, kind="update", reason="تغيّر")
    version = review.propose(claim=again(claim), actor=editor)
    with pytest.raises(PermissionDenied):
        review.approve(
            claim=again(claim), actor=reviewer, version=version.number, vouches=review.STANDARDS
        )


def test_the_verdicts_own_way_takes_no_translation_for_its_version(
    claim: Claim, editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    translated.propose(claim, second_editor, summary="Bekliyor.")
    assert review.under_review(again(claim)).language == "ar"
    newest = corrected(claim, editor, reviewer, publisher)
    assert (newest.language, newest.kind, newest.version_number) == ("ar", "correction", 2)


def test_lists_of_what_waits(
    claim: Claim, second_editor: User, editor: User, reviewer: User
) -> None:
    version = translated.propose(claim, second_editor)
    assert [t.language for t in translating.to_review(reviewer, 10)] == ["tr"]
    assert translating.to_review(editor, 10) == []
    assert translating.ready(10) == []
    translated.approve(version, reviewer)
    assert [t.language for t in translating.ready(10)] == ["tr"]
    assert translating.to_review(reviewer, 10) == []


def test_blind_rating_asks_nothing_of_a_translation(
    claim: Claim, second_editor: User, reviewer: User, publisher: User
) -> None:
    cast.set_policy(blind_rating=True)
    publication = translated.publish(claim, second_editor, reviewer, publisher)
    assert publication.kind == LogEntry.Kind.TRANSLATION
