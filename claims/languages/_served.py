"""The languages the package knows, one folder each, and those among them that the desk serves."""

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Every folder beside this file: what a text can be split, folded and searched in.
KNOWN = tuple(
    sorted(
        module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.ispkg
    )
)
# The desk's own, in the order of their importance to it: it has its ratings and pages in these.
SERVED = ("ar", "tr", "en")

_LABELS: dict[str, Promise] = {"ar": _("Arabic"), "tr": _("Turkish"), "en": _("English")}


class UnknownLanguage(ValueError):
    """A language code that is not known; the message lists those that are."""

    def __init__(self, code: str, known: tuple[str, ...] = KNOWN) -> None:
        super().__init__(f"No language '{code}'. Known: {', '.join(sorted(known))}.")


@cache
def part(code: str, name: str) -> ModuleType:
    """The module ``name`` of a language's folder: ``script`` or ``grammar``. Raises UnknownLanguage."""
    if code not in KNOWN:
        raise UnknownLanguage(code)
    return import_module(f"{__package__}.{code}.{name}")


def label(code: str) -> Promise:
    """The name of a served language, translated when it is shown. Raises UnknownLanguage."""
    try:
        return _LABELS[code]
    except KeyError:
        raise UnknownLanguage(code, SERVED) from None


def direction(code: str) -> str:
    """``rtl`` or ``ltr``, as HTML's ``dir`` wants it. Raises UnknownLanguage."""
    said: str = part(code, "script").DIRECTION
    return said
