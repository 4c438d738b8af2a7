"""The addresses of the public pages: Arabic at the root, other languages below their code."""

from __future__ import annotations

from django.urls import reverse
from django.urls.converters import StringConverter

from claims.models import Language

NAMES = {"ar": "العربية", "tr": "Türkçe", "en": "English"}
"""Each language by its own name, in the order readers are offered them."""


class Prefix(StringConverter):
    """A language that has a prefix. Arabic has none, so that each page has one address."""

    regex = "tr|en"


class Number(StringConverter):
    """A number of ours in its one spelling: no leading zero, no sign."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


class EntryNumber(Number):
    """A log entry's number: they begin at 0, and no database's integers have more digits."""

    regex = "0|[1-9][0-9]{0,17}"


def path_of(name: str, language: str, **kwargs: object) -> str:
    """The path of a page in one of the desk's languages."""
    prefix = {} if language == Language.ARABIC else {"language": language}
    return reverse(name, kwargs={**prefix, **kwargs})
