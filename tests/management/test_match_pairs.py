"""``manage.py match --pairs``: what two claims are to one another, and why."""

import json
from io import StringIO

from django.core.management import call_command

PAIRS = [
    {"id": 1, "a": "The ferry sank with 60 people on board", "b": "A ferry with sixty people sank"},
    {
        "id": 2,
        "a": "The ferry sank off Greece with 60 people on board",
        "b": "The ferry sank off Greece with 160 people on board",
    },
    {
        "id": 3,
        "a": "وافق البرلمان اللبناني على موازنة عام 2025",
        "b": "Lübnan parlamentosu 2025 bütçesini reddetti",
    },
]


def answers(tmp_path, *options):
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(f"{json.dumps(pair)}\n" for pair in PAIRS), encoding="utf-8")
    out = StringIO()
    call_command("match", "--pairs", str(path), *options, stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def test_a_pair_gets_its_relation_and_the_reasons_in_words(tmp_path):
    found = [json.loads(line) for line in answers(tmp_path, "--json")]

    assert [(one["id"], one["relation"], one["reasons"]) for one in found] == [
        (1, "same", []),
        (2, "contradicts", ["another number: 60, 160"]),
        (3, "contradicts", ["the opposite: وافق, reddetti"]),
    ]


def test_without_json_the_reasons_stand_behind_the_relation(tmp_path):
    assert answers(tmp_path)[1].endswith("contradicts  (another number: 60, 160)")
