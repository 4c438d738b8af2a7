"""Whether reviewers agree with what is proposed to them, and with what they rated blind."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.admin.figures.periods import Period
from claims.admin.figures.shapes import ENOUGH, Figure, Key, few, share, stacked, week_of
from claims.models import BlindRating, Review
from claims.templatetags.desk import digits

# So many of the newest reviews are drawn as dots.
DOTS = 48


@dataclass
class Week:
    """`same`, `other`: of the reviews that had a blind rating, in how many it was the proposed one."""

    approved: int = 0
    sent_back: int = 0
    same: int = 0
    other: int = 0


@dataclass(frozen=True)
class Agreed:
    weeks: list[Week]
    newest: list[bool]

    def total(self, name: str) -> int:
        return sum(getattr(week, name) for week in self.weeks)


def numbers(period: Period) -> Agreed:
    """Two queries."""
    reviews = Review.objects.filter(created_at__gte=period.start)
    blind = {
        (version, reviewer): rating == proposed
        for version, reviewer, rating, proposed in BlindRating.objects.filter(
            version__in=reviews.order_by().values("version")
        )
        .order_by()
        .values_list("version", "reviewer", "rating", "version__rating")
    }
    weeks = [Week() for _week in range(period.weeks)]
    newest = []
    rows = reviews.order_by("created_at", "pk")
    for at, decision, version, reviewer in rows.values_list(
        "created_at", "decision", "version", "reviewer"
    ).iterator():
        week = weeks[period.week(at)]
        approved = decision == Review.Decision.APPROVE
        week.approved += approved
        week.sent_back += not approved
        same = blind.get((version, reviewer))
        week.same += same is True
        week.other += same is False
        newest.append(approved)
    return Agreed(weeks, newest[-DOTS:])


def figure(period: Period) -> Figure:
    agreed = numbers(period)
    approved, sent_back = agreed.total("approved"), agreed.total("sent_back")
    same, blind = agreed.total("same"), agreed.total("same") + agreed.total("other")
    every = approved + sent_back
    answer = short = aside = ""
    if every >= ENOUGH:
        short = share(approved, every)
        said = {
            "all": digits(every), "approved": digits(approved), "back": digits(sent_back),
            "share": short, "same": digits(same), "blind": digits(blind),
        }  # fmt: skip
        answer = (
            _("Of %(all)s reviews, %(approved)s approved what was proposed (%(share)s).") % said
        )
        aside = _("%(all)s reviews, %(back)s sent back") % said
        if blind:
            answer += (
                " " + _("The blind rating was the proposed one in %(same)s of %(blind)s.") % said
            )
    titles = [
        _("%(week)s: %(approved)s approved, %(back)s sent back") % {
            "week": week_of(monday),
            "approved": digits(week.approved),
            "back": digits(week.sent_back),
        }
        for monday, week in zip(period.mondays, agreed.weeks, strict=True)
    ]  # fmt: skip
    columns = [[(w.approved, "teal", ""), (w.sent_back, "open", "")] for w in agreed.weeks]
    return Figure(
        "agreement",
        _("Do reviewers agree with what is proposed?"),
        _("A review counts in the week in which it was given. A blind rating counts once its "
          "reviewer has decided."),
        [
            _("week"), _("approved as proposed"), _("sent back"),
            _("blind rating the same"), _("blind rating another"),
        ],
        [
            [monday, week.approved, week.sent_back, week.same, week.other]
            for monday, week in zip(period.mondays, agreed.weeks, strict=True)
        ],
        answer=answer,
        short=short,
        aside=aside,
        too_few="" if answer else few(every),
        weeks=stacked(columns, titles, period.first) if every else None,
        legend=[
            Key(_("approved as proposed"), approved, tone="teal"),
            Key(_("sent back"), sent_back, tone="open"),
        ]
        if every
        else (),
        dots=agreed.newest,
    )  # fmt: skip
