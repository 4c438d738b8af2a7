"""Many counts in one question to the database."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Counting stops here: a queue of a million must not slow every page down.
COUNT_LIMIT = 1000


def counted(limit: int | None = COUNT_LIMIT, /, **rows: QuerySet[Any]) -> dict[str, int]:
    """How many rows each has, under its name, in one query. With a limit counting stops one behind
    it: `limit + 1` means "more than that"."""
    asked: list[str] = []
    parameters: list[Any] = []
    numbers = dict.fromkeys(rows, 0)
    names = []
    for name, queryset in rows.items():
        narrow = queryset.order_by().values("pk")
        query = (narrow if limit is None else narrow[: limit + 1]).query
        try:
            sql, values = query.sql_with_params()
        except EmptyResultSet:
            continue
        names.append(name)
        asked.append(f"(SELECT COUNT(*) FROM ({sql}) AS c{len(names)})")  # noqa: S608
        parameters += values
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(asked)}", parameters)
            numbers |= dict(zip(names, cursor.fetchone(), strict=True))
    return numbers


def told(number: int, limit: int = COUNT_LIMIT) -> str:
    """A number that `counted` gave, as a person reads it: "48", or "1000+"."""
    return f"{limit}+" if number > limit else str(number)
