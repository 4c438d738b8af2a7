from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import ApiToken, Article, Outlet
from claims.pipeline._door import door as the_desks_door
from claims.pipeline.intake import checks
from claims.pipeline.intake.errors import IntakeError
from claims.pipeline.intake.limits import MAX_OUTLET, MAX_TITLE
from claims.pipeline.intake.receiving import Received, need_intake, outlet_at, receive
from claims.sources import _page
from claims.sources._http import Door, FetchFailed, FetchRefused, Page
from claims.sources._text import Unreadable


def receive_url(
    *,
    url: str,
    received_by: User | None,
    published_on: date | None = None,
    language: str = "",
    outlet: str = "",
    title: str = "",
    confidential: bool = False,
    token: ApiToken | None = None,
    door: Door | None = None,
) -> Received:
    """Fetches a web page, outside any transaction, and takes the article on it in.

    It appears under the address that answered, after redirects. What is not given is taken from
    the page; a day read off the page counts as unconfirmed. `door` defaults to the desk's own.
    Raises IntakeError and PermissionDenied, as `receive` does.
    """
    # Before the network is bothered.
    need_intake(received_by)
    asked = checks.clean_url(url)
    if not asked:
        raise IntakeError("url_malformed", _("There is no address. Give one."), field="url")
    if published_on is not None:
        checks.check_day(published_on, now=timezone.now())
    if language:
        checks.language_of("", language)
    title, outlet = checks.clean_title(title), checks.clean_outlet(outlet)

    page, found = read_page(asked, door)
    return receive(
        text=found.text,
        published_on=published_on or _day(found, asked),
        published_confirmed=published_on is not None,
        channel=Article.Channel.URL,
        received_by=received_by,
        language=language,
        outlet=outlet or _outlet(found, page.final_url),
        url=page.final_url,
        title=title or checks.one_line(found.title, MAX_TITLE),
        confidential=confidential,
        links=found.links,
        token=token,
    )


def look_again(*, article: Article, actor: User, door: Door | None = None) -> Received:
    """Fetches the page at which the article was seen last, and takes in what it shows now.

    The same text is the same article; another one supersedes the newest version of this one and is
    as confidential as that. Raises IntakeError and PermissionDenied.
    """
    need_intake(actor)
    seen = article.appearances.select_related("outlet").exclude(url="").order_by("-pk").first()
    if seen is None:
        raise IntakeError(
            "url_malformed",
            _("No address of this article is known, so there is nothing to look at again."),
            field="url",
        )
    page, found = read_page(seen.url, door)
    day = found.published
    if day is None or day > timezone.localdate() + timedelta(days=1):
        day, confirmed = seen.published_on, seen.published_confirmed
    else:
        confirmed = seen.published_confirmed and day == seen.published_on
    return receive(
        text=found.text,
        published_on=day,
        published_confirmed=confirmed,
        channel=Article.Channel.URL,
        received_by=actor,
        language=article.language,
        outlet=seen.outlet.name if seen.outlet else "",
        url=page.final_url,
        title=checks.one_line(found.title, MAX_TITLE),
        links=found.links,
        looked_again=article,
    )


def read_page(url: str, door: Door | None) -> tuple[Page, _page.Article]:
    """The page that answered, and the article on it with its links; raises IntakeError."""
    page = _fetch(url, door or the_desks_door())
    try:
        return page, _page.extract(page.body, url=page.final_url, charset=page.charset, links=True)
    except Unreadable as error:
        raise IntakeError("page_unusable", error.message, field="url") from error


def _fetch(url: str, door: Door) -> Page:
    try:
        return door.get(url, accept=_page.ACCEPT)
    except FetchRefused as error:
        raise IntakeError("address_refused", error.message, field="url") from error
    except FetchFailed as error:
        if error.status in (404, 410):
            code = "page_missing"
        else:
            code = "page_unusable" if error.permanent else "site_unavailable"
        raise IntakeError(code, error.message, field="url", again=not error.permanent) from error


def _day(found: _page.Article, url: str) -> date:
    if found.published is None:
        raise IntakeError(
            "date_missing",
            _("“%s” does not say when it was published. Give the day.")
            % (urlsplit(url).hostname or ""),
            field="published_on",
        )
    return found.published


def _outlet(found: _page.Article, url: str) -> str:
    """Whose page it is. A page may call itself anything, so it does not get the name of an outlet
    that the desk knows at another host."""
    known = outlet_at(url)
    if known is not None:
        return known.name
    name = checks.one_line(found.outlet, MAX_OUTLET)
    taken = Outlet.objects.filter(name__iexact=name).exclude(homepage="").exists()
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return host[:MAX_OUTLET] if taken or not name else name
