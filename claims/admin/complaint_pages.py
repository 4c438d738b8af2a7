"""Readers' complaints: the list with its deadlines, one with its publication beside it, its answer,
and one that came by mail entered by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from claims import permissions, workflow
from claims.admin import exporting, keyset, listed_files, text_areas
from claims.admin.claim_forms import dress
from claims.admin.claim_page import number, person
from claims.admin.contact_forms import MINUTE
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.admin.text_areas import TextArea
from claims.models import Complaint, Contact, Language, Publication
from claims.models.addresses import verdict_url
from claims.pipeline import corresponding

# The filters of the list, by the address's ?state=.
FILTERS = {
    "open": gettext_lazy("to be answered"),
    "late": gettext_lazy("overdue"),
    "answered": gettext_lazy("answered"),
}


class EnterForm(forms.Form):
    """A complaint that came by mail, by telephone or in person."""

    verdict = forms.IntegerField(
        label=gettext_lazy("number of the verdict"),
        min_value=1,
        help_text=gettext_lazy("The number in the public address: 12 in /v/12."),
    )
    language = forms.ChoiceField(label=gettext_lazy("language"), choices=Language.choices)
    text = forms.CharField(
        label=gettext_lazy("what is wrong, in the reader's words"),
        widget=TextArea(attrs={"rows": 6}),
    )
    name = forms.CharField(label=gettext_lazy("name"), required=False, max_length=120)
    email = forms.EmailField(label=gettext_lazy("e-mail"), required=False)
    received_at = forms.DateTimeField(
        label=gettext_lazy("came at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
    )

    def __init__(
        self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id="complaint-%s")
        dress(self, latin=("email",))


@require_safe
def complaints(request: HttpRequest) -> HttpResponseBase:
    """All complaints, or those of one state, the newest first."""
    state = request.GET.get("state", "open")
    if state not in FILTERS:
        state = "all"
    if form := exporting.asked(request.GET.get("as")):
        return listed_files.complaints(_of(state), form)
    found = keyset.cut(_of(state), ["pk"], request.GET)
    today = timezone.localdate()
    return page(
        request,
        "desk/complaints.html",
        section="publishing",
        title=_("Complaints"),
        rows=[(one, _is_late(one), (one.due_on - today).days) for one in found.rows],
        before=found.before and f"?state={state}&before={found.before}",
        after=found.after and f"?state={state}&after={found.after}",
        state=state,
        filters=FILTERS.items(),
        may_publish=permissions.may(request.user, permissions.PUBLISH),
    )


@require_safe
def contacts(request: HttpRequest) -> HttpResponseBase:
    """Everybody who was asked for a reply or a correction, as a file: each claim's page has its own."""
    rows = Contact.objects.filter(permissions.visible(request.user))
    form = exporting.asked(request.GET.get("as")) or "csv"
    whole = exporting.with_confidential(request, "contacts")
    return listed_files.contacts(rows, form, with_confidential=whole)


@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """One complaint with what it is about; POST decides on it."""
    found = get_object_or_404(_all(), pk=complaint_id)
    if request.method != "POST":
        return _show(request, found)
    decision = request.POST.get("decision", "")
    text = text_areas.typed(request.POST, "answer")
    if decision not in (Complaint.State.UPHELD, Complaint.State.REJECTED):
        refusal: Refusal | None = Refusal(
            "answer", [_("Say whether the complaint is upheld or not.")], 422
        )
    else:
        refusal = attempt(
            "answer",
            lambda: corresponding.answer(
                complaint=found,
                actor=person(request),
                revision=number(request.POST.get("revision")) or 0,
                upheld=decision == Complaint.State.UPHELD,
                text=text,
            ),
        )
    if refusal:
        again = get_object_or_404(_all(), pk=complaint_id)
        return _show(request, again, refusal, typed=text, decision=decision)
    claim = found.publication.claim
    claim.refresh_from_db()
    if decision == Complaint.State.UPHELD and "correct" in workflow.open_actions(
        request.user, claim
    ):
        messages.success(request, _("Answered: upheld. Now open the verdict for correction."))
        return redirect("admin:claim-correct", claim.pk)
    messages.success(request, _("Answered."))
    return redirect("admin:complaint", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The form for a complaint that did not come by the public page."""
    if request.method != "POST":
        first = {
            "verdict": number(request.GET.get("verdict")),
            "received_at": timezone.localtime(),
            "language": Language.ARABIC,
        }
        return _enter(request, EnterForm(initial=first))
    form = EnterForm(request.POST)
    made: list[Complaint] = []
    refusal: Refusal | None = None
    if form.is_valid():
        publication = _publication(form)
        if publication is None:
            form.add_error("verdict", _("There is no such verdict. Look at its public address."))
        else:
            refusal = _try(request, form, publication, made)
    if made:
        messages.success(
            request, _("Entered. It is to be answered by %(day)s.") % {"day": made[0].due_on}
        )
        return redirect("admin:complaint", made[0].pk)
    return _enter(
        request,
        form,
        refusal or Refusal("enter", [_("Not entered. Look at the marked fields.")], 422),
    )


def _try(
    request: HttpRequest, form: EnterForm, publication: Publication, made: list[Complaint]
) -> Refusal | None:
    said = {name: value for name, value in form.cleaned_data.items() if name != "verdict"}

    def act() -> None:
        try:
            made.append(corresponding.enter(publication=publication, actor=person(request), **said))
        except ValidationError as error:
            for name, told in error.message_dict.items():
                form.add_error(name if name in form.fields else None, told)

    return attempt("enter", act)


def _publication(form: EnterForm) -> Publication | None:
    """The newest word on a verdict, in the reader's language if there is one in it."""
    number_of_it: int = form.cleaned_data["verdict"]
    if number_of_it > 2**31 - 1:
        return None
    found = list(Publication.objects.current().filter(verdict_number=number_of_it))
    own = [one for one in found if one.language == form.cleaned_data["language"]]
    return next(iter(own or found), None)


def _all() -> QuerySet[Complaint]:
    return Complaint.objects.select_related(
        "publication__version", "publication__claim__article", "publication__entry", "answered_by"
    )


def _of(state: str) -> QuerySet[Complaint]:
    rows = _all()
    if state == "open":
        return rows.filter(state=Complaint.State.OPEN)
    if state == "late":
        return rows.filter(state=Complaint.State.OPEN, due_on__lt=timezone.localdate())
    if state == "answered":
        return rows.exclude(state=Complaint.State.OPEN)
    return rows


def _is_late(one: Complaint) -> bool:
    return one.state == Complaint.State.OPEN and one.due_on < timezone.localdate()


def _show(
    request: HttpRequest,
    found: Complaint,
    refusal: Refusal | None = None,
    *,
    typed: str = "",
    decision: str = "",
) -> HttpResponse:
    publication = found.publication
    response = page(
        request,
        "desk/complaint.html",
        section="publishing",
        title=_("A complaint"),
        complaint=found,
        publication=publication,
        claim=publication.claim,
        content=publication.version.content,
        public_url=verdict_url(publication.verdict_number, publication.language),
        late=_is_late(found),
        may_publish=permissions.may(request.user, permissions.PUBLISH),
        may_correct="correct" in workflow.open_actions(request.user, publication.claim),
        refusal=refusal,
        typed=typed,
        decision=decision,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _enter(request: HttpRequest, form: EnterForm, refusal: Refusal | None = None) -> HttpResponse:
    response = page(
        request,
        "desk/complaint_enter.html",
        section="publishing",
        title=_("Enter a complaint"),
        form=form,
        may_publish=permissions.may(request.user, permissions.PUBLISH),
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response
