"""The product's own settings, with one public name that leads to the stand-in for Wikipedia.

The door keeps all its checks: WIKIPEDIA_PORT says on which loopback port `wiki.example` is found.
"""

import os

from factcheck.settings import *  # noqa: F403
from tests.sources.web import PUBLIC, Web

WIKI = "wiki.example"

_web = Web(
    names={WIKI: [PUBLIC]}, cables={(PUBLIC, 80): int(os.environ.get("WIKIPEDIA_PORT", "1"))}
)
FETCH_DOOR = {"resolver": _web.resolve, "dialer": _web.dial}
