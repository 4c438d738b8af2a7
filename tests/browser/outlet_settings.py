"""The product's own settings, with one public name that leads to the tests' outlet.

The door keeps all its checks: OUTLET_PORT says on which loopback port `marfa.example` is found.
"""

import os

from factcheck.settings import *  # noqa: F403
from tests.sources.web import PUBLIC, Web
from tests.standins.outlet import HOST

_web = Web(names={HOST: [PUBLIC]}, cables={(PUBLIC, 80): int(os.environ["OUTLET_PORT"])})
FETCH_DOOR = {"resolver": _web.resolve, "dialer": _web.dial}
