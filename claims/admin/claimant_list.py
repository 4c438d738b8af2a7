"""Everybody who speaks: found by any of their names, however it is spelled."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin import exporting, keyset, listed_files
from claims.admin.site import page
from claims.models import Claimant, Language
from claims.pipeline import parties


@require_safe
def claimant_list(request: HttpRequest) -> HttpResponseBase:
    words = words_of(request)
    kind = request.GET.get("kind", "")
    language = request.GET.get("language", "")
    rows = Claimant.objects.filter(merged_into=None)
    kept: dict[str, str] = {}
    if words:
        rows, kept["q"] = rows.filter(parties.search(words)), words
    if kind in Claimant.Kind.values:
        rows, kept["kind"] = rows.filter(kind=kind), kind
    if language in Language.values:
        rows, kept["language"] = rows.filter(language=language), language
    if form := exporting.asked(request.GET.get("as")):
        return listed_files.claimants(rows, form)
    cut = keyset.cut(rows, ("pk",), request.GET)
    return page(
        request,
        "desk/claimants.html",
        section="administration",
        title=_("Claimants"),
        claimants=counted(cut.rows),
        words=words,
        kinds=Claimant.Kind.choices,
        kind=kept.get("kind", ""),
        languages=Language.choices,
        language=kept.get("language", ""),
        narrowed=bool(kept),
        before="?" + urlencode({**kept, "before": cut.before}) if cut.before else "",
        after="?" + urlencode({**kept, "after": cut.after}) if cut.after else "",
        size=keyset.SIZE,
    )


def words_of(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:200]


def counted(claimants: list[Claimant]) -> QuerySet[Claimant]:
    """The same, in the same order, each with its other names and the number of its `spoken`
    positions: two queries."""
    rows = Claimant.objects.filter(pk__in=[one.pk for one in claimants]).order_by("-pk")
    return rows.annotate(spoken=Count("positions")).prefetch_related("names")
