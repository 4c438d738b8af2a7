"""robots.txt of the sites whose pages are fetched without anybody asking for that very page (RFC 9309)."""

import threading
import time
from collections import OrderedDict
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from protego import Protego

from claims.sources._http import Door, FetchFailed, FetchRefused

AGENT = "Touchstone"
# RFC 9309: at least 500 KiB are read, and a copy is used for at most a day.
MAX_BYTES = 512 * 1024
KEPT_SECONDS = 3600.0
KEPT = 500
# A site that wants a longer pause between two pages than this is asked no more seldom.
LONGEST_PAUSE = 300.0


class Robots:
    """What sites allow, remembered for an hour. One may serve many threads."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, Protego]] = OrderedDict()

    def pause(self, url: str) -> float:
        """Seconds to leave between two pages of this site, if the page may be fetched at all.

        Raises FetchRefused where robots.txt forbids it, FetchFailed where robots.txt cannot be
        asked for at the moment: then nothing is fetched. A site without one allows everything.
        """
        rules = self._rules(url)
        if not rules.can_fetch(url, AGENT):
            raise FetchRefused(
                _("“%(host)s” does not want this page to be read by machines (robots.txt).")
                % {"host": urlsplit(url).hostname or ""}
            )
        return min(float(rules.crawl_delay(AGENT) or 0.0), LONGEST_PAUSE)

    def _rules(self, url: str) -> Protego:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        now = time.monotonic()
        with self._lock:
            at, rules = self._kept.get(origin, (0.0, None))
            if rules is not None and now - at < KEPT_SECONDS:
                return rules
        rules = self._ask(f"{origin}/robots.txt")
        with self._lock:
            self._kept[origin] = (now, rules)
            self._kept.move_to_end(origin)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return rules

    def _ask(self, address: str) -> Protego:
        try:
            page = self._door.get(address, max_bytes=MAX_BYTES)
        except FetchFailed as error:
            if error.status is not None and 400 <= error.status < 500 and error.permanent:
                return Protego.parse("")
            raise
        return Protego.parse(page.body.decode("utf-8", "replace"))
