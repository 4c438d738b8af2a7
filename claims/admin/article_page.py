"""One article: its text with the claims where they stand, the list beside it, and what to do now.

Buttons post and are sent back to this page; htmx then swaps the sheet alone. Without a script the
same posts reload the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin import (
    article_claims,
    article_index,
    article_parts,
    article_text,
    article_undo,
    correction_forms,
)
from claims.admin.claim_page import number, person
from claims.admin.correction_forms import Opened
from claims.admin.refusals import Refusal, attempt
from claims.admin.registry.records import WORDS
from claims.admin.site import page
from claims.models import Article, Claim, State, Transition
from claims.pipeline import correcting, intake, lookup, review, splitting
from claims.templatetags.desk import digits

# Offered when a claim is dismissed; anything else is written by hand.
REASONS = (
    gettext_lazy("An opinion that nothing could settle"),
    gettext_lazy("Of no weight for our readers"),
    gettext_lazy("The same as another claim"),
    gettext_lazy("Wrongly split"),
)


def posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that only a POST may run. A refused form is answered at the action's own address; who
    comes back there by a reload or a change of language is led to the article."""

    @wraps(view)
    def answer(request: HttpRequest, article_id: int, **rest: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, article_id, **rest)
        return redirect("admin:article", article_id)

    return answer


@require_safe
def article_page(request: HttpRequest, article_id: int) -> HttpResponse:
    return render_article(request, find_article(request, article_id))


def find_article(request: HttpRequest, article_id: int) -> Article:
    return get_object_or_404(
        Article.objects.filter(permissions.visible(request.user)).select_related(
            "received_by", "supersedes", "superseded_by"
        ),
        pk=article_id,
    )


def render_article(
    request: HttpRequest,
    article: Article,
    *,
    refusals: Iterable[Refusal] = (),
    opened: Opened | None = None,
) -> HttpResponse:
    opened = opened or correction_forms.asked_for(request)
    index = article_index.index(article)
    show = _filter(request)
    parts = article_parts.spans(article.text, index.starts)
    part = article_parts.choose(
        parts,
        index,
        at=number(request.GET.get("at")),
        claim=number(request.GET.get("claim")) or (opened.claim if opened else None),
        show=show,
    )
    sheet = article_claims.sheet(article, index, part.span)
    refused = list(refusals)
    by_place = {refusal.where: refusal for refusal in refused}
    merged = correcting.merged_into(entry.claim.pk for entry in sheet.entries)
    for entry in sheet.entries:
        entry.refusal = by_place.get(f"claim-{entry.claim.pk}")
        entry.merged = merged.get(entry.claim.pk, [])
    busy = article.split_state in (Article.Split.WAITING, Article.Split.RUNNING)
    may_write = permissions.may(request.user, permissions.RESEARCH)
    may_take_in = permissions.may(request.user, permissions.INTAKE)
    undecided = next((entry.claim for entry in sheet.entries if entry.found), None)
    seen = list(article.appearances.select_related("outlet"))
    response = page(
        request,
        "desk/article.html",
        section="articles",
        title=article.title or _("Article %(number)s") % {"number": digits(article.pk)},
        article=article,
        seen=seen,
        index=index,
        found_count=index.count("found"),
        contested_count=index.count("contested"),
        lines=article_text.lines(article, sheet),
        entries=[entry for entry in sheet.entries if index.shows(entry.claim.pk, show)],
        show=show,
        here=article_parts.where(show, part.span[0] if len(parts) > 1 else None),
        pager=article_parts.pager(part, parts, index, show) if len(parts) > 1 else None,
        busy=busy,
        failed=article.split_state == Article.Split.FAILED,
        may_write=may_write,
        undoable=article_undo.offered(article, request.GET.get("undo", "")) if may_write else [],
        outside=lookup.outside_if_accepted(undecided) if undecided else [],
        may_confirm=may_take_in,
        may_look_again=may_take_in
        and not hasattr(article, "superseded_by")
        and any(appearance.url for appearance in seen),
        reasons=REASONS,
        refusal=by_place.get("split") or by_place.get("day"),
        refused_addition=by_place.get("add"),
        # While the sheet renews itself, a form would be gone under its writer's hands.
        **(
            correction_forms.context(article, index, sheet, opened)
            if opened and may_write and not busy
            else {}
        ),
        states=State.values,
        history=_history(article),
    )
    if refused:
        response.status_code = refused[0].status
    return response


def _filter(request: HttpRequest) -> str:
    show = request.GET.get("show", "all")
    return show if show in article_index.FILTERS else "all"


@posted
def accept(request: HttpRequest, article_id: int) -> HttpResponse:
    """Accepts the ticked claims, or the one whose button was pressed. One that is refused does not
    hold the others back."""
    article = find_article(request, article_id)
    wanted = request.POST.getlist("claim")
    refusals, accepted = [], []
    for claim in _found_among(article, wanted):
        refusal = attempt(
            f"claim-{claim.pk}", partial(review.accept, claim=claim, actor=person(request))
        )
        if refusal:
            refusals.append(refusal)
        else:
            accepted.append(claim)
    if not wanted:
        messages.warning(request, _("No claim was ticked. Tick the ones you want, then accept."))
    if done := len(accepted):
        text = ngettext(
            "%(count)s claim accepted: it is in the queue, under your name.",
            "%(count)s claims accepted: they are in the queue, under your name.",
            done,
        )
        messages.success(request, text % {"count": digits(done)})
    if refusals:
        return render_article(request, article, refusals=refusals)
    return back(request, article_id, undo=accepted)


@posted
def undo(request: HttpRequest, article_id: int) -> HttpResponse:
    """Takes the acceptances or the dismissal back that were just made."""
    article = find_article(request, article_id)
    claims = article_undo.offered(article, request.POST.get("undo", ""))
    refusals = article_undo.undo(request, claims, person(request))
    if refusals:
        return render_article(request, article, refusals=refusals)
    return back(request, article_id)


@posted
def dismiss(request: HttpRequest, article_id: int, claim_id: int) -> HttpResponse:
    article = find_article(request, article_id)
    claim = get_object_or_404(Claim, pk=claim_id, article=article)
    reason = request.POST.get("other", "").strip() or request.POST.get("reason", "")
    refusal = attempt(
        f"claim-{claim.pk}",
        partial(review.dismiss, claim=claim, actor=person(request), reason=reason),
    )
    if refusal:
        return render_article(request, article, refusals=[refusal])
    messages.success(request, _("Dismissed: “%(claim)s”") % {"claim": claim.statement})
    return back(request, article_id, undo=[claim])


@posted
def restore(request: HttpRequest, article_id: int, claim_id: int) -> HttpResponse:
    """Takes a dismissal back; the reason says that it was one."""
    article = find_article(request, article_id)
    claim = get_object_or_404(Claim, pk=claim_id, article=article)
    refusal = attempt(
        f"claim-{claim.pk}",
        partial(
            review.restore,
            claim=claim,
            actor=person(request),
            reason=_("The dismissal was taken back."),
        ),
    )
    if refusal:
        return render_article(request, article, refusals=[refusal])
    return back(request, article_id)


@posted
def confirm_day(request: HttpRequest, article_id: int, appearance_id: int) -> HttpResponse:
    article = find_article(request, article_id)
    seen = get_object_or_404(article.appearances, pk=appearance_id)
    refusal = attempt("day", partial(intake.confirm_day, appearance=seen, actor=person(request)))
    if refusal:
        return render_article(request, article, refusals=[refusal])
    messages.success(request, _("The day is confirmed."))
    return back(request, article_id)


@posted
def split_again(request: HttpRequest, article_id: int) -> HttpResponse:
    article = find_article(request, article_id)
    refusal = attempt(
        "split", partial(splitting.split_again, article=article, actor=person(request))
    )
    if refusal:
        return render_article(request, article, refusals=[refusal])
    return back(request, article_id)


def back(request: HttpRequest, article_id: int, undo: Iterable[Claim] = ()) -> HttpResponse:
    """To the page, with the same part of the list in view. `undo`: what was just decided on."""
    kept = {"show", "at"} & set(request.GET)
    query = article_parts.where(_filter(request), number(request.GET.get("at"))) if kept else ""
    if undo:
        query += ("&" if query else "") + f"undo={article_undo.in_address(undo)}"
    return redirect(reverse("admin:article", args=[article_id]) + (f"?{query}" if query else ""))


def _history(article: Article) -> list[tuple[Transition, str]]:
    """The article's newest moves, each in words."""
    moves = (
        Transition.objects.filter(subject=Transition.Subject.ARTICLE, subject_id=article.pk)
        .select_related("actor")
        .order_by("-number")[:8]
    )
    return [(move, _in_words(move)) for move in moves]


def _in_words(move: Transition) -> str:
    if move.action == "split":
        return _("Split: %(found)s new claims, %(kept)s kept, %(withdrawn)s withdrawn") % {
            name: digits(move.data.get(name, 0)) for name in ("found", "kept", "withdrawn")
        }
    return str(WORDS.get(move.action, move.action))


def _found_among(article: Article, wanted: list[str]) -> list[Claim]:
    """In the order of the list. A claim that was accepted meanwhile stays in it and is refused."""
    ids = [int(text) for text in wanted if text.isascii() and text.isdigit() and len(text) < 18]
    return list(Claim.objects.filter(article=article, pk__in=ids).order_by("pk"))
