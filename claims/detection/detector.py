"""An article split into its claims: the one function everything outside detection calls."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import ModuleType

from claims.detection import (
    attribution,
    checkworthiness,
    contestation,
    furniture,
    opposition,
    provenance,
    segmentation,
    views,
)
from claims.detection.drafts import Draft, evidence_of, set_dates
from claims.detection.model import Claim, Dated, Detection, Mention
from claims.detection.sides import Outcome, Side, side_of
from claims.detection.statement import statement
from claims.languages import KNOWN, temporal
from claims.languages._served import part
from claims.languages.quotation import quotes as find_quotes
from claims.languages.shapes import Frame, Piece, Quote, Span, Token, tokenise
from claims.languages.spans import Marked

_ASKED = re.compile('["”»’)\\s]*[?؟]')
_FEWEST_WORDS = 2
_PARTING = frozenset(",،;؛:.!?؟…—")
# Tokens. What runs on without a full stop for longer is read in stretches, so that no rule's
# look ahead can make the whole quadratic.
_LONGEST_SENTENCE = 400


class NoSplitter(ValueError):
    """A language that cannot be split; the message lists those that can."""

    def __init__(self, language: str) -> None:
        super().__init__(f"No splitter for '{language}'. Known: {', '.join(KNOWN)}.")


def split(text: str, *, language: str, published: date) -> Detection:
    """The claims of ``text``, an article in a known language published on that day.

    Linear in the length of the text. Any text gives a result. Raises NoSplitter.
    """
    grammar = grammar_of(language)
    quotes = find_quotes(text)
    sentences = segmentation.sentences(text, language, quotes)
    tokens = tokenise(text, grammar.normal)
    drafts = _drafts(text, language, grammar, tokens, quotes, sentences)
    times = grammar.times(tokens)
    for draft in drafts:
        _read_words(draft, grammar, tokens)
    today = temporal.today(times, published)
    set_dates(text, drafts, times, today)
    for draft in drafts:
        _judge_kind(draft, text, language, today)
        _set_due(draft, published)
    drafts = _merged_opinions(text, drafts, quotes)
    sides = _sides(text, language, drafts)
    contestation.link(sides)
    for draft, side in zip(drafts, sides, strict=True):
        draft.stance = side.stance
    # A long text's words by side are not needed while its claims are made.
    outcomes = [side.outcome for side in sides]
    del sides
    claims = [
        _claim(text, language, at, draft, outcome)
        for at, (draft, outcome) in enumerate(zip(drafts, outcomes, strict=True))
    ]
    return Detection(language, published, tuple(sentences), tuple(claims))


def read(text: str, start: int, end: int, *, language: str, published: date) -> Claim:
    """What ``split`` would say of the words ``start:end``, had it found them as one claim.

    Somebody marked them: they stand under the frame of the claim that is found there, if one is,
    and dates, kind, worth and statement are their own. Raises NoSplitter, and ValueError for a span
    that is empty or outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"No words at {start}–{end} in a text of {len(text)}.")
    grammar = grammar_of(language)
    quotes = find_quotes(text)
    tokens = tokenise(text, grammar.normal)
    sentences = segmentation.sentences(text, language, quotes)
    span = Span(start, end)
    found = _drafts(text, language, grammar, tokens, quotes, sentences)
    there = max(found, key=lambda draft: _shared(draft.piece.span, span), default=None)
    marked = Draft(Piece(span), 0)
    if there is not None and _shared(there.piece.span, span):
        marked = replace(there, piece=replace(there.piece, span=span, contains=None))
        marked.form = attribution.form_of(marked.piece.frame, span, quotes)
    # The day in the frame may be another claim's: those beside it are needed to tell.
    around = [draft for draft in found if not _shared(draft.piece.span, span)]
    times = grammar.times(tokens)
    _read_words(marked, grammar, tokens)
    beside = sorted([*around, marked], key=lambda draft: draft.piece.span)
    today = temporal.today(times, published)
    set_dates(text, beside, times, today)
    _judge_kind(marked, text, language, today)
    _set_due(marked, published)
    (side,) = _sides(text, language, [marked])
    return _claim(text, language, 0, marked, side.outcome)


def due(dates: Sequence[Dated], published: date) -> date | None:
    """From when what is foretold can be checked: when the last day it speaks of has come."""
    return max((dated.last for dated in dates if dated.last >= published), default=None)


def _shared(one: Span, other: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def grammar_of(language: str) -> ModuleType:
    """The grammar of a language that can be split. Raises NoSplitter."""
    if language not in KNOWN:
        raise NoSplitter(language)
    return part(language, "grammar")


def _drafts(
    text: str,
    language: str,
    grammar: ModuleType,
    tokens: Sequence[Token],
    quotes: Sequence[Quote],
    sentences: Sequence[tuple[int, int]],
) -> list[Draft]:
    begin = furniture.body_start(text, language)
    ranges: list[tuple[int, int]] = []
    kept: list[int] = []
    marked = Marked(text, quotes)
    at = 0
    for number, (start, end) in enumerate(sentences):
        if end <= begin or furniture.is_furniture(text, sentences, number, language):
            continue
        start = furniture.dateline_end(text, max(start, begin), end)
        while at < len(tokens) and tokens[at].start < start:
            at += 1
        lo = at
        while at < len(tokens) and tokens[at].start < end:
            at += 1
        around = marked.quote_around(start)
        goes_on = around is not None and around.start < start and kept[-1:] == [number - 1]
        if goes_on and at - ranges[-1][0] <= _LONGEST_SENTENCE:
            # The quotation goes on: it is read with the words that introduced it.
            ranges[-1], kept[-1] = (ranges[-1][0], at), number
            continue
        for stretch in _stretches(tokens, lo, at):
            ranges.append(stretch)
            kept.append(number)
    drafts: list[Draft] = []
    for number, found in zip(kept, grammar.pieces(text, tokens, quotes, ranges), strict=True):
        drafts.extend(Draft(piece, number) for piece in found)
    attribution.resolve([draft.piece for draft in drafts])
    drafts = [draft for draft in drafts if _states_something(draft.piece, text)]
    drafts.sort(key=lambda draft: (draft.piece.span.start, -draft.piece.span.end))
    for draft in drafts:
        draft.form = attribution.form_of(draft.piece.frame, draft.piece.span, quotes)
        if draft.piece.frame is not None:
            draft.stance = draft.piece.stance or draft.piece.frame.stance
    opposition.read(text, language, drafts)
    return drafts


def _stretches(tokens: Sequence[Token], lo: int, hi: int) -> list[tuple[int, int]]:
    """The tokens ``lo..hi`` in stretches that a grammar can look through, each cut behind a mark."""
    found = []
    while hi - lo > _LONGEST_SENTENCE:
        latest = lo + _LONGEST_SENTENCE
        cut = next(
            (
                k
                for k in range(latest, latest - _LONGEST_SENTENCE // 2, -1)
                if _parts(tokens[k - 1])
            ),
            latest,
        )
        found.append((lo, cut))
        lo = cut
    return [*found, (lo, hi)] if lo < hi else found


def _parts(token: Token) -> bool:
    """A mark behind which a clause may begin."""
    return not token.is_word and token.norm in _PARTING


def _states_something(piece: Piece, text: str) -> bool:
    words = text[piece.span.start : piece.span.end].split()
    if len(words) < _FEWEST_WORDS or (piece.frame is None and len(words) < 3):
        return False
    return _ASKED.match(text, piece.span.end) is None


def _read_words(draft: Draft, grammar: ModuleType, tokens: Sequence[Token]) -> None:
    span = draft.piece.span
    lo = bisect_left(tokens, span.start, key=_start)
    if lo and tokens[lo - 1].end > span.start:
        lo -= 1
    hi = bisect_left(tokens, span.end, key=_start)
    draft.tokens = tokens[lo:hi]
    words = [token.norm for token in draft.tokens if token.is_word]
    if lo < hi and tokens[lo].start < span.start and words:
        words[0] = grammar.normal(words[0][span.start - tokens[lo].start :])
    draft.tense = grammar.tense(words)
    draft.reference = grammar.reference(tokens, lo, hi, draft.piece.frame, draft.form)


def _start(token: Token) -> int:
    return token.start


def _set_due(draft: Draft, published: date) -> None:
    draft.due = due(draft.dates, published) if draft.kind == "prediction" else None


def _judge_kind(draft: Draft, text: str, language: str, today: date) -> None:
    if draft.tense == "present" and any(dated.first > today for dated in draft.dates):
        draft.tense = "future"
    evidence = evidence_of(draft, text, language, False)
    draft.kind, draft.checkable = views.judged(evidence)


def _merged_opinions(text: str, drafts: Sequence[Draft], quotes: Sequence[Quote]) -> list[Draft]:
    """Neighbouring opinions of one quotation become one claim."""
    merged: list[Draft] = []
    starts = [quote.start for quote in quotes]
    for draft in drafts:
        before = merged[-1] if merged else None
        if (
            before is not None
            and before.kind == draft.kind == "opinion"
            and before.form == draft.form == "direct"
            and before.piece.frame is draft.piece.frame
            and bisect_left(starts, before.piece.span.end)
            == bisect_left(starts, draft.piece.span.end)
            and draft.piece.span.start > before.piece.span.end
        ):
            before.piece.span = Span(before.piece.span.start, draft.piece.span.end)
            before.dates = tuple(dict.fromkeys(before.dates + draft.dates))
            continue
        merged.append(draft)
    return merged


def _sides(text: str, language: str, drafts: Sequence[Draft]) -> list[Side]:
    behind = [0, *(draft.piece.span.end for draft in drafts)]
    return [side_of(text, language, draft, behind[at]) for at, draft in enumerate(drafts)]


def _claim(text: str, language: str, at: int, draft: Draft, outcome: Outcome) -> Claim:
    span, frame = draft.piece.span, draft.piece.frame
    worth = checkworthiness.judge(
        draft.kind, draft.checkable, evidence_of(draft, text, language, outcome.contested)
    )
    claimant = _mention(text, frame.claimant if frame is not None else None)
    said, reference = text[span.start : span.end], draft.reference
    antecedent = _mention(text, reference.antecedent) if reference is not None else None
    return Claim(
        id=f"c{at + 1}",
        start=span.start,
        end=span.end,
        text=said,
        statement=statement(
            said,
            span.start,
            draft.dates,
            language,
            reference,
            antecedent.text if antecedent else "",
        ),
        claimant=claimant,
        via=_mention(text, _outer(frame)),
        cue=_mention(text, frame.cue if frame is not None else None),
        form=draft.form,
        stance=draft.stance,
        contests=tuple(f"c{target + 1}" for target in outcome.contests),
        contested=outcome.contested,
        kind=draft.kind,
        checkable=draft.checkable,
        checkworthiness=worth.score,
        reasons=worth.reasons,
        dates=draft.dates,
        provenance=provenance.grounds(
            provenance.Known(
                piece=draft.piece,
                form=draft.form,
                stance=draft.stance,
                kind=draft.kind,
                dated=bool(draft.dates),
                link=outcome.by,
            )
        ),
        unresolved=(text[slice(*reference.span)],) if reference and antecedent is None else (),
        due=draft.due,
    )


def _outer(frame: Frame | None) -> Span | None:
    outer = frame.outer if frame is not None else None
    return outer.claimant if outer is not None else None


def _mention(text: str, span: Span | None) -> Mention | None:
    return None if span is None else Mention(text[span.start : span.end], *span)
