from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import ApiToken, Appearance, Article, Outlet, Transition
from claims.pipeline.intake import checks
from claims.workflow import record

# What was read off the page at its address: a changed text there is a new version.
FETCHED = (Article.Channel.URL, Article.Channel.FEED)


@dataclass(frozen=True)
class Received:
    article: Article
    appearance: Appearance
    is_new_article: bool
    is_new_appearance: bool


def receive(
    *,
    text: str,
    published_on: date,
    channel: Article.Channel,
    received_by: User | None,
    language: str = "",
    outlet: str = "",
    url: str = "",
    title: str = "",
    confidential: bool = False,
    published_confirmed: bool = True,
    links: Iterable[tuple[str, str]] | None = None,
    looked_again: Article | None = None,
    token: ApiToken | None = None,
) -> Received:
    """Takes a text in exactly as it is, in one transaction, or not at all.

    The same text is one article: when it comes again, what is new is the appearance, if anything.
    It becomes confidential if it comes so once, and never stops being so here. A fetched text
    supersedes the one that its address showed last, or the newest version of `looked_again`, whose
    page was fetched once more. `language` and `title` left empty are found in the text; `url` and
    `outlet` say where it was seen, `links` (address, words) where its page links to. `received_by`
    None is the system; `token` is the machine that sends it.

    Raises IntakeError for input that cannot be used, PermissionDenied for a person who may not.
    """
    need_intake(received_by)
    checks.check_text(text)
    checks.check_day(published_on, now=timezone.now())
    url = checks.clean_url(url)
    title = checks.clean_title(title) or checks.headline(text)
    outlet = checks.clean_outlet(outlet)
    language_found = checks.language_of(text, language)

    with transaction.atomic():
        older = None
        if looked_again is not None:
            older = _newest_version(looked_again.pk)
        elif url and channel in FETCHED:
            older = _shown_last_at(url)
        if older is not None and text.split() == older.text.split():
            # Pasted once and fetched now, or fetched twice: other line breaks are no other text.
            text = older.text
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        article, is_new = Article.objects.select_for_update().get_or_create(
            sha256=sha256,
            defaults={
                "text": text,
                "title": title,
                "language": language_found,
                "channel": channel,
                "confidential": confidential or (older is not None and older.confidential),
                "received_by": received_by,
                "supersedes": older,
                "links": None
                if links is None
                else [{"url": address, "text": words} for address, words in links],
            },
        )
        appearance, is_new_appearance = Appearance.objects.get_or_create(
            article=article,
            outlet=_outlet(outlet, url, language_found),
            url=url,
            published_on=published_on,
            defaults={"published_confirmed": published_confirmed},
        )
        changes: dict[str, Any] = {}
        if confidential and not article.confidential:
            article.confidential = changes["confidential"] = True
            article.save(update_fields=["confidential"])
        if published_confirmed and not appearance.published_confirmed:
            appearance.published_confirmed = changes["published_confirmed"] = True
            appearance.save(update_fields=["published_confirmed"])
        if is_new or is_new_appearance or changes or (token and not brought_in(article, token)):
            if is_new:
                changes |= {
                    "sha256": sha256,
                    "characters": len(text),
                    "language": article.language,
                    "language_detected": not language,
                    "confidential": article.confidential,
                    "supersedes": article.supersedes_id,
                }
            record(
                Transition.Subject.ARTICLE,
                article.pk,
                "receive" if is_new else "receive_again",
                actor=received_by,
                data=changes
                | {
                    "channel": str(channel),
                    "appearance": appearance.pk,
                    "token": token.pk if token else None,
                },
            )
    return Received(article, appearance, is_new, is_new_appearance)


def need_intake(received_by: User | None) -> None:
    if received_by is not None and not permissions.may(received_by, permissions.INTAKE):
        raise PermissionDenied(
            _("Bringing articles in is not among your rights. Ask an administrator.")
        )


def brought_in(article: Article, token: ApiToken) -> bool:
    """Whether this machine has sent this article, first or again."""
    return Transition.objects.filter(
        subject=Transition.Subject.ARTICLE,
        subject_id=article.pk,
        action__in=["receive", "receive_again"],
        data__token=token.pk,
    ).exists()


def _shown_last_at(url: str) -> Article | None:
    """The article to be superseded by what the address shows now, locked."""
    last = Appearance.objects.filter(url=url).order_by("-pk").first()
    return _newest_version(last.article_id) if last else None


def _newest_version(article_id: int) -> Article | None:
    """The last article of its line, locked, because an article is superseded only once."""
    following: int | None = article_id
    article = None
    while following is not None:
        article = Article.objects.select_for_update().get(pk=following)
        following = Article.objects.filter(supersedes=article).values_list("pk", flat=True).first()
    return article


def outlet_at(url: str) -> Outlet | None:
    """The outlet whose homepage is on the host of this address."""
    host = _host(url)
    if not host:
        return None
    for outlet in Outlet.objects.filter(homepage__icontains=host).order_by("pk"):
        if _host(outlet.homepage) == host:
            return outlet
    return None


def _outlet(name: str, url: str, language: str) -> Outlet | None:
    """The outlet of that name, made where it is new; without a name, the one whose homepage the
    address lies on."""
    if not name:
        return outlet_at(url)
    known = Outlet.objects.filter(name__iexact=name).order_by("pk").first()
    if known is not None:
        return known
    host = _host(url)
    homepage = f"{urlsplit(url).scheme}://{host}/" if host and len(host) < 180 else ""
    return Outlet.objects.get_or_create(
        name=name, defaults={"homepage": homepage, "language": language}
    )[0]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
