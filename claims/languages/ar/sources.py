"""Sources named without a verb of saying: وفقا لمصادر، …; … بحسب الوكالة; حسب قوله."""

from claims.languages.ar import morphology as m
from claims.languages.ar.framing import Match, frame_of, is_complementiser, stance_of
from claims.languages.ar.names import is_addressee, name
from claims.languages.ar.reading import Reading
from claims.languages.shapes import Frame, Span
from claims.languages.spans import COMMAS, OPENERS, SENTENCE_ENDS

_THEN = frozenset({"فان", "ان", "فقد", "فانه", "فانها", "انه", "انها"})
_LONGEST = 14


def according(reading: Reading, lo: int, hi: int) -> Match | None:
    """The frame of a clause that opens with its source."""
    if reading.bare(lo) not in m.normal_words("according"):
        return None
    found = source_of(reading, lo, hi)
    if found is None:
        return None
    frame, i = found
    parted = False
    while i < hi and reading.norm(i) in COMMAS | frozenset(':"”»'):
        parted = True
        i += 1
    if i >= hi:
        return None
    word = reading.norm(i)
    if not (
        parted
        or word in _THEN
        or is_complementiser(word)
        or reading.is_verb(i)
        or reading.quote_at(i)
    ):
        return None
    while i < hi and reading.norm(i) in _THEN | COMMAS | OPENERS:
        i += 1
    return Match(frame, i) if i < hi else None


def source_of(reading: Reading, lo: int, hi: int) -> tuple[Frame, int] | None:
    """The source behind وفقا / بحسب / حسب قوله at ``lo``, and the index behind it."""
    i = lo + 1
    if reading.norm(i) in {"ل", "لـ", "عن", "الى"}:
        i += 1
    if reading.norm(i) in m.normal_words("own_saying"):
        last = min(i + (2 if reading.norm(i) == "حد" else 1), hi)
        frame = frame_of(reading, lo, lo, None, last, "asserts")
        frame.cue = Span(reading.start(lo), reading.tokens[last - 1].end)
        frame.subjectless = True
        return frame, last
    if reading.bare(lo) in {"حسبما", "وفقما"} and stance_of(reading.norm(i)) == "asserts":
        i += 1
    end = i
    while end < min(hi, i + _LONGEST):
        word = reading.norm(end)
        if word in COMMAS | SENTENCE_ENDS | _THEN or is_complementiser(word) or word == ":":
            break
        if end > i and reading.is_verb(end) and word not in m.normal_words("roles"):
            break
        end += 1
    claimant = name(reading, i, end)
    if claimant is None:
        return None
    first = reading.norm(i)
    if (
        is_addressee(first)
        and not first.startswith("لل")
        and claimant.start == reading.tokens[i].start
    ):
        # the ل of وفقا لـ, written together with the name
        claimant = Span(claimant.start + 1, claimant.end)
    return frame_of(reading, lo, lo, claimant, end, "asserts"), end
