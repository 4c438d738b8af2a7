"""``manage.py match``: claims and queries in, ranked matches out, without a database."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

CLAIMS = [
    {"id": 1, "text": "The bridge over the Vareno will open on 3 May."},
    {"id": "b", "text": "وزير النقل: جسر فارينو يُفتح في الثالث من مايو", "title": None},
    {"id": "c", "text": "Marsenli okullarında ücretsiz yemek başlıyor", "lang": "tr"},
]
QUERIES = [{"id": "q", "text": "Bridge over Vareno opens in May"}, {"id": 2, "text": "", "x": 1}]


@pytest.fixture
def written(tmp_path):
    def _written(name, rows):
        path = tmp_path / name
        if isinstance(rows, list):
            rows = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
        path.write_bytes(rows)
        return str(path)

    return _written


def _run(*options):
    out = io.StringIO()
    call_command("match", *options, stdout=out)
    return out.getvalue()


def test_each_query_gets_its_matches_best_first(written):
    printed = _run(
        "--claims", written("c", CLAIMS), "--queries", written("q", QUERIES), "--top", "2", "--json"
    )
    first, second = map(json.loads, printed.splitlines())
    assert list(first) == ["id", "matches"]
    assert first["id"] == "q"
    assert [match["id"] for match in first["matches"]] == [1, "b"]
    assert all(list(match) == ["id", "score", "relation", "reasons"] for match in first["matches"])
    assert first["matches"][0]["relation"] == "same"
    assert first["matches"][0]["score"] > first["matches"][1]["score"]
    assert (second["id"], len(second["matches"])) == (2, 2)


def test_without_json_it_is_a_table_to_read(written):
    printed = _run("--claims", written("c", CLAIMS), "--queries", written("q", QUERIES[:1]))
    assert printed.startswith("q  Bridge over Vareno opens in May\n  0.")
    assert "The bridge over the Vareno will open on 3 May." in printed


def test_pairs_are_judged_across_languages(written):
    pairs = [
        {"id": "p", "a": CLAIMS[0]["text"], "b": "Vareno üzerindeki köprü 3 Mayıs'ta açılacak."},
        {"id": 7, "a": CLAIMS[0]["text"], "b": "A bakery in Oldmere has been sold."},
    ]
    same, other = map(json.loads, _run("--pairs", written("p", pairs), "--json").splitlines())
    assert list(same) == ["id", "score", "relation", "reasons"]
    assert (same["id"], same["relation"]) == ("p", "same")
    assert (other["id"], other["relation"]) == (7, "unrelated")


def test_half_a_surrogate_pair_in_an_id_is_printed_escaped(written):
    printed = _run(
        "--claims",
        written("c", b'{"id": "\\ud800", "text": "a bridge"}'),
        "--queries",
        written("q", QUERIES[:1]),
        "--json",
    )
    assert json.loads(printed)["matches"][0]["id"] == "\ud800"


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        (b'{"id": 1, "text": "x"}\n{oops', r"Line 2 of '.*' is not JSON"),
        (b"[1]", r"Line 1 of '.*' is no JSON object"),
        (b'{"text": "x"}', r"Line 1 of '.*' has no id that is a string or a number"),
        (b'{"id": 1}', r"Line 1 of '.*' has no text that is a string"),
        (b'{"id": 1, "text": "x", "title": 5}', r"Line 1 of '.*' has no title that is a string"),
        (b'{"id": 1, "text": "x", "lang": "xx"}', r"Line 1 of '.*': lang is 'xx'. Known are ar"),
        (b'{"id": 1, "text": "x", "lang": []}', r"Line 1 of '.*': lang is \[\]"),
        (b'{"id": 1, "text": "\xff"}', r"Line 1 of '.*' is not UTF-8"),
        (b'{"id": 1, "text": "x"}\n{"id": 1, "text": "y"}', r"Two claims of '.*' have the id 1"),
        (b"\n", r"No claim in '.*'"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_ranked(written, claims, message):
    with pytest.raises(CommandError, match=message):
        _run("--claims", written("c", claims), "--queries", written("q", QUERIES))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "Give --claims with --queries to rank, or --pairs"),
        (("--claims", "x"), "Give --claims with --queries"),
        (("--claims", "x", "--queries", "y", "--pairs", "z"), "Give --claims with --queries"),
        (("--claims", "-", "--queries", "-"), "Only one of the two"),
        (("--claims", "x", "--queries", "y", "--top", "0"), "give 1 or more"),
        (("--claims", "/no/such", "--queries", "y"), "No file '/no/such'"),
        (("--pairs", "/"), "'/' cannot be read: Is a directory"),
    ],
)
def test_options_that_make_no_sense_are_explained(options, message):
    with pytest.raises(CommandError, match=message):
        _run(*options)
