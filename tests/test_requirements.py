"""What the product imports is what `make run` and the image install, not what only tests bring."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = {"claims", "clients", "factcheck"}


def _imported(folder: str) -> dict[str, str]:
    """Top-level names of other people's packages, each with one file that imports it."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            else:
                continue
            for name in names:
                found.setdefault(name.partition(".")[0], str(path.relative_to(ROOT)))
    return {
        name: where
        for name, where in found.items()
        if name not in OURS and name not in sys.stdlib_module_names
    }


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_product_imports_nothing_that_its_own_requirements_do_not_name() -> None:
    named = {
        _normal(re.split(r"[\[<>=]", line)[0].strip())
        for line in (ROOT / "requirements/base.in").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }
    distributions = packages_distributions()
    imported = _imported("claims") | _imported("factcheck")
    assert "django" in imported
    unnamed = {
        name: where
        for name, where in imported.items()
        if not named & {_normal(each) for each in distributions.get(name, [name])}
    }
    assert unnamed == {}


def test_every_variable_that_is_read_stands_in_the_example() -> None:
    settings = (ROOT / "factcheck" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'\benv\.\w+\(\s*"(\w+)"', settings))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert len(read) > 30
    assert read - set(re.findall(r"^#?(\w+)=", example, re.MULTILINE)) == set()
