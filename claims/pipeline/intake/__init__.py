"""The intake stage: a text comes in, and is an article from then on.

What is kept is what was received, code point for code point: nothing is stripped, no line ending
is converted, no form is normalised. A browser sends a pasted text with CRLF at the line ends, and
then CRLF is what was received; a form of ours must not strip it (`CharField(strip=False)`).
"""

from claims.pipeline.intake.collected import take_in, take_in_due
from claims.pipeline.intake.confirming import confirm_day
from claims.pipeline.intake.errors import IntakeError
from claims.pipeline.intake.fetching import look_again, receive_url
from claims.pipeline.intake.files import MAX_BYTES, check_size, receive_file
from claims.pipeline.intake.limits import MAX_CHARACTERS, MAX_FILE_BYTES
from claims.pipeline.intake.receiving import Received, brought_in, receive

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "MAX_FILE_BYTES",
    "IntakeError",
    "Received",
    "brought_in",
    "check_size",
    "confirm_day",
    "look_again",
    "receive",
    "receive_file",
    "receive_url",
    "take_in",
    "take_in_due",
]
