import pytest

from claims.tlog import note
from tests.tlog.store import Log


@pytest.fixture(scope="module")
def signer() -> note.Signer:
    return note.Signer.generate("desk.example/log")


@pytest.fixture
def log(signer: note.Signer) -> Log:
    return Log([signer]).fill(5)


@pytest.fixture(scope="module")
def long_log(signer: note.Signer) -> Log:
    return Log([signer]).fill(600)
