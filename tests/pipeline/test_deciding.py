"""What people make of suggestions: clusters with one head, and history of every decision."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from claims.models import (
    Claim,
    ClusterMember,
    FurtherAppearance,
    ImportedCheck,
    Match,
    Position,
    Transition,
)
from claims.models.content import would_publish
from claims.pipeline import correcting, matching, publishing, review, splitting
from claims.workflow import IllegalMove, StaleState, broken_link
from tests.admin.hands import history
from tests.cast import (
    DENIAL,
    approved_claim,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
    researched_claim,
)
from tests.pipeline.matched import a_match, repeated, suggested

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def now(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def heads() -> dict[int, int]:
    return dict(ClusterMember.objects.values_list("claim_id", "head_id"))


def test_the_newer_claim_joins_the_older_ones_cluster_and_leaves_the_queue(editor: User) -> None:
    first, again = make_claim(), repeated()
    review.accept(claim=again, actor=editor)
    match = matching.confirm(match=suggested(again, first), actor=editor)
    assert (match.state, match.decided_by, match.score) == ("confirmed", editor, 0.9)
    assert heads() == {again.pk: first.pk}
    assert now(again).state == "dismissed"
    last = Transition.objects.filter(subject="claim", subject_id=again.pk).latest("number")
    assert last.reason == f"The same as claim {first.pk}: “{first.statement}”"
    assert history(again) == ["accept", "confirm_match", "dismiss"]
    assert history(first) == ["confirm_match"]
    assert last.data["score"] == "0.9000"
    assert broken_link(Transition.Subject.CLAIM, again.pk) is None


def test_positions_move_nowhere_and_are_read_together(editor: User) -> None:
    first, again = make_claim(), repeated(denied=True)
    assert not Claim.objects.get(pk=first.pk).contested
    matching.confirm(match=suggested(again, first), actor=editor)
    assert Position.objects.filter(claim=again).count() == 2
    assert [position.claim_id for position in Position.objects.of(first)] == [
        first.pk,
        again.pk,
        again.pk,
    ]
    assert Claim.objects.get(pk=first.pk).contested
    assert list(Claim.objects.contested_ones()) == [again, first]
    listed = Claim.objects.with_positions().get(pk=first.pk)
    assert [position.claim_id for position in listed.everybodys] == [first.pk, again.pk, again.pk]


def test_what_is_proposed_holds_the_positions_and_articles_of_all(
    editor: User, reviewer: User, publisher: User
) -> None:
    first, again = make_claim(), repeated(denied=True)
    researched_claim(editor, first)
    matching.confirm(match=suggested(again, first), actor=editor)
    version = review.propose(claim=now(first), actor=editor)
    assert [p["stance"] for p in version.content["positions"]] == ["asserts", "asserts", "denies"]
    assert [a["url"] for a in version.content["appearances"]] == [
        "https://marfa.example/sofia",
        "https://daffa.example/2",
    ]
    review.approve(claim=now(first), actor=reviewer, version=1, vouches=review.STANDARDS)
    publication = publishing.publish(claim=now(first), actor=publisher)
    markup = publishing.claim_review(publication)
    assert "https://daffa.example/2" in str(markup)
    assert matching.waiting(9) == [], "what was signed needs no listing"


def test_a_confidential_members_words_and_places_stay_in_the_house(editor: User) -> None:
    first, again = make_claim(), repeated(confidential=True)
    researched_claim(editor, first)
    matching.confirm(match=suggested(again, first), actor=editor)
    version = review.propose(claim=now(first), actor=editor)
    assert [bool(p["text"]) for p in version.content["positions"]] == [True, False]
    assert [a["url"] for a in version.content["appearances"]] == ["https://marfa.example/sofia"]


def test_who_confirms_has_a_hand_in_the_heads_verdict_and_does_not_review_it(
    editor: User, reviewer: User
) -> None:
    first, again = make_claim(), repeated()
    researched_claim(editor, first)
    matching.confirm(match=suggested(again, first), actor=reviewer)
    review.propose(claim=now(first), actor=editor)
    with pytest.raises(PermissionDenied, match="had a hand"):
        review.approve(claim=now(first), actor=reviewer, version=1, vouches=review.STANDARDS)


@pytest.mark.parametrize("relation", ["contradicts", "related"])
def test_other_relations_are_only_recorded(editor: User, relation: str) -> None:
    first, again = make_claim(), repeated()
    match = matching.confirm(match=suggested(again, first), actor=editor, relation=relation)
    assert (match.state, match.relation) == ("confirmed", relation)
    assert heads() == {}
    assert now(again).state == "found"
    assert history(again) == history(first) == ["confirm_match"]


def test_somebody_elses_check_is_confirmed_and_joins_nothing(editor: User) -> None:
    again = repeated()
    check = ImportedCheck.objects.create(
        publisher="x", url="https://other.example/1", claim="x", claim_sha256="0" * 64,
        rating="false", language="ar", folded="",
    )  # fmt: skip
    match = Match.objects.create(
        claim=again, check_found=check, relation="same", score=0.8, method="1"
    )
    matching.confirm(match=match, actor=editor)
    assert (match.state, now(again).state) == ("confirmed", "found")
    matching.undo(match=match, actor=editor)
    assert history(again) == ["confirm_match", "undo_match"]


def test_a_rejected_pair_stays_and_is_decided_once(editor: User, second_editor: User) -> None:
    first = make_claim()
    match = suggested(repeated(3), first)
    matching.reject(match=match, actor=editor)
    assert (match.state, match.decided_by) == ("rejected", editor)
    with pytest.raises(IllegalMove, match="layla has decided on this already: rejected"):
        matching.confirm(match=match, actor=second_editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        suggested(match.claim, first)


def test_undoing_brings_a_claim_back_to_where_it_was(editor: User) -> None:
    first, again = make_claim(), repeated()
    review.accept(claim=again, actor=editor)
    match = suggested(again, first)
    matching.confirm(match=match, actor=editor)
    matching.undo(match=match, actor=editor)
    assert (match.state, match.decided_by) == ("suggested", None)
    assert (now(again).state, heads()) == ("queued", {})
    assert history(again)[-2:] == ["undo_match", "restore"]
    matching.confirm(match=match, actor=editor)
    assert heads() == {again.pk: first.pk}


def test_members_follow_their_head_and_return_with_it(editor: User) -> None:
    first, second, third = make_claim(), repeated(2), repeated(3)
    matching.confirm(match=suggested(third, second), actor=editor)
    match = suggested(second, first)
    matching.confirm(match=match, actor=editor)
    assert heads() == {second.pk: first.pk, third.pk: first.pk}
    matching.undo(match=match, actor=editor)
    assert heads() == {third.pk: second.pk}


def test_a_match_with_a_member_leads_to_its_head(editor: User) -> None:
    first, second, third = make_claim(), repeated(2), repeated(3)
    match = suggested(third, second)
    matching.confirm(match=suggested(second, first), actor=editor)
    matching.confirm(match=match, actor=editor)
    assert heads() == {second.pk: first.pk, third.pk: first.pk}


def test_a_chain_of_clusters_is_refused_by_the_database(editor: User) -> None:
    first, second, third = make_claim(), repeated(2), repeated(3)
    matching.confirm(match=suggested(second, first), actor=editor)
    match = matching.confirm(match=suggested(third, second), actor=editor)
    with pytest.raises(IntegrityError, match="one head and no chains"), transaction.atomic():
        ClusterMember.objects.filter(match=match).update(head=second)


def test_a_claim_with_its_own_verdict_on_the_way_does_not_join(
    editor: User, reviewer: User, publisher: User
) -> None:
    first = make_claim()
    for number, make in enumerate(
        [
            lambda claim: proposed_claim(editor, claim),
            lambda claim: approved_claim(editor, reviewer, claim),
            lambda claim: published_claim(editor, reviewer, publisher, claim),
        ],
        start=2,
    ):
        again = repeated(number)
        make(again)
        with pytest.raises(IllegalMove, match="cannot become part of another one"):
            matching.confirm(match=suggested(again, first), actor=editor)
    assert heads() == {}


def test_nothing_joins_or_leaves_what_has_been_signed(
    editor: User, reviewer: User, publisher: User
) -> None:
    first, second = make_claim(), repeated(2)
    joined = matching.confirm(match=suggested(second, first), actor=editor)
    proposed_claim(editor, now(first))
    match = suggested(repeated(3), first)
    with pytest.raises(IllegalMove, match="would void what was signed"):
        matching.confirm(match=match, actor=editor)
    with pytest.raises(IllegalMove, match="would void what was signed"):
        matching.undo(match=joined, actor=editor)
    review.approve(claim=now(first), actor=reviewer, version=1, vouches=review.STANDARDS)
    with pytest.raises(IllegalMove, match="approved"):
        matching.confirm(match=match, actor=editor)
    publishing.publish(claim=now(first), actor=publisher)
    matching.confirm(match=match, actor=editor)
    assert now(first).state == "published"


def test_a_member_is_brought_back_only_by_undoing_the_match(editor: User) -> None:
    first, again = make_claim(), repeated()
    matching.confirm(match=suggested(again, first), actor=editor)
    with pytest.raises(IllegalMove, match="Undo that on its page"):
        review.restore(claim=now(again), actor=editor, reason="x")
    with pytest.raises(IllegalMove):
        review.propose(claim=now(again), actor=editor)


def test_a_dismissed_claim_takes_no_others(editor: User) -> None:
    first, again = make_claim(), repeated()
    review.dismiss(claim=first, actor=editor, reason="x")
    with pytest.raises(IllegalMove, match="was dismissed"):
        matching.confirm(match=suggested(again, first), actor=editor)


def test_only_who_may_research_decides(publisher: User, outsider: User) -> None:
    match = a_match()
    for act in (matching.confirm, matching.reject, matching.undo):
        with pytest.raises(PermissionDenied):
            act(match=match, actor=outsider)


def test_a_suggestion_that_is_gone_says_so(editor: User) -> None:
    match = a_match()
    Match.objects.filter(pk=match.pk).delete()
    with pytest.raises(StaleState, match="compared again"):
        matching.confirm(match=match, actor=editor)


@pytest.mark.parametrize("act", [matching.confirm, matching.reject])
def test_splitting_again_withdraws_no_claim_that_somebody_decided_on(
    editor: User, act: object
) -> None:
    """Neither of the two is found by the splitter any more."""
    article = make_article(split=False)
    first = make_claim(article, text="مصادر")
    other = make_article("قالت الوزارة إن مصادر.", split=False)
    again = make_claim(other, text="مصادر")
    act(match=suggested(again, first), actor=editor)  # type: ignore[operator]
    assert splitting.split_article(article.pk)
    assert splitting.split_article(other.pk)
    assert Match.objects.count() == 1


def test_a_head_is_not_merged_away(editor: User) -> None:
    article = make_article()
    first = make_claim(article)
    into = make_claim(article, text="عدد العائدين بلغ 1200 شخص")
    matching.confirm(match=suggested(repeated(), first), actor=editor)
    with pytest.raises(IllegalMove, match="the same as this one"):
        correcting.merge(claim=now(first), into=into, actor=editor)


def test_further_appearances_of_nothing(editor: User) -> None:
    matching.confirm(match=a_match(), actor=editor)
    assert FurtherAppearance.objects.count() == 0
    assert matching.waiting(9) == []


def test_the_digest_changes_with_the_members(editor: User) -> None:
    first, again = make_claim(denial=DENIAL), repeated()
    researched_claim(editor, first)
    draft = now(first).draft

    def would() -> list[object]:
        content = would_publish(
            now(first), rating=draft.rating, summary="s", explanation="e",
            no_primary_reason="", byline="",
        )  # fmt: skip
        return [
            position["claimant"] and position["claimant"]["name"]
            for position in content["positions"]
        ]

    match = suggested(again, first)
    assert would() == ["صحيفة المرفأ", None]
    matching.confirm(match=match, actor=editor)
    assert would() == ["صحيفة المرفأ", None, "صحيفة 2"]
    matching.undo(match=match, actor=editor)
    assert would() == ["صحيفة المرفأ", None]


def test_nobody_makes_the_same_of_what_conflicts(editor: User) -> None:
    first, again = make_claim(), repeated()
    match = suggested(again, first)
    Match.objects.filter(pk=match.pk).update(relation="contradicts")
    with pytest.raises(IllegalMove, match="What conflicts is not the same claim"):
        matching.confirm(match=match, actor=editor, relation="same")
    assert heads() == {}
    with (
        pytest.raises(IntegrityError, match="what contradicts is not the same"),
        transaction.atomic(),
    ):
        Match.objects.filter(pk=match.pk).update(
            state="confirmed", relation="same", decided_by=editor, decided_at=timezone.now()
        )


def test_undoing_what_a_person_chose_brings_back_what_the_machine_held(editor: User) -> None:
    first, again = make_claim(), repeated()
    match = matching.confirm(match=suggested(again, first), actor=editor, relation="contradicts")
    matching.undo(match=match, actor=editor)
    match.refresh_from_db()
    assert (match.state, match.relation) == ("suggested", "same")
    matching.confirm(match=match, actor=editor)
    assert heads() == {again.pk: first.pk}


def test_of_a_confidential_members_position_only_who_and_when_is_published(editor: User) -> None:
    first, again = make_claim(), repeated(confidential=True)
    Position.objects.filter(claim=again).update(
        via="وكالة", cue="قال", dates=[{"text": "أمس", "from": "2026-07-20", "to": "2026-07-20"}]
    )
    researched_claim(editor, first)
    matching.confirm(match=suggested(again, first), actor=editor)
    position = review.propose(claim=now(first), actor=editor).content["positions"][1]
    assert (position["text"], position["via"], position["cue"]) == ("", "", "")
    assert position["dates"] == [{"text": "", "from": "2026-07-20", "to": "2026-07-20"}]
