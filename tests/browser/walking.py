"""A walk through every screen in one language, and what was measured on the way.

A screen is loaded once; colours and widths change without a reload.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from tests.browser import every_state, measures, screens
from tests.browser.people import Desk, Person
from tests.cast import PASSWORD

WIDE, NARROW = {"width": 1360, "height": 900}, {"width": 360, "height": 780}
# Every face is near when a page needs it. Were they loaded and not just fetched, the browser would count
# them all as used on every page after.
_FETCH_FACES = """() => Promise.all([...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule)
    .map((rule) => new URL(rule.style.src.match(/url\\(.(.*?).\\)/)[1], rule.parentStyleSheet.href))
    .map((face) => fetch(face).then((answer) => answer.arrayBuffer())))"""
PREFIX = {"ar": "", "tr": "/tr", "en": "/en"}


@dataclass
class Walk:
    """What was measured on all screens in one language."""

    loaded: int = 0
    axe: list[str] = field(default_factory=list)
    shift: dict[str, float] = field(default_factory=dict)
    cost: dict[str, tuple[int, int]] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)
    moving: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    unfocused: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def walk(everything: Everything, language: str, done: Walk) -> None:
    walker, reader = everything.person(every_state.WALKER), everything.person("")
    walker.go("/desk/help/")
    walker.speak(language)
    for person, addresses in ((walker, screens.DESK), (reader, screens.PUBLIC)):
        devtools = person.context.new_cdp_session(person.page)
        devtools.send("DOM.enable")
        devtools.send("CSS.enable")
        for name, pattern in addresses.items():
            with person.refused(404):
                person.go(everything.address(pattern, language))
                measures.settled(person.page)
            measured(everything, done, f"{name} ({language})", person.page, devtools, language)
        devtools.detach()
        done.complaints += person.complaints
        person.complaints.clear()


def measured(
    everything: Everything, done: Walk, name: str, page: Page, devtools: CDPSession, language: str
) -> None:
    done.loaded += 1
    done.shift[name] = measures.shift(page)
    rest, fonts, done.asked[name] = measures.cost(page)
    done.cost[name] = rest, fonts
    known = dict(everything.known)
    strange = measures.from_elsewhere(page, devtools, everything.known)
    if strange:  # A face that came too late shows from the next page on.
        page.reload()
        measures.settled(page)
        everything.known = known
        strange = measures.from_elsewhere(page, devtools, everything.known)
    done.strange += [f"{name}: {one}" for one in strange]
    if language == "tr":
        return
    note(done, name, measures.axe(page))
    page.emulate_media(color_scheme="dark")
    note(done, f"{name}, dark", measures.axe(page, measures.BY_COLOUR))
    if language == "ar":
        for scheme, forced in (("dark", "none"), ("light", "none"), ("light", "active"), ("dark", "active")):  # fmt: skip
            page.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]
            kind = f"{scheme}/{forced}"
            done.unfocused += measures.without_visible_focus(page, everything.focused, kind)
        page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
        done.moving += [f"{name}: {one}" for one in measures.moving(page)]
        page.emulate_media(reduced_motion="no-preference")
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        note(done, f"{name}, narrow", measures.axe(page, measures.BY_WIDTH))
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    else:
        page.emulate_media(color_scheme="light")
        note(done, f"{name}, all open", measures.axe_with_all_open(page))


def note(done: Walk, where: str, found: list[str]) -> None:
    done.axe += [f"{where}: {one}" for one in found]


@dataclass
class Everything:
    """The desk with its rows, and everybody's pages; `found` is what was measured, by language."""

    desk: Desk
    ids: dict[str, Any]
    browser: Browser
    people: dict[str, Person] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    focused: list[str] = field(default_factory=list)
    walks: dict[str, Walk] = field(default_factory=dict)

    def walked(self, language: str) -> Walk:
        """One walk a language for all tests, whatever became of it."""
        if language not in self.walks:
            self.walks[language] = done = Walk()
            walk(self, language, done)
        return self.walks[language]

    def person(self, name: str) -> Person:
        """`walker`, or "" for a reader."""
        if name not in self.people:
            context = self.browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
            context.set_default_timeout(20_000)
            person = self.people[name] = Person(self.desk, context, name)
            person.go("/desk/login/")
            person.page.evaluate(_FETCH_FACES)
            if name:
                person.sign_in(PASSWORD)
        return self.people[name]

    def address(self, pattern: str, language: str = "ar") -> str:
        return pattern.format(**self.ids, language=language, prefix=PREFIX[language])
