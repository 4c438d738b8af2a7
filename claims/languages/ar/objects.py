"""Reports told as the object of a verb: نفى المتحدث صحة التقرير, رفض الاتهامات, اتهم … ب…."""

import re
from functools import cache

from claims.languages.ar import morphology as m
from claims.languages.ar.announced import announced, judged
from claims.languages.ar.framing import Match, frame_of, is_complementiser, object_end
from claims.languages.ar.names import is_addressee, name
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
_ABOUT = frozenset({"عن", "حول", "بشان", "بخصوص", "الى"})
# Verbal nouns of the derived forms, as far as their shape shows: انسحاب, افتتاح, استقالة, تعليق.
_MASDAR = re.compile("ان..ا.|ا.ت.ا.|است..?ا.ة?|ت..ي.")


def without_article(word: str) -> str:
    """A noun without its article, or as an accusative without its ا (تقريرا)."""
    if word.startswith("ال"):
        return word[2:]
    return word[:-1] if word.endswith("ا") and word[:-1] in _reports() else word


@cache
def _reports() -> frozenset[str]:
    return m.normal_words("report_nouns") | m.normal_words("accusation_nouns")


@cache
def accusing_verbs() -> frozenset[str]:
    """The forms of "accuse"."""
    return frozenset(m.persons("اتهم") | {"يتهم", "تتهم", "يتهمون", "نتهم"})


@cache
def rejecting_verbs() -> frozenset[str]:
    """The forms of the verbs that deny where what they reject is a report or an accusation."""
    return frozenset({*m.forms("rejecting"), "يتبرا", "تتبرا", "ردوا"})


def with_object(reading: Reading, lo: int, verb: int, hi: int, stance: str) -> Match | None:
    """The frame of a verb whose object is what is reported, with no word between the two."""
    if reading.bare(verb) in _IS_CONSIDERED:
        return None
    accusing = reading.bare(verb) in accusing_verbs()
    stop = object_end(reading, verb + 1, hi)
    if reading.norm(verb - 1) in _WITH_SUBJECT and verb + 1 < stop:
        split: int | None = verb + 1
    elif reading.bare(verb) in m.forms("announcing_objects"):
        split = announced(reading, verb, stop)
    elif reading.bare(verb) in m.persons("اعتبر"):
        split = judged(reading, verb + 1, stop)
    else:
        split = object_index(reading, verb + 1, stop, accusing)
    if split is None and stance == "doubts":
        # "casts doubt on the fairness of"
        about = (k + 1 for k in range(verb + 1, stop - 1) if reading.norm(k) == "في")
        split = next(about, None)
    if split is None:
        return None
    claimant = name(reading, verb + 1, split) if split > verb + 1 else None
    frame = frame_of(reading, lo, verb, claimant, split, stance)
    frame.subjectless = claimant is None
    report = stance != "asserts" and names_report(reading, split, stop)
    return Match(frame, verb if report else split, report, keeps_verb=report, event=accusing)


def rejection(reading: Reading, lo: int, verb: int, hi: int) -> Match | None:
    """رفضت الاتهامات: a rejection denies only where a report or an accusation is rejected."""
    if reading.bare(verb) not in rejecting_verbs() | {"رد", "ردت"}:
        return None
    answering = reading.bare(verb) in {"رد", "ردت"}
    stop = object_end(reading, verb + 1, hi)
    nouns = m.normal_words("accusation_nouns")
    for i in range(verb + 1, min(stop, verb + 12)):
        if is_complementiser(reading.norm(i)):
            return None
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
        told = accusation(reading, i, stop) is not None
        if told and answering:
            # What is said to the accusation comes behind it.
            return None
        report = not told and not any(
            is_complementiser(reading.norm(k)) for k in range(i + 1, stop)
        )
        return Match(frame, verb if report else i, report, keeps_verb=report)
    return None


def object_index(reading: Reading, lo: int, hi: int, accusing: bool) -> int | None:
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
            without_article(word) in reports and (i > lo or without_article(word) not in roles)
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
            not reading.bare(i - 1).startswith("ال") or not word.endswith(_ADJECTIVES)
        ):
            return i
    return None


def names_report(reading: Reading, lo: int, hi: int) -> bool:
    """The object is "the report", "these accusations", "its truth": nothing of what it says."""
    reports = m.normal_words("report_nouns")
    if any(is_complementiser(reading.norm(i)) for i in range(lo, hi)):
        return False
    if accusation(reading, lo, hi) is not None:
        return False
    words = [without_article(reading.norm(i)) for i in range(lo, min(hi, lo + 4))]
    if words[:1] and words[0] in {"صحة", "كل", "جميع", "تلك", "مضمون", "وجود"}:
        words = words[1:]
        lo += 1
    if not words:
        return False
    # "denied what the paper wrote"
    return words[0] in reports or (words[0] == "ما" and reading.is_verb(lo + 1, at_head=True))


def accusation(reading: Reading, lo: int, hi: int) -> tuple[Span, Span | None, int] | None:
    """(cue, accuser, index of the content) of a report or an accusation told in ``lo..hi``, or None.

    "the claim of X that Y", "what the media of X raise of Y", "the news about the closing of Y".
    """
    nouns = m.normal_words("accusation_nouns")
    for i in range(lo, hi):
        word = reading.norm(i)
        if without_article(word) in nouns:
            content = _told_behind(reading, i, hi)
            if content is not None:
                opener = content if clinging(reading, content) else content - 1
                levelled = any(
                    reading.norm(k).startswith("الموجه") for k in range(i + 1, opener)
                )  # "the accusation levelled at X": X is the accused
                accuser = None if levelled else _author(reading, i + 1, opener)
                return Span(reading.start(i), reading.tokens[i].end), accuser, content
        if word in {"ما", "لما"} and i + 1 < hi and reading.is_verb(i + 1, at_head=True):
            for j in range(i + 2, min(hi - 1, i + _REACH)):
                if reading.norm(j) == "من" or (
                    reading.norm(j) in _ABOUT and is_event(reading, j + 1, hi)
                ):
                    cue = Span(reading.start(i + 1), reading.tokens[i + 1].end)
                    that = is_complementiser(reading.norm(j + 1)) and j + 2 < hi
                    return cue, name(reading, i + 2, j), j + 2 if that else j + 1
    return None


def _author(reading: Reading, lo: int, hi: int) -> Span | None:
    """Whose report it is: اتهامات النقابة, تقرير لصحيفة … جاء فيه."""
    says = m.normal_words("telling_posts") | {"جاء", "ورد"}
    end = next((k for k in range(lo, hi) if reading.norm(k) in says), hi)
    author = name(reading, lo, end)
    if author is not None and reading.text[author.start] == "ل" and is_addressee(reading.norm(lo)):
        return Span(author.start + 1, author.end)
    return author


def _told_behind(reading: Reading, noun: int, hi: int) -> int | None:
    """Where what the report at ``noun`` says begins, if it says something."""
    for j in range(noun + 1, min(hi, noun + _REACH)):
        if is_complementiser(reading.norm(j)):
            return j + 1 if j + 1 < hi else None
    for j in range(noun + 1, min(hi, noun + _REACH)):
        if reading.norm(j) in _ABOUT:
            # "about the closing of the port", not "about the minister"
            return j + 1 if is_event(reading, j + 1, hi) else None
        if clinging(reading, j):
            return j
        if reading.norm(j) in COMMAS:
            return None
    return None


def clinging(reading: Reading, i: int) -> bool:
    """ "of closing": ب clings to a noun of happening, which then opens what is told."""
    word = reading.norm(i)
    return word[:1] == "ب" and _happens(word[1:].removeprefix("ال"))


def is_event(reading: Reading, i: int, hi: int) -> bool:
    """What a report is about is something that happened or will, and not only its topic."""
    head = reading.norm(i)
    alone = i + 1 >= hi or not reading.tokens[i + 1].is_word
    if alone or head in _topics() or m.without_pronoun(head) in _topics():
        return False
    if is_complementiser(head) or _happens(without_article(head)):
        return True
    definite = head.startswith("ال") or m.without_pronoun(head) != head
    return not definite and head not in m.normal_words("roles")


def _happens(word: str) -> bool:
    """A noun of happening, with its pronoun or without."""
    bare = m.without_pronoun(word)
    nouns = m.normal_words("masdars") | m.normal_words("happenings")
    known = word in nouns or bare in nouns or bare[:-1] + "ة" in nouns
    return (known and word not in _topics()) or _MASDAR.fullmatch(bare) is not None


@cache
def _topics() -> frozenset[str]:
    """What a report may be about without saying anything of it; ة is ت before a pronoun."""
    listed = m.normal_words("topics")
    return listed | {word[:-1] + "ت" for word in listed if word.endswith("ة")}
