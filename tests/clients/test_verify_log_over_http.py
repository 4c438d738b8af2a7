"""The verifier as its users run it: a process of its own, over HTTP."""

import gzip
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from claims.tlog import note, tiles
from clients.verify_log import Published
from tests.tlog.store import Log

CLIENT = Path(__file__).resolve().parents[2] / "clients" / "verify_log.py"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    # -I keeps this repository off the import path: the file has to stand alone.
    command = [sys.executable, "-I", str(CLIENT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=cwd)


class Served:
    """A log behind a real server; `files` may be tampered with before a run."""

    def __init__(self, server: HTTPServer, folder: Path) -> None:
        origin = f"{server.host}:{server.port}/log"
        self.address = f"http://{origin}"
        self.log = Log([note.Signer.generate(origin)], origin=origin)
        self.key = str(self.log.signers[0].verifier)
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.compress = False
        self.folder = folder
        server.expect_request(re.compile("^/log/")).respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        path = request.path.removeprefix("/log/")
        self.asked.append(path)
        if path in self.files:
            if self.compress:
                packed = gzip.compress(self.files[path])
                return Response(packed, headers={"Content-Encoding": "gzip"})
            return Response(self.files[path])
        number = path.removeprefix("body/")
        if number.isdigit() and int(number) in self.log.withdrawn:
            return Response(f"{self.log.withdrawn[int(number)]}\n", status=410)
        return Response(status=404)

    def verify(self, *options: str) -> subprocess.CompletedProcess[str]:
        return run(self.address, "--key", self.key, *options, cwd=self.folder)


@pytest.fixture
def served(httpserver: HTTPServer, tmp_path: Path) -> Served:
    served = Served(httpserver, tmp_path)
    served.log.fill(3)
    served.files = served.log.files()
    return served


def test_an_honest_log_passes_and_its_checkpoint_is_printed(served: Served) -> None:
    result = served.verify()
    assert (result.returncode, result.stderr) == (0, "")
    checkpoint = served.files["checkpoint"].decode().split("\n")
    assert [line.removeprefix("  ") for line in result.stdout.split("\n")[1:6]] == checkpoint[:5]
    assert "3 entries lead to this root; 3 bodies fit them." in result.stdout
    assert "whether entries were cut off at the end cannot be seen" in result.stdout
    assert "mirror" not in result.stdout


def test_the_saved_checkpoint_proves_tomorrow_that_nothing_was_changed(served: Served) -> None:
    assert served.verify("--save", "seen.txt").returncode == 0
    assert (served.folder / "seen.txt").read_bytes() == served.files["checkpoint"]
    served.log.fill(300)
    served.files = served.log.files()
    result = served.verify("--since", "seen.txt", "--save", "seen.txt")
    assert result.returncode == 0, result.stderr
    assert "The earlier checkpoint's 3 entries are there, unchanged." in result.stdout
    assert (served.folder / "seen.txt").read_bytes() == served.files["checkpoint"]
    assert [file.name for file in served.folder.iterdir()] == ["seen.txt"]


def test_a_truncated_log_fails_and_the_saved_checkpoint_stays(served: Served) -> None:
    served.verify("--save", "seen.txt")
    before = (served.folder / "seen.txt").read_bytes()
    shorter = Log(served.log.signers, origin=served.log.origin).fill(2)
    served.files = shorter.files()
    result = served.verify("--since", "seen.txt", "--save", "seen.txt")
    assert result.returncode == 1
    assert result.stderr == (
        "DOES NOT FIT: entry 2: gone: the earlier checkpoint has 3 entries, today's 2\n"
    )
    assert result.stdout == ""
    assert (served.folder / "seen.txt").read_bytes() == before


def test_a_changed_body_fails_and_names_its_entry(served: Served) -> None:
    served.files["body/1"] = served.files["body/1"].replace(b"says", b"said")
    result = served.verify()
    assert result.returncode == 1
    assert result.stderr == (
        "DOES NOT FIT: entry 1: its body is not the one its header was made for\n"
    )


def test_a_withdrawn_body_passes_by_its_erasure_in_both_modes(served: Served) -> None:
    served.log.erase(1)
    served.files = served.log.files()
    for options in ((), ("--entry", "1")):
        result = served.verify(*options)
        assert result.returncode == 0, result.stderr
        assert "entry 1: body withdrawn by entry 3" in result.stdout


def test_one_entry_of_a_long_log_takes_a_handful_of_requests(served: Served) -> None:
    served.log.fill(1000)
    served.files = served.log.files()
    result = served.verify("--entry", "700")
    assert result.returncode == 0, result.stderr
    assert "Entry 700 (original, https://desk.example/v/700, " in result.stdout
    assert len(served.asked) == 6


def test_compressed_answers_are_read(served: Served) -> None:
    served.compress = True
    assert served.verify().returncode == 0


def test_a_mirror_is_verified_and_said_to_be_one(served: Served) -> None:
    log = Log([note.Signer.generate("desk.example/log")], origin="desk.example/log").fill(2)
    served.files, served.key = log.files(), str(log.signers[0].verifier)
    result = served.verify()
    assert result.returncode == 0
    assert "The log calls itself desk.example/log, not " in result.stdout


def test_a_log_named_after_its_host_is_itself_at_any_port(served: Served) -> None:
    log = Log([note.Signer.generate("localhost/log")], origin="localhost/log").fill(2)
    served.files, served.key = log.files(), str(log.signers[0].verifier)
    result = served.verify()
    assert result.returncode == 0
    assert "mirror" not in result.stdout


def test_a_log_that_cannot_be_reached_is_not_called_false(served: Served) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/log"
    result = run(address, "--key", served.key, cwd=served.folder)
    assert result.returncode == 2
    assert result.stderr.startswith(f"Nothing was verified: {address}/checkpoint cannot be read: ")


def test_a_server_error_is_not_called_false(served: Served, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/broken/checkpoint").respond_with_data("", status=503)
    httpserver.expect_request("/moved/checkpoint").respond_with_data(
        "", status=301, headers={"Location": "https://desk.example/log/checkpoint"}
    )
    for path, says in (
        ("broken", "HTTP 503"),
        ("moved", "HTTP 301 to https://desk.example/log/checkpoint"),
        ("log/none", "there is no"),
    ):
        address = served.address.replace("/log", f"/{path}")
        result = run(address, "--key", served.key, cwd=served.folder)
        assert result.returncode == 2
        assert says in result.stderr
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ftp://desk.example/log", "--key", "x"], "is no address of a log"),
        (["desk.example/log", "--key", "x"], "is no address of a log"),
        (["http://127.0.0.1:1/log", "--key", "x"], "'x' is no Ed25519 verifier key"),
        (["http://127.0.0.1:1/log", "--key", "x", "--since", "none.txt"], "none.txt"),
        (["http://127.0.0.1:1/log"], "--key"),
    ],
)
def test_wrong_usage_is_told_from_a_false_log(
    arguments: list[str], says: str, tmp_path: Path
) -> None:
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_the_file_imports_nothing_of_ours() -> None:
    source = CLIENT.read_text(encoding="utf-8")
    imported = {
        line.split()[1].split(".")[0]
        for line in source.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


def test_the_tile_paths_of_a_very_long_log_are_asked_for_as_they_are_served() -> None:
    """Too long to build here: only the address is compared."""

    asked: list[str] = []

    def fetch(path: str) -> bytes:
        asked.append(path)
        return bytes(32 * (5 if path.endswith(".p/5") else 256))

    Published(fetch, 256 * 1_234_068).row(0, 256 * 1_234_067, 1)
    Published(fetch, 256 * 1_000 + 5).row(0, 256 * 1_000, 1)
    assert asked[0] == "tile/0/x001/x234/067" == tiles.path(0, 1_234_067)
    assert asked[1] == "tile/0/x001/000.p/5" == tiles.path(0, 1_000, 5)
