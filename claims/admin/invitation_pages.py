"""Asking new colleagues in: an administrator's page, and the page that the letter leads to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from claims.admin.claim_forms import dress
from claims.admin.refusals import Refusal, attempt
from claims.admin.registry.people import ROLES, RolesField
from claims.admin.site import page
from claims.admin.staff_pages import administrator
from claims.models import Invitation, Language
from claims.pipeline import inviting

SHOWN = 100


class InvitationForm(forms.Form):
    username = forms.CharField(label=gettext_lazy("User name"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, latin=("username", "email"))
        # Dressed by itself: a list of boxes is no line to type in.
        self.fields["roles"] = RolesField(
            queryset=Group.objects.filter(name__in=ROLES), label=gettext_lazy("Roles")
        )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(
            {"class": "in", "dir": "ltr", "autocomplete": "new-password", "autofocus": True}
        ),
    )
    again = forms.CharField(
        label=gettext_lazy("Once more"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput({"class": "in", "dir": "ltr", "autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two are not the same. Type both again."))
        return again


@never_cache
def invitations(request: HttpRequest) -> HttpResponse:
    """Who was asked in and has not come yet, and the form for another one."""
    actor = administrator(request)
    form = InvitationForm(request.POST or None, initial={"language": get_language()})
    if request.method != "POST":
        return _render(request, form)
    if not form.is_valid():
        return _render(
            request, form, Refusal("invite", [_("Not sent. Look at the marked fields.")], 422)
        )
    refusal = attempt("invite", lambda: inviting.invite(actor=actor, **form.cleaned_data))
    if refusal:
        return _render(request, form, refusal)
    messages.success(request, _("The letter goes out now."))
    return redirect("admin:invitations")


@require_POST
def send_again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    actor = administrator(request)
    refusal = attempt("again", lambda: inviting.send_again(invitation=invitation_id, actor=actor))
    return _answer(
        request, refusal, _("Another letter goes out now. The link before works no more.")
    )


@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    actor = administrator(request)
    refusal = attempt("withdraw", lambda: inviting.withdraw(invitation=invitation_id, actor=actor))
    return _answer(request, refusal, _("Withdrawn: the link works no more."))


@never_cache
@csrf_protect
@sensitive_post_parameters()
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of the link. One that was never given, has ended or was used is answered alike."""
    invitation = inviting.look_up(secret)
    if invitation is None:
        return _private(_of_link(request, None, PasswordForm(), None))
    with override(invitation.person.profile.language):
        form, refusal = PasswordForm(request.POST or None), None
        if request.method == "POST" and form.is_valid():
            password = form.cleaned_data["password"]
            refusal = attempt("accept", lambda: inviting.accept(secret=secret, password=password))
            if refusal is None:
                messages.success(request, _("Your password is set. Sign in with it now."))
                return redirect("admin:login")
        return _private(_of_link(request, invitation, form, refusal))


def _of_link(
    request: HttpRequest,
    invitation: Invitation | None,
    form: PasswordForm,
    refusal: Refusal | None,
) -> HttpResponse:
    response = page(
        request,
        "desk/invitation.html",
        section="own",
        title=_("Your account") if invitation else _("This link has ended"),
        invited=invitation and invitation.person,
        form=form,
        asks=password_validators_help_texts(),
        desk_name=settings.DESK_NAME,
        refusal=refusal,
    )
    response.status_code = 404 if invitation is None else refusal.status if refusal else 200
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """Its address is the whole right to it: told to no other site, and found by no search engine."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _answer(request: HttpRequest, refusal: Refusal | None, done: str) -> HttpResponse:
    if refusal:
        return _render(request, InvitationForm(), refusal)
    messages.success(request, done)
    return redirect("admin:invitations")


def _render(
    request: HttpRequest, form: InvitationForm, refusal: Refusal | None = None
) -> HttpResponse:
    rows = Invitation.objects.open().select_related("person", "made_by")
    response = page(
        request,
        "desk/invitations.html",
        section="administration",
        title=_("Ask somebody in"),
        form=form,
        invitations=rows.prefetch_related("person__groups")[:SHOWN],
        mail=settings.MAIL_IS_SET_UP,
        days=inviting.DAYS,
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response
