"""People, scale, policy, names and records: who changes them, and what the change leaves behind."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from claims.admin.registry.base import MOST_ROWS
from claims.admin.site import desk
from claims.languages import fold
from claims.models import (
    ApiToken,
    Claimant,
    ClusterMember,
    FurtherAppearance,
    ImportedCheck,
    Match,
    Outlet,
    Policy,
    Profile,
    Publication,
    Rating,
    Transition,
)
from claims.pipeline import desk as changes
from claims.pipeline import review
from claims.workflow import broken_link
from tests.admin.hands import captured, signed_in
from tests.cast import make_article, make_claim, person, published_claim

pytestmark = pytest.mark.django_db

REGISTERED = [
    Outlet,
    Rating,
    Policy,
    User,
    ApiToken,
    ImportedCheck,
    Transition,
    Publication,
    Match,
    ClusterMember,
    FurtherAppearance,
]


def last_change() -> tuple[str, str, Any]:
    row = Transition.objects.filter(subject="desk").order_by("-number").first()
    assert row is not None
    assert broken_link(Transition.Subject.DESK, 0) is None
    return row.action, row.actor.get_username() if row.actor else "", row.data


def test_exactly_these_rows_are_looked_after_in_lists() -> None:
    assert {model for model, _admin in desk._registry.items()} == set(REGISTERED)


@pytest.mark.parametrize("model", REGISTERED)
def test_nobody_deletes_a_row_or_changes_many_at_once(
    model: type[Model], superuser: User, rf: Any
) -> None:
    request = rf.get("/")
    request.user = superuser
    admin = desk._registry[model]
    assert not admin.has_delete_permission(request)
    assert admin.list_editable == ()
    assert admin.get_actions(request) == {}
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_delete"
    response = signed_in(superuser).post(reverse(name, args=[1]), {"post": "yes"})
    assert response.status_code in (302, 403)


@pytest.mark.parametrize(
    "model",
    [
        Transition,
        Publication,
        ImportedCheck,
        Match,
        ClusterMember,
        FurtherAppearance,
    ],
)
def test_records_are_only_looked_at(model: type[Model], superuser: User, rf: Any) -> None:
    request = rf.get("/")
    request.user = superuser
    admin = desk._registry[model]
    assert not admin.has_add_permission(request)
    assert not admin.has_change_permission(request)


# --- policy and scale ----------------------------------------------------------------------------


def test_changing_the_policy_leaves_who_changed_what_from_what(administrator: User) -> None:
    response = signed_in(administrator).post(
        "/desk/claims/policy/1/change/",
        {"quorum": 2, "evidence_minimum": 2, "answer_days": 14, "third_party_budget": 50},
    )
    assert response.status_code == 302
    assert Policy.current().quorum == 2
    assert last_change() == (
        "change_policy",
        "admin",
        {"changes": {"quorum": [1, 2], "third_party_budget": [2000, 50]}},
    )


def test_a_policy_out_of_bounds_is_refused_beside_its_field(administrator: User) -> None:
    response = signed_in(administrator).post(
        "/desk/claims/policy/1/change/",
        {"quorum": 4, "evidence_minimum": 2, "answer_days": 14, "third_party_budget": 50},
    )
    assert response.status_code == 200
    assert "The quorum is 1, 2 or 3 reviewers." in response.content.decode()
    assert Policy.current().quorum == 1
    with pytest.raises(ValidationError):
        changes.change_policy(actor=administrator, quorum=9)
    assert not Transition.objects.filter(subject="desk").exists()


def test_nobody_else_changes_policy_people_or_scale(editor: User, publisher: User) -> None:
    rating = Rating.objects.get(slug="false")
    for actor in (editor, publisher):
        with pytest.raises(PermissionDenied):
            changes.change_policy(actor=actor, quorum=1)
        with pytest.raises(PermissionDenied):
            changes.save_person(person=editor, roles=[], actor=actor)
        with pytest.raises(PermissionDenied):
            changes.save_rating(rating=rating, actor=actor)
        with pytest.raises(PermissionDenied):
            changes.note_password(person=editor, actor=actor)


def test_a_new_word_for_a_rating_leaves_the_old_one_in_the_history(administrator: User) -> None:
    rating = Rating.objects.get(slug="false")
    fields = {
        name: getattr(rating, name)
        for name in (
            "slug", "order", "mark", "value", "best", "worst", "label_ar", "label_tr",
            "description_ar", "description_tr", "description_en",
        )
    }  # fmt: skip
    response = signed_in(administrator).post(
        f"/desk/claims/rating/{rating.pk}/change/",
        {**fields, "label_en": "Wrong", "is_truth": "on", "active": "on"},
    )
    assert response.status_code == 302
    assert last_change() == (
        "change_rating",
        "admin",
        {"rating": "false", "changes": {"label_en": ["False", "Wrong"]}},
    )


# --- people --------------------------------------------------------------------------------------


def form_of(user: User, *roles: str, **fields: Any) -> dict[str, Any]:
    """What the form of a person sends."""
    return {
        "username": user.username, "first_name": user.first_name, "last_name": user.last_name,
        "email": user.email, "is_active": "on",
        "groups": [Group.objects.get(name=role).pk for role in roles],
        "profile-TOTAL_FORMS": 1, "profile-INITIAL_FORMS": 0,
        "profile-0-language": "ar", "profile-0-byline": "", "profile-0-user": user.pk,
        **fields,
    }  # fmt: skip


def test_a_new_role_is_given_and_written_down(administrator: User, editor: User) -> None:
    response = signed_in(administrator).post(
        f"/desk/auth/user/{editor.pk}/change/", form_of(editor, "Editor", "Publisher")
    )
    assert response.status_code == 302
    assert {group.name for group in editor.groups.all()} == {"Editor", "Publisher"}
    action, who, data = last_change()
    assert (action, who) == ("change_person", "admin")
    assert data == {
        "person": editor.pk,
        "changes": {"roles": [["Editor"], ["Editor", "Publisher"]]},
    }


def test_whoever_loses_the_last_role_loses_the_desk(administrator: User, editor: User) -> None:
    client = signed_in(editor)
    assert client.get("/desk/").status_code == 200
    signed_in(administrator).post(f"/desk/auth/user/{editor.pk}/change/", form_of(editor))
    editor.refresh_from_db()
    assert not editor.is_staff
    assert client.get("/desk/").status_code == 302


def test_nobody_is_made_a_superuser_through_the_form(administrator: User, editor: User) -> None:
    signed_in(administrator).post(
        f"/desk/auth/user/{editor.pk}/change/",
        form_of(editor, "Editor", is_superuser="on", is_staff="on", user_permissions=[1, 2]),
    )
    editor.refresh_from_db()
    assert not editor.is_superuser
    assert not editor.user_permissions.exists()


def test_an_administrator_does_not_touch_a_superuser(administrator: User, superuser: User) -> None:
    client = signed_in(administrator)
    url = f"/desk/auth/user/{superuser.pk}/"
    assert client.post(url + "change/", form_of(superuser)).status_code == 403
    passwords = {"password1": "a new long password", "password2": "a new long password"}
    assert client.post(url + "password/", passwords).status_code == 403
    with pytest.raises(PermissionDenied):
        changes.save_person(person=superuser, roles=[], actor=administrator)


def test_a_person_is_added_with_a_role_and_may_come_in(administrator: User) -> None:
    client = signed_in(administrator)
    response = client.post(
        "/desk/auth/user/add/",
        {
            "username": "yusuf", "password1": "a very long password", "first_name": "",
            "password2": "a very long password", "last_name": "", "usable_password": "true",
            "groups": [Group.objects.get(name="Reviewer").pk],
        },
    )  # fmt: skip
    assert response.status_code == 302, response.content.decode()
    action, who, data = last_change()
    assert (action, who) == ("add_person", "admin")
    assert data["changes"]["roles"] == [None, ["Reviewer"]]
    new = User.objects.get(username="yusuf")
    assert new.check_password("a very long password")
    assert signed_in(new).get("/desk/").status_code == 200


def test_a_new_password_is_written_down_without_it(administrator: User, editor: User) -> None:
    page = f"/desk/auth/user/{editor.pk}/password/"
    response = signed_in(administrator).post(
        page,
        {"password1": "one more long password", "password2": "one more long password",
         "usable_password": "true"},
    )  # fmt: skip
    assert response.status_code == 302
    editor.refresh_from_db()
    assert editor.check_password("one more long password")
    assert last_change() == ("change_password", "admin", {"person": editor.pk})


def test_nobody_locks_themselves_out(administrator: User) -> None:
    fields = form_of(administrator, "Administrator")
    del fields["is_active"]
    response = signed_in(administrator).post(
        f"/desk/auth/user/{administrator.pk}/change/", fields, follow=True
    )
    assert "You cannot lock yourself out." in response.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_byline_is_kept_in_the_persons_profile(administrator: User, editor: User) -> None:
    fields = form_of(editor, "Editor", **{"profile-0-byline": "L. H."})
    signed_in(administrator).post(f"/desk/auth/user/{editor.pk}/change/", fields)
    assert Profile.objects.get(user=editor).byline == "L. H."


# --- tokens --------------------------------------------------------------------------------------


def test_a_token_is_revoked_once_and_its_secret_is_nowhere(
    administrator: User, editor: User
) -> None:
    token = ApiToken.objects.create(
        name="crawler", sha256=ApiToken.digest("ts_secret"), scope="intake", owner=editor
    )
    client = signed_in(administrator)
    page = f"/desk/claims/apitoken/{token.pk}/change/"
    html = client.get(page).content.decode()
    assert "Revoke this token" in html
    assert token.sha256 not in html
    client.post(f"/desk/claims/apitoken/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert last_change() == ("revoke_token", "admin", {"token": token.pk, "name": "crawler"})
    again = client.post(f"/desk/claims/apitoken/{token.pk}/revoke/", follow=True)
    assert "revoked already" in again.content.decode()
    assert Transition.objects.filter(action="revoke_token").count() == 1


def test_an_editor_revokes_nothing(editor: User) -> None:
    token = ApiToken.objects.create(
        name="crawler", sha256=ApiToken.digest("x"), scope="intake", owner=editor
    )
    signed_in(editor).post(f"/desk/claims/apitoken/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is None


# --- names and records ---------------------------------------------------------------------------


def test_a_claimants_new_name_is_folded_and_never_anothers(editor: User) -> None:
    one = Claimant.objects.create(
        kind="organisation", name="الوزارة", folded=fold("الوزارة", "ar"), language="ar"
    )
    two = Claimant.objects.create(
        kind="person", name="زيد", folded=fold("زيد", "ar"), language="ar"
    )
    fields = {
        "kind": "person", "language": "ar", "wikidata_id": "",
        "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0,
    }  # fmt: skip
    client = signed_in(editor)
    url = f"/desk/claims/claimant/{two.pk}/change/"
    client.post(url, {**fields, "name": "أحمد"})
    two.refresh_from_db()
    assert (two.name, two.folded) == ("أحمد", fold("أحمد", "ar"))
    response = client.post(url, {**fields, "name": "وزارة"})
    assert "Another claimant has this name." in response.content.decode()
    two.refresh_from_db()
    assert two.name == "أحمد"
    assert one.folded == fold("وزارة", "ar")


def test_the_history_tells_every_move_in_words(
    editor: User, reviewer: User, publisher: User
) -> None:
    published_claim(editor, reviewer, publisher)
    html = signed_in(editor).get("/desk/claims/transition/").content.decode()
    for words in ("Accepted", "Started research", "Added evidence", "Sent to review", "Published"):
        assert words in html
    html = signed_in(editor).get("/desk/claims/publication/").content.decode()
    assert "/v/1/1" in html
    assert "r-false" in html


@pytest.mark.parametrize(
    "path", ["/desk/claims/transition/", "/desk/claims/claimant/", "/desk/auth/user/"]
)
def test_a_registered_list_takes_as_many_queries_for_eleven_rows_as_for_one(
    administrator: User, editor: User, path: str
) -> None:
    client = signed_in(administrator)
    article = make_article()
    review.accept(claim=make_claim(article, claimant="first"), actor=editor)
    client.get(path)  # content types and the like are looked up once
    few = len(captured(client, path))
    for number in range(10):
        actor = person(f"editor{number}", "Editor")
        review.accept(claim=make_claim(article, claimant=f"claimant {number}"), actor=actor)
    assert len(captured(client, path)) == few


def test_a_registered_list_counts_no_further_than_can_be_paged(administrator: User) -> None:
    queries = captured(signed_in(administrator), "/desk/claims/match/")
    counts = [q["sql"] for q in queries if "COUNT(" in q["sql"] and "claims_match" in q["sql"]]
    assert counts
    assert all(f"LIMIT {MOST_ROWS}" in sql for sql in counts), connection.vendor


def test_a_change_is_not_called_an_addition_in_arabic(administrator: User) -> None:
    client = Client()
    client.force_login(administrator)
    page = client.post(
        "/desk/claims/policy/1/change/",
        {"quorum": 2, "evidence_minimum": 2, "answer_days": 14, "third_party_budget": 50},
        follow=True,
    ).content.decode()
    assert "حُفظ التعديل: " in page
