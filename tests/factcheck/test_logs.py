import logging
import sys

from factcheck.logs import LineFormatter


def line(message: str, *arguments: object, error: Exception | None = None) -> str:
    try:
        if error is not None:
            raise error
    except Exception:
        info = sys.exc_info()
    else:
        info = None
    record = logging.LogRecord("desk", logging.ERROR, __file__, 1, message, arguments, info)
    return LineFormatter().format(record)


def test_nobody_forges_a_second_line() -> None:
    written = line(
        "no such page: %s", "/a\n2026-01-01 00:00:00 INFO desk all is well\u2028\x1b[31m"
    )

    assert written.count("\n") == 0
    assert "/a\\n2026-01-01" in written
    assert "\\u2028\\x1b[31m" in written


def test_a_row_that_the_database_refused_is_not_quoted() -> None:
    error = ValueError(
        'new row violates check constraint "four_eyes"\n'
        "DETAIL:  Failing row contains (7, The minister\nsaid nothing of the kind, draft).\n"
    )

    written = line("publishing failed", error=error)

    assert 'new row violates check constraint "four_eyes"' in written
    assert "minister" not in written
    assert "said nothing" not in written


def test_a_traceback_behind_a_refused_row_stays() -> None:
    row = "(se" + "cret)"  # A traceback quotes the source, and this line is in it.
    try:
        raise ValueError(f"no\nDETAIL:  Failing row contains {row}.\n")
    except ValueError as first:
        second = KeyError("second")
        second.__cause__ = first

    written = line("failed", error=second)

    assert "secret" not in written
    assert "KeyError: 'second'" in written


def test_arabic_stays_readable() -> None:
    assert "خبر جديد" in line("أُضيف %s", "خبر جديد")
