"""GET /api/v1/verdicts/ and /api/v1/verdicts/<N>/: what has been published, for anybody."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition
from rest_framework.exceptions import APIException, NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api import documents
from claims.languages import SERVED
from claims.models import Publication
from claims.models.addresses import absolute
from claims.pipeline.publishing import log
from claims.pipeline.publishing.since import moment

PAGE = 50
SALT = "claims.api.verdicts"
# Asked for again each time, which a 304 answers with one query: a retraction shows at once.
FRESH = cache_control(public=True, max_age=0, must_revalidate=True)


class BadParameter(APIException):
    status_code = 400


def _etag(request: HttpRequest, **kwargs: str) -> str:
    """Changes with every publication and with nothing else."""
    newest = log.newest_seen()
    return f'"{-1 if newest is None else newest[0]}-{settings.VERSION}"'


class Withdrawn(APIException):
    status_code = 451  # RFC 7725


class Public(APIView):
    """Read by anybody; who asks makes no difference, so nobody is asked."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


@method_decorator(FRESH, name="dispatch")
@method_decorator(condition(etag_func=_etag), name="dispatch")
class VerdictList(Public):
    """Each verdict's newest word, newest first; retractions are among them.

    The pages of one listing belong together: they list what was current when the first was read,
    so that a verdict corrected meanwhile is neither missed nor met twice. What is said of it is
    always what holds now.
    """

    def get(self, request: Request) -> Response:
        language, since = _language(request), _since(request)
        as_of, before = _cursor(request)
        if as_of is None:
            newest = Publication.objects.order_by("-entry_id").first()
            as_of = before = -1 if newest is None else newest.pk
            before += 1
        rows = _whole().filter(
            Q(replaced_by__isnull=True) | Q(replaced_by__entry_id__gt=as_of), entry_id__lt=before
        )
        if language:
            rows = rows.filter(language=language)
        if since:
            rows = rows.filter(published_at__gte=since)
        found = list(rows[: PAGE + 1])
        following = None
        if len(found) > PAGE:
            query = {key: value for key, value in request.query_params.items() if key != "cursor"}
            query["cursor"] = signing.dumps([as_of, found[PAGE - 1].pk], salt=SALT)
            following = absolute(f"/api/v1/verdicts/?{urlencode(query)}")
        return Response({"results": documents.verdicts(_now(found[:PAGE])), "next": following})


@method_decorator(FRESH, name="dispatch")
@method_decorator(condition(etag_func=_etag), name="dispatch")
class VerdictDetail(Public):
    """One verdict as it is now, in the language asked for or the one it first appeared in, with the
    list of its versions."""

    def get(self, request: Request, number: str) -> Response:
        every: list[Publication] = []
        if number.isascii() and number.isdecimal() and len(number) < 10:
            every = list(_of(int(number)))
        language = _language(request) or (every[0].language if every else "")
        versions = [row for row in every if row.language == language]
        if not versions:
            raise NotFound("No published verdict has this number. See /api/v1/verdicts/.")
        erasure = versions[-1].erasure
        if erasure is not None:
            raise Withdrawn(
                "The text of this verdict was withdrawn by order of law: entry "
                f"{erasure.number} of the log says on which ground."
            )
        every = [row for row in every if row.erasure is None]
        versions = [row for row in versions if row.erasure is None]
        return Response(
            {
                **documents.verdicts(versions[-1:])[0],
                "languages": sorted({row.language for row in every}),
                "versions": documents.versions(versions[::-1]),
            }
        )


class Nowhere(Public):
    def initial(self, request: Request, *args: object, **kwargs: object) -> NoReturn:
        raise NotFound("Nothing stands at this address of the API. Known: /api/v1/verdicts/.")


def _whole() -> QuerySet[Publication]:
    """Publications newest first, with all that a document is made of, in one query."""
    return _with_all(Publication.objects.newest_first())


def _of(number: int) -> QuerySet[Publication]:
    """A verdict's publications in the order of the log, with those whose text the law has withdrawn."""
    rows = Publication.objects.filter(verdict_number=number).order_by("entry_id")
    return _with_all(rows).select_related("entry__erased_by")


def _with_all(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    return rows.select_related("entry__body", "version__rating", "replaced_by")


def _now(rows: list[Publication]) -> list[Publication]:
    """The rows, with those replaced since the listing began exchanged for what holds now."""
    stale = [row.verdict_number for row in rows if hasattr(row, "replaced_by")]
    if not stale:
        return rows
    current = {
        (row.verdict_number, row.language): row
        for row in _whole().filter(replaced_by__isnull=True, verdict_number__in=stale)
    }
    return [current.get((row.verdict_number, row.language), row) for row in rows]


def _language(request: Request) -> str:
    language = request.query_params.get("language", "")
    if language and language not in SERVED:
        raise BadParameter(f"No verdicts in '{language[:20]}'. Known: {', '.join(SERVED)}.")
    return language


def _since(request: Request) -> datetime | None:
    try:
        return moment(request.query_params.get("since", ""))
    except ValueError as error:
        raise BadParameter(str(error)) from error


def _cursor(request: Request) -> tuple[int | None, int]:
    """(newest entry when the listing began, where this page begins); (None, 0) without a cursor."""
    text = request.query_params.get("cursor", "")
    if not text:
        return None, 0
    try:
        as_of, before = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise BadParameter(
            "This cursor is not one of ours, or it was cut off. Take `next` as it is given, or "
            "begin again without a cursor."
        ) from error
    return int(as_of), int(before)
