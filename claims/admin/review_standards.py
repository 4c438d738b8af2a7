"""The desk's five standards, each with what a version has to show for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.template.defaultfilters import capfirst
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.citations import cited
from claims.models import Claim, Contact, Policy
from claims.models.content import published_evidence
from claims.pipeline import review
from claims.templatetags.desk import day, digits, moment


@dataclass(frozen=True)
class Standard:
    """`met` is None where only a reader of the evidence can tell. `shown`: one line each."""

    name: str
    text: str
    met: bool | None
    shown: list[str]
    warnings: list[str] = field(default_factory=list)


def standards(claim: Claim, content: dict[str, Any]) -> list[Standard]:
    """In the order of `review.STANDARDS`; two queries."""
    words = review.standards()
    told = {
        "attributed": _attributed(content),
        "primary": _primary(content),
        "both_sides": _both_sides(content, list(claim.contacts.all())),
        "independent": _independent(content),
        "dates_right": _dates(content),
    }
    return [
        Standard(name, capfirst(words[name]), met, shown, warnings)
        for name in review.STANDARDS
        for met, shown, warnings in [told[name]]
    ]


def nowhere_for_readers(content: dict[str, Any]) -> list[int]:
    """Numbers that the explanation cites and that readers will not find: withheld, or never there."""
    there = {piece["number"] for piece in published_evidence(content)}
    return sorted(cited(content["explanation"]) - there)


Told = tuple[bool | None, list[str], list[str]]


def _attributed(content: dict[str, Any]) -> Told:
    speakers = [p["claimant"]["name"] for p in content["positions"] if p["claimant"]]
    names = _(", ").join(dict.fromkeys(speakers))
    return bool(speakers), [names or _("nobody is named")], []


def _primary(content: dict[str, Any]) -> Told:
    numbers = [piece["number"] for piece in content["evidence"] if piece["primary"]]
    if numbers:
        return True, [_("evidence %(numbers)s") % {"numbers": _listed(numbers)}], []
    reason = content["no_primary_reason"]
    return bool(reason), [reason or _("neither")], []


def _both_sides(content: dict[str, Any], contacts: list[Contact]) -> Told:
    positions = [p for p in content["positions"] if p["stance"] != "asserts"]
    evidence = [piece["number"] for piece in content["evidence"] if piece["relation"] == "refutes"]
    shown = [
        _("positions against: %(n)s") % {"n": digits(len(positions))},
        _("evidence against: %(numbers)s") % {"numbers": _listed(evidence)}
        if evidence
        else _("evidence against: none"),
    ]
    asked = [one for one in contacts if one.kind == Contact.Kind.REPLY]
    shown += [_reply(one) for one in asked if one.outcome != Contact.Outcome.OPEN]
    warnings = [_unanswered(one) for one in asked if one.outcome == Contact.Outcome.OPEN]
    if not asked:
        shown.append(_("nobody was asked for a reply"))
    return bool(positions or evidence or asked), shown, warnings


def _reply(contact: Contact) -> str:
    return _("%(whom)s: %(outcome)s") % {
        "whom": contact.whom,
        "outcome": contact.get_outcome_display(),
    }


def _unanswered(contact: Contact) -> str:
    if contact.until is None:
        return _("%(whom)s was asked and has not answered yet") % {"whom": contact.whom}
    if contact.until > timezone.now():
        words = _("%(whom)s has until %(until)s to answer, and has not yet")
    else:
        words = _("%(whom)s had until %(until)s to answer, and did not")
    return words % {"whom": contact.whom, "until": moment(contact.until)}


def _independent(content: dict[str, Any]) -> Told:
    groups = sorted({piece["group"] for piece in content["evidence"]})
    asked = Policy.current().evidence_minimum
    shown = _("groups: %(names)s") % {"names": _(", ").join(groups)}
    return (
        len(groups) >= asked,
        [shown] if groups else [_("there is no evidence")],
        []
        if len(groups) >= asked
        else [
            digits(
                ngettext(
                    "the desk asks for %(n)d independent piece",
                    "the desk asks for %(n)d independent pieces",
                    asked,
                )
                % {"n": asked}
            )
        ],
    )


def _dates(content: dict[str, Any]) -> Told:
    named = {
        (one["text"], one["from"], one["to"]): None
        for position in content["positions"]
        for one in position["dates"]
    }
    lines = [
        _("“%(words)s” is %(days)s") % {"words": words, "days": _span(first, last)}
        for words, first, last in named
    ]
    return None, lines or [_("the claim names none")], []


def _span(first: str, last: str) -> str:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start == end:
        return day(start)
    return _("%(first)s to %(last)s") % {"first": day(start), "last": day(end)}


def _listed(numbers: Iterable[int]) -> str:
    return digits(_(", ").join(str(number) for number in numbers))
