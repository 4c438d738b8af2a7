"""A desk with very many claims, written past the pipeline: rows as they would be after years of work.

States, topics, languages and words come by fixed odds from one seed. Triggers are laid aside while
the rows are written: they would ask each claim for its history.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.utils import timezone

from claims.models import (
    Appearance,
    Article,
    Claim,
    Claimant,
    ClaimWords,
    LogEntry,
    Match,
    Outlet,
    Position,
    Publication,
)

# In three of a thousand claims, in a fifth of them, in a tenth.
RARE, COMMON, OTHER = "nadiratan", "harbour", "bridge"
CHUNK = 20_000
A_PAGE = 20
STATES = {
    "found": 300, "queued": 30, "researching": 20, "waiting": 5, "in_review": 5, "approved": 3,
    "published": 300, "correcting": 2, "retracted": 5, "dismissed": 330,
}  # fmt: skip
KINDS = ("event", "quantity", "prediction", "position", "background")


class Seeds:
    def __init__(self) -> None:
        self.odds = random.Random(5)
        self.made = 0
        self.public: set[int] = set()
        self.now = timezone.now()
        self.words = [f"w{number:x}" for number in range(30_000)]
        self.people = [
            User.objects.get_or_create(username=f"person{number}", is_staff=True)[0].pk
            for number in range(12)
        ]
        # Whoever looks has claims of their own.
        self.people.append(User.objects.get(username="benchmark").pk)
        self.outlets = [Outlet.objects.get_or_create(name=f"outlet {n}")[0].pk for n in range(150)]
        _insert(
            Claimant,
            {"kind": "person", "language": "en"},
            ({"name": f"speaker {n}", "folded": f"speaker {n}"} for n in range(3000)),
        )
        self.speakers = list(Claimant.objects.values_list("pk", flat=True))

    def upto(self, number: int) -> None:
        """Makes as many claims as there are to be in all."""
        with laid_aside():
            while self.made < number:
                self._chunk(min(CHUNK, number - self.made))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("VACUUM ANALYZE")
            # SQLite is left without statistics, as a desk of our users is.

    @transaction.atomic
    def _chunk(self, claims: int) -> None:
        odds, first = self.odds, (Claim.objects.order_by("-pk").values_list("pk", flat=True)[:1])
        first_claim = next(iter(first), 0) + 1
        pages = Article.objects.order_by("-pk").values_list("pk", flat=True)[:1]
        first_page = next(iter(pages), 0) + 1
        count = (claims + A_PAGE - 1) // A_PAGE
        printers = [odds.choice(self.outlets) for _page in range(count)]
        _insert(
            Article,
            {"text": "x", "language": "ar", "channel": "paste", "split_state": "done"},
            (
                {
                    "id": first_page + n,
                    "sha256": f"{first_page + n:064x}",
                    "title": f"page {n % 500}",
                }
                for n in range(count)
            ),
        )
        _insert(
            Appearance,
            {"published_on": date(2026, 7, 20)},
            ({"article_id": first_page + n, "outlet_id": printers[n]} for n in range(count)),
        )
        rows, said, words, matches, public = [], [], [], [], []
        names = list(STATES)
        for n in range(claims):
            pk, page = first_claim + n, first_page + n // A_PAGE
            state = odds.choices(names, weights=list(STATES.values()))[0]
            text = [odds.choice(self.words) for _word in range(9)]
            text += [COMMON] * (odds.random() < 0.2) + [OTHER] * (odds.random() < 0.1)
            text += [RARE] * (pk % 3333 == 0 and pk <= 10_000)
            contested = odds.random() < 0.04
            late = odds.random()
            speaker = odds.choice(self.speakers)
            rows.append({
                "id": pk, "article_id": page, "statement": " ".join(text), "state": state,
                "language": odds.choices(["ar", "tr", "en"], weights=[6, 2, 2])[0],
                "kind": odds.choice(KINDS), "contested": contested, "seen_again": False,
                "checkworthiness": round(odds.random(), 4),
                "priority": odds.choices([1, 2, 3], weights=[2, 7, 1])[0],
                "severity": odds.choices([1, 2, 3], weights=[2, 7, 1])[0],
                "topic": f"topic {odds.randrange(40)}" if odds.random() < 0.3 else "",
                "assignee_id": odds.choice(self.people) if odds.random() < 0.5 else None,
                "due_at": self.now + timedelta(days=odds.randint(-5, 20)) if late < 0.1 else None,
                "recheck_on": date(2030, 1, 1) if state == "waiting" else None,
                "created_at": self.now - timedelta(hours=odds.randrange(24 * 400)),
            })  # fmt: skip
            if state == "published":
                self.public.add(pk)
                public.append(
                    {"entry_id": pk, "claim_id": pk, "verdict_number": pk, "version_id": pk}
                )
            base = {"claim_id": pk, "article_id": page, "claimant_id": speaker}
            said.append({**base, "stance": "asserts"})
            if contested:
                said.append({**base, "stance": "denies"})
            words.append({
                "id": pk,
                "folded": f" {' '.join(dict.fromkeys(text))} page {n % 500} outlet speaker {speaker} ",
            })  # fmt: skip
            if odds.random() < 0.05 and pk > 10:
                earlier = odds.randrange(1, pk)
                matches.append({"claim_id": pk, "earlier_id": earlier})
                rows[-1]["seen_again"] = earlier in self.public
        _insert(Claim, {"article_id": 0}, rows)
        _insert(
            Position, {"start": 0, "end": 1, "text": "x", "form": "indirect", "claim_id": 0}, said
        )
        _insert(ClaimWords, {"claim_id": 0}, words)
        _insert(Match, {"relation": "same", "score": 0.9, "method": "1", "claim_id": 0}, matches)
        entries = ({"number": row["entry_id"]} for row in public)
        _insert(LogEntry, {"kind": "original", "header": b"{}", "published_at": self.now}, entries)
        _insert(
            Publication,
            {
                "kind": "original", "version_number": 1, "language": "ar", "published_at": self.now,
                "published_by_id": self.people[0], "version_id": 0, "entry_id": 0, "claim_id": 0,
            },
            public,
        )  # fmt: skip
        self.made += claims


def _insert(
    model: type[models.Model], same: dict[str, Any], rows: Iterable[dict[str, Any]]
) -> None:
    """Rows of a model, each with its own columns beside those that are the same in all."""
    rows = list(rows)
    if not rows:
        return
    pattern = model(**same)
    fields = [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key and field.column not in rows[0])
    ]
    of = {field.column: field for field in fields}

    def prepared(field: Any, value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    defaults = {}
    for column, field in of.items():
        value = getattr(pattern, field.attname)
        if isinstance(value, models.expressions.DatabaseDefault):
            value = False
        defaults[column] = prepared(field, value)
    values = [
        [
            prepared(field, row[column]) if column in row else defaults[column]
            for column, field in of.items()
        ]
        for row in rows
    ]
    table = model._meta.db_table
    names = ", ".join(f'"{column}"' for column in of)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, table, names, values)
            return
        marks = ", ".join(["%s"] * len(of))
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)


def _copy(cursor: Any, table: str, names: str, rows: Sequence[Sequence[Any]]) -> None:
    with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def laid_aside() -> Iterator[None]:
    """Without triggers and checks of references; the full-text index is made of the rows after."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = origin")
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('claims_claim', 'id'), "
                "(SELECT MAX(id) FROM claims_claim)), "
                "setval(pg_get_serial_sequence('claims_article', 'id'), "
                "(SELECT MAX(id) FROM claims_article))"
            )
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        connection.disable_constraint_checking()
        yield
        connection.enable_constraint_checking()
        cursor.execute(
            "INSERT INTO claims_claimwords_words (claims_claimwords_words) VALUES ('rebuild')"
        )
        for _name, sql in triggers:
            cursor.execute(sql)
