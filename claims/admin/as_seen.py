"""A form that is not saved over what somebody else saved while it was open.

The page carries a mark of what it showed. Where the row says something else by then, nothing is
saved: the form shows both, and saving once more is saving over theirs, knowingly.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.admin.working_copies import Difference, differences

MOVED = "moved"


def mark(values: dict[str, Any]) -> str:
    """The same for the same values, whatever else happened to the row."""
    told = json.dumps({name: _plain(value) for name, value in values.items()}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


class AsSeen(forms.ModelForm[Any]):
    """To be put before a model's form. A post without a mark is not of a page, and is not held to
    one. Run it inside the transaction that saves: the row stays locked from the look to the save."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What was saved meanwhile, field by field; empty unless somebody was quicker.
        self.theirs: list[Difference] = []
        if not self.is_bound and self.instance.pk:
            # Asked for when it is shown: a form's own __init__ goes on to fill it in.
            self.initial["seen"] = lambda: mark(self._values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seen = self.cleaned_data.get("seen")
        if seen and self.instance.pk:
            now = self._untouched()
            current = mark(now._values())
            if seen != current:
                # What is saved next is saved over what this answer shows.
                data = cast(QueryDict, self.data).copy()
                data[self.add_prefix("seen")] = current
                self.data = data
                shown = {name: value for name, value in now._values().items() if name in now.fields}
                self.theirs = differences(self, shown)
                raise ValidationError(
                    _(
                        "Somebody else saved this while you had it open. Nothing of yours is saved "
                        "yet: compare the two below, then save yours over theirs or take theirs."
                    ),
                    code=MOVED,
                )
        return self.cleaned_data if cleaned is None else cleaned

    def _untouched(self) -> AsSeen:
        model: type[Model] = self._meta.model
        row = model._base_manager.select_for_update().get(pk=self.instance.pk)
        return type(self)(instance=row)

    def _values(self) -> dict[str, Any]:
        return {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if name != "seen" and not field.disabled
        }


def was_moved(form: forms.BaseForm) -> bool:
    """Whether that is why the form is refused."""
    return form.has_error("__all__", MOVED)


def _plain(value: Any) -> Any:
    """A saved value as something that compares: rows by their key, several of them in order."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return sorted(str(_plain(one)) for one in value)
    return "" if value is None else str(value)
