"""What is pressed to correct the splitter: merge, split, mark other words, add a claim."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claims.admin import text_areas
from claims.admin.article_page import back, find_article, posted, render_article
from claims.admin.claim_page import as_seen, number, person
from claims.admin.correction_forms import Opened
from claims.admin.refusals import Refusal, attempt
from claims.models import Article, Claim, Position
from claims.pipeline import correcting

FIELDS = (
    "position",
    "words",
    "start",
    "end",
    "at",
    "into",
    "stance",
    "kind",
    "claimant",
    "contests",
)


@posted
def merge(request: HttpRequest, article_id: int, claim_id: int) -> HttpResponse:
    article, claim = _found(request, article_id, claim_id)
    into = Claim.objects.filter(article=article, pk=number(request.POST.get("into")) or 0).first()

    def act() -> None:
        correcting.merge(claim=claim, into=into or claim, actor=person(request))

    return _done(
        request,
        article,
        claim.pk,
        act,
        _("Merged. It is dismissed now; the merge can be undone under the claim that stays."),
    )


@posted
def unmerge(request: HttpRequest, article_id: int, claim_id: int) -> HttpResponse:
    article = find_article(request, article_id)
    claim = get_object_or_404(Claim, pk=claim_id, article=article)
    refusal = attempt("split", partial(correcting.unmerge, claim=claim, actor=person(request)))
    if refusal:
        return render_article(request, article, refusals=[refusal])
    messages.success(request, _("The merge is undone: both claims are there again."))
    return back(request, article_id)


@posted
def split(request: HttpRequest, article_id: int, claim_id: int) -> HttpResponse:
    article, claim = _found(request, article_id, claim_id)
    position = _position(request, claim)
    act = partial(
        correcting.split,
        position=position,
        seen=claim.moves,
        actor=person(request),
        at=_number(request, "at") or 0,
    )
    return _done(request, article, claim.pk, act, _("Split: the claim is two claims now."))


@posted
def respan(request: HttpRequest, article_id: int, claim_id: int) -> HttpResponse:
    article, claim = _found(request, article_id, claim_id)
    position = _position(request, claim)

    def act() -> None:
        start, end = _place(request, article)
        correcting.respan(
            position=position, seen=claim.moves, actor=person(request), start=start, end=end
        )

    return _done(request, article, claim.pk, act, _("The words are marked anew."))


@posted
def add(request: HttpRequest, article_id: int) -> HttpResponse:
    article = find_article(request, article_id)
    contests = number(request.POST.get("contests"))

    def act() -> None:
        start, end = _place(request, article)
        correcting.add(
            article=article,
            actor=person(request),
            start=start,
            end=end,
            kind=request.POST.get("kind", ""),
            stance=request.POST.get("stance", ""),
            claimant=request.POST.get("claimant", ""),
            contests=get_object_or_404(Claim, pk=contests, article=article) if contests else None,
        )

    return _done(
        request, article, None, act, _("Added. It stands in the list where its words are.")
    )


def _done(
    request: HttpRequest,
    article: Article,
    claim: int | None,
    act: Callable[[], object],
    success: str,
) -> HttpResponse:
    """Does it and goes back to the article; or shows why not, the form open and filled in."""
    where = "add" if claim is None else f"claim-{claim}"
    refusal: Refusal | None = attempt(where, act)
    if refusal is None:
        messages.success(request, success)
        return back(request, article.pk)
    typed = {name: text_areas.typed(request.POST, name) for name in FIELDS if name in request.POST}
    return render_article(request, article, refusals=[refusal], opened=Opened(claim, typed))


def _found(request: HttpRequest, article_id: int, claim_id: int) -> tuple[Article, Claim]:
    """The claim as the page was when the button was pressed."""
    article = find_article(request, article_id)
    claim = get_object_or_404(Claim.objects.select_related("article"), pk=claim_id, article=article)
    return article, as_seen(request, claim)


def _position(request: HttpRequest, claim: Claim) -> Position:
    return get_object_or_404(
        Position, pk=_number(request, "position") or 0, claim=claim, article=claim.article_id
    )


def _place(request: HttpRequest, article: Article) -> tuple[int, int]:
    return correcting.place(
        article,
        words=text_areas.typed(request.POST, "words"),
        start=_number(request, "start"),
        end=_number(request, "end"),
    )


def _number(request: HttpRequest, name: str) -> int | None:
    return number(request.POST.get(name))
