"""The other lists as files, as the queue is one. The registry's own lists name their columns
(`registry.base`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet
from django.http import StreamingHttpResponse

from claims.admin import exporting
from claims.admin.exporting import Form
from claims.models import (
    Appearance,
    Article,
    Claimant,
    CollectedItem,
    Complaint,
    Contact,
    Delivery,
    Notification,
    Publication,
    Rule,
)
from claims.models.addresses import verdict_url
from claims.pipeline import sorting, telling
from claims.pipeline.telling import words

CHUNK = 500


def articles(
    rows: QuerySet[Article], form: Form, *, with_confidential: bool
) -> StreamingHttpResponse:
    columns = (
        "id", "title", "language", "came_in_as", "received", "confidential", "outlets",
        "published_on", "addresses",
    )  # fmt: skip

    seen = Prefetch("appearances", Appearance.objects.select_related("outlet"))
    listed = rows.order_by("-received_at", "-pk").defer("text", "sentences", "links")

    def cells(article: Article) -> tuple[object, ...]:
        appearances = list(article.appearances.all())
        return (
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

    lines = exporting.discreet(
        listed.prefetch_related(seen).iterator(chunk_size=CHUNK),
        cells,
        lambda article: article.confidential and not with_confidential,
        columns,
        "title",
    )
    return exporting.table("articles", columns, lines, form=form)


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


def complaints(rows: QuerySet[Complaint], form: Form) -> StreamingHttpResponse:
    """Who complained stays on the desk: a file travels."""
    columns = (
        "id", "verdict", "verdict_language", "state", "received", "answer_by", "text", "language",
        "answer", "answered", "answered_by", "claim",
    )  # fmt: skip

    def lines() -> Iterator[tuple[object, ...]]:
        for one in rows.order_by("-pk").iterator(chunk_size=CHUNK):
            yield (
                one.pk,
                one.publication.verdict_number,
                one.publication.language,
                one.state,
                one.received_at,
                one.due_on,
                one.text,
                one.language,
                one.answer,
                one.answered_at,
                _person(one.answered_by),
                one.publication.claim_id,
            )

    return exporting.table("complaints", columns, lines(), form=form)


def contacts(
    rows: QuerySet[Contact], form: Form, *, with_confidential: bool
) -> StreamingHttpResponse:
    columns = (
        "id", "claim", "kind", "whom", "how", "question", "asked", "asked_by", "answer_by",
        "outcome", "answer", "answered", "confidential",
    )  # fmt: skip

    listed = rows.select_related("asked_by", "claim__article").defer(
        "claim__article__text", "claim__article__sentences", "claim__article__links"
    )

    def cells(one: Contact) -> tuple[object, ...]:
        return (
            one.pk,
            one.claim_id,
            one.kind,
            one.whom,
            one.how,
            one.question,
            one.asked_at,
            _person(one.asked_by),
            one.until,
            one.outcome,
            one.answer,
            one.answered_at,
            one.claim.confidential,
        )

    lines = exporting.discreet(
        listed.order_by("-asked_at", "-pk").iterator(chunk_size=CHUNK),
        cells,
        lambda one: one.claim.confidential and not with_confidential,
        columns,
        "question",
    )
    return exporting.table("contacts", columns, lines, form=form)


def news(rows: QuerySet[Notification], form: Form) -> StreamingHttpResponse:
    """A person's own news, each as the sentence that a letter has of it: a file leaves the house."""
    columns = ("at", "kind", "news", "quote", "claim", "statement", "read")

    def lines() -> Iterator[tuple[object, ...]]:
        for one in rows.order_by("-pk").iterator(chunk_size=CHUNK):
            yield (
                one.at,
                one.kind,
                telling.sentence(one, leaves_the_house=True),
                "" if one.claim and one.claim.confidential else words.quote_of(one),
                one.claim_id,
                telling.statement_of(one.claim, leaves_the_house=True) if one.claim else "",
                one.read_at,
            )

    return exporting.table("news", columns, lines(), form=form)


def rules(rows: QuerySet[Rule], form: Form) -> StreamingHttpResponse:
    """Expects `met` and `last` of each: how often it applied, and when it did last."""
    columns = ("id", "name", "in_force", "rule", "met", "last_met", "made_by")

    def lines() -> Iterator[tuple[object, ...]]:
        for one in rows.iterator(chunk_size=CHUNK):
            yield (
                one.pk,
                one.name,
                one.active,
                sorting.sentence(one, one.notify.all()),
                getattr(one, "met"),  # noqa: B009 - annotated
                getattr(one, "last"),  # noqa: B009 - annotated
                _person(one.created_by),
            )

    return exporting.table("rules", columns, lines(), form=form)


def deliveries(rows: QuerySet[Delivery], form: Form) -> StreamingHttpResponse:
    columns = (
        "id", "log_entry", "kind", "state", "attempts", "made", "last_tried", "ended",
        "http_status", "reason", "milliseconds",
    )  # fmt: skip

    def lines() -> Iterator[tuple[object, ...]]:
        for one in rows.order_by("-pk").iterator(chunk_size=CHUNK):
            yield (
                one.pk,
                one.entry_id,
                one.entry.kind if one.entry else "trial",
                one.state,
                one.attempts,
                one.made_at,
                one.tried_at,
                one.ended_at,
                one.status,
                one.reason,
                one.milliseconds,
            )

    return exporting.table("deliveries", columns, lines(), form=form)


def collected(rows: QuerySet[CollectedItem], form: Form) -> StreamingHttpResponse:
    columns = ("id", "outlet", "title", "address", "published", "collected", "article")

    def lines() -> Iterator[tuple[object, ...]]:
        for one in rows.order_by("-collected_at", "-pk").iterator(chunk_size=CHUNK):
            outlet = one.feed.outlet
            yield (
                one.pk,
                outlet.name if outlet else "",
                one.title,
                one.url,
                one.published_at,
                one.collected_at,
                one.article_id,
            )

    return exporting.table("collected", columns, lines(), form=form)


def _person(one: User | None) -> str:
    return (one.get_full_name() or one.get_username()) if one else ""
