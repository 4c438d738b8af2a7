"""Claimants: found in any spelling, edited with their names, merged and made two again."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import translation

from claims.languages import fold
from claims.models import Claim, Claimant, ClaimantName, Contribution, Position, Transition
from claims.pipeline import corresponding, parties, review
from claims.pipeline._claimants import named
from claims.workflow import IllegalMove, StaleState
from tests.admin.hands import address, captured, history, signed_in
from tests.cast import (
    DENIAL,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
    researched_claim,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def party(name: str, language: str = "ar", kind: str = "organisation", **fields: str) -> Claimant:
    return Claimant.objects.create(
        name=name, folded=fold(name, language), language=language, kind=kind, **fields
    )


def words_of(claimant: Claimant) -> int:
    return Position.objects.filter(claimant=claimant).count()


@pytest.fixture
def ministry(db: None) -> Claimant:
    return party("وزارة الخارجية", wikidata_id="Q100")


@pytest.fixture
def claim(db: None) -> Claim:
    return make_claim(denial=DENIAL)


@pytest.fixture
def paper(claim: Claim) -> Claimant:
    found = Claimant.objects.get(name="صحيفة المرفأ")
    found.folded = fold(found.name, "ar")
    found.save()
    return found


# --- The list


@pytest.mark.parametrize("words", ["الوزارة", "وزاره الخارجيه", "foreign ministry", "Q100"])
def test_a_claimant_is_found_in_any_spelling(editor: User, ministry: Claimant, words: str) -> None:
    ClaimantName.objects.create(claimant=ministry, language="en", name="Foreign Ministry")
    party("زيد", kind="person")
    html = signed_in(editor).get("/desk/claims/claimant/", {"q": words}).content.decode()
    assert "وزارة الخارجية" in html
    assert "زيد" not in html


def test_the_list_narrows_by_kind_and_language_and_says_when_nobody_fits(editor: User) -> None:
    party("Erdoğan", "tr", "person")
    client = signed_in(editor)
    assert "Erdoğan" in client.get("/desk/claims/claimant/?q=erdogan").content.decode()
    nobody: list[dict[str, str]] = [{"kind": "outlet", "language": "tr"}]
    nobody += [{"q": words} for words in ("E.*n", "[", "(", "\\\\", "Erdog*an", "{9}", "'")]
    for asked in nobody:
        assert "No claimant fits" in client.get("/desk/claims/claimant/", asked).content.decode()
    odd = client.get("/desk/claims/claimant/?kind=x&language=y&after=z,z")
    assert "Erdoğan" in odd.content.decode()


def test_the_list_takes_as_many_queries_for_twenty_as_for_one(editor: User) -> None:
    client = signed_in(editor)
    party("one")
    client.get("/desk/claims/claimant/")
    few = len(captured(client, "/desk/claims/claimant/"))
    for n in range(20):
        ClaimantName.objects.create(claimant=party(f"more {n}"), language="en", name=f"name {n}")
    assert len(captured(client, "/desk/claims/claimant/")) == few < 30


def test_a_merged_one_is_not_in_the_list(editor: User, paper: Claimant) -> None:
    parties.merge(gone=party("المرفا نيوز", kind="outlet"), into=paper, actor=editor)
    html = signed_in(editor).get("/desk/claims/claimant/").content.decode()
    assert 'lang="ar"><bdi dir="rtl">صحيفة المرفأ' in html
    assert html.count('class="st"') == 1


# --- The page


def test_the_page_tells_names_record_and_where_they_speak(
    editor: User, reviewer: User, publisher: User, claim: Claim, paper: Claimant
) -> None:
    published_claim(editor, reviewer, publisher, claim)
    html = unescape(
        signed_in(editor).get(f"/desk/claims/claimant/{paper.pk}/change/").content.decode()
    )
    assert "Asserted it" in html
    assert "r-false" in html
    assert "1 position" in html
    assert "المرفأ" in html.partition("Where they speak")[2]


def test_editing_leaves_before_and_after_in_the_history(editor: User, ministry: Claimant) -> None:
    answer = signed_in(editor).post(
        f"/desk/claims/claimant/{ministry.pk}/change/",
        {
            "name": "وزارة الخارجية", "language": "ar", "kind": "organisation", "wikidata_id": "Q7",
            "names-TOTAL_FORMS": 2, "names-INITIAL_FORMS": 0,
            "names-0-language": "en", "names-0-name": "Foreign Ministry",
            "names-1-language": "tr", "names-1-name": "",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    move = Transition.objects.get(action="change_claimant")
    assert move.data["changes"] == {
        "wikidata_id": ["Q100", "Q7"],
        "names": [[], [["en", "Foreign Ministry"]]],
    }


def test_what_is_wrong_is_marked_and_nothing_typed_is_lost(
    editor: User, ministry: Claimant
) -> None:
    answer = signed_in(editor).post(
        f"/desk/claims/claimant/{ministry.pk}/change/",
        {
            "name": "اسم جديد", "language": "ar", "kind": "organisation", "wikidata_id": "nonsense",
            "names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 0,
            "names-0-language": "en", "names-0-name": "Typed with care",
        },
    )  # fmt: skip
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "A Wikidata id looks like Q42." in html
    assert "اسم جديد" in html
    assert "Typed with care" in html


@pytest.mark.parametrize("formset", ["", "x", "-1", "999999"])
def test_a_mangled_form_is_no_error_of_ours(editor: User, ministry: Claimant, formset: str) -> None:
    answer = signed_in(editor).post(
        f"/desk/claims/claimant/{ministry.pk}/change/", {"names-TOTAL_FORMS": formset}
    )
    assert answer.status_code == 422


def test_a_reader_of_the_desk_without_the_right_changes_nobody(
    administrator: User, ministry: Claimant
) -> None:
    client = signed_in(administrator)
    html = client.get(f"/desk/claims/claimant/{ministry.pk}/change/").content.decode()
    assert 'id="id_wikidata_id"' not in html
    answer = client.post(
        f"/desk/claims/claimant/{ministry.pk}/change/",
        {
            "name": "x", "language": "ar", "kind": "person", "wikidata_id": "",
            "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    assert answer.status_code == 403


# --- Merging


def test_the_page_of_a_merge_says_what_moves(editor: User, paper: Claimant) -> None:
    other = party("جريدة المرفأ", kind="outlet", wikidata_id="Q5")
    client = signed_in(editor)
    url = f"/desk/claims/claimant/{other.pk}/merge/{paper.pk}/"
    html = unescape(client.get(url).content.decode())
    assert "1 position of" in html
    assert "They stand in 1 claim." in html
    swapped = unescape(client.get(url, {"stays": paper.pk}).content.decode())
    assert "0 positions of" in swapped
    assert "The Wikidata id" in swapped


def test_merging_moves_words_names_and_id_and_undoing_gives_them_back(
    editor: User, paper: Claimant, claim: Claim
) -> None:
    other = party("جريدة المرفأ", kind="outlet")
    ClaimantName.objects.create(claimant=paper, language="en", name="The Harbour")
    Claimant.objects.filter(pk=paper.pk).update(wikidata_id="Q5")
    client = signed_in(editor)
    answer = client.post(f"/desk/claims/claimant/{other.pk}/merge/{paper.pk}/", {"stays": other.pk})
    assert answer.headers["Location"] == f"/desk/claims/claimant/{other.pk}/change/"
    assert (words_of(other), words_of(paper)) == (1, 0)
    other.refresh_from_db()
    assert other.wikidata_id == "Q5"
    assert sorted(other.names.values_list("language", "name")) == [
        ("ar", "صحيفة المرفأ"),
        ("en", "The Harbour"),
    ]
    assert Contribution.objects.filter(claim=claim, user=editor).exists()
    assert named("صحيفة المرفأ", "ar") == other
    html = client.get(f"/desk/claims/claimant/{other.pk}/change/").content.decode()
    assert "Undo the merge of صحيفة المرفأ" in html

    client.post(f"/desk/claims/claimant/{paper.pk}/unmerge/")
    assert (words_of(other), words_of(paper)) == (0, 1)
    other.refresh_from_db()
    assert other.wikidata_id == ""
    assert not other.names.exists()
    assert named("صحيفة المرفأ", "ar") == paper
    actions = Transition.objects.filter(subject="desk").order_by("number")
    assert list(actions.values_list("action", flat=True))[-2:] == [
        "merge_claimants",
        "unmerge_claimants",
    ]


def test_what_came_after_the_merge_stays_with_the_one_that_stood(
    editor: User, paper: Claimant
) -> None:
    other = party("جريدة المرفأ", kind="outlet")
    parties.merge(gone=paper, into=other, actor=editor)
    later = make_article("قالت جريدة المرفأ إن الوزيرين سيلتقيان في صوفيا في أغسطس المقبل", url="")
    claim = make_claim(later, claimant=fold("جريدة المرفأ", "ar"))
    assert claim.positions.get().claimant == other
    paper.refresh_from_db()
    parties.unmerge(gone=paper, actor=editor)
    assert (words_of(other), words_of(paper)) == (1, 1)


@pytest.mark.parametrize("state", ["in review", "approved"])
def test_nothing_is_merged_under_a_reviewers_eyes(
    editor: User, second_editor: User, reviewer: User, paper: Claimant, claim: Claim, state: str
) -> None:
    other = party("جريدة المرفأ", kind="outlet")
    proposed_claim(editor, claim)
    if state == "approved":
        review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    with pytest.raises(IllegalMove, match="its reviewers read the name"):
        parties.merge(gone=paper, into=other, actor=second_editor)
    answer = signed_in(second_editor).post(
        f"/desk/claims/claimant/{other.pk}/merge/{paper.pk}/", {"stays": other.pk}
    )
    assert answer.status_code == 422
    assert words_of(paper) == 1
    # The other way round nothing that is in review changes.
    parties.merge(gone=other, into=paper, actor=second_editor)


def test_nothing_is_unmerged_under_a_reviewers_eyes(
    editor: User, second_editor: User, paper: Claimant, claim: Claim
) -> None:
    other = party("جريدة المرفأ", kind="outlet")
    parties.merge(gone=paper, into=other, actor=second_editor)
    claim.refresh_from_db()
    proposed_claim(editor, claim)
    paper.refresh_from_db()
    with pytest.raises(IllegalMove, match="its reviewers read the name"):
        parties.unmerge(gone=paper, actor=second_editor)


def test_a_published_verdict_is_read_as_it_was_after_a_merge(
    editor: User, second_editor: User, reviewer: User, publisher: User, paper: Claimant, client: Any
) -> None:
    publication = published_claim(editor, reviewer, publisher, paper.positions.get().claim)
    before = client.get(f"/v/{publication.claim_id}/1", follow=True).content
    parties.merge(gone=paper, into=party("جريدة المرفأ", kind="outlet"), actor=second_editor)
    assert client.get(f"/v/{publication.claim_id}/1", follow=True).content == before


def test_whoever_merges_cannot_review_what_they_changed(
    editor: User, reviewer: User, paper: Claimant, claim: Claim
) -> None:
    parties.merge(gone=paper, into=party("جريدة المرفأ", kind="outlet"), actor=reviewer)
    claim.refresh_from_db()
    researched = researched_claim(editor, claim)
    assert Contribution.objects.filter(claim=researched, user=reviewer).exists()


def test_an_anonymous_source_gets_no_name_by_a_merge(editor: User, paper: Claimant) -> None:
    nobody = party("مسؤولون", kind="anonymous")
    with pytest.raises(IllegalMove, match="anonymous source"):
        parties.merge(gone=paper, into=nobody, actor=editor)
    with pytest.raises(IllegalMove, match="anonymous source"):
        parties.merge(gone=nobody, into=paper, actor=editor)


def test_two_of_different_wikidata_ids_are_not_one(editor: User, ministry: Claimant) -> None:
    with pytest.raises(IllegalMove, match="different Wikidata ids: Q9 and Q100"):
        parties.merge(gone=party("x", wikidata_id="Q9"), into=ministry, actor=editor)


def test_nobody_is_merged_into_themselves_or_twice(editor: User, ministry: Claimant) -> None:
    with pytest.raises(IllegalMove, match="into itself"):
        parties.merge(gone=ministry, into=ministry, actor=editor)
    other, third = party("x"), party("y")
    parties.merge(gone=other, into=ministry, actor=editor)
    with pytest.raises(StaleState):
        parties.merge(gone=other, into=third, actor=editor)
    answer = signed_in(editor).get(f"/desk/claims/claimant/{other.pk}/merge/{third.pk}/")
    assert answer.status_code == 302


def test_those_merged_before_come_along_and_are_undone_in_order(
    editor: User, ministry: Claimant
) -> None:
    first, second = party("x"), party("y")
    parties.merge(gone=first, into=second, actor=editor)
    parties.merge(gone=second, into=ministry, actor=editor)
    first.refresh_from_db()
    assert first.merged_into == ministry
    with pytest.raises(IllegalMove, match="Undo the later merge first"):
        parties.unmerge(gone=first, actor=editor)
    second.refresh_from_db()
    parties.unmerge(gone=second, actor=editor)
    first.refresh_from_db()
    assert first.merged_into == second
    parties.unmerge(gone=first, actor=editor)
    first.refresh_from_db()
    with pytest.raises(StaleState):
        parties.unmerge(gone=first, actor=editor)


def test_a_merged_one_is_not_edited(editor: User, ministry: Claimant) -> None:
    other = party("x")
    parties.merge(gone=other, into=ministry, actor=editor)
    answer = signed_in(editor).post(
        f"/desk/claims/claimant/{other.pk}/change/",
        {
            "name": "z", "language": "ar", "kind": "organisation", "wikidata_id": "",
            "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    assert answer.status_code == 422
    assert "merged into another" in answer.content.decode()


def test_the_database_gives_no_words_to_a_merged_one(editor: User, paper: Claimant) -> None:
    other = party("x", kind="outlet")
    parties.merge(gone=other, into=paper, actor=editor)
    with pytest.raises(IntegrityError, match="merged into another"), transaction.atomic():
        Position.objects.filter(claimant=paper).update(claimant=other)
    Claimant.objects.filter(pk=other.pk).update(merged_into=None)
    with pytest.raises(IntegrityError, match="words move before"), transaction.atomic():
        Claimant.objects.filter(pk=paper.pk).update(merged_into=other)


def test_others_that_may_be_the_same_are_offered(editor: User, ministry: Claimant) -> None:
    party("Foreign Ministry", "en", wikidata_id="Q100")
    party("وزارة الخارجية السورية")
    party("بلدية")
    assert {one.name for one in parties.likely(ministry)} == {
        "Foreign Ministry",
        "وزارة الخارجية السورية",
    }


def test_a_merge_stands_in_the_history_of_each_open_claim_and_letters_come_along(
    editor: User, paper: Claimant, claim: Claim
) -> None:
    other = party("جريدة المرفأ", kind="outlet")
    review.accept(claim=claim, actor=editor)
    letter = corresponding.ask(
        claim=claim, actor=editor, kind="reply", whom="المرفأ", claimant=paper
    )
    parties.merge(gone=paper, into=other, actor=editor)
    letter.refresh_from_db()
    assert letter.claimant == other
    assert history(claim)[-1] == "merge_claimants"
    html = signed_in(editor).get(address(claim)).content.decode()
    assert "Merged two claimants" in html
    assert "صحيفة المرفأ · جريدة المرفأ" in html
    paper.refresh_from_db()
    parties.unmerge(gone=paper, actor=editor)
    letter.refresh_from_db()
    assert letter.claimant == paper
    assert history(claim)[-1] == "unmerge_claimants"


def test_of_very_many_open_claims_the_newest_have_the_note_and_the_desk_says_how_many(
    editor: User, paper: Claimant, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parties, "NOTED", 0)
    review.accept(claim=claim, actor=editor)
    parties.merge(gone=paper, into=party("جريدة المرفأ", kind="outlet"), actor=editor)
    assert history(claim)[-1] == "accept"
    assert Transition.objects.get(action="merge_claimants").data["noted"] == 0
