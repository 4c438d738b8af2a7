"""The API's published verdicts: shape, paging, errors, caching."""

import json
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from time_machine import travel

from claims.api import documents, verdicts
from claims.models import Publication
from tests.cast import DENIAL, STATEMENT
from tests.pages.conftest import Publish, change, publish, retract, verdict

pytestmark = pytest.mark.django_db
__all__ = ["change", "publish", "retract", "verdict"]

LIST = "/api/v1/verdicts/"


def read(client: Client, path: str, **query: str) -> Any:
    response = client.get(path, query)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def test_a_verdict_says_everything_that_was_published(client: Client, verdict: Publication) -> None:
    (found,) = read(client, LIST)["results"]
    assert found.pop("claim_review")["@type"] == "ClaimReview"
    assert found.pop("body_sha256") == verdict.entry.body_sha256
    assert found.pop("published_at") == verdict.published_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert found == {
        "number": 1,
        "version": 1,
        "kind": "original",
        "language": "ar",
        "url": "http://127.0.0.1:8000/v/1",
        "version_url": "http://127.0.0.1:8000/v/1/1",
        "claim": STATEMENT,
        "claim_kind": "prediction",
        "claim_language": "ar",
        "rating": {
            "slug": "false",
            "label": {"ar": "خاطئ", "tr": "Yanlış", "en": "False"},
            "value": 1,
            "best": 5,
            "worst": 1,
        },
        "summary": "انقضى أغسطس ولم يلتق الوزيران.",
        "explanation": "يخلو جدول الوزارة من اللقاء [1]، وأكدت الوكالة ذلك [2].",
        "no_primary_reason": "",
        "positions": [
            {
                "stance": "asserts",
                "text": STATEMENT,
                "form": "indirect",
                "claimant": {
                    "name": "صحيفة المرفأ",
                    "kind": "outlet",
                    "language": "ar",
                    "wikidata": "",
                },
                "via": "",
                "dates": [],
            },
            {
                "stance": "denies",
                "text": DENIAL,
                "form": "indirect",
                "claimant": None,
                "via": "",
                "dates": [],
            },
        ],
        "evidence": [
            {
                "number": number,
                "title": f"جدول {number}",
                "url": f"https://evidence.example/{number}",
                "publisher": publisher,
                "quote": "لا لقاء في أغسطس",
                "quote_language": "ar",
                "relation": "refutes",
                "primary": number == 1,
            }
            for number, publisher in ((1, "الوزارة"), (2, "وكالة"))
        ],
        "appearances": [
            {
                "url": "https://marfa.example/sofia",
                "outlet": "المرفأ",
                "published_on": "2026-07-20",
            }
        ],
        "byline": "",
        "reason": "",
        "reason_language": "",
        "translation_of": None,
        "translations": [],
        "log_entry": 0,
        "replaces": None,
    }


def test_one_verdict_lists_its_versions_newest_first(
    client: Client, verdict: Publication, change: Publish
) -> None:
    change(verdict, reason="كتبنا 28 والصواب 27.", rating="misleading")
    found = read(client, f"{LIST}1/")
    assert found["version"] == 2
    assert found["rating"]["slug"] == "misleading"
    assert found["reason"] == "كتبنا 28 والصواب 27."
    assert found["languages"] == ["ar"]
    assert [
        (one["version"], one["kind"], one["rating"]["slug"], one["log_entry"], one["replaces"])
        for one in found["versions"]
    ] == [(2, "correction", "misleading", 1, 0), (1, "original", "false", 0, None)]


def test_a_retraction_is_listed_as_a_tombstone(
    client: Client, verdict: Publication, retract: Publish
) -> None:
    retract(verdict, "الوثيقة مزورة.")
    (found,) = read(client, LIST)["results"]
    assert (found["kind"], found["reason"]) == ("retraction", "الوثيقة مزورة.")
    assert found["claim"] == STATEMENT
    for empty in ("rating", "summary", "explanation", "claim_review"):
        assert found[empty] is None
    assert found["positions"] == found["evidence"] == []


def test_paging_meets_every_verdict_once_while_others_are_published_corrected_and_retracted(
    client: Client,
    publish: Publish,
    change: Publish,
    retract: Publish,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verdicts, "PAGE", 2)
    rows = [publish(f"ادعاء رقم {number}") for number in range(1, 6)]
    first = read(client, LIST)
    # The next page is asked for after one of its verdicts was corrected, another retracted, and a
    # new one published.
    change(rows[2], reason="كتبنا 28 والصواب 27.", rating="misleading")
    retract(rows[0], "الوثيقة مزورة.")
    publish("ادعاء جديد")
    second = read(client, first["next"].removeprefix("http://127.0.0.1:8000"))
    third = read(client, second["next"].removeprefix("http://127.0.0.1:8000"))
    met = [
        (one["number"], one["kind"]) for page in (first, second, third) for one in page["results"]
    ]
    assert met == [
        (5, "original"),
        (4, "original"),
        (3, "correction"),
        (2, "original"),
        (1, "retraction"),
    ]
    assert third["next"] is None
    assert third["results"][0]["claim_review"] is None


def test_filters_by_language_and_time_stay_on_the_next_page(
    client: Client, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdicts, "PAGE", 1)
    for number in (1, 2):
        publish(f"Liman {number} açıldı", language="tr")
        publish(f"ادعاء رقم {number}")
    first = read(client, LIST, language="tr", since="2020-01-01")
    assert [one["language"] for one in first["results"]] == ["tr"]
    assert "language=tr" in first["next"]
    assert "since=2020-01-01" in first["next"]
    second = read(client, first["next"].removeprefix("http://127.0.0.1:8000"))
    assert [one["claim"] for one in second["results"]] == ["Liman 1 açıldı"]
    assert second["next"] is None
    assert read(client, LIST, since="2099-01-01T00:00:00Z")["results"] == []


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        (
            {"cursor": "forged"},
            (
                "This cursor is not one of ours, or it was cut off. Take `next` as it is given, or "
                "begin again without a cursor."
            ),
        ),
        ({"language": "xx"}, "No verdicts in 'xx'. Known: ar, tr, en."),
        (
            {"since": "yesterday"},
            "'yesterday' is no time. Write since as 2026-11-24 or 2026-11-24T09:00:00Z.",
        ),
        (
            {"since": "0001-01-01T00:00:00+14:00"},
            (
                "'0001-01-01T00:00:00+14:00' is no time. Write since as 2026-11-24 or "
                "2026-11-24T09:00:00Z."
            ),
        ),
        (
            {"since": "9999-12-31T23:59:59-14:00"},
            (
                "'9999-12-31T23:59:59-14:00' is no time. Write since as 2026-11-24 or "
                "2026-11-24T09:00:00Z."
            ),
        ),
        (
            {"since": "9999-12-31T23:59:59-14:00,1"},
            (
                "'9999-12-31T23:59:59-14:00,1' is no time. Write since as 2026-11-24 or "
                "2026-11-24T09:00:00Z."
            ),
        ),
        (
            {"since": "2026-02-31"},
            "'2026-02-31' is no time. Write since as 2026-11-24 or 2026-11-24T09:00:00Z.",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused_with_what_to_do(
    client: Client, query: dict[str, str], detail: str
) -> None:
    response = client.get(LIST, query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": detail,
    }


def test_a_cursor_made_elsewhere_or_changed_by_a_letter_is_refused(
    client: Client, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdicts, "PAGE", 1)
    publish("أول ادعاء")
    publish("ثاني ادعاء")
    cursor = read(client, LIST)["next"].partition("cursor=")[2]
    changed = ("A" if cursor[0] != "A" else "B") + cursor[1:]
    for wrong in (changed, cursor[:-1], signing.dumps([1, 1]), signing.dumps([1, 1], key="x" * 50)):
        assert client.get(LIST, {"cursor": wrong}).status_code == 400


@pytest.mark.parametrize("path", ["99/", "0/", "x/", "1e3/", "9" * 30 + "/", "١/"])
def test_no_such_verdict_is_a_problem_and_not_a_page(
    client: Client, verdict: Publication, path: str
) -> None:
    response = client.get(LIST + path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["title"] == "Not Found"


def test_every_address_below_the_api_answers_errors_in_one_shape(client: Client) -> None:
    for answer, status in (
        (client.get("/api/v1/nothing"), 404),
        (client.post(LIST), 405),
        (client.delete(f"{LIST}1/"), 405),
        (client.get(LIST, headers={"accept": "text/html"}), 406),
    ):
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        problem = json.loads(answer.content)
        assert problem["status"] == status
        assert set(problem) == {"type", "title", "status", "detail"}


def test_a_fault_of_ours_tells_nothing_of_itself(
    verdict: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_publication: Publication) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(documents, "verdicts", broken)
    with pytest.raises(RuntimeError):
        Client().get(LIST)
    response = Client(raise_request_exception=False).get(LIST)
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "secret" not in response.content.decode()


def test_an_unchanged_list_is_answered_304_by_one_query(
    client: Client, publish: Publish, django_assert_num_queries: Any
) -> None:
    publish("أول ادعاء")
    first = client.get(LIST)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    with django_assert_num_queries(1):
        again = client.get(LIST, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    publish("ثاني ادعاء")
    assert client.get(LIST, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_page_takes_the_same_number_of_queries_for_one_and_for_many(
    client: Client, publish: Publish, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        publish(f"ادعاء رقم {number}")
    with django_assert_max_num_queries(4):
        assert len(read(client, LIST)["results"]) == 8


def test_since_counts_from_the_first_moment_of_its_day(client: Client, publish: Publish) -> None:
    publication = publish("أول ادعاء")
    day = publication.published_at.strftime("%Y-%m-%d")
    with travel("2099-01-01"):
        assert len(read(client, LIST, since=day)["results"]) == 1
        exact = publication.published_at.isoformat()
        assert len(read(client, LIST, since=exact)["results"]) == 1
