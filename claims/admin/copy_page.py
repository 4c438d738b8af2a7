"""The kept copy of one piece of evidence: its words, to quote from; what became of its page.

What the page's server sent is never shown as it came: the words are text, and the bytes are handed
out as a file that no browser opens here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin import article_parts, copies, text_areas
from claims.admin.article_index import Index
from claims.admin.claim_page import find_claim, number, person, posted, render_claim, rights
from claims.admin.highlighting import Span, lines
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.admin.word_diff import Segment, compare
from claims.models import Claim, Evidence, Snapshot
from claims.pipeline import evidence, review
from claims.sources import _warc

ACTS = ("now", "look", "newer", "seen")


@dataclass(frozen=True)
class Line:
    """One paragraph at its place; `page` where a page of a PDF begins with it. The words before the
    quotation, of it, and after it."""

    start: int
    before: str
    quoted: str
    after: str
    page: int | None


@require_safe
def copy_page(request: HttpRequest, claim_id: int, piece_id: int) -> HttpResponse:
    claim, piece = _find(request, claim_id, piece_id)
    return _render(request, claim, piece)


def _render(
    request: HttpRequest,
    claim: Claim,
    piece: Evidence,
    refusal: Refusal | None = None,
    typed: str | None = None,
) -> HttpResponse:
    snapshot = piece.snapshot
    copy = copies.copy_of(piece)
    text = snapshot.text if snapshot else ""
    parts = article_parts.spans(text, [])
    at = number(request.GET.get("at"))
    at = (piece.quote_start or 0) if at is None else at
    part = article_parts.choose(parts, Index([]), at=at, claim=None, show="all")
    newest = Snapshot.objects.filter(pk=copy.newest.pk).first() if copy.newest else None
    response = page(
        request,
        "desk/copy.html",
        section="queue",
        title=piece.title,
        claim=claim,
        piece=piece,
        snapshot=snapshot,
        lines=_lines(piece, text, part.span),
        pager=_pager(part, parts) if len(parts) > 1 else None,
        newest=newest,
        changes=_shortened(compare(text, newest.text)) if newest else [],
        typed=piece.quote if typed is None else typed,
        refusal=refusal,
        **rights(request, claim),
    )
    response.status_code = refusal.status if refusal else 200
    return response


@posted()
def quote(request: HttpRequest, claim_id: int, piece_id: int) -> HttpResponse:
    """The words selected in the copy, or pasted, become the piece's quotation, as they stand there."""
    claim, piece = _find(request, claim_id, piece_id)
    words = text_areas.typed(request.POST, "words").strip()
    place = None
    if piece.snapshot and words:
        start, end = number(request.POST.get("start")), number(request.POST.get("end"))
        if start is not None and end is not None:
            selected = piece.snapshot.text[start:end]
            if selected.split() == words.split():
                words = selected.strip()
                place = piece.snapshot.place_of(words, start + selected.index(words))
        place = place or piece.snapshot.place_of_words(words)
    if place is None or piece.snapshot is None:
        why = (
            _(
                "These words are not in the kept copy. Select them in it, or look for a shorter part."
            )
            if words
            else _("Select the words in the text, or paste them.")
        )
        return _render(request, claim, piece, Refusal("quote", [why], 422), typed=words)
    refusal = attempt(
        "quote",
        partial(
            review.change_evidence,
            piece=piece,
            actor=person(request),
            seen=number(request.POST.get("moves")) or 0,
            start=place.start,
            quote=piece.snapshot.text[place.start : place.end],
        ),
    )
    if refusal:
        claim, piece = _find(request, claim_id, piece_id)
        return _render(request, claim, piece, refusal, typed=words)
    messages.success(request, _("Quoted as it stands in the kept copy."))
    return redirect(reverse("admin:claims_claim_change", args=[claim.pk]) + "#evidence")


@posted()
def act(request: HttpRequest, claim_id: int, piece_id: int, action: str) -> HttpResponse:
    """now: have it copied. look: have its page looked at. newer: rest on the newest copy. seen: I
    know what became of it."""
    claim, piece = _find(request, claim_id, piece_id)
    actor = person(request)
    newest = copies.copy_of(piece).newest
    refusal: Refusal | None
    if action == "now":
        refusal = attempt("evidence", partial(evidence.copy_now, piece=piece, actor=actor))
    elif piece.snapshot is None or (action == "newer" and newest is None):
        refusal = Refusal("evidence", [_("There is no such copy any more. Look again.")], 409)
    elif action == "look":
        look = partial(evidence.look_again, snapshot=piece.snapshot, actor=actor)
        refusal = attempt("evidence", look)
    elif action == "seen":
        refusal = attempt("evidence", partial(evidence.seen, snapshot=piece.snapshot, actor=actor))
    else:
        assert newest is not None
        rest = partial(evidence.rest_on_newer, piece=piece, actor=actor, newer=newest)
        refusal = attempt("evidence", rest)
    on_its_page = request.POST.get("at") == "copy"
    if refusal:
        claim, piece = _find(request, claim_id, piece_id)
        if on_its_page:
            return _render(request, claim, piece, refusal)
        return render_claim(request, claim, refusal=refusal)
    if on_its_page:
        return redirect("admin:evidence-copy", claim.pk, piece.pk)
    return redirect(reverse("admin:claims_claim_change", args=[claim.pk]) + "#evidence")


@require_safe
def state(request: HttpRequest, claim_id: int, piece_id: int) -> HttpResponse:
    """The copy's line by itself, as the page asks for it while something is under way."""
    claim, piece = _find(request, claim_id, piece_id)
    on_page = request.GET.get("at") == "copy"
    live = copies.copy_of(piece).live
    context = {"claim": claim, "piece": piece, "on_page": on_page, **rights(request, claim)}
    response = render(request, "desk/parts/copy.html", context)
    if on_page and not live:
        response["HX-Refresh"] = "true"  # The rest of that page waits for it as well.
    return response


@require_safe
def file(request: HttpRequest, claim_id: int, piece_id: int) -> HttpResponse:
    """The page as its server sent it, or (?form=warc) the whole WARC file: to be saved, not opened."""
    claim, piece = _find(request, claim_id, piece_id)
    snapshot = piece.snapshot
    if snapshot is None or not snapshot.warc:
        raise Http404
    name = f"evidence-{piece.pk}"
    try:
        with snapshot.warc.open() as stored:
            if request.GET.get("form") == "warc":
                content, name = stored.read(), f"{name}.warc.gz"
            else:
                content, name = _warc.body(stored), name + _ending(snapshot.media_type)
    except FileNotFoundError:
        why = _(
            "The file of this copy is missing from the desk's disk; its words are kept, and stand "
            "here. Ask whoever runs the desk to put back %(file)s from a backup."
        ) % {"file": snapshot.warc.name}
        return _render(request, claim, piece, Refusal("file", [why], 404))
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _find(request: HttpRequest, claim_id: int, piece_id: int) -> tuple[Claim, Evidence]:
    claim = find_claim(request, claim_id)
    return claim, get_object_or_404(claim.evidence.select_related("snapshot"), pk=piece_id)


def _lines(piece: Evidence, text: str, span: Span) -> list[Line]:
    snapshot = piece.snapshot
    quote_start, quote_end = piece.quote_start or 0, piece.quote_end or 0
    found = []
    pages = snapshot.pages if snapshot else []
    told = 0
    for start, end, _following in lines(text):
        start, end = max(start, span[0]), min(end, span[1])
        if start >= end:
            continue
        begin, stop = (min(max(place, start), end) for place in (quote_start, quote_end))
        page_here = bisect_right(pages, start)
        found.append(
            Line(
                start,
                text[start:begin],
                text[begin:stop],
                text[stop:end],
                page_here if page_here != told else None,
            )
        )
        told = page_here
    return found


def _shortened(segments: list[Segment]) -> list[Segment]:
    """What stayed only as far as it shows where the changes stand."""
    around = 160
    return [
        Segment("same", f"{one.text[:around]} […] {one.text[-around:]}")
        if one.operation == "same" and len(one.text) > 3 * around
        else one
        for one in segments
    ]


def _pager(part: article_parts.Part, parts: list[Span]) -> article_parts.Pager:
    return article_parts.pager(part, parts, Index([]), "all")


def _ending(media_type: str) -> str:
    return {"application/pdf": ".pdf", "text/plain": ".txt"}.get(
        media_type, ".html.txt" if "html" in media_type else ".bin"
    )
