"""Reports told as the object of a verb: نفى المتحدث صحة التقرير, رفض الاتهامات, اتهم … ب…."""

from functools import cache

from claims.languages.ar import morphology as m
from claims.languages.ar.announced import announced, judged
from claims.languages.ar.framing import Match, frame_of, is_complementiser, object_end
from claims.languages.ar.names import name
from claims.languages.ar.reading import Reading
from claims.languages.shapes import Span
from claims.languages.spans import COMMAS

_POINTING = frozenset({"ما", "اي", "كل", "تلك", "هذه", "هذا", "ذلك", "جميع", "ان"})
# "but she …": the subject is the pronoun, and the object follows the verb.
_WITH_SUBJECT = frozenset({"لكنه", "لكنها", "لكنهم", "انه", "انها", "انهم", "ولكنه", "ولكنها"})
# "is considered a success": nobody is said to consider it.
_IS_CONSIDERED = frozenset({"يعتبر", "تعتبر"})
_ADJECTIVES = ("ي", "ية", "يون", "يين", "يان", "يتان")
_REACH = 8


def without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") else word


@cache
def accusing_verbs() -> frozenset[str]:
    """The forms of "accuse"."""
    return frozenset(m.persons("اتهم") | {"يتهم", "تتهم", "يتهمون", "نتهم"})


def with_object(reading: Reading, lo: int, verb: int, hi: int, stance: str) -> Match | None:
    """The frame of a verb whose object is what is reported, with no word between the two."""
    if reading.bare(verb) in _IS_CONSIDERED:
        return None
    accusing = reading.bare(verb) in accusing_verbs()
    stop = object_end(reading, verb + 1, hi)
    if reading.norm(verb - 1) in _WITH_SUBJECT and verb + 1 < stop:
        split: int | None = verb + 1
    elif reading.bare(verb) in m.forms("announcing_objects"):
        split = announced(reading, verb + 1, stop)
    elif reading.bare(verb) in m.persons("اعتبر"):
        split = judged(reading, verb + 1, stop)
    else:
        split = _object_index(reading, verb + 1, stop, accusing)
    if split is None:
        return None
    claimant = name(reading, verb + 1, split) if split > verb + 1 else None
    frame = frame_of(reading, lo, verb, claimant, split, stance)
    frame.subjectless = claimant is None
    report = stance != "asserts" and names_report(reading, split, stop)
    return Match(frame, verb if report else split, report, keeps_verb=report, event=accusing)


def rejection(reading: Reading, lo: int, verb: int, hi: int) -> Match | None:
    """رفضت الاتهامات: a rejection denies only where a report or an accusation is rejected."""
    if reading.bare(verb) not in m.persons("رفض") | {"يرفض", "ترفض", "رد", "ردت"}:
        return None
    answering = reading.bare(verb) in {"رد", "ردت"}
    stop = object_end(reading, verb + 1, hi)
    nouns = m.normal_words("accusation_nouns")
    for i in range(verb + 1, min(stop, verb + 12)):
        if without_article(reading.norm(i)) not in nouns:
            continue
        if reading.norm(i - 1) in {"نفي", "تاكيد", "التعليق"} or reading.norm(i - 2) == "التعليق":
            # "refused to confirm or deny the report"
            return None
        if answering and reading.norm(i - 1) != "على":
            return None
        claimant = name(reading, verb + 1, i)
        frame = frame_of(reading, lo, verb, claimant, i, "denies")
        frame.subjectless = claimant is None
        report = not any(is_complementiser(reading.norm(k)) for k in range(i + 1, stop))
        return Match(frame, verb if report else i, report, keeps_verb=report)
    return None


def _object_index(reading: Reading, lo: int, hi: int, accusing: bool) -> int | None:
    """Where the object begins: no case endings are written, so the shapes of words must tell."""
    roles, reports = m.normal_words("roles"), m.normal_words("report_nouns")
    masdars = m.normal_words("masdars")
    for i in range(lo, hi):
        word = reading.norm(i)
        if word in COMMAS and i > lo:
            continue
        if word == "بشدة":
            return i + 1
        if word in _POINTING or (
            without_article(word) in reports and without_article(word) not in roles
        ):
            return i
        if i > lo and word in m.normal_words("ambiguous") and word not in roles:
            # توقف is "stopped" and "the stopping of"; behind a subject it is the latter
            return i
        if word in masdars or (i > lo and m.without_pronoun(word) in masdars):
            return i
        if not accusing or i == lo:
            continue
        if word.startswith("ب") and i - lo > 1:
            return i - 1
        definite = word.startswith("ال") and reading.norm(i - 1) not in roles
        if definite and (
            not reading.norm(i - 1).startswith("ال") or not word.endswith(_ADJECTIVES)
        ):
            return i
    return None


def names_report(reading: Reading, lo: int, hi: int) -> bool:
    """The object is "the report", "these accusations", "its truth": nothing of what it says."""
    reports = m.normal_words("report_nouns")
    if any(is_complementiser(reading.norm(i)) for i in range(lo, hi)):
        return False
    words = [without_article(reading.norm(i)) for i in range(lo, min(hi, lo + 3))]
    if not words:
        return False
    if words[0] in reports:
        return True
    return words[0] in {"صحة", "كل", "جميع", "تلك"} and any(word in reports for word in words[1:])


def accusation(reading: Reading, lo: int, hi: int) -> tuple[Span, Span | None, int] | None:
    """(cue, accuser, index of the content) of an accusation told in ``lo..hi``, or None.

    "the claim of X that Y", "what the media of X raise of Y".
    """
    nouns = m.normal_words("accusation_nouns")
    for i in range(lo, hi):
        word = reading.norm(i)
        if without_article(word) in nouns:
            for j in range(i + 1, min(hi, i + _REACH)):
                if is_complementiser(reading.norm(j)) and j + 1 < hi:
                    # "the accusation levelled at X": X is the accused
                    levelled = any(
                        reading.norm(k).startswith(("الموجه", "الموجهة")) for k in range(i + 1, j)
                    )
                    accuser = None if levelled else name(reading, i + 1, j)
                    return Span(reading.start(i), reading.tokens[i].end), accuser, j + 1
        if word == "ما" and i + 1 < hi and reading.is_verb(i + 1):
            for j in range(i + 2, min(hi - 1, i + _REACH)):
                if reading.norm(j) in {"من", "عن", "حول", "بشان"}:
                    cue = Span(reading.start(i + 1), reading.tokens[i + 1].end)
                    return cue, name(reading, i + 2, j), j + 1
    return None
