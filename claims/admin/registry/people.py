"""The desk's people with their roles, and the machines with their keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django_stubs_ext import StrPromise

from claims import permissions
from claims.admin.refusals import attempt
from claims.admin.registry.base import RecordAdmin, RowAdmin, instant
from claims.admin.site import desk
from claims.models import ApiToken, Profile
from claims.pipeline import desk as changes
from claims.pipeline import staff
from claims.workflow import IllegalMove

ROLES = {
    "Editor": gettext_lazy("Editor"),
    "Reviewer": gettext_lazy("Reviewer"),
    "Publisher": gettext_lazy("Publisher"),
    "Administrator": gettext_lazy("Administrator"),
}

HELD_SHOWN = 8


def in_hand(request: HttpRequest, person: User) -> dict[str, Any]:
    """For a page about a person: how many open claims are assigned to them, and the oldest of those
    that whoever looks may see."""
    held = staff.held_by(person)
    shown = held.filter(permissions.visible(request.user))[:HELD_SHOWN]
    return {"held": held.count(), "held_claims": shown}


class RolesField(forms.ModelMultipleChoiceField[Group]):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, Group)
        return str(ROLES.get(obj.name, obj.name))


class RolesFilter(admin.RelatedFieldListFilter):
    include_empty_choice = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext_lazy("roles")

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, str | StrPromise]]:
        groups = Group.objects.filter(name__in=ROLES).order_by("pk")
        return [(str(group.pk), ROLES[group.name]) for group in groups]


class ProfileInline(admin.StackedInline[Profile, User]):
    model = Profile
    # The rest is everybody's own to choose.
    fields = ("language", "byline")
    can_delete = False


@admin.register(User, site=desk)
class PersonAdmin(RowAdmin, UserAdmin[User]):
    """Names, sign-in and roles. Nobody is made a superuser here, or given single rights."""

    list_display = ("username", "name", "roles", "is_active", "last_seen")
    list_filter = ("is_active", ("groups", RolesFilter))
    filter_horizontal = ()
    inlines = (ProfileInline,)
    fieldsets = (
        (None, {"fields": ("username", "new_password", "access")}),
        (gettext_lazy("Name"), {"fields": ("first_name", "last_name", "email")}),
        (gettext_lazy("On the desk"), {"fields": ("is_active", "groups")}),
    )
    readonly_fields = ("new_password", "access")
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        (gettext_lazy("Name"), {"fields": ("first_name", "last_name")}),
        (gettext_lazy("On the desk"), {"fields": ("groups",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        found: QuerySet[User] = super().get_queryset(request)
        return found.prefetch_related("groups")

    @admin.display(description=gettext_lazy("name"), ordering="first_name")
    def name(self, person: User) -> str:
        return person.get_full_name()

    last_seen = instant("last_login", gettext_lazy("last signed in"))

    @admin.display(description=gettext_lazy("password"))
    def new_password(self, person: User) -> SafeString:
        address = reverse("admin:auth_user_password_change", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, _("Give a new password"))

    @admin.display(description=gettext_lazy("access"))
    def access(self, person: User) -> SafeString:
        address = reverse("admin:person-access", args=[person.pk])
        words = _("Second factor, where they are signed in, and the claims in their hands")
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, person: User) -> str:
        names = [str(ROLES.get(group.name, group.name)) for group in person.groups.all()]
        if person.is_superuser:
            names.append(_("Superuser"))
        return _(", ").join(names)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            return RolesField(
                queryset=Group.objects.filter(name__in=ROLES),
                required=False,
                label=gettext_lazy("Roles"),
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> Any:
        return self.inlines if obj is not None else ()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        beyond = isinstance(obj, User) and obj.is_superuser and not request.user.is_superuser
        return not beyond and bool(super().has_change_permission(request, obj))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        changes.save_person(
            person=obj, roles=form.cleaned_data.get("groups", ()), actor=request.user
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        person = self.get_object(request, object_id) if object_id else None
        if person is not None:
            extra_context = {**(extra_context or {}), **in_hand(request, person)}
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IllegalMove as error:
            messages.error(request, str(error))
            return redirect(request.path)

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        """Whoever was locked out with claims in hand leaves them to somebody: that page is next."""
        answer = super().response_change(request, obj)
        left = 0 if obj.is_active else staff.held_by(obj).count()
        if not left:
            return answer
        told = ngettext(
            "%(n)d open claim is still assigned to them: give it to somebody else here.",
            "%(n)d open claims are still assigned to them: give them to somebody else here.",
            left,
        )
        messages.warning(request, told % {"n": left})
        return redirect("admin:person-access", obj.pk)

    @transaction.atomic
    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        answer = super().user_change_password(request, id, form_url)
        if request.method == "POST" and answer.status_code == 302:
            assert isinstance(request.user, User)
            changes.note_password(person=User.objects.get(pk=id), actor=request.user)
        return answer

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The roles were stored with the person; what is left are the inline rows."""
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)


@admin.register(ApiToken, site=desk)
class ApiTokenAdmin(RecordAdmin):
    """Listed and revoked here; made on a page of its own (`staff_pages.new_token`)."""

    when_empty = gettext_lazy(
        "No machine has a token yet. Make one for a program that brings articles in."
    )
    list_display = ("name", "scope", "owner", "created", "last_used", "ends", "works")
    list_select_related = ("owner",)
    fields = ("name", "scope", "owner", "created", "ends", "last_used", "revoked")
    readonly_fields = ("created", "ends", "last_used", "revoked")
    created = instant("created_at", gettext_lazy("made"))
    ends = instant("expires_at", gettext_lazy("ends"))
    last_used = instant("last_used_at", gettext_lazy("last used"))
    revoked = instant("revoked_at", gettext_lazy("revoked"))
    change_form_template = "admin/claims/apitoken/change_form.html"

    @admin.display(description=gettext_lazy("works"), boolean=True)
    def works(self, token: ApiToken) -> bool:
        expired = token.expires_at is not None and token.expires_at <= timezone.now()
        return token.revoked_at is None and not expired

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may(request.user, permissions.ADMINISTER)

    def get_urls(self) -> list[URLPattern]:
        revoke = self.admin_site.admin_view(self.revoke)
        name = "claims_apitoken_revoke"
        return [path("<int:token_id>/revoke/", revoke, name=name), *super().get_urls()]

    @staticmethod
    @require_POST
    def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
        actor = request.user
        assert isinstance(actor, User)
        token = get_object_or_404(ApiToken, pk=token_id)
        refusal = attempt("revoke", lambda: changes.revoke_token(token=token, actor=actor))
        if refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(
                request, _("Revoked: “%(name)s” is refused from now on.") % {"name": token.name}
            )
        return redirect("admin:claims_apitoken_change", token_id)
