"""The verdict log read over the desk's own rows with the code that outsiders run."""

from __future__ import annotations

from claims.pipeline.publishing import audit_entries, log
from clients.verify_log import Gone, Report, verify


def verify_rows(*, since: bytes | None = None, entry: int | None = None) -> Report:
    """Raises clients.verify_log.DoesNotFit where the log is not what its checkpoint says."""
    return verify(_from_rows, log.verifier_key(), since=since, entry=entry)


def verify_all() -> Report:
    """The log, and by its newest entry of kind `audit` the desk's own history. Raises DoesNotFit or
    HistoryRewritten."""
    report = verify_rows()
    audit_entries.verify_newest()
    return report


def _from_rows(path: str) -> bytes:
    try:
        return log.resource(path)
    except log.Erased as error:
        raise Gone(error.by) from error
    except log.NotInLog as error:
        raise FileNotFoundError(str(error)) from error
