"""``manage.py match``: which earlier claims are about the same matter; touches no database."""

import json
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.management.base import CommandError

from claims import languages
from claims.management import json_lines
from claims.management.base import DeskCommand, wrong_argument
from claims.management.progress import progress
from claims.similarity import contradiction, index, ranking
from claims.similarity.contradiction import Judgement, Reading
from claims.similarity.entries import Entry

_CLAIM = '{"id": …, "text": "…"}, with "title" and "lang" where there are any'
_QUERY = '{"id": …, "text": "…"}, with "lang" where it is known'
_PAIR = '{"id": …, "a": "…", "b": "…"}, with "lang_a" and "lang_b" where they are known'

_ARABIC = re.compile("[\u0621-\u064a]")
_TURKISH = re.compile("[ğışĞİŞ]")

Id = str | int


class _Text(NamedTuple):
    id: Id
    text: str
    title: str
    language: str


class _Pair(NamedTuple):
    id: Id
    a: str
    language_a: str
    b: str
    language_b: str


class Command(DeskCommand):
    help = "Rank earlier claims for each query, or judge pairs: are they about the same matter?"
    needs = "files with a line for each claim; no database"
    example = "match --claims earlier.jsonl --queries new.jsonl --top 5"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--claims", metavar="FILE", help=f"a line {_CLAIM} for each claim")
        parser.add_argument("--queries", metavar="FILE", help=f"a line {_QUERY} for each query")
        parser.add_argument("--top", type=int, default=10, help="matches a query (10)")
        parser.add_argument("--pairs", metavar="FILE", help=f"a line {_PAIR} for each pair")
        parser.add_argument("--json", action="store_true", help="print JSON, not a table to read")

    def handle(self, *args: Any, **options: Any) -> None:
        claims, queries, pairs = options["claims"], options["queries"], options["pairs"]
        if (pairs is None) == (claims is None) or (claims is None) != (queries is None):
            raise wrong_argument(
                "Give --claims with --queries to rank, or --pairs alone to judge pairs."
            )
        if pairs is not None:
            self._judge(list(_pairs(pairs)), options["json"])
            return
        if options["top"] < 1:
            raise wrong_argument("--top is how many matches a query gets: give 1 or more.")
        if claims == queries == "-":
            raise wrong_argument("Only one of the two can be standard input.")
        # All are read before the first is ranked: a bad line leaves no half of an answer.
        self._rank(_collection(claims), list(_texts(queries, _QUERY)), options)

    def _rank(self, claims: list[_Text], queries: list[_Text], options: dict[str, Any]) -> None:
        with progress("Reading claims", len(claims), self.stderr) as done:
            built = index.in_memory(
                [
                    Entry(place, claim.language, claim.text, claim.title)
                    for place, claim in enumerate(claims)
                ],
                done,
            )
        with progress("Ranking", len(queries), self.stderr) as done:
            for query in queries:
                found = built.search(query.text, query.language, options["top"])
                asked = contradiction.read(query.text, query.language)
                matches = [
                    {
                        "id": claims[one.key].id,
                        "score": round(one.score, 4),
                        **_said(contradiction.judge(asked, _read(claims[one.key]), one.score)),
                    }
                    for one in found
                ]
                if options["json"]:
                    self.stdout.write(_dumped({"id": query.id, "matches": matches}))
                else:
                    self.stdout.write(f"{query.id}  {' '.join(query.text.split())}")
                    for match, one in zip(matches, found, strict=True):
                        claim = " ".join(claims[one.key].text.split())
                        self.stdout.write(
                            f"  {match['score']:.2f} {match['relation']:11} {match['id']}  {claim}"
                            f"{_because(match)}"
                        )
                done(1)

    def _judge(self, pairs: list[_Pair], as_json: bool) -> None:
        with progress("Judging", len(pairs), self.stderr) as done:
            for pair in pairs:
                score = ranking.pair(pair.a, pair.language_a, pair.b, pair.language_b)
                one = contradiction.read(pair.a, pair.language_a)
                other = contradiction.read(pair.b, pair.language_b)
                judged: dict[str, Any] = {
                    "id": pair.id,
                    "score": round(score, 4),
                    **_said(contradiction.judge(one, other, score)),
                }
                if as_json:
                    self.stdout.write(_dumped(judged))
                else:
                    self.stdout.write(
                        f"{pair.id}  {judged['score']:.2f} {judged['relation']}{_because(judged)}"
                    )
                done(1)


@lru_cache(maxsize=10_000)
def _read(claim: _Text) -> Reading:
    return contradiction.read(claim.text, claim.language)


def _said(judgement: Judgement) -> dict[str, Any]:
    """What of a judgement goes into an answer: why two claims are not the same, in words."""
    return {
        "relation": judgement.relation,
        "reasons": [contradiction.in_words(reason) for reason in judgement.reasons],
    }


def _because(answer: dict[str, Any]) -> str:
    return f"  ({'; '.join(answer['reasons'])})" if answer["reasons"] else ""


def _dumped(value: dict[str, Any]) -> str:
    # A half of a surrogate pair, which JSON can hold and no stream can, stays escaped.
    line = json.dumps(value, ensure_ascii=False)
    return line if line.isascii() or _writable(line) else json.dumps(value)


def _writable(line: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in line)


def _collection(path: str) -> list[_Text]:
    claims = list(_texts(path, _CLAIM))
    if not claims:
        raise CommandError(f"No claim in '{path}'. Write a line {_CLAIM} for each.")
    seen: set[Id] = set()
    for claim in claims:
        if claim.id in seen:
            raise CommandError(
                f"Two claims of '{path}' have the id {claim.id!r}. Give each its own."
            )
        seen.add(claim.id)
    return claims


def _texts(path: str, shape: str) -> Iterator[_Text]:
    for row, where in json_lines.objects(path, shape):
        text = json_lines.text(row, "text", where, shape)
        title = "" if row.get("title") is None else json_lines.text(row, "title", where, shape)
        identity = json_lines.identity(row, where, shape)
        yield _Text(identity, text, title, _language(row, "lang", text, where))


def _pairs(path: str) -> Iterator[_Pair]:
    for row, where in json_lines.objects(path, _PAIR):
        a, b = (json_lines.text(row, side, where, _PAIR) for side in ("a", "b"))
        yield _Pair(
            json_lines.identity(row, where, _PAIR),
            a,
            _language(row, "lang_a" if "lang_a" in row else "lang", a, where),
            b,
            _language(row, "lang_b" if "lang_b" in row else "lang", b, where),
        )


def _language(row: json_lines.Row, name: str, text: str, where: str) -> str:
    """What the row says, else what the text looks like: too short a one is told by its letters."""
    said = row.get(name)
    if said is not None:
        if said not in languages.KNOWN:
            raise CommandError(
                f"{where}: {name} is {said!r}. Known are {', '.join(languages.KNOWN)}; leave it out"
                " to have it found."
            )
        return str(said)
    found = languages.detect(text)
    if found is None:
        found = "ar" if _ARABIC.search(text) else "tr" if _TURKISH.search(text) else "en"
    return found
