"""What people type on the claim page, read and checked before the pipeline gets it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import permissions
from claims.admin.text_areas import TextArea
from claims.models import Claim, Draft, Evidence, Lookup, Rating, State
from claims.templatetags.desk import day


def dress(form: forms.BaseForm, *, latin: tuple[str, ...] = ()) -> None:
    """Gives the controls the desk's looks: running text in the text face, and each field's
    direction from what is typed in it, not from the page."""
    for name, field in form.fields.items():
        attrs = field.widget.attrs
        if isinstance(field.widget, (forms.CheckboxInput, forms.RadioSelect, forms.HiddenInput)):
            continue
        attrs["class"] = "in txt" if isinstance(field.widget, forms.Textarea) else "in"
        if isinstance(field.widget, (forms.TextInput, forms.Textarea)):
            attrs["dir"] = "ltr" if name in latin else "auto"


class ClaimForm(forms.ModelForm[Claim]):
    """The claim's editable fields, with the revision they were read at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    due_at = forms.DateTimeField(
        label=_("due"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    class Meta:
        model = Claim
        fields = [
            "statement", "topic", "priority", "severity", "assignee", "due_at", "recheck_on",
        ]  # fmt: skip
        widgets = {
            "statement": TextArea(attrs={"rows": 2}),
            "recheck_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        """`people`: those of whom one may be chosen, and others (`people_for`)."""
        super().__init__(*args, **kwargs | {"auto_id": "claim-%s"})
        dress(self)
        able = [one for one in people if one.may_be_assigned]  # type: ignore[attr-defined]
        assignee = self.fields["assignee"]
        assert isinstance(assignee, forms.ModelChoiceField)
        assignee.queryset = User.objects.filter(pk__in=[one.pk for one in able])
        assignee.choices = [("", assignee.empty_label), *((one.pk, name_of(one)) for one in able)]
        self.fields["revision"].initial = self.instance.revision
        if self.instance.checkable_from:
            self.fields["recheck_on"].help_text = _("It can be checked from %(day)s.") % {
                "day": day(self.instance.checkable_from)
            }

    def clean_recheck_on(self) -> date | None:
        chosen: date | None = self.cleaned_data["recheck_on"]
        if chosen is None and self.instance.state == State.WAITING:
            raise forms.ValidationError(
                _("A claim that waits needs the day on which it is checked again.")
            )
        return chosen

    def changes(self) -> dict[str, Any]:
        """What differs from the claim as it was read, whichever fields the page sent."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name != "revision" and name in self.cleaned_data
        }


def people_for(claim: Claim) -> list[User]:
    """Who may be called in a comment on the claim, or be given it (`may_be_assigned`). One query."""
    able = User.objects.with_perm(permissions.RESEARCH, include_superusers=False)
    return list(
        User.objects.annotate(
            may_be_assigned=Q(Exists(able.filter(pk=OuterRef("pk")))) | Q(pk=claim.assignee_id)
        )
        .filter(Q(may_be_assigned=True) | Q(is_active=True, is_staff=True))
        .order_by("first_name", "username")
    )


class DraftForm(forms.Form):
    """The verdict being written. Every field may be empty: an unfinished verdict can be saved."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    rating = forms.ModelChoiceField(
        Rating.objects.none(), to_field_name="slug", required=False, label=_("rating")
    )
    summary = forms.CharField(
        max_length=300,
        required=False,
        label=_("summary"),
        widget=TextArea(attrs={"rows": 1}),
        help_text=_("One line that a reader understands without the article"),
    )
    explanation = forms.CharField(
        required=False,
        label=_("explanation"),
        widget=TextArea(attrs={"rows": 6}),
        help_text=_("Cite evidence by its number in brackets: [1]"),
    )
    no_primary_reason = forms.CharField(
        max_length=300,
        required=False,
        label=_("why there is no primary source"),
        help_text=_("Only where no piece of evidence is a primary source"),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        draft: Draft,
        typed: dict[str, str] | None = None,
        ratings: Sequence[Rating] | None = None,
    ) -> None:
        """`typed`: what was typed and not saved; it stands in the fields instead of the draft.
        `ratings`: those of another form of the same draft."""
        super().__init__(
            data,
            auto_id="draft-%s",
            initial={
                "revision": draft.revision,
                "rating": draft.rating.slug if draft.rating else "",
                "summary": draft.summary,
                "explanation": draft.explanation,
                "no_primary_reason": draft.no_primary_reason,
                **(typed or {}),
            },
        )
        dress(self)
        # A rating that is no longer offered stays choosable where it is already chosen.
        offered = Rating.objects.filter(Q(active=True) | Q(pk=draft.rating_id))
        self.ratings = list(offered) if ratings is None else ratings
        rating = self.fields["rating"]
        assert isinstance(rating, forms.ModelChoiceField)
        rating.queryset = Rating.objects.filter(pk__in=[one.pk for one in self.ratings])
        rating.choices = [("", ""), *((one.slug, str(one)) for one in self.ratings)]

    @property
    def chosen(self) -> str:
        return str(self["rating"].value() or "")


class EvidenceForm(forms.ModelForm[Evidence]):
    """A piece of evidence as an editor types it, or as a source's find fills it in."""

    url = forms.URLField(label=_("address"), max_length=2000, assume_scheme="https")
    lookup = forms.ModelChoiceField(Lookup.objects.none(), required=False, widget=forms.HiddenInput)

    class Meta:
        model = Evidence
        fields = [
            "url", "title", "publisher", "quote", "quote_language", "relation", "primary",
            "independence_group", "withheld", "note", "lookup",
        ]  # fmt: skip
        widgets = {
            "quote": TextArea(attrs={"rows": 3}),
            "note": TextArea(attrs={"rows": 1}),
            "relation": forms.RadioSelect,
        }

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "ev-%s"})
        dress(self, latin=("url",))
        self.fields["independence_group"].required = False
        self.fields["relation"].choices = Evidence.Relation.choices  # type: ignore[attr-defined]
        self.fields["lookup"].queryset = Lookup.objects.filter(claim=claim)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A group left empty is the address's host: two pages of one house count once."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("independence_group") and cleaned.get("url"):
            cleaned["independence_group"] = host(cleaned["url"])[:40]
        return cleaned


class ReasonForm(forms.Form):
    """Why a move is made, and for the moves that need it, until when or what kind it is."""

    reason = forms.CharField(required=False)
    until = forms.DateField(required=False)
    kind = forms.CharField(required=False)


def from_hit(lookup: Lookup, number: int) -> dict[str, Any]:
    """The evidence form's first values from a source's find; {} when there is no such find."""
    if not 0 <= number < len(lookup.hits):
        return {}
    hit = lookup.hits[number]
    return {
        "url": hit.get("url", ""),
        "title": hit.get("title", "")[:500],
        "publisher": hit.get("publisher", "")[:300],
        "quote": hit.get("snippet", ""),
        "quote_language": hit.get("language", ""),
        "independence_group": host(hit.get("url", ""))[:40],
        "relation": Evidence.Relation.CONTEXT,
        "lookup": lookup.pk,
    }


def host(url: str) -> str:
    """The address's host without "www.", "" where it has none."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()


def tomorrow() -> str:
    """The first day that a claim may wait for, as a date field writes it."""
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def recheck_day(claim: Claim) -> str:
    """The day proposed for waiting, as a date field writes it: when the last day that the claim
    speaks of is over. "" where it names none that is still to come."""
    if claim.checkable_from is None:
        return ""
    day_after = (claim.checkable_from + timedelta(days=1)).isoformat()
    return day_after if day_after >= tomorrow() else ""
