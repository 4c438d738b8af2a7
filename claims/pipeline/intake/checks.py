"""What a text, a day, an address and a name must be, each refused in words for a person."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

import httpx2
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from claims import languages
from claims.pipeline.intake.errors import IntakeError
from claims.pipeline.intake.limits import (
    EARLIEST,
    MAX_CHARACTERS,
    MAX_OUTLET,
    MAX_TITLE,
    MAX_URL,
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_is_web_address = URLValidator(schemes=["http", "https"])

# A line longer than this, or with more words, is a paragraph and no headline.
HEADLINE_CHARACTERS = 200
HEADLINE_WORDS = 30
_SENTENCE_ENDS = (".", "،", ",", ";", "؛", ":", "…", "۔")


def check_text(text: str) -> None:
    """Raises IntakeError for a text that cannot be kept exactly, or that says nothing."""
    if len(text) > MAX_CHARACTERS:
        raise IntakeError(
            "too_large",
            _(
                "The text is %(length)d characters long; at most %(limit)d are taken in. Cut it "
                "to the article, or bring it in in parts."
            )
            % {"length": len(text), "limit": MAX_CHARACTERS},
            field="text",
        )
    nul = text.find("\x00")
    if nul >= 0:
        raise IntakeError(
            "binary",
            _(
                "Character %d is a NUL, so this is not a text. Open the file it comes from and "
                "paste what it says."
            )
            % (nul + 1),
            field="text",
        )
    surrogate = _SURROGATE.search(text)
    if surrogate is not None:
        raise IntakeError(
            "surrogates",
            _(
                "Character %(position)d (U+%(code)04X) is half of a surrogate pair, so the text "
                "was damaged on its way. Send it again as UTF-8."
            )
            % {"position": surrogate.start() + 1, "code": ord(surrogate.group())},
            field="text",
        )
    if not any(unicodedata.category(character)[0] not in "ZC" for character in text):
        raise IntakeError(
            "empty", _("There is no text. Paste the article, or give its file."), field="text"
        )


def language_of(text: str, given: str) -> str:
    """The given language if the desk serves it; without one, the text's own."""
    known = ", ".join(sorted(languages.SERVED))
    if given:
        if given not in languages.SERVED:
            raise IntakeError(
                "language_unserved",
                _("No splitter for “%(language)s”. Known: %(known)s.")
                % {"language": one_line(given, 40), "known": known},
                field="language",
            )
        return given
    found = languages.detect(text)
    if found is None:
        raise IntakeError(
            "language_unknown",
            _(
                "The language of the text could not be told; it is too short, or none of those "
                "the desk serves. Known: %(known)s. Say which one it is."
            )
            % {"known": known},
            field="language",
        )
    return found


def check_day(day: date, *, now: datetime) -> None:
    """Raises IntakeError for a day that has nowhere begun yet, and for one long ago."""
    # It is already tomorrow in UTC+14 when it is 10:00 in UTC.
    today = (now + timedelta(hours=14)).date()
    if day > today:
        raise IntakeError(
            "date_future",
            _(
                "The publication date %(day)s is in the future (today is %(today)s). Give the day "
                "on which the article was published."
            )
            % {"day": day.isoformat(), "today": now.date().isoformat()},
            field="published_on",
        )
    if day < EARLIEST:
        raise IntakeError(
            "date_implausible",
            _(
                "The publication date %(day)s is before %(earliest)s. Check the year; it is "
                "written YYYY-MM-DD."
            )
            % {"day": day.isoformat(), "earliest": EARLIEST.isoformat()},
            field="published_on",
        )


def clean_url(url: str) -> str:
    """The address under which a text was seen, in the form in which the door fetches it; "" for
    none. The fragment goes: it names a place on the page, not a page."""
    url = url.strip()
    if not url:
        return ""
    try:
        if _CONTROL.search(url):
            raise ValueError("a control character")
        _is_web_address(url)
        parsed = httpx2.URL(url).copy_with(fragment=None)
    except (ValidationError, ValueError, httpx2.InvalidURL) as error:
        raise IntakeError(
            "url_malformed",
            _("“%s” is not a web address. Give a whole one, beginning with http:// or https://.")
            % one_line(url, 200),
            field="url",
        ) from error
    if parsed.userinfo:
        raise IntakeError(
            "url_malformed",
            _("The address carries a user name or a password. Give it without."),
            field="url",
        )
    cleaned = str(parsed)
    if len(cleaned) > MAX_URL:
        raise IntakeError(
            "url_malformed",
            _("The address is %(length)d bytes long; at most %(limit)d are kept. Shorten it.")
            % {"length": len(cleaned), "limit": MAX_URL},
            field="url",
        )
    return cleaned


def clean_title(title: str) -> str:
    title = title.strip()
    if len(title) > MAX_TITLE or _CONTROL.search(title):
        raise IntakeError(
            "title_unusable",
            _("A title is one line of at most %d characters. Shorten it.") % MAX_TITLE,
            field="title",
        )
    return title


def clean_outlet(name: str) -> str:
    name = name.strip()
    if len(name) > MAX_OUTLET or _CONTROL.search(name):
        raise IntakeError(
            "outlet_unusable",
            _("An outlet's name is one line of at most %d characters. Shorten it.") % MAX_OUTLET,
            field="outlet",
        )
    return name


def headline(text: str) -> str:
    """The first line, if more follows and it looks like a headline; else ""."""
    first, _newline, rest = text.lstrip().partition("\n")
    first = first.strip()
    looks_like_one = (
        rest.strip()
        and len(first) <= HEADLINE_CHARACTERS
        and len(first.split()) <= HEADLINE_WORDS
        and not first.endswith(_SENTENCE_ENDS)
        and not _CONTROL.search(first)
    )
    return first if looks_like_one else ""


def one_line(text: str, limit: int) -> str:
    """What a page says of itself, cut to fit; never a reason to refuse the page."""
    text = " ".join(_CONTROL.sub(" ", text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
