"""Pages of a list by the place in its order, not by counting: the last page costs what the first
does, and a row that comes in meanwhile shifts nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection
from django.db.models import F, Field, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple as Row
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.db.models.lookups import BuiltinLookup

SIZE = 25


class _Native:
    """SQLite compares rows, too, and finds the place in an index by them; Django takes the columns
    apart there, and everything above the place would be read."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Sequence[Any]]:
        return BuiltinLookup.as_sql(cast(Any, self), compiler, connection)


class _Above(_Native, TupleGreaterThan):
    pass


class _Below(_Native, TupleLessThan):
    pass


T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Page(Generic[T]):
    """`before` and `after` are the query parameters of the neighbouring pages, or ""."""

    rows: list[T]
    before: str
    after: str


def cut(
    rows: QuerySet[T], keys: Sequence[str], query: Mapping[str, str], size: int = SIZE
) -> Page[T]:
    """One page of `rows` in falling order of `keys`, the last of which tells any two rows apart.

    `query` may hold "after" or "before", as a page gave them; one that is no place in this order
    gives the first page. One query.
    """
    order: _Order[T] = _Order(rows.model, keys, query)
    found = list(order.next_of(rows, size))
    return order.page(found, size)


def cut_among(
    branches: Sequence[QuerySet[T]],
    rows: QuerySet[T],
    keys: Sequence[str],
    query: Mapping[str, str],
    size: int = SIZE,
) -> Page[T]:
    """One page of what the branches hold together, as `rows` has it: each branch is asked for its
    own first rows, which an index may have in order where it has not the whole. Two queries."""
    order: _Order[T] = _Order(rows.model, keys, query)
    found = keys_among([order.next_of(branch, size) for branch in branches])
    return order.page(list(order.sorted(rows.filter(pk__in=found))[: size + 1]), size)


def keys_among(branches: Sequence[QuerySet[Any]]) -> list[Any]:
    """The keys of all that these short lists hold, in one query."""
    asked: list[str] = []
    parameters: list[Any] = []
    for branch in branches:
        try:
            sql, values = branch.values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        # In parentheses of its own: a list with an end cannot stand bare beside another.
        asked.append(f"SELECT * FROM ({sql}) AS b{len(asked)}")  # noqa: S608 - Django wrote it
        parameters += values
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), parameters)
        return [key for (key,) in cursor.fetchall()]


class _Order(Generic[T]):
    """The falling order of `keys`, from the place that a query names on, forwards or back."""

    def __init__(self, model: type[Model], keys: Sequence[str], query: Mapping[str, str]) -> None:
        self.keys = keys
        self.back = "before" in query
        self.place = _place(model, keys, query.get("before" if self.back else "after", ""))
        self.back = self.back and self.place is not None

    def sorted(self, rows: QuerySet[T]) -> QuerySet[T]:
        return rows.order_by(*(key if self.back else f"-{key}" for key in self.keys))

    def next_of(self, rows: QuerySet[T], size: int) -> QuerySet[T]:
        """The rows that follow, and one more, which tells whether there are others."""
        if self.place is not None:
            beyond = _Above if self.back else _Below
            rows = rows.filter(beyond(_row(self.keys), self.place))
        return self.sorted(rows)[: size + 1]

    def page(self, found: list[T], size: int) -> Page[T]:
        more = len(found) > size
        found = found[:size][:: -1 if self.back else 1]
        before = more if self.back else self.place is not None
        after = more or self.back
        return Page(
            rows=found,
            before=_cursor(found[0], self.keys) if before and found else "",
            after=_cursor(found[-1], self.keys) if after and found else "",
        )


def _row(keys: Sequence[str]) -> Row:
    return Row(*(F(key) for key in keys))


def _cursor(row: Model, keys: Sequence[str]) -> str:
    return ",".join(_field(type(row), key).value_to_string(row) for key in keys)


def _place(model: type[Model], keys: Sequence[str], cursor: str) -> tuple[Any, ...] | None:
    parts = cursor.split(",")
    if len(parts) != len(keys):
        return None
    try:
        return tuple(
            _field(model, key).to_python(part) for key, part in zip(keys, parts, strict=True)
        )
    except ValidationError:
        return None


def _field(model: type[Model], key: str) -> Field[Any, Any]:
    field = model._meta.pk if key == "pk" else model._meta.get_field(key)
    assert isinstance(field, Field)
    return field
