"""An outlet's page: found in the list, led to from where it is named, edited and decided on."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Claimant, Outlet, Transition
from claims.pipeline import outlets, review
from tests.admin.hands import address, captured, signed_in
from tests.cast import make_article, make_claim, published_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def marfa(db: None) -> Outlet:
    return Outlet.objects.create(
        name="المرفأ", homepage="https://marfa.example/", country="SY", ownership="a family"
    )


def page_of(outlet: Outlet) -> str:
    return f"/desk/claims/outlet/{outlet.pk}/change/"


def fields(**changed: Any) -> dict[str, Any]:
    return {
        "name": "المرفأ", "homepage": "https://marfa.example/", "language": "ar", "country": "SY",
        "ownership": "a family", **changed,
    }  # fmt: skip


def test_it_tells_who_the_outlet_is_and_how_its_claims_fared(
    marfa: Outlet, editor: User, reviewer: User, publisher: User
) -> None:
    client = signed_in(editor)
    html = client.get(page_of(marfa)).content.decode()
    assert "a family" in html
    assert "No published verdict is about a claim of this outlet" in html
    assert "No article of this outlet has come in." in html
    assert "trust not decided" in html
    published_claim(editor, reviewer, publisher)
    html = client.get(page_of(marfa)).content.decode()
    assert "1 published verdict is about a claim that its articles assert" in html
    assert "1 of 1" in html
    assert "r-false" in html


def test_the_article_the_claim_and_the_evidence_lead_there(marfa: Outlet, editor: User) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    review.add_evidence(
        claim=claim, actor=editor, url="https://www.marfa.example/1", title="t", quote="q",
        relation="context", independence_group="g",
    )  # fmt: skip
    client = signed_in(editor)
    link = f'href="{page_of(marfa)}"'
    assert client.get(address(claim)).content.decode().count(link) == 2
    assert link in client.get(f"/desk/articles/{claim.article_id}/").content.decode()
    assert link.removesuffix('"') in client.get("/desk/claims/outlet/").content.decode()


def test_the_list_is_searched_and_filtered(marfa: Outlet, editor: User, reviewer: User) -> None:
    Outlet.objects.create(name="Kıyı", language="tr", country="TR", ownership="a foundation")
    outlets.decide_trust(outlet=marfa, actor=reviewer, trusted=True, why="audited")
    client = signed_in(editor)

    def listed(query: str) -> set[str]:
        html = client.get(f"/desk/claims/outlet/?{query}").content.decode()
        return {name for name in ("المرفأ", "Kıyı") if f">{name}</a>" in html}

    assert listed("") == {"المرفأ", "Kıyı"}
    assert listed("q=foundation") == {"Kıyı"}
    assert listed("country=SY") == {"المرفأ"}
    assert listed("trusted__exact=1") == {"المرفأ"}
    assert listed("trusted__isnull=True") == {"Kıyı"}


def test_an_editor_changes_who_it_is_and_the_history_has_it(marfa: Outlet, editor: User) -> None:
    response = signed_in(editor).post(page_of(marfa), fields(country="tr"))
    assert response.status_code == 302
    marfa.refresh_from_db()
    assert marfa.country == "TR"
    row = Transition.objects.get(action="change_outlet")
    assert (row.actor, row.data["changes"]) == (editor, {"country": ["SY", "TR"]})
    html = signed_in(editor).get("/desk/claims/transition/").content.decode()
    assert "Changed an outlet" in html


def test_what_cannot_be_is_refused_beside_its_field_with_what_was_typed(
    marfa: Outlet, editor: User
) -> None:
    Outlet.objects.create(name="الضفة")
    client = signed_in(editor)
    for changed, words in [
        ({"country": "S1"}, "A country is two capital letters, such as SY."),
        ({"name": "الضفة"}, "already exists"),
        ({"homepage": "not an address"}, "Enter a valid URL"),
    ]:
        response = client.post(page_of(marfa), fields(ownership="typed just now", **changed))
        html = response.content.decode()
        assert response.status_code == 422
        assert words in html
        assert "typed just now" in html
    assert not Transition.objects.exists()


def test_trust_is_decided_on_the_page_and_its_reason_stands_there(
    marfa: Outlet, editor: User, reviewer: User
) -> None:
    url = f"/desk/claims/outlet/{marfa.pk}/trust/"
    client = signed_in(reviewer)
    assert client.get(url).status_code == 302
    response = client.post(url, {"trusted": "no", "why": " "})
    assert response.status_code == 422
    client.post(url, {"trusted": "no", "why": "prints no corrections"})
    html = signed_in(editor).get(page_of(marfa)).content.decode()
    assert "not trusted as evidence" in html
    assert "prints no corrections" in html
    assert 'name="trusted"' not in html
    response = signed_in(editor).post(url, {"trusted": "yes", "why": "x"})
    assert response.status_code == 403
    marfa.refresh_from_db()
    assert marfa.trusted is False


def test_a_new_outlet_leaves_a_move(administrator: User) -> None:
    response = signed_in(administrator).post("/desk/claims/outlet/add/", fields(name="الضفة"))
    assert response.status_code == 302
    assert Transition.objects.get().action == "add_outlet"


def test_a_claimants_edit_leaves_a_move_and_is_refused_in_words(editor: User) -> None:
    one = make_claim().positions.get().claimant
    assert isinstance(one, Claimant)
    url = f"/desk/claims/claimant/{one.pk}/change/"
    typed = {
        "kind": "outlet", "language": "ar", "wikidata_id": "Q41", "name": one.name,
        "names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 0, "names-0-claimant": one.pk,
        "names-0-language": "en", "names-0-name": "The Harbour",
    }  # fmt: skip
    assert signed_in(editor).post(url, typed).status_code == 302
    assert list(one.names.values_list("name", flat=True)) == ["The Harbour"]
    row = Transition.objects.get(action="change_claimant")
    assert row.data["changes"] == {
        "wikidata_id": ["", "Q41"],
        "names": [[], [["en", "The Harbour"]]],
    }
    typed |= {"names-0-name": ""}
    assert signed_in(editor).post(url, typed).status_code == 302
    assert not one.names.exists()


def test_it_takes_as_many_queries_for_eleven_verdicts_as_for_one(
    marfa: Outlet, editor: User, reviewer: User, publisher: User
) -> None:
    client = signed_in(editor)

    def another(number: int) -> None:
        article = make_article(f"خبر {number}: نفوا الخبر", url=f"https://x.example/{number}")
        published_claim(editor, reviewer, publisher, make_claim(article, text="نفوا الخبر"))

    another(0)
    client.get(page_of(marfa))
    few = len(captured(client, page_of(marfa)))
    for number in range(1, 4):
        another(number)
    assert len(captured(client, page_of(marfa))) == few
