"""Public addresses. Absolute ones come from SITE_URL, never from a request's Host header."""

from __future__ import annotations

from django.conf import settings


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
