"""That SQLite, which has no statistics, takes the index that was made for a question."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from claims.admin import keyset, queue_rows
from claims.admin.queue_filters import Filters
from claims.models import Article, Lookup, Matching, Reading, Snapshot, WatchedFeed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by statistics"),
]


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (Article.objects.due_for_splitting, "article_due"),
        (Matching.objects.due, "matching_due"),
        (lambda: Lookup.objects.due().values_list("source").distinct(), "lookup_due"),
        (Reading.objects.due, "reading_due"),
        (Snapshot.objects.due, "snapshot_due"),
        (WatchedFeed.objects.due, "feed_due"),
    ],
)
def test_what_is_due_is_found_without_reading_what_is_done(rows: object, index: str) -> None:
    asked = rows()  # type: ignore[operator]
    assert isinstance(asked, QuerySet)
    assert f"INDEX {index} " in asked.order_by().explain() + " "


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({"tab": "contested"}, "queue_contested"),
        ({"tab": "again"}, "queue_seen_again"),
        ({"tab": "mine"}, "queue_assigned"),
        ({"tab": "found"}, "queue"),
        ({"topic": "x"}, "queue_topic"),
        ({"kind": "event", "severity": "3"}, "queue_all"),
        ({"kind": "event", "tab": "all"}, "queue_all"),
        ({"language": "tr", "severity": "3", "tab": "all"}, "queue_all"),
        ({"overdue": "1"}, "claim_due"),
        ({"age": "day"}, "claim_state_age"),
    ],
)
def test_a_list_of_the_queue_goes_along_its_index(
    editor: User, query: dict[str, str], index: str
) -> None:
    branches = queue_rows.branches(Filters.read(query), editor, now=timezone.now())
    plan = queue_rows.ordered(branches[0])[:26].explain()
    assert f"INDEX {index} " in plan + " ", plan


def test_the_place_of_a_page_is_found_in_the_index(editor: User) -> None:
    rows = queue_rows.branches(Filters.read({"tab": "found"}), editor, now=timezone.now())[0]
    order: keyset._Order = keyset._Order(rows.model, queue_rows.ORDER, {"after": "2,0.5,1"})
    plan = order.next_of(rows, 25).explain()
    assert "(state=? AND (priority,checkworthiness)<(?,?))" in plan
