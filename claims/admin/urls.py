"""Every address of the desk: its own pages first, then Django's admin for the rest.

A page module holds views that take a request and answer with `site.page(...)`; it is guarded here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, path

from claims.admin import (
    account,
    administration_urls,
    article_list,
    article_page,
    article_versions,
    claim_urls,
    correction_actions,
    feed_urls,
    help,
    intake_page,
    news_page,
    outlet_page,
    publishing_urls,
    queue,
    queue_bulk,
    queue_saved,
    registry,
    rules_page,
    security_urls,
    source_page,
    today,
    today_urls,
    tour,
    webhook_urls,
)
from claims.admin.site import desk

app_name = "admin"

# Registering them is what importing them does.
__all__ = ["registry", "urlpatterns"]


def _at(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(route, desk.admin_view(view), name=name)


urlpatterns: list[URLPattern | URLResolver] = [
    _at("", today.today, "index"),
    _at("help/", help.help_page, "help-all"),
    _at("help/<slug:topic>/", help.help_page, "help"),
    _at("tour/", tour.tour, "tour"),
    _at("language/", account.language, "language"),
    _at("settings/", account.own, "settings"),
    _at("news/", news_page.news, "news"),
    # Not guarded: it asks nobody to sign in (see there).
    path("news/bell/", news_page.bell, name="bell"),
    _at("news/read/", news_page.read_all, "news-read-all"),
    _at("news/<int:news_id>/read/", news_page.read_one, "news-read"),
    _at("rules/", rules_page.rules, "rules"),
    _at("rules/new/", rules_page.rule, "rule-new"),
    _at("rules/<int:rule_id>/", rules_page.rule, "rule"),
    _at("rules/<int:rule_id>/switch/", rules_page.switch, "rule-switch"),
    _at("claims/claim/", queue.queue, "queue"),
    _at("claims/claim/several/", queue_bulk.bulk, "queue-several"),
    _at("claims/claim/several/undo/", queue_bulk.undo, "queue-undo"),
    _at("claims/claim/filters/", queue_saved.save, "queue-filter-save"),
    _at("claims/claim/filters/<int:filter_id>/", queue_saved.change, "queue-filter-change"),
    _at("claims/claim/filters/<int:filter_id>/delete/", queue_saved.delete, "queue-filter-delete"),
    _at("articles/", article_list.article_list, "articles"),
    _at("articles/new/", intake_page.intake_page, "article-new"),
    _at("articles/<int:article_id>/", article_page.article_page, "article"),
    _at("articles/<int:article_id>/accept/", article_page.accept, "article-accept"),
    _at("articles/<int:article_id>/undo/", article_page.undo, "article-undo"),
    _at(
        "articles/<int:article_id>/appearances/<int:appearance_id>/confirm/",
        article_page.confirm_day,
        "article-confirm",
    ),
    _at("articles/<int:article_id>/split/", article_page.split_again, "article-split"),
    _at(
        "articles/<int:article_id>/claims/<int:claim_id>/dismiss/",
        article_page.dismiss,
        "article-dismiss",
    ),
    _at(
        "articles/<int:article_id>/claims/<int:claim_id>/restore/",
        article_page.restore,
        "article-restore",
    ),
    _at("articles/<int:article_id>/add/", correction_actions.add, "article-add"),
    *[
        _at(f"articles/<int:article_id>/claims/<int:claim_id>/{name}/", view, f"article-{name}")
        for name, view in [
            ("merge", correction_actions.merge),
            ("unmerge", correction_actions.unmerge),
            # "article-split" splits the whole article again.
            ("cut", correction_actions.split),
            ("respan", correction_actions.respan),
        ]
    ],
    _at("articles/<int:article_id>/changes/", article_versions.changes, "article-changes"),
    _at("articles/<int:article_id>/look-again/", article_versions.look_again, "article-look-again"),
    *claim_urls.urlpatterns,
    *publishing_urls.urlpatterns,
    *feed_urls.urlpatterns,
    *security_urls.urlpatterns,
    *administration_urls.urlpatterns,
    *webhook_urls.urlpatterns,
    _at("claims/outlet/<int:outlet_id>/change/", outlet_page.outlet_page, "claims_outlet_change"),
    _at("claims/outlet/<int:outlet_id>/trust/", outlet_page.trust, "outlet-trust"),
    _at("sources/", source_page.source_page, "sources"),
    _at("sources/<str:name>/try/", source_page.try_source, "source-try"),
    *today_urls.urlpatterns,
    *desk.get_urls(),
]
