"""The desk's rules: what is done by itself with a new claim. Everybody reads them; reviewers and
administrators make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims import permissions
from claims.admin import exporting, listed_files
from claims.admin.as_seen import AsSeen, was_moved
from claims.admin.claim_page import person
from claims.admin.refusals import attempt
from claims.admin.site import page
from claims.languages.manners import figures
from claims.models import Claim, Language, Outlet, Rule
from claims.pipeline import sorting

OUTLETS_SUGGESTED = 300


@dataclass(frozen=True)
class Shown:
    rule: Rule
    sentence: str
    met: int
    last: Any


class People(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name() or obj.get_username())


class SeveralPeople(forms.ModelMultipleChoiceField[User]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name() or obj.get_username())


class RuleForm(AsSeen):
    outlet = forms.CharField(
        label=gettext_lazy("comes from"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "in", "list": "outlets", "dir": "auto"}),
        help_text=gettext_lazy("An outlet that the desk knows."),
    )
    assignee = People(
        queryset=User.objects.none(),
        label=gettext_lazy("give it to"),
        required=False,
        empty_label=gettext_lazy("nobody"),
        widget=forms.Select(attrs={"class": "in"}),
        help_text=gettext_lazy("Only if it is nobody's yet."),
    )
    notify = SeveralPeople(
        queryset=User.objects.none(),
        label=gettext_lazy("tell"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Rule
        fields = (
            "name", "words", "outlet", "language", "seen_again", "contested", "worth_at_least",
            "assignee", "topic", "priority", "severity", "notify",
        )  # fmt: skip
        widgets = {
            "name": forms.TextInput(attrs={"class": "in", "dir": "auto"}),
            "words": forms.TextInput(attrs={"class": "in", "dir": "auto"}),
            "topic": forms.TextInput(attrs={"class": "in", "dir": "auto"}),
            "worth_at_least": forms.NumberInput(
                attrs={"class": "in", "min": 0, "max": 1, "step": "0.05", "dir": "ltr"}
            ),
        }
        labels = {
            "name": gettext_lazy("Name of the rule"),
            "words": gettext_lazy("names one of"),
            "language": gettext_lazy("is in"),
            "seen_again": gettext_lazy("repeats what has a public verdict"),
            "contested": gettext_lazy("is contested"),
            "worth_at_least": gettext_lazy("scores at least"),
            "topic": gettext_lazy("set the topic to"),
            "priority": gettext_lazy("set the priority to"),
            "severity": gettext_lazy("set the harm if believed to"),
        }
        help_texts = {
            "words": gettext_lazy(
                "Several names with commas between them. They are looked for as whole words in the "
                "claim, in the article's title and in who says it; hamzas, accents and the "
                "article do not matter."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worth_at_least"].help_text = figures(_("The check-worthiness, from 0 to 1."))
        everybody = people_of_the_desk()
        select = {"class": "in"}
        leave = [("", _("leave it as it is"))]
        self.fields["assignee"].queryset = everybody  # type: ignore[attr-defined]
        self.fields["notify"].queryset = everybody  # type: ignore[attr-defined]
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label,
            choices=[("", _("any language")), *Language.choices],
            required=False,
            widget=forms.Select(attrs=select),
        )
        for name in ("priority", "severity"):
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                choices=[*leave, *Claim.Priority.choices],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.Select(attrs=select),
            )
        if self.instance.outlet and not self.is_bound:
            self.initial["outlet"] = self.instance.outlet.name

    def clean_outlet(self) -> Outlet | None:
        name = " ".join(str(self.cleaned_data["outlet"]).split())
        if not name:
            return None
        found = Outlet.objects.filter(name__iexact=name).first()
        if found is None:
            raise ValidationError(
                _("The desk knows no outlet of this name. Choose one of the list.")
            )
        return found

    def _post_clean(self) -> None:
        """The rules of a rule are asked by `sorting.save_rule`, once; here it is only filled in."""
        for name, value in self.cleaned_data.items():
            if name not in ("notify", "seen"):
                setattr(self.instance, name, value)


def people_of_the_desk() -> QuerySet[User]:
    return User.objects.filter(is_active=True, is_staff=True).order_by("first_name", "username")


@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    rows = (
        Rule.objects.select_related("outlet", "assignee", "created_by")
        .prefetch_related("notify")
        .annotate(met=Count("applications"), last=Max("applications__at"))
        .order_by("-active", "name")
    )
    if form := exporting.asked(request.GET.get("as")):
        return listed_files.rules(rows, form)
    shown = [Shown(one, sorting.sentence(one, one.notify.all()), one.met, one.last) for one in rows]
    return page(
        request,
        "desk/rules.html",
        section="administration",
        title=_("Rules"),
        rules=shown,
        may_make=sorting.may_make_rules(request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def rule(request: HttpRequest, rule_id: int | None = None) -> HttpResponse:
    """One rule, new or old: looked at, tried on what came in lately, kept."""
    if not sorting.may_make_rules(request.user):
        raise PermissionDenied(_("Rules are made by reviewers and administrators."))
    made = get_object_or_404(Rule, pk=rule_id) if rule_id else Rule()
    if request.method != "POST":
        return _render(request, RuleForm(instance=made))
    form = RuleForm(request.POST, instance=made)
    trying = request.POST.get("do") == "try"
    # A trial keeps nothing, so it may be made of what somebody else has changed meanwhile.
    if not form.is_valid() and not (trying and was_moved(form) and len(form.errors) == 1):
        return _render(request, form, status=409 if was_moved(form) else 422)
    notify = list(form.cleaned_data["notify"])
    if trying:
        trial = sorting.try_rule(made)
        return _render(request, form, trial=trial, aloud=sorting.sentence(made, notify))
    errors: list[ValidationError] = []

    def keep() -> None:
        try:
            sorting.save_rule(rule=made, notify=notify, actor=person(request))
        except ValidationError as error:
            errors.append(error)
            raise

    refusal = attempt("rule", keep)
    if refusal:
        for error in errors or [ValidationError(message) for message in refusal.messages]:
            form.add_error(None, error)
        return _render(request, form, status=refusal.status)
    messages.success(
        request,
        _("Kept. “%(name)s” holds for claims that come in from now on.") % {"name": made.name},
    )
    return redirect("admin:rules")


@require_POST
def switch(request: HttpRequest, rule_id: int) -> HttpResponse:
    made = get_object_or_404(Rule, pk=rule_id)
    on = request.POST.get("on") == "1"
    refusal = attempt(
        "switch", lambda: sorting.switch_rule(rule=made, on=on, actor=person(request))
    )
    if refusal:
        messages.error(request, " ".join(refusal.messages))
    elif on:
        messages.success(
            request,
            _("In force again: “%(name)s”. What came in meanwhile is left as it is.")
            % {"name": made.name},
        )
    else:
        messages.success(request, _("Switched off: “%(name)s”.") % {"name": made.name})
    return redirect("admin:rules")


def _render(
    request: HttpRequest,
    form: RuleForm,
    *,
    trial: sorting.Trial | None = None,
    aloud: str = "",
    status: int = 200,
) -> HttpResponse:
    made = form.instance
    response = page(
        request,
        "desk/rule.html",
        section="administration",
        title=_("Change a rule") if made.pk else _("New rule"),
        form=form,
        rule=made,
        trial=trial,
        aloud=aloud,
        outlets=list(
            Outlet.objects.order_by("name").values_list("name", flat=True)[:OUTLETS_SUGGESTED]
        ),
        may_administer=permissions.may(request.user, permissions.ADMINISTER),
    )
    response.status_code = status
    return response
