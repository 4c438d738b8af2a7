"""When, again, and in which order. The rows are the to-do notes; the broker is only a courier."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from claims.models import (
    Article,
    Audit,
    Claim,
    CollectedItem,
    Delivery,
    Invitation,
    Lookup,
    Matching,
    ScheduledPublication,
    Snapshot,
    State,
    WatchedFeed,
)
from claims.pipeline import (
    auditing,
    collecting,
    delivering,
    evidence,
    finding,
    intake,
    inviting,
    lookup,
    matching,
    publishing,
    reading,
    review,
    sorting,
    splitting,
    telling,
    together,
)
from claims.pipeline.publishing import audit_entries, files
from claims.pipeline.publishing.verifying import verify_all

# A task's slice: well under its time limit, and short enough for the workers to take turns.
SLICE = timedelta(seconds=20)
# More would only find the articles taken.
SPLITTERS = 2

log = logging.getLogger(__name__)


@shared_task
def split_due() -> None:
    """Splits what is due, one article after another for a slice of time, then sends itself on."""
    until = timezone.now() + SLICE
    for article_id in Article.objects.due_for_splitting().values_list("pk", flat=True)[:200]:
        splitting.split_article(article_id)
        if timezone.now() > until:
            break
    send_due()


@shared_task
def drain_source(name: str) -> None:
    if lookup.drain(name):
        send_due()


@shared_task
def compare_due() -> None:
    """Compares what is due for a slice of time, then sends itself on."""
    until = timezone.now() + SLICE
    while matching.compare_due() and timezone.now() < until:
        pass
    send_due()


@shared_task
def read_pages() -> None:
    if reading.read():
        send_due()


@shared_task
def collect() -> None:
    """Reads watched feeds and the pages of their entries; what is wanted of them comes in."""
    collecting.read_due()
    collecting.fetch_due()
    intake.take_in_due()
    send_due()


@shared_task
def keep_copies() -> None:
    """Copies the pages that were chosen as evidence, then looks again at those that are due."""
    until = timezone.now() + SLICE
    while (evidence.copy_due() or evidence.check_due()) and timezone.now() < until:
        pass
    send_due()


@shared_task
def archive_copies() -> None:
    """Asks the Internet Archive, one page after another: it lets nobody ask faster."""
    until = timezone.now() + SLICE
    while evidence.archive_due() and timezone.now() < until:
        pass
    send_due()


@shared_task
def write_words() -> None:
    """Keeps the queue's search in step for a slice of time, then sends itself on."""
    until = timezone.now() + SLICE
    while finding.write_due() and timezone.now() < until:
        pass
    send_due()


@shared_task
def sort_new_claims() -> None:
    """Lets the rules at what came in."""
    sorting.sort_new()


@shared_task
def tell_news() -> None:
    telling.tell()


@shared_task
def mail_digests() -> None:
    if telling.send_digests(timezone.now() + SLICE):
        send_due()


@shared_task
def deliver() -> None:
    """Tells the webhooks what is due for a slice of time, then sends itself on."""
    until = timezone.now() + SLICE
    while delivering.deliver_due() and timezone.now() < until:
        pass
    send_due()


@shared_task
def publish_due() -> None:
    """Lets verdicts go out whose time has come."""
    publishing.publish_due()
    send_due()


@shared_task
def mail_invitations() -> None:
    inviting.mail_due()


@shared_task
def audit_history() -> None:
    if auditing.run(until=timezone.now() + SLICE, check_log=verify_all):
        send_due()


@shared_task
def write_public_files() -> None:
    """Writes what publications have filled: tiles of the log, archive pages of the feeds."""
    if files.write_due(timezone.now() + SLICE):
        send_due()


@shared_task
def vouch_for_the_day() -> None:
    """Puts the day's hash over all chains of moves into the open."""
    audit_entries.append_due(timezone.now())


@shared_task(name="claims.tasks.send_due")
def sweep() -> None:
    """What nobody has been sent for: dates that have come, rows still missing, workers that died."""
    wake_waiting_claims()
    together.sweep()
    send_due()


def send_due() -> None:
    """Sends a task for all that is due. The only place that calls `.delay`.

    Called after commit by one middleware, one base command and the sweep. A broker that does not
    answer within a second is left alone: the rows stay due, and the sweep comes every 10 s.
    """
    lookup.open_missing()
    matching.open_missing()
    now = timezone.now()
    articles = Article.objects.due_for_splitting(now)[:SPLITTERS].count()
    sources = Lookup.objects.due(now).order_by().values_list("source", flat=True).distinct()
    try:
        if ScheduledPublication.objects.due(now).exists():
            publish_due.delay()
        if Delivery.objects.due(now).exists():
            deliver.delay()
        for _each in range(articles):
            split_due.delay()
        if Matching.objects.due(now).exists() or matching.checks_due():
            compare_due.delay()
        for name in sources:
            drain_source.delay(name)
        if finding.is_due():
            write_words.delay()
        if reading.is_due(now):
            read_pages.delay()
        if Snapshot.objects.due(now).exists() or Snapshot.objects.due_for_checking(now).exists():
            keep_copies.delay()
        if evidence.archives() and Snapshot.objects.due_for_archiving(now).exists():
            archive_copies.delay()
        if (
            WatchedFeed.objects.due(now).exists()
            or CollectedItem.objects.due(now).exists()
            or CollectedItem.objects.to_be_taken_in().exists()
        ):
            collect.delay()
        if sorting.is_due(now):
            sort_new_claims.delay()
        if telling.is_due(now):
            tell_news.delay()
        if telling.digests_due(now):
            mail_digests.delay()
        if Invitation.objects.due(now).exists():
            mail_invitations.delay()
        if Audit.objects.due(now).exists():
            audit_history.delay()
        if files.is_due():
            write_public_files.delay()
        if audit_entries.is_due(now):
            vouch_for_the_day.delay()
    except OperationalError as error:
        log.warning("the broker does not answer, due work waits for the sweep: %s", error)


def wake_waiting_claims() -> None:
    """Claims whose date has come go back to their assignee, and their sources are asked again.

    A published one opens for an update; what is public stays until that has been approved.
    """
    today = timezone.localdate()
    for claim in Claim.objects.filter(state=State.PUBLISHED, recheck_on__lte=today):
        with transaction.atomic():
            if publishing.update_if_due(claim=claim, today=today):
                lookup.request(claim=claim, actor=None)
    for claim in Claim.objects.filter(state=State.WAITING, recheck_on__lte=today):
        with transaction.atomic():
            if review.resume_if_due(claim=claim, today=today):
                lookup.request(claim=claim, actor=None)
