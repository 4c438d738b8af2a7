"""Whether the desk is even-handed: its verdicts by who made the claim.

A verdict counts once for each party that asserts the claim, in its own article or in another that
repeats it; so the rows may add up to more than the verdicts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.figures import ratings
from claims.admin.figures.periods import Period
from claims.admin.figures.shapes import ENOUGH, Bar, Figure, Key, few, isolated, line, share
from claims.models import Claim, Claimant, ClusterMember, Outlet, Position, Rating
from claims.templatetags.desk import digits

BY: dict[str, Promise] = {
    "claimant": gettext_lazy("by claimant"),
    "kind": gettext_lazy("by kind of claimant"),
    "outlet": gettext_lazy("by outlet"),
    "topic": gettext_lazy("by topic"),
}
# The others are in the table and the files.
DRAWN = 12

Pairs = Iterable[tuple[int, Any]]


@dataclass(frozen=True)
class Row:
    """`upheld`, `refuted`: nearer to true, nearer to false, of the ratings that say how true it is."""

    name: str
    counts: Counter[int]
    upheld: int
    refuted: int

    @property
    def total(self) -> int:
        return self.counts.total()


@dataclass(frozen=True)
class Balance:
    """`verdicts`: how many there are in all, each once."""

    rows: list[Row]
    ratings: list[Rating]
    verdicts: int


def numbers(period: Period, by: str = "claimant") -> Balance:
    """Five queries at most. The row with the most verdicts first."""
    public = ratings.verdicts(period)
    ruled: dict[int, int] = dict(public.values_list("claim", "version__rating").iterator())
    claims = public.values("claim")
    counts: defaultdict[Hashable, Counter[int]] = defaultdict(Counter)
    for claim, key in set(_PAIRS[by](claims)):
        if claim in ruled:
            counts[key][ruled[claim]] += 1
    scale = list(Rating.objects.all())
    used = set(ruled.values())
    names = _names(by, counts.keys())
    rows = [
        Row(names[key], count, *(sum(count[r.pk] for r in scale if side(r) == s) for s in (1, -1)))
        for key, count in counts.items()
    ]
    rows.sort(key=lambda row: (-row.total, row.name))
    return Balance(rows, [r for r in scale if r.active or r.pk in used], len(ruled))


def side(rating: Rating) -> int:
    """1 for nearer to true, -1 for nearer to false, 0 for between and for what says neither."""
    if rating.value is None or rating.best is None or rating.worst is None:
        return 0
    twice = 2 * rating.value - rating.best - rating.worst
    return (twice > 0) - (twice < 0)


def figure(period: Period, by: str = "claimant") -> Figure:
    found = numbers(period, by)
    answer = ""
    if found.verdicts >= ENOUGH and found.rows:
        first = found.rows[0]
        answer = _(
            "“%(name)s” has the most verdicts: %(n)s of %(all)s (%(share)s), %(upheld)s upheld and "
            "%(refuted)s refuted."
        ) % {
            "name": isolated(first.name), "n": digits(first.total), "all": digits(found.verdicts),
            "share": share(first.total, found.verdicts),
            "upheld": digits(first.upheld), "refuted": digits(first.refuted),
        }  # fmt: skip
    longest = found.rows[0].total if found.rows else 0
    totals = sum((row.counts for row in found.rows), Counter())
    return Figure(
        "balance",
        _("Are we even-handed?"),
        _("Verdicts that first went out in the period, with the rating that stands today. One counts "
          "for each party that asserts the claim, so rows may add up to more than there are."),
        [
            str(BY[by]), _("verdicts"), _("upheld"), _("refuted"),
            *[str(rating) for rating in found.ratings],
        ],
        [
            [row.name, row.total, row.upheld, row.refuted, *[row.counts[r.pk] for r in found.ratings]]
            for row in found.rows
        ],
        answer=answer,
        too_few="" if answer else few(found.verdicts),
        bars=[
            Bar(
                row.name,
                line([(row.counts[r.pk], r.mark, r.mark) for r in found.ratings], longest),
                digits(row.total),
            )
            for row in found.rows[:DRAWN]
        ],
        legend=[Key(str(r), totals[r.pk], rating=r) for r in found.ratings if totals[r.pk]],
        more=max(0, len(found.rows) - DRAWN),
    )  # fmt: skip


def _speakers(claims: QuerySet[Any], column: Any) -> Pairs:
    """(verdict's claim, what `column` says of a party that asserts it)."""
    asserted = Position.objects.filter(stance=Position.Stance.ASSERTS).order_by()
    own = asserted.filter(claim__in=claims).annotate(key=column)
    yield from own.values_list("claim", "key")
    members = ClusterMember.objects.filter(head__in=claims).order_by()
    theirs = asserted.filter(claim__in=members.values("claim")).annotate(key=column)
    yield from theirs.values_list("claim__membership__head", "key")


def _by_claimant(claims: QuerySet[Any]) -> Pairs:
    return _speakers(claims, F("claimant"))


def _by_kind(claims: QuerySet[Any]) -> Pairs:
    return _speakers(claims, F("claimant__kind"))


def _by_outlet(claims: QuerySet[Any]) -> Pairs:
    rows = Claim.objects.filter(pk__in=claims).order_by()
    yield from rows.values_list("pk", "article__appearances__outlet")


def _by_topic(claims: QuerySet[Any]) -> Pairs:
    yield from Claim.objects.filter(pk__in=claims).order_by().values_list("pk", "topic")


_PAIRS = {
    "claimant": _by_claimant,
    "kind": _by_kind,
    "outlet": _by_outlet,
    "topic": _by_topic,
}


def _names(by: str, keys: Iterable[Any]) -> dict[Any, str]:
    known: dict[Any, str] = {}
    asked = [key for key in keys if key]
    if by == "claimant":
        known = {pk: one.name for pk, one in Claimant.objects.in_bulk(asked).items()}
    elif by == "outlet":
        known = {pk: one.name for pk, one in Outlet.objects.in_bulk(asked).items()}
    elif by == "kind":
        known = {key: str(Claimant.Kind(key).label) for key in asked}
    else:
        known = {key: key for key in asked}
    nobody = {
        "claimant": _("the article itself"),
        "kind": _("the article itself"),
        "outlet": _("no outlet named"),
        "topic": _("no topic"),
    }[by]
    return {key: known.get(key, nobody) for key in keys}
