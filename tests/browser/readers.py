"""What a reader's or a machine's program gets, without a browser and without an account."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import Request, urlopen

from lxml import etree, html

MOST = 200


def get(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body, headers in lower case."""
    try:
        with urlopen(Request(url, headers=headers), timeout=20) as answer:
            return answer.status, answer.read(), {k.lower(): v for k, v in answer.headers.items()}
    except HTTPError as error:
        return error.code, error.read(), {k.lower(): v for k, v in error.headers.items()}


def page(url: str) -> html.HtmlElement:
    status, body, _headers = get(url)
    assert status == 200, f"{url} answered {status}"
    tree: html.HtmlElement = html.document_fromstring(body.decode())
    tree.make_links_absolute(url)
    return tree


def json_ld(url: str) -> list[dict[str, Any]]:
    """Every JSON-LD document of the page."""
    return [
        json.loads(script.text)
        for script in page(url).iterfind(".//script[@type='application/ld+json']")
    ]


def feeds(url: str) -> dict[str, str]:
    """The feeds that a page advertises: content type → address."""
    links = page(url).iterfind(".//head/link[@rel='alternate'][@type]")
    return {link.get("type"): link.get("href") for link in links}


def everything(url: str) -> Iterator[tuple[str, str]]:
    """Address and text of all that can be reached from the index, sitemap, feeds and API."""
    site = url.rstrip("/") + "/"
    waiting = [
        site + path for path in ("", "sitemap.xml", "robots.txt", "api/v1/verdicts/", "desk/")
    ]
    seen = set(waiting)
    while waiting:
        here = waiting.pop()
        _status, body, headers = get(here)
        text = body.decode(errors="replace")
        yield here, text
        for found in _addresses(here, body, headers.get("content-type", "")):
            address = urldefrag(urljoin(here, found)).url
            if address.startswith(site) and address not in seen:
                seen.add(address)
                waiting.append(address)
        assert len(seen) < MOST, "more pages than a small desk can have"


def _addresses(here: str, body: bytes, kind: str) -> Iterator[str]:
    if kind.startswith("text/html"):
        for _element, _attribute, link, _at in html.document_fromstring(body.decode()).iterlinks():
            yield link
    elif "xml" in kind:
        for element in etree.fromstring(body).iter():
            yield from (link for link in (element.get("href"), element.text) if _is_address(link))
    elif "json" in kind:
        for document in body.splitlines() if "ndjson" in kind else [body]:
            yield from _strings(json.loads(document))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str) and _is_address(value):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _is_address(text: str | None) -> bool:
    return text is not None and text.startswith("http") and " " not in text


def log_bodies(url: str) -> Iterator[str]:
    """The text of every entry of the verdict log."""
    number = 0
    while (answer := get(f"{url}/log/body/{number}"))[0] == 200:
        yield answer[1].decode()
        number += 1


def verify_log(url: str, folder: Path, *options: str) -> str:
    """Fetch the verifier as the feeds page says, run it with the key given there; what it says."""
    program = folder / "verify_log.py"
    program.write_bytes(get(f"{url}/log/verify_log.py")[1])
    key = page(f"{url}/feeds").xpath("string(//pre[contains(., '--key')])").split("--key ")[1]
    command = [sys.executable, "-I", program, f"{url}/log", "--key", key.split()[0], *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
