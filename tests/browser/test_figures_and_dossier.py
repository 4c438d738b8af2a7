"""Today's figures come in by themselves, their page turns with the reader, and a dossier is saved
as a file that fits the desk's key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from clients import verify_dossier
from tests.browser.people import Desk, People, overflow

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "turned"), [("en", False), ("ar", True)])
def test_the_figures_are_drawn_in_the_readers_direction(
    people: People, language: str, turned: bool
) -> None:
    publisher = people.publisher
    publisher.go("/desk/")
    publisher.speak(language)
    page = publisher.page
    expect(page.locator("section.figs figure")).to_have_count(4)
    publisher.go("/desk/figures/?weeks=4")
    expect(page.locator(".figures > section")).to_have_count(5)
    page.locator("#ratings details > summary").click()
    expect(page.locator("#ratings table")).to_be_visible()
    for drawing in page.locator("svg.chart.time").all():
        form = drawing.evaluate("node => getComputedStyle(node).transform")
        assert (form == "matrix(-1, 0, 0, 1, 0, 0)") == turned
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) <= 0
    page.set_viewport_size({"width": 1360, "height": 900})


def test_a_dossier_is_saved_and_fits_the_desks_key(
    people: People, desk: Desk, tmp_path: Path
) -> None:
    publisher = people.publisher
    publisher.go("/desk/")
    publisher.speak("en")
    page = publisher.page
    claim = desk.value("SELECT id FROM claims_claim WHERE state = 'published' ORDER BY id LIMIT 1")
    publisher.go(f"/desk/claims/claim/{claim}/change/")
    page.get_by_role("link", name="Dossier").click()
    page.get_by_label("For whom, or for what?").fill("the press council")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Make it and save it").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    publisher.go("/feeds")
    (key,) = set(re.findall(r"[^\s<>\"]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{40,}", page.content()))
    assert verify_dossier.verify(str(path), key)["claim"] == claim
