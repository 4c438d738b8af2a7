"""The words by which a claim is found: which spellings meet, and that they follow every change."""

import pytest
from celery import Task
from django.contrib.auth.models import User
from django.core.management import call_command

from claims import tasks
from claims.languages.anywhere import words_anywhere
from claims.models import (
    Appearance,
    Article,
    Claim,
    Claimant,
    ClaimantName,
    ClaimWords,
    ClusterMember,
    Match,
    Outlet,
    Position,
    WordsDue,
)
from claims.models.words import some
from claims.pipeline import finding, review
from tests.cast import DENIAL, make_article, make_claim

pytestmark = pytest.mark.django_db


def found(words: str, *, begun: bool = False) -> set[int]:
    while finding.write_due():
        pass
    return set(some(ClaimWords, words_anywhere(words), 100, begun=begun))


@pytest.fixture
def claim(db: None) -> Claim:
    return make_claim()


@pytest.mark.parametrize(
    ("looked_for", "written"),
    [
        ("وزارة", "قالت الوزارة"),
        ("الوزارة", "قالت وزارة الخارجية"),
        ("للوزارة", "الوزاره"),
        ("Erdogan", "Erdoğan said"),
        ("Erdoğan", "Erdogan said"),
        ("ERDOĞAN", "erdogan"),
        ("istanbul", "İSTANBUL"),
        ("Isparta", "ISPARTA"),
        ("ısparta", "Isparta"),
        ("1200", "١٢٠٠ شخص"),
        ("إدلب", "ادلب"),
        ("cafe", "café"),
        ("Lodz", "Łódź"),
    ],
)
def test_spellings_of_a_word_meet(looked_for: str, written: str) -> None:
    assert set(words_anywhere(looked_for)) <= set(words_anywhere(written))


@pytest.mark.parametrize(
    "words", ["وزارة", "والله", "Erdoğan'ın", "x_y", "", "  ", "\u202e", "a" * 500]
)
def test_a_word_is_a_run_of_letters_and_digits(words: str) -> None:
    for word in words_anywhere(words):
        assert word.isalnum()
        assert len(word) <= 64


def test_a_claim_is_found_by_its_statement_claimant_title_and_outlet(claim: Claim) -> None:
    for words in ("صوفيا", "صحيفة المرفا", "لقاء وزاري مرتقب", "مرفأ"):
        assert found(words) == {claim.pk}, words
    assert found("صوفيا انقره") == set()


def test_the_last_word_may_go_on_and_no_other(claim: Claim) -> None:
    assert found("صوف") == set()
    assert found("صوف", begun=True) == {claim.pk}
    assert found("وزير صوفيا", begun=True) == set()
    assert found("وزيرين صوف", begun=True) == {claim.pk}


@pytest.mark.parametrize("words", ['"', "' OR 1=1", "a* NOT b", "x:*", "& | !", "NEAR(a b)", "%"])
def test_nothing_that_is_typed_means_anything_to_the_database(claim: Claim, words: str) -> None:
    for begun in (True, False):
        assert found(words, begun=begun) == set()


def test_words_that_were_changed_are_found_and_the_old_ones_are_not(
    claim: Claim, editor: User
) -> None:
    assert found("صوفيا") == {claim.pk}
    review.edit_claim(
        claim=claim, actor=editor, revision=0, changes={"statement": "The port reopened"}
    )
    assert found("reopened") == {claim.pk}
    # The article's text has the word still; its title has not.
    assert found("صوفيا") == set()


def test_every_name_of_a_claimant_finds_what_they_said(claim: Claim) -> None:
    speaker = claim.positions.get().claimant
    assert speaker is not None
    other = ClaimantName.objects.create(claimant=speaker, language="tr", name="Liman Gazetesi")
    assert found("liman gazetesi") == {claim.pk}
    ClaimantName.objects.filter(pk=other.pk).update(name="İskele")
    assert found("iskele") == {claim.pk}
    assert found("liman") == set()
    other.delete()
    assert found("iskele") == set()
    Claimant.objects.filter(pk=speaker.pk).update(name="جريدة الميناء")
    assert found("ميناء") == {claim.pk}


def test_a_merged_claimant_is_found_by_the_names_of_both(claim: Claim) -> None:
    speaker = claim.positions.get().claimant
    assert speaker is not None
    into = Claimant.objects.create(
        kind="outlet", name="Harbour Daily", folded="harbour daily", language="en"
    )
    assert found("harbour daily") == set()
    Position.objects.filter(claimant=speaker).update(claimant=into)
    Claimant.objects.filter(pk=speaker.pk).update(merged_into=into)
    assert found("harbour daily") == {claim.pk}
    assert found("صحيفة المرفا") == {claim.pk}
    ClaimantName.objects.create(claimant=speaker, language="tr", name="Rıhtım")
    assert found("rihtim") == {claim.pk}
    Claimant.objects.filter(pk=speaker.pk).update(merged_into=None)
    assert found("rihtim") == set()


def test_titles_appearances_and_outlets_are_followed(claim: Claim) -> None:
    Article.objects.filter(pk=claim.article_id).update(title="Grain talks")
    assert found("grain") == {claim.pk}
    outlet = Outlet.objects.create(name="Second Paper")
    Appearance.objects.create(
        article=claim.article, outlet=outlet, published_on="2026-07-21", url=""
    )
    assert found("second paper") == {claim.pk}
    Outlet.objects.filter(pk=outlet.pk).update(name="Third Paper")
    assert found("third") == {claim.pk}
    assert found("second") == set()


def test_a_position_that_comes_moves_or_goes_takes_its_claimant_along(claim: Claim) -> None:
    other = make_claim(claim.article, text="عدد العائدين بلغ 1200 شخص", claimant="الوزارة")
    assert found("وزارة") == {other.pk}
    Position.objects.filter(claim=other).update(claim=claim)
    assert found("وزارة") == {claim.pk}
    Position.objects.filter(claimant__name="الوزارة").delete()
    assert found("وزارة") == set()


def test_a_cluster_is_found_by_what_its_members_claimants_are_called(
    claim: Claim, editor: User
) -> None:
    member = make_claim(
        make_article("Quay news\nOmar said it", language="en"), text="said it", claimant="Omar"
    )
    match = Match.objects.create(
        claim=member, earlier=claim, relation="same", score=0.9, method="1", state="confirmed",
        decided_by=editor, decided_at=member.created_at,
    )  # fmt: skip
    assert found("omar") == {member.pk}
    membership = ClusterMember.objects.create(
        claim=member, head=claim, match=match, joined_by=editor
    )
    assert found("omar") == {claim.pk, member.pk}
    Claimant.objects.filter(name="Omar").update(name="Selma")
    assert found("selma") == {claim.pk, member.pk}
    membership.delete()
    assert found("selma") == {member.pk}


def test_notes_are_worked_off_and_those_of_claims_that_are_gone_with_them(claim: Claim) -> None:
    assert found("صوفيا") == {claim.pk}
    assert not finding.is_due()
    WordsDue.objects.create(claim_id=claim.pk + 999)
    assert finding.is_due()
    assert finding.write_due() == 1
    assert not finding.is_due()
    Claim.objects.filter(pk=claim.pk).delete()
    assert found("صوفيا") == set()
    assert not ClaimWords.objects.exists()


def test_a_fault_takes_no_note_away(claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(finding, "folded", broken)
    before = WordsDue.objects.count()
    with pytest.raises(RuntimeError):
        finding.write_due()
    assert WordsDue.objects.count() == before > 0


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(Task, "delay", lambda task, *_args: names.append(task.name))
    return names


def test_the_sweep_sends_a_worker_while_there_are_notes(claim: Claim, sent: list[str]) -> None:
    tasks.send_due()
    assert "claims.tasks.write_words" in sent
    tasks.write_words()
    sent.clear()
    tasks.send_due()
    assert "claims.tasks.write_words" not in sent


def test_the_command_writes_all_words_anew(
    claim: Claim, capsys: pytest.CaptureFixture[str]
) -> None:
    make_claim(claim.article, text="عدد العائدين بلغ 1200 شخص")
    WordsDue.objects.all().delete()
    call_command("rebuild_search")
    assert "The words of 2 claims were written." in capsys.readouterr().out
    assert found("صوفيا") == {claim.pk}


def test_contested_is_what_has_positions_on_both_sides(claim: Claim) -> None:
    def contested() -> bool:
        return Claim.objects.get(pk=claim.pk).contested

    assert not contested()
    denial = make_claim(claim.article, text=DENIAL, statement="x").positions.get()
    Position.objects.filter(pk=denial.pk).update(claim=claim)
    assert not contested()
    Position.objects.filter(pk=denial.pk).update(stance="denies")
    assert contested()
    Position.objects.filter(pk=denial.pk).update(stance="doubts")
    assert contested()
    Position.objects.filter(pk=denial.pk).delete()
    assert not contested()
