"""Reports that go round: انتشر منشور يقول إن …, ترددت أنباء عن …;
and denials as a noun, or of a pronoun."""

from claims.languages.ar import morphology as m
from claims.languages.ar.framing import Match, content_of, frame_of, inside, is_complementiser
from claims.languages.ar.names import name
from claims.languages.ar.objects import is_event, names_report, without_article
from claims.languages.ar.reading import Reading
from claims.languages.spans import COMMAS, SENTENCE_ENDS

_REACH = 18
_ABOUT = frozenset({"عن", "حول", "بشان", "بخصوص"})
_IN_IT = frozenset({"فيه", "فيها", "فيهما"})
_ITS_DENIAL = frozenset(
    {"نفيه", "نفيها", "نفيهم", "انكاره", "انكارها", "انكارهم", "تكذيبه", "تكذيبها"}
)


def circulating(reading: Reading, lo: int, verb: int, hi: int) -> Match | None:
    """What a post, a clip or rumours say that spread; their poster is the claimant, if anybody."""
    if reading.norm(verb).removeprefix("و") in {"جاء", "رد"} and reading.norm(verb + 1) == "في":
        return _written(reading, lo, verb, hi)
    if reading.bare(verb) not in m.forms("spreading"):
        return None
    for i in range(verb + 1, min(hi - 1, verb + _REACH)):
        word, following = reading.norm(i), reading.norm(i + 1)
        if word in SENTENCE_ENDS or (reading.joined(i) and reading.is_verb(i)):
            return None
        told = word in m.normal_words("telling_posts") or (
            word in {"جاء", "ورد"} and following in _IN_IT
        )
        if told:
            opened = content_of(reading, i + 1, min(hi, i + 4))
            if opened is None:
                continue
            frame = frame_of(reading, lo, i, name(reading, verb + 1, i), opened[1], "asserts")
            return Match(frame, opened[1])
        if without_article(word) not in m.normal_words("report_nouns"):
            continue
        if is_complementiser(following):
            return Match(
                frame_of(reading, lo, verb, None, i + 1, "asserts"), inside(reading, i + 1)
            )
        if following in _ABOUT and is_event(reading, i + 2, hi):
            content = i + 3 if is_complementiser(reading.norm(i + 2)) else i + 2
            return Match(frame_of(reading, lo, verb, None, content, "asserts"), content)
    return None


def _written(reading: Reading, lo: int, verb: int, hi: int) -> Match | None:
    """جاء في بيان للوزارة أن …, ورد في التقرير أن …: the paper is the claimant."""
    opened = content_of(reading, verb + 2, min(hi, verb + _REACH))
    if opened is None:
        return None
    claimant = name(reading, verb + 2, opened[0])
    return Match(frame_of(reading, lo, verb, claimant, opened[1], "asserts"), opened[1])


def renewed(reading: Reading, lo: int, verb: int, hi: int) -> Match | None:
    """جددت الوزارة نفيها …, دفع المتهم ببراءته من …: a denial as a noun with its pronoun."""
    if not reading.is_verb(verb, at_head=True):
        return None
    for i in range(verb + 1, min(hi - 1, verb + _REACH)):
        word = reading.norm(i)
        if word in COMMAS | SENTENCE_ENDS or reading.is_verb(i):
            return None
        innocent = word.startswith("ببراءت")
        if not innocent and word not in _ITS_DENIAL:
            continue
        following = reading.norm(i + 1).removeprefix("ل")
        report = innocent or following.removeprefix("ل") in m.normal_words("report_nouns")
        report = report or names_report(reading, i + 1, hi)
        frame = frame_of(reading, lo, i, name(reading, verb + 1, i), i + 1, "denies")
        frame.subjectless = frame.claimant is None
        return Match(frame, verb if report else i + 1, report, keeps_verb=report)
    return None


def denied_by_pronoun(reading: Reading, lo: int, verb: int, hi: int) -> Match | None:
    """كذّبه الوزير, نفتها الوزارة: what was said before is the pronoun."""
    word, bare = reading.bare(verb), m.without_pronoun(reading.bare(verb))
    if bare == word or not (bare in m.forms("denying", "contradicting") or bare == "نفا"):
        return None
    if any(reading.norm(k) == "الى" for k in range(verb + 1, min(hi, verb + 6))):
        # "banished him to"
        return None
    end = next((k for k in range(verb + 1, hi) if reading.norm(k) in COMMAS | SENTENCE_ENDS), hi)
    frame = frame_of(reading, lo, verb, name(reading, verb + 1, end), verb + 1, "denies")
    frame.subjectless = frame.claimant is None
    return Match(frame, verb, True, keeps_verb=True)
