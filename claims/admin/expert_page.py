"""Sharing one claim with a named expert outside the house, and ending it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims import permissions
from claims.admin.claim_forms import dress
from claims.admin.claim_page import find_claim, person, posted
from claims.admin.expert_links import links
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.admin.text_areas import TextArea
from claims.models import Claim, ExpertLink
from claims.models.addresses import absolute
from claims.pipeline import discussing


class ShareForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("for whom"),
        help_text=gettext_lazy("Their name. It stands with their comment on the desk."),
    )
    note = forms.CharField(
        required=False,
        label=gettext_lazy("what you ask them"),
        help_text=gettext_lazy("They read it above the claim."),
        widget=TextArea(attrs={"rows": 2}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("days until it ends"),
        initial=discussing.DAYS,
        widget=forms.NumberInput(attrs={"min": 1, "max": discussing.LONGEST_DAYS}),
    )
    shares_draft = forms.BooleanField(
        required=False,
        label=gettext_lazy("Show them the summary and the explanation as they are written now"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "share-%s"})  # type: ignore[arg-type]
        dress(self)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Says what will be seen (GET), makes the link (POST) and shows its address, this once."""
    claim = find_claim(request, claim_id)
    form = ShareForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask(request, claim, form)
    if not form.is_valid():
        refused = Refusal("share", [_("No link was made. Look at the marked fields.")], 422)
        return _ask(request, claim, form, refused)
    made: list[tuple[ExpertLink, str]] = []
    refusal = attempt(
        "share",
        lambda: made.append(
            discussing.share(
                claim=claim,
                actor=person(request),
                name=form.cleaned_data["name"],
                note_to_them=form.cleaned_data["note"],
                days=form.cleaned_data["days"],
                shares_draft=form.cleaned_data["shares_draft"],
            )
        ),
    )
    if refusal:
        return _ask(request, claim, form, refusal)
    ((link, secret),) = made
    return page(
        request,
        "desk/expert_made.html",
        section="queue",
        title=_("The link is made"),
        claim=claim,
        link=link,
        address=absolute(reverse("expert", args=[secret])),
    )


@posted()
def revoke(request: HttpRequest, claim_id: int, link_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    link = get_object_or_404(claim.expert_links, pk=link_id)
    refusal = attempt("share", lambda: discussing.revoke(link=link, actor=person(request)))
    if refusal:
        return _ask(request, claim, ShareForm(), refusal)
    messages.success(
        request,
        _("Revoked. The address that %(name)s has leads nowhere now.") % {"name": link.name},
    )
    return redirect(reverse("admin:claims_claim_change", args=[claim.pk]) + "#experts")


def _ask(
    request: HttpRequest, claim: Claim, form: ShareForm, refusal: Refusal | None = None
) -> HttpResponse:
    pieces = list(claim.evidence.all())
    response = page(
        request,
        "desk/expert_share.html",
        section="queue",
        title=_("Share with an outside expert"),
        claim=claim,
        form=form,
        links=links(claim),
        shown=sum(not piece.withheld for piece in pieces),
        withheld=sum(piece.withheld for piece in pieces),
        may_write=permissions.may(request.user, permissions.RESEARCH),
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response
