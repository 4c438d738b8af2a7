"""Arabic as detection uses it: words, pieces of sentences, times and tense."""

from collections.abc import Sequence
from functools import cache

from claims.languages.ar import clauses, morphology
from claims.languages.ar.announced import is_masdar
from claims.languages.ar.reading import NEGATIONS, RELATIVES, Reading, upright
from claims.languages.ar.reference import reference as reference
from claims.languages.ar.times import times as times
from claims.languages.shapes import Frame, Piece, Quote, Token
from claims.languages.spans import CLOSERS

normal = morphology.normal
# What only a verb follows; لا and ما and ليس stand before nouns too.
_SURE = frozenset({"لم", "لن"})
# Bare perfects that are hardly ever the predicate of a sentence as nouns.
_ACTS = frozenset({"قصف", "ضرب", "فجر", "فتح", "قتل", "سجن", "طرد", "سحب", "دفع", "رفع", "نقل"})
_NOW = frozenset({"اليوم", "حاليا", "الان", "غدا"})


def pieces(
    text: str, tokens: Sequence[Token], quotes: Sequence[Quote], ranges: Sequence[tuple[int, int]]
) -> list[list[Piece]]:
    """The candidate claims of each range of token indexes (one sentence each)."""
    reading = Reading(text, upright(tokens, quotes), quotes)
    found: list[list[Piece]] = []
    carried: Frame | None = None
    for number, (lo, hi) in enumerate(ranges):
        before = ranges[number - 1] if number else None
        if before is None or not _goes_on(reading, before[1], lo):
            carried = None
        found.append(clauses.pieces(reading, lo, hi, carried))
        last = found[-1][-1] if found[-1] else None
        carried = last.frame if last is not None and not _ends_in_quote(reading, hi) else None
        if carried is not None and carried.outer is not None:
            carried = carried.outer
    return found


def _goes_on(reading: Reading, before: int, lo: int) -> bool:
    """The sentence goes on with what the one before reported: "so the sums reach …", "… and".

    Only right behind it in the same paragraph, with ف and no verb, or where two dots parted them.
    """
    between = reading.text[reading.tokens[before - 1].start : reading.tokens[lo].start]
    if "\n" in between or not reading.joined(lo):
        return False
    word = reading.norm(lo)
    if word[0] == "ف":
        return not reading.is_verb(lo) and reading.bare(lo) not in {"في", "بعد", "قبل", "منذ"}
    return between.startswith("..") or reading.text[: reading.tokens[lo].start].rstrip().endswith(
        ".."
    )


def _ends_in_quote(reading: Reading, hi: int) -> bool:
    return any(reading.norm(k) in CLOSERS for k in (hi - 1, hi - 2))


def tense(words: Sequence[str]) -> str:
    """Of the first finite verb outside relative clauses; none where there is none.

    future, past, present (under way or on the programme), standing (what is done again and again,
    or holds) or state (a verb that says no more than how things are).
    """
    relative = False
    for i, word in enumerate(words):
        if word in RELATIVES:
            relative = True
            continue
        bare = word[1:] if word[:1] in "وف" and morphology.is_future(word[1:]) else word
        if word in {"سوف", "لن"} or morphology.is_future(bare):
            return "future"
        if word in morphology.normal_words("states") and not relative:
            later = next((w for w in words[i + 1 : i + 4] if morphology.is_verb(w)), None)
            planned = any(w in {"مقررا", "المقرر", "المفترض"} for w in words[i + 1 : i + 4])
            going = later is not None and morphology.is_imperfect(later)
            ongoing = (
                not going and word in {"كان", "كانت", "كانوا"} and later is not None and not planned
            )
            return "past" if ongoing else "state"
        before = words[i - 1] if i else ""
        verb = (
            before in _SURE
            or before == "قد"
            or morphology.is_verb(word, at_head=i == 0 or before in RELATIVES)
        )
        if not verb or word in NEGATIONS:
            continue
        if relative:
            relative = False
            continue
        if before in {"ان", "كي", "لكي", "حتى"} and i > 1:
            continue
        if before in {"لم", "ولم", "فلم"}:
            return "past"
        if not morphology.is_imperfect(word):
            return "past"
        going_on = word in _in_progress() or not _NOW.isdisjoint(words)
        return "present" if going_on else "standing"
    # "the reopening of": an act, told as a noun
    act = bool(words) and is_masdar(words[0]) and not _wants(words[0])
    return "past" if act or _hidden_verb(words) else "none"


@cache
def _in_progress() -> frozenset[str]:
    listed = morphology.normal_words("in_progress")
    return frozenset(
        form
        for word in listed
        for form in (
            word,
            "ت" + word[1:],
            word + "ون",
            "ن" + word[1:],
            morphology.without_pronoun(word),
        )
    )


def _wants(word: str) -> bool:
    return morphology.without_pronoun(word) in morphology.normal_words("attitudes")


def _hidden_verb(words: Sequence[str]) -> bool:
    """A verb spelled like a noun, behind its subject: no preposition before it, one behind.

    Or no article, behind a word with one: an adjective would have it too (الطيران قصف).
    """
    prepositions = morphology.normal_words("prepositions")
    return any(
        words[i] in morphology.normal_words("ambiguous")
        and words[i - 1] not in prepositions
        and (
            words[i + 1] in prepositions
            or words[i + 1].startswith(("ال", "ب", "ل"))
            or (words[i - 1].startswith("ال") and words[i] in _ACTS)
        )
        for i in range(1, len(words) - 1)
    )
