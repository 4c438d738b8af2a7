"""Somebody's hands at a browser: pointer presses, keys and typing, with a count of the clicks.

One click is a pointer press anywhere, or a key that does something: Enter or Space on a control, Enter
that sends a form, a shortcut, an arrow that changes a choice. Typing into a field, tabbing and selecting
text are none. The browser counts by what it was sent (`counted`), whatever these hands believe
(`presses`); the two are compared.
"""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.people import Person

# Before any script of the page, in the capturing phase: nothing can keep an event from it. The count is
# the tab's, which outlives its pages.
COUNT = """
(() => {
    const KEY = "clicks counted by the test";
    const note = (what) => {
        const notes = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
        sessionStorage.setItem(KEY, JSON.stringify([...notes, what]));
    };
    const named = (node) => {
        const control = node.closest?.("a, button, label, summary, input, select, textarea") ?? node;
        return `${control.nodeName}: ${(control.textContent ?? "").trim().slice(0, 40)}`;
    };
    const WORDS = "input:not([type=checkbox], [type=radio], [type=submit], [type=button], [type=file]), textarea, [contenteditable]";
    const SILENT = new Set(["Tab", "Shift", "Control", "Alt", "Meta", "CapsLock", "NumLock"]);
    addEventListener("pointerdown", (event) => {
        if (event.isTrusted) note(`press ${named(event.target)}`);
    }, true);
    addEventListener("keydown", (event) => {
        if (!event.isTrusted || SILENT.has(event.key)) return;
        const field = event.target.closest?.(WORDS);
        const chord = event.ctrlKey || event.altKey || event.metaKey;
        if (field) {
            const sends = event.key === "Enter" && (field.matches("input") || chord);
            const edits = ["a", "c", "v", "x", "z"].includes(event.key);
            if (!sends && !(chord && !edits)) return;
        }
        note(`key ${event.key} on ${named(event.target)}`);
    }, true);
})();
"""
NOTED = """JSON.parse(sessionStorage.getItem("clicks counted by the test") ?? "[]")"""
# More would be a form that nobody finds their way through.
TABS = 60


class Hands:
    """`presses`: what these hands did. Made at the page from which the clicks are counted."""

    def __init__(self, person: Person) -> None:
        self.page: Page = person.page
        self.presses = 0
        person.context.add_init_script(COUNT)
        self.page.reload()

    @property
    def counted(self) -> list[str]:
        """What the browser counted, a line each."""
        found: list[str] = self.page.evaluate(NOTED)
        return found

    def press(self, control: Locator) -> None:
        control.click()
        self.presses += 1

    def write(self, field: Locator, text: str) -> None:
        """Tab to the field, from wherever the focus is, and type."""
        self.tab_to(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def tab_to(self, control: Locator) -> None:
        control.wait_for()
        for _tab in range(TABS):
            if control.evaluate("field => field === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{TABS} presses of Tab do not lead to {control}")
