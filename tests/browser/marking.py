"""Marking words in an article: selecting them on its page, and what is stored of them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser import pages
from tests.browser.people import Desk, Person

# Selects words as they stand in the page's own text nodes, from the first that holds them.
SELECT = """words => {
    const walker = document.createTreeWalker(document.querySelector("article.body"), NodeFilter.SHOW_TEXT,
        (node) => node.parentElement.closest(".p > p") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
    const nodes = [];
    let text = "";
    while (walker.nextNode()) {
        nodes.push([text.length, walker.currentNode]);
        text += walker.currentNode.data;
    }
    const start = text.indexOf(words);
    const end = start + words.length;
    if (start < 0) throw new Error("not on the page: " + words);
    const at = (place, last) => nodes.findLast(([from]) => last ? from < place : from <= place);
    const range = document.createRange();
    const [first, from] = at(start, false);
    const [second, to] = at(end, true);
    range.setStart(from, start - first);
    range.setEnd(to, end - second);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return selection.toString();
}"""


def bring_in(person: Person, text: str, language: str, day: str) -> int:
    page = person.go("/desk/articles/new/")
    pages.paste(page, text, published_on=day, outlet="Quay Post", url="")
    expect(page.locator("article.body")).to_be_visible()
    expect(page.locator("#sheet .split-note")).to_have_count(0, timeout=30_000)
    return int(page.url.rstrip("/").rpartition("/")[2])


def positions(desk: Desk, article: int) -> dict[str, tuple[Any, ...]]:
    """words → (start, end, stance, whose), and every one of them the article's own slice."""
    text = desk.value("SELECT text FROM claims_article WHERE id = ?", article)
    found = {}
    for start, end, words, stance, name in desk.rows(
        "SELECT start, end, p.text, stance, c.name FROM claims_position p "
        "LEFT JOIN claims_claimant c ON c.id = p.claimant_id WHERE article_id = ?",
        article,
    ):
        assert text[start:end] == words
        found[words] = (start, end, stance, name)
    return found
