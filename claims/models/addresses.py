"""Public addresses. Absolute ones come from SITE_URL, never from a request's Host header."""

from __future__ import annotations

from django.conf import settings
from django.utils.encoding import uri_to_iri


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def prefix(language: str) -> str:
    """Arabic stands at the root, the other languages below their code."""
    return "" if language == "ar" else f"/{language}"


def verdict_path(number: int, language: str, version: int | None = None) -> str:
    """`/v/N`, or the frozen `/v/N/VERSION`."""
    tail = "" if version is None else f"/{version}"
    return f"{prefix(language)}/v/{number}{tail}"


def verdict_url(number: int, language: str, version: int | None = None) -> str:
    return absolute(verdict_path(number, language, version))


def as_read(url: str) -> str:
    """Anybody's address as people read it: without its scheme and a closing slash, and with words
    for the percent signs of an Arabic or Turkish path, unless something invisible is in it."""
    bare = url.partition("://")[2].removesuffix("/") if "://" in url else url
    readable = uri_to_iri(bare)
    return readable if readable.isprintable() else bare
