"""What Arabic frames are made of: the verb that reports, and the word that opens the content."""

from dataclasses import dataclass

from claims.languages.ar import morphology as m
from claims.languages.ar.names import participles
from claims.languages.ar.reading import Reading
from claims.languages.shapes import Frame, Span
from claims.languages.spans import CLOSERS, COMMAS, OPENERS, SENTENCE_ENDS

# A quotation of fewer tokens is a name in quotation marks, not speech.
LONGEST_NAME = 5

_SAYING = frozenset(
    {"علمت", "يقول", "تقول", "يقولون", "يرى", "ترى", "يرون", "يؤكد", "تؤكد", "يؤكدون"}
)
_SPEECH_MARKS = frozenset('"“«')
# Spelled like "informs", and nearly always: "amounts to".
_AMOUNTS_TO = frozenset({"يبلغ", "تبلغ"})
_KEEPS_VERB = frozenset({"لا", "لم", "لن", "ليس", "ليست", "قد", "سوف", "يجب", "لقد", "ما", "من"})
_WHILE = frozenset({"بينما", "فيما"})
_BUT = frozenset({"الا", "غير", "بيد"})
# "after he …", "he can …": the word behind these opens no report.
_BEFORE_A_VERB = frozenset(
    {"بعد", "قبل", "منذ", "دون", "بدون", "رغم", "مع", "لولا", "يمكن", "يجب", "ينبغي", "عوض", "بدل"}
)
_WITH_PRONOUN = ("ه", "ها", "هم", "هما", "ني", "نا", "ي")


@dataclass(slots=True)
class Match:
    """A frame and the index of the token with which its content begins."""

    frame: Frame
    content: int
    names_report: bool = False
    keeps_verb: bool = False  # the content is the whole clause, its verb included
    event: bool = False  # an accusation: what is told is an act
    position: bool = False  # "expressed the hope that": what is told is a wish


def stance_of(word: str) -> str | None:
    """asserts, denies or doubts for a reporting verb in normal spelling; None for other words."""
    if word in m.forms("denying"):
        return "denies"
    if word in m.forms("doubting") and word not in {"شك", "شكا", "شكت"}:
        return "doubts"
    if word in _AMOUNTS_TO:
        return None
    if word in m.forms("reporting") or word in _SAYING | m.normal_words("impersonal"):
        return "asserts"
    return None


def is_complementiser(word: str) -> bool:
    return word in m.normal_words("complementisers")


def is_ban(reading: Reading, i: int) -> bool:
    """The name of Ban Ki-moon, which is spelled like "that"."""
    return reading.norm(i) == "بان" and reading.norm(i + 1) == "كي"


def frame_of(
    reading: Reading, lo: int, cue: int, claimant: Span | None, end: int, stance: str
) -> Frame:
    """The frame that stands on the tokens ``lo..end`` with its verb at ``cue``."""
    token = reading.tokens[cue]
    stop = reading.tokens[min(end, len(reading.tokens)) - 1].end
    return Frame(
        cue=Span(reading.start(cue), token.end),
        claimant=claimant,
        region=Span(reading.tokens[lo].start, max(stop, token.end)),
        stance=stance,
    )


def content_of(reading: Reading, lo: int, hi: int) -> tuple[int, int] | None:
    """(index of the word that opens the content, index of the content), or None."""
    i = lo
    while i < hi:
        word = reading.norm(i)
        if word == ":":
            return (i, inside(reading, i + 1)) if i + 1 < len(reading.tokens) else None
        quote = reading.quote_at(i)
        if quote is not None:
            behind = reading.behind(quote.end, i + 1, len(reading.tokens))
            if behind - i > LONGEST_NAME:
                return i, inside(reading, i)
            i = max(behind, i + 1)
            continue
        if _never_closed(reading, i, hi):
            return i, inside(reading, i)
        if word in _BUT and is_complementiser(reading.norm(i + 1)):
            return None
        if reading.norm(i - 1) in COMMAS and (
            word in _WHILE or (word == "في" and reading.norm(i + 1) == "حين")
        ):
            return None
        if (
            is_complementiser(word)
            and reading.norm(i - 1) not in _BEFORE_A_VERB
            and not is_ban(reading, i)
        ):
            opener = i - 1 if reading.norm(i - 1) in {"الى", "على", "عن"} else i
            return opener, inside(reading, i)
        if word in participles() and i == lo:
            # "went on, saying:"
            i += 1
            continue
        if word in SENTENCE_ENDS or word in participles() or word in {"لكن", "ولكن"}:
            return None
        if reading.joined(i) and reading.is_verb(i) and word[0] == "و":
            return None
        i += 1
    return None


def _never_closed(reading: Reading, i: int, hi: int) -> bool:
    """A mark that opens speech to the end of the sentence, because nothing closes it."""
    token = reading.tokens[i]
    if token.norm not in _SPEECH_MARKS or hi - i <= LONGEST_NAME:
        return False
    around = reading.text[token.start - 1 : token.end + 1]
    if not around[:1].isspace() or around[-1:].isspace():
        return False
    return not any(reading.norm(k) in CLOSERS for k in range(i + 1, hi))


def inside(reading: Reading, i: int) -> int:
    """Past colons, quotation marks and complementisers, but not past one that is the subject."""
    end = len(reading.tokens)
    while i < end:
        word = reading.norm(i)
        if word in OPENERS or word in {":", "-"} or word in COMMAS:
            i += 1
        elif is_complementiser(word):
            if word.endswith(_WITH_PRONOUN) and not _verb_follows(reading, i + 1):
                return i
            i += 1
        elif reading.bare(i) in {"قد", "لقد"}:
            i += 1
        else:
            return i
    return end - 1


def _verb_follows(reading: Reading, i: int) -> bool:
    while reading.norm(i) in OPENERS | COMMAS:
        i += 1
    word = reading.norm(i)
    return (
        word in _KEEPS_VERB
        or is_complementiser(word)
        or (bool(word) and reading.is_verb(i, at_head=True))
    )


def object_end(reading: Reading, lo: int, hi: int) -> int:
    """Where the object of a verb ends at the latest: a participle, a joined verb, a full stop."""
    stop = lo
    while stop < min(hi, lo + 40) and reading.norm(stop) not in SENTENCE_ENDS:
        if reading.norm(stop) in participles() or (reading.joined(stop) and reading.is_verb(stop)):
            break
        stop += 1
    return stop


def untold(reading: Reading, i: int) -> bool:
    """ "gave no details": the article speaks, not the party it reports on."""
    stems = {m.normal(word)[1:] for word in m.normal_words("untold")}
    return reading.bare(i) == "لم" and reading.norm(i + 1)[1:] in stems
