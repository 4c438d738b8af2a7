"""What a source is, what it is asked, and what it answers.

A source looks for what is already known about a claim. It gets everything it may use in a frozen
`Context`; it touches neither the database nor the settings. It is one module in this package with
one `Source` subclass; `sources.registry()` finds it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal, NamedTuple

from django.utils.functional import Promise

from claims.sources._http import Door, FetchError
from claims.sources._words import Name, figures, names, salient_words

HitKind = Literal["page", "check", "own", "entity"]
RowKind = Literal["verdicts", "imported_checks", "collected", "links"]


@dataclass(frozen=True)
class Query:
    """A claim to look up.

    `claimant` is who says it, by name, `claimant_id` who that is on Wikidata, where an editor has said
    so. `published` is the day of the article it stands in, `days`
    the first and the last day that the article or its own dates speak of. `urls` is where that has
    been seen, `claim` its number for our own rows. `terms`: the words an editor wants asked, "" to
    have them made from the text.
    """

    text: str
    language: str
    claimant: str | None = None
    claimant_id: str = ""
    published: date | None = None
    days: tuple[date, date] | None = None
    urls: tuple[str, ...] = ()
    claim: int | None = None
    terms: str = ""

    def words(self, limit: int) -> tuple[str, ...]:
        """What to ask a search engine for: the editor's words, or at most `limit` of the text's."""
        if self.terms:
            return tuple(self.terms.split())
        return salient_words(self.text, self.language, limit)

    def names(self, limit: int) -> tuple[Name, ...]:
        """At most so many names in the text, with their spellings in the served languages; none
        where an editor chose the words: then those are asked and no others."""
        return () if self.terms else names(self.text, self.language)[:limit]

    def words_in(self, language: str, limit: int) -> tuple[str, ...]:
        """What of the claim can be asked for in another language without translating it: names
        that a list knows, and figures. () where no two names are known: one would find anything."""
        sure = [name.spelled[language] for name in self.names(limit) if name.sure]
        return (*sure, *figures(self.text))[:limit] if len(sure) > 1 else ()


@dataclass(frozen=True)
class Hit:
    """One find, in plain text; for an editor to judge, never evidence by itself.

    `kind`: "page" is any web page, "check" somebody's fact-check, "own" a verdict of this desk,
    "entity" who or what a name may mean.
    `rating` is the publisher's own wording, "" for a page.
    """

    title: str
    url: str
    snippet: str
    language: str = ""
    publisher: str = ""
    published: date | None = None
    rating: str = ""
    kind: HitKind = "page"


@dataclass(frozen=True)
class Answer:
    """No hits is an answer. `asked` is what was asked, as an editor may read it: no secrets.
    `sent`: somebody was asked; not where there was nothing to ask for."""

    hits: tuple[Hit, ...]
    asked: str
    sent: bool = True


class SourceError(Exception):
    """The source gave no answer.

    `permanent`: asking the same again cannot help. `retry_after`: seconds it asked us to wait.
    `status`: the HTTP status, where there was one.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        retry_after: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent
        self.retry_after = retry_after
        self.status = status

    @classmethod
    def of(cls, error: FetchError) -> "SourceError":
        """What the door said, as the source's failure."""
        return cls(
            error.message,
            permanent=error.permanent,
            retry_after=error.retry_after,
            status=error.status,
        )


class Row(NamedTuple):
    """A stored record found by `Context.search_rows`; `score` orders rows of one search only."""

    title: str
    text: str
    url: str
    language: str
    publisher: str
    published: date | None
    rating: str
    score: float

    def as_hit(self, kind: HitKind) -> Hit:
        """The row as it is shown; its text is the snippet."""
        return Hit(
            title=self.title,
            url=self.url,
            snippet=self.text,
            language=self.language,
            publisher=self.publisher,
            published=self.published,
            rating=self.rating,
            kind=kind,
        )


@dataclass(frozen=True)
class Context:
    """Everything a source may use.

    `settings` holds the names the source lists in `needs` and `options`, and no others.
    `search_rows(kind, query, limit)` returns the best rows of our own tables, best first.
    """

    now: Callable[[], datetime]
    fetch: Door
    settings: Mapping[str, str]
    search_rows: Callable[[RowKind, Query, int], Sequence[Row]]


class Source(ABC):
    """Subclass it once in a module of this package; the module's name is the source's name.

    `needs`: settings without which it is skipped. `options`: settings it has a value for when the
    desk gives none. `per_minute`: lookups it may be asked for. `concurrency`: how many at once.
    `least_seconds`: the shortest pause between two.
    `sends`: what leaves the house and to whom, one sentence for an editor, "Sends …"; "" where
    nothing does. `takes_words`: whether an editor may choose the words it is asked with.
    `languages`: of the claims it serves. `docs`: its API's documentation, "" for our own data.
    """

    label: ClassVar[str | Promise]
    needs: ClassVar[tuple[str, ...]] = ()
    options: ClassVar[Mapping[str, str]] = {}
    sends_text_to_third_party: ClassVar[bool]
    sends: ClassVar[str | Promise] = ""
    takes_words: ClassVar[bool] = True
    per_minute: ClassVar[int]
    concurrency: ClassVar[int]
    least_seconds: ClassVar[float] = 0.0
    languages: ClassVar[tuple[str, ...]]
    docs: ClassVar[str]

    @property
    def name(self) -> str:
        return type(self).__module__.rpartition(".")[2]

    def asks(self, query: Query) -> str:
        """What it will be asked for this claim, as an editor may read it; "" for nothing."""
        return query.terms or query.text

    @abstractmethod
    def lookup(self, query: Query, context: Context) -> Answer:
        """Raises SourceError when there is no answer; never an error of the network library."""
