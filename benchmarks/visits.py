"""How the benchmarks of the desk visit a page, and how long it takes."""

from __future__ import annotations

import time

from django.conf import settings
from django.test import Client

VISITS = 7


def signed_in() -> Client:
    from django.contrib.auth.models import User

    client = Client()
    person = User.objects.filter(username="benchmark").first()
    client.force_login(person or User.objects.create_superuser("benchmark"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    return client


def visited(client: Client, address: str) -> tuple[float, int, int]:
    """(seconds, the best of the visits; bytes; queries). On SQLite, which works in this process, the
    seconds are its processor's, so that nothing else on the machine is measured."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    best = float("inf")
    for _visit in range(VISITS):
        began = clock()
        response = client.get(address)
        best = min(best, clock() - began)
        assert response.status_code == 200, (address, response.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return best, len(response.content), len(queries)
