"""A log whose files can be tampered with, and the verifier run over them."""

from collections.abc import Callable

from clients.verify_log import Gone, Report, verify
from tests.tlog.store import Log

Files = dict[str, bytes]


def fetcher(log: Log, files: Files | None = None) -> Callable[[str], bytes]:
    served = log.files() if files is None else files

    def fetch(path: str) -> bytes:
        if path not in served:
            number = path.removeprefix("body/")
            if number.isdigit() and int(number) in log.withdrawn:
                raise Gone(log.withdrawn[int(number)])
            raise FileNotFoundError(path)
        return served[path]

    return fetch


def check(log: Log, files: Files | None = None, **options: object) -> Report:
    key = str(log.signers[0].verifier)
    return verify(fetcher(log, files), key, **options)  # type: ignore[arg-type]
