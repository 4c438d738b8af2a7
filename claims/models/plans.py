"""Questions put so that either database finds the short way: PostgreSQL knows its rows by statistics,
SQLite has none and goes by the words of the question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Value
from django.db.models.sql.compiler import SQLCompiler


class Unindexed(Func):
    """A column, said to SQLite so that it does not look for it in the column's index: without
    statistics it takes any index for a short way. PostgreSQL needs the bare column to know how many
    rows answer."""

    arity = 1
    template = "%(expressions)s"

    def __init__(self, name: str) -> None:
        super().__init__(F(name))

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


class _Word(Value):
    """A value of ours that stands in the statement itself."""

    def as_sql(self, *_args: Any, **_options: Any) -> Any:
        word = str(self.value)
        assert word.isidentifier(), word
        return f"'{word}'", []


def literally(values: Iterable[str]) -> list[Value]:
    """For `…__in`, where an index holds only the rows of these values: SQLite takes it where the
    question says the values in the same words and order as the index, and not as parameters."""
    return [_Word(value) for value in values]
