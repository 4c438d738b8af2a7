"""The history on its page: filtered, exported, and read again from end to end."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from claims import tasks
from claims.models import Audit, Claim, LogHead, Transition
from claims.pipeline import auditing, review
from claims.pipeline.publishing.verifying import verify_rows
from claims.tlog.note import KeyFileError
from claims.workflow import IllegalMove
from tests.admin.hands import captured, signed_in
from tests.cast import make_article, make_claim, published_claim, set_policy

pytestmark = pytest.mark.django_db

URL = "/desk/claims/transition/"


@pytest.fixture
def published(editor: User, reviewer: User, publisher: User) -> Claim:
    claim: Claim = published_claim(editor, reviewer, publisher).claim
    return claim


def read_all() -> Audit:
    while auditing.run(until=timezone.now() + timedelta(seconds=20), check_log=verify_rows):
        pass
    found = auditing.last()
    assert found is not None
    return found


class _Past:
    """Writes past the triggers, as somebody with the database's own password would."""

    def __enter__(self) -> Any:
        self.cursor = connection.cursor()
        if connection.vendor == "postgresql":
            self.cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            self.cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND (tbl_name ="
                " 'claims_transition' OR tbl_name = 'claims_claim')"
            )
            self.laid_down = self.cursor.fetchall()
            for name, _sql in self.laid_down:
                self.cursor.execute(f'DROP TRIGGER "{name}"')
        return self.cursor

    def __exit__(self, *_error: object) -> None:
        if connection.vendor == "postgresql":
            self.cursor.execute("SET LOCAL session_replication_role = origin")
        else:
            for _name, sql in self.laid_down:
                self.cursor.execute(sql)


def test_the_newest_move_comes_first_whatever_it_is_about(
    administrator: User, published: Claim
) -> None:
    set_policy(quorum=2)
    html = signed_in(administrator).get(URL).content.decode()
    assert html.index("Changed the policy") < html.index(">Published<")
    assert '<bdi class="dim" dir="ltr">quorum</bdi> <del><bdi>1</bdi></del> <ins><bdi>2' in html
    assert f'href="/desk/claims/claim/{published.pk}/change/"' in html


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ({"action": "approve"}, 1),
        ({"subject": "desk"}, 0),
        ({"subject": "claim", "about": "999"}, 0),
        ({"from": "2100-01-01"}, 0),
        ({"to": "2100-01-01", "action": "publish"}, 1),
        ({"who": "nobody"}, 0),
        ({"who": "x", "action": "nonsense", "from": "31-31", "about": "²", "to": "0000"}, 12),
        ({"to": "9999-12-31", "action": "publish"}, 1),
    ],
)
def test_the_list_narrows_and_ignores_what_is_no_filter(
    administrator: User, published: Claim, query: dict[str, str], rows: int
) -> None:
    html = signed_in(administrator).get(URL, query).content.decode()
    shown = html.partition("<tbody>")[2].count("<tr>")
    assert shown == rows if rows < 12 else shown >= 5


def test_by_person(administrator: User, reviewer: User, published: Claim) -> None:
    html = signed_in(administrator).get(URL, {"who": reviewer.pk}).content.decode()
    assert html.partition("<tbody>")[2].count("<tr>") == 1


def test_what_fits_is_exported(administrator: User, published: Claim) -> None:
    client = signed_in(administrator)
    answer: Any = client.get(URL, {"action": "approve", "as": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["who"], row["to"]) == ("samer", "approved")
    answer = client.get(URL, {"action": "approve", "as": "json"})
    (found,) = json.loads(b"".join(answer.streaming_content))
    assert found["hash"] == row["hash"]


def test_a_page_takes_as_many_queries_for_many_moves_as_for_few(
    administrator: User, editor: User
) -> None:
    client = signed_in(administrator)
    article = make_article()
    review.accept(claim=make_claim(article), actor=editor)
    client.get(URL)
    few = len(captured(client, URL))
    for n in range(15):
        review.accept(claim=make_claim(article, statement=f"claim {n}"), actor=editor)
    assert len(captured(client, URL)) == few < 30


# --- Verifying


def test_a_whole_history_is_said_to_be_whole(administrator: User, published: Claim) -> None:
    client = signed_in(administrator)
    client.post(URL + "verify/")
    assert "Reading every move again" in client.get(URL).content.decode()
    audit = read_all()
    assert audit.broken is None
    assert audit.done == audit.total >= 1
    html = client.get(URL).content.decode()
    assert "the verdict log fit" in html
    assert "Last verified" in html


def test_the_sweep_sends_it(administrator: User, published: Claim) -> None:
    auditing.start(actor=administrator)
    tasks.audit_history()
    audit = auditing.last()
    assert audit is not None
    assert audit.ended_at is not None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE claims_transition SET reason = 'x' WHERE subject = 'claim' AND number = 3",
        "UPDATE claims_transition SET actor_id = NULL WHERE subject = 'claim' AND number = 3",
        "DELETE FROM claims_transition WHERE subject = 'claim' AND number = 3",
    ],
)
def test_an_altered_move_is_found_and_shown(
    administrator: User, published: Claim, sql: str
) -> None:
    with _Past() as cursor:
        cursor.execute(sql)
    auditing.start(actor=administrator)
    audit = read_all()
    assert audit.broken == {
        "where": "chain",
        "subject": "claim",
        "subject_id": published.pk,
        "number": 3,
    }
    html = signed_in(administrator).get(URL).content.decode()
    assert "The history does not fit." in html
    assert "move 3 of claim" in html


def test_a_missing_end_is_found(administrator: User, published: Claim) -> None:
    with _Past() as cursor:
        cursor.execute(
            "DELETE FROM claims_transition WHERE subject = 'claim' AND number ="
            f" {Claim.objects.get(pk=published.pk).moves}"
        )
    auditing.start(actor=administrator)
    audit = read_all()
    assert audit.broken is not None
    assert audit.broken["number"] == Claim.objects.get(pk=published.pk).moves


def test_a_history_that_is_gone_altogether_is_found(administrator: User, published: Claim) -> None:
    with _Past() as cursor:
        cursor.execute("DELETE FROM claims_transition WHERE subject = 'claim'")
    auditing.start(actor=administrator)
    assert read_all().broken == {
        "where": "chain",
        "subject": "claim",
        "subject_id": published.pk,
        "number": 1,
    }


def test_a_log_that_does_not_fit_is_found(administrator: User, published: Claim) -> None:
    auditing.start(actor=administrator)

    def broken() -> None:
        raise ValueError("entry 0 is not in the tree")

    auditing.run(until=timezone.now() + timedelta(seconds=20), check_log=broken)
    audit = auditing.last()
    assert audit is not None
    assert audit.broken == {"where": "log", "why": "entry 0 is not in the tree"}
    assert LogHead.objects.get().size == 1


@pytest.mark.parametrize(
    "outage",
    [
        OperationalError("connection to server was lost"),
        InterfaceError("connection to server was lost"),
        KeyFileError("connection to server was lost"),
        PermissionError("connection to server was lost"),
    ],
)
@pytest.mark.parametrize("where", ["the log", "a chain"])
def test_an_outage_is_told_as_an_outage(
    administrator: User,
    published: Claim,
    outage: Exception,
    where: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_args: object) -> None:
        raise outage

    auditing.start(actor=administrator)
    if where == "a chain":
        monkeypatch.setattr(auditing, "broken_link", away)
    check = away if where == "the log" else verify_rows
    assert not auditing.run(until=timezone.now() + timedelta(seconds=20), check_log=check)
    monkeypatch.undo()
    found = auditing.last()
    assert found is not None
    assert found.broken == {"where": "outage", "why": "connection to server was lost"}
    html = signed_in(administrator).get(URL).content.decode()
    assert "could not be read to its end" in html
    assert "connection to server was lost" in html
    assert "does not fit" not in html
    assert "Last verified" not in html
    auditing.start(actor=administrator)
    assert read_all().broken is None


def test_an_outage_takes_back_nothing_of_what_was_found_before(
    administrator: User, published: Claim
) -> None:
    def broken() -> None:
        raise ValueError("entry 0 is not in the tree")

    def away() -> None:
        raise OperationalError("connection to server was lost")

    for check in (broken, away):
        auditing.start(actor=administrator)
        auditing.run(until=timezone.now() + timedelta(seconds=20), check_log=check)
    client = signed_in(administrator)
    html = client.get(URL).content.decode()
    assert "entry 0 is not in the tree" in html
    assert "connection to server was lost" in html
    auditing.start(actor=administrator)
    notice = "The history does not fit"
    assert notice in client.get("/desk/administration/").content.decode(), "while it is read anew"


def test_a_database_that_takes_nothing_at_all_ends_no_reading(
    administrator: User, published: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object) -> None:
        raise OperationalError

    auditing.start(actor=administrator)
    monkeypatch.setattr(auditing, "broken_link", away)
    monkeypatch.setattr(auditing, "_end", away)
    with pytest.raises(OperationalError):
        auditing.run(until=timezone.now() + timedelta(seconds=20), check_log=verify_rows)
    monkeypatch.undo()
    Audit.objects.update(next_at=timezone.now())  # the lease is over
    assert read_all().broken is None


def test_it_goes_on_where_it_stopped(
    administrator: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "BATCH", 1)
    article = make_article()
    for n in range(3):
        review.accept(claim=make_claim(article, statement=f"claim {n}"), actor=editor)
    auditing.start(actor=administrator)
    places = []
    while auditing.run(until=timezone.now(), check_log=lambda: None):
        found = auditing.last()
        assert found is not None
        places.append(found.done)
    assert places[:2] == [1, 2]


def test_one_at_a_time_and_it_can_be_stopped(administrator: User, published: Claim) -> None:
    audit = auditing.start(actor=administrator)
    with pytest.raises(IllegalMove):
        auditing.start(actor=administrator)
    answer = signed_in(administrator).post(f"{URL}verify/{audit.pk}/cancel/")
    assert answer.status_code == 302
    audit.refresh_from_db()
    assert audit.cancelled
    assert not auditing.run(until=timezone.now(), check_log=lambda: None)
    auditing.start(actor=administrator)


def test_it_is_for_administrators(editor: User, published: Claim) -> None:
    client = signed_in(editor)
    assert "Verify now" not in client.get(URL).content.decode()
    client.post(URL + "verify/")
    assert not Audit.objects.exists()


def test_what_an_audit_found_is_never_altered(administrator: User, published: Claim) -> None:
    auditing.start(actor=administrator)
    read_all()
    with pytest.raises(IntegrityError, match="stays as it ended"), transaction.atomic():
        Audit.objects.update(broken={"where": "log", "why": "x"})
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Audit.objects.all().delete()
    assert Transition.objects.exists()
