"""Lookups of a slow source by real workers, against the time that its limit allows at best.

    python -m benchmarks.lookups [LOOKUPS]

LOOKUPS (default 10,000) claims are looked up at a stand-in that takes 200 ms and allows 100
requests at once. Printed: the ideal, the time from the first task sent to the last row written, the
ratio, and the most requests the stand-in saw at one time. SQLite and an embedded broker;
DATABASE_URL and REDIS_URL choose others.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from rich.console import Console
from rich.progress import track

from tests import processes

SECONDS, AT_ONCE = 0.2, 100


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    folder = Path(tempfile.mkdtemp(prefix="touchstone-lookups-"))
    port = processes.free_port()
    os.environ |= {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "benchmarks.lookups.settings",
        "SECRET_KEY": "only for a benchmark: " + "0123456789abcdef" * 4,
        "WIKIPEDIA_URL": f"http://127.0.0.1:{port}/{{language}}/w/api.php",
        "FETCH_ALLOW": f"127.0.0.1:{port}",
    }
    server = [sys.executable, "-m", "benchmarks.lookups.slow_server", str(port), str(SECONDS)]
    try:
        with (
            processes.broker(folder / "broker.sock") as broker,
            processes.running(server, environ=os.environ, log=folder / "server.log"),
        ):
            os.environ.setdefault("REDIS_URL", broker)
            seed(wanted)
            with processes.worker(os.environ, folder / "worker.log"):
                report(wanted, port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def seed(wanted: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)

    from django.contrib.auth.models import User
    from django.db import transaction

    from claims import sources
    from claims.models import Article, Claim, Kind, Lookup
    from claims.pipeline import review
    from tests.cast import set_policy

    set_policy(third_party_budget=2 * wanted)
    editor = User.objects.create_superuser("editor")
    article = Article.objects.create(
        text="x", sha256="0" * 64, language="en", channel=Article.Channel.PASTE, split_state="done"
    )
    claims = Claim.objects.bulk_create(
        Claim(
            article=article,
            statement=f"The harbour of Sandhaven took in {number} ships in July.",
            language="en",
            kind=Kind.QUANTITY,
        )
        for number in range(wanted)
    )
    with transaction.atomic():
        for claim in track(claims, description="Queueing claims …", transient=True):
            review.accept(claim=claim, actor=editor)
    Lookup.objects.bulk_create(Lookup(claim=claim, source="wikipedia") for claim in claims)
    # Only the slow source is measured: what all the others could say has been said.
    Lookup.objects.bulk_create(
        Lookup(claim=claim, source=name, state=Lookup.State.NOTHING)
        for claim in claims
        for name in sources.registry()
        if name != "wikipedia"
    )


def report(wanted: int, port: int) -> None:
    from claims.models import Lookup
    from claims.tasks import drain_source

    console = Console()
    with console.status("Looking up …") as status:
        begun = time.perf_counter()
        drain_source.delay("wikipedia")
        drain_source.delay("wikipedia")
        open_ones = Lookup.objects.exclude(state__in=["answered", "nothing", "gave_up"])
        while left := open_ones.count():
            status.update(f"Looking up … {wanted - left:,} of {wanted:,}")
            time.sleep(0.25)
            if time.perf_counter() - begun > 300:
                raise SystemExit(f"{left:,} lookups were still open after five minutes.")
        took = time.perf_counter() - begun
    answered = Lookup.objects.filter(state="answered").count()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counted") as answer:
        counted = json.load(answer)
    ideal = wanted * SECONDS / AT_ONCE
    console.print(f"{wanted:,} lookups of {SECONDS:g} s, {AT_ONCE} at once: ideal {ideal:.1f} s")
    console.print(
        f"taken {took:.1f} s, {took / ideal:.2f} × the ideal; {answered:,} rows answered; "
        f"the stand-in got {counted['requests']:,} requests, at most {counted['most']} at one time"
    )


if __name__ == "__main__":
    main()
