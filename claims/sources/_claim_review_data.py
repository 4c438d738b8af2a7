"""Other desks' fact-checks from ClaimReview data files, read as a stream.

Reads what the Data Commons feed, the research data set and plain markup look like:

* a `DataFeed` object, `dataFeedElement[].item[]` (https://www.datacommons.org/factcheck/download);
* one ClaimReview object a line;
* one ClaimReview object, or an array of them or of feed elements.

Real files hold null where an item should be, numbers as quoted strings, licences as text or as
objects. What can be understood is; what cannot is reported with its position and the reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from claims.sources._json_stream import BrokenFile, BrokenValue, json_values

__all__ = ["BrokenFile", "ImportedCheck", "Skipped", "read_claim_reviews"]

MAX_FIELD = 10_000


@dataclass(frozen=True)
class ImportedCheck:
    """One fact-check of another desk, in plain text as published.

    `position` is "element 12", "element 12, item 2" or "line 12", counted from 1. Text that was
    not there is ""; numbers and dates are None. `rating` is the publisher's wording; the three
    numbers mean nothing without each other. `language` is "" in Data Commons files, which do not
    say it. `remarks` names what of the record was not understood and left out.
    """

    position: str
    claim: str
    url: str
    title: str
    publisher: str
    publisher_url: str
    published: date | None
    rating: str
    rating_value: float | None
    best_rating: float | None
    worst_rating: float | None
    claimant: str
    claim_published: date | None
    first_appearance: str
    appearances: tuple[str, ...]
    language: str
    licence: str
    supplier: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skipped:
    """A place in the file that gave no fact-check, and why."""

    position: str
    reason: str


def read_claim_reviews(file: BinaryIO) -> Iterator[ImportedCheck | Skipped]:
    """Every record of a seekable binary file, in order, in constant memory.

    Raises BrokenFile where it is not JSON, or stops being JSON; a broken line of a line-wise file
    is only skipped.
    """
    for position, value in json_values(file, list_name="dataFeedElement"):
        if isinstance(value, BrokenValue):
            yield Skipped(position, value.reason)
        else:
            yield from _element(value, position)


def _element(element: Any, position: str) -> Iterator[ImportedCheck | Skipped]:
    if not isinstance(element, dict):
        yield Skipped(position, _("not an object but %s") % _kind(element))
        return
    if "item" not in element:
        yield _record(element, position, fallback_url="")
        return
    items = element["item"]
    fallback_url = _text(element.get("url"))
    if isinstance(items, dict):
        items = [items]
    if not isinstance(items, list) or not items:
        yield Skipped(position, _("its item is %s") % _kind(items))
        return
    for index, item in enumerate(items, start=1):
        place = (
            position
            if len(items) == 1
            else _("%(element)s, item %(index)d")
            % {
                "element": position,
                "index": index,
            }
        )
        if isinstance(item, dict):
            yield _record(item, place, fallback_url=fallback_url)
        else:
            yield Skipped(place, _("its item is %s") % _kind(item))


def _record(
    item: Mapping[str, Any], position: str, *, fallback_url: str
) -> ImportedCheck | Skipped:
    types = item.get("@type", "ClaimReview")
    if "ClaimReview" not in (types if isinstance(types, list) else [types]):
        return Skipped(position, _("of type %s, not ClaimReview") % _text(types))
    claim = _text(item.get("claimReviewed"))
    if not claim:
        return Skipped(position, _("it names no claim (claimReviewed)"))
    url = _text(item.get("url")) or fallback_url
    if not _is_web(url):
        return Skipped(position, _("it has no web address (url is “%s”)") % url[:200])
    remarks: list[str] = []
    about = _first_object(item.get("itemReviewed"))
    rating = _first_object(item.get("reviewRating"))
    author = item.get("author")
    appearances = about.get("appearance")
    check = ImportedCheck(
        position=position,
        claim=claim,
        url=url,
        title=_text(item.get("headline")) or _text(item.get("name")),
        publisher=_name(author),
        publisher_url=_web(_first_object(author).get("url")),
        published=_date(item.get("datePublished"), "datePublished", remarks),
        rating=_text(rating.get("alternateName")) or _text(rating.get("name")),
        rating_value=_number(rating.get("ratingValue"), "ratingValue", remarks),
        best_rating=_number(rating.get("bestRating"), "bestRating", remarks),
        worst_rating=_number(rating.get("worstRating"), "worstRating", remarks),
        claimant=_name(about.get("author")),
        claim_published=_date(about.get("datePublished"), "itemReviewed.datePublished", remarks),
        first_appearance=_address(about.get("firstAppearance")),
        appearances=tuple(
            address
            for entry in (appearances if isinstance(appearances, list) else [appearances])
            if (address := _address(entry))
        ),
        language=_text(item.get("inLanguage")),
        licence=_licence(item.get("sdLicense")),
        supplier=_name(item.get("sdPublisher")),
        remarks=tuple(remarks),
    )
    if any(isinstance(value, str) and len(value) > MAX_FIELD for value in vars(check).values()):
        return Skipped(position, _("a field is longer than %d characters") % MAX_FIELD)
    return check


def _text(value: Any) -> str:
    """One line of text that every database takes: no NUL, no half surrogate pair."""
    if isinstance(value, list):
        value = next((entry for entry in value if entry), "")
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name") or ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    text = str(value).replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())


def _name(value: Any) -> str:
    return _text(_first_object(value).get("name") if not isinstance(value, str) else value)


def _first_object(value: Any) -> Mapping[str, Any]:
    if isinstance(value, list):
        value = next((entry for entry in value if isinstance(entry, Mapping)), None)
    return value if isinstance(value, Mapping) else {}


def _address(value: Any) -> str:
    return _web(value if isinstance(value, str) else _first_object(value).get("url"))


def _licence(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    found = _first_object(value)
    return _text(found.get("@id") or found.get("url"))


def _web(value: Any) -> str:
    url = _text(value)
    return url if _is_web(url) else ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _number(value: Any, field: str, remarks: list[str]) -> float | None:
    text = _text(value)
    if not text:
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = float("nan")
    # json reads NaN and Infinity, and so does float().
    if number - number != 0:
        remarks.append(_("%(field)s is no number: “%(value)s”") % _named(field, text))
        return None
    return number


def _date(value: Any, field: str, remarks: list[str]) -> date | None:
    text = _text(value)
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        remarks.append(_("%(field)s is no ISO date: “%(value)s”") % _named(field, text))
        return None


def _named(field: str, value: str) -> dict[str, str]:
    return {"field": field, "value": value[:80]}


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if value == []:
        return _("an empty list")
    return type(value).__name__
