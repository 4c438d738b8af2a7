"""Letters with news: to whom, when, in which words, and what happens when the server does not take
them. The server is a real one, on a loopback port."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Article, Claim, Notification, NotificationChoice, Profile
from claims.pipeline import telling
from claims.pipeline.telling import digest
from tests.cast import make_claim
from tests.standins import smtp

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[smtp.Server]:
    with smtp.running() as running:
        settings.MAIL_IS_SET_UP = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.SITE_URL = "https://facts.example"
        yield running


def subscriber(user: User, digest: str = "hourly", language: str = "en", **more: object) -> Profile:
    user.email = f"{user.username}@desk.example"
    user.save()
    return Profile.objects.create(user=user, digest=digest, language=language, **more)


def news(user: User, claim: Claim, kind: str = "assigned", **fields: object) -> Notification:
    number = Notification.objects.count()
    fields = {"actor": User.objects.get_or_create(username="samer")[0]} | fields
    return Notification.objects.create(
        person=user, kind=kind, key=f"test:{number}", claim=claim, **fields
    )


def send() -> None:
    telling.send_digests(timezone.now() + timedelta(seconds=20))


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def parts(server: smtp.Server, number: int = 0) -> tuple[str, str]:
    letter = server.letters[number]
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    return tuple(plain(one.get_content()).replace("\r\n", "\n") for one in (text, html))  # type: ignore[return-value]


def test_a_letter_names_what_happened_and_leads_there(server: smtp.Server, editor: User) -> None:
    subscriber(editor)
    claim = make_claim()
    news(editor, claim)
    news(editor, claim, "sent_back", data={"reason": "Ask the ministry."})
    send()
    (letter,) = server.letters
    assert letter["To"] == "layla@desk.example"
    assert letter["Subject"] == "Touchstone: 2 pieces of news"
    assert letter["Auto-Submitted"] == "auto-generated"
    text, html = parts(server)
    assert text.startswith(
        "samer sent this verdict back to you.\n"
        f"  {claim.statement}\n"
        "  > Ask the ministry.\n"
        f"  https://facts.example/desk/claims/claim/{claim.pk}/change/\n"
    )
    assert "samer gave you this claim." in text
    assert "https://facts.example/desk/settings/" in text
    assert f'href="https://facts.example/desk/claims/claim/{claim.pk}/change/"' in html
    assert "<script" not in html


def test_it_is_written_from_the_right_in_arabic_with_the_persons_figures(
    server: smtp.Server, editor: User
) -> None:
    subscriber(editor, language="ar", digits="arab")
    for _number in range(3):
        news(editor, make_claim() if not Claim.objects.exists() else Claim.objects.get())
    send()
    (letter,) = server.letters
    assert "٣" in letter["Subject"]
    assert '<html lang="ar" dir="rtl">' in parts(server)[1]


def test_it_goes_out_once(server: smtp.Server, editor: User) -> None:
    subscriber(editor)
    news(editor, make_claim())
    send()
    send()
    Profile.objects.update(digest_at=None)
    send()
    assert len(server.letters) == 1
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_the_next_hourly_letter_waits_an_hour(server: smtp.Server, editor: User) -> None:
    subscriber(editor)
    claim = make_claim()
    news(editor, claim)
    send()
    news(editor, claim)
    assert not telling.digests_due(timezone.now())
    assert telling.digests_due(timezone.now() + timedelta(minutes=61))


def test_a_daily_letter_waits_for_the_morning(
    server: smtp.Server, editor: User, settings: Any
) -> None:
    settings.TIME_ZONE = "Asia/Damascus"
    subscriber(editor, digest="daily")
    # Half past nine in Damascus.
    told_at = datetime(2026, 7, 20, 6, 30, tzinfo=UTC)
    news(editor, make_claim(), at=told_at)
    assert not telling.digests_due(told_at + timedelta(hours=20))
    assert telling.digests_due(told_at + timedelta(hours=21, minutes=31))


@pytest.mark.parametrize(
    "change",
    [{"digest": "never"}, {"digest_at": datetime(2100, 1, 1, tzinfo=UTC)}],
    ids=["never", "not before"],
)
def test_who_wants_no_letter_gets_none(
    server: smtp.Server, editor: User, change: dict[str, object]
) -> None:
    subscriber(editor)
    Profile.objects.update(**change)
    news(editor, make_claim())
    assert not telling.digests_due(timezone.now())
    send()
    assert server.letters == []


def test_without_an_address_nothing_is_due(server: smtp.Server, editor: User) -> None:
    subscriber(editor)
    User.objects.filter(pk=editor.pk).update(email="")
    news(editor, make_claim())
    assert not telling.digests_due(timezone.now())


def test_without_a_mail_server_nothing_is_due(
    server: smtp.Server, editor: User, settings: Any
) -> None:
    settings.MAIL_IS_SET_UP = False
    subscriber(editor)
    news(editor, make_claim())
    assert not telling.digests_due(timezone.now())


def test_what_was_read_on_the_desk_is_not_mailed(server: smtp.Server, editor: User) -> None:
    subscriber(editor)
    news(editor, make_claim(), read_at=timezone.now())
    send()
    assert server.letters == []
    assert Notification.objects.get().mailed_at is not None


def test_old_news_stays_on_the_desk(server: smtp.Server, editor: User) -> None:
    subscriber(editor)
    news(editor, make_claim(), at=timezone.now() - timedelta(days=8))
    assert not telling.digests_due(timezone.now())


def test_who_has_left_the_desk_gets_nothing(server: smtp.Server, editor: User) -> None:
    subscriber(editor)
    news(editor, make_claim())
    editor.groups.clear()
    send()
    assert server.letters == []


def test_a_kind_wanted_by_mail_alone_is_read_with_the_letter(
    server: smtp.Server, editor: User
) -> None:
    subscriber(editor)
    NotificationChoice.objects.create(person=editor, kind="assigned", on_desk=False)
    news(editor, make_claim())
    send()
    assert len(server.letters) == 1
    assert Notification.objects.get().read_at is not None


def test_nothing_of_a_confidential_article_is_in_a_letter(
    server: smtp.Server, editor: User
) -> None:
    subscriber(editor)
    claim = make_claim()
    Article.objects.filter(pk=claim.article_id).update(confidential=True)
    news(editor, claim, "sent_back", data={"reason": "Ask the ministry in Sofia."})
    news(editor, claim, "answer", data={"whom": "Minister X"})
    send()
    raw = server.letters[0].as_string() + "".join(parts(server))
    for word in ("صوفيا", "Sofia", "ministry", "Minister X"):
        assert word not in raw
    text, _html = parts(server)
    assert "a claim of a confidential article" in text
    assert "Somebody who was asked answered the desk." in text
    assert f"https://facts.example/desk/claims/claim/{claim.pk}/change/" in text


def test_many_are_named_up_to_a_number(
    server: smtp.Server, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "NAMED", 2)
    subscriber(editor)
    claim = make_claim()
    for _number in range(5):
        news(editor, claim)
    send()
    assert server.letters[0]["Subject"] == "Touchstone: 5 pieces of news"
    assert "And 3 more: https://facts.example/desk/news/" in parts(server)[0]
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_a_server_that_is_away_puts_everybody_off_ever_longer(
    server: smtp.Server, editor: User, reviewer: User, settings: Any
) -> None:
    settings.EMAIL_PORT = 1
    claim = make_claim()
    for user in (editor, reviewer):
        subscriber(user)
        news(user, claim)
    before = timezone.now()
    send()
    for profile in Profile.objects.all():
        assert profile.digest_failures == 1
        assert profile.digest_at is not None
        assert timedelta(minutes=2) <= profile.digest_at - before < timedelta(minutes=3)
        assert "refused" in profile.digest_reason
    Profile.objects.update(digest_at=None)
    send()
    again = Profile.objects.first()
    assert again is not None
    assert again.digest_at is not None
    assert again.digest_at - before >= timedelta(minutes=4)

    settings.EMAIL_PORT = server.port
    Profile.objects.update(digest_at=None)
    send()
    assert len(server.letters) == 2
    assert set(Profile.objects.values_list("digest_failures", "digest_reason")) == {(0, "")}


def test_an_address_that_is_refused_holds_up_nobody_else(
    server: smtp.Server, editor: User, reviewer: User
) -> None:
    server.refuses = {"layla@desk.example"}
    claim = make_claim()
    for user in (editor, reviewer):
        subscriber(user)
        news(user, claim)
    send()
    assert [letter["To"] for letter in server.letters] == ["samer@desk.example"]
    mine = Profile.objects.get(user=editor)
    assert mine.digest_failures == 1
    assert "no such mailbox" in mine.digest_reason
    assert Notification.objects.get(person=editor).mailed_at is None


def test_a_letter_that_was_not_taken_is_sent_later(server: smtp.Server, editor: User) -> None:
    server.broken = True
    subscriber(editor)
    news(editor, make_claim())
    send()
    assert Notification.objects.get().mailed_at is None
    server.broken = False
    Profile.objects.update(digest_at=None)
    send()
    assert len(server.letters) == 1


def test_a_worker_that_dies_after_sending_sends_the_same_letter(
    server: smtp.Server, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscriber(editor)
    news(editor, make_claim())
    with monkeypatch.context() as patched:

        def dies(*_args: object, **_rest: object) -> None:
            raise KeyboardInterrupt

        patched.setattr("claims.pipeline.telling.digest.NotificationChoice.objects.filter", dies)
        with pytest.raises(KeyboardInterrupt):
            send()
    assert not telling.digests_due(timezone.now())  # the lease
    Profile.objects.update(digest_at=None)
    send()
    assert len({letter["Message-ID"] for letter in server.letters}) == 1


def test_two_workers_do_not_write_to_the_same_person(server: smtp.Server, editor: User) -> None:
    profile = subscriber(editor)
    news(editor, make_claim())
    assert digest._take(profile)
    assert not digest._take(profile)


def test_a_mail_program_takes_somebody_off_the_list_with_one_post(
    server: smtp.Server, editor: User, client: Client
) -> None:
    subscriber(editor)
    news(editor, make_claim())
    send()
    letter = server.letters[0]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].replace("\r\n", "").strip("<> ")
    assert address.startswith("https://facts.example/letters/")
    path = address.removeprefix("https://facts.example")
    # A mail program that only looks, or a person who opens it, changes nothing.
    assert client.get(path).status_code == 302
    assert Profile.objects.get(user=editor).digest == "hourly"
    strict = Client(enforce_csrf_checks=True)
    for forged in (f"{path}x", "/letters/1", path.replace("/letters/", "/letters/x")):
        assert strict.post(forged, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Profile.objects.get(user=editor).digest == "hourly"
    answer = strict.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert Profile.objects.get(user=editor).digest == "never"
