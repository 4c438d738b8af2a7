"""Who a claimant is: a source suggests, an editor says it, and what would be published follows."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from claims.models import Claim, Claimant, ClaimantName, Lookup, Rating, Transition
from claims.models.content import would_publish
from claims.pipeline import naming, publishing, review
from claims.workflow import IllegalMove, broken_link, has_contributed
from tests.cast import DENIAL, make_article, make_claim, proposed_claim, published_claim

pytestmark = pytest.mark.django_db

NAME = "نادية هارون"


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def entity(number: int, title: str, language: str = "ar", says: str = "") -> dict[str, Any]:
    return {
        "kind": "entity", "title": title, "url": f"https://www.wikidata.org/wiki/Q{number}",
        "snippet": says, "language": language, "publisher": "Wikidata",
    }  # fmt: skip


def asked(claim: Claim, *hits: dict[str, Any], about: str = NAME) -> Claim:
    Lookup.objects.update_or_create(
        claim=claim, source="wikidata",
        defaults={
            "state": "answered", "asked": about, "hits": list(hits),
            "started_at": timezone.now() - timedelta(seconds=1), "finished_at": timezone.now(),
        },
    )  # fmt: skip
    return claim


def said_by(name: str = NAME, text: str = "", **fields: Any) -> Claim:
    article = make_article(text or f"{name}: {DENIAL}", **fields)
    claim = make_claim(article, text=DENIAL, claimant=name)
    Claimant.objects.filter(name=name).update(kind="person")
    return claim


def speaker(claim: Claim) -> Claimant:
    found = claim.positions.get().claimant
    assert found is not None
    return found


def moves(claim: Claim, action: str) -> list[dict[str, Any]]:
    rows = Transition.objects.filter(subject="claim", subject_id=claim.pk, action=action)
    return [row.data for row in rows.order_by("number")]


def test_nothing_is_taken_over_by_itself() -> None:
    claim = asked(said_by(), entity(41, NAME, says="وزيرة"))
    (question,) = naming.questions(claim)
    assert [(one.id, one.title, one.description) for one in question.entities] == [
        ("Q41", NAME, "وزيرة")
    ]
    assert speaker(claim).wikidata_id == ""
    assert ClaimantName.objects.count() == 0


def test_an_editor_says_this_is_them_and_it_would_be_published(
    editor: User, reviewer: User
) -> None:
    claim = asked(said_by(), entity(41, NAME), entity(42, "Nadia Harun", "en"))
    naming.identify(claim=claim, claimant=speaker(claim), actor=editor, entity="Q41")
    assert speaker(claim).wikidata_id == "Q41"
    rating = Rating.objects.get(slug="false")
    content = would_publish(
        claim, rating=rating, summary="", explanation="", no_primary_reason="", byline=""
    )
    assert content["positions"][0]["claimant"]["wikidata"] == "Q41"
    assert moves(claim, "identify_claimant") == [
        {"claimant": speaker(claim).pk, "name": NAME, "wikidata": ["", "Q41"], "names": []}
    ]
    assert broken_link(Transition.Subject.CLAIM, claim.pk) is None
    assert has_contributed(editor, claim)
    assert not has_contributed(reviewer, claim)


def test_whoever_says_it_has_a_hand_in_every_open_claim_that_names_them(
    editor: User, second_editor: User
) -> None:
    claim, other = asked(said_by(), entity(41, NAME)), said_by(text=f"{NAME} أيضًا: {DENIAL}")
    assert speaker(claim) == speaker(other)
    naming.identify(claim=claim, claimant=speaker(claim), actor=second_editor, entity="Q41")
    assert has_contributed(second_editor, other)


def test_nothing_changes_under_a_reviewers_hands(
    editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    claim, other = asked(said_by(), entity(41, NAME)), said_by(text=f"{NAME} أيضًا: {DENIAL}")
    proposed_claim(second_editor, other)
    with pytest.raises(IllegalMove, match=f"Claim {other.pk} names “{NAME}” and is “in review”"):
        naming.identify(claim=claim, claimant=speaker(claim), actor=editor, entity="Q41")
    assert speaker(claim).wikidata_id == ""
    assert not has_contributed(editor, claim)
    review.approve(claim=other, actor=reviewer, version=1, vouches=review.STANDARDS)
    with pytest.raises(IllegalMove, match="is “approved”"):
        naming.identify(claim=claim, claimant=speaker(claim), actor=editor, entity="Q41")
    publishing.publish(claim=other, actor=publisher)
    naming.identify(claim=claim, claimant=speaker(claim), actor=editor, entity="Q41")
    assert speaker(claim).wikidata_id == "Q41"


def test_a_published_claim_is_not_the_place_to_say_it(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = published_claim(editor, reviewer, publisher, asked(said_by(), entity(41, NAME))).claim
    with pytest.raises(IllegalMove, match="“published”, so its verdict cannot be changed"):
        naming.identify(claim=claim, claimant=speaker(claim), actor=editor, entity="Q41")


@pytest.mark.parametrize("who", ["administrator", "outsider"])
def test_it_is_for_editors(who: str, request: pytest.FixtureRequest) -> None:
    actor, claim = request.getfixturevalue(who), asked(said_by(), entity(41, NAME))
    one = speaker(claim)
    for act in (
        lambda: naming.identify(claim=claim, claimant=one, actor=actor, entity="Q41"),
        lambda: naming.forget(claim=claim, claimant=one, actor=actor),
        lambda: naming.reject(claim=claim, claimant=one, actor=actor),
        lambda: naming.save_claimant(claimant=one, actor=actor, names=[]),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_only_what_was_offered_is_taken(editor: User) -> None:
    claim = asked(said_by(), entity(41, "Nadia Harun", "en"))
    one = speaker(claim)
    with pytest.raises(IllegalMove, match="no longer there"):
        naming.identify(claim=claim, claimant=one, actor=editor, entity="Q7")
    naming.identify(
        claim=claim, claimant=one, actor=editor, entity="Q41",
        names=[("en", "Nadia Harun"), ("en", "Somebody Else")],
    )  # fmt: skip
    assert list(one.names.values_list("language", "name")) == [("en", "Nadia Harun")]


def test_an_answer_to_another_name_is_not_about_this_one() -> None:
    claim = asked(said_by(), entity(41, NAME), about="نادية")
    assert naming.questions(claim) == []


def test_a_hit_that_is_no_item_of_wikidata_is_not_offered() -> None:
    claim = asked(
        said_by(), entity(41, NAME) | {"url": "https://www.wikidata.org.evil.example/wiki/Q41"}
    )
    assert naming.questions(claim) == []


def test_the_same_person_in_another_language_is_offered_as_the_same(editor: User) -> None:
    arabic = asked(said_by(), entity(41, NAME))
    naming.identify(claim=arabic, claimant=speaker(arabic), actor=editor, entity="Q41")
    english = asked(
        said_by("Nadia Harun", language="en", url="https://e.example/"),
        entity(41, "Nadia Harun", "en"),
        about="Nadia Harun",
    )
    ((question,), one) = naming.questions(english), speaker(english)
    (offered,) = question.entities
    assert (offered.names, offered.twins) == ((("ar", NAME),), (speaker(arabic),))
    naming.identify(claim=english, claimant=one, actor=editor, entity="Q41", names=[("ar", NAME)])
    assert list(one.names.values_list("language", "name")) == [("ar", NAME)]
    assert list(speaker(arabic).names.values_list("language", "name")) == [("en", "Nadia Harun")]


def test_it_can_be_taken_back_with_the_names_it_brought(editor: User) -> None:
    claim = asked(said_by(), entity(41, "Nadia Harun", "en"))
    one = speaker(claim)
    ClaimantName.objects.create(claimant=one, language="tr", name="Nadya Harun")
    naming.identify(
        claim=claim, claimant=one, actor=editor, entity="Q41", names=[("en", "Nadia Harun")]
    )
    naming.forget(claim=claim, claimant=one, actor=editor)
    assert speaker(claim).wikidata_id == ""
    assert list(one.names.values_list("language", "name")) == [("tr", "Nadya Harun")]
    assert moves(claim, "forget_claimant") == [
        {"claimant": one.pk, "name": NAME, "wikidata": ["Q41", ""]}
    ]
    with pytest.raises(IllegalMove, match="Nobody has said"):
        naming.forget(claim=claim, claimant=one, actor=editor)


def test_none_of_these_is_remembered_for_the_claimant_until_somebody_looks_again(
    editor: User,
) -> None:
    claim, other = said_by(), said_by(text=f"{NAME} أيضًا: {DENIAL}")
    for one in (claim, other):
        asked(one, entity(41, NAME), entity(42, NAME))
    naming.reject(claim=claim, claimant=speaker(claim), actor=editor)
    assert [q.rejected for q in naming.questions(claim) + naming.questions(other)] == [True, True]
    assert not has_contributed(editor, claim)
    asked(other, entity(41, NAME), entity(43, NAME))
    assert [q.rejected for q in naming.questions(other)] == [False]
    naming.reject(claim=claim, claimant=speaker(claim), actor=editor, again=True)
    assert [q.rejected for q in naming.questions(claim)] == [False]


def test_an_edit_in_the_administration_leaves_a_move_and_a_hand(
    editor: User, second_editor: User
) -> None:
    claim = said_by()
    one = speaker(claim)
    one.name = "نادية هارون العلي"
    naming.save_claimant(claimant=one, actor=second_editor, names=[("en", "Nadia Harun")])
    row = Transition.objects.get(action="change_claimant")
    assert (row.subject, row.actor) == ("desk", second_editor)
    assert row.data["changes"] == {
        "name": [NAME, "نادية هارون العلي"],
        "names": [[], [["en", "Nadia Harun"]]],
    }
    assert has_contributed(second_editor, claim)
    proposed_claim(editor, claim)
    one.wikidata_id = "Q41"
    with pytest.raises(IllegalMove, match="in review"):
        naming.save_claimant(claimant=one, actor=second_editor, names=[])
    assert ClaimantName.objects.count() == 1
