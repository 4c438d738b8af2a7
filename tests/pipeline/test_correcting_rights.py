"""Who may correct the splitter, when, and what becomes of it when the article is split again."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from claims.models import Claim, Correction, Position
from claims.pipeline import correcting, review, splitting
from claims.workflow import IllegalMove, has_contributed
from tests.cast import (
    DENIAL,
    STATEMENT,
    TEXT,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
)
from tests.pipeline.correcting import add, respan, spans, split

pytestmark = pytest.mark.django_db

NUMBER = "عدد العائدين بلغ 1200 شخص"


@pytest.fixture
def two() -> tuple[Claim, Claim]:
    article = make_article()
    return make_claim(article, denial=DENIAL), make_claim(article, text=NUMBER, kind="quantity")


# Who may, and when


def everything(claim: Claim, other: Claim, actor: User) -> list[Any]:
    start = TEXT.index(DENIAL)
    return [
        lambda: correcting.merge(claim=claim, into=other, actor=actor),
        lambda: correcting.merge(claim=other, into=claim, actor=actor),
        lambda: split(claim, "في أغسطس", actor),
        lambda: respan(claim, "سيلتقيان في صوفيا", actor),
        lambda: correcting.add(
            article=claim.article, actor=actor, start=start, end=start + len(DENIAL),
            kind="event", stance="denies", contests=claim,
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["administrator", "outsider"])
def test_nobody_without_the_right_corrects_the_splitter(
    who: str, request: pytest.FixtureRequest, two: tuple[Claim, Claim]
) -> None:
    actor = request.getfixturevalue(who)
    for act in everything(*two, actor):
        with pytest.raises(PermissionDenied):
            act()
    assert not Correction.objects.exists()


@pytest.mark.parametrize("stage", ["in review", "published"])
def test_what_is_in_review_or_public_does_not_change_under_anybodys_hands(
    stage: str, editor: User, reviewer: User, publisher: User, superuser: User
) -> None:
    article = make_article()
    claim, other = make_claim(article), make_claim(article, text=NUMBER)
    if stage == "in review":
        proposed_claim(editor, claim)
    else:
        published_claim(editor, reviewer, publisher, claim)
    claim.refresh_from_db()
    kept = Correction.objects.count()
    for act in everything(claim, other, superuser):
        with pytest.raises(IllegalMove):
            act()
    assert (spans(claim), Correction.objects.count()) == ([("asserts", STATEMENT)], kept)


def test_whoever_has_corrected_a_claim_does_not_review_it(editor: User, reviewer: User) -> None:
    claim = make_claim()
    respan(claim, "الوزيرين سيلتقيان في صوفيا", reviewer)
    proposed_claim(editor, claim)
    with pytest.raises(PermissionDenied):
        review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)


# Splitting the article again


REPORT = (
    "وذكرت صحيفة تركية أن الوزيرين سيلتقيان في صوفيا في أغسطس المقبل، لكن المسؤولين الأتراك نفوا "
    "التقرير.\n"
    "وقالت وزارة النقل إن عدد الشاحنات المنتظرة بلغ 1200 شاحنة أمس.\n"
    "وافتتحت الحكومة جسرا جديدا في المدينة يوم الأربعاء.\n"
    "الطقس جميل."
)


def test_splitting_again_destroys_no_correction_and_brings_nothing_back(editor: User) -> None:
    article = make_article(REPORT, split=False)
    assert splitting.split_article(article.pk)

    def claim_with(words: str) -> Claim:
        return Claim.objects.get(positions__text__contains=words, positions__stance="asserts")

    meeting, lorries = claim_with("سيلتقيان"), claim_with("1200")
    denial = meeting.positions.get(stance="denies")
    at = REPORT.index("المسؤولين الأتراك نفوا التقرير")
    correcting.respan(position=denial, seen=0, actor=editor, start=at, end=at + 30)
    meeting.refresh_from_db()
    correcting.split(
        position=meeting.positions.get(stance="asserts"),
        seen=meeting.moves, actor=editor, at=REPORT.index("في أغسطس"),
    )  # fmt: skip
    correcting.merge(claim=lorries, into=claim_with("جسرا"), actor=editor)
    add(article, "الطقس جميل", editor, kind="opinion")

    def rows() -> list[Any]:
        return list(
            Position.objects.order_by("pk").values_list("pk", "claim", "start", "end", "stance")
        )

    before, claims = rows(), list(Claim.objects.order_by("pk").values_list("pk", "state"))
    splitting.split_again(article=article, actor=editor)
    assert splitting.split_article(article.pk)
    assert rows() == before
    assert list(Claim.objects.order_by("pk").values_list("pk", "state")) == claims


def test_who_had_a_hand_in_a_claim_has_one_in_what_it_is_merged_into(
    two: tuple[Claim, Claim], editor: User, reviewer: User
) -> None:
    first, second = two
    review.edit_claim(claim=first, actor=reviewer, revision=0, changes={"statement": "نصّ آخر"})
    correcting.merge(claim=first, into=second, actor=editor)
    assert has_contributed(reviewer, second)


def test_who_had_a_hand_in_a_claim_has_one_in_what_was_split_off_it(
    editor: User, reviewer: User
) -> None:
    claim = make_claim()
    review.edit_claim(claim=claim, actor=reviewer, revision=0, changes={"statement": "نصّ آخر"})
    assert has_contributed(reviewer, split(claim, "في أغسطس", editor))


def test_who_marked_anew_what_was_merged_has_a_hand_in_it_after_the_merge_is_undone(
    two: tuple[Claim, Claim], editor: User, reviewer: User
) -> None:
    first, second = two
    correcting.merge(claim=first, into=second, actor=editor)
    review.edit_claim(
        claim=second, actor=reviewer, revision=second.revision, changes={"statement": "نصّ آخر"}
    )
    correcting.unmerge(claim=first, actor=editor)
    assert has_contributed(reviewer, first)
