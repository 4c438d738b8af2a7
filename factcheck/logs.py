"""Log lines: one line for each record, and no text of an unpublished article in them."""

import logging
import re

# PostgreSQL quotes the row it refused ("DETAIL: Failing row contains (…)"), and the row may hold a
# draft, line breaks and all: everything goes until the next part of the traceback.
DETAIL = re.compile(
    r"^(?:DETAIL|CONTEXT|QUERY):.*?(?=^Traceback |^The above exception |^During handling |\Z)",
    re.MULTILINE | re.DOTALL,
)
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


class LineFormatter(logging.Formatter):
    """time level logger message, with control characters of the message escaped.

    A message is thereby always one line: nobody can forge a record by putting a line break into a
    URL or a user name. A traceback follows on its own lines, without the database's row details.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = CONTROL.sub(_escape, DETAIL.sub("", record.message))
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:
        return DETAIL.sub("", super().formatException(ei))  # type: ignore[arg-type]


def _escape(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")
