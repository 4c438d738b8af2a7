"""The article's text as HTML: marks in the text, signs in the margin, brackets between the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from claims.admin.article_claims import BRACKET_REACH, Entry, Sheet, Stand
from claims.admin.highlighting import Mark, Paragraph, Piece, Span, paragraphs
from claims.models import Article, State
from claims.templatetags.desk import digits, rating_mark, shown, state_class, state_icon


@dataclass
class Line:
    """One paragraph, ready to be put on the page. `start`: the place of its first character, so
    that a selection on the page can be found in the text. `bracket`: whole, start, mid or end, if a bracket
    joins a report and its denial here. `headline`: it says what the page's title says already."""

    html: SafeString
    signs: list[Sign]
    bracket: str = ""
    headline: bool = False
    start: int = 0


@dataclass(frozen=True)
class Sign:
    """What stands in the margin for one mark; `others` is what it is joined with."""

    number: int
    symbol: SafeString
    teal: bool
    word: str = ""
    others: list[Stand] = field(default_factory=list)


def lines(article: Article, sheet: Sheet) -> list[Line]:
    """Those of the sheet's part of the text."""
    cut = paragraphs(
        article.text,
        sheet.marks,
        claimants=sheet.claimants,
        cues=sheet.cues,
        within=sheet.part,
    )
    at = {mark.number: row for row, paragraph in enumerate(cut) for mark in paragraph.begins}
    written = [
        Line(
            _text(paragraph, sheet),
            [_sign(mark, sheet) for mark in paragraph.begins],
            headline=not paragraph.start and _plain(paragraph) == article.title,
            start=paragraph.start,
        )
        for row, paragraph in enumerate(cut)
    ]
    for entry in sheet.contested:
        if not all(stand.here for stand in entry.stands):
            continue  # it would lead out of the part; the signs are linked instead
        rows = sorted(at[stand.number] for stand in entry.stands)
        _draw_bracket(written, rows[0], rows[-1])
    return [line for line in written if line.html]


def _plain(paragraph: Paragraph) -> str:
    return "".join(piece.text for piece in paragraph.pieces).strip()


def _draw_bracket(written: list[Line], first: int, last: int) -> None:
    if last - first > BRACKET_REACH or any(line.bracket for line in written[first : last + 1]):
        return
    for row in range(first, last + 1):
        written[row].bracket = "mid"
    written[first].bracket = "whole" if first == last else "start"
    if first != last:
        written[last].bracket = "end"


def _text(paragraph: Paragraph, sheet: Sheet) -> SafeString:
    return mark_safe("".join(_piece(piece, sheet) for piece in paragraph.pieces))  # noqa: S308


def _piece(piece: Piece, sheet: Sheet) -> SafeString:
    html = shown(piece.text)
    if piece.cue:
        html = format_html(
            '<span class="cue" data-of="{}">{}</span>', _of(piece.cue, sheet.cues), html
        )
    if piece.claimant:
        html = format_html(
            '<span class="who" data-of="{}">{}</span>', _of(piece.claimant, sheet.claimants), html
        )
    for mark in reversed(piece.marks):
        entry = _entry(mark, sheet)
        opens, closes = mark in piece.opens, mark in piece.closes
        html = format_html(
            '<mark class="{}" data-n="{}"{}>{}{}{}</mark>',
            _mark_class(entry, mark.number),
            mark.number,
            mark_safe(f' id="c{mark.number}"') if opens else "",  # noqa: S308
            _number(mark) if opens and piece.room else "",
            html,
            rating_mark(entry.rating)
            if closes and entry.rating and _rates(entry, mark.number)
            else "",
        )
    return html


def _of(spans: tuple[Span, ...], whose: Mapping[Span, list[int]]) -> str:
    """The numbers of the words that a claimant or a cue belongs to."""
    return " ".join(str(number) for number in sorted({n for span in spans for n in whose[span]}))


def _number(mark: Mark) -> SafeString:
    """The digits come from the style sheet: what is generated is neither copied nor counted."""
    return format_html(
        '<a class="no" href="#l{}" data-no="{}" aria-label="{}"></a>',
        mark.number,
        digits(mark.number),
        _("Claim %(number)s") % {"number": digits(mark.number)},
    )


def _mark_class(entry: Entry, number: int) -> str:
    name = f"claim c-{state_class(entry.claim.state)}"
    if entry.rating and (_rates(entry, number) or _is_being_corrected(entry, number)):
        name += f" r-{entry.rating.mark}"
    return name


def _rates(entry: Entry, number: int) -> bool:
    """Whether the public rating is about these words: the denial of a false claim is not false."""
    return entry.claim.state == State.PUBLISHED and _asserts(entry, number)


def _is_being_corrected(entry: Entry, number: int) -> bool:
    return entry.claim.state == State.CORRECTING and _asserts(entry, number)


def _asserts(entry: Entry, number: int) -> bool:
    return any(stand.number == number for stand in entry.reports)


def _entry(mark: Mark, sheet: Sheet) -> Entry:
    return sheet.claims_of[mark.number][0]


def _sign(mark: Mark, sheet: Sheet) -> Sign:
    entry = _entry(mark, sheet)
    rated = entry.rating is not None and " r-" in _mark_class(entry, mark.number)
    contested = [e for e in sheet.claims_of[mark.number] if e.contested]
    word = ""
    others: list[Stand] = []
    if contested:
        asserting = {s.number for e in contested for s in e.reports}
        word = _("report") if mark.number in asserting else _("denial")
        by_number = {
            stand.number: stand
            for e in contested
            for stand in (e.denials if mark.number in asserting else e.reports)
        }
        others = [by_number[number] for number in sorted(by_number)]
    return Sign(
        number=mark.number,
        symbol=rating_mark(entry.rating)
        if rated and entry.rating
        else state_icon(entry.claim.state),
        teal=entry.claim.state
        in (State.RESEARCHING, State.WAITING, State.IN_REVIEW, State.APPROVED),
        word=word,
        others=others,
    )
