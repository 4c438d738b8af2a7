"""Sources: where the desk looks for what is already known about a claim.

The folder is the list. A module whose name begins with an underscore is a tool, not a source.
"""

import functools
import importlib
import pkgutil

from claims.sources.base import Source


def registry() -> dict[str, Source]:
    """Every source by name, in alphabetical order.

    Raises TypeError, naming the module, where one does not hold exactly one Source subclass.
    """
    return dict(_walk())


@functools.cache
def _walk() -> tuple[tuple[str, Source], ...]:
    found = []
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_") or module.name == "base":
            continue
        full_name = f"{__name__}.{module.name}"
        contents = vars(importlib.import_module(full_name)).values()
        classes = [
            thing
            for thing in contents
            if isinstance(thing, type)
            and issubclass(thing, Source)
            and thing.__module__ == full_name
        ]
        if len(classes) != 1:
            raise TypeError(
                f"{full_name} must define exactly one Source subclass, it defines {len(classes)}. "
                "Begin the file's name with an underscore if it is not a source."
            )
        found.append((module.name, classes[0]()))
    return tuple(sorted(found))
