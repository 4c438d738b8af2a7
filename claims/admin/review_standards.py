"""The desk's five standards, each with what a version has to show for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.template.defaultfilters import capfirst
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.admin.citations import cited
from claims.models import Claim, Contact
from claims.models.content import published_evidence
from claims.pipeline import review
from claims.templatetags.desk import day, digits, moment
from claims.templatetags.desk import shown as visible


@dataclass(frozen=True)
class Standard:
    """`met` is None where only a reader of the evidence can tell. `shown`: one line each."""

    name: str
    text: str
    met: bool | None
    shown: list[SafeString]
    warnings: list[SafeString] = field(default_factory=list)


def standards(claim: Claim, content: dict[str, Any]) -> list[Standard]:
    """In the order of `review.STANDARDS`; one query."""
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


Told = tuple[bool | None, list[SafeString], list[SafeString]]


def _attributed(content: dict[str, Any]) -> Told:
    speakers = [p["claimant"]["name"] for p in content["positions"] if p["claimant"]]
    return bool(speakers), [_names(speakers) or conditional_escape(_("nobody is named"))], []


def _primary(content: dict[str, Any]) -> Told:
    numbers = [piece["number"] for piece in content["evidence"] if piece["primary"]]
    if numbers:
        return True, [format_html(_("evidence {numbers}"), numbers=_listed(numbers))], []
    reason = content["no_primary_reason"]
    return bool(reason), [_own(reason) if reason else conditional_escape(_("neither"))], []


def _both_sides(content: dict[str, Any], contacts: list[Contact]) -> Told:
    positions = [p for p in content["positions"] if p["stance"] != "asserts"]
    evidence = [piece["number"] for piece in content["evidence"] if piece["relation"] == "refutes"]
    shown = [
        format_html(_("positions against: {n}"), n=digits(len(positions))),
        format_html(_("evidence against: {numbers}"), numbers=_listed(evidence) or _("none")),
    ]
    asked = [one for one in contacts if one.kind == Contact.Kind.REPLY]
    shown += [
        format_html("{}: {}", _own(one.whom), one.get_outcome_display())
        for one in asked
        if one.outcome != Contact.Outcome.OPEN
    ]
    waiting = [_unanswered(one) for one in asked if one.outcome == Contact.Outcome.OPEN]
    if not asked:
        shown.append(conditional_escape(_("nobody was asked for a reply")))
    return bool(positions or evidence or asked), shown, waiting


def _unanswered(contact: Contact) -> SafeString:
    if contact.until is None:
        words = _("{whom} was asked and has not answered yet")
    elif contact.until > timezone.now():
        words = _("{whom} has until {until} to answer, and has not yet")
    else:
        words = _("{whom} had until {until} to answer, and did not")
    return format_html(words, whom=_own(contact.whom), until=moment(contact.until))


def _independent(content: dict[str, Any]) -> Told:
    """How many groups the desk asks for was asked when it was proposed."""
    groups = sorted({piece["group"] for piece in content["evidence"]})
    if not groups:
        return False, [conditional_escape(_("there is no evidence"))], []
    shown = [format_html(_("groups: {names}"), names=_names(groups))]
    if len(groups) > 1:
        return True, shown, []
    return False, shown, [conditional_escape(_("all of it rests on one source"))]


def _dates(content: dict[str, Any]) -> Told:
    named = {
        (one["text"], one["from"], one["to"]): None
        for position in content["positions"]
        for one in position["dates"]
    }
    lines = [
        format_html(_("“{words}” is {days}"), words=_own(words), days=_span(first, last))
        for words, first, last in named
    ]
    return None, lines or [conditional_escape(_("the claim names none"))], []


def _span(first: str, last: str) -> str:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start == end:
        return day(start)
    return _("%(first)s to %(last)s") % {"first": day(start), "last": day(end)}


def _listed(numbers: Iterable[int]) -> str:
    return digits(_(", ").join(str(number) for number in numbers))


def _own(words: str) -> SafeString:
    """Received words inside one of our sentences: they keep their own direction."""
    return format_html("<bdi>{}</bdi>", visible(words))


def _names(names: Iterable[str]) -> SafeString:
    return format_html_join(_(", "), "{}", ((_own(name),) for name in dict.fromkeys(names)))
