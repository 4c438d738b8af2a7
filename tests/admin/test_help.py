"""Help beside each page, and the tour that is offered once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern
from django.utils.translation import override

from claims.admin import urls
from claims.admin.help import TOPICS
from claims.admin.site import desk
from claims.admin.tour import STEPS
from claims.models import Profile
from claims.templatetags.help import help_topic, topic_of
from tests.admin.hands import captured, signed_in
from tests.cast import make_article, researched_claim

pytestmark = pytest.mark.django_db


# Nobody is in yet, or the page is the help, or an act that leads somewhere else.
WITHOUT = {"login", "logout", "login-code", "login-provider", "login-provider-back", "help",
           "help-all", "tour", "language", "bell", "signed-in", "contacts-file", "jsi18n",
           "autocomplete", "view_on_site", "app_list"}  # fmt: skip


def page_names() -> set[str]:
    """The names of all addresses of the desk that Django knows, a new one by itself."""
    own = {entry.name for entry in urls.urlpatterns if isinstance(entry, URLPattern) and entry.name}
    lists = {
        f"{model._meta.app_label}_{model._meta.model_name}_{what}"
        for model in desk._registry
        for what in ("changelist", "add", "change", "history")
    }
    return (own | lists) - WITHOUT


def html(answer: Any) -> str:
    return str(answer.content.decode())


def bare(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_its_words_alone_and_beside_a_page(editor: User, topic: str) -> None:
    client = signed_in(editor)
    whole = client.get(f"/desk/help/{topic}/")
    beside = client.get(f"/desk/help/{topic}/", headers={"HX-Request": "true"})
    assert (whole.status_code, beside.status_code) == (200, 200)
    assert html(beside).count("<li>") >= 2
    assert "<html" not in html(beside)
    assert "data-close-help" in html(beside)


def test_all_of_the_help_stands_on_one_page(editor: User) -> None:
    page = html(signed_in(editor).get("/desk/help/"))
    for topic in TOPICS:
        assert f'id="help-{topic}"' in page


def test_a_topic_that_is_none_is_not_found(editor: User) -> None:
    assert signed_in(editor).get("/desk/help/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        ("/desk/", "today"),
        ("/desk/claims/claim/", "queue"),
        ("/desk/articles/", "intake"),
        ("/desk/articles/new/", "intake"),
        ("/desk/review/", "review"),
        ("/desk/publishing/", "publishing"),
        ("/desk/sources/", "sources"),
        ("/desk/feeds/", "sources"),
        ("/desk/settings/", "account"),
        ("/desk/administration/", "administration"),
        ("/desk/claims/claimant/", "names"),
        ("/desk/rules/", "rules"),
        ("/desk/roles/", "people"),
        ("/desk/invitations/", "people"),
        ("/desk/webhooks/", "machines"),
        ("/desk/claims/transition/", "records"),
        ("/desk/claims/match/", "records"),
    ],
)
def test_each_page_leads_to_its_own_help(superuser: User, path: str, topic: str) -> None:
    page = html(signed_in(superuser).get(path))
    assert f'href="/desk/help/{topic}/"' in page


def test_the_article_and_the_claim_lead_to_theirs(editor: User) -> None:
    claim = researched_claim(editor)
    client = signed_in(editor)
    assert 'href="/desk/help/article/"' in html(client.get(f"/desk/articles/{claim.article_id}/"))
    assert 'href="/desk/help/claim/"' in html(client.get(f"/desk/claims/claim/{claim.pk}/change/"))


def test_no_page_is_without_a_help_of_its_own() -> None:
    assert {name for name in page_names() if topic_of(name) not in TOPICS} == set()


def test_where_there_is_none_the_link_leads_to_all_of_the_help(editor: User) -> None:
    assert help_topic({}) == ""
    page = html(signed_in(editor).get("/desk/help/"))
    assert re.search(r'help-link" href="/desk/help/" aria-current="page" aria-label', page)


def test_a_newcomer_is_offered_the_tour_once(editor: User) -> None:
    client = signed_in(editor)
    assert "Take the tour" in html(client.get("/desk/"))
    client.post("/desk/tour/", {"do": "end"})
    assert "Take the tour" not in html(client.get("/desk/"))
    assert Profile.objects.get(user=editor).toured_at is not None


def test_the_tour_leads_through_the_desk_and_back_to_work(editor: User) -> None:
    researched_claim(editor)
    client = signed_in(editor)
    answer = client.post("/desk/tour/", {"do": "start"})
    seen = []
    path = answer.headers["Location"]
    while path:
        page = html(client.get(path))
        panel = re.search(r'<aside class="tour".*?</aside>', page, re.S)
        assert panel is not None, path
        (title,) = re.findall(r"<h2[^>]*>(.*?)</h2>", panel[0])
        seen.append(title)
        after = re.search(r'<a class="btn main" href="([^"]*)"', panel[0])
        path = after[1] if after else ""
    with override("en"):
        assert seen == [str(step.title) for step in STEPS]
    assert "Step 8 of 8" in bare(panel[0])


def test_steps_with_nothing_to_show_yet_are_left_out(editor: User) -> None:
    page = html(signed_in(editor).get("/desk/articles/new/?tour=2"))
    assert 'href="/desk/claims/claim/?tour=4"' in page
    make_article()


@pytest.mark.parametrize("step", ["0", "9", "-1", "x", "٣", "9" * 30, ""])
def test_a_step_that_is_none_shows_no_tour(editor: User, step: str) -> None:
    answer = signed_in(editor).get(f"/desk/?tour={step}")
    assert answer.status_code == 200
    assert 'class="tour"' not in html(answer)


def test_help_and_tour_cost_no_page_a_query(client: Client, editor: User) -> None:
    client = signed_in(editor)
    client.get("/desk/publishing/")
    before = len(captured(client, "/desk/publishing/"))
    assert len(captured(client, "/desk/publishing/?tour=7")) <= before + 2
