"""The webhooks' pages: a secret shown once, what came of each message, and who may do what."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Delivery, Publication, Webhook
from claims.pipeline import delivering
from tests.admin.hands import captured, signed_in
from tests.cast import published_claim

pytestmark = pytest.mark.django_db

LIST = "/desk/webhooks/"
URL = "https://newsroom.example/hooks"


@pytest.fixture
def client(administrator: User) -> Client:
    return signed_in(administrator)


@pytest.fixture
def webhook(administrator: User) -> Webhook:
    return delivering.add(name="A newsroom", url=URL, actor=administrator)[0]


@pytest.fixture
def published(webhook: Webhook, editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def at(webhook: Webhook, tail: str = "") -> str:
    return f"{LIST}{webhook.pk}/{tail}"


def html(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_looks_again_while_a_message_is_under_way(
    client: Client, webhook: Webhook
) -> None:
    client.post(at(webhook, "try/"))
    assert "every 3s" in html(client.get(at(webhook)))
    (sent,) = delivering.sending._take()
    assert "every 3s" in html(client.get(at(webhook)))
    delivering.sending._store(sent, delivering.sending.Outcome(204, 1, ""))
    assert "every 3s" not in html(client.get(at(webhook)))


def test_a_desk_that_tells_nobody_says_what_to_do(client: Client, editor: User) -> None:
    assert "Add the address of a newsroom" in html(client.get(LIST))
    theirs = html(signed_in(editor).get(LIST))
    assert "An administrator adds those" in theirs
    assert '<form class="form narrow"' not in theirs


def test_the_secret_is_shown_once_and_kept_by_no_cache(client: Client) -> None:
    answer = client.post(LIST, {"name": "A newsroom", "url": URL})
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", html(answer))
    assert "no-store" in answer.headers["Cache-Control"]
    webhook = Webhook.objects.get()
    assert secret not in html(client.get(at(webhook)))
    renewed = html(client.post(at(webhook, "secret/")))
    assert secret not in renewed
    assert "whsec_" in renewed


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "", "url": URL}, "This field is required."),
        ({"name": "A", "url": "not an address"}, "This is no web address."),
        ({"name": "A", "url": "ftp://x.example/"}, "web address"),
        ({"name": "A" * 121, "url": URL}, "at most 120 characters"),
    ],
)
def test_what_cannot_be_an_address_is_said_and_what_was_typed_stays(
    client: Client, fields: dict[str, str], said: str
) -> None:
    answer = client.post(LIST, fields)
    assert answer.status_code == 422
    assert said in html(answer)
    assert f'value="{fields["url"]}"' in html(answer)
    assert not Webhook.objects.exists()


def test_the_same_address_is_told_once(client: Client, webhook: Webhook) -> None:
    answer = client.post(LIST, {"name": "Again", "url": URL})
    assert (answer.status_code, Webhook.objects.count()) == (422, 1)


def test_each_message_stands_with_what_came_of_it(
    client: Client, published: Publication, webhook: Webhook
) -> None:
    Delivery.objects.update(
        state="gave_up", status=500, reason="It failed.", attempts=10, ended_at="2026-11-01T00:00Z"
    )
    page = html(client.get(at(webhook)))
    for part in ("Log entry 0", "gave up", "It failed.", "Send log entry 0 again"):
        assert part in page
    assert "Log entry 0" not in html(client.get(at(webhook) + "?state=delivered"))
    row = Delivery.objects.get()
    assert client.post(at(webhook, f"deliveries/{row.pk}/again/")).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert "hx-trigger" in html(client.get(at(webhook))), "it looks again while something is due"


def test_switching_off_and_on_trying_and_sending_all_again(
    client: Client, published: Publication, webhook: Webhook
) -> None:
    client.post(at(webhook, "off/"))
    assert "It is told of nothing now." in html(client.get(at(webhook)))
    assert client.post(at(webhook, "off/")).status_code == 422
    assert client.post(at(webhook, "try/")).status_code == 422
    client.post(at(webhook, "on/"))
    client.post(at(webhook, "try/"))
    assert Delivery.objects.filter(entry=None).count() == 1
    answer = client.post(at(webhook, "replay/"), {"since": "0"}, follow=True)
    assert "1 message is sent." in html(answer)


@pytest.mark.parametrize("since", ["", "-1", "x", "9" * 40])
def test_a_number_that_is_none_is_refused_in_words(
    client: Client, webhook: Webhook, since: str
) -> None:
    answer = client.post(at(webhook, "replay/"), {"since": since})
    assert answer.status_code == 422
    assert 'role="alert"' in html(answer)


@pytest.mark.parametrize("tail", ["", "secret/", "on/", "off/", "try/", "replay/"])
def test_who_does_not_administer_may_look_and_change_nothing(
    publisher: User, webhook: Webhook, tail: str
) -> None:
    client = signed_in(publisher)
    assert client.get(at(webhook)).status_code == 200
    before = Webhook.objects.values().get()
    fields = {"name": "Mine", "url": "https://mine.example/", "since": "0"}
    assert client.post(at(webhook, tail), fields).status_code == 403
    assert Webhook.objects.values().get() == before
    assert "whsec_" not in html(client.get(at(webhook)))


def test_a_webhook_that_is_not_there_is_no_error(client: Client) -> None:
    assert client.get(f"{LIST}999/").status_code == 404


def test_the_page_costs_the_same_for_one_message_and_for_many(
    client: Client, published: Publication, webhook: Webhook
) -> None:
    one = len(captured(client, at(webhook)))
    Delivery.objects.bulk_create([Delivery(webhook=webhook) for _number in range(30)])
    assert len(captured(client, at(webhook))) == one < 30
