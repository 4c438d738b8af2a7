"""Two people at one form of the administration: the second is told, and loses nothing typed."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from claims.models import Claimant, Outlet, Policy, Profile, Rating, Rule, Transition
from claims.pipeline import outlets, sorting
from tests.admin.hands import signed_in
from tests.cast import person

pytestmark = pytest.mark.django_db


def mark_on(client: Client, address: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', client.get(address).content.decode())
    assert found, "the page carries no mark"
    return found[1]


def mark_in(client: Client, address: str, form: str) -> str:
    """Of the one form, where a page has several; `form` is what its tag alone has."""
    html = client.get(address).content.decode()
    found = re.search(
        rf'<form [^>]*{re.escape(form)}.*?name="seen" value="([0-9a-f]{{64}})"', html, re.DOTALL
    )
    assert found, "the form carries no mark"
    return found[1]


def text_of(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def values(**changed: Any) -> dict[str, Any]:
    return {
        "quorum": 1,
        "evidence_minimum": 2,
        "answer_days": 14,
        "third_party_budget": 2000,
    } | changed


def test_the_second_of_two_who_change_the_policy_is_told_and_may_save_over() -> None:
    client = signed_in(person("amal", "Administrator"))
    address = reverse("admin:claims_policy_change", args=[Policy.current().pk])
    seen = mark_on(client, address)
    client.post(address, values(quorum=2, seen=seen))
    assert Policy.current().quorum == 2

    late = client.post(address, values(quorum=3, seen=seen))
    page = late.content.decode()
    assert Policy.current().quorum == 2
    assert 'class="versus-words"' in page
    assert 'name="quorum" value="3"' in page

    again = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert again
    client.post(address, values(quorum=3, seen=again[1]))
    assert Policy.current().quorum == 3


def test_the_second_of_two_who_change_a_rating_is_told() -> None:
    rating = Rating.objects.get(slug="false")
    client = signed_in(person("amal", "Administrator"))
    address = reverse("admin:claims_rating_change", args=[rating.pk])
    seen = mark_on(client, address)
    Rating.objects.filter(pk=rating.pk).update(label_en="Incorrect")
    kept = {
        name: getattr(rating, name)
        for name in (
            "slug", "order", "mark", "value", "best", "worst", "label_ar", "label_tr",
            "description_ar", "description_tr", "description_en",
        )
    }  # fmt: skip
    mine = {**kept, "label_en": "Wrong", "is_truth": "on", "active": "on"}
    page = client.post(address, {**mine, "seen": seen}).content.decode()
    assert 'class="versus-words"' in page
    assert 'name="label_en" value="Wrong"' in page
    assert "Incorrect" in page
    rating.refresh_from_db()
    assert rating.label_en == "Incorrect"


def test_the_second_of_two_who_change_an_outlet_is_told() -> None:
    outlet = Outlet.objects.create(name="Quay Post", language="en")
    client = signed_in(person("edwan", "Editor"))
    address = reverse("admin:claims_outlet_change", args=[outlet.pk])
    seen = mark_on(client, address)
    Outlet.objects.filter(pk=outlet.pk).update(ownership="the port")
    late = client.post(
        address, {"name": "Quay Mail", "language": "en", "ownership": "a family", "seen": seen}
    )
    assert late.status_code == 409
    page = late.content.decode()
    assert "a family" in page
    assert "the port" in page
    outlet.refresh_from_db()
    assert (outlet.name, outlet.ownership) == ("Quay Post", "the port")


def test_the_second_of_two_who_decide_on_an_outlets_trust_is_told_and_may_save_over() -> None:
    outlet = Outlet.objects.create(name="Quay Post", language="en")
    first, second = person("samer", "Reviewer"), person("rana", "Reviewer")
    client = signed_in(second)
    at = reverse("admin:claims_outlet_change", args=[outlet.pk])
    address = reverse("admin:outlet-trust", args=[outlet.pk])
    seen = mark_in(client, at, f'action="{address}"')
    outlets.decide_trust(outlet=outlet, actor=first, trusted=True, why="corrects its errors")

    mine = {"trusted": "no", "why": "prints what its owner says"}
    late = client.post(address, {**mine, "seen": seen})
    assert late.status_code == 409
    shown = BeautifulSoup(late.content, "html.parser").select_one("#trust")
    assert shown is not None
    versus = shown.select_one(".versus-words")
    assert versus is not None
    assert "Trusted Not trusted" in text_of(versus)
    whole = versus.select_one('[data-merge="why"]')
    assert whole is not None
    assert (whole["data-theirs"], whole["data-mine"]) == ("corrects its errors", mine["why"])
    typed = shown.select_one('textarea[name="why"]')
    assert typed is not None
    assert typed.get_text().strip() == mine["why"]
    chosen = shown.select_one('select[name="trusted"] option[selected]')
    assert chosen is not None
    assert chosen["value"] == "no"
    outlet.refresh_from_db()
    assert (outlet.trusted, outlet.trusted_by) == (True, first)

    again = shown.select_one('input[name="seen"]')
    assert again is not None
    assert client.post(address, {**mine, "seen": again["value"]}).status_code == 302
    outlet.refresh_from_db()
    assert (outlet.trusted, outlet.trusted_by) == (False, second)
    assert Transition.objects.filter(action="trust_outlet").count() == 2


def test_the_same_decision_for_another_reason_is_seen_too() -> None:
    outlet = Outlet.objects.create(name="Quay Post", language="en")
    first, second = person("samer", "Reviewer"), person("rana", "Reviewer")
    outlets.decide_trust(outlet=outlet, actor=first, trusted=True, why="the first reason")
    client = signed_in(second)
    at = reverse("admin:claims_outlet_change", args=[outlet.pk])
    address = reverse("admin:outlet-trust", args=[outlet.pk])
    seen = mark_in(client, at, f'action="{address}"')
    outlets.decide_trust(outlet=outlet, actor=first, trusted=True, why="the second reason")
    late = client.post(address, {"trusted": "yes", "why": "mine", "seen": seen})
    assert late.status_code == 409
    outlet.refresh_from_db()
    assert outlet.trusted_why == "the second reason"


def test_the_second_of_two_who_change_a_rule_is_told_and_may_save_over() -> None:
    quay, mill = (Outlet.objects.create(name=name, language="en") for name in ("Quay", "Mill"))
    first, second = person("samer", "Reviewer"), person("rana", "Reviewer")
    made = sorting.save_rule(
        rule=Rule(name="Sofia", words="Sofia", outlet=quay, priority=3), notify=[first], actor=first
    )
    address = reverse("admin:rule", args=[made.pk])
    client = signed_in(second)
    seen = mark_on(client, address)
    mine = {
        "name": "Sofia", "words": "Sofia, Varna", "outlet": "Quay", "priority": "3",
        "notify": [first.pk, second.pk], "topic": "Talks", "do": "keep",
    }  # fmt: skip
    made.words, made.outlet = "Sofia, Burgas", mill
    sorting.save_rule(rule=made, notify=[], actor=first)

    late = client.post(address, {**mine, "seen": seen})
    assert late.status_code == 409
    page = BeautifulSoup(late.content, "html.parser")
    versus = page.select_one(".versus-words")
    assert versus is not None
    for told in ("Burgas", "Varna", "Quay", "Mill", "Talks"):
        assert told in text_of(versus)
    kept = {
        name: [one["value"] for one in page.select(f'input[name="{name}"]')]
        for name in ("words", "outlet", "topic", "seen")
    }
    assert kept["words"] == ["Sofia, Varna"]
    assert (kept["outlet"], kept["topic"]) == (["Quay"], ["Talks"])
    ticked = {one["value"] for one in page.select('input[name="notify"][checked]')}
    assert ticked == {str(first.pk), str(second.pk)}
    made.refresh_from_db()
    assert (made.words, made.outlet, made.topic) == ("Sofia, Burgas", mill, "")

    tried = client.post(address, {**mine, "seen": seen, "do": "try"})
    assert tried.status_code == 200
    assert "this rule would have met" in tried.content.decode()
    made.refresh_from_db()
    assert made.words == "Sofia, Burgas"

    assert client.post(address, {**mine, "seen": kept["seen"][0]}).status_code == 302
    made.refresh_from_db()
    assert (made.words, made.outlet, made.topic) == ("Sofia, Varna", quay, "Talks")


def test_a_rule_that_nobody_else_touched_is_saved_with_its_mark() -> None:
    quay = Outlet.objects.create(name="Quay", language="en")
    reviewer = person("samer", "Reviewer")
    made = sorting.save_rule(
        rule=Rule(name="Sofia", words="Sofia", outlet=quay, priority=3), notify=(), actor=reviewer
    )
    client = signed_in(reviewer)
    address = reverse("admin:rule", args=[made.pk])
    mine = {"name": "Sofia", "words": "Varna", "outlet": "Quay", "priority": "3", "do": "keep"}
    assert client.post(address, {**mine, "seen": mark_on(client, address)}).status_code == 302
    made.refresh_from_db()
    assert made.words == "Varna"


def test_a_name_added_meanwhile_is_not_taken_away_unseen() -> None:
    claimant = Claimant.objects.create(name="Selma Kaya", language="en", kind="person")
    client = signed_in(person("edwan", "Editor"))
    address = reverse("admin:claims_claimant_change", args=[claimant.pk])
    seen = mark_on(client, address)
    claimant.names.create(language="tr", name="Selma Kaya Hanım")
    late = client.post(
        address,
        {
            "name": "Selma K.", "language": "en", "kind": "person", "seen": seen,
            "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0",
        },
    )  # fmt: skip
    assert late.status_code == 409
    assert "Selma K." in late.content.decode()
    assert claimant.names.count() == 1


def test_the_form_of_a_person_carries_the_mark_too() -> None:
    client = signed_in(person("amal", "Administrator"))
    someone = person("samir", "Editor")
    Profile.objects.get_or_create(user=someone)
    address = reverse("admin:auth_user_change", args=[someone.pk])
    assert len(mark_on(client, address)) == 64
