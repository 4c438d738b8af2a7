"""Everything published in one document, for whoever mirrors us or begins today."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from claims.models import ImportedCheck, Publication
from claims.pipeline import importing
from claims.pipeline.publishing import archives, erasing, files
from tests.pages.conftest import Publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUBLIC_DIR = tmp_path / "public"
    monkeypatch.setattr(archives, "PAGE", 2)


@pytest.fixture
def five(publish: Publish, change: Publish, retract: Publish) -> Publication:
    """/v/1 corrected, /v/2 in English, /v/3 retracted."""
    first = publish("الجسر الأول")
    publish("The second bridge, =1+1", language="en")
    change(first, reason="أخطأنا في السنة.", summary="حكم مصحح", rating="misleading")
    third = publish("الجسر الثالث")
    return retract(third, "تبين أن السجل يخص جسرا آخر.")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def items(client: Client, query: str = "") -> list[dict[str, Any]]:
    feed = json.loads(text(client, f"/feeds/datafeed.json{query}"))
    assert (feed["@context"], feed["@type"]) == ("https://schema.org", "DataFeed")
    found: list[dict[str, Any]] = feed["dataFeedElement"]
    return found


@pytest.mark.parametrize("written", [False, True])
def test_the_data_feed_has_every_verdict_as_it_stands(
    written: bool, client: Client, five: Publication
) -> None:
    if written:
        files.write_due()
    found = {item["url"].removeprefix("http://127.0.0.1:8000"): item for item in items(client)}
    assert sorted(found) == ["/en/v/2", "/v/1", "/v/3"]
    (review,) = found["/v/1"]["item"]
    assert review["reviewRating"]["alternateName"] == "مضلّل"
    assert found["/v/3"]["item"] is None
    assert found["/v/3"]["dateDeleted"] > found["/v/3"]["dateCreated"]
    assert found["/v/1"]["dateModified"] > found["/v/1"]["dateCreated"]


def test_an_importer_of_data_commons_files_reads_it(client: Client, five: Publication) -> None:
    report = importing.import_checks(io.BytesIO(text(client, "/feeds/datafeed.json").encode()))
    assert (report.imported, report.broken) == (2, "")
    assert set(ImportedCheck.objects.values_list("claim", flat=True)) == {
        "الجسر الأول", "The second bridge, =1+1",
    }  # fmt: skip


def test_what_is_new_since_a_moment_says_also_what_was_taken_back(
    client: Client, five: Publication
) -> None:
    after = Publication.objects.get(entry=1).published_at + timedelta(microseconds=1)
    query = f"?since={after.isoformat().replace('+00:00', 'Z')}"
    assert [item["identifier"] for item in items(client, query)] == ["2", "3", "4"]
    assert items(client, "?since=2999-01-01") == []
    assert len(items(client, "?since=2000-01-01")) == 3
    refused = client.get("/feeds/datafeed.json?since=soon")
    assert refused.status_code == 400
    assert b"'soon' is no time" in refused.content


def test_the_lines_are_the_whole_log_oldest_first(client: Client, five: Publication) -> None:
    files.write_due()
    lines = [json.loads(line) for line in text(client, "/feeds/dump.ndjson").splitlines()]
    assert [line["number"] for line in lines] == [0, 1, 2, 3, 4]
    assert [line["kind"] for line in lines][2:] == ["correction", "original", "retraction"]
    assert lines[4]["claim_review"] is None
    assert lines[4]["reason"] == "تبين أن السجل يخص جسرا آخر."


def test_the_table_has_one_head_and_no_formula(client: Client, five: Publication) -> None:
    rows = list(csv.DictReader(io.StringIO(text(client, "/feeds/dump.csv"), newline="")))
    assert [row["number"] for row in rows] == ["0", "1", "2", "3", "4"]
    assert rows[2]["rating"] == "misleading"
    assert rows[2]["summary"] == "حكم مصحح"
    english = list(csv.DictReader(io.StringIO(text(client, "/feeds/dump.csv?language=en"))))
    assert [row["claim"] for row in english] == ["The second bridge, =1+1"]


def test_before_anything_is_published_each_is_an_empty_document(client: Client) -> None:
    assert items(client) == []
    assert text(client, "/feeds/dump.ndjson") == ""
    assert text(client, "/feeds/dump.csv").count("\r\n") == 1


def test_a_text_withdrawn_by_law_is_in_no_dump(
    client: Client,
    five: Publication,
    administrator: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    files.write_due()
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(number=2, ground="قرار المحكمة", actor=administrator)
    for path in ("datafeed.json", "dump.csv", "dump.ndjson"):
        assert "حكم مصحح" not in text(client, f"/feeds/{path}")
    files.write_due()
    for path in ("datafeed.json", "dump.csv", "dump.ndjson"):
        assert "حكم مصحح" not in text(client, f"/feeds/{path}")
    assert "الجسر الأول" not in json.dumps(items(client), ensure_ascii=False)


def test_an_unchanged_dump_is_not_sent_again(client: Client, five: Publication) -> None:
    tag = client.get("/feeds/dump.ndjson")["ETag"]
    assert client.get("/feeds/dump.ndjson", headers={"if-none-match": tag}).status_code == 304


def test_the_command_says_how_far_it_came(
    five: Publication, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("write_public_files")
    assert "in step with the log's 5 entries" in capsys.readouterr().out
