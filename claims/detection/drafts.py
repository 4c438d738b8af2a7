"""A claim while it is being made: what its words are, which days it speaks of, what is asked of it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.detection.model import Dated
from claims.detection.questions import Evidence
from claims.languages import folding, temporal
from claims.languages.shapes import Piece, Reference, Span, Time, Token

# Whether a clause in that tense speaks of what is to come; the others do not tell.
_TENSES = {"future": True, "past": False}


@dataclass(slots=True)
class Draft:
    """A claim being made: a piece and what has been read off it so far."""

    piece: Piece
    sentence: int
    form: str = "narration"
    stance: str = "asserts"
    tense: str = "none"
    tokens: Sequence[Token] = ()
    kind: str = "event"
    checkable: bool = True
    dates: tuple[Dated, ...] = ()
    reference: Reference | None = None
    due: date | None = None
    folded: tuple[Span, list[str]] | None = None  # the words and the span that they were read off

    def words(self, text: str, language: str) -> list[str]:
        """The folded words of the span: stance, kind, worth and sides all ask for them."""
        if self.folded is None or self.folded[0] != self.piece.span:
            span = self.piece.span
            self.folded = span, folding.tokens(text[span.start : span.end], language)
        return self.folded[1]


def set_dates(text: str, drafts: Sequence[Draft], times: Sequence[Time], published: date) -> None:
    """Give each draft the times within its span, then those of its frame outside the claimant."""
    starts = [time.span.start for time in times]

    def within(span: Span) -> Sequence[Time]:
        return [
            time
            for time in times[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            if time.span.end <= span.end
        ]

    spans = [draft.piece.span for draft in drafts]
    read: list[tuple[Draft, list[tuple[Span, tuple[Time, bool | None]]]]] = []
    for draft in drafts:
        expected = "expected" in draft.piece.features
        future = _TENSES.get("future" if expected else draft.tense)
        found: dict[Span, tuple[Time, bool | None]] = {
            time.span: (time, True if _is_scheduled(time, draft) else future)
            for time in within(draft.piece.span)
        }
        frame = draft.piece.frame
        if frame is not None:
            for time in within(frame.region):
                inside_name = frame.claimant and _holds(frame.claimant, time.span)
                claimed = any(_holds(span, time.span) for span in _near(spans, time.span))
                # "who has led it since 1990" tells of the speaker, not when he spoke
                if not inside_name and not claimed and not time.since:
                    found.setdefault(time.span, (time, False))
        if found:
            read.append((draft, sorted(found.items())))
    # "How to vote on Wednesday" does not tell which; "they will vote on Wednesday" did.
    coming = {time.n for _, found_ in read for _, (time, ahead) in found_ if _is_next(time, ahead)}
    for draft, ordered in read:
        dates = []
        for span, (time, ahead) in ordered:
            told = ahead is not None or time.what != "weekday" or time.n not in coming
            interval = temporal.resolve(time, published, ahead if told else True)
            if interval is not None:
                interval = temporal.until_then(time, interval, published)
                dates.append(Dated(text[span.start : span.end], *span, *interval))
        draft.dates = tuple(dates)


def _is_next(time: Time, ahead: bool | None) -> bool:
    """A bare weekday that is known to be the next one."""
    return time.what == "weekday" and not time.way and (time.outlook or bool(ahead)) > 0


def _is_scheduled(time: Time, draft: Draft) -> bool:
    """ "The council votes on Wednesday": what is on the programme has its weekday before it."""
    return draft.tense == "present" and time.what == "weekday" and time.way == 0


def _near(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    at = bisect_left(spans, span.start + 1, key=lambda other: other.start)
    return spans[max(0, at - 3) : at]


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def evidence_of(draft: Draft, text: str, language: str, contested: bool) -> Evidence:
    span, frame = draft.piece.span, draft.piece.frame
    dated = {word for date_ in draft.dates for word in folding.tokens(date_.text, language)}
    claimant = frame.claimant if frame is not None else None
    return Evidence(
        language=language,
        text=text[span.start : span.end],
        words=draft.words(text, language),
        tokens=draft.tokens,
        form=draft.form,
        stance=draft.stance,
        contested=contested,
        claimant=text[claimant.start : claimant.end] if claimant else None,
        dated=bool(draft.dates),
        date_words=frozenset(dated),
        tense=draft.tense,
        position=draft.piece.position,
        expected="expected" in draft.piece.features,
        accusation="event" in draft.piece.features,
    )
