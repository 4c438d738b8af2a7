"""The sources' page: what each sends, how it did, why it is left alone, and trying one."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.utils import timezone, translation

from claims.models import Lookup, Transition
from claims.pipeline import _traffic as traffic
from claims.sources import registry
from tests.admin.hands import signed_in
from tests.cast import make_article, make_claim, set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


@pytest.fixture(autouse=True)
def _no_traffic_yet() -> None:
    for name in registry():
        traffic._client().delete(*traffic._keys(name))


def told(user: User, name: str = "") -> str:
    """What the page says, of one source or in all, as a reader reads it."""
    html = signed_in(user).get("/desk/sources/").content.decode()
    if name:
        html = html.partition(f'id="source-{name}"')[2].partition('</li><li class="rowi')[0]
        html = html.partition("\n<li ")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", unescape(html)).split())
    return re.sub(r" (?=[,.:])", "", words)


def a_lookup(number: int, source: str, **fields: Any) -> Lookup:
    text = f"افتتح الوزير الجسر رقم {number} أمس"
    now = timezone.now()
    return Lookup.objects.create(
        claim=make_claim(make_article(text), text=text), source=source,
        **{"started_at": now, "finished_at": now, **fields},
    )  # fmt: skip


def test_every_source_says_what_it_sends_and_what_it_may_be_asked_for(editor: User) -> None:
    text = told(editor)
    with translation.override("en"):
        for source in registry().values():
            assert str(source.label) in text
            assert str(source.sends) in text
    gdelt = told(editor, "gdelt")
    assert "12 a minute, 1 at once, 5 s between two" in gdelt
    assert "It may be asked" in gdelt
    assert "Sends nothing: our own data." in told(editor, "archive")


def test_what_it_did_is_counted_with_the_reasons(editor: User) -> None:
    now = timezone.now()
    a_lookup(1, "gdelt", state="answered", started_at=now - timedelta(seconds=2))
    a_lookup(2, "gdelt", state="gave_up", reason="503, try later")
    a_lookup(3, "gdelt", state="gave_up", reason="503, try later")
    a_lookup(4, "gdelt", state="gave_up", reason="GDELT does not accept the words")
    old = now - timedelta(days=2)
    a_lookup(5, "gdelt", state="gave_up", reason="long ago", started_at=old, finished_at=old)
    text = told(editor, "gdelt")
    assert "1 answer, 2.0 s each, 3 given up" in text
    assert "503, try later × 2" in text
    assert "GDELT does not accept the words" in text
    assert "long ago" not in text
    assert "4 requests of the budget" in text
    assert "Asked outside today: 4 of 2000 requests." in told(editor)


def test_the_breaker_says_for_how_long_and_why(editor: User) -> None:
    source = registry()["gdelt"]
    a_lookup(1, "gdelt", state="waiting", reason="“api.gdeltproject.org” answers with 503")
    traffic.failed(source, traffic.FAILURES, None)
    text = told(editor, "gdelt")
    assert re.search(
        r"Not asked for another (59|60) s, because it failed 5 times in a row: "
        r"“api\.gdeltproject\.org” answers with 503",
        text,
    )
    traffic.answered(source)
    traffic.failed(source, 1, 43)
    assert re.search(
        r"Not asked for another 4[23] s, because it asked us to wait", told(editor, "gdelt")
    )


def test_a_missing_setting_is_said_once_and_kindly(editor: User, settings: Any) -> None:
    settings.GOOGLE_FACT_CHECK_KEY = ""
    text = told(editor)
    assert text.count("GOOGLE_FACT_CHECK_KEY") == 1
    assert "Everything else works without it." in told(editor, "google_fact_check")


def test_the_page_stands_without_redis_and_says_so(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: object) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr(traffic, "state", gone)
    text = told(editor)
    assert "Redis does not answer: limits and breakers cannot be shown" in text
    assert "12 a minute, 1 at once, 5 s between two" in text
    assert "unknown: Redis does not answer" in told(editor, "gdelt")


def test_trying_one_shows_its_answer_and_counts(reviewer: User) -> None:
    client = signed_in(reviewer)
    html = client.post("/desk/sources/archive/try/").content.decode()
    assert "It answers: 0 finds in" in html
    assert "يصل مضيق البوسفور" in html
    assert Transition.objects.get().data == {"source": "archive"}
    part = client.post("/desk/sources/archive/try/", headers={"HX-Request": "true"})
    html = part.content.decode()
    assert html.lstrip().startswith('<li class="rowi src-row" id="source-archive"')
    assert "It answers: 0 finds in" in html


def test_trying_one_says_what_went_wrong(reviewer: User, settings: Any) -> None:
    # Nothing but loopback can be reached in a test.
    html = signed_in(reviewer).post("/desk/sources/wikipedia/try/").content.decode()
    assert 'class="note bad" role="status"' in html
    set_policy(third_party_budget=0)
    response = signed_in(reviewer).post("/desk/sources/wikipedia/try/")
    assert response.status_code == 422
    assert "The day&#x27;s budget of requests is spent." in response.content.decode()


def test_only_those_who_may_try_see_the_button(
    editor: User, administrator: User, outsider: User
) -> None:
    assert "Try it" not in told(editor)
    assert "Try it" in told(administrator)
    assert signed_in(editor).post("/desk/sources/archive/try/").status_code == 403
    assert signed_in(administrator).get("/desk/sources/archive/try/").status_code == 302
    assert signed_in(administrator).post("/desk/sources/gopher/try/").status_code == 404
    assert signed_in(outsider).get("/desk/sources/").status_code == 302
    assert not Transition.objects.exists()


def test_today_and_the_administration_lead_there(editor: User) -> None:
    for page in ("/desk/", "/desk/administration/"):
        assert 'href="/desk/sources/"' in signed_in(editor).get(page).content.decode()


def test_a_key_that_is_set_is_named_and_never_shown(administrator: User, settings: Any) -> None:
    settings.GOOGLE_FACT_CHECK_KEY = "a very secret key"
    html = signed_in(administrator).get("/desk/sources/").content.decode()
    row = html.partition('data-source="google_fact_check"')[2].partition("</li>")[0]
    assert "Its key, never shown, is set in:" in row
    assert "GOOGLE_FACT_CHECK_KEY" in row
    assert "a very secret key" not in html
