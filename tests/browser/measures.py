"""What is measured on a page in the browser: axe's findings, and what the page costs its visitor.

Each function leaves the page as it was, but for the focus and for what it says.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on the colours, and what on the width, of a page that has been read once with TAGS.
BY_COLOUR = ["color-contrast", "link-in-text-block"]
BY_WIDTH = [*BY_COLOUR, "target-size", "scrollable-region-focusable", "aria-hidden-focus"]

# `preload`: the sheets are our own, axe need not fetch them again. What stands in a frame is a
# screen of its own.
_AXE = """async ([script, only, off, where]) => {
    if (!window.axe) (0, eval)(script);
    const found = await axe.run(where ? document.querySelector(where) : document, {
        runOnly: only, rules: Object.fromEntries(off.map((rule) => [rule, {enabled: false}])),
        resultTypes: ["violations"], preload: false, iframes: false
    });
    return found.violations.flatMap((rule) => rule.nodes.map((node) => {
        const why = [...node.any, ...node.all, ...node.none][0]?.message ?? "";
        return `${rule.id}: ${node.target.join(" ")} | ${node.html.slice(0, 160)} | ${why}`;
    }));
}"""

# Every menu and form that is folded away; of a group of them one alone is open otherwise.
_OPEN = """() => {
    for (const folded of document.querySelectorAll("details:not([open])")) {
        folded.removeAttribute("name");
        folded.open = true;
    }
}"""

# Asked again and again: what Playwright waits for itself it evaluates, which our pages forbid.
_SETTLED = """() => new Promise((done) => {
    const look = () => document.fonts.status === "loaded" && !document.querySelector(".htmx-request")
        ? done() : setTimeout(look, 20);
    look();
})"""

_SHIFT = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => setTimeout(() => done(sum)));
})"""

_COST = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .map((entry) => ({name: entry.name, bytes: entry.encodedBodySize}))"""

_MOVING = """() => {
    const seconds = (value) => Math.max(...value.split(",").map((one) =>
        parseFloat(one) / (one.trim().endsWith("ms") ? 1000 : 1)));
    const named = (element) => `${element.tagName}.${element.className?.baseVal ?? element.className}`;
    return [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return seconds(style.transitionDuration) > 0.01
            || (style.animationName !== "none" && seconds(style.animationDuration) > 0.01);
    }).map(named);
}"""

# A kind of control is its element, its type and its classes. What shows the focus is the control
# itself or the label around it.
_UNSEEN_FOCUS = """([seen, scheme]) => {
    const rgb = (value) => (value.match(/[\\d.]+/g) ?? []).map(Number);
    const light = (value) => {
        const [r, g, b] = rgb(value).map((one) => (one /= 255) <= .03928 ? one / 12.92
            : ((one + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const value = getComputedStyle(at).backgroundColor;
            const [, , , opacity] = rgb(value);
            if (opacity === undefined || opacity > .5) return value;
        }
        return getComputedStyle(document.documentElement).colorScheme === "dark"
            ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)";
    };
    const faults = [], kinds = [];
    const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    for (const element of document.querySelectorAll(controls)) {
        const kind = [scheme, element.tagName, element.type ?? "", ...element.classList].join(" ");
        if (seen.includes(kind) || kinds.includes(kind) || element.disabled) continue;
        if (!element.checkVisibility({visibilityProperty: true})) continue;
        element.focus({preventScroll: true});
        if (document.activeElement !== element) continue;
        kinds.push(kind);
        const shown = [element, element.closest("label")].filter(Boolean).some((one) => {
            const style = getComputedStyle(one);
            if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return false;
            const inside = parseFloat(style.outlineOffset) < 0;
            const [a, b] = [style.outlineColor, ground(inside ? one : one.parentElement)].map(light);
            return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) >= 3;
        });
        if (!shown) faults.push(kind);
    }
    document.activeElement?.blur();
    return [faults, kinds];
}"""

# Signs of which it is not yet known what draws them, by font stack and weight.
_SIGNS = """(known) => {
    const marked = [];
    const words = (element) => [...element.childNodes].filter((node) => node.nodeType === 3)
        .map((node) => node.data).join("") + (element.placeholder ?? "")
        + (["INPUT", "TEXTAREA"].includes(element.tagName)
            && !["checkbox", "radio", "hidden", "password"].includes(element.type)
            ? element.value : "")
        + ["::before", "::after"].map((part) => getComputedStyle(element, part).content)
            .filter((content) => content.startsWith('"')).map((content) => content.slice(1, -1)).join("");
    for (const element of document.querySelectorAll("body, body *")) {
        if (["SCRIPT", "STYLE", "OPTION", "TEMPLATE", "DATALIST"].includes(element.tagName)) continue;
        if (element.closest("svg") || !element.checkVisibility({visibilityProperty: true})) continue;
        const style = getComputedStyle(element);
        const key = `${style.fontFamily} ${style.fontWeight}`;
        const fresh = [...new Set(words(element))]
            .filter((sign) => sign.trim() && !(known[key] ?? "").includes(sign));
        if (!fresh.length) continue;
        known[key] = (known[key] ?? "") + fresh.join("");
        element.dataset.drawn = marked.push([key, fresh.join("")]) - 1;
    }
    return marked;
}"""


def axe(
    page: Page, rules: list[str] | None = None, *, off: list[str] | None = None, where: str = ""
) -> list[str]:
    """Each finding in a line: the rule, where, the element, and why. Without `rules`: all of TAGS;
    `off`: rules left out; `where`: a selector, for a part of the page alone."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found: list[str] = page.evaluate(_AXE, [AXE_SCRIPT, only, off or [], where])
    return found


def axe_with_all_open(page: Page) -> list[str]:
    """The same with every menu and folded form open, and then in each dialog. Menus open over each
    other, which no visitor sees: what is covered is not measured."""
    page.evaluate(_OPEN)
    found = axe(page, off=["target-size"])
    for dialog in page.locator("dialog[id]").all():
        dialog.evaluate("(dialog) => dialog.open || dialog.showModal()")
        found += axe(page, where=f"dialog#{dialog.get_attribute('id')}")
        dialog.evaluate("(dialog) => dialog.close()")
    return found


def settled(page: Page) -> None:
    """The fonts are there, and no part of the page is still being asked for."""
    page.evaluate(_SETTLED)


def shift(page: Page) -> float:
    """How far what was already shown has moved since, as browsers count it (CLS)."""
    moved: float = page.evaluate(_SHIFT)
    return moved


def cost(page: Page) -> tuple[int, int, list[str]]:
    """Bytes that a first visit brings over the line without fonts, those of fonts, and every address
    asked for."""
    entries: list[dict[str, Any]] = page.evaluate(_COST)
    fonts = sum(entry["bytes"] for entry in entries if entry["name"].endswith(".woff2"))
    return sum(entry["bytes"] for entry in entries) - fonts, fonts, [one["name"] for one in entries]


def moving(page: Page) -> list[str]:
    """Elements that move for longer than a hundredth of a second."""
    found: list[str] = page.evaluate(_MOVING)
    return found


def without_visible_focus(page: Page, seen: list[str], scheme: str) -> list[str]:
    """Kinds of controls, but for those `seen`, on which the focus of the keyboard does not show with
    a contrast of 3 to 1. Adds to `seen`."""
    page.keyboard.press("Tab")
    faults, kinds = page.evaluate(_UNSEEN_FOCUS, [seen, scheme])
    seen += kinds
    return list(faults)


def from_elsewhere(page: Page, devtools: CDPSession, known: dict[str, str]) -> list[str]:
    """Signs drawn by a font that we do not ship, with the font. `known`: what has been looked at on
    pages before, by font stack; it grows."""
    marked = page.evaluate(_SIGNS, known)
    for key, signs in marked:
        known[key] = known.get(key, "") + signs
    found = []
    root = devtools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    asked = {"nodeId": root, "selector": "[data-drawn]"}
    for node in devtools.send("DOM.querySelectorAll", asked)["nodeIds"]:
        fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        strange = [font["familyName"] for font in fonts if not font["isCustomFont"]]
        if strange:
            names = devtools.send("DOM.getAttributes", {"nodeId": node})["attributes"]
            number = int(names[names.index("data-drawn") + 1])
            found.append(f"{strange}: {marked[number]}")
    return found
