"""Asking an API for JSON, with whatever goes wrong as a SourceError in words for an editor."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from claims.sources._http import FetchError, Page
from claims.sources.base import SourceError

MAX_BYTES = 1_000_000
TOTAL_SECONDS = 10.0
ACCEPT = ("application/json",)
# Some APIs let raw control characters through, which JSON forbids inside its strings.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Gets(Protocol):
    """A door: the whole one, or a source's own."""

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = MAX_BYTES,
        total_seconds: float = TOTAL_SECONDS,
        accept: tuple[str, ...] = (),
    ) -> Page: ...


@dataclass(frozen=True)
class Answered:
    """`answer`: the JSON, of any shape."""

    answer: Any
    headers: Mapping[str, str]


def ask(
    door: Gets,
    url: str,
    *,
    label: str,
    params: Mapping[str, str],
    headers: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
    total_seconds: float = TOTAL_SECONDS,
) -> Answered:
    """Raises SourceError, naming the API by its `label`, for anything that is not JSON."""
    try:
        page = door.get(
            url,
            # A lone surrogate has no place in an address.
            params={k: v.encode("utf-8", "replace").decode() for k, v in params.items()},
            headers=headers,
            accept=ACCEPT,
            max_bytes=max_bytes,
            total_seconds=total_seconds,
        )
    except FetchError as error:
        raise SourceError.of(error) from error
    return Answered(parsed(page.body, label), page.headers)


def parsed(body: bytes, label: str) -> Any:
    try:
        return json.loads(_CONTROL.sub(b" ", body))
    except (ValueError, RecursionError) as error:
        raise SourceError(
            _("%(source)s sent something that is not JSON. Try again later.") % {"source": label},
            permanent=False,
        ) from error


@contextmanager
def known_form(label: str, docs: str) -> Iterator[None]:
    """What is taken apart inside may lack keys or hold other types: then the API has changed."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise SourceError(
            _("%(source)s answered in a form we do not know. Its API may have changed: %(docs)s.")
            % {"source": label, "docs": docs},
            permanent=True,
        ) from error
