"""What readers would get of a version that is not public: the public page itself, for the desk alone.

It is the same function, template and style sheet as the page in the open, shown in a frame of the
desk's preview (`frame-ancestors 'self'`). Its address is the desk's, which lets nobody else in
(factcheck/urls.py); nothing keeps it.
"""

from __future__ import annotations

from html.parser import HTMLParser

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from claims import permissions
from claims.models import LogEntry, Publication, VerdictVersion
from claims.pages import verdicts
from claims.pages.about import missing
from claims.pages.rendering import POLICY, page
from claims.pipeline import publishing

IN_A_FRAME = {**POLICY, "frame-ancestors": [SELF]}
KINDS = (LogEntry.Kind.CORRECTION, LogEntry.Kind.UPDATE, LogEntry.Kind.RETRACTION)


@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest, version_id: int, form: str) -> HttpResponse:
    """`form`: "page", or "card" as others show it when the address is shared. `?kind=` and `?reason=`
    show what a correction, an update or a retraction would make of it."""
    version = (
        VerdictVersion.objects.select_related("rating", "claim", "author", "translates")
        .filter(pk=version_id)
        .first()
    )
    if version is None or permissions.is_sealed(request.user, version.claim):
        return missing()
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        kind = ""
    reason = request.GET.get("reason", "").strip()[:2000]
    publication = publishing.would_be(version, kind=kind, reason=reason or _placeholder(kind))
    response = _page(publication)
    if form == "card":
        response = _card(publication, response)
    response._csp_replace = IN_A_FRAME  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(publication: Publication) -> HttpResponse:
    before = list(verdicts.of_verdict(publication.verdict_number))
    every = before if publication in before else [*before, publication]
    history = [row for row in every if row.language == publication.language]
    retracted = publication.kind == LogEntry.Kind.RETRACTION
    return verdicts.show(
        publication,
        language=publication.language,
        every=every,
        history=history,
        current=publication,
        markup=None if retracted else publishing.markup_of(publication),
        frozen=False,
    )


def _card(publication: Publication, whole: HttpResponse) -> HttpResponse:
    """The card that the page's own meta elements make elsewhere."""
    reader = _Meta()
    reader.feed(whole.content.decode())
    return page(
        "card",
        {"meta": {name.replace(":", "_"): value for name, value in reader.found.items()}},
        language=publication.language,
        name="",
    )


def _placeholder(kind: str) -> str:
    return _("The reason that you write stands here.") if kind else ""


class _Meta(HTMLParser):
    """Collects `<meta property|name content>`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("property") or values.get("name")
        if tag == "meta" and name:
            self.found.setdefault(name, values.get("content") or "")
