"""Engines and plug-ins know neither the database nor the settings: of Django, only django.utils."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CLAIMS = Path(__file__).resolve().parent.parent / "claims"
ENGINES = ("languages", "detection", "similarity", "sources", "feeds", "tlog")


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def foreign(source: str) -> list[str]:
    return [
        name
        for name in imports(source)
        if name.split(".")[0] == "django" and name.split(".")[:2] != ["django", "utils"]
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_uses_nothing_of_django_but_its_utilities(engine: str) -> None:
    files = list((CLAIMS / engine).rglob("*.py"))
    assert files
    # feedgenerator stands in django.utils; the rest of Django would bring settings along.
    assert {str(f): foreign(f.read_text(encoding="utf-8")) for f in files} == {
        str(f): [] for f in files
    }


def test_the_check_sees_an_import_that_is_not_allowed() -> None:
    assert foreign("from django.conf import settings\nimport django.db.models\n") == [
        "django.conf",
        "django.db.models",
    ]
