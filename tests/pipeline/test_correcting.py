"""Merging, splitting, marking and adding claims: what changes, what stays, and who may."""

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Contribution, Correction, Position, State, Transition
from claims.pipeline import correcting, review
from claims.workflow import IllegalMove, StaleState, broken_link
from tests.cast import (
    DENIAL,
    STATEMENT,
    TEXT,
    make_article,
    make_claim,
    researched_claim,
)
from tests.pipeline.correcting import add, lead, respan, spans, split

pytestmark = pytest.mark.django_db

NUMBER = "عدد العائدين بلغ 1200 شخص"


def actions(claim: Claim) -> list[str]:
    assert broken_link(Transition.Subject.CLAIM, claim.pk) is None
    return list(
        Transition.objects.filter(subject="claim", subject_id=claim.pk)
        .order_by("number")
        .values_list("action", flat=True)
    )


@pytest.fixture
def two() -> tuple[Claim, Claim]:
    article = make_article()
    return make_claim(article, denial=DENIAL), make_claim(article, text=NUMBER, kind="quantity")


# Merging


def test_the_positions_of_a_merged_claim_move_and_the_claim_stays_as_a_dismissed_one(
    editor: User, two: tuple[Claim, Claim]
) -> None:
    kept, gone = two
    correcting.merge(claim=gone, into=kept, actor=editor)
    assert spans(kept) == [("asserts", STATEMENT), ("denies", DENIAL), ("asserts", NUMBER)]
    gone.refresh_from_db()
    assert (gone.state, gone.positions.count()) == (State.DISMISSED, 0)
    move = Transition.objects.get(subject="claim", subject_id=gone.pk, action="dismiss")
    assert move.reason == f"دُمج في الادعاء {kept.pk}: «{STATEMENT}»"
    assert (actions(kept), actions(gone)) == (["merge"], ["dismiss"])
    assert Contribution.objects.filter(claim=kept, user=editor).exists()
    assert correcting.merged_into([kept.pk]) == {kept.pk: [gone]}


def test_a_merge_can_be_undone(editor: User, two: tuple[Claim, Claim]) -> None:
    kept, gone = two
    correcting.merge(claim=gone, into=kept, actor=editor)
    correcting.unmerge(claim=gone, actor=editor)
    assert spans(kept) == [("asserts", STATEMENT), ("denies", DENIAL)]
    assert spans(gone) == [("asserts", NUMBER)]
    gone.refresh_from_db()
    assert gone.state == State.FOUND
    assert (actions(kept), actions(gone)) == (["merge", "unmerge"], ["dismiss", "restore"])
    assert correcting.merged_into([kept.pk]) == {}
    with pytest.raises(IllegalMove):
        correcting.unmerge(claim=gone, actor=editor)


def test_a_merged_claim_is_not_brought_back_without_its_words(
    editor: User, two: tuple[Claim, Claim]
) -> None:
    kept, gone = two
    correcting.merge(claim=gone, into=kept, actor=editor)
    with pytest.raises(IllegalMove, match=r"ألغِ الدمج"):
        review.restore(claim=gone, actor=editor, reason="إعادة")


def test_of_the_same_denial_under_both_claims_one_is_enough(editor: User) -> None:
    article = make_article()
    kept, gone = make_claim(article, denial=DENIAL), make_claim(article, text=NUMBER)
    start = TEXT.index(DENIAL)
    same = Position.objects.create(
        claim=gone, article=article, start=start, end=start + len(DENIAL), text=DENIAL,
        stance="denies", form="indirect",
    )  # fmt: skip
    correcting.merge(claim=gone, into=kept, actor=editor)
    assert spans(kept).count(("denies", DENIAL)) == 1
    same.refresh_from_db()
    assert same.claim == gone


def test_work_is_never_merged_out_of_sight(editor: User, two: tuple[Claim, Claim]) -> None:
    first, second = two
    researched = researched_claim(editor, first)
    with pytest.raises(IllegalMove, match="الادعاء الآخر"):
        correcting.merge(claim=researched, into=second, actor=editor)
    correcting.merge(claim=second, into=researched, actor=editor)
    assert researched.positions.count() == 3


def test_only_two_claims_of_one_article_are_merged(editor: User) -> None:
    claim = make_claim()
    other = make_claim(make_article("نص آخر: الجسر مغلق", url=""), text="الجسر مغلق")
    for into in (other, claim):
        with pytest.raises(IllegalMove):
            correcting.merge(claim=claim, into=into, actor=editor)
    assert not Correction.objects.exists()


def test_whoever_merges_a_claim_that_was_moved_meanwhile_is_told(
    editor: User, second_editor: User, two: tuple[Claim, Claim]
) -> None:
    kept, gone = two
    review.accept(claim=Claim.objects.get(pk=gone.pk), actor=second_editor)
    with pytest.raises(StaleState):
        correcting.merge(claim=gone, into=kept, actor=editor)
    assert spans(gone) == [("asserts", NUMBER)]


# Marking other words


def test_other_words_are_marked_and_the_statement_follows(editor: User) -> None:
    claim = make_claim()
    respan(claim, "الوزيرين سيلتقيان في صوفيا", editor)
    assert claim.statement == "الوزيرين سيلتقيان في صوفيا"
    position = lead(claim)
    assert position.origin == "editor"
    assert actions(claim) == ["respan"]
    assert Contribution.objects.filter(claim=claim, user=editor).exists()


def test_a_statement_that_a_person_wrote_stays(editor: User) -> None:
    claim = make_claim()
    review.edit_claim(claim=claim, actor=editor, revision=0, changes={"statement": "لقاء في صوفيا"})
    respan(claim, "الوزيرين سيلتقيان في صوفيا", editor)
    assert claim.statement == "لقاء في صوفيا"


def test_a_denials_words_do_not_become_the_statement(editor: User) -> None:
    claim = make_claim(denial=DENIAL)
    start = TEXT.index("لكن مسؤولين نفوا")
    correcting.respan(
        position=claim.positions.get(stance="denies"),
        seen=0, actor=editor, start=start, end=start + 16,
    )  # fmt: skip
    claim.refresh_from_db()
    assert claim.statement == STATEMENT
    assert spans(claim)[1] == ("denies", "لكن مسؤولين نفوا")


def test_words_that_are_a_claim_already_are_not_marked_twice(
    editor: User, two: tuple[Claim, Claim]
) -> None:
    first, _second = two
    with pytest.raises(IllegalMove, match="معلَّمة"):
        respan(first, NUMBER, editor)
    with pytest.raises(IllegalMove, match="معلَّمة"):
        respan(first, STATEMENT, editor)


# Splitting


def test_a_claim_is_cut_in_two_without_the_comma_between(editor: User) -> None:
    text = "قال الوزير إن الجسر أُغلق أمس، والميناء يعمل منذ الفجر."
    claim = make_claim(make_article(text), text="الجسر أُغلق أمس، والميناء يعمل منذ الفجر")
    other = correcting.split(position=lead(claim), seen=0, actor=editor, at=text.index("والميناء"))
    claim.refresh_from_db()
    assert claim.statement == "الجسر أُغلق أمس (2026-07-19)"
    assert other.statement == "والميناء يعمل منذ الفجر"
    assert spans(claim) == [("asserts", "الجسر أُغلق أمس")]
    assert spans(other) == [("asserts", "والميناء يعمل منذ الفجر")]
    assert lead(other).claimant == lead(claim).claimant
    assert (len(lead(claim).dates), len(lead(other).dates)) == (1, 0)
    assert (other.state, other.origin) == (State.FOUND, "editor")
    assert (actions(claim), actions(other)) == (["cut"], ["cut_off"])


def test_the_denial_stays_with_the_first_half(editor: User) -> None:
    claim = make_claim(denial=DENIAL)
    other = split(claim, "في أغسطس المقبل", editor)
    assert spans(claim) == [("asserts", "الوزيرين سيلتقيان في صوفيا"), ("denies", DENIAL)]
    assert spans(other) == [("asserts", "في أغسطس المقبل")]


@pytest.mark.parametrize("at", [0, TEXT.index(STATEMENT), TEXT.index(DENIAL), len(TEXT) + 1])
def test_a_cut_leaves_words_on_both_sides(editor: User, at: int) -> None:
    claim = make_claim()
    with pytest.raises(IllegalMove, match="الكلمة"):
        correcting.split(position=lead(claim), seen=0, actor=editor, at=at)
    assert (Claim.objects.count(), spans(claim)) == (1, [("asserts", STATEMENT)])


# Adding


def test_a_missed_claim_is_added_with_its_claimant(editor: User) -> None:
    article = make_article()
    claim = add(article, NUMBER, editor, claimant="الوزارة")
    position = claim.positions.get()
    assert (position.text, str(position.claimant), position.form) == (NUMBER, "الوزارة", "indirect")
    assert TEXT[position.claimant_start : position.claimant_end] == "الوزارة"
    assert (claim.origin, claim.state, claim.kind) == ("editor", State.FOUND, "quantity")
    assert claim.checkworthiness > 0
    assert actions(claim) == ["add_position"]


def test_a_claimant_who_is_known_is_not_made_again(editor: User) -> None:
    article = make_article()
    first = add(article, STATEMENT, editor, claimant="صحيفة المرفأ")
    second = add(article, NUMBER, editor, claimant=" صحيفة  المرفأ ")
    assert lead(second).claimant == lead(first).claimant


def test_an_added_denial_is_a_position_on_the_claim_it_contests(editor: User) -> None:
    claim = make_claim()
    same = add(claim.article, DENIAL, editor, stance="denies", contests=claim, claimant="مسؤولين")
    assert same == claim
    assert spans(claim) == [("asserts", STATEMENT), ("denies", DENIAL)]
    assert Claim.objects.count() == 1


def test_words_in_quotation_marks_are_added_as_a_direct_quotation(editor: User) -> None:
    article = make_article("Omar said: “The bridge is shut.” It is open.", language="en")
    claim = add(article, "The bridge is shut", editor, claimant="Omar")
    assert claim.positions.get().form == "direct"
    assert add(article, "It is open", editor).positions.get().form == "narration"


def test_what_cannot_be_added_is_refused_in_words(editor: User) -> None:
    claim = make_claim()
    other = make_claim(make_article("نص آخر: الجسر مغلق", url=""), text="الجسر مغلق")
    for about in (
        {"stance": "asserts", "contests": claim},
        {"stance": "denies", "contests": other},
        {"stance": "shouts"},
        {"kind": "rumour"},
    ):
        with pytest.raises(IllegalMove):
            add(claim.article, NUMBER, editor, **about)
    with pytest.raises(IllegalMove, match="معلَّمة"):
        add(claim.article, STATEMENT, editor)
    assert not Correction.objects.exists()


# Finding the words


def test_a_selection_is_taken_only_where_the_article_says_the_same() -> None:
    article = make_article("\U0001f6a2 One\r\n\r\ntwo\u00a0three \u202eruof\u202c.", language="en")
    assert correcting.place(article, words="One\n\ntwo\u00a0three", start=2, end=18) == (2, 18)
    assert correcting.place(article, words=" One\r\n", start=1, end=7) == (2, 5)
    assert article.text[2:18] == "One\r\n\r\ntwo\u00a0three"
    for words, start, end in [
        ("One", 1, 4), ("two three", 9, 18), ("x", 0, 99), ("One", 5, 2), ("\U0001f6a2", -1, 1),
    ]:  # fmt: skip
        with pytest.raises(IllegalMove):
            correcting.place(article, words=words, start=start, end=end)


def test_typed_words_must_stand_there_once() -> None:
    article = make_article("The port\u00a0is shut. The bridge is shut.", language="en")
    assert correcting.place(article, words="  The port is shut ") == (0, 16)
    with pytest.raises(IllegalMove, match="أكثر من مرة"):
        correcting.place(article, words="is shut")
    with pytest.raises(IllegalMove, match="لا يرد"):
        correcting.place(article, words="the port is shut")
    with pytest.raises(IllegalMove):
        correcting.place(article, words=" \n")
