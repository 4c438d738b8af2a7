"""What a feed is made of: finished entries, in the reader's language, with absolute addresses.

A format is one module in this package with `LABEL`, `CONTENT_TYPE`, `FILE_NAME` and
`render(head, entries)`; `feeds.registry()` finds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeGuard

RETRACTION = "retraction"


@dataclass(frozen=True)
class RatingLabel:
    """A rating in the entry's language; numbers only where the scale is one of truth."""

    slug: str
    label: str
    value: int | None
    best: int | None
    worst: int | None


@dataclass(frozen=True)
class OfOriginal:
    """What a translation is of. `url` shows the original as it is now, `version_url` the version that
    was translated, whose number `version` is (None and "" where the log has it no more).

    `older`: the original has been changed since; `stands`: it has not been retracted; None in an archive
    page, which says nothing that may change. `translator` is their byline or "". `reason_language` is
    that of the publication's reason: a verdict that is retracted in all its languages gives it in its
    own.
    """

    language: str
    translator: str
    url: str
    version: int | None
    version_url: str
    older: bool | None
    stands: bool | None
    reason_language: str


@dataclass(frozen=True)
class Entry:
    """One publication: a log entry that readers see.

    `id` is the verdict's, the same over its versions; `version_url` this entry's alone. `url` shows
    the verdict as it is now. `explanation` is plain text, paragraphs apart by an empty line.
    `published_at` is this entry's time, `first_published_at` the verdict's, both aware. `reason` is
    that of a correction, update or retraction, else "". A retraction is a tombstone: it has neither
    rating nor ClaimReview, everything else has both; ValueError otherwise. `translation` is None for
    what is no translation.
    """

    number: int
    kind: str
    id: str
    url: str
    version_url: str
    claim: str
    summary: str
    explanation: str
    rating: RatingLabel | None
    language: str
    direction: str
    claimant: str
    published_at: datetime
    first_published_at: datetime
    reason: str
    claim_review: dict[str, Any] | None
    translation: OfOriginal | None = None

    def __post_init__(self) -> None:
        retracted = self.kind == RETRACTION
        if retracted != (self.rating is None) or retracted != (self.claim_review is None):
            raise ValueError(
                f"Entry {self.number} is of kind '{self.kind}': a retraction carries no rating and "
                "no ClaimReview, any other kind carries both."
            )


@dataclass(frozen=True)
class FeedHead:
    """The feed itself. `licence` is an address or a sentence.

    `previous_url` is the archive page before (RFC 5005), "" where there is none. `current_url` and
    `next_url` are those of an archive page alone: the subscription, and the page after.
    """

    title: str
    description: str
    site_url: str
    self_url: str
    language: str
    direction: str
    publisher: str
    licence: str
    previous_url: str = ""
    next_url: str = ""
    current_url: str = ""

    def links(self) -> list[tuple[str, str]]:
        """(relation, address) of the other pages, as RFC 5005 names them."""
        every = {
            "current": self.current_url,
            "prev-archive": self.previous_url,
            "next-archive": self.next_url,
        }
        return [(relation, url) for relation, url in every.items() if url]


class Format(Protocol):
    """A format module. `LABEL` names it to people, `FILE_NAME` is its address below /feeds/."""

    LABEL: str
    CONTENT_TYPE: str
    FILE_NAME: str

    def render(self, head: FeedHead, entries: Sequence[Entry]) -> bytes:
        """The feed's bytes, in the order of `entries`; the same bytes for the same arguments."""


class Dump(Format, Protocol):
    """A format that also holds everything published in one document: `begin`, the records with
    SEPARATOR between, END. In a document of its own the records stand behind the first MARK.

    `STANDING`: the whole has each verdict only as it stands, so `number_of` tells which entry of the
    log a record is.
    """

    MARK: bytes
    SEPARATOR: bytes
    END: bytes
    STANDING: bool

    def begin(self, head: FeedHead) -> bytes: ...

    def record(self, entry: Entry) -> bytes: ...

    def number_of(self, record: bytes) -> int: ...


def is_dump(form: Format) -> TypeGuard[Dump]:
    return hasattr(form, "STANDING")
