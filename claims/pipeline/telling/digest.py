"""The digest: a person's unread news in one letter, in their language.

A letter goes out at least once, and as good as never twice. First the person's turn is taken by
compare-and-set (`Profile.digest_at`, ten minutes), so that no two workers write to one person. Then
the letter is handed to the server, and only then is its news marked as mailed: a worker that dies
between the two sends it again, with the same Message-ID, by which mail programs keep one copy. The
other way round a letter could be lost without a trace.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from claims import permissions
from claims.languages import direction, manners
from claims.models import Notification, NotificationChoice, Profile
from claims.pipeline.telling import words

log = logging.getLogger(__name__)

MORNING = 7  # o'clock, by the desk's clock (TIME_ZONE)
LEASE = timedelta(minutes=10)
HOUR = timedelta(hours=1)
# News that could not be mailed for so long is old: it stays on the desk.
OLDEST = timedelta(days=7)
# A letter names so many and says how many more there are.
NAMED = 40
# What is wrong with one person's address or letter, and not with the server.
_THEIRS = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
    ValueError,
)
SALT = "claims.letters"
WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)


def digests_due(now: datetime) -> bool:
    """Whether anybody's digest should go out now; never where no mail server is set."""
    return bool(settings.MAIL_IS_SET_UP) and _due(now).exists()


def send_digests(until: datetime) -> bool:
    """Sends what is due, one person after another, until that time. Whether more is left to do now.

    A server that does not answer puts everybody's digest off, one that refuses a person only
    theirs; either way for ever longer, up to six hours.
    """
    with_server = get_connection(timeout=settings.EMAIL_TIMEOUT)
    try:
        for profile in list(_due(timezone.now()).select_related("user")[:200]):
            if timezone.now() > until:
                return True
            if not _take(profile):
                continue
            try:
                with_server.open()
                _send(profile, with_server)
            except _THEIRS as error:
                _put_off([profile], str(error))
            except (smtplib.SMTPException, OSError) as error:
                log.warning("the mail server does not take the digest: %s", error)
                waiting = _due(timezone.now()).exclude(pk=profile.pk)
                _put_off([profile, *waiting], str(error))
                return False
    finally:
        _close(with_server)
    return False


def last_morning(now: datetime) -> datetime:
    """The last time it was seven o'clock."""
    local = timezone.localtime(now)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning <= local else morning - timedelta(days=1)


def _due(now: datetime) -> QuerySet[Profile]:
    """Who has news that has not been mailed: of any age for an hourly digest, from before this
    morning for a daily one."""
    unmailed = Notification.objects.filter(
        person=OuterRef("user"), mailed_at__isnull=True, at__gt=now - OLDEST
    )
    hourly, daily = Profile.Digest.HOURLY, Profile.Digest.DAILY
    return (
        Profile.objects.filter(Q(digest_at__isnull=True) | Q(digest_at__lte=now))
        .filter(user__is_active=True)
        .exclude(user__email="")
        .filter(
            Q(Exists(unmailed), digest=hourly)
            | Q(Exists(unmailed.filter(at__lt=last_morning(now))), digest=daily)
        )
        .order_by("pk")
    )


def _take(profile: Profile) -> bool:
    mine = Profile.objects.filter(pk=profile.pk, digest_at=profile.digest_at)
    return bool(mine.update(digest_at=timezone.now() + LEASE))


def _send(profile: Profile, server: BaseEmailBackend) -> None:
    """One person's letter; none where all has been read on the desk, or they have left it."""
    now = timezone.now()
    unmailed = Notification.objects.filter(person=profile.user, mailed_at__isnull=True)
    upto = unmailed.aggregate(last=Max("pk"))["last"] or 0
    unmailed = unmailed.filter(pk__lte=upto)
    fresh = unmailed.filter(read_at__isnull=True, at__gt=now - OLDEST)
    named = list(
        fresh.select_related("actor", "claim__article")
        .defer("claim__article__text", "claim__article__sentences")
        .order_by("-pk")[:NAMED]
    )
    if named and permissions.is_on_the_desk(profile.user):
        more = fresh.count() - len(named)
        with translation.override(profile.language), manners.writing_for(profile.manner):
            letter(profile, named, more, server).send()
    sent = timezone.now()
    # Where a kind is wanted by mail alone, the letter was the reading of it.
    by_mail_alone = NotificationChoice.objects.filter(person=profile.user, on_desk=False)
    unmailed.filter(read_at__isnull=True, kind__in=by_mail_alone.values("kind")).update(
        read_at=sent
    )
    unmailed.update(mailed_at=sent)
    pause = HOUR if profile.digest == Profile.Digest.HOURLY else timedelta(0)
    Profile.objects.filter(pk=profile.pk).update(
        digest_at=sent + pause, digest_failures=0, digest_reason=""
    )


def letter(
    profile: Profile, news: Sequence[Notification], more: int, server: BaseEmailBackend | None
) -> EmailMultiAlternatives:
    """The letter, ready to go, in the language that is set. `more`: how many it does not name."""
    number = len(news) + more
    subject = ngettext("%(desk)s: one piece of news", "%(desk)s: %(n)s pieces of news", number) % {
        "desk": settings.DESK_NAME,
        "n": manners.figures(number),
    }
    context = {
        "desk": settings.DESK_NAME,
        "language": profile.language,
        "direction": direction(profile.language),
        "items": [_item(one) for one in news],
        "more": more,
        "news_url": settings.SITE_URL + reverse("admin:news"),
        "settings_url": settings.SITE_URL + reverse("admin:settings"),
        "rhythm": profile.get_digest_display(),
        "subject": subject,
    }
    made = EmailMultiAlternatives(
        subject,
        render_to_string("mail/digest.txt", context),
        to=[profile.user.email],
        connection=server,
        headers={
            "Message-ID": _message_id(profile, news[0]),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{_unsubscribing(profile)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    made.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    return made


def _item(news: Notification) -> dict[str, str]:
    claim = news.claim
    secret = claim is not None and claim.confidential
    statement = words.statement_of(claim, leaves_the_house=True) if claim else ""
    quote = "" if secret else words.quote_of(news)
    return {
        "sentence": words.sentence(news, leaves_the_house=True),
        "statement": statement,
        "language": "" if secret or claim is None else claim.language,
        "quote": quote,
        # For the letter's plain text, which has no marks of direction but these.
        "line": words.isolated(" ".join(statement.split())),
        "quoted": words.isolated(" ".join(quote.split())),
        "url": settings.SITE_URL + words.path_of(news),
    }


def unsubscribe(signed: str) -> bool:
    """Sends this person no more letters; what they are told on the desk stays. `signed` is the end of
    an address that stood in one of their letters; False where it did not."""
    try:
        person = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return False
    return bool(Profile.objects.filter(user=person).update(digest=Profile.Digest.NEVER))


def _unsubscribing(profile: Profile) -> str:
    signed = signing.dumps(profile.user_id, salt=SALT)
    return settings.SITE_URL + reverse("unsubscribe", args=[signed])


def _message_id(profile: Profile, newest: Notification) -> str:
    """The same for the same letter, so that one that goes out twice is kept once."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<digest.{profile.user_id}.{newest.pk}@{host}>"


def _put_off(profiles: Sequence[Profile], reason: str) -> None:
    for profile in profiles:
        wait = min(WAIT * 2 ** min(profile.digest_failures, 10), LONGEST_WAIT)
        Profile.objects.filter(pk=profile.pk).update(
            digest_at=timezone.now() + wait,
            digest_failures=min(profile.digest_failures + 1, 1000),
            digest_reason=reason[:300],
        )


def _close(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except (smtplib.SMTPException, OSError) as error:
        log.info("the mail server hung up first: %s", error)
