"""The product's own settings, with two public names that lead to stand-ins: for Wikipedia, and for a
newsroom that is told of every publication.

The door keeps all its checks: WIKIPEDIA_PORT and NEWSROOM_PORT say on which loopback ports
`wiki.example` and the newsroom are found.
"""

import os

from factcheck.settings import *  # noqa: F403
from tests.sources.web import PUBLIC, Web
from tests.standins.receiver import HOST

WIKI = "wiki.example"
# Another public address, so that each has a port 80 of its own.
NEWSROOM = "93.184.215.15"

_web = Web(
    names={WIKI: [PUBLIC], HOST: [NEWSROOM]},
    cables={
        (PUBLIC, 80): int(os.environ.get("WIKIPEDIA_PORT", "1")),
        (NEWSROOM, 80): int(os.environ.get("NEWSROOM_PORT", "1")),
    },
)
FETCH_DOOR = {"resolver": _web.resolve, "dialer": _web.dial}
