"""The index, the verdicts, the corrections. Everything here reads Publication rows only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import condition

from claims.feeds.claim_review import script_safe
from claims.models import FurtherAppearance, LogEntry, Publication
from claims.models.addresses import absolute, verdict_url
from claims.models.log import PublicationQuerySet
from claims.pages import reading
from claims.pages.about import missing
from claims.pages.addresses import path_of
from claims.pages.rendering import etag, newest_entry, of_scale, page, public
from claims.pipeline import publishing
from claims.pipeline.publishing import log

PAGE = 20
KIND = LogEntry.Kind
CHANGES = (KIND.CORRECTION, KIND.UPDATE, KIND.RETRACTION)


def _list_etag(request: HttpRequest, language: str = "ar") -> str:
    return etag(newest_entry(), of_scale())


def _verdict_etag(
    request: HttpRequest, number: int, version: int | None = None, language: str = "ar"
) -> str | None:
    rows = Publication.objects.filter(verdict_number=number).values_list(
        "entry_id", "version_number", "entry__erased_by"
    )
    if not rows or (version is not None and version not in {row[1] for row in rows}):
        return None
    newest = max(max(entry, erasure or 0) for entry, _version, erasure in rows)
    again: list[reading.Seen] = []
    if version is None and FurtherAppearance.objects.of_verdict(number).exists():
        again = _further(_newest(list(of_verdict(number)), language))
    return etag(newest, of_scale(), again)


@public
@condition(etag_func=_list_etag)
def index(request: HttpRequest, language: str = "ar") -> HttpResponse:
    before = _before(request)
    rows, older = _slice(Publication.objects.standing().told_in(language), before)
    changes = [] if before else _slice(_changes(), None)[0][:3]
    return page(
        "index",
        {
            "items": [reading.shown(row, language) for row in rows],
            "changes": _with_reasons(changes, language),
            "older": older,
            "first": before is None,
            "scale": reading.scale(language),
        },
        language=language,
        name="index",
    )


@public
@condition(etag_func=_list_etag)
def corrections(request: HttpRequest, language: str = "ar") -> HttpResponse:
    before = _before(request)
    rows, older = _slice(_changes(), before)
    year = Publication.objects.filter(published_at__gte=timezone.now() - timedelta(days=365))
    return page(
        "corrections",
        {
            "items": _with_reasons(rows, language),
            "older": older,
            "first": before is None,
            "year": year.aggregate(
                verdicts=Count("pk", filter=Q(kind=KIND.ORIGINAL)),
                corrections=Count("pk", filter=Q(kind=KIND.CORRECTION)),
                updates=Count("pk", filter=Q(kind=KIND.UPDATE)),
                retractions=Count("pk", filter=Q(kind=KIND.RETRACTION)),
            ),
        },
        language=language,
        name="corrections",
    )


@public
@condition(etag_func=_verdict_etag)
def verdict(
    request: HttpRequest, number: int, version: int | None = None, language: str = "ar"
) -> HttpResponse:
    """`/v/N` and the frozen `/v/N/VERSION`.

    Shows the verdict in the page's language where it has been published in it, otherwise in the one
    it was first published in. A retracted one stays, as a tombstone.
    """
    entered = list(_entered(number))
    current = _newest(entered, language)
    if current is None:
        return missing(language)
    own = current.language
    history = [row for row in entered if row.language == own]
    publication = (
        current
        if version is None
        else next((row for row in history if row.version_number == version), None)
    )
    if publication is None:
        return missing(language)
    if publication.erasure is not None:
        return withdrawn(publication, language)
    every = [row for row in entered if row.erasure is None]
    history = [row for row in history if row.erasure is None]
    # A version that is not the last word carries no markup: machines would take it for one.
    markup = publishing.claim_review(publication) if publication == current else None
    return show(
        publication, language=language, every=every, history=history, current=current,
        markup=markup, frozen=version is not None,
    )  # fmt: skip


def show(
    publication: Publication,
    *,
    language: str,
    every: list[Publication],
    history: list[Publication],
    current: Publication,
    markup: dict[str, Any] | None,
    frozen: bool,
) -> HttpResponse:
    """The page of one publication, in the log or about to be. `every`: the verdict's publications in
    all languages, `history` those in this one's, `current` its newest word. `frozen`: at the address
    of its version."""
    number, own = publication.verdict_number, publication.language
    content = publication.version.content
    translation = publishing.of_originals([publication])[0]
    item = reading.shown(publication, language, translation)
    asserting, contesting = reading.positions(content)
    version = publication.version_number if frozen else None
    address = {"number": number} if version is None else {"number": number, "version": version}
    languages = {row.language for row in every}
    return page(
        "tombstone" if item.retracted else "verdict",
        {
            "item": item,
            "publication": publication,
            "current": current,
            "frozen": publication != current,
            "translation": translation,
            "first_published": history[0].published_at,
            "byline": publication.byline or settings.DESK_NAME,
            "asserting": asserting,
            "contesting": contesting,
            "paragraphs": reading.paragraphs(content),
            "evidence": reading.evidence(content),
            "no_primary_reason": content["no_primary_reason"],
            "further": _further(publication) if version is None else [],
            "history": _with_reasons(history[::-1], language),
            "scale": reading.scale(language),
            "markup": mark_safe(script_safe(markup)) if markup else "",  # noqa: S308
            "permanent": verdict_url(number, own, publication.version_number),
            "log_url": absolute("/log"),
            "verifier_key": log.shown_key(),
        },
        language=language,
        name="verdict" if version is None else "verdict-version",
        canonical=path_of("verdict" if version is None else "verdict-version", own, **address),
        alternates=sorted(languages),
        **address,
    )


def withdrawn(publication: Publication, language: str) -> HttpResponse:
    """Where the law has had a text withdrawn: that it has, on which ground, and by which entry of the
    log. 451 (RFC 7725). Nothing of the text is on it."""
    erasure = publication.erasure
    assert erasure is not None
    return page(
        "withdrawn",
        {"publication": publication, "erasure": erasure, "ground": log.ground_of(erasure)},
        language=language,
        name="",
        status=451,
    )


def of_verdict(number: int) -> PublicationQuerySet:
    """A verdict's publications in all languages, in the order of the log."""
    return _entered(number).readable()


def _entered(number: int) -> PublicationQuerySet:
    """The same with those whose text the law has withdrawn."""
    rows = Publication.objects.filter(verdict_number=number).order_by("entry_id")
    return rows.select_related("entry__erased_by", "version", "replaces__version")


def _newest(every: list[Publication], language: str) -> Publication | None:
    """The newest word in the page's language, or in the one it was first published in."""
    own = [row for row in every if row.language == language]
    first = [row for row in every if row.language == every[0].language]
    return next(reversed(own or first), None)


def _further(publication: Publication | None) -> list[reading.Seen]:
    """Of the newest word alone, and of none that was taken back."""
    if publication is None or publication.kind == KIND.RETRACTION:
        return []
    return reading.further(publication)


def _with_reasons(rows: list[Publication], language: str) -> list[reading.Shown]:
    return [
        reading.shown(row, language, of)
        for row, of in zip(rows, publishing.of_originals(rows), strict=True)
    ]


def _changes() -> QuerySet[Publication]:
    return Publication.objects.readable().filter(kind__in=CHANGES)


def _before(request: HttpRequest) -> int | None:
    """Where an older page begins: the log's entry number, from our own link."""
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _slice(rows: QuerySet[Publication], before: int | None) -> tuple[list[Publication], int | None]:
    """A page by keyset, newest first, and where the next older one begins (None: nowhere)."""
    rows = rows.order_by("-entry_id").select_related("entry", "version", "replaces__version")
    if before is not None:
        rows = rows.filter(entry_id__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
