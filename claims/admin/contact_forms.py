"""The forms of the contact log: asking somebody, and noting what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.admin.claim_forms import dress
from claims.admin.text_areas import TextArea
from claims.models import Claim, Claimant, Contact, Outlet
from claims.pipeline import corresponding

MINUTE = "%Y-%m-%dT%H:%M"
# How long somebody is given to answer, unless the editor says otherwise.
DAYS_TO_ANSWER = 2
ASKED = ("kind", "whom", "claimant", "outlet", "how", "question", "asked_at", "until")


def _minute() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)


class ContactForm(forms.ModelForm[Contact]):
    """All that is noted of a request. The request itself leaves the answer's fields out."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Contact
        fields = ["kind", *corresponding.FIELDS]
        widgets = {
            "kind": forms.HiddenInput,
            "claimant": forms.HiddenInput,
            "outlet": forms.HiddenInput,
            "question": TextArea(attrs={"rows": 3}),
            "answer": TextArea(attrs={"rows": 3}),
            "how": forms.TextInput(attrs={"list": "contact-ways"}),
            "asked_at": _minute(),
            "until": _minute(),
            "answered_at": _minute(),
        }

    def __init__(
        self, data: QueryDict | None = None, *, instance: Contact, answering: bool = True
    ) -> None:
        super().__init__(data, instance=instance, auto_id="contact-%s")
        self.fields["revision"].initial = instance.revision
        self.fields["claimant"].queryset = Claimant.objects.all()  # type: ignore[attr-defined]
        self.fields["outlet"].queryset = Outlet.objects.all()  # type: ignore[attr-defined]
        if answering:
            del self.fields["kind"]
            allowed = corresponding.OUTCOMES[instance.kind]
            self.fields["outcome"].choices = [(one.value, one.label) for one in allowed]  # type: ignore[attr-defined]
        else:
            for name in ("outcome", "answer", "answered_at"):
                del self.fields[name]
        dress(self)

    def _post_clean(self) -> None:
        """What a contact has to be is the pipeline's to say; the form only reads what was typed."""


def new(claim: Claim, kind: str, claimant: Claimant | None, outlet: Outlet | None) -> ContactForm:
    """The form for asking, with what is known filled in."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    whom = claimant or outlet
    contact = Contact(
        claim=claim,
        kind=kind,
        whom=str(whom)[:200] if whom else "",
        claimant=claimant,
        outlet=outlet,
        asked_at=now,
        until=now + timedelta(days=DAYS_TO_ANSWER),
    )
    return ContactForm(instance=contact, answering=False)


def said(form: ContactForm) -> dict[str, Any]:
    """The pipeline's fields from a valid form."""
    return {
        name: value for name, value in form.cleaned_data.items() if name in corresponding.FIELDS
    }


def add_errors(form: ContactForm, errors: dict[str, list[str]]) -> None:
    """Puts the pipeline's refusals to the fields they are about."""
    for name, messages in errors.items():
        form.add_error(name if name in form.fields else None, messages)


WAYS = (_("by e-mail"), _("by telephone"), _("in person"), _("by message"), _("by letter"))
