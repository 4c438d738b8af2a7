"""Who vouches for each claim: frames resolved over sentences, and how the words were taken over."""

from bisect import bisect_right
from collections.abc import Sequence

from claims.languages.shapes import Frame, Piece, Quote, Span

# Shares of a span in quotation marks that make it direct speech.
_MOST = 0.5
_NEARLY_ALL = 0.75


def resolve(pieces: Sequence[Piece]) -> None:
    """Give every frame without a subject ("he added") the nearest party named before that can speak.

    Parties are those that spoke, and the subjects of narrated calls, meetings and decisions.
    Works on the pieces in place, in the order of the text; a frame with nobody before it stays
    without a claimant.
    """
    accused = {id(piece.contains.frame) for piece in pieces if piece.contains is not None}
    speaker: Span | None = None
    seen: set[int] = set()
    for piece in pieces:
        frame = piece.frame
        if frame is not None and id(frame) not in seen:
            seen.add(id(frame))
            if frame.claimant is None and frame.subjectless:
                frame.claimant = speaker
            elif frame.claimant is not None and id(frame) not in accused:
                # The party whose accusation a denial tells does not go on speaking.
                speaker = frame.claimant
        if piece.subject is not None:
            speaker = piece.subject


def form_of(frame: Frame | None, span: Span, quotes: Sequence[Quote]) -> str:
    """direct where most of the span stands in quotation marks and somebody is quoted.

    ``quotes`` are in order and do not overlap.
    """
    if frame is None:
        return "narration"
    quoted, begins_inside = 0, False
    for at in range(max(0, bisect_right(quotes, span.start, key=_start) - 1), len(quotes)):
        quote = quotes[at]
        if quote.start >= span.end:
            break
        quoted += max(0, min(span.end, quote.end) - max(span.start, quote.start))
        begins_inside = begins_inside or quote.start <= span.start < quote.end
    share = quoted / max(1, span.end - span.start)
    return "direct" if share > (_MOST if begins_inside else _NEARLY_ALL) else "indirect"


def _start(quote: Quote) -> int:
    return quote.start
