"""A rule read aloud."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from claims.languages.manners import figures
from claims.models import Claim, Rule
from claims.pipeline.sorting.meeting import names

FSI, PDI = "\u2068", "\u2069"


def sentence(rule: Rule, notify: Iterable[User]) -> str:
    """ "When a new claim names “X” and scores at least 0.6: give it to Layla, and tell Samer." """
    return _("When a new claim %(conditions)s: %(deeds)s.") % {
        "conditions": _joined(_conditions(rule)) or "…",
        "deeds": _joined(_deeds(rule, list(notify))) or "…",
    }


def _conditions(rule: Rule) -> list[str]:
    said = []
    if wanted := names(rule.words):
        listed = _(" or ").join(_("“%(name)s”") % {"name": _own(name)} for name in wanted)
        said.append(_("names %(names)s") % {"names": listed})
    if rule.outlet is not None:
        said.append(_("comes from %(outlet)s") % {"outlet": _own(rule.outlet)})
    if rule.language:
        said.append(_("is in %(language)s") % {"language": rule.get_language_display()})
    if rule.seen_again:
        said.append(_("repeats what has a public verdict"))
    if rule.contested:
        said.append(_("is contested"))
    if rule.worth_at_least is not None:
        said.append(_("scores at least %(n)s") % {"n": figures(f"{rule.worth_at_least:g}")})
    return said


def _deeds(rule: Rule, notify: list[User]) -> list[str]:
    said = []
    levels = {number: str(label) for number, label in Claim.Priority.choices}
    if rule.assignee is not None:
        said.append(_("give it to %(who)s") % {"who": _person(rule.assignee)})
    if rule.topic:
        said.append(_("set the topic to “%(topic)s”") % {"topic": _own(rule.topic)})
    if rule.priority is not None:
        said.append(_("set the priority to %(level)s") % {"level": levels[rule.priority]})
    if rule.severity is not None:
        said.append(_("set the harm if believed to %(level)s") % {"level": levels[rule.severity]})
    if notify:
        people = _joined(sorted(_person(one) for one in notify))
        said.append(_("tell %(people)s") % {"people": people})
    return said


def _joined(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {
        "first": _(", ").join(parts[:-1]),
        "last": parts[-1],
    }


def _person(person: User) -> str:
    return _own(person.get_full_name() or person.get_username())


def _own(text: object) -> str:
    return f"{FSI}{str(text).replace(FSI, '').replace(PDI, '')}{PDI}"
