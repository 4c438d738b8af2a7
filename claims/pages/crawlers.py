"""What is said to search engines: published verdicts and nothing of the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import condition

from claims.models import Publication
from claims.models.addresses import absolute, verdict_url
from claims.pages.addresses import NAMES, path_of
from claims.pages.rendering import etag, newest_entry, public

# sitemaps.org: one file holds 50,000 addresses.
LARGEST = 50_000


@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /desk/", f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _etag(request: HttpRequest) -> str:
    return etag(newest_entry())


@public
@condition(etag_func=_etag)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages, and each standing verdict in its own language with the day of its last change."""
    pages = [
        absolute(path_of(name, language))
        for name in ("index", "corrections", "methodology", "feeds")
        for language in NAMES
    ]
    standing = Publication.objects.standing().order_by("-entry_id")
    verdicts = [
        (verdict_url(number, language), changed)
        for number, language, changed in standing.values_list(
            "verdict_number", "language", "published_at"
        )[: LARGEST - len(pages)]
    ]
    return HttpResponse(
        render_to_string("public/sitemap.xml", {"pages": pages, "verdicts": verdicts}),
        content_type="application/xml; charset=utf-8",
    )
