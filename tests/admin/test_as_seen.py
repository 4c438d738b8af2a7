"""Two people at one form of the administration: the second is told, and loses nothing typed."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claimant, Outlet, Policy, Profile, Rating
from tests.admin.hands import signed_in
from tests.cast import person

pytestmark = pytest.mark.django_db


def mark_on(client: Client, address: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', client.get(address).content.decode())
    assert found, "the page carries no mark"
    return found[1]


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
