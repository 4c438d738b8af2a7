"""The words all formats share: an entry's title and its text, with the verdict in them."""

import dataclasses
import re
from typing import Any, TypeVar

from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from django.utils.xmlutils import SimplerXMLGenerator

from claims.feeds.base import Entry, FeedHead, OfOriginal
from claims.languages import direction

# What XML 1.0 cannot carry in any spelling (section 2.2), and lone surrogates, which UTF-8 cannot.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Record = TypeVar("Record", Entry, FeedHead)


def fit(text: str) -> str:
    """`text` with a visible replacement (U+FFFD) for each character no feed can carry."""
    return _UNFIT.sub("\ufffd", text)


def fitted(record: Record) -> Record:
    """The record with all its texts made fit."""
    changes: dict[str, Any] = {
        field.name: fit(value)
        for field in dataclasses.fields(record)
        if isinstance(value := getattr(record, field.name), str)
    }
    if isinstance(record, Entry) and record.rating is not None:
        changes["rating"] = dataclasses.replace(record.rating, label=fit(record.rating.label))
    if isinstance(record, Entry) and record.translation is not None:
        changes["translation"] = dataclasses.replace(
            record.translation, translator=fit(record.translation.translator)
        )
    return dataclasses.replace(record, **changes)


HISTORY = "http://purl.org/syndication/history/1.0"
"""The namespace of RFC 5005."""


def add_pages(handler: SimplerXMLGenerator, head: FeedHead, link: str) -> None:
    """Where the feed's other pages are, in elements called `link`; and that this one is an archive."""
    if head.current_url:
        handler.addQuickElement("fh:archive")
    for relation, url in head.links():
        handler.addQuickElement(link, "", {"rel": relation, "href": iri_to_uri(url)})


def title(entry: Entry) -> str:
    """The verdict first, then the claim: readers who see only titles see no bare claim."""
    with override(entry.language):
        if entry.rating is None:
            return gettext("Retracted: %(claim)s") % {"claim": entry.claim}
        words = {"rating": entry.rating.label, "claim": entry.claim}
        if entry.kind == "correction":
            return gettext("%(rating)s: %(claim)s (corrected)") % words
        if entry.kind == "update":
            return gettext("%(rating)s: %(claim)s (updated)") % words
        return gettext("%(rating)s: %(claim)s") % words


def html(entry: Entry) -> SafeString:
    """The entry's text as HTML paragraphs in a block that carries its language and direction."""
    paragraphs: list[SafeString] = []
    with override(entry.language):
        if entry.rating is None:
            paragraphs.append(format_html("<strong>{}</strong>", _retracted(entry.translation)))
        else:
            paragraphs.append(format_html("<strong>{}</strong>", entry.rating.label))
        if entry.reason:
            reason = {
                "correction": gettext("What was corrected: %(reason)s"),
                "update": gettext("What is new: %(reason)s"),
            }.get(entry.kind, gettext("Reason: %(reason)s"))
            paragraphs.append(_with_reason(reason, entry))
        paragraphs.append(format_html("<q>{}</q>", entry.claim))
        if entry.claimant:
            said = gettext("Said by: %(claimant)s") % {"claimant": entry.claimant}
            paragraphs.append(format_html("{}", said))
        if entry.translation:
            paragraphs.append(_of_original(entry.translation))
    if entry.rating is not None:
        texts = [entry.summary, *re.split(r"\n\s*\n", entry.explanation)]
        paragraphs += [format_html("{}", text.strip()) for text in texts if text.strip()]
    return format_html(
        '<div lang="{}" dir="{}">{}</div>',
        entry.language,
        entry.direction,
        format_html_join("", "<p>{}</p>", ((paragraph,) for paragraph in paragraphs)),
    )


def _retracted(translation: OfOriginal | None) -> str:
    if translation is not None and translation.stands:
        return gettext("We have taken this translation back. The verdict itself stands.")
    if translation is not None and translation.stands is None:
        return gettext("This translation has been retracted. It should no longer be relied on.")
    return gettext("This verdict has been retracted. It should no longer be relied on.")


def _with_reason(sentence: str, entry: Entry) -> SafeString:
    """The sentence with the reason in it, which may be in another language than the entry."""
    language = entry.translation.reason_language if entry.translation else entry.language
    if language == entry.language:
        return format_html("{}", sentence % {"reason": entry.reason})
    marked = format_html(
        '<span lang="{}" dir="{}">{}</span>', language, direction(language), entry.reason
    )
    before, _reason, after = sentence.partition("%(reason)s")
    return format_html("{}{}{}", before, marked, after)


def _of_original(translation: OfOriginal) -> SafeString:
    said = (
        gettext("This translation is older than the original.")
        if translation.older
        else gettext("Translated from the original.")
    )
    return format_html(
        '{} <a href="{}" hreflang="{}">{}</a>',
        said,
        translation.url,
        translation.language,
        gettext("Read the original"),
    )
