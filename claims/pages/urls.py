"""The public addresses. Each page stands at the root in Arabic and below /tr and /en."""

from django.urls import include, path, register_converter

from claims.pages import about, crawlers, experts, feeds, letters, log, verdicts
from claims.pages.addresses import EntryNumber, Number, Prefix

register_converter(Prefix, "prefix")
register_converter(Number, "n")
register_converter(EntryNumber, "entry")

pages = [
    path("", verdicts.index, name="index"),
    path("v/<n:number>", verdicts.verdict, name="verdict"),
    path("v/<n:number>/<n:version>", verdicts.verdict, name="verdict-version"),
    path("corrections", verdicts.corrections, name="corrections"),
    path("feeds", feeds.overview, name="feeds"),
    path("methodology", about.methodology, name="methodology"),
]
urlpatterns = [
    *pages,
    path("<prefix:language>/", include(pages)),
    path("feeds/<str:file_name>", feeds.feed, name="feed"),
    path("feeds/archive/<entry:number>/<str:file_name>", feeds.archive, name="feed-archive"),
    path(
        "feeds/archive/<entry:number>/<str:language>/<str:file_name>",
        feeds.archive,
        name="feed-archive-of-language",
    ),
    path("log/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("log/tile/<path:tile>", log.tile, name="log-tile"),
    path("log/body/<entry:number>", log.body, name="log-body"),
    path("log/proof/<entry:number>", log.inclusion, name="log-proof"),
    path("log/verify_log.py", log.verifier, name="log-verifier"),
    path("letters/<str:signed>", letters.unsubscribe, name="unsubscribe"),
    path("expert/<str:secret>", experts.expert, name="expert"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
]
