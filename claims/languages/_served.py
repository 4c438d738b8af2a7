"""The languages the desk serves, in the order of their importance to it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SERVED = ("ar", "tr", "en")

_LABELS: dict[str, Promise] = {"ar": _("Arabic"), "tr": _("Turkish"), "en": _("English")}


class UnknownLanguage(ValueError):
    """A language code the desk does not serve; the message lists those it does."""

    def __init__(self, code: str) -> None:
        super().__init__(f"No language '{code}'. Known: {', '.join(sorted(SERVED))}.")


def label(code: str) -> Promise:
    """The language's name, translated when it is shown. Raises UnknownLanguage."""
    try:
        return _LABELS[code]
    except KeyError:
        raise UnknownLanguage(code) from None


def direction(code: str) -> str:
    """``rtl`` or ``ltr``, as HTML's ``dir`` wants it. Raises UnknownLanguage."""
    if code not in SERVED:
        raise UnknownLanguage(code)
    return "rtl" if code == "ar" else "ltr"
