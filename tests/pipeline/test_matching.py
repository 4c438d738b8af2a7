"""Comparing claims with earlier ones: suggested by the machine, decided by people."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django import Settings

from claims.models import Claim, ImportedCheck, Match, Matching
from claims.pipeline import matching, review
from tests.cast import make_article, make_claim

pytestmark = pytest.mark.django_db

FIRST = "أعلنت وزارة الصحة في صوفيا إغلاق خمسة مستشفيات في مدينة بلوفديف"
AGAIN = "وزارة الصحة في صوفيا أعلنت أن خمسة مستشفيات في مدينة بلوفديف أغلقت"
OTHER_NUMBER = "أعلنت وزارة الصحة في صوفيا إغلاق تسعة مستشفيات في مدينة بلوفديف"
DENIED = "نفت وزارة الصحة في صوفيا إغلاق خمسة مستشفيات في مدينة بلوفديف"
IN_ENGLISH = "The health ministry in Sofia announced the closing of five hospitals in Plovdiv"
ELSEWHERE = "ارتفعت أسعار القمح في الأسواق العالمية بعد موسم جاف"


@pytest.fixture(autouse=True)
def _an_index_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def claim_of(text: str, language: str = "ar") -> Claim:
    article = make_article(text + ".", language=language, url="", outlet="")
    claim = make_claim(article, text=text)
    Claim.objects.filter(pk=claim.pk).update(language=language)
    claim.refresh_from_db()
    return claim


def compare() -> None:
    matching.open_missing()
    while matching.compare_due():
        pass


def relations(claim: Claim) -> dict[int | None, str]:
    return {match.earlier_id: match.relation for match in claim.matches.all()}


def test_a_new_claim_is_compared_with_every_earlier_one() -> None:
    first, other = claim_of(FIRST), claim_of(ELSEWHERE)
    again = claim_of(AGAIN)
    compare()
    assert relations(again) == {first.pk: "same"}
    assert relations(first) == {}, "an earlier claim has nothing before it"
    assert relations(other) == {}
    assert {note.state for note in Matching.objects.all()} == {"done"}


def test_another_number_or_a_denial_is_never_offered_as_the_same() -> None:
    first = claim_of(FIRST)
    nine, denied = claim_of(OTHER_NUMBER), claim_of(DENIED)
    compare()
    assert relations(nine)[first.pk] == "contradicts"
    assert relations(denied)[first.pk] == "contradicts"
    reasons = Match.objects.get(claim=nine, earlier=first).reasons
    assert [reason["code"] for reason in reasons] == ["number"]


def test_another_language_is_no_obstacle() -> None:
    first = claim_of(FIRST)
    english = claim_of(IN_ENGLISH, "en")
    compare()
    assert first.pk in relations(english)


def test_somebody_elses_check_is_found() -> None:
    check = ImportedCheck.objects.create(
        publisher="مكتب آخر", url="https://other.example/1", claim=FIRST, claim_sha256="0" * 64,
        rating="غير صحيح", language="ar", folded="",
    )  # fmt: skip
    again = claim_of(AGAIN)
    compare()
    assert [match.check_found for match in again.matches.all()] == [check]


def test_comparing_twice_changes_nothing() -> None:
    claim_of(FIRST)
    again = claim_of(AGAIN)
    compare()
    before = list(again.matches.values_list("earlier", "relation", "score", "state"))
    Matching.objects.update(state="waiting", attempts=0)
    compare()
    assert list(again.matches.values_list("earlier", "relation", "score", "state")) == before


def test_another_statement_is_compared_anew(editor: User) -> None:
    first, claim = claim_of(FIRST), claim_of(ELSEWHERE)
    compare()
    review.edit_claim(
        claim=claim, actor=editor, revision=claim.revision, changes={"statement": AGAIN}
    )
    compare()
    assert relations(claim) == {first.pk: "same"}


def test_a_lost_index_is_made_anew_from_the_rows(tmp_path: Path) -> None:
    first = claim_of(FIRST)
    compare()
    for path in (tmp_path / "similarity").iterdir():
        path.unlink()
    again = claim_of(AGAIN)
    compare()
    assert relations(again) == {first.pk: "same"}


def test_a_broken_index_holds_the_work_up_and_says_what_to_do(tmp_path: Path) -> None:
    first = claim_of(FIRST)
    compare()
    (tmp_path / "similarity" / "current.json").write_text("{")
    again = claim_of(AGAIN)
    compare()
    note = Matching.objects.get(claim=again)
    assert (note.state, note.attempts) == ("waiting", 0)
    assert "rebuild_index" in note.reason
    call_command("rebuild_index")
    Matching.objects.filter(pk=note.pk).update(next_at=note.claim.created_at)
    compare()
    assert relations(again) == {first.pk: "same"}
