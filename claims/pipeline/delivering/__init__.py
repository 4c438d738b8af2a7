"""Telling others of every publication: webhooks after the Standard Webhooks specification
(github.com/standard-webhooks). A receiver may get a message twice and out of order, never not at all.

The notes of what is to be sent are written by whoever publishes (`publishing.log.append`).
"""

from claims.pipeline.delivering.sending import PAUSES, SOON, deliver_due
from claims.pipeline.delivering.webhooks import (
    add,
    again,
    change,
    new_secret,
    replay,
    switch,
    try_it,
)

__all__ = [
    "PAUSES",
    "SOON",
    "add",
    "again",
    "change",
    "deliver_due",
    "new_secret",
    "replay",
    "switch",
    "try_it",
]
