"""What the watched feeds have brought: the newest first, searched by words, taken in by a click."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin import exporting, keyset, listed_files
from claims.admin.site import page
from claims.languages import SERVED, tokens
from claims.models import CollectedItem, WatchedFeed
from claims.models.words import holding
from claims.pipeline import intake
from claims.pipeline.intake import IntakeError

ORDER = ("collected_at", "pk")
HEAD = 240


@require_safe
def collected(request: HttpRequest) -> HttpResponseBase:
    words = " ".join(request.GET.get("q", "").split())[:200]
    rows = CollectedItem.objects.select_related("feed__outlet").annotate(head=Left("text", HEAD))
    if words:
        # In whichever language it was written, each with its own folding.
        groups = {tuple(tokens(words, code)) for code in SERVED}
        rows = rows.filter(pk__in=holding(CollectedItem, groups))
    if form := exporting.asked(request.GET.get("as")):
        return listed_files.collected(rows.defer("text", "folded", "links"), form)
    cut = keyset.cut(rows.defer("text", "folded"), ORDER, request.GET)
    kept = {"q": words} if words else {}
    return page(
        request,
        "desk/collected.html",
        section="articles",
        title=_("Collected from feeds"),
        items=cut.rows,
        words=words,
        any_feed=bool(cut.rows) or WatchedFeed.objects.exists(),
        here=request.GET.urlencode(),
        before="?" + urlencode({**kept, "before": cut.before}) if cut.before else "",
        after="?" + urlencode({**kept, "after": cut.after}) if cut.after else "",
        size=keyset.SIZE,
    )


def take_in(request: HttpRequest, item_id: int) -> HttpResponse:
    back = reverse("admin:collected") + (f"?{q}" if (q := request.GET.urlencode()) else "")
    item = get_object_or_404(CollectedItem.objects.select_related("feed__outlet"), pk=item_id)
    if request.method != "POST":
        return redirect(back)
    assert isinstance(request.user, User)  # the site lets nobody else in
    try:
        received = intake.take_in(item=item, actor=request.user)
    except IntakeError as error:
        messages.error(
            request, _("“%(title)s”: %(why)s") % {"title": str(item), "why": error.message}
        )
    except PermissionDenied as error:
        messages.error(request, str(error))
    else:
        said = (
            _("Taken in: “%(title)s”")
            if received.is_new_article
            else _("This text was here already: “%(title)s”")
        )
        messages.success(request, said % {"title": str(item)})
    return redirect(back)
