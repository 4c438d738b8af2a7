"""Lets transactional tests empty the tables that the product never lets anybody empty.

pytest-django flushes all tables after such a test: DELETE on SQLite, TRUNCATE on PostgreSQL, and
the append-only triggers refuse both. Only the flush is let through, and the triggers are back
before the next test; what the migrations put in (groups, rating scale, log head) is put back too.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresqlOperations
from django.db.backends.sqlite3.base import DatabaseOperations as SqliteOperations
from django.test import TransactionTestCase

_postgresql_flush = PostgresqlOperations.execute_sql_flush
_sqlite_flush = SqliteOperations.execute_sql_flush
_teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _flush_on_sqlite(self: Any, sql_list: Iterable[str]) -> None:
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        _sqlite_flush(self, sql_list)
        for _name, sql in triggers:
            cursor.execute(sql)


def _flush_on_postgresql(self: Any, sql_list: Iterable[str]) -> None:
    _postgresql_flush(self, ["SET session_replication_role = replica", *sql_list])
    with self.connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")


def _teardown_and_refill(self: Any) -> None:
    _teardown(self)
    desk = importlib.import_module("claims.migrations.0003_desk")
    desk.fill(apps, None)
    desk.groups(apps)


@pytest.fixture(autouse=True, scope="session")
def _let_the_flush_through() -> Iterable[None]:
    SqliteOperations.execute_sql_flush = _flush_on_sqlite  # type: ignore[method-assign]
    PostgresqlOperations.execute_sql_flush = _flush_on_postgresql  # type: ignore[method-assign]
    TransactionTestCase._fixture_teardown = _teardown_and_refill  # type: ignore[attr-defined]
    yield
    SqliteOperations.execute_sql_flush = _sqlite_flush  # type: ignore[method-assign]
    PostgresqlOperations.execute_sql_flush = _postgresql_flush  # type: ignore[method-assign]
    TransactionTestCase._fixture_teardown = _teardown  # type: ignore[attr-defined]
