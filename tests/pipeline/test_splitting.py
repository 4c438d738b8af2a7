"""From an article to claims with positions, once, and again without hurting anybody's work."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.detection import detector
from claims.detection.model import Detection
from claims.models import Article, Claim, Lookup, Position, Transition
from claims.pipeline import lookup, review, splitting
from claims.workflow import IllegalMove
from tests.cast import make_article

pytestmark = pytest.mark.django_db

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "kremlin-meeting.ar.txt"

TEXT = (
    "وذكرت صحيفة تركية أن الوزيرين سيلتقيان في صوفيا في أغسطس المقبل، لكن المسؤولين الأتراك نفوا "
    "التقرير.\n"
    "وقالت وزارة النقل إن عدد الشاحنات المنتظرة بلغ 1200 شاحنة أمس.\n"
    "وافتتحت الحكومة جسرا جديدا في المدينة يوم الأربعاء."
)


def split(text: str = TEXT) -> Article:
    article = make_article(text, split=False)
    assert splitting.split_article(article.pk)
    article.refresh_from_db()
    return article


def claim_with(words: str) -> Claim:
    return Claim.objects.get(positions__text__contains=words, positions__stance="asserts")


def test_an_article_is_split_into_claims_whose_positions_quote_it() -> None:
    article = split()
    assert article.split_state == "done"
    positions = Position.objects.filter(article=article)
    assert positions.count() >= 4
    for position in positions:
        assert position.text == article.text[position.start : position.end]


def test_a_denial_is_a_second_position_on_the_claim_it_contests_and_no_claim_of_its_own() -> None:
    split()
    claim = claim_with("سيلتقيان في صوفيا")
    stances = {p.stance: str(p.claimant) for p in claim.positions.all()}
    assert stances == {"asserts": "صحيفة تركية", "denies": "المسؤولين الأتراك"}
    assert list(Claim.objects.contested_ones()) == [claim]
    assert not Claim.objects.filter(statement__startswith="نفوا").exists()


def test_a_denial_without_a_target_makes_a_claim_that_nobody_asserts() -> None:
    split("ونفى الوزير أن الحكومة باعت الميناء لشركة أجنبية.")
    claim = Claim.objects.get()
    assert [p.stance for p in claim.positions.all()] == ["denies"]
    assert "باعت الميناء" in claim.statement


def test_finding_claims_leaves_one_row_in_the_articles_history() -> None:
    article = split()
    row = Transition.objects.get(subject="article", subject_id=article.pk, action="split")
    assert row.data["found"] == Claim.objects.count()
    assert not Transition.objects.filter(subject="claim").exists()


def test_the_task_may_run_twice_and_does_its_work_once() -> None:
    article = split()
    before = list(Claim.objects.values_list("pk", "statement"))
    assert not splitting.split_article(article.pk)
    assert list(Claim.objects.values_list("pk", "statement")) == before


def test_splitting_again_without_a_change_changes_nothing(editor: User) -> None:
    article = split()
    lookup.open_missing()
    before = list(Claim.objects.values_list("pk", "statement"))
    splitting.split_again(article=article, actor=editor)
    assert splitting.split_article(article.pk)
    assert list(Claim.objects.values_list("pk", "statement")) == before


def test_splitting_again_keeps_what_people_worked_on(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = split()
    accepted = claim_with("سيلتقيان في صوفيا")
    review.accept(claim=accepted, actor=editor)
    edited = claim_with("1200 شاحنة")
    review.edit_claim(
        claim=edited, actor=editor, revision=0, changes={"statement": "انتظرت 1200 شاحنة"}
    )
    lookup.open_missing()
    positions = set(accepted.positions.values_list("pk", flat=True))

    def finds_nothing(text: str, **_kwargs: Any) -> Detection:
        whole = real(text, **_kwargs)
        return Detection(whole.language, whole.published, whole.sentences, ())

    real = detector.split
    monkeypatch.setattr(detector, "split", finds_nothing)
    splitting.split_again(article=article, actor=editor)
    assert splitting.split_article(article.pk)
    assert set(Claim.objects.values_list("pk", flat=True)) == {accepted.pk, edited.pk}
    assert set(accepted.positions.values_list("pk", flat=True)) == positions
    edited.refresh_from_db()
    assert edited.statement == "انتظرت 1200 شاحنة"
    assert not Lookup.objects.exclude(claim__in=[accepted, edited]).exists()

    monkeypatch.setattr(detector, "split", real)
    splitting.split_again(article=article, actor=editor)
    assert splitting.split_article(article.pk)
    assert Claim.objects.filter(positions__text__contains="سيلتقيان").distinct().count() == 1
    assert Claim.objects.count() > 2


def test_an_article_that_is_being_split_is_not_put_back(editor: User) -> None:
    article = make_article(split=False)
    with pytest.raises(IllegalMove):
        splitting.split_again(article=article, actor=editor)


def test_a_worker_that_died_is_followed_by_another_when_its_lease_has_run_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = make_article(TEXT, split=False)

    def dies(*_args: Any, **_kwargs: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(detector, "split", dies)
        with pytest.raises(KeyboardInterrupt):
            splitting.split_article(article.pk)
    assert not splitting.split_article(article.pk), "the lease still runs"
    Article.objects.update(split_next_at=timezone.now() - timedelta(seconds=1))
    assert splitting.split_article(article.pk)
    assert Claim.objects.exists()


def test_one_that_comes_back_late_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article(TEXT, split=False)
    real = detector.split

    def slow(text: str, **kwargs: Any) -> Detection:
        # Meanwhile the lease ran out and another worker took the article and finished it.
        monkeypatch.setattr(detector, "split", real)
        Article.objects.update(split_next_at=timezone.now() - timedelta(seconds=1))
        assert splitting.split_article(article.pk)
        return real(text, **kwargs)

    monkeypatch.setattr(detector, "split", slow)
    assert not splitting.split_article(article.pk)
    assert Transition.objects.filter(action="split").count() == 1


def test_a_text_that_breaks_the_splitter_is_tried_a_few_times_and_then_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = make_article(TEXT, split=False)

    def breaks(*_args: Any, **_kwargs: Any) -> Any:
        raise ValueError("cannot read this")

    monkeypatch.setattr(detector, "split", breaks)
    for _attempt in range(splitting.ATTEMPTS):
        Article.objects.update(split_next_at=timezone.now() - timedelta(seconds=1))
        assert not splitting.split_article(article.pk)
    article.refresh_from_db()
    assert (article.split_state, article.split_error) == (
        "failed",
        "ValueError: cannot read this",
    )
    assert not Article.objects.due_for_splitting(timezone.now() + timedelta(days=1)).exists()


@pytest.mark.skipif(not CORPUS.exists(), reason="the real article is not at hand (../shared)")
def test_the_real_article_has_its_contested_prediction() -> None:
    from datetime import date

    article = make_article(
        CORPUS.read_text(encoding="utf-8"), split=False, published_on=date(2024, 7, 26)
    )
    assert splitting.split_article(article.pk)
    claim = claim_with("سيلتقي بالأسد في موسكو في أغسطس المقبل")
    assert claim.kind == "prediction"
    asserting = claim.positions.get(stance="asserts")
    assert asserting.claimant is not None
    assert asserting.claimant.name == "صحيفة تركية"
    assert asserting.claimant.kind == "outlet"
    assert {"from": "2024-08-01", "to": "2024-08-31"} in [
        {"from": one["from"], "to": one["to"]} for one in asserting.dates
    ]
    denial = claim.positions.get(stance="denies")
    assert denial.claimant is not None
    assert denial.claimant.name == "المسؤولين الأتراك"
    # One party, one stance: the denial and how they put it are one position.
    assert denial.text.startswith("نفوا التقرير")
    assert denial.text.endswith('"لا يعكس الحقيقة"')
    assert claim in Claim.objects.contested_ones()
