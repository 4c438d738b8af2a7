"""The feeds, and the page that says what there is to build on."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.views.decorators.http import condition

from claims import feeds as formats
from claims.feeds.base import is_dump
from claims.languages import SERVED
from claims.models import LogHead
from claims.models.addresses import absolute
from claims.pages.about import missing
from claims.pages.rendering import FOREVER, etag, newest_entry, page, public
from claims.pipeline.publishing import archives, dumps, files, log
from claims.pipeline.publishing.since import moment


def _language(request: HttpRequest) -> str | None:
    return request.GET.get("language") or None


def _etag(request: HttpRequest, file_name: str) -> str:
    return etag(newest_entry())


def _last_modified(request: HttpRequest, file_name: str) -> datetime | None:
    newest = log.newest_seen()
    return newest and newest[1].astimezone(UTC)


@public
@condition(etag_func=_etag, last_modified_func=_last_modified)
def feed(request: HttpRequest, file_name: str) -> HttpResponseBase:
    """The newest entries in the format that names this file, or everything in one that is a dump;
    `?language=` for one language's, of a dump `?since=` for what is new."""
    form = formats.registry().get(file_name)
    if form is None:
        return missing()
    language = _language(request)
    if language is not None and language not in SERVED:
        return HttpResponse(
            f"No feed in '{language[:20]}'. Known: {', '.join(SERVED)}.\n",
            status=400,
            content_type="text/plain; charset=utf-8",
        )
    if not is_dump(form):
        return HttpResponse(archives.subscription(form, language), content_type=form.CONTENT_TYPE)
    try:
        since = moment(request.GET.get("since", ""))
    except ValueError as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
    return StreamingHttpResponse(
        dumps.whole(form, language, since),
        content_type=form.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{form.FILE_NAME}"'},
    )


@public
def archive(
    request: HttpRequest, number: int, file_name: str, language: str | None = None
) -> HttpResponse:
    """A full page of older entries. A page that is not full yet leads on to the subscription."""
    form = formats.registry().get(file_name)
    if form is None or (language is not None and language not in SERVED):
        return missing()
    pages = archives.full_pages(log.size())
    if number == pages:
        onward = HttpResponseRedirect(archives.head_address(form, language))
        onward["Cache-Control"] = "no-cache"
        return onward
    if number > pages:
        return missing()
    response = HttpResponse(files.page(number, form, language), content_type=form.CONTENT_TYPE)
    response["Cache-Control"] = FOREVER
    return response


def _overview_etag(request: HttpRequest, language: str = "ar") -> str:
    return etag(newest_entry())


@public
@condition(etag_func=_overview_etag)
def overview(request: HttpRequest, language: str = "ar") -> HttpResponse:
    head = LogHead.objects.get(pk=1)
    return page(
        "feeds",
        {
            "formats": [
                (form.LABEL, f"/feeds/{name}") for name, form in formats.registry().items()
            ],
            "head": head,
            "checkpoint": log.checkpoint(),
            "verifier_key": log.shown_key(),
            "log_url": absolute("/log"),
            "site": settings.SITE_URL,
        },
        language=language,
        name="feeds",
    )
