"""The verdict log over HTTP, and the verifier that knows only its address."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import transaction
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from claims.models import LogBody, LogEntry, Publication
from claims.pipeline.publishing import log
from claims.tlog import tiles
from tests.pages.conftest import Publish

FOREVER = "public, max-age=31536000, immutable"


@pytest.mark.django_db
def test_tiles_and_bundles_may_be_kept_for_ever_and_the_checkpoint_for_seconds(
    client: Client, publish: Publish
) -> None:
    publish("أول ادعاء")
    publish("ثاني ادعاء")
    checkpoint = client.get("/log/checkpoint")
    assert checkpoint["Content-Type"] == "text/plain; charset=utf-8"
    assert checkpoint["Cache-Control"] == "public, max-age=5"
    assert checkpoint.content.decode().splitlines()[:2] == ["127.0.0.1/log", "2"]
    hashes = client.get("/log/tile/0/000.p/2")
    assert hashes["Cache-Control"] == FOREVER
    assert hashes["Content-Type"] == "application/octet-stream"
    assert len(hashes.content) == 64
    assert client.get("/log/tile/0/000.p/1").content == hashes.content[:32]
    bundle = client.get("/log/tile/entries/000.p/2")
    assert bundle["Cache-Control"] == FOREVER
    headers = tiles.parse_entry_bundle(bundle.content)
    assert headers == [bytes(row.header) for row in LogEntry.objects.order_by("number")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "tile/0/000",
        "tile/0/000.p/2",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
        "tile/entries/000.p/2",
        "tile/entries/x999/x999/999",
        "tile/0/0.p/1",
        "tile/64/000",
        "tile/../../etc/passwd",
        "body/1",
        "body/00",
        "body/-1",
        "body/٠",
        "body/" + "9" * 40,
    ],
)
def test_beyond_the_committed_size_there_is_nothing_yet(
    client: Client, verdict: Publication, path: str
) -> None:
    response = client.get(f"/log/{path}")
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_a_body_withdrawn_by_law_is_gone_and_the_answer_names_the_entry(
    client: Client, verdict: Publication
) -> None:
    kept = client.get("/log/body/0")
    assert kept.status_code == 200
    assert "immutable" not in kept["Cache-Control"]
    with transaction.atomic():
        log.append(
            kind=LogEntry.Kind.ERASURE,
            id="http://127.0.0.1:8000/v/1",
            at=log.next_time(),
            body={"ground": "court order"},
            replaces=0,
            erases=LogEntry.objects.get(number=0),
        )
        LogBody.objects.filter(entry_id=0).delete()
    gone = client.get("/log/body/0")
    assert (gone.status_code, gone.content) == (410, b"1\n")


@pytest.mark.django_db(transaction=True)
def test_the_verifier_reads_the_whole_log_over_http_and_finds_a_changed_byte(
    live_server: LiveServer,
    publish: Publish,
    change: Publish,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = publish("أول ادعاء")
    saved = tmp_path / "checkpoint"
    run = [
        sys.executable,
        str(project.BASE_DIR / "clients" / "verify_log.py"),
        f"{live_server.url}/log",
        "--key",
        log.verifier_key(),
    ]

    def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*run, *arguments], capture_output=True, text=True, timeout=60, check=False
        )

    kept = verify("--save", str(saved))
    assert kept.returncode == 0, kept.stdout + kept.stderr
    change(first, reason="كتبنا 28 والصواب 27.")
    publish("ثاني ادعاء")
    whole = verify("--since", str(saved))
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert "3 entries lead to this root; 3 bodies fit them." in whole.stdout
    one = verify("--entry", "1")
    assert one.returncode == 0, one.stdout + one.stderr
    assert "Entry 1 (correction, " in one.stdout

    true_body = log.body
    monkeypatch.setattr(
        log, "body", lambda number: true_body(number).replace(b"ClaimReview", b"ClaimRevieW")
    )
    forged = verify()
    assert forged.returncode == 1
    assert "entry 0" in forged.stdout + forged.stderr
