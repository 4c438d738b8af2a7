"""Feeds: published verdicts in the formats machines poll.

The folder is the list: a module here is a format, those in NOT_FORMATS excepted.
"""

import functools
import importlib
import pkgutil
from typing import cast

from claims.feeds.base import Format

NOT_FORMATS = ("base", "claim_review", "spreadsheet")
NEEDED = ("LABEL", "CONTENT_TYPE", "FILE_NAME", "render")


def registry() -> dict[str, Format]:
    """Every format by its FILE_NAME, in alphabetical order.

    Raises TypeError, naming the module, where a part is missing or a FILE_NAME is taken.
    """
    return dict(_walk())


@functools.cache
def _walk() -> tuple[tuple[str, Format], ...]:
    found: dict[str, Format] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_") or module.name in NOT_FORMATS:
            continue
        feed = importlib.import_module(f"{__name__}.{module.name}")
        missing = [name for name in NEEDED if not hasattr(feed, name)]
        if missing:
            raise TypeError(
                f"{feed.__name__} lacks {', '.join(missing)}. Begin the file's name with an "
                "underscore if it is not a feed format."
            )
        if feed.FILE_NAME in found:
            raise TypeError(f"{feed.__name__} takes the file name {feed.FILE_NAME} a second time.")
        found[feed.FILE_NAME] = cast(Format, feed)
    return tuple(sorted(found.items()))
