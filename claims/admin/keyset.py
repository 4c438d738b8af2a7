"""Pages of a list by the place in its order, not by counting: the last page costs what the first
does, and a row that comes in meanwhile shifts nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple as Row
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

SIZE = 25
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
    falling = [f"-{key}" for key in keys]
    back = "before" in query
    place = _place(rows.model, keys, query.get("before" if back else "after", ""))
    if place is None:
        found = list(rows.order_by(*falling)[: size + 1])
        more_before, more_after = False, len(found) > size
    elif back:
        later = rows.filter(TupleGreaterThan(_row(keys), place)).order_by(*keys)
        found = list(later[: size + 1])
        more_before, more_after = len(found) > size, True
        found = found[:size][::-1]
    else:
        found = list(rows.filter(TupleLessThan(_row(keys), place)).order_by(*falling)[: size + 1])
        more_before, more_after = True, len(found) > size
    found = found[:size]
    return Page(
        rows=found,
        before=_cursor(found[0], keys) if more_before and found else "",
        after=_cursor(found[-1], keys) if more_after and found else "",
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
