"""Each list of the desk as a file: what is in it, in which order, and what is left out."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone

from claims import permissions
from claims.models import Article, Delivery, Notification, Rule, Webhook
from claims.pipeline import corresponding
from tests.admin.hands import signed_in
from tests.cast import proposed_claim, published_claim, researched_claim

pytestmark = pytest.mark.django_db


def sent(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def rows_of(user: User, path: str) -> list[dict[str, str]]:
    response = signed_in(user).get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    raw = sent(response)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "path",
    [
        "/desk/articles/",
        "/desk/claims/claim/",
        "/desk/claims/claimant/",
        "/desk/claims/outlet/",
        "/desk/claims/transition/",
        "/desk/review/",
        "/desk/publishing/",
        "/desk/complaints/",
        "/desk/news/",
        "/desk/rules/",
        reverse_lazy("admin:collected"),
    ],
)
def test_every_list_offers_itself_as_a_file(superuser: User, path: str) -> None:
    client = signed_in(superuser)
    assert "as=csv" in client.get(path).content.decode()
    for form, kind in (("csv", "text/csv"), ("json", "application/json")):
        answer = client.get(f"{path}?as={form}")
        assert answer["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer.streaming
        assert sent(answer)


def test_the_complaints_of_a_state_are_a_file_without_who_complained(
    editor: User, reviewer: User, publisher: User
) -> None:
    publication = published_claim(editor, reviewer, publisher)
    for text, name in (("=1+1 is wrong", "Ayla"), ("The date is wrong.", "")):
        corresponding.receive(publication=publication, text=text, name=name)
    (second, first) = rows_of(publisher, "/desk/complaints/?state=open&as=csv")
    assert (first["text"], second["text"]) == ("'=1+1 is wrong", "The date is wrong.")
    assert "Ayla" not in str((first, second))
    assert rows_of(publisher, "/desk/complaints/?state=answered&as=csv") == []


def test_who_was_asked_is_a_file(editor: User) -> None:
    claim = researched_claim(editor)
    corresponding.ask(
        claim=claim, actor=editor, kind="reply", whom="وزارة النقل", how="@mail", question="متى؟"
    )
    (row,) = rows_of(editor, "/desk/contacts/?as=csv")
    assert (row["whom"], row["how"], row["outcome"]) == ("وزارة النقل", "'@mail", "open")


def test_ones_own_news_is_a_file_and_nobody_elses(editor: User, second_editor: User) -> None:
    for person in (editor, second_editor):
        Notification.objects.create(
            person=person, kind="rule", key=f"x:{person.pk}", data={"rule": person.username}
        )
    (row,) = rows_of(editor, "/desk/news/?as=csv")
    assert editor.username in row["news"]
    assert second_editor.username not in row["news"]


def test_the_deliveries_of_a_webhook_are_a_file_in_the_state_that_is_asked_for(
    superuser: User,
) -> None:
    hook = Webhook.objects.create(
        name="Archive", url="https://archive.example/", secret="x", made_by=superuser
    )
    Delivery.objects.create(webhook=hook)
    Delivery.objects.create(
        webhook=hook, state="gave_up", reason="=cmd", ended_at=timezone.now(), status=500
    )
    room = f"/desk/webhooks/{hook.pk}/"
    assert len(rows_of(superuser, f"{room}?as=csv")) == 2
    (lost,) = rows_of(superuser, f"{room}?state=gave_up&as=csv")
    assert (lost["kind"], lost["http_status"], lost["reason"]) == ("trial", "500", "'=cmd")


def test_what_waits_for_review_is_a_file_without_what_is_sealed(
    editor: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = proposed_claim(editor)
    (row,) = rows_of(reviewer, "/desk/review/?as=csv")
    assert (row["rating"], row["sealed"], row["open_to_me"]) == ("false", "false", "true")
    monkeypatch.setattr(permissions, "sealed", lambda _user: Q(pk=claim.pk))
    (row,) = rows_of(reviewer, "/desk/review/?as=csv")
    assert (row["rating"], row["approvals"], row["sealed"]) == ("", "", "true")


def test_the_rules_are_a_file(superuser: User) -> None:
    Rule.objects.create(name="الميناء", words="الميناء", topic="نقل", created_by=superuser)
    (row,) = rows_of(superuser, "/desk/rules/?as=csv")
    assert (row["name"], row["met"]) == ("الميناء", "0")
    assert row["rule"].startswith("When a new claim names")
    assert "الميناء" in row["rule"]


def test_forty_complaints_take_no_more_queries_than_a_few(
    editor: User, reviewer: User, publisher: User, django_assert_max_num_queries: object
) -> None:
    publication = published_claim(editor, reviewer, publisher)
    for count in range(40):
        corresponding.receive(publication=publication, text=f"Complaint {count}.")
    client = signed_in(publisher)
    client.get("/desk/complaints/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        rows = sent(client.get("/desk/complaints/?as=json"))
    assert len(json.loads(rows)) == 40


def test_who_was_asked_about_a_confidential_article_leaves_only_by_intent(
    editor: User, reviewer: User
) -> None:
    claim = researched_claim(editor)
    Article.objects.filter(pk=claim.article_id).update(confidential=True)
    corresponding.ask(claim=claim, actor=editor, kind="reply", whom="وزارة النقل", question="متى؟")
    Notification.objects.create(
        person=editor, kind="answer", key="x", claim=claim, data={"whom": "وزارة النقل"}
    )
    for path in ("/desk/contacts/?as=csv", "/desk/news/?as=csv"):
        rows = rows_of(editor, path)
        assert len(rows) == 1
        assert "النقل" not in str(rows)
        assert claim.statement not in str(rows)
