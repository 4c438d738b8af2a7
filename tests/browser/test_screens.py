"""Every screen there is, in every state: what axe finds, what it costs, who can use it.

The screens are in tests/browser/screens.py. The desk serves its files as a public one does, collected
and compressed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, URLResolver, resolve
from playwright.sync_api import Browser, expect

from claims.admin import urls
from tests.browser import every_state, measures, screens
from tests.browser.fixtures import opened
from tests.browser.pages import asleep
from tests.browser.people import Person
from tests.browser.walking import WIDE, Everything, Walk
from tests.cast import PASSWORD
from tests.run import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# The most that moves, and the bytes of a first visit without fonts and with them.
MOST_SHIFT, MOST_BYTES, MOST_WITH_FONTS = 0.02, 200_000, 330_000
CODE_PAGE = "/desk/login/code/"


@pytest.fixture(scope="module")
def everything(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everything]:
    folder, static = tmp_path_factory.mktemp("screens"), tmp_path_factory.mktemp("static")
    environ = {"DJANGO_SETTINGS_MODULE": "tests.browser.settings", "STATIC_ROOT": str(static)}
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    own = {**os.environ, **environ, "DATA_DIR": str(folder)}
    subprocess.run(collect, cwd=ROOT, env=own, check=True)
    with opened(folder, STATIC_ROOT=str(static)) as desk:
        with asleep(desk):
            made = subprocess.run(
                [sys.executable, "-m", "tests.browser.every_state"],
                cwd=ROOT, env={**own, "SITE_URL": desk.url}, check=True, stdout=subprocess.PIPE,
            )  # fmt: skip
        everything = Everything(desk, json.loads(made.stdout), browser)
        yield everything
        for person in everything.people.values():
            person.context.close()


@pytest.fixture(params=["ar", "en", "tr"])
def walked(request: pytest.FixtureRequest, everything: Everything) -> Walk:
    return everything.walked(request.param)


def names() -> Iterator[tuple[str, str]]:
    """Name and route of every address of the desk."""

    def inside(patterns: list[Any], before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from inside(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and pattern.name and "(?P<" not in route:
                yield pattern.name, route

    yield from inside(urls.urlpatterns, "/desk/")


@cache
def walked_names(ids: str) -> frozenset[str]:
    given = {**json.loads(ids), "language": "ar", "prefix": ""}
    addresses = (*screens.DESK.values(), "/desk/login/", CODE_PAGE)
    found = (resolve(urlsplit(one.format(**given)).path).url_name for one in addresses)
    return frozenset(filter(None, found))


def test_no_address_of_the_desk_answers_with_a_page_that_is_no_screen(
    everything: Everything,
) -> None:
    """Whatever is not walked through must answer without a page of its own: it goes on to another,
    is a part of one, a file, or refuses to be looked at."""
    walker = everything.person(every_state.WALKER)
    given = {
        "object_id": 1, "id": 1, "topic": "queue", "slug": "age", "language": "en", "form": "verdict",
        "name": "wikipedia", "news_id": 1, "sign_in_id": 1, "audit_id": 1, "identity_id": 1,
        "token_id": 1, "content_type_id": 1, "invitation_id": 1, **everything.ids,
    }  # fmt: skip
    screens_of_ours = walked_names(json.dumps(everything.ids))
    missing, asked = [], 0
    for name, route in names():
        if name in screens_of_ours or name == "logout":
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(given[found[1]]), route)
        answer = walker.context.request.get(everything.desk.url + path, max_redirects=0)
        asked += 1
        if answer.status == 200 and "<html" in answer.text():
            missing.append(f"{name}: {path}")
    assert asked > 50
    assert not missing, "\n".join(missing)


def test_axe_finds_nothing_on_any_screen(walked: Walk) -> None:
    assert walked.loaded == len(screens.DESK) + len(screens.PUBLIC)
    assert not walked.axe, "\n".join(walked.axe)


def test_the_browser_complains_about_no_screen(walked: Walk) -> None:
    assert not walked.complaints, "\n".join(walked.complaints)


COLD = {
    "today",
    "article",
    "claim researching",
    "queue",
    "review",
    "index",
    "verdict",
    "methodology",
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_moves_on_a_first_visit(everything: Everything, language: str) -> None:
    moved = {}
    for name, signs_in in ((every_state.WALKER, True), ("", False)):
        person = everything.person(name)
        if signs_in:
            person.go("/desk/help/")
            person.speak(language)
        devtools = person.context.new_cdp_session(person.page)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        for screen in COLD & (screens.DESK if signs_in else screens.PUBLIC).keys():
            pattern = {**screens.DESK, **screens.PUBLIC}[screen]
            person.go(everything.address(pattern, language))
            measures.settled(person.page)
            moved[screen] = measures.shift(person.page)
        devtools.detach()
    assert moved.keys() == COLD
    assert {name: by for name, by in moved.items() if by > MOST_SHIFT} == {}


def test_nothing_moves_once_it_is_shown(walked: Walk) -> None:
    assert {name: by for name, by in walked.shift.items() if by > MOST_SHIFT} == {}


def test_a_first_visit_is_small(walked: Walk) -> None:
    assert min(rest for rest, _fonts in walked.cost.values()) > 1_000, "nothing was measured"
    big = {
        name: (rest, fonts)
        for name, (rest, fonts) in walked.cost.items()
        if rest > MOST_BYTES or rest + fonts > MOST_WITH_FONTS
    }
    assert not big


def test_nothing_is_asked_of_anybody_else_and_no_jquery_of_us(
    walked: Walk, everything: Everything
) -> None:
    asked = {address for addresses in walked.asked.values() for address in addresses}
    assert len(asked) > len(walked.asked)
    strange = [
        one
        for one in asked
        if not one.startswith(everything.desk.url + "/") or "jquery" in one.lower()
    ]
    assert not strange


def test_every_sign_is_drawn_by_a_font_that_we_ship(walked: Walk) -> None:
    assert not walked.strange, "\n".join(walked.strange)


def test_nothing_moves_for_who_wants_no_motion_and_the_focus_shows_on_every_control(
    everything: Everything,
) -> None:
    walked = everything.walked("ar")
    assert len(everything.focused) > 40
    assert not walked.moving, "\n".join(walked.moving)
    assert not walked.unfocused, "\n".join(walked.unfocused)


def nothing(found: list[str]) -> None:
    assert not found, "\n".join(found)


REFUSAL = "main :is([aria-invalid=true], [role=alert], .err, .errornote, .errorlist)"


@pytest.mark.parametrize("name", screens.REFUSED)
def test_axe_finds_nothing_on_a_form_that_came_back(everything: Everything, name: str) -> None:
    screen, form = screens.REFUSED[name]
    person = everything.person("" if screen in screens.PUBLIC else every_state.WALKER)
    pattern = {**screens.DESK, **screens.PUBLIC}[screen]
    page = person.go(everything.address(pattern))
    before = page.locator(REFUSAL).count()
    with person.refused(422):
        page.locator(form).first.evaluate(
            "(form) => { form.noValidate = true; form.requestSubmit() }"
        )
        expect(page.locator(REFUSAL)).not_to_have_count(before)
        measures.settled(page)
    nothing(measures.axe(page))
    page.emulate_media(color_scheme="dark")
    nothing(measures.axe(page, measures.BY_COLOUR))
    page.emulate_media(color_scheme="light")


def test_axe_finds_nothing_on_the_pages_that_turn_away(everything: Everything) -> None:
    editor = everything.person("second")
    with editor.refused(403):
        page = editor.go("/desk/auth/user/")
        nothing(measures.axe(page))
    with editor.refused(403):
        page = editor.go("/desk/articles/new/")
        page.locator("#id_text").fill("نص طويل كُتب قبل أن تنتهي الجلسة.")
        page.locator("form.intake [name=csrfmiddlewaretoken]").evaluate(
            "(it) => { it.value = 'x' }"
        )
        page.locator("form.intake button.main").click()
        page.locator(".quote.kept").wait_for()
        nothing(measures.axe(page))
    page.goto("about:blank")
    failed = (ROOT / "templates" / "500.html").read_text(encoding="utf-8")
    page.set_content(re.sub(r"{% comment %}.*?{% endcomment %}", "", failed))
    nothing(measures.axe(page))


def test_axe_finds_nothing_where_a_code_is_asked_for(everything: Everything) -> None:
    context = everything.browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    page = Person(everything.desk, context).go("/desk/login/")
    page.locator("[name=username]").fill(every_state.GUARDED)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{CODE_PAGE}**")
    nothing(measures.axe(page))
    context.close()


# How each of the elements looks, as far as forced colours leave it.
LOOKS = """(elements) => elements.map((element) => {
    const style = getComputedStyle(element);
    return [style.color, style.backgroundColor, style.backgroundImage, style.backgroundSize,
            style.textDecoration, style.borderBlockEnd].join(" | ");
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_and_what_is_chosen_tell_apart_in_a_persons_own_few_colours(
    everything: Everything, scheme: str, request: pytest.FixtureRequest
) -> None:
    walker = everything.person(every_state.WALKER)
    request.addfinalizer(
        lambda: walker.page.emulate_media(color_scheme="light", forced_colors="none")
    )
    walker.page.emulate_media(color_scheme=scheme, forced_colors="active")  # type: ignore[arg-type]
    page = walker.go(everything.address(screens.DESK["article in the demo"]))
    legend = page.locator(".key .claim").evaluate_all(LOOKS)
    assert len(legend) >= 8, legend
    assert len(set(legend)) == len(legend), legend
    ground = page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    for words in page.locator("article.body .claim").all():
        assert words.evaluate("(words) => getComputedStyle(words).color") != ground
    for screen, chosen, other in (
        ("queue", ".worth i.f", ".worth i:not(.f)"),
        ("queue", ".seg a[aria-current]", ".seg a:not([aria-current])"),
        ("queue", ".nav a[aria-current]", ".nav a:not([aria-current])"),
        ("queue", ".tabs a[aria-current]", ".tabs a:not([aria-current])"),
        ("claim researching", ".rate label:has(:checked)", ".rate label:not(:has(:checked))"),
    ):
        page = walker.go(everything.address(screens.DESK[screen]))
        looks = [page.locator(one).evaluate_all(LOOKS)[0] for one in (chosen, other)]
        assert looks[0] != looks[1], f"{screen}: {chosen}"
    shapes = page.locator(".rate .ri use").evaluate_all(
        "(all) => all.map((one) => one.href.baseVal)"
    )
    assert len(set(shapes)) == len(shapes) == 7
