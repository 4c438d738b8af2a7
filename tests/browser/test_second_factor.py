"""Setting up a second factor and signing in with its code, in Arabic, at a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser

from tests.browser.people import Desk, Person, overflow

pytestmark = pytest.mark.browser


@pytest.fixture
def publisher(browser: Browser, desk: Desk) -> Iterator[Person]:
    """At a browser of their own: what they change about their sign-in is nobody else's."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    context.set_default_timeout(15_000)
    person = Person(desk, context, "publisher")
    yield person
    context.close()
    assert not person.complaints, "\n".join(person.complaints)


def sign_in(person: Person) -> None:
    person.go("/desk/")
    person.page.locator("[name=username]").fill(person.name)
    person.page.locator("[name=password]").fill(person.desk.passwords[person.name])
    person.page.locator("[name=password]").press("Enter")


def arabic(code: str) -> str:
    return code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


def next_step() -> None:
    """A code works once: wait for the step after the one that was used."""
    time.sleep(30 - time.time() % 30 + 0.5)


def test_set_up_and_signed_in_with_a_code(publisher: Person) -> None:
    person, page = publisher, publisher.page
    sign_in(person)
    page.locator("#main").wait_for()
    person.speak("ar")  # whoever used this account before may have read English
    person.go("/desk/security/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator("a[href='/desk/security/set-up/'].main").click()

    assert page.locator("svg.qr").bounding_box() is not None
    assert overflow(page) == 0
    secret = re.sub(r"\s", "", page.locator(".secret").inner_text())
    page.locator("[name=code]").fill("000000")
    with person.refused(422):
        page.locator("[name=code]").press("Enter")
        page.locator("[role=alert]").wait_for()
    page.locator("[name=code]").fill(arabic(pyotp.TOTP(secret).now()))
    page.locator("[name=code]").press("Enter")

    codes = page.locator(".recovery li")
    codes.first.wait_for()
    assert codes.count() == 10
    recovery = codes.first.inner_text()
    with page.expect_download() as download:
        page.locator("form[action$='codes.txt'] button").click()
    assert recovery in download.value.path().read_text("utf-8")

    person.context.clear_cookies()
    sign_in(person)
    page.wait_for_url("**/desk/login/code/")
    assert page.locator("nav.nav").count() == 0
    person.go("/desk/articles/")
    assert "/desk/login/" in page.url  # the password alone opens nothing
    person.go("/desk/login/code/")
    assert page.evaluate("document.activeElement.name") == "code"
    next_step()
    page.locator("[name=code]").fill(pyotp.TOTP(secret).now())
    page.locator("[name=code]").press("Enter")
    page.wait_for_url("**/desk/**")
    page.locator("summary.who-me").wait_for()

    # And away again, for those who come after: the password, and a recovery code.
    person.go("/desk/security/")
    form = page.locator("form[action$='/remove/']")
    page.locator("details:has(form[action$='/remove/']) > summary").click()
    form.locator("[name=password]").fill(person.desk.passwords[person.name])
    form.locator("[name=recovery]").fill(recovery)
    form.locator("button").click()
    page.locator("a[href='/desk/security/set-up/'].main").wait_for()
