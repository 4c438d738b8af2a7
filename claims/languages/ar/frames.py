"""Arabic attribution: the frames under which a clause says what somebody else says."""

from claims.languages.ar import morphology as m
from claims.languages.ar.circulating import circulating, denied_by_pronoun, renewed
from claims.languages.ar.framing import (
    Match,
    content_of,
    frame_of,
    is_complementiser,
    object_end,
    stance_of,
)
from claims.languages.ar.names import name, participles
from claims.languages.ar.objects import (
    accusation,
    names_report,
    object_index,
    rejection,
    with_object,
)
from claims.languages.ar.reading import ADVERSATIVES, PREVERBS, RELATIVES, Reading
from claims.languages.ar.sources import according
from claims.languages.shapes import Frame, Span
from claims.languages.spans import CLOSERS, COMMAS, SENTENCE_ENDS

# From the verb to the word that opens the content, and from a clause's head to its verb.
_TO_CONTENT = 45
_TO_VERB = 18
_NOT = frozenset({"لم", "لن", "لا", "ما", "ولم", "فلم", "ولن", "ولا", "دون", "بدون"})
_LONGEST_SPEECH_BEFORE = 60
HAD = frozenset({"كان", "كانت", "سبق"})
# "…, while her family denies that": the subject of the next clause is another one.
_TURNS = frozenset({"فيما", "بينما", "غير", "الا", "بيد", "حيث", "اذ", "مما"})


def frame_at(reading: Reading, lo: int, hi: int) -> Match | None:
    """The frame that the clause starting at ``lo`` opens with, whatever its order of words."""
    if lo >= hi:
        return None
    if reading.bare(lo) == "اما":
        return _as_for(reading, lo, hi)
    verb = lo
    while verb < hi and reading.bare(verb) in PREVERBS:
        verb += 1
    if verb < hi and reading.norm(verb - 1) not in _NOT:
        match = None
        if stance_of(reading.bare(verb)) is not None:
            match = _verb_first(reading, lo, verb, hi)
        for read in (renewed, rejection, _answer, circulating, denied_by_pronoun):
            match = match or read(reading, lo, verb, hi)
        if match is not None:
            return match
    return (
        according(reading, lo, hi)
        or _adverbial_first(reading, lo, hi)
        # "a paper had reported that": the auxiliary, the subject, the verb
        or _subject_first(reading, verb if reading.bare(lo) in HAD else lo, hi)
    )


def _verb_first(
    reading: Reading, lo: int, verb: int, hi: int, reach: int = _TO_CONTENT
) -> Match | None:
    """قال الوزير إن …, وأضاف: …, نفى المتحدث أن …"""
    word = reading.bare(verb)
    stance = stance_of(word) or "asserts"
    opened = content_of(reading, verb + 1, min(hi, verb + reach))
    if stance == "denies":
        # "denied the reports that …" and "denied the truth of what X said, that …"
        stop = opened[0] if opened is not None else hi
        told = accusation(reading, verb + 1, object_end(reading, verb + 1, hi))
        if told is not None and told[2] > stop - 1:
            opened = None
    if opened is None:
        if reading.norm(verb + 1) in {"هذا", "هذه", "ذلك"} and word in m.forms("object_verbs"):
            frame = frame_of(reading, lo, verb, None, verb + 1, stance)
            frame.subjectless = True
            return Match(frame, verb + 1)
        if stance != "asserts" or word in m.forms("object_verbs"):
            return with_object(reading, lo, verb, hi, stance)
        return None
    word_end, content = opened
    claimant = name(reading, verb + 1, word_end, two_objects=word in m.forms("telling"))
    frame = frame_of(reading, lo, verb, claimant, content, stance)
    _quote_of(reading, frame, verb, word_end)
    if claimant is None:
        announced = word in m.normal_words("announcing")
        nobody = announced and _somewhere(reading, verb + 1, word_end)
        frame.subjectless = not nobody and word not in m.normal_words("impersonal")
    feels = word in m.forms("feeling") and any(
        m.without_pronoun(reading.norm(i)).removeprefix("ال") in m.normal_words("attitudes")
        for i in range(verb + 1, word_end)
    )
    return Match(frame, content, position=feels)


def _quote_of(reading: Reading, frame: Frame, verb: int, hi: int) -> None:
    """ "the agency quoted the minister as saying": the minister says it, by way of the agency."""
    word = reading.bare(verb)
    quotes = word in m.persons("نقل") | {"ينقل", "تنقل", "علمت"}
    source = "من" if word == "علمت" else "عن"
    for i in range(verb + 1, hi):
        if reading.norm(i) != source or not (quotes or reading.norm(i - 1) == "نقلا"):
            continue
        speaker = name(reading, i + 1, hi)
        if speaker is not None:
            if frame.claimant is not None:
                frame.outer = Frame(frame.cue, frame.claimant, frame.region)
            frame.claimant = speaker
        return


def _answer(reading: Reading, lo: int, verb: int, hi: int) -> Match | None:
    """رد الوزير على هذا الموقف بأنه …"""
    if reading.bare(verb) not in {"رد", "ردت", "ردوا"}:
        return None
    for i in range(verb + 1, min(hi, verb + 14)):
        word = reading.norm(i)
        if word in COMMAS | SENTENCE_ENDS or word in participles():
            return None
        if (word.startswith("بان") and is_complementiser(word)) or word == ":":
            opened = content_of(reading, i, hi)
            if opened is None or _answered_behind(reading, verb, i, hi):
                return None
            claimant = name(reading, verb + 1, i)
            frame = frame_of(reading, lo, verb, claimant, opened[1], "asserts")
            frame.subjectless = claimant is None
            return Match(frame, opened[1])
    return None


def _answered_behind(reading: Reading, verb: int, that: int, hi: int) -> bool:
    """ "answered the accusation that …, saying: …": the first "that" opens the accusation."""
    told = accusation(reading, verb + 1, hi)
    if told is None or told[2] != that + 1:
        return False
    return any(reading.bare(k) in participles() for k in range(that + 1, hi))


def _somewhere(reading: Reading, lo: int, hi: int) -> bool:
    """The frame has a place or a time where its subject would be."""
    for i in range(lo, hi):
        if reading.norm(i) in {"في", "امس", "اليوم"}:
            return reading.norm(i + 1) not in m.normal_words("statements")
    return False


def _adverbial_first(reading: Reading, lo: int, hi: int) -> Match | None:
    """وفي الأسبوع الماضي، ذكرت صحيفة أن …; وعن المطار قال: …"""
    if reading.bare(lo) not in m.normal_words("leads"):
        return None
    relative = False
    for i in range(lo + 1, min(hi, lo + _TO_VERB)):
        word = reading.norm(i)
        quote = reading.quote_at(i)
        long_quote = quote is not None and quote.end - quote.start > _LONGEST_SPEECH_BEFORE
        if word in SENTENCE_ENDS or word == ":" or long_quote:
            return None
        if word in RELATIVES:
            relative = True
        elif word in COMMAS:
            relative = False
        elif stance_of(word) is not None and not relative and reading.norm(i - 1) not in _NOT:
            if word in m.normal_words("ambiguous") and reading.norm(i - 1) not in COMMAS:
                continue
            match = _verb_first(reading, lo, i, hi, reach=16)
            if match is not None:
                return match
        elif (
            reading.is_verb(i)
            and not relative
            and reading.norm(i - 1) not in {"ان", "عندما", "حين", "ما"}
        ):
            return None
    return None


def _as_for(reading: Reading, lo: int, hi: int) -> Match | None:
    """أما الوزير فقال إن …"""
    for i in range(lo + 2, min(hi, lo + _TO_VERB)):
        word = reading.norm(i)
        if word in SENTENCE_ENDS or word == ":":
            return None
        stance = stance_of(word[1:]) if word[:1] == "ف" else None
        if stance is not None:
            return _told_by_subject(reading, lo + 1, i, hi, stance)
    return None


def _subject_first(reading: Reading, lo: int, hi: int) -> Match | None:
    """صندوق النقد قال إن …; المسؤولون نفوا التقرير"""
    head = reading.bare(lo)
    if (
        not reading.tokens[lo].is_word
        or reading.is_verb(lo)
        or head in m.normal_words("leads")
        or is_complementiser(head)
    ):
        return None
    relative = False
    for i in range(lo + 1, min(hi, lo + _TO_VERB)):
        word = reading.norm(i)
        if word in SENTENCE_ENDS or word == ":" or reading.bare(i) in ADVERSATIVES:
            return None
        turns = word in _TURNS or (word == "في" and reading.norm(i + 1) == "حين")
        if (reading.joined(i) and reading.is_verb(i)) or (turns and reading.norm(i - 1) in COMMAS):
            return None
        if word in RELATIVES:
            relative = True
            continue
        if word in COMMAS:
            relative = False
            continue
        certain = word not in m.normal_words("ambiguous") or reading.norm(i - 1) == "قد"
        stance = stance_of(word) if certain else None
        if stance is None:
            if reading.is_verb(i) and not relative:
                return _subject_rejects(reading, lo, i, hi)
            continue
        if relative or reading.norm(i - 1) in _NOT:
            continue
        if stance == "denies" and reading.norm(i - 1) in {"بانه", "بانها", "بانهم"}:
            # "described it as a lie", which is spelled like "he lied"
            continue
        return _told_by_subject(reading, lo, i, hi, stance)
    return None


def _told_by_subject(reading: Reading, lo: int, verb: int, hi: int, stance: str) -> Match | None:
    first = lo
    while first < verb and reading.bare(first) in PREVERBS:
        first += 1
    claimant = name(reading, first, verb)
    if claimant is None:
        return None
    near = 3 if stance == "denies" else 9
    opened = content_of(reading, verb + 1, min(hi, verb + near))
    if opened is not None:
        return Match(frame_of(reading, lo, verb, claimant, opened[1], stance), opened[1])
    if stance == "asserts" or verb + 1 >= hi or not reading.tokens[verb + 1].is_word:
        return None
    content = verb + 1
    if stance == "doubts":
        # "doubted this", and not "had doubts"
        found = object_index(reading, content, object_end(reading, content, hi), False)
        if found is None:
            return None
        content = found
    report = names_report(reading, content, object_end(reading, content, hi))
    frame = frame_of(reading, lo, verb, claimant, content, stance)
    return Match(frame, verb if report else content, report, keeps_verb=report)


def _subject_rejects(reading: Reading, lo: int, verb: int, hi: int) -> Match | None:
    match = rejection(reading, lo, verb, hi) or denied_by_pronoun(reading, lo, verb, hi)
    if match is not None and match.frame.subjectless:
        match.frame.claimant = name(reading, lo, verb)
        match.frame.subjectless = match.frame.claimant is None
    return match


def participle_at(reading: Reading, i: int, hi: int) -> Match | None:
    """…، مؤكدا أن … : carries on for whoever spoke or acted before."""
    word = reading.bare(i)
    if word not in participles():
        return None
    following = reading.norm(i + 1)
    if i + 1 >= hi or following in SENTENCE_ENDS | COMMAS:
        return None
    position = word in participles("participles_position")
    stance = "asserts"
    if word in participles("participles_denying"):
        stance = "denies"
    elif word in participles("participles_doubting"):
        stance = "doubts"
    if word.endswith("ة") and stance == "asserts" and reading.norm(i - 1) not in COMMAS | CLOSERS:
        # an adjective
        return None
    opened = content_of(reading, i + 1, min(hi, i + 12))
    accusing = word.startswith("متهم")
    if position:
        content = i
    elif opened is not None and not accusing and not _told_later(reading, i, hi, stance):
        content = opened[1]
    elif word in participles("bare_participles") or stance != "asserts":
        content = i + 1
        if following in {"الى", "على", "عن"}:
            content += 1
        elif following == "من":
            content = i
    else:
        return None
    if content >= hi and content > i + 1:
        return None
    report = stance == "denies" and names_report(reading, i + 1, object_end(reading, i + 1, hi))
    frame = frame_of(reading, i, i, None, max(content, i + 1), stance)
    frame.subjectless = True
    return Match(
        frame, i if report else content, report, keeps_verb=position or report, event=accusing
    )


def _told_later(reading: Reading, i: int, hi: int, stance: str) -> bool:
    return (
        stance == "denies"
        and accusation(reading, i + 1, object_end(reading, i + 1, hi)) is not None
    )


def nominal_at(reading: Reading, i: int, hi: int) -> tuple[Frame, int] | None:
    """بتأكيده أن …, بدعوى أن …: a report as a noun in the middle of a clause.

    (the frame, index of its content); the frame has no claimant where the clause's subject is it.
    """
    word = reading.norm(i)
    bare = word[1:] if word[:1] == "ب" else word
    if bare not in m.normal_words("report_nominals"):
        return None
    for j in range(i + 1, min(hi, i + 7)):
        if is_complementiser(reading.norm(j)):
            opened = content_of(reading, j, hi)
            if opened is None or opened[1] >= hi:
                return None
            own = bare.endswith(("ه", "ها", "هم")) or bare == "دعوى"
            claimant = None if own else name(reading, i + 1, j)
            cut = len(word) - len(bare)
            frame = frame_of(reading, i, i, claimant, opened[1], "asserts")
            frame.cue = Span(reading.tokens[i].start + cut, reading.tokens[i].end)
            return (frame, opened[1]) if own or claimant is not None else None
        if reading.norm(j) in COMMAS | SENTENCE_ENDS or reading.is_verb(j):
            return None
    return None
