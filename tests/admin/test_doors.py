"""Who comes into the desk, and what every page of it carries."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import Profile
from tests.admin.hands import signed_in
from tests.cast import PASSWORD, make_article, researched_claim

pytestmark = pytest.mark.django_db

OWN_PAGES = ["index", "queue", "articles", "article-new", "administration", "review", "publishing"]
RULES = ["claims_rating_add", "claims_policy_change", "auth_user_changelist"]


def page(name: str) -> str:
    return reverse(f"admin:{name}", args=[1] if name.endswith("_change") else [])


@pytest.mark.parametrize("name", OWN_PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("editor", 200),
        ("reviewer", 200),
        ("publisher", 200),
        ("administrator", 200),
        ("superuser", 200),
        ("outsider", 302),
        (None, 302),
    ],
)
def test_the_desks_pages_open_for_the_desk_alone(
    name: str, who: str | None, status: int, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who)) if who else Client()
    response = client.get(page(name))
    assert response.status_code == status
    if status == 302:
        assert response.headers["Location"].startswith("/desk/login/?next=")


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("administrator", 200), ("superuser", 200), ("editor", 403), ("publisher", 403)],
)
def test_people_and_rules_are_for_administrators(
    name: str, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    response = signed_in(request.getfixturevalue(who)).get(page(name))
    assert response.status_code == status


def test_somebody_who_is_signed_in_but_not_on_the_desk_is_told_so(outsider: User) -> None:
    response = signed_in(outsider).get("/desk/", follow=True)
    assert "guest, who does not work on this desk" in response.content.decode()


def test_a_wrong_password_is_answered_in_plain_words(editor: User) -> None:
    typed = {"username": editor.username, "password": "not hers"}
    html = Client(headers={"accept-language": "en"}).post("/desk/login/", typed).content.decode()
    assert "اسم المستخدم أو كلمة المرور غير صحيحة" in html
    assert f'value="{editor.username}"' in html


@pytest.mark.parametrize("path", ["/desk/login/", "/desk/", "/desk/claims/rating/"])
def test_no_page_needs_more_than_our_own_origin(path: str, administrator: User) -> None:
    client = Client() if path == "/desk/login/" else signed_in(administrator)
    response = client.get(path)
    policy = dict(
        part.strip().split(" ", 1)
        for part in response.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    html = response.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert '"allowEval": false' in html
    assert '"includeIndicatorStyles": false' in html


def test_no_list_or_form_of_djangos_carries_a_style_or_a_script_inline(
    administrator: User, editor: User
) -> None:
    client = signed_in(administrator)
    for path in (
        "/desk/auth/user/",
        "/desk/auth/user/add/",
        f"/desk/auth/user/{editor.pk}/change/",
        f"/desk/auth/user/{editor.pk}/password/",
        "/desk/claims/transition/",
        "/desk/claims/outlet/add/",
        "/desk/claims/policy/1/change/",
        "/desk/password_change/",
    ):
        html = client.get(path).content.decode()
        assert "<style" not in html, path
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html)), path
        assert "admin/css" not in html, path
        assert 'class="mast"' in html, path


def test_the_desk_speaks_arabic_from_right_to_left_unless_told_otherwise(editor: User) -> None:
    client = Client()
    client.force_login(editor)
    html = client.get("/desk/").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "ينتظرك" in html
    response = client.post("/desk/language/", {"language": "en", "next": "/desk/articles/"})
    assert response.headers["Location"] == "/desk/articles/"
    assert Profile.objects.get(user=editor).language == "en"
    html = client.get("/desk/").content.decode()
    assert '<html lang="en" dir="ltr">' in html
    assert "Waits for you" in html


def test_choosing_a_language_leads_nowhere_outside(editor: User) -> None:
    client = signed_in(editor)
    for place in ("//evil.example/", "https://evil.example/", "\\\\evil.example", "javascript:x"):
        response = client.post("/desk/language/", {"language": "ar", "next": place})
        assert response.headers["Location"] == "/desk/"
    # No name of a view of ours, and no place either.
    response = client.post("/desk/language/", {"language": "ar", "next": "admin:logout"})
    assert response.status_code == 302
    assert client.post("/desk/language/", {"next": "1,2,3"}).status_code == 302


def test_a_language_the_desk_does_not_speak_changes_nothing(editor: User) -> None:
    signed_in(editor).post("/desk/language/", {"language": "xx"})
    assert not Profile.objects.filter(user=editor).exists()


def test_a_fragment_asked_for_after_the_session_ended_sends_the_page_to_the_login() -> None:
    article = make_article()
    url = f"/desk/articles/{article.pk}/"
    response = Client().get(
        url, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{url}"}
    )
    assert response.content == b""
    assert response.headers["HX-Redirect"] == f"/desk/login/?next={url}"


def test_signing_in_and_out_through_the_desks_own_form(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    html = client.get("/desk/login/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    response = client.post(
        "/desk/login/",
        {
            "username": "layla",
            "password": PASSWORD,
            "csrfmiddlewaretoken": token[1],
            "next": "/desk/articles/",
        },
    )
    assert response.headers["Location"] == "/desk/articles/"
    assert client.post("/desk/logout/").status_code == 403  # without its token


def test_administration_stands_in_the_menu_only_for_those_who_may(
    editor: User, administrator: User
) -> None:
    link = '<a href="/desk/administration/">Administration</a>'
    assert link not in signed_in(editor).get("/desk/").content.decode()
    assert link in signed_in(administrator).get("/desk/").content.decode()


def test_what_was_typed_when_the_session_ended_is_shown_and_can_be_sent_again(editor: User) -> None:
    claim = researched_claim(editor)
    words = "انقضى أغسطس بلا لقاء <b>معلن</b>"
    response = Client().post(
        f"/desk/claims/claim/{claim.pk}/draft/", {"summary": words, "then": "save"}
    )
    html = response.content.decode()
    assert response.status_code == 403
    assert "لم يُحفظ بعد" in html
    assert html.count("انقضى أغسطس بلا لقاء &lt;b&gt;معلن&lt;/b&gt;") == 2
    assert f'action="/desk/claims/claim/{claim.pk}/draft/"' in html
    assert "save</textarea>" in html


def test_a_fragments_form_that_came_too_late_takes_the_place_of_the_page(editor: User) -> None:
    claim = researched_claim(editor)
    response = Client().post(
        f"/desk/claims/claim/{claim.pk}/evidence/",
        {"title": "جدول الزيارات"},
        headers={"HX-Request": "true"},
    )
    assert (response.status_code, response.headers["HX-Retarget"]) == (403, "#main")


def test_a_move_without_words_leads_to_the_login_as_before(editor: User) -> None:
    claim = researched_claim(editor)
    response = Client().post(f"/desk/claims/claim/{claim.pk}/start/", {"moves": "3"})
    assert response.headers["Location"].startswith("/desk/login/?next=")


@pytest.mark.parametrize(
    ("origin", "kept"), [("http://testserver", 2), ("http://evil.example", 0), ("null", 0)]
)
def test_a_stale_form_can_be_sent_again_and_another_sites_words_are_not_shown(
    origin: str, kept: int, editor: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    response = client.post(
        "/desk/articles/new/",
        {"text": "Call this number to unlock your account"},
        headers={"origin": origin},
    )
    assert response.status_code == 403
    assert response.content.decode().count("Call this number to unlock your account") == kept


def test_what_a_role_may_not_do_is_refused_in_the_persons_language(editor: User) -> None:
    client = Client()
    client.force_login(editor)
    response = client.get("/desk/claims/rating/add/")
    assert response.status_code == 403
    assert "ليس من صلاحياتك" in response.content.decode()


def test_a_failure_is_answered_in_the_readers_languages_and_shows_nothing_of_itself(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(editor)
    client.raise_request_exception = False
    monkeypatch.setattr("claims.admin.tour.panel", lambda *args: 1 / 0)
    response = client.get("/desk/articles/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "خطأ في الخادم" in html
    assert "Sunucu hatası" in html
    assert "ZeroDivisionError" not in html
