"""The desk's own history, vouched for in the open once a day."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, connections

from claims.models import AuditEntry, LogEntry, Publication, Transition
from claims.models.history import chain_hash
from claims.pipeline.publishing import audit_entries, log
from claims.pipeline.publishing.verifying import verify_all
from tests.cast import published_claim
from tests.models.test_guards import TRIGGERS

assert "transition_never_deleted" in TRIGGERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def later(days: int = 1) -> datetime:
    """Two in the morning after the last move, or days after that."""
    last = Transition.objects.latest("at").at.astimezone(UTC)
    return last.replace(hour=2, minute=0) + timedelta(days=days)


def said(row: LogEntry) -> dict[str, object]:
    found: dict[str, object] = json.loads(log.body(row.number))["audit"]
    return found


def test_the_entry_counts_and_hashes_what_the_day_left(publication: Publication) -> None:
    row = audit_entries.append_due(later())
    assert row is not None
    assert row.kind == "audit"
    body = said(row)
    assert body["moves"] == Transition.objects.count()
    assert body["chains"] == Transition.objects.values("subject", "subject_id").distinct().count()
    assert str(body["until"]).endswith("T00:00:00.000000Z")
    assert verify_all().size == 2


def test_a_day_has_one_entry_and_a_day_that_is_not_over_none(publication: Publication) -> None:
    assert audit_entries.append_due(Transition.objects.latest("at").at) is None
    assert audit_entries.append_due(later()) is not None
    assert audit_entries.append_due(later()) is None
    assert not audit_entries.is_due(later())
    assert audit_entries.is_due(later(2))


def test_moves_after_the_day_change_nothing_of_what_it_says(
    publication: Publication, editor: User, reviewer: User, publisher: User
) -> None:
    audit_entries.append_due(later())
    move = Transition(
        subject="desk", number=1 + Transition.objects.filter(subject="desk").count(),
        action="change_policy", at=later(2),
    )  # fmt: skip
    previous = Transition.objects.filter(subject="desk").order_by("-number").first()
    move.previous = previous.hash if previous else ""
    move.hash = chain_hash(move)
    move.save()
    verify_all()


def without_guards(*statements: str) -> None:
    """As somebody does who owns the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER transition_never_deleted")
            cursor.execute("DROP TRIGGER transition_never_updated")
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")


def test_a_chain_cut_at_its_end_is_found_though_what_is_left_fits_together(
    publication: Publication,
) -> None:
    audit_entries.append_due(later())
    last = Transition.objects.filter(subject="claim").order_by("-number")[0]
    without_guards(f"DELETE FROM claims_transition WHERE id = {last.pk}")
    with pytest.raises(audit_entries.HistoryRewritten, match="Entry 1 vouches for"):
        verify_all()
    with pytest.raises(CommandError, match="the desk's history does not"):
        call_command("verify_log")


def test_a_history_written_anew_stays_in_the_open(publication: Publication) -> None:
    audit_entries.append_due(later())
    last = Transition.objects.filter(subject="claim").order_by("-number")[0]
    without_guards(f"DELETE FROM claims_transition WHERE id = {last.pk}")
    row = audit_entries.append_due(later(2))
    assert row is not None
    assert said(row)["contradicts"] == 1
    with pytest.raises(audit_entries.HistoryRewritten, match="contradicts entry 1"):
        verify_all()


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_write_it_once(editor: User, reviewer: User, publisher: User) -> None:
    published_claim(editor, reviewer, publisher)
    gate, now = threading.Barrier(4), later()

    def write() -> None:
        try:
            gate.wait()
            audit_entries.append_due(now)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditEntry.objects.count() == 1
    assert log.size() == 2
