"""What every public page has: its frame, its language, its headers."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from csp.constants import NONE, SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from claims import feeds
from claims.feeds.base import is_dump
from claims.languages import direction
from claims.models import Rating
from claims.models.addresses import absolute
from claims.pages.addresses import NAMES, path_of
from claims.pipeline.publishing import log

# Asked for again at every view, which a 304 answers from one index: a retraction shows at once.
PAGE_CACHE = "public, max-age=0, must-revalidate"
# What never changes: full pages of the log and of the feeds.
FOREVER = "public, max-age=31536000, immutable"

# Sharper than the desk's: a public page has no script, no form and asks nobody anything.
POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "connect-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


def public(view: View[Parameters]) -> View[Parameters]:
    """GET and HEAD only; the same answer for everybody, signed in or not."""

    @require_safe
    @functools.wraps(view)
    def answer(
        request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response._csp_replace = POLICY  # type: ignore[attr-defined]
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = PAGE_CACHE
        return response

    return answer


@functools.cache
def _wording() -> str:
    """Templates and translations: what they say may change between two versions of the product."""
    files = sorted((settings.BASE_DIR / "templates" / "public").rglob("*.*"))
    files += [
        Path(folder) / language / "LC_MESSAGES" / "django.mo"
        for folder in settings.LOCALE_PATHS
        for language in NAMES
    ]
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()


def etag(newest: int | None, *more: object) -> str:
    """An ETag that changes with the log and with what the installation itself says, nothing else.

    `newest` is the number of the newest log entry the page can show. Drafts, reviews and people
    have no part in it.
    """
    facts = (
        settings.VERSION,
        _wording(),
        settings.SITE_URL,
        settings.DESK_NAME,
        settings.DESK_LICENCE,
        *more,
    )
    said = hashlib.sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:12]
    return f'"{-1 if newest is None else newest}-{said}"'


def newest_entry() -> int | None:
    newest = log.newest_seen()
    return newest and newest[0]


def of_scale() -> Sequence[object]:
    """What a page that shows the rating scale has in its ETag beside the log's newest entry."""
    return [tuple(row) for row in Rating.objects.in_use().values_list()]


def page(
    template: str,
    context: dict[str, Any],
    *,
    language: str,
    name: str,
    canonical: str = "",
    alternates: Sequence[str] = tuple(NAMES),
    status: int = 200,
    **kwargs: object,
) -> HttpResponse:
    """Renders `templates/public/<template>.html` in `language`.

    `name` and `kwargs` are the page's own address, for the links to its other languages; it has
    none when `name` is empty. `canonical` is a path where that is another one; `alternates` are the
    languages in which the page has content of its own. No request reaches the template: what a
    visitor's session holds cannot show.
    """
    with translation.override(language):
        here = path_of(name, language, **kwargs) if name else ""
        html = render_to_string(
            f"public/{template}.html",
            {
                "language": language,
                "direction": direction(language),
                "desk": settings.DESK_NAME,
                "licence": settings.DESK_LICENCE,
                "canonical": absolute(canonical or here) if here else "",
                "name": name,
                "languages": [
                    (code, label, direction(code), path_of(name or "index", code, **kwargs))
                    for code, label in NAMES.items()
                ],
                "alternates": [
                    (code, absolute(path_of(name, code, **kwargs))) for code in alternates if name
                ],
                "feeds": [
                    (form.CONTENT_TYPE.partition(";")[0], form.LABEL, f"/feeds/{file_name}")
                    for file_name, form in feeds.registry().items()
                    if not is_dump(form)
                ],
                **context,
            },
        )
    response = HttpResponse(html, status=status)
    response["Content-Language"] = language
    return response
