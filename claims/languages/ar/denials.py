"""Arabic denials that are no main clause: وهو ما نفته الوزارة; رغم نفي الوزارة، …; خلافا لما قالته ….."""

from functools import cache
from typing import NamedTuple

from claims.languages.ar import morphology as m
from claims.languages.ar.framing import is_complementiser, stance_of
from claims.languages.ar.names import name
from claims.languages.ar.objects import accusation, without_article
from claims.languages.ar.reading import NEGATIONS, Reading
from claims.languages.shapes import Frame, Span
from claims.languages.spans import COMMAS, SENTENCE_ENDS

_WHICH = frozenset({"وهو", "وهي", "الامر", "وهم"})
_NOUNS = frozenset({"نفي", "انكار", "تكذيب"})
_CALLED = frozenset({"وصفت", "وصف", "تصف", "يصف", "اعتبرت", "عدت"})
_LONGEST_LEAD = 14
_CLINGING = ("", "ب", "ل", "و", "ف", "ال", "بال", "لل", "وال", "وب")
_UNLIKE = frozenset({"خلافا", "بخلاف", "بعكس", "عكس", "نقيض"})


class Denial(NamedTuple):
    """The tokens ``start..end`` deny what stands before, or where it ``leads``, behind them."""

    frame: Frame
    start: int
    end: int
    leads: bool


def behind(reading: Reading, i: int, hi: int) -> Denial | None:
    """وهو ما نفته الوزارة، وهي اتهامات ينفيها الوزير: about what was just said."""
    if reading.norm(i) not in _WHICH:
        return None
    for verb in range(i + 2, min(hi, i + 5)):
        before, word = reading.norm(verb - 1), reading.norm(verb)
        if word in COMMAS | SENTENCE_ENDS or (before in NEGATIONS and before != "ما"):
            return None
        bare = m.without_pronoun(word)
        called = stance_of(bare) == "asserts" or bare in _CALLED
        false = called and called_false(reading, verb + 1, hi) is not None
        if false or (
            bare != word and (bare in m.forms("denying") or bare in {"نفا", "ترفض", "يرفض"})
        ):
            stops = COMMAS | SENTENCE_ENDS
            end = next((k for k in range(verb + 1, hi) if reading.norm(k) in stops), hi)
            cue = Span(reading.tokens[verb].start, reading.tokens[verb].end)
            region = Span(reading.tokens[i].start, reading.tokens[end - 1].end)
            return Denial(Frame(cue, name(reading, verb + 1, end), region, "denies"), i, end, False)
    return None


def leading(reading: Reading, i: int, hi: int) -> Denial | None:
    """رغم نفي الوزارة، …: a denial as a noun, of what the clause goes on to say."""
    at = i + 3 if reading.bare(i) == "على" and reading.norm(i + 1) == "الرغم" else i + 1
    if at == i + 1 and reading.bare(i) not in {"رغم", "برغم"}:
        return None
    if reading.norm(at) not in _NOUNS:
        return None
    for end in range(at + 1, min(hi, at + _LONGEST_LEAD)):
        if reading.norm(end) in COMMAS:
            cue = Span(reading.tokens[at].start, reading.tokens[at].end)
            region = Span(cue.start, reading.tokens[end].end)
            return Denial(Frame(cue, name(reading, at + 1, end), region, "denies"), at, end, True)
    return None


def unlike(reading: Reading, i: int, hi: int) -> tuple[Span, Span | None, int, int] | None:
    """خلافا لما أعلنته الوزارة من أن …، …: what the main clause behind the comma contradicts.

    (cue, claimant, index of the content, index of the comma)
    """
    lo = i + 1 if reading.bare(i) in {"على", "الى"} else i
    if reading.bare(lo) not in _UNLIKE:
        return None
    what = next((k for k in (lo + 1, lo + 2) if reading.norm(k) in {"ما", "لما", "مما"}), None)
    if what is None or what + 1 >= hi or not reading.is_verb(what + 1):
        return None
    opened = next(
        (
            k
            for k in range(what + 2, min(hi, what + _LONGEST_LEAD))
            if is_complementiser(reading.norm(k))
        ),
        None,
    )
    if opened is None:
        return None
    comma = next((k for k in range(opened + 2, hi) if reading.norm(k) in COMMAS), None)
    if comma is None or comma + 1 >= hi:
        return None
    cue = Span(reading.tokens[what + 1].start, reading.tokens[what + 1].end)
    return cue, name(reading, what + 2, opened), opened + 1, comma


def called_false(reading: Reading, lo: int, hi: int) -> int | None:
    """The index at which the tokens ``lo..hi`` begin to call something false, or None."""
    known = _falsity()
    for i in range(lo, hi):
        for term in known.get(reading.norm(i), ()):
            words = [without_article(reading.norm(i + k)) for k in range(1, len(term))]
            if i + len(term) <= hi and words == list(term[1:]):
                return i
    return None


@cache
def _falsity() -> dict[str, tuple[tuple[str, ...], ...]]:
    """What is said of a false report, by its first word with all that may cling to it."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for term in sorted(m.normal_words("falsity") | m.normal_words("falsity_of_reports")):
        words = tuple(without_article(word) for word in term.split())
        for clinging in _CLINGING:
            first = clinging + words[0]
            found[first] = (*found.get(first, ()), words)
    return found


def told_false(
    reading: Reading, lo: int, hi: int, false: int
) -> tuple[Span, Span | None, int, int] | None:
    """(cue, claimant, index of the content, index behind it) of a report told in ``lo..hi`` where
    it is called ``false``: ما نشر عن … غير صحيح, وصف الأنباء عن … بأنها شائعات, لا صحة لما تردد عن …
    """
    # "described the news of it as being": the complementiser belongs to what it is called
    that = (k for k in range(max(lo, false - 4), false) if reading.norm(k).startswith("بان"))
    end = hi if false <= lo + 1 else next(that, false)
    told = accusation(reading, lo, end)
    return (*told, end) if told is not None else None


def of_words(reading: Reading, lo: int, hi: int) -> bool:
    """ "what the paper published": ``lo..hi`` names something said, though no noun says so."""
    for k in range(lo, hi):
        if reading.norm(k) in {"ما", "لما"}:
            verb = m.without_pronoun(reading.norm(k + 1))
            if verb in _published() or stance_of(verb) is not None:
                return True
    return False


@cache
def _published() -> frozenset[str]:
    """The forms of the verbs of reports that go round, and of publishing."""
    return m.forms("spreading") | m.persons("نشر") | {"ينشر", "تنشر", "قيل", "يقال"}
