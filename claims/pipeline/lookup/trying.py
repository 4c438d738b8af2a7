"""Trying a source: one question, asked at once, for whoever looks after the sources.

It belongs to no claim and leaves no lookup, but a line in the desk's history, by which the day's
budget counts it; the source's rate and its breaker count it like any other request.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, TimeoutError
from dataclasses import dataclass
from threading import Thread

import redis
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Transition
from claims.pipeline import _traffic as traffic
from claims.pipeline.lookup import budget
from claims.pipeline.lookup.asking import missing_settings
from claims.pipeline.lookup.context import context_for
from claims.sources import registry
from claims.sources.base import Answer, Query, Source, SourceError
from claims.workflow import IllegalMove, record

log = logging.getLogger(__name__)

# A person waits for it. What takes longer ends by itself, unseen.
SECONDS = 15.0
# True, known to every encyclopedia, and nothing that a desk would be checking.
HARMLESS = {
    "ar": "يصل مضيق البوسفور البحر الأسود ببحر مرمرة",
    "tr": "İstanbul Boğazı Karadeniz'i Marmara Denizi'ne bağlar",
    "en": "The Bosphorus connects the Black Sea with the Sea of Marmara",
}
NOBODY_IN_PARTICULAR = {"ar": "الأمم المتحدة", "tr": "Birleşmiş Milletler", "en": "United Nations"}
PAGE = "https://www.un.org/"


@dataclass(frozen=True)
class Trial:
    """`answer` is None where there was none; `error` then says why. `seconds` it took."""

    question: str
    seconds: float
    answer: Answer | None = None
    error: str = ""


def may_try(user: permissions.Person) -> bool:
    return permissions.may(user, permissions.ADMINISTER) or permissions.may(
        user, permissions.REVIEW
    )


def harmless(source: Source) -> Query:
    """The fixed question: the same for every source, in the first of its languages."""
    language = source.languages[0]
    return Query(
        text=HARMLESS[language],
        language=language,
        claimant=NOBODY_IN_PARTICULAR[language],
        published=timezone.now().date(),
        urls=(PAGE,),
    )


def try_source(*, name: str, actor: User | None, words: str = "", language: str = "") -> Trial:
    """Asks one source the harmless question, or `words`; by a person, or by who runs the desk (actor
    None). Whatever the source does, there is a Trial within SECONDS.

    Raises PermissionDenied, and IllegalMove where the source must not be asked now.
    """
    if actor is not None and not may_try(actor):
        raise PermissionDenied(_("Trying a source is for reviewers and administrators."))
    source = _usable(name)
    query = harmless(source)
    if words:
        language = language or source.languages[0]
        query = Query(text=words, language=language, claimant=words, terms=words, urls=())
    place = _leave(source) if source.sends_text_to_third_party else None
    with transaction.atomic():
        record(Transition.Subject.DESK, 0, budget.TRY, actor=actor, data={"source": name})
    if place is None:
        return _timed(query, lambda: source.lookup(query, context_for(source)))
    return _timed(query, lambda: _in_time(source, query, place))


def _usable(name: str) -> Source:
    source = registry().get(name)
    if source is None:
        raise IllegalMove(
            _("There is no source “%(name)s”. Known: %(known)s.")
            % {"name": name, "known": ", ".join(registry())}
        )
    if missing := missing_settings(source):
        raise IllegalMove(
            _("%(source)s is skipped until %(names)s is set in the desk's environment.")
            % {"source": source.label, "names": ", ".join(missing)}
        )
    return source


def _leave(source: Source) -> str:
    """The place this one request takes among those of all workers."""
    if budget.left(timezone.now()) <= 0:
        raise IllegalMove(_("The day's budget of requests is spent."))
    try:
        leave = traffic.take(source, 1)
    except redis.RedisError as error:
        raise IllegalMove(
            _(
                "Redis does not answer, and without it nobody counts how often an outside source is "
                "asked. Start it, then try again."
            )
        ) from error
    if not leave.places:
        raise IllegalMove(
            _("%(source)s must not be asked now: its limit is reached. Try in %(seconds)s seconds.")
            % {"source": source.label, "seconds": max(1, round(leave.wait))}
        )
    return leave.places[0]


def _in_time(source: Source, query: Query, place: str) -> Answer:
    """The answer, if it comes in time. The thread belongs to nobody: it ends with its request."""
    ended: Future[Answer] = Future()
    language = translation.get_language()

    def ask() -> None:
        with translation.override(language):
            try:
                ended.set_result(source.lookup(query, context_for(source)))
            except Exception as error:
                ended.set_exception(error)
        with contextlib.suppress(redis.RedisError):
            traffic.give_back(source, [place])

    Thread(target=ask, daemon=True).start()
    try:
        answer = ended.result(timeout=SECONDS)
    except TimeoutError as error:
        raise SourceError(
            _("No answer within %(seconds)s seconds.") % {"seconds": round(SECONDS)},
            permanent=False,
        ) from error
    except SourceError as error:
        _tell_breaker(source, error)
        raise
    _tell_breaker(source, None)
    return answer


def _tell_breaker(source: Source, error: SourceError | None) -> None:
    with contextlib.suppress(redis.RedisError):
        if error is None or error.permanent:
            traffic.answered(source)
        else:
            traffic.failed(source, 1, error.retry_after)


def _timed(query: Query, ask: Callable[[], Answer]) -> Trial:
    started = time.monotonic()
    answer, error = None, ""
    try:
        answer = ask()
    except SourceError as failed:
        error = failed.message
    except Exception:
        log.exception("a source failed when it was tried")
        error = _("An error in our own code for this source. The log has it.")
    return Trial(query.text, time.monotonic() - started, answer, error)
