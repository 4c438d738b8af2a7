"""What a form says of itself so that what is typed in it is kept (desk/keep.js)."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import ModelForm
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.models import Evidence, WorkingCopy
from claims.pipeline import together

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps(context: dict[str, Any], form: str, base: int) -> SafeString:
    """The attributes of a form whose words are kept. `base`: the number it was read at."""
    claim = context["claim"]
    unsaved = context.get("unsaved")
    copy = copy_of(unsaved, form)
    over = getattr(unsaved, "windows", {}).get(form)
    return format_html(
        ' data-keep="{}" data-keep-to="{}" data-base="{}"{}',
        form,
        reverse("admin:claim-keep", args=[claim.pk, form]),
        copy.base if copy else base,
        format_html(' data-over="{}"', over) if over is not None else "",
    )


@register.simple_tag(takes_context=True)
def who_is_here(context: dict[str, Any]) -> together.Company:
    """Those at the claim, for a page that is not the claim's own."""
    return together.at(claim=context["claim"], person=context["user"])


@register.filter
def evidence_name(form: ModelForm[Evidence]) -> str:
    """The name under which a form of evidence is kept: of one piece, or of the one to come."""
    return together.of_piece(form.instance.pk) if form.instance.pk else together.EVIDENCE


@register.filter
def of_form(found: dict[str, Any] | None, form: str) -> Any:
    return (found or {}).get(form)


@register.filter
def copy_of(unsaved: Any, form: str) -> WorkingCopy | None:
    """The copy whose words stand in that form."""
    shown: dict[str, WorkingCopy] = getattr(unsaved, "shown", {})
    return shown.get(form)


@register.filter
def typed_in(copy: WorkingCopy | None, name: str) -> str:
    return str(copy.fields.get(name, "")) if copy else ""
