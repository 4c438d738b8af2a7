"""Makes the handbook's pictures and its printed pages anew.

    python -m docs.make_handbook            pictures and pages
    python -m docs.make_handbook --pages    the pages alone, from the pictures that are there

Pictures come from a demo desk of its own, opened in a folder that is thrown away; every word on them
is the demo's. Each screen is taken in Arabic and in English, 1280 px wide and light.
"""

from __future__ import annotations

import argparse
import base64
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from playwright.sync_api import Page, sync_playwright

from tests.browser.fixtures import everybody_at, opened
from tests.browser.people import Desk, People, Person
from tests.run import BROWSERS

DOCS = Path(__file__).resolve().parent
PICTURES = DOCS / "pictures"
WIDTH, HEIGHT = 1280, 840
QUALITY = 78  # of WebP, in percent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@dataclass(frozen=True)
class Screen:
    """`path` holds `{}` where the id goes that `of` finds. `at` is brought to the top of the picture."""

    name: str
    who: str
    path: str
    of: str = ""
    at: str = ""


CLAIM = "/desk/claims/claim/{}/"
RESEARCHED = "SELECT id FROM claims_claim WHERE state = 'researching' ORDER BY id LIMIT 1"
PROPOSED = "SELECT id FROM claims_claim WHERE state = 'in_review' ORDER BY id LIMIT 1"
PUBLIC = "SELECT id FROM claims_claim WHERE state = 'published' ORDER BY id LIMIT 1"
MATCHED = (
    "SELECT claim_id || '/matches/' || id FROM claims_match WHERE earlier_id IS NOT NULL "
    "ORDER BY score DESC, id LIMIT 1"
)
# The article is shown in the language of the desk.
ARTICLE = "SELECT id FROM claims_article WHERE language = '{language}' ORDER BY id LIMIT 1"

SCREENS = (
    Screen("today", "editor", "/desk/"),
    Screen("intake", "editor", "/desk/articles/new/"),
    Screen("article", "editor", "/desk/articles/{}/", of=ARTICLE),
    Screen("queue", "editor", "/desk/claims/claim/?tab=all"),
    Screen("claim", "editor", CLAIM + "change/", of=RESEARCHED),
    Screen("seen-before", "editor", CLAIM, of=MATCHED),
    Screen("evidence", "editor", CLAIM + "change/", of=PUBLIC, at="#evidence"),
    Screen("verdict", "editor", CLAIM + "change/", of=RESEARCHED, at="#verdict"),
    Screen("review", "reviewer", CLAIM + "review/", of=PROPOSED),
    Screen("preview", "publisher", CLAIM + "preview/", of=PUBLIC),
    Screen("translation", "editor", CLAIM + "translations/{language}/", of=PUBLIC),
    Screen("comments", "editor", CLAIM + "change/", of=RESEARCHED, at="#threads"),
    Screen("rules", "reviewer", "/desk/rules/new/"),
    Screen("settings", "editor", "/desk/settings/"),
    Screen("administration", "administrator", "/desk/administration/"),
    Screen("figures", "reviewer", "/desk/figures/"),
)
LANGUAGES = ("ar", "en")
COMMENT = "من أين للصحيفة هذا الموعد؟ لا تسمّي مصدرًا."


def pictures() -> None:
    """Opens the demo desk and takes every screen in both languages."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder), TIME_ZONE="UTC") as desk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        with everybody_at(desk, browser) as people:
            _write_something(people, desk)
            for language in LANGUAGES:
                for screen in SCREENS:
                    _take(people, desk, screen, language)
            _for_the_readme(people, desk)
        browser.close()


def _write_something(people: People, desk: Desk) -> None:
    """A desk at work: nobody is offered the tour any more, and a colleague has asked something."""
    for person in (people.editor, people.reviewer, people.publisher, people.administrator):
        person.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        person.page.emulate_media(reduced_motion="reduce", color_scheme="light")
        person.go("/desk/").locator(".tour-offer button[value=end]").click()
    page = people.reviewer.go(CLAIM.format(desk.value(RESEARCHED)) + "change/")
    page.locator("#comment-text").fill(COMMENT)
    page.locator("#comment-form button[type=submit]").click()
    page.locator("#threads .thread").wait_for()


def _take(people: People, desk: Desk, screen: Screen, language: str) -> None:
    person: Person = getattr(people, screen.who)
    if person.page.locator("html").get_attribute("lang") != language:
        person.go("/desk/")
        person.speak(language)
    # The public verdict is Arabic, so it is translated into one of the others.
    other = {"ar": "tr", "en": "en"}[language]
    found = str(desk.value(screen.of.replace("{language}", language))) if screen.of else ""
    path = screen.path.replace("{language}", other).format(found)
    _picture(person.go(path), f"{screen.name}.{language}.webp", at=screen.at)


def _for_the_readme(people: People, desk: Desk) -> None:
    person = people.editor
    person.go("/desk/")
    person.speak("ar")
    found = desk.value(ARTICLE.replace("{language}", "ar"))
    page = person.go(f"/desk/articles/{found}/")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=DOCS / "desk.ar.png")


def _picture(page: Page, name: str, *, at: str = "") -> None:
    """What the window shows, as WebP: the browser itself makes it, so no library has to."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    if at:
        page.locator(at).first.evaluate(
            "found => { found.style.scrollMarginTop = '5rem'; found.scrollIntoView(); }"
        )
    page.wait_for_timeout(400)
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    session.detach()
    (PICTURES / name).write_bytes(base64.b64decode(taken["data"]))


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


HTML = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="../claims/static/claims/fonts/fonts.css">
<link rel="stylesheet" href="handbook.css"></head>
<body>
<h1>{title}</h1>
<nav aria-label="{contents}"><h2>{contents}</h2><ol>
{toc}
</ol></nav>
<main>
{body}</main>
</body></html>
"""
ARABIC_FIGURES = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
EDITIONS = (
    ("handbook.md", "handbook.html", "en", "ltr", "Contents"),
    ("handbook.ar.md", "handbook.ar.html", "ar", "rtl", "المحتويات"),
)


def pages() -> None:
    """Renders both editions to HTML that needs nothing but this folder and the desk's fonts."""
    for source, target, language, direction, contents in EDITIONS:
        title, toc, body = _rendered((DOCS / source).read_text(encoding="utf-8"), language)
        (DOCS / target).write_text(
            HTML.format(
                language=language,
                direction=direction,
                title=title,
                contents=contents,
                toc=toc,
                body=body,
            ),
            encoding="utf-8",
        )


def _rendered(text: str, language: str) -> tuple[str, str, str]:
    """(title, table of contents, body without the title). Chapters are numbered in the text:
    `## 3 Its claims`."""
    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(text)
    title, entries = "", []
    for heading, inline in pairwise(tokens):
        if heading.type != "heading_open":
            continue
        if heading.tag == "h1":
            title = inline.content
        elif heading.tag == "h2":
            number, _, name = inline.content.partition(" ")
            heading.attrSet("id", f"c{number}")
            entries.append(f'<li><a href="#c{number}">{name}</a></li>')
            if language == "ar" and inline.children:
                inline.children[0].content = f"{number.translate(ARABIC_FIGURES)} {name}"
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                child.attrSet("width", str(WIDTH))
                child.attrSet("height", str(HEIGHT))
    # The title is the first heading, and stands above the contents.
    body = reader.renderer.render(tokens[3:], reader.options, {})
    return title, "\n".join(entries), body


def main() -> None:
    options = argparse.ArgumentParser(description="The handbook's pictures and printed pages.")
    options.add_argument("--pages", action="store_true", help="render the pages alone")
    steps: list[Callable[[], None]] = [pages]
    if not options.parse_args().pages:
        steps.insert(0, pictures)
    for step in steps:
        step()


if __name__ == "__main__":
    main()
