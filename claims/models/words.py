"""Asking a full-text index over folded words (migrations/_words.py), on both databases alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, models
from django.db.models.expressions import RawSQL

Groups = Iterable[Sequence[str]]


def holding(model: type[models.Model], groups: Groups) -> RawSQL:
    """For `pk__in`: the rows of `model` whose `folded` holds every word of at least one group.

    Words are folded already, and each is one run of letters and digits.
    """
    sql, query = _asked(model, groups)
    return RawSQL(f"SELECT {sql}", query)  # noqa: S611 - no word stands in it


def some(
    model: type[models.Model], words: Sequence[str], limit: int, *, begun: bool = False
) -> list[int]:
    """The keys of at most `limit` rows that hold all the words, in no order; with `begun` the last
    word may go on. It costs what `limit` does, however many rows there are."""
    sql, query = _asked(model, [words], begun=begun)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql} LIMIT %s", [*query, limit])
        return [key for (key,) in cursor.fetchall()]


def best(model: type[models.Model], groups: Groups, limit: int) -> list[int]:
    """The keys of at most `limit` rows that `holding` finds: those with most of the words first, on
    SQLite by BM25, on PostgreSQL by ts_rank."""
    sql, query = _asked(model, groups)
    if connection.vendor == "postgresql":
        order = f"ts_rank(folded_words, {_tsquery(query)}) DESC, id DESC"
        query = [*query, *query]
    else:
        order = "rank, rowid DESC"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql} ORDER BY {order} LIMIT %s", [*query, limit])
        return [key for (key,) in cursor.fetchall()]


def _asked(
    model: type[models.Model], groups: Groups, *, begun: bool = False
) -> tuple[str, list[str]]:
    """What follows SELECT, and its parameters; with nothing asked for nothing is found."""
    table = model._meta.db_table
    asked = [list(group) for group in groups if group]
    if connection.vendor == "postgresql":
        if begun:
            query = [" & ".join(map(_lexeme, group)) + ":*" for group in asked] or [""]
            return f"id FROM {table} WHERE folded_words @@ {_tsquery(query, 'to_tsquery')}", query
        # plainto_tsquery joins its words by "and", and nothing in them has a meaning.
        query = [" ".join(group) for group in asked] or [""]
        return f"id FROM {table} WHERE folded_words @@ {_tsquery(query)}", query
    words = f"{table}_words"
    match = " OR ".join(
        "(" + " AND ".join(map(_quoted, group)) + (" *)" if begun else ")") for group in asked
    )
    return f"rowid FROM {words} WHERE {words} MATCH %s", [match or '""']


def _tsquery(query: list[str], reads: str = "plainto_tsquery") -> str:
    return "(" + " || ".join([f"{reads}('simple', %s)"] * len(query)) + ")"


def _lexeme(word: str) -> str:
    return "'" + word.replace("\\", "").replace("'", "''") + "'"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
