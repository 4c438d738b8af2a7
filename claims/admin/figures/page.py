"""The page of all figures, the small ones on Today, and each as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin import exporting
from claims.admin.figures import ages, agreement, balance, periods, ratings, turnaround
from claims.admin.figures.shapes import Figure
from claims.admin.site import page

SLUGS = ("turnaround", "age", "ratings", "agreement", "balance")
# As many weeks as Today draws; the files of its small figures have them, too.
SMALL = 8


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    period = periods.asked(request.GET.get("weeks"), now)
    by = _by(request)
    return page(
        request,
        "desk/figures.html",
        section="today",
        title=_("Figures"),
        figures=[_made(slug, period, by) for slug in SLUGS],
        period=period,
        periods=periods.CHOICES,
        by=by,
        groupings=balance.BY,
    )


@require_safe
def small(request: HttpRequest) -> HttpResponse:
    """The part of Today that asks for itself once the page is there."""
    now = timezone.now()
    period = periods.lately(SMALL, now)
    return render(
        request,
        "desk/parts/figures_small.html",
        {
            "turnaround": turnaround.figure(period),
            "ratings": ratings.figure(period),
            "agreement": agreement.figure(period),
            "balance": balance.figure(period),
            "period": period,
        },
    )


@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One figure as CSV or JSON; without saying which, its place on the page."""
    if slug not in SLUGS:
        raise Http404
    form = exporting.asked(request.GET.get("as"))
    now = timezone.now()
    if request.GET.get("weeks") == str(SMALL):
        period = periods.lately(SMALL, now)
    else:
        period = periods.asked(request.GET.get("weeks"), now)
    by = _by(request)
    if form is None:
        return redirect(f"{reverse('admin:figures')}?weeks={period.weeks}&by={by}#{slug}")
    made = _made(slug, period, by)
    name = f"{slug}-{by}" if slug == "balance" else slug
    return exporting.table(name, made.columns, made.rows, form=form)


def _by(request: HttpRequest) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in balance.BY else "claimant"


def _made(slug: str, period: periods.Period, by: str) -> Figure:
    if slug == "age":
        return ages.figure(timezone.now())
    if slug == "balance":
        return balance.figure(period, by)
    return {
        "turnaround": turnaround.figure, "ratings": ratings.figure, "agreement": agreement.figure,
    }[slug](period)  # fmt: skip
