"""What comments, matches and dates tell, and whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from claims.models import (
    Claim,
    Comment,
    Complaint,
    Contact,
    Match,
    Notification,
    ScheduledPublication,
    State,
    Transition,
)
from claims.pipeline.telling.events import Audience, Event, those

Kind = Notification.Kind
# The assignee's own work; elsewhere a claim waits for others.
AT_WORK = (State.QUEUED, State.RESEARCHING, State.CORRECTING)


def from_comments(comments: Sequence[Comment], who: Audience) -> list[Event]:
    """Answers go to everybody in their thread, every comment to the claim's assignee and to whom it
    calls by name, an expert's to whoever asked them. Expects `claim`, `link` and `mentions`."""
    threads: defaultdict[int, set[int]] = defaultdict(set)
    tops = {comment.parent_id for comment in comments if comment.parent_id}
    for top, parent, author in Comment.objects.filter(
        Q(pk__in=tops) | Q(parent__in=tops), author__isnull=False
    ).values_list("pk", "parent_id", "author_id"):
        threads[parent or top].add(author)
    return [
        Event(
            Kind.COMMENT,
            f"comment:{comment.pk}",
            comment.claim_id,
            comment.at,
            those(
                comment.claim.assignee_id,
                comment.link.made_by_id if comment.link else None,
                threads[comment.parent_id] if comment.parent_id else (),
                [person.pk for person in comment.mentions.all()],
            ),
            comment.author_id,
            {"comment": comment.pk, **({"expert": comment.link.name} if comment.link else {})},
        )
        for comment in comments
    ]


def from_matches(
    matches: Sequence[Match], who: Audience, at: datetime | None = None
) -> list[Event]:
    """A claim with a public verdict that is said again: whoever wrote the verdict or looks after
    either claim is told, and everybody who may publish, since the answer is theirs to give. `at`:
    when it became news, where that was not the suggestion."""
    heads = {match.pk: _head(match) for match in matches}
    authors = dict(
        Transition.objects.filter(
            subject=Transition.Subject.CLAIM,
            subject_id__in={head.pk for head in heads.values()},
            action="propose",
        )
        .order_by("number")
        .values_list("subject_id", "actor_id")
    )
    return [
        Event(
            Kind.SEEN_AGAIN,
            f"match:{match.pk}",
            match.claim_id,
            at or match.suggested_at,
            those(
                match.claim.assignee_id,
                heads[match.pk].assignee_id,
                authors.get(heads[match.pk].pk),
                who.publishers,
            ),
        )
        for match in matches
    ]


def _head(match: Match) -> Claim:
    assert match.earlier is not None
    membership = getattr(match.earlier, "membership", None)
    return membership.head if membership else match.earlier


def from_dates(since: datetime, until: datetime, who: Audience) -> list[Event]:
    """What became late, or went out by itself, after `since`. Four queries."""
    late = Claim.objects.filter(
        due_at__gt=since, due_at__lte=until, state__in=AT_WORK, assignee__isnull=False
    ).values_list("pk", "due_at", "assignee_id")
    events = [
        Event(Kind.OVERDUE, f"due:{claim}:{due:%Y%m%d%H%M%S}", claim, due or until, those(assignee))
        for claim, due, assignee in late
    ]
    silent = Contact.objects.filter(
        until__gt=since, until__lte=until, outcome=Contact.Outcome.OPEN
    ).select_related("claim")
    events += [
        Event(
            Kind.OVERDUE,
            f"contact:{one.pk}:{one.until:%Y%m%d%H%M%S}",
            one.claim_id,
            one.until or until,
            those(one.asked_by_id, one.claim.assignee_id),
            data={"whom": one.whom},
        )
        for one in silent
    ]
    # A complaint may be answered on its last day; it is late on the next.
    first, last = timezone.localdate(since), timezone.localdate(until)
    open_ones = Complaint.objects.filter(
        due_on__gte=first, due_on__lt=last, state=Complaint.State.OPEN
    ).select_related("publication")
    events += [
        Event(
            Kind.OVERDUE,
            f"complaint:{one.pk}:{one.due_on:%Y%m%d}",
            one.publication.claim_id,
            until,
            those(who.publishers),
            data={"complaint": one.pk},
        )
        for one in open_ones
    ]
    ended = ScheduledPublication.objects.filter(
        ended_at__gt=since,
        ended_at__lte=until,
        state__in=[ScheduledPublication.State.DONE, ScheduledPublication.State.FAILED],
    ).select_related("claim", "version")
    return events + [_of_schedule(one, who, until) for one in ended]


def _of_schedule(one: ScheduledPublication, who: Audience, until: datetime) -> Event:
    """Whoever set the time may have left by then: a failure is for all who may publish."""
    failed = one.state == ScheduledPublication.State.FAILED
    translated = one.version.translates_id is not None
    return Event(
        Kind.SCHEDULED,
        f"schedule:{one.pk}",
        one.claim_id,
        one.ended_at or until,
        those(
            one.set_by_id,
            one.version.author_id if translated else one.claim.assignee_id,
            who.publishers if failed else (),
        ),
        data={
            "failed": failed,
            "why": one.why[:300],
            **({"language": one.version.language} if translated else {}),
        },
    )
