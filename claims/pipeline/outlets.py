"""What the desk must know of an outlet: who it is, whether it is trusted, how its claims fared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.detection import claimants
from claims.models import (
    Claimant,
    ClusterMember,
    Evidence,
    Outlet,
    Position,
    Publication,
    Rating,
    Transition,
)
from claims.workflow import in_words, record

FIELDS = ("name", "homepage", "language", "country", "ownership")
# Of a claimant's name, so many that hold its rarest word are compared whole.
LIKELY = 200


@dataclass(frozen=True)
class Rated:
    """How many verdicts gave this rating: to claims that stood in the outlet's articles, and to
    claims that the outlet itself is named for."""

    rating: Rating
    printed: int
    said: int


@dataclass(frozen=True)
class TrackRecord:
    """`printed` and `said`: of how many published verdicts the rows speak."""

    rows: list[Rated]
    printed: int
    said: int


@transaction.atomic
def save_outlet(*, outlet: Outlet, actor: User) -> None:
    """Stores an outlet, new or changed; whether it is trusted stays as it is. Raises
    ValidationError."""
    if not any(permissions.may(actor, p) for p in (permissions.RESEARCH, permissions.ADMINISTER)):
        raise PermissionDenied(_("Outlets are for editors and administrators."))
    old = Outlet.objects.select_for_update().filter(pk=outlet.pk).first()
    outlet.full_clean()
    if old is None:
        outlet.save()
    else:
        outlet.save(update_fields=FIELDS)
    changes = {
        name: [getattr(old, name) if old else None, getattr(outlet, name)]
        for name in FIELDS
        if old is None or getattr(old, name) != getattr(outlet, name)
    }
    if changes:
        data = {"outlet": outlet.pk, "name": outlet.name, "changes": changes}
        action = "change_outlet" if old else "add_outlet"
        record(Transition.Subject.DESK, 0, action, actor=actor, data=data)


def may_decide(user: permissions.Person) -> bool:
    return permissions.may(user, permissions.REVIEW) or permissions.may(
        user, permissions.ADMINISTER
    )


@transaction.atomic
def decide_trust(*, outlet: Outlet, actor: User, trusted: bool | None, why: str) -> None:
    """Whether what the outlet prints may stand as evidence, by whom and why; None: not decided after
    all, which needs its reason too. Raises ValidationError without one."""
    if not may_decide(actor):
        raise PermissionDenied(
            _("Whether an outlet is trusted is for reviewers and administrators.")
        )
    if not in_words(why):
        raise ValidationError(_("Say why the outlet is trusted or not."))
    now = Outlet.objects.select_for_update().get(pk=outlet.pk)
    before = [now.trusted, now.trusted_why]
    now.trusted, now.trusted_why = trusted, in_words(why)
    now.trusted_by, now.trusted_at = actor, timezone.now()
    now.full_clean(exclude=["name", "homepage", "country"])
    now.save(update_fields=["trusted", "trusted_why", "trusted_by", "trusted_at"])
    changes = {"trusted": [before[0], trusted], "trusted_why": [before[1], now.trusted_why]}
    record(
        Transition.Subject.DESK,
        0,
        "trust_outlet",
        actor=actor,
        reason=now.trusted_why,
        data={"outlet": now.pk, "name": now.name, "changes": changes},
    )
    outlet.refresh_from_db()


def track_record(outlet: Outlet) -> TrackRecord:
    """Counted over the verdicts that stand today, each claim once, whatever the languages it was
    published in. A retracted verdict counts for nothing."""
    asserted = Position.objects.filter(stance=Position.Stance.ASSERTS)
    printed = _rated(asserted.filter(article__appearances__outlet=outlet))
    said = _rated(asserted.filter(claimant__in=[one.pk for one in named_like(outlet)]))
    ratings = Rating.objects.filter(pk__in={*printed.values(), *said.values()})
    rows = [
        Rated(
            rating,
            printed=sum(pk == rating.pk for pk in printed.values()),
            said=sum(pk == rating.pk for pk in said.values()),
        )
        for rating in ratings
    ]
    return TrackRecord(rows, len(printed), len(said))


def named_like(outlet: Outlet) -> list[Claimant]:
    """The claimants that are this outlet: of the kind outlet, under its name in any of their
    languages, with or without a word such as "newspaper"."""
    found: list[Claimant] = []
    words = claimants.own_words(outlet.name, outlet.language)
    if not words:
        return found
    likely = Claimant.objects.filter(
        Q(folded__contains=max(words, key=len)) | Q(names__name__icontains=outlet.name),
        kind=Claimant.Kind.OUTLET,
    )
    for claimant in likely.distinct().prefetch_related("names")[:LIKELY]:
        names = [(claimant.language, claimant.name)]
        names += [(other.language, other.name) for other in claimant.names.all()]
        if any(claimants.own_words(name, code) == words for code, name in names):
            found.append(claimant)
    return found


def printers(pieces: Iterable[Evidence]) -> dict[int, Outlet]:
    """Evidence → the outlet that printed it, where the desk knows one by its homepage's host or by
    its name. One query."""
    pieces = list(pieces)
    hosts = {piece.pk: _host(piece.url) for piece in pieces}
    wanted = Q(name__in={piece.publisher for piece in pieces if piece.publisher})
    for host in {host for host in hosts.values() if host}:
        wanted |= Q(homepage__icontains=host)
    outlets = list(Outlet.objects.filter(wanted)) if pieces else []
    by_host = {_host(outlet.homepage): outlet for outlet in outlets if outlet.homepage}
    by_name = {outlet.name: outlet for outlet in outlets}
    found = {
        piece.pk: by_host.get(hosts[piece.pk]) or by_name.get(piece.publisher) for piece in pieces
    }
    return {pk: outlet for pk, outlet in found.items() if outlet is not None}


def _rated(positions: QuerySet[Position]) -> dict[int, int]:
    """Verdict's claim → rating's key, of the standing verdicts on these positions' claims; where
    languages differ for a while, the newest."""
    claims = positions.values("claim")
    heads = ClusterMember.objects.filter(claim__in=claims).values("head")
    standing = (
        Publication.objects.standing().originals().filter(Q(claim__in=claims) | Q(claim__in=heads))
    )
    return dict(standing.order_by("entry").values_list("claim", "version__rating"))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
