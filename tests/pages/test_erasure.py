"""What an order of law has taken out of the log is read nowhere else either."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import LogBody, LogEntry
from claims.pipeline.publishing import log
from tests.cast import published_claim

pytestmark = pytest.mark.django_db

SHOWN_IN = ["/", "/v/1", "/v/1/1", "/feeds/rss.xml", "/feeds/feed.json", "/sitemap.xml",
            "/api/v1/verdicts/", "/api/v1/verdicts/1/"]  # fmt: skip


def test_a_withdrawn_body_is_gone_from_page_feed_and_api(
    client: Client, editor: User, reviewer: User, publisher: User
) -> None:
    publication = published_claim(editor, reviewer, publisher, summary="نص مسحوب بأمر القانون")
    seen = [path for path in SHOWN_IN if "مسحوب" in client.get(path).content.decode()]
    assert {"/", "/v/1", "/feeds/rss.xml"} <= set(seen)
    LogEntry.objects.create(
        number=1, kind="erasure", header=b"{}", body_sha256="0" * 64,
        published_at=log.next_time(), erases=publication.entry,
    )  # fmt: skip
    LogBody.objects.filter(entry=publication.entry).delete()
    for path in SHOWN_IN:
        assert "مسحوب" not in client.get(path).content.decode("utf-8"), path
    assert client.get("/log/body/0").status_code == 410
    assert client.get("/v/1").status_code == 404
