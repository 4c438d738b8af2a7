"""Signing in through the organisation's provider: who comes in, as what, and every answer refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from claims.models import Identity, Notification, Transition
from claims.pipeline.signing_in import factors
from claims.pipeline.signing_in import provider as provider_module
from tests.admin.factors import SECRET, figures
from tests.standins import provider as standin

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any) -> Iterator[standin.Provider]:
    cache.clear()
    with standin.running() as running:
        settings.OIDC_ISSUER = running.issuer
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = standin.CLIENT, standin.SECRET
        settings.OIDC_LABEL = "The newsroom's account"
        settings.FETCH_ALLOW = frozenset({running.pair})
        running.person = {"email": "layla@news.example", "email_verified": True, "groups": []}
        yield running
    cache.clear()


@pytest.fixture
def layla(editor: User) -> User:
    editor.email = "Layla@news.example"
    editor.save()
    return editor


def fresh() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def arrive(provider: standin.Provider, client: Client | None = None, to: str = "") -> Any:
    client = client or fresh()
    begun = client.get("/desk/login/provider/", {"next": to})
    assert begun.status_code == 302
    back = provider.agrees(begun.headers["Location"])
    answer = client.get(f"/desk/login/provider/back/?{back}")
    answer.desk = client  # type: ignore[attr-defined]
    return answer


def is_in(client: Client) -> bool:
    return bool(client.get("/desk/security/").status_code == 200)


def test_without_a_provider_nothing_of_it_shows(db: None) -> None:
    assert "login/provider" not in fresh().get("/desk/login/").content.decode()
    assert fresh().get("/desk/login/provider/").status_code == 404
    assert fresh().get("/desk/login/provider/back/?code=1").status_code == 302


def test_its_button_stands_beside_the_password(provider: standin.Provider) -> None:
    html = fresh().get("/desk/login/?next=/desk/articles/").content.decode()
    assert "The newsroom&#x27;s account" in html
    assert 'href="/desk/login/provider/?next=%2Fdesk%2Farticles%2F"' in html


def test_a_verified_address_binds_the_account_once(provider: standin.Provider, layla: User) -> None:
    answer = arrive(provider, to="/desk/articles/")
    assert answer.headers["Location"] == "/desk/articles/"
    assert is_in(answer.desk)
    bound = Identity.objects.get()
    assert (bound.user, bound.issuer, bound.subject) == (layla, provider.issuer, "subject-1")
    assert layla.sign_ins.get().how == "provider"
    assert Transition.objects.get(action="bind_identity").data["person"] == layla.pk
    assert Notification.objects.get(person=layla).data == {"what": "bound"}
    provider.person["email"] = "other@news.example"
    assert arrive(provider).status_code == 302
    assert Identity.objects.count() == 1


def test_somebody_elses_subject_gets_no_bound_account(
    provider: standin.Provider, layla: User
) -> None:
    arrive(provider)
    provider.token = {"sub": "subject-2"}
    assert arrive(provider).status_code == 403
    assert Identity.objects.count() == 1


@pytest.mark.parametrize(
    "person",
    [
        {"email_verified": False}, {"email_verified": "true"}, {"email_verified": None},
        {"email": ""}, {"email": "nobody@elsewhere.example"},
    ],
)  # fmt: skip
def test_an_address_that_proves_nothing_opens_nothing(
    provider: standin.Provider, layla: User, person: dict[str, Any]
) -> None:
    provider.person |= person
    answer = arrive(provider)
    assert answer.status_code == 403
    assert not is_in(answer.desk)
    assert not Identity.objects.exists()
    assert User.objects.count() == 1


def test_a_superuser_is_never_taken_over_by_an_address(
    provider: standin.Provider, superuser: User
) -> None:
    User.objects.filter(pk=superuser.pk).update(email="layla@news.example")
    assert arrive(provider).status_code == 403


def test_two_accounts_of_one_address_are_an_administrators_matter(
    provider: standin.Provider, layla: User, reviewer: User
) -> None:
    User.objects.filter(pk=reviewer.pk).update(email="layla@news.example")
    assert arrive(provider).status_code == 403


def test_a_closed_account_stays_closed(provider: standin.Provider, layla: User) -> None:
    arrive(provider)
    User.objects.filter(pk=layla.pk).update(is_active=False)
    answer = arrive(provider)
    assert "closed" in answer.content.decode()


def test_somebody_new_of_the_domain_gets_an_account_without_a_role(
    provider: standin.Provider, settings: Any
) -> None:
    settings.OIDC_DOMAINS = ["news.example"]
    answer = arrive(provider)
    assert "no role yet" in answer.content.decode()
    made = User.objects.get()
    assert (made.username, made.is_staff, made.is_superuser) == ("layla", False, False)
    assert not made.has_usable_password()
    assert not made.groups.exists()


def test_groups_name_roles_and_take_them_away_again(
    provider: standin.Provider, settings: Any
) -> None:
    settings.OIDC_ROLES = {"facts": "Editor", "seniors": "Reviewer"}
    provider.person["groups"] = ["facts", "seniors", "superusers"]
    assert arrive(provider).status_code == 302
    made = User.objects.get()
    assert sorted(made.groups.values_list("name", flat=True)) == ["Editor", "Reviewer"]
    assert not made.is_superuser
    provider.person["groups"] = ["facts"]
    arrive(provider)
    assert list(made.groups.values_list("name", flat=True)) == ["Editor"]
    provider.person["groups"] = []
    assert arrive(provider).status_code == 403
    assert not made.groups.exists()
    moves = Transition.objects.filter(action="change_person").order_by("number")
    assert moves[1].data["changes"] == {"roles": [["Editor", "Reviewer"], ["Editor"]]}


def test_what_the_token_leaves_out_is_asked_for(provider: standin.Provider, layla: User) -> None:
    provider.token = {"email": None, "email_verified": None, "groups": None}
    assert arrive(provider).status_code == 302
    assert "/userinfo" in provider.asked


def test_and_believed_of_the_same_person_alone(provider: standin.Provider, layla: User) -> None:
    provider.token = {"email": None}
    provider.userinfo = {"sub": "another", "email": "layla@news.example", "email_verified": True}
    assert "different people" in arrive(provider).content.decode()


# --- The second factor


def test_a_second_factor_is_asked_for_here_too(provider: standin.Provider, layla: User) -> None:
    factors.confirm(user=layla, secret=SECRET, code=_now())
    provider.person["amr"] = ["pwd", "otp"]
    assert arrive(provider).headers["Location"] == "/desk/login/code/"


def test_unless_the_operator_leaves_it_to_the_provider(
    provider: standin.Provider, layla: User, settings: Any
) -> None:
    settings.OIDC_SECOND_FACTOR = True
    factors.confirm(user=layla, secret=SECRET, code=_now())
    provider.person["amr"] = ["pwd"]
    assert arrive(provider).headers["Location"] == "/desk/login/code/"
    provider.person["amr"] = ["pwd", "otp"]
    assert arrive(provider, to="/desk/").headers["Location"] == "/desk/"


def _now() -> str:
    from datetime import UTC, datetime

    return figures(datetime.now(UTC))


# --- Answers that are refused


@pytest.mark.parametrize(
    ("token", "why"),
    [
        ({"nonce": "another"}, "another question"),
        ({"nonce": None}, "nonce"),
        ({"aud": "somebody-else"}, "Audience"),
        ({"aud": ["desk", "other"], "azp": "other"}, "another service"),
        ({"iss": "https://evil.example"}, "issuer"),
        ({"exp": 1_000_000_000, "iat": 999_999_000}, "expired"),
        ({"exp": None}, "exp"),
        ({"iat": 4_000_000_000}, "not yet valid"),
        ({"nbf": 4_000_000_000}, "not yet valid"),
        ({"sub": " "}, "who you are"),
        ({"sub": 7}, "sub"),
        ({"sub": "s" * 256}, "cannot be kept as it is"),
        ({"sub": "subject-1\0"}, "cannot be kept as it is"),
        ({"sub": "موضوع"}, "cannot be kept as it is"),
    ],
)
def test_a_token_that_does_not_fit_signs_nobody_in(
    provider: standin.Provider, layla: User, token: dict[str, Any], why: str
) -> None:
    provider.token = token
    answer = arrive(provider)
    assert answer.status_code == 403
    assert why.lower() in answer.content.decode().lower()
    assert not is_in(answer.desk)
    assert not Identity.objects.exists()


def test_two_long_subjects_that_differ_at_their_end_are_two_people(
    provider: standin.Provider, layla: User, reviewer: User
) -> None:
    provider.token = {"sub": "s" * 254 + "1"}
    assert arrive(provider).status_code == 302
    provider.token = {"sub": "s" * 254 + "2"}
    assert arrive(provider).status_code == 403
    User.objects.filter(pk=reviewer.pk).update(email="samer@news.example")
    provider.person["email"] = "samer@news.example"
    assert arrive(provider).status_code == 302
    assert set(Identity.objects.values_list("user", flat=True)) == {layla.pk, reviewer.pk}


def test_an_address_with_a_nul_finds_nobody(provider: standin.Provider, layla: User) -> None:
    provider.person["email"] = "layla\0@news.example"
    assert arrive(provider).status_code == 403


def test_whoever_signs_in_twice_at_once_is_bound_once_and_told(
    provider: standin.Provider, layla: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other request has bound the account between the look and the write."""
    real = provider_module._by_address

    def meanwhile(found: dict[str, Any]) -> User | None:
        user = real(found)
        Identity.objects.create(user=layla, issuer=provider.issuer, subject="subject-1")
        return user

    monkeypatch.setattr(provider_module, "_by_address", meanwhile)
    answer = arrive(provider)
    assert answer.status_code == 403
    assert "Try again" in answer.content.decode()


def test_a_foreign_signature_signs_nobody_in(provider: standin.Provider, layla: User) -> None:
    provider.key = standin.new_key()
    answer = arrive(provider)
    assert answer.status_code == 403
    assert "Signature verification failed" in answer.content.decode()


def test_a_token_signed_with_what_everybody_knows_signs_nobody_in(
    provider: standin.Provider, layla: User
) -> None:
    provider.key, provider.algorithm = standin.SECRET * 3, "HS256"
    assert arrive(provider).status_code == 403
    provider.key, provider.algorithm = None, "none"
    assert arrive(provider).status_code == 403


def test_an_unknown_key_is_looked_for_once_more_and_then_refused(
    provider: standin.Provider, layla: User
) -> None:
    provider.header = {"kid": "two"}
    assert arrive(provider).status_code == 403
    assert provider.asked.count("/keys") == 2


def test_a_state_that_is_not_ours_is_refused(provider: standin.Provider, layla: User) -> None:
    client = fresh()
    back = provider.agrees(client.get("/desk/login/provider/").headers["Location"])
    code = back.partition("&")[0]
    for state in ("", "&state=", "&state=x", "&state=%D8%A7"):
        answer = client.get(f"/desk/login/provider/back/?{code}{state}")
        assert answer.status_code in (302, 403)
        assert not is_in(client)
    assert "/token" not in provider.asked


def test_a_code_works_in_the_browser_that_asked_and_once(
    provider: standin.Provider, layla: User
) -> None:
    client, other = fresh(), fresh()
    back = provider.agrees(client.get("/desk/login/provider/").headers["Location"])
    other.get(f"/desk/login/provider/back/?{back}")
    assert not is_in(other)
    assert client.get(f"/desk/login/provider/back/?{back}").status_code == 302
    assert is_in(client)
    client.post("/desk/logout/")
    client.get(f"/desk/login/provider/back/?{back}")
    assert not is_in(client)


def test_a_wrong_secret_or_a_provider_that_is_away_is_said_in_words(
    provider: standin.Provider, layla: User, settings: Any
) -> None:
    settings.OIDC_CLIENT_SECRET = "wrong"
    assert arrive(provider).status_code == 403
    cache.clear()
    settings.FETCH_ALLOW = frozenset()
    answer = fresh().get("/desk/login/provider/")
    assert answer.status_code == 403
    assert "Not signed in" in answer.content.decode()


def test_a_provider_that_calls_itself_otherwise_is_refused(
    provider: standin.Provider, layla: User
) -> None:
    provider.issuer, kept = "https://evil.example", provider.issuer
    answer = fresh().get("/desk/login/provider/")
    assert answer.status_code == 403
    provider.issuer = kept


def test_a_foreign_next_is_not_followed(provider: standin.Provider, layla: User) -> None:
    answer = arrive(provider, to="https://evil.example/")
    assert answer.headers["Location"] == "/desk/"
