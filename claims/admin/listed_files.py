"""The other lists as files, as the queue is one: articles, claimants, publications. The registry's own
lists name their columns (`registry.base`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet
from django.http import StreamingHttpResponse

from claims.admin import exporting
from claims.admin.exporting import Form
from claims.models import Appearance, Article, Claimant, Publication
from claims.models.addresses import verdict_url

CHUNK = 500


def articles(rows: QuerySet[Article], form: Form) -> StreamingHttpResponse:
    columns = (
        "id", "title", "language", "came_in_as", "received", "confidential", "outlets",
        "published_on", "addresses",
    )  # fmt: skip

    def lines() -> Iterator[tuple[object, ...]]:
        seen = Prefetch("appearances", Appearance.objects.select_related("outlet"))
        listed = rows.order_by("-received_at", "-pk").defer("text", "sentences", "links")
        for article in listed.prefetch_related(seen).iterator(chunk_size=CHUNK):
            appearances = list(article.appearances.all())
            yield (
                article.pk,
                article.title,
                article.language,
                article.channel,
                article.received_at,
                article.confidential,
                [one.outlet.name for one in appearances if one.outlet],
                min((one.published_on for one in appearances), default=None),
                [one.url for one in appearances if one.url],
            )

    return exporting.table("articles", columns, lines(), form=form)


def claimants(rows: QuerySet[Claimant], form: Form) -> StreamingHttpResponse:
    columns = ("id", "name", "kind", "language", "wikidata_id", "other_names")

    def lines() -> Iterator[tuple[object, ...]]:
        listed = rows.order_by("-pk").prefetch_related("names")
        for one in listed.iterator(chunk_size=CHUNK):
            names = [name.name for name in one.names.all()]
            yield one.pk, one.name, one.kind, one.language, one.wikidata_id, names

    return exporting.table("claimants", columns, lines(), form=form)


def publications(form: Form) -> StreamingHttpResponse:
    """The newest word on each verdict, in each language; what an order of law erased is left out."""
    columns = (
        "verdict", "version", "kind", "language", "statement", "rating", "summary", "published",
        "byline", "address", "claim",
    )  # fmt: skip

    def lines() -> Iterator[tuple[object, ...]]:
        for row in Publication.objects.current().newest_first().iterator(chunk_size=CHUNK):
            yield (
                row.verdict_number,
                row.version_number,
                row.kind,
                row.language,
                row.version.content.get("statement", ""),
                row.version.rating.slug,
                row.version.summary,
                row.published_at,
                row.byline,
                verdict_url(row.verdict_number, row.language),
                row.claim_id,
            )

    return exporting.table("publications", columns, lines(), form=form)
