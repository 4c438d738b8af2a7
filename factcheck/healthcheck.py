"""Asks one process of this container how it is: ``python -m factcheck.healthcheck web|worker|beat``.

Exit code 0: well. 1: not, with the reason on stderr. 2: no such process is known.
"""

import http.client
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from factcheck.celery import app

# Beat writes its schedule down after every task it has sent, one each 10 s.
BEAT_SILENCE = 60.0  # seconds


def web() -> str:
    """What is wrong with the web server, or nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=5)
    host = urlsplit(settings.SITE_URL).netloc
    try:
        connection.request("GET", "/readyz", headers={"Host": host})
        answer = connection.getresponse()
        return "" if answer.status == 200 else f"/readyz answered {answer.status}"
    except (OSError, http.client.HTTPException) as error:
        return f"no answer on port {settings.PORT}: {error}"
    finally:
        connection.close()


def worker() -> str:
    """What is wrong with this host's Celery worker, or nothing."""
    name = f"celery@{socket.gethostname()}"
    return "" if app.control.ping(destination=[name], timeout=5) else f"{name} does not answer"


def beat() -> str:
    """What is wrong with beat, or nothing."""
    path = Path(settings.CELERY_BEAT_SCHEDULE_FILENAME)
    # The database behind the schedule adds an ending of its own to the name, or none.
    written = max((file.stat().st_mtime for file in path.parent.glob(f"{path.name}*")), default=0.0)
    silence = time.time() - written
    return "" if silence < BEAT_SILENCE else f"nothing sent for {silence:.0f} s"


CHECKS: dict[str, Callable[[], str]] = {check.__name__: check for check in (web, worker, beat)}


def main(arguments: list[str]) -> int:
    """Run the named check and tell what is wrong."""
    if len(arguments) != 1 or arguments[0] not in CHECKS:
        print(f"Name one of: {', '.join(CHECKS)}.", file=sys.stderr)  # noqa: T201
        return 2
    problem = CHECKS[arguments[0]]()
    if problem:
        print(problem, file=sys.stderr)  # noqa: T201
    return int(bool(problem))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    sys.exit(main(sys.argv[1:]))
