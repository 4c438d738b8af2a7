"""Administrators' pages about one person's access, and about a new token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from claims import permissions
from claims.admin.claim_forms import dress
from claims.admin.refusals import Refusal, attempt
from claims.admin.registry.people import ROLES, in_hand
from claims.admin.site import page
from claims.models import Identity, Scope
from claims.pipeline import staff
from claims.pipeline.signing_in import factors, sessions

MOST_DAYS = 3650


class TokenForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("for whom"), max_length=120)
    scope = forms.ChoiceField(label=gettext_lazy("may"), choices=Scope.choices)
    owner = forms.ModelChoiceField(
        label=gettext_lazy("who answers for it"), queryset=User.objects.none()
    )
    days = forms.IntegerField(
        label=gettext_lazy("ends after so many days"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("Empty: it works until it is revoked."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.filter(is_active=True).order_by("username")
        dress(self)


@never_cache
def new_token(request: HttpRequest) -> HttpResponse:
    """The form, and after it the secret, this once."""
    actor = administrator(request)
    form = TokenForm(request.POST or None, initial={"owner": actor.pk})
    refusal, made = None, []  # type: tuple[Refusal | None, list[Any]]
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            refusal = attempt("token", lambda: made.append(staff.make_token(actor=actor, **given)))
        else:
            refusal = Refusal("token", [_("Not made. Look at the marked fields.")], 422)
    token, secret = made[0] if made else (None, "")
    response = page(
        request,
        "desk/token_new.html",
        section="administration",
        title=_("New API token"),
        form=form,
        refusal=refusal,
        token=token,
        secret=secret,
    )
    response.status_code = refusal.status if refusal else 200
    return response


@require_safe
def access(request: HttpRequest, person_id: int) -> HttpResponse:
    administrator(request)
    return _render(request, _find(person_id))


@require_POST
def reset_factor(request: HttpRequest, person_id: int) -> HttpResponse:
    actor, person = administrator(request), _find(person_id)
    reason = request.POST.get("reason", "")[:2000]
    refusal = attempt("reset", lambda: factors.reset(person=person, actor=actor, reason=reason))
    return _answer(
        request, person, refusal, _("Reset. They are signed out, and set up a new one next time.")
    )


@require_POST
def hand_over(request: HttpRequest, person_id: int) -> HttpResponse:
    actor, person = administrator(request), _find(person_id)
    given = request.POST.get("to", "")
    to = None
    if given != "nobody":
        fits = given.isascii() and given.isdigit() and len(given) < 19
        to = get_object_or_404(User, pk=int(given) if fits else 0)
    done: list[int] = []
    refusal = attempt(
        "hand", lambda: done.append(staff.hand_over(person=person, to=to, actor=actor))
    )
    number = done[0] if done else 0
    told = ngettext("%(n)d claim was handed over.", "%(n)d claims were handed over.", number)
    return _answer(request, person, refusal, told % {"n": number})


@require_POST
def end_sessions(request: HttpRequest, person_id: int) -> HttpResponse:
    actor, person = administrator(request), _find(person_id)
    keep = (request.session.session_key or "") if person == actor else ""

    def act() -> None:
        if person.is_superuser and not actor.is_superuser:
            raise PermissionDenied(_("Only a superuser changes a superuser."))
        sessions.end_all(person, by=actor, keep=keep)

    return _answer(request, person, attempt("sessions", act), _("Signed out everywhere."))


@require_POST
def unbind(request: HttpRequest, person_id: int, identity_id: int) -> HttpResponse:
    actor, person = administrator(request), _find(person_id)
    refusal = attempt(
        "unbind", lambda: staff.unbind(person=person, identity=identity_id, actor=actor)
    )
    return _answer(request, person, refusal, _("Unbound."))


def _answer(request: HttpRequest, person: User, refusal: Refusal | None, done: str) -> HttpResponse:
    if refusal:
        return _render(request, person, refusal)
    messages.success(request, done)
    return redirect("admin:person-access", person.pk)


def _render(request: HttpRequest, person: User, refusal: Refusal | None = None) -> HttpResponse:
    response = page(
        request,
        "desk/person_access.html",
        section="administration",
        title=person.get_full_name() or person.get_username(),
        person_shown=person,
        roles=[ROLES.get(group.name, group.name) for group in person.groups.all()],
        factor=factors.has_one(person),
        sign_ins=sessions.of(person),
        identities=Identity.objects.filter(user=person),
        **in_hand(request, person),
        takers=staff.takers().exclude(pk=person.pk).order_by("username"),
        reason=request.POST.get("reason", "") if refusal else "",
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _find(person_id: int) -> User:
    return get_object_or_404(User.objects.prefetch_related("groups"), pk=person_id)


def administrator(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the site lets nobody else in
    if not permissions.may(request.user, permissions.ADMINISTER):
        raise PermissionDenied(_("This is for administrators."))
    return request.user
