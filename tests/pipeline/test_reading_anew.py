"""Words marked by a person are read anew by the splitter; what a person wrote is left alone."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Correction, Position
from claims.pipeline import correcting, review, splitting
from tests.cast import STATEMENT, TEXT, make_article, make_claim
from tests.pipeline.correcting import add, lead, respan

pytestmark = pytest.mark.django_db

AUGUST = [("أغسطس المقبل", "2026-08-01", "2026-08-31")]


def dates(claim: Claim) -> list[tuple[str, str, str]]:
    return [(one["text"], one["from"], one["to"]) for one in lead(claim).dates]


def test_dates_are_read_in_the_new_words(editor: User) -> None:
    claim = make_claim(text="الوزيرين سيلتقيان في صوفيا")
    respan(claim, STATEMENT, editor)
    assert dates(claim) == AUGUST
    assert claim.statement == f"{STATEMENT} (2026-08)"
    assert claim.checkable_from == date(2026, 8, 31)
    assert (lead(claim).provenance or {})["dates"]["by"] == "a time expression"
    respan(claim, "الوزيرين سيلتقيان في صوفيا", editor)
    assert dates(claim) == []
    assert claim.checkable_from is None
    assert "dates" not in (lead(claim).provenance or {})


def test_the_day_on_which_somebody_spoke_stays_a_date_of_what_was_said(editor: User) -> None:
    text = "قال المدير يوم الإثنين إن الجسر مغلق أمام الشاحنات."
    article = make_article(text)
    claim = make_claim(article, text="الجسر مغلق أمام الشاحنات")
    start = text.index("الجسر مغلق")
    correcting.respan(position=lead(claim), seen=0, actor=editor, start=start, end=start + 10)
    assert dates(claim) == [("يوم الإثنين", "2026-07-20", "2026-07-20")]


def test_a_statement_written_by_hand_stays_and_so_does_a_date_to_check_again(editor: User) -> None:
    claim = make_claim(text="الوزيرين سيلتقيان في صوفيا")
    day = date(2026, 12, 1)
    review.edit_claim(
        claim=claim,
        actor=editor,
        revision=0,
        changes={"statement": "لقاء في صوفيا", "recheck_on": day},
    )
    respan(claim, STATEMENT, editor)
    assert (claim.statement, claim.recheck_on) == ("لقاء في صوفيا", day)
    assert claim.checkable_from == date(2026, 8, 31)


def test_words_that_name_nobody_are_marked_until_a_person_writes_the_statement(
    editor: User,
) -> None:
    text = "تحدث الوزير. هذا القرار سيدخل حيز التنفيذ في الخريف."
    claim = make_claim(make_article(text), text="القرار سيدخل حيز التنفيذ")
    start = text.index("هذا")
    correcting.respan(position=lead(claim), seen=0, actor=editor, start=start, end=start + 28)
    claim.refresh_from_db()
    assert claim.unresolved == ["هذا القرار"]
    review.edit_claim(
        claim=claim,
        actor=editor,
        revision=claim.revision,
        changes={"statement": "قرار المرفأ سيدخل حيز التنفيذ"},
    )
    assert claim.unresolved == []


def test_both_halves_of_a_cut_are_read_anew(editor: User) -> None:
    text = "قال الوزير إن الجسر أُغلق أمس، والميناء سيعمل في سبتمبر المقبل."
    claim = make_claim(make_article(text), text="الجسر أُغلق أمس، والميناء سيعمل في سبتمبر المقبل")
    other = correcting.split(position=lead(claim), seen=0, actor=editor, at=text.index("والميناء"))
    claim.refresh_from_db()
    assert dates(claim) == [("أمس", "2026-07-19", "2026-07-19")]
    assert dates(other) == [("سبتمبر المقبل", "2026-09-01", "2026-09-30")]
    assert (claim.checkable_from, other.checkable_from) == (None, date(2026, 9, 30))
    assert other.statement == "والميناء سيعمل في سبتمبر المقبل (2026-09)"


def test_an_added_claim_has_its_dates_and_no_kind_but_the_editors(editor: User) -> None:
    claim = add(make_article(), STATEMENT, editor, kind="prediction")
    assert dates(claim) == AUGUST
    assert claim.checkable_from == date(2026, 8, 31)
    assert add(make_article("خبر: " + TEXT, url=""), STATEMENT, editor).checkable_from is None


def test_a_correction_tells_the_date_and_the_open_words(editor: User) -> None:
    claim = make_claim(text="الوزيرين سيلتقيان في صوفيا")
    respan(claim, STATEMENT, editor)
    (before,) = Correction.objects.get().before["claims"]
    (after,) = Correction.objects.get().after["claims"]
    assert (before["due"], before["unresolved"]) == (None, [])
    assert (after["due"], after["unresolved"]) == ("2026-08-31", [])


def test_the_splitter_keeps_the_date_and_the_open_words() -> None:
    text = "وقال المدير إن هذا القرار سيدخل حيز التنفيذ في 3 سبتمبر."
    article = make_article(text, split=False)
    assert splitting.split_article(article.pk)
    claim = Claim.objects.get()
    assert claim.checkable_from == date(2026, 9, 3)
    assert claim.unresolved == ["هذا القرار"]


def test_splitting_again_renews_what_nobody_worked_on(editor: User) -> None:
    text = "وقال المدير إن هذا القرار سيدخل حيز التنفيذ في 3 سبتمبر."
    article = make_article(text, split=False)
    splitting.split_article(article.pk)
    Claim.objects.update(unresolved=None, checkable_from=None, statement="كما كان")
    splitting.split_again(article=article, actor=editor)
    splitting.split_article(article.pk)
    claim = Claim.objects.get()
    assert claim.checkable_from == date(2026, 9, 3)
    assert claim.unresolved == ["هذا القرار"]
    assert claim.statement != "كما كان"
    assert Position.objects.count() == 1


def test_splitting_again_after_the_day_was_set_right_dates_the_claims_anew(editor: User) -> None:
    article = make_article("وقال المدير إن الجسر أُغلق أمس.", split=False)
    splitting.split_article(article.pk)
    claim = Claim.objects.get()
    assert dates(claim) == [("أمس", "2026-07-19", "2026-07-19")]
    article.appearances.update(published_on=date(2026, 7, 10))
    splitting.split_again(article=article, actor=editor)
    splitting.split_article(article.pk)
    assert dates(claim) == [("أمس", "2026-07-09", "2026-07-09")]
    assert Claim.objects.get() == claim
