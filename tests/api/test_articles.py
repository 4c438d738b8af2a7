"""A machine brings articles in with a token, and sees of the desk only what it brought."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import ApiToken, Appearance, Article, Outlet, Transition
from tests.cast import make_claim
from tests.sources.web import Web, sends, site

URL = "/api/v1/articles/"
TEXT = " الوزير يصل إلى صوفيا\r\nقال مصدر إن الوزير سيلتقي نظيره غدا.\n"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECRET = "ts_" + "a" * 43


def make_token(owner: User, secret: str = SECRET, **fields: Any) -> ApiToken:
    return ApiToken.objects.create(
        **{"name": "wire", "sha256": ApiToken.digest(secret), "scope": "intake", "owner": owner}
        | fields
    )


@pytest.fixture
def token(editor: User) -> ApiToken:
    return make_token(editor)


def article(**fields: Any) -> dict[str, Any]:
    return {"text": TEXT, "published_on": "2026-11-20"} | fields


def post(body: Any, secret: str | None = SECRET, **headers: str) -> Any:
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    given = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client().post(URL, data, content_type="application/json", headers=given | headers)


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem; and that nothing was taken in."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert not Article.objects.exists()
    found: dict[str, Any] = json.loads(answer.content)
    assert found["status"] == status
    return found


class TestANewText:
    def test_is_created_exactly_as_it_was_sent(self, token: ApiToken) -> None:
        answer = post(article(outlet="المرفأ", url="https://marfa.example/1", confidential=True))
        kept = Article.objects.get()
        assert (kept.text, kept.channel, kept.confidential) == (TEXT, "api", True)
        assert kept.received_by == token.owner
        assert Appearance.objects.get().url == "https://marfa.example/1"
        assert answer.status_code == 201
        assert answer["Location"] == f"http://127.0.0.1:8000/api/v1/articles/{kept.pk}/"
        assert answer["Cache-Control"] == "no-store"
        assert json.loads(answer.content) == {
            "id": kept.pk,
            "url": f"http://127.0.0.1:8000/api/v1/articles/{kept.pk}/",
            "sha256": kept.sha256,
            "language": "ar",
            "confidential": True,
            "state": "waiting",
            "claims": 0,
            "new_article": True,
            "new_appearance": True,
        }

    def test_leaves_the_token_in_the_articles_chain(self, token: ApiToken) -> None:
        post(article())
        row = Transition.objects.get(subject="article")
        assert (row.action, row.actor, row.data["token"]) == ("receive", token.owner, token.pk)

    def test_sent_twice_is_there_once(self, token: ApiToken) -> None:
        first, second = post(article()), post(article())
        assert (first.status_code, second.status_code) == (201, 200)
        assert json.loads(second.content) == json.loads(first.content) | {
            "new_article": False,
            "new_appearance": False,
        }
        assert (Article.objects.count(), Appearance.objects.count()) == (1, 1)
        assert Transition.objects.filter(subject="article").count() == 1

    def test_known_and_seen_elsewhere_is_a_new_appearance(self, token: ApiToken) -> None:
        post(article())
        answer = post(article(outlet="الميناء"))
        assert answer.status_code == 200
        assert json.loads(answer.content)["new_appearance"] is True


class TestAPage:
    @pytest.fixture
    def web(self, settings: Any) -> Iterator[Web]:
        web = Web()
        settings.FETCH_DOOR = {"resolver": web.resolve, "dialer": web.dial}
        body = (
            "<html lang=en><head><title>Ferries return</title></head><body><article><p>The "
            "ministry said on Monday that the ferries between the two harbours will run again from "
            "the beginning of next month, after two years of repairs to the eastern quay.</p>"
            "</article></body></html>"
        )
        with site(sends(body.encode())) as server:
            web.host("marfa.example", server)
            yield web

    def test_is_fetched_through_the_desks_door(self, token: ApiToken, web: Web) -> None:
        answer = post({"url": "http://marfa.example/ferries", "published_on": "2026-11-20"})
        assert answer.status_code == 201
        assert Article.objects.get().channel == "url"
        assert "ferries between the two harbours" in Article.objects.get().text

    def test_inside_our_network_is_refused(self, token: ApiToken, web: Web) -> None:
        found = problem(post({"url": "http://127.0.0.1/"}), 422)
        assert (found["code"], found["field"]) == ("address_refused", "url")
        assert "not on the public internet (loopback)" in found["detail"]
        assert web.dialled == []

    def test_that_does_not_say_its_day_needs_one(self, token: ApiToken, web: Web) -> None:
        assert problem(post({"url": "http://marfa.example/ferries"}), 422)["detail"] == (
            "“marfa.example” does not say when it was published. Give the day."
        )

    def test_of_a_site_that_is_down_can_be_tried_again(self, token: ApiToken, web: Web) -> None:
        web.names["down.example"] = []
        found = problem(post({"url": "http://down.example/"}), 502)
        assert found["code"] == "site_unavailable"


class TestWhoMay:
    def refused(self, answer: Any) -> dict[str, Any]:
        assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
        return problem(answer, 401)

    def test_every_bad_token_gets_the_same_answer(self, editor: User, administrator: User) -> None:
        make_token(editor, "ts_revoked", revoked_at=NOW)
        make_token(editor, "ts_expired", expires_at=timezone.now())
        make_token(administrator, "ts_left")
        User.objects.filter(pk=administrator.pk).update(is_active=False)
        secrets = [None, "ts_unknown", "ts_revoked", "ts_expired", "ts_left", "", "ü", "a b"]
        answers = [self.refused(post(article(), secret)) for secret in secrets]
        answers.append(self.refused(post(article(), None, Authorization=f"Basic {SECRET}")))
        answers.append(self.refused(post(article(), None, Authorization=f"Bearer{SECRET}")))
        assert all(
            answer
            == {
                "type": "about:blank",
                "title": "Unauthorized",
                "status": 401,
                "detail": (
                    "This needs a valid token: Authorization: Bearer ts_… An administrator makes "
                    "one with manage.py make_token."
                ),
            }
            for answer in answers
        )

    def test_a_session_is_no_token(self, editor: User) -> None:
        client = Client()
        client.force_login(editor)
        self.refused(client.post(URL, json.dumps(article()), content_type="application/json"))

    def test_a_token_of_another_scope_is_forbidden(self, editor: User) -> None:
        make_token(editor, scope="read")
        assert problem(post(article()), 403)["detail"] == (
            "This token may not bring articles in. An administrator makes one with the scope "
            "“intake”."
        )

    def test_an_owner_who_lost_the_right_is_forbidden(self, token: ApiToken) -> None:
        token.owner.groups.clear()
        assert problem(post(article()), 403)["detail"] == (
            "Bringing articles in is not among your rights. Ask an administrator."
        )

    def test_a_token_says_when_it_was_last_used_to_the_minute(self, token: ApiToken) -> None:
        with time_machine.travel(NOW, tick=False) as clock:
            for seconds, expected in [(0, 0), (59, 0), (1, 60), (30, 60)]:
                clock.shift(timedelta(seconds=seconds))
                post(article())
                token.refresh_from_db()
                assert token.last_used_at == NOW + timedelta(seconds=expected)


class TestBadInput:
    def test_an_unknown_field_is_named_and_not_ignored(self, token: ApiToken) -> None:
        body = article(split_state="done", received_by=1, **{"\ud800": 1})
        errors = problem(post(body), 400)["errors"]
        assert sorted(errors) == ["?", "received_by", "split_state"]
        assert errors["split_state"][0]["message"] == (
            "There is no such field. Known: text, url, published_on, language, outlet, title, "
            "confidential."
        )

    @pytest.mark.parametrize(
        ("body", "field", "message"),
        [
            (
                {"published_on": "2026-11-20"},
                "text",
                "Give the text, or the url of a page to fetch it from.",
            ),
            (
                {"text": TEXT},
                "published_on",
                "A text does not say when it was published. Give YYYY-MM-DD.",
            ),
            (article(text=12), "text", "This must be a string."),
            (article(text=None), "text", "This field may not be null."),
            (article(url=["https://a.example"]), "url", "This must be a string."),
            (
                article(published_on="20.11.2026"),
                "published_on",
                "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.",
            ),
            (article(confidential="perhaps"), "confidential", "Must be a valid boolean."),
            (
                [article()],
                "non_field_errors",
                "Invalid data. Expected a dictionary, but got list.",
            ),
        ],
    )
    def test_a_field_that_does_not_fit_is_named(
        self, token: ApiToken, body: Any, field: str, message: str
    ) -> None:
        errors = problem(post(body), 400)["errors"]
        assert [error["message"] for error in errors[field]] == [message]

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"text": " \r\n "}, "empty"),
            ({"text": "a\x00b"}, "binary"),
            ({"text": "خبر \ud83d"}, "surrogates"),
            ({"language": "fr"}, "language_unserved"),
            ({"language": "\ud800"}, "language_unserved"),
            ({"text": "12 %"}, "language_unknown"),
            ({"published_on": "2999-01-01"}, "date_future"),
            ({"published_on": "1066-10-14"}, "date_implausible"),
            ({"url": "javascript:alert(1)"}, "url_malformed"),
            ({"url": "https://a.example/\ud800"}, "url_malformed"),
            ({"title": "x" * 301}, "title_unusable"),
            ({"outlet": "a\nb"}, "outlet_unusable"),
        ],
    )
    def test_what_cannot_be_kept_is_refused_with_a_stable_code(
        self, token: ApiToken, fields: dict[str, Any], code: str
    ) -> None:
        found = problem(post(article(**fields)), 422)
        assert (found["code"], found["title"]) == (code, "Unprocessable Entity")
        assert found["detail"]

    def test_a_text_of_over_a_million_characters(self, token: ApiToken) -> None:
        found = problem(post(article(text="م" * 1_000_001)), 413)
        assert found["code"] == "too_large"

    def test_twenty_megabytes_are_refused_before_they_are_read(self, token: ApiToken) -> None:
        body = b'{"text": "' + b"x" * 20_000_000 + b'"}'
        assert problem(post(body), 413)["detail"] == (
            "The request is 20000012 bytes long; at most 8000000 are read. An article has at most "
            "1000000 characters: cut it, or bring it in in parts."
        )

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b'{"text": "\xff"}',
            b"[" * 100_000,
            b'{"text": NaN}',
            b'{"confidential": ' + b"9" * 5000 + b"}",
            "{}".encode("utf-16"),
        ],
        ids=["nothing", "cut off", "not UTF-8", "deep", "NaN", "long number", "UTF-16"],
    )
    def test_what_is_no_json(self, token: ApiToken, body: bytes) -> None:
        problem(post(body), 400)

    def test_a_body_in_chunks_which_nobody_could_read(self, token: ApiToken) -> None:
        answer = Client().generic(
            "POST",
            URL,
            headers={"Authorization": f"Bearer {SECRET}", "Transfer-Encoding": "chunked"},
        )
        assert problem(answer, 411)["detail"] == (
            "Send the request with its Content-Length, not in chunks."
        )

    def test_another_media_type(self, token: ApiToken) -> None:
        answer = Client().post(URL, {"text": TEXT}, headers={"Authorization": f"Bearer {SECRET}"})
        problem(answer, 415)

    def test_another_method(self, token: ApiToken) -> None:
        answer = Client().get(URL, headers={"Authorization": f"Bearer {SECRET}"})
        assert problem(answer, 405)["title"] == "Method Not Allowed"

    def test_an_outlet_is_not_made_for_a_refused_text(self, token: ApiToken) -> None:
        problem(post(article(text="", outlet="المرفأ")), 422)
        assert not Outlet.objects.filter(name="المرفأ").exists()


class TestPolling:
    def get(self, number: int, secret: str = SECRET) -> Any:
        return Client().get(f"{URL}{number}/", headers={"Authorization": f"Bearer {secret}"})

    def test_tells_the_state_of_splitting_and_the_number_of_claims(self, token: ApiToken) -> None:
        post(article())
        kept = Article.objects.get()
        make_claim(kept, text="الوزير يصل إلى صوفيا", kind="event")
        Article.objects.update(split_state="done")
        answer = self.get(kept.pk)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        found = json.loads(answer.content)
        assert (found["state"], found["claims"], found["sha256"]) == ("done", 1, kept.sha256)

    def test_what_others_brought_in_is_as_if_it_were_not_here(
        self, token: ApiToken, editor: User
    ) -> None:
        make_token(editor, "ts_other")
        post(article(), "ts_other")
        number = Article.objects.get().pk
        other, missing = self.get(number), self.get(number + 1)
        assert (other.status_code, other.content) == (404, missing.content)

    def test_until_the_token_has_sent_the_same_text_itself(
        self, token: ApiToken, editor: User
    ) -> None:
        make_token(editor, "ts_other")
        post(article(), "ts_other")
        assert post(article()).status_code == 200
        assert self.get(Article.objects.get().pk).status_code == 200

    def test_a_number_no_database_holds(self, token: ApiToken) -> None:
        assert self.get(10**30).status_code == 404
