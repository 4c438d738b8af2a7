"""Posting, resolving and reopening comments, without leaving the page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from claims.admin import discussion, text_areas
from claims.admin.claim_page import find_claim, number, person, posted
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.models import Claim, Comment, VerdictVersion
from claims.pipeline import discussing


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, claim_id: int) -> HttpResponse:
    """All comments on a page of their own; POST writes one. For htmx the answer is every thread
    that the page does not have yet, or the form with what was refused."""
    claim = find_claim(request, claim_id)
    version = _version(request, claim)
    if request.method != "POST":
        return _whole(request, claim, version)
    parent = None
    if "parent" in request.POST:
        parent = get_object_or_404(claim.comments, pk=number(request.POST["parent"]) or 0)
    written: list[Comment] = []
    refusal = attempt(
        "comment",
        lambda: written.append(
            discussing.comment(
                claim=claim,
                actor=person(request),
                text=text_areas.typed(request.POST, "text"),
                anchor=_anchor(request),
                version=version,
                parent=parent,
            )
        ),
    )
    if refusal and (refusal.status == 403 or not HtmxDetails(request)):
        return _whole(request, claim, version, refusal)
    if not HtmxDetails(request):
        return redirect(_room(claim, version) + f"#comment-{written[0].pk}")
    if parent is not None:
        return _thread(request, claim, version, parent, refusal)
    if refusal:
        response = _part(request, "comment_form", claim, version, refusal=refusal)
        response["HX-Retarget"], response["HX-Reswap"] = "#comment-form", "outerHTML"
        return response
    seen = number(request.POST.get("seen")) or 0
    found = discussion.panel(claim, request.user, version)
    new = [thread for thread in found.open if thread.pk > seen]
    return _part(request, "comments_new", claim, version, discussion=found, new=new)


@posted()
def resolve(request: HttpRequest, claim_id: int, comment_id: int) -> HttpResponse:
    return _settle(request, claim_id, comment_id, discussing.resolve)


@posted()
def reopen(request: HttpRequest, claim_id: int, comment_id: int) -> HttpResponse:
    return _settle(request, claim_id, comment_id, discussing.reopen)


def _settle(
    request: HttpRequest, claim_id: int, comment_id: int, act: Callable[..., None]
) -> HttpResponse:
    claim = find_claim(request, claim_id)
    version = _version(request, claim)
    comment = get_object_or_404(claim.comments.filter(parent=None), pk=comment_id)
    actor: User = person(request)
    refusal = attempt("comment", lambda: act(comment=comment, actor=actor))
    if refusal and (refusal.status == 403 or not HtmxDetails(request)):
        return _whole(request, claim, version, refusal)
    if HtmxDetails(request):
        return _thread(request, claim, version, comment, refusal)
    return redirect(_room(claim, version) + "#comments")


def _thread(
    request: HttpRequest,
    claim: Claim,
    version: VerdictVersion | None,
    top: Comment,
    refusal: Refusal | None,
) -> HttpResponse:
    """One thread anew, with what was refused in it."""
    found = discussion.panel(claim, request.user, version)
    (thread,) = [one for one in [*found.open, *found.resolved] if one.pk == top.pk]
    return _part(
        request,
        "comment_thread",
        claim,
        version,
        refusal=refusal,
        discussion=found,
        thread=thread,
        alone=True,
    )


def _part(
    request: HttpRequest,
    name: str,
    claim: Claim,
    version: VerdictVersion | None,
    *,
    refusal: Refusal | None = None,
    **context: object,
) -> HttpResponse:
    context |= _context(request, claim, version, refusal)
    response = render(request, f"desk/parts/{name}.html", context)
    response.status_code = refusal.status if refusal else 200
    return response


def _whole(
    request: HttpRequest,
    claim: Claim,
    version: VerdictVersion | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    found = discussion.panel(claim, request.user, version)
    response = page(
        request,
        "desk/comments.html",
        section="queue",
        title=_("Comments"),
        discussion=found,
        **_context(request, claim, version, refusal),
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _context(
    request: HttpRequest, claim: Claim, version: VerdictVersion | None, refusal: Refusal | None
) -> dict[str, object]:
    typed = {
        name: text_areas.typed(request.POST, name)
        for name in ("text", "field", "quote", "start", "parent", "seen")
    }
    fields = {str(value): label for value, label in Comment.Field.choices}
    typed["field_label"] = str(fields.get(typed["field"], ""))
    return {
        "claim": claim,
        "version_shown": version,
        "comment_refusal": refusal,
        "comment_typed": typed if refusal else {},
        "longest": discussing.LONGEST,
    }


def _anchor(request: HttpRequest) -> discussing.Anchor | None:
    quote = text_areas.typed(request.POST, "quote")
    if not quote.strip():
        return None
    return discussing.Anchor(
        field=request.POST.get("field", ""),
        quote=quote,
        start=min(number(request.POST.get("start")) or 0, 2**31 - 1),
    )


def _version(request: HttpRequest, claim: Claim) -> VerdictVersion | None:
    """The version of the verdict on the page that the form stands on; none on the claim's."""
    asked = request.POST.get("version") or request.GET.get("version") or ""
    if not asked:
        return None
    return get_object_or_404(claim.versions, pk=number(asked) or 0)


def _room(claim: Claim, version: VerdictVersion | None) -> str:
    name = "admin:claim-review" if version else "admin:claims_claim_change"
    return reverse(name, args=[claim.pk])
