"""Adding a source is one file: the README's example is one, and works as it stands there."""

import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from claims import sources
from claims.pipeline import lookup
from claims.sources.base import Answer, Hit, Query, Source, SourceError
from tests.sources.test_contract import context
from tests.sources.web import Web, sends, site

README = Path(__file__).parents[2] / "README.md"
QUERY = Query(text="The harbour of Sandhaven was sold in July", language="en")


@pytest.fixture
def chronicle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    """The file as the README has it, in the folder of sources for as long as the test runs."""
    blocks = re.findall(r"```python\n# (\S+)\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    ((path, program),) = blocks
    assert path == "claims/sources/chronicle.py"
    (tmp_path / "chronicle.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr(sources, "__path__", [*sources.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    sources._walk.cache_clear()
    yield sources.registry()["chronicle"]
    monkeypatch.undo()
    sources._walk.cache_clear()
    sys.modules.pop("claims.sources.chronicle")
    del sources.chronicle  # type: ignore[attr-defined]


def asked(source: Source, body: bytes, status: int = 200) -> tuple[Answer, str]:
    """What it answers to its API's `body`, and what it sent there."""
    module = sys.modules["claims.sources.chronicle"]
    with site(sends(body, status, Content_Type="application/json")) as server:
        web = Web()
        web.host("api.chronicle.example", server)
        setattr(module, "API", "http://api.chronicle.example/search")  # noqa: B010 - no TLS here
        answer = source.lookup(QUERY, context(web.door()))
        return answer, parse_qs(urlsplit(server.requests[0].path).query)["q"][0]


def test_it_is_found_and_asked_without_another_line(chronicle: Source) -> None:
    assert chronicle.name == "chronicle"
    assert "chronicle" in lookup.usable()


def test_it_answers(chronicle: Source) -> None:
    one = {"title": "Harbour sold", "url": "https://paper.example/1", "text": "It was sold."}
    answer, sent = asked(chronicle, json.dumps({"results": [one]}).encode())
    assert answer.hits == (Hit("Harbour sold", "https://paper.example/1", "It was sold."),)
    assert set(sent.split()) <= {"harbour", "sandhaven", "sold", "july", "Sandhaven", "July"}
    assert answer.asked == sent


@pytest.mark.parametrize(
    ("body", "status"), [(b"[]", 200), (b'{"results": [{}]}', 200), (b"", 500)]
)
def test_it_fails_as_every_source_does(chronicle: Source, body: bytes, status: int) -> None:
    with pytest.raises(SourceError):
        asked(chronicle, body, status)
