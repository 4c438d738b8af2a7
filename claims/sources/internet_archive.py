"""The Internet Archive: how an article's page looked before, and copies made by the desk's wish."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.languages import SERVED
from claims.sources import _json
from claims.sources._http import Door, FetchError
from claims.sources.base import Answer, Context, Hit, Query, Source, SourceError

COPIES = 10
# As CDX writes its moments.
_MOMENT = "%Y%m%d%H%M%S"


class InternetArchive(Source):
    """Archived copies of the claim's article, the one nearest to its day first."""

    label = gettext_lazy("Internet Archive")
    options = {
        "ARCHIVE_AVAILABILITY_URL": "https://archive.org/wayback/available",
        "ARCHIVE_CDX_URL": "https://web.archive.org/cdx/search/cdx",
    }
    sends_text_to_third_party = True
    sends = gettext_lazy("Sends the article's address to the Internet Archive")
    takes_words = False
    per_minute = 15
    concurrency = 2
    languages = SERVED
    docs = "https://archive.org/help/wayback_api.php"

    def asks(self, query: Query) -> str:
        return ", ".join(query.urls[:2])

    def lookup(self, query: Query, context: Context) -> Answer:
        hits: dict[str, Hit] = {}
        for url in query.urls[:2]:
            for hit in (*_nearest(self, url, query, context), *_copies(self, url, query, context)):
                hits.setdefault(hit.url, hit)
        return Answer(
            hits=tuple(hits.values()),
            asked=self.asks(query) or _("nothing: the article has no address"),
            sent=bool(query.urls),
        )


def _setting(source: Source, context: Context, name: str) -> str:
    return context.settings.get(name) or source.options[name]


def _nearest(source: Source, url: str, query: Query, context: Context) -> list[Hit]:
    api = _setting(source, context, "ARCHIVE_AVAILABILITY_URL")
    params = {"url": url}
    if query.published:
        params["timestamp"] = f"{query.published:%Y%m%d}"
    answered = _json.ask(context.fetch.for_source(api), api, label=str(source.label), params=params)
    with _json.known_form(str(source.label), source.docs):
        closest = answered.answer["archived_snapshots"].get("closest")
        if not closest or not closest.get("available"):
            return []
        return [_hit(url, closest["timestamp"], query)]


def _copies(source: Source, url: str, query: Query, context: Context) -> list[Hit]:
    """The days on which the page's content had changed."""
    api = _setting(source, context, "ARCHIVE_CDX_URL")
    try:
        page = context.fetch.for_source(api).get(
            api,
            params={
                "url": url,
                "output": "json",
                "fl": "timestamp,digest",
                "filter": "statuscode:200",
                "collapse": "digest",
                "limit": str(COPIES),
            },
            total_seconds=_json.TOTAL_SECONDS,
        )
    except FetchError as error:
        raise SourceError.of(error) from error
    # No copies: an empty list, or nothing at all.
    rows = _json.parsed(page.body, str(source.label)) if page.body.strip() else []
    with _json.known_form(str(source.label), source.docs):
        return [_hit(url, moment, query) for moment, _digest in rows[1:]]


def _hit(url: str, timestamp: str, query: Query) -> Hit:
    moment = datetime.strptime(timestamp, _MOMENT).replace(tzinfo=UTC)
    return Hit(
        title=_("The page as it was on %(day)s at %(time)s UTC")
        % {"day": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M}"},
        url=copy_url(url, timestamp),
        snippet=url,
        language=query.language,
        publisher=urlsplit(url).hostname or "",
        published=moment.date(),
    )


def copy_url(url: str, timestamp: str) -> str:
    return f"https://web.archive.org/web/{timestamp}/{url}"


class Saving(NamedTuple):
    """What became of a wish for a copy. `where`: its job while it is made, its address then."""

    state: Literal["making", "made"]
    where: str


def save(door: Door, url: str, *, api: str, key: str, now: datetime) -> Saving:
    """Asks for a copy (Save Page Now 2); `key` is the owner's "access:secret".

    Raises SourceError, permanent where the archive will not have this page.
    """
    answer = _posted(door, api, key, url)
    if answer.get("job_id"):
        return Saving("making", str(answer["job_id"]))
    if "status_ext" not in answer and answer.get("url"):
        # No job, for a copy was made minutes ago: the archive leads a moment to the nearest copy.
        return Saving("made", copy_url(url, f"{now.astimezone(UTC):{_MOMENT}}"))
    raise _refusal(answer)


def saved(door: Door, job: str, *, api: str, key: str) -> Saving:
    """How far a job has come; raises SourceError where it failed."""
    answered = _json.ask(
        door.for_source(api),
        f"{api.rstrip('/')}/status/{job}",
        label="Internet Archive",
        params={},
        headers=_keys(key),
    )
    answer = answered.answer if isinstance(answered.answer, dict) else {}
    if answer.get("status") == "pending":
        return Saving("making", job)
    if answer.get("status") == "success":
        with _json.known_form("Internet Archive", InternetArchive.docs):
            return Saving("made", copy_url(answer["original_url"], answer["timestamp"]))
    raise _refusal(answer)


def _posted(door: Door, api: str, key: str, url: str) -> Mapping[str, Any]:
    try:
        page = door.for_source(api).post(
            api,
            form={"url": url, "skip_first_archive": "1"},
            headers=_keys(key),
            total_seconds=30.0,
        )
    except FetchError as error:
        raise _not_let_in(error) from error
    answer = _json.parsed(page.body, "Internet Archive")
    return answer if isinstance(answer, dict) else {}


def _not_let_in(error: FetchError) -> SourceError:
    if error.status not in (401, 403):
        return SourceError.of(error)
    # Of no one page's making: with the right key they can all be saved.
    return SourceError(
        _("The Internet Archive does not know the key in ARCHIVE_KEY (%(status)d).")
        % {"status": error.status},
        permanent=False,
        retry_after=3600.0,
        status=error.status,
    )


def _keys(key: str) -> dict[str, str]:
    return {"Accept": "application/json", "Authorization": f"LOW {key}"}


PASSING = (
    "error:too-many", "error:user-session-limit", "error:max-daily", "error:service-unavailable",
    "error:bad-gateway", "error:gateway-timeout", "error:capture-location",
)  # fmt: skip


def _refusal(answer: Mapping[str, Any]) -> SourceError:
    code = str(answer.get("status_ext", "")) or "error:unknown"
    return SourceError(
        _("The Internet Archive made no copy (%(code)s): %(why)s")
        % {"code": code, "why": answer.get("message", "")},
        permanent=not code.startswith(PASSING),
        retry_after=3600.0 if code.startswith(PASSING) else None,
    )
