"""The articles, the newest first, each with how far its claims are."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin import exporting, keyset, listed_files
from claims.admin.site import page
from claims.models import Appearance, Article, Claim, State
from claims.models.articles import ArticleQuerySet

ORDER = ("received_at", "pk")


@require_safe
def article_list(request: HttpRequest) -> HttpResponseBase:
    words = " ".join(request.GET.get("q", "").split())[:200]
    rows = Article.objects.filter(permissions.visible(request.user))
    if words:
        seen = Appearance.objects.filter(article=OuterRef("pk")).filter(
            Q(outlet__name__icontains=words) | Q(url__icontains=words)
        )
        rows = rows.filter(Q(title__icontains=words) | Exists(seen))
    if form := exporting.asked(request.GET.get("as")):
        whole = exporting.with_confidential(request, "articles")
        return listed_files.articles(rows, form, with_confidential=whole)
    cut = keyset.cut(with_appearances(rows), ORDER, request.GET)
    count_claims(cut.rows)
    kept = {"q": words} if words else {}
    return page(
        request,
        "desk/articles.html",
        section="articles",
        takes_confidential=permissions.may_take_out_the_confidential(request.user),
        title=_("Articles"),
        articles=cut.rows,
        words=words,
        before="?" + urlencode({**kept, "before": cut.before}) if cut.before else "",
        after="?" + urlencode({**kept, "after": cut.after}) if cut.after else "",
        size=keyset.SIZE,
    )


def with_appearances(rows: ArticleQuerySet) -> ArticleQuerySet:
    """Without their texts, which no list shows."""
    return rows.defer("text", "sentences").prefetch_related(
        Prefetch(
            "appearances",
            queryset=Appearance.objects.select_related("outlet").order_by("published_on", "pk"),
        )
    )


def count_claims(articles: list[Article]) -> None:
    """Sets `claims_all` and `claims_found` (not decided on yet) on each, in one query."""
    everything: Counter[int] = Counter()
    found: Counter[int] = Counter()
    counted = (
        Claim.objects.filter(article__in=[article.pk for article in articles])
        .order_by()
        .values_list("article", "state")
        .annotate(number=Count("pk"), carried=Count("carried_from"))
    )
    for article_id, state, number, carried in counted:
        everything[article_id] += number
        if state == State.FOUND:
            found[article_id] += number - carried
    for article in articles:
        setattr(article, "claims_all", everything[article.pk])  # noqa: B010 - not a field
        setattr(article, "claims_found", found[article.pk])  # noqa: B010
