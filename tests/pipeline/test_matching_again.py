"""What came in later or elsewhere is compared too: imported checks, and other hosts' claims."""

from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import rfc8785
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone, translation
from pytest_django import Settings

from claims.models import Claim, ClusterMember, ImportedCheck, Match, Matching
from claims.pipeline import importing, matching, review
from claims.pipeline.matching import comparing, the_index
from claims.similarity.contradiction import judging
from claims.similarity.index import BusyIndex
from tests.cast import make_claim
from tests.pipeline.matched import repeated, suggested
from tests.pipeline.test_matching import (
    AGAIN,
    ELSEWHERE,
    FIRST,
    OTHER_NUMBER,
    claim_of,
    compare,
    relations,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_index_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def imported(claim: str, url: str = "https://other.example/1", rating: str = "False") -> None:
    """As `manage.py import_claimreview` does it."""
    importing.import_checks(
        BytesIO(
            rfc8785.dumps(
                [
                    {
                        "@type": "ClaimReview",
                        "url": url,
                        "claimReviewed": claim,
                        "author": {"@type": "Organization", "name": "Elsewhere"},
                        "reviewRating": {"@type": "Rating", "alternateName": rating},
                    }
                ]
            )
        )
    )


def checks_of(claim: Claim) -> list[str]:
    return [match.check_found.claim for match in claim.matches.all() if match.check_found]


def test_a_check_that_is_imported_later_finds_the_claim_that_was_there() -> None:
    claim, other = claim_of(FIRST), claim_of(ELSEWHERE)
    compare()
    assert checks_of(claim) == []
    imported(AGAIN)
    compare()
    assert checks_of(claim) == [AGAIN]
    assert checks_of(other) == []
    assert not ImportedCheck.objects.due().exists()


def test_a_check_that_changes_is_compared_anew() -> None:
    claim = claim_of(FIRST)
    imported(AGAIN)
    compare()
    before = claim.matches.get()
    assert before.relation == "same"
    imported(AGAIN, rating="Half true")
    assert ImportedCheck.objects.due().count() == 1
    compare()
    assert claim.matches.get() == before, "the suggestion stays the row it is"


def test_claims_that_nobody_works_on_any_more_are_left_alone(editor: User) -> None:
    claim = claim_of(FIRST)
    compare()
    review.dismiss(claim=claim, actor=editor, reason="x")
    imported(AGAIN)
    compare()
    assert checks_of(claim) == []


def test_a_worker_that_died_over_checks_is_followed_by_another() -> None:
    claim = claim_of(FIRST)
    compare()
    imported(AGAIN)
    ImportedCheck.objects.update(next_at=timezone.now() + timedelta(seconds=60))
    compare()
    assert checks_of(claim) == []
    ImportedCheck.objects.update(next_at=timezone.now())
    compare()
    assert checks_of(claim) == [AGAIN]


def test_a_host_catches_up_with_what_others_have_compared(
    settings: Settings, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    settings.DATA_DIR = here
    claim_of(ELSEWHERE)
    compare()
    settings.DATA_DIR = there
    first = claim_of(FIRST)
    imported(OTHER_NUMBER)
    compare()
    settings.DATA_DIR = here
    again = claim_of(AGAIN)
    compare()
    assert relations(again)[first.pk] == "same"
    assert checks_of(again) == [OTHER_NUMBER]
    assert the_index.catch_up() == 0, "and has nothing left to catch up with"


def test_a_host_that_lost_its_note_looks_through_all(settings: Settings, tmp_path: Path) -> None:
    claim_of(ELSEWHERE)
    compare()
    first = claim_of(FIRST)
    Matching.objects.create(claim=first, state="done")
    (tmp_path / "similarity" / "reached.json").unlink()
    assert the_index.catch_up() == 1
    again = claim_of(AGAIN)
    compare()
    assert relations(again) == {first.pk: "same"}


def test_a_claim_that_breaks_the_guard_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    first, broken = claim_of(FIRST), claim_of(ELSEWHERE)
    again = claim_of(AGAIN)
    real = judging.read

    def breaks(text: str, language: str, published: date | None) -> judging.Reading:
        if text == ELSEWHERE:
            raise RecursionError
        return real(text, language, published)

    monkeypatch.setattr(judging, "read", breaks)
    compare()
    note = Matching.objects.get(claim=broken)
    assert (note.state, note.reason) == (
        "gave_up",
        "An error in our own code. The log of the worker has it.",
    )
    assert relations(again)[first.pk] == "same"


def test_the_demo_desk_shows_a_match_and_an_article_that_repeats_a_verdict() -> None:
    call_command("demo", stdout=StringIO())
    compare()
    assert {match.relation for match in Match.objects.suggested()} >= {"same"}
    assert {match.earlier.state for match in Match.objects.seen_again() if match.earlier} == {
        "published"
    }


def test_a_rejected_pair_is_never_offered_again(editor: User) -> None:
    first, again = claim_of(FIRST), claim_of(AGAIN)
    compare()
    match = again.matches.get()
    matching.reject(match=match, actor=editor)
    Matching.objects.update(state="waiting", attempts=0, next_at=timezone.now())
    compare()
    assert [(m.pk, m.state) for m in again.matches.all()] == [(match.pk, "rejected")]
    assert relations(again) == {first.pk: "same"}


def test_who_refuses_a_claim_is_not_offered_its_head_instead(editor: User) -> None:
    first, second = claim_of(FIRST), claim_of(FIRST + " أمس")
    again = claim_of(AGAIN)
    refused = suggested(again, second)
    matching.reject(match=refused, actor=editor)
    matching.confirm(match=suggested(second, first), actor=editor)
    compare()
    assert [(m.earlier_id, m.state) for m in again.matches.all()] == [(second.pk, "rejected")]


def test_a_claim_is_offered_the_head_of_what_it_is_like(editor: User) -> None:
    first, second = make_claim(), claim_of(FIRST)
    matching.confirm(match=suggested(second, first), actor=editor)
    Claim.objects.filter(pk=first.pk).update(statement=FIRST)
    again = claim_of(AGAIN)
    compare()
    assert relations(again) == {first.pk: "same"}


def test_comparing_again_keeps_what_was_decided(editor: User) -> None:
    first, again = make_claim(), repeated()
    match = matching.confirm(match=suggested(again, first), actor=editor)
    Matching.objects.create(claim=again)
    compare()
    match.refresh_from_db()
    assert (match.state, match.score) == ("confirmed", 0.9)
    assert ClusterMember.objects.count() == Match.objects.count() == 1


def test_what_was_compared_with_a_former_statement_is_not_written(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a worker compares, the statement is changed and another worker takes the claim."""
    first, claim = claim_of(FIRST), claim_of(ELSEWHERE)
    compare()
    Matching.objects.filter(claim=claim).update(state="waiting", attempts=0, next_at=timezone.now())
    judged = comparing._judged

    def meanwhile(*args: object) -> list[Match]:
        found = judged(*args)  # type: ignore[arg-type]
        monkeypatch.setattr(comparing, "_judged", judged)
        review.edit_claim(
            claim=claim, actor=editor, revision=claim.revision, changes={"statement": AGAIN}
        )
        assert matching.compare_due() == 1
        # Taken once more, for the first time since the change.
        Matching.objects.filter(claim=claim).update(state="running", attempts=1)
        return found

    monkeypatch.setattr(comparing, "_judged", meanwhile)
    matching.compare_due()
    assert relations(claim) == {first.pk: "same"}


def test_a_busy_index_does_not_count_down_what_was_put_back_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claim = claim_of(FIRST)
    compare()
    Matching.objects.update(state="waiting", attempts=0, next_at=timezone.now())

    def busy() -> object:
        # As when somebody changes the statement.
        Matching.objects.update(state="waiting", attempts=0)
        raise BusyIndex(Path())

    monkeypatch.setattr(comparing, "_catch_up", lambda: 0)
    monkeypatch.setattr(the_index, "opened", busy)
    assert matching.compare_due() == 0
    note = Matching.objects.get(claim=claim)
    assert (note.state, note.attempts) == ("waiting", 0)
