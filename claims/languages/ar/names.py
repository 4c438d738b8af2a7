"""The name of the party that speaks, as the text gives it: its titles, its apposition, its end."""

from functools import cache

from claims.languages.ar import morphology as m
from claims.languages.ar.reading import RELATIVES, Reading
from claims.languages.shapes import Span
from claims.languages.spans import COMMAS, OPENERS

_LONGEST = 16
_PARTICIPLES = (
    "participles",
    "participles_denying",
    "participles_doubting",
    "participles_position",
)


def is_addressee(word: str) -> bool:
    """ل + somebody: who was told, which ends the speaker's name."""
    if word in {"ل", "لـ"} or (word.startswith("لل") and len(word) > 3):
        return word not in m.normal_words("of_office")
    if not word.startswith("ل") or len(word) < 4 or word in m.normal_words("of_office"):
        return False
    return not word.startswith(tuple(m.normal_words("l_words")))


def _ends_name(reading: Reading, i: int, first: int) -> bool:
    word = reading.norm(i)
    if word in m.normal_words("prepositions") or word in RELATIVES:
        # "a source in the ministry", "a number of members": part of the name of an unnamed one
        head = reading.bare(first)
        indefinite = not head.startswith("ال") and head in m.normal_words("roles")
        return not (
            word in {"في", "من", "ب"}
            and indefinite
            and i - first <= 2
            and _place_of_office(reading, i + 1)
        )
    if is_addressee(word) and i > first:
        return True
    if word in participles() or word in m.normal_words("own_saying"):
        # "a spokesman said", behind "but": the accusative of an office
        return not (i == first and word[:-1] in m.normal_words("roles"))
    if i == first or word in m.normal_words("roles"):
        return False
    if word[:1] == "ب" and word[1:] in m.normal_words("masdars"):
        # "the council to stop": what is called for
        return True
    if word in m.normal_words("masdars") or reading.norm(i + 1) == "عدم":
        # "the governor his lack of trust", "two sources who asked not to be named"
        return True
    return word in m.known_forms() and word not in m.normal_words("ambiguous") and len(word) > 3


def _place_of_office(reading: Reading, i: int) -> bool:
    word = reading.norm(i)
    if word in m.normal_words("statements"):
        return False
    return word in m.normal_words("roles") or (
        word.startswith("ال")
        and (word[2:] in m.normal_words("roles") or word.endswith(("ية", "ين")))
    )


def name(reading: Reading, lo: int, hi: int, two_objects: bool = False) -> Span | None:
    """The first name in ``lo..hi``; None where nobody is named.

    ``two_objects``: the verb takes a second party right behind ("informed Y"), so that the name
    must not run into it.
    """
    i = lo
    while i < hi and (reading.norm(i) in COMMAS or _is_filler(reading, i)):
        i += 1
    if m.without_pronoun(reading.norm(i)) in m.normal_words("masdars") | {"يقول", "تقول"}:
        # "stressed the need", "went on to say"
        return None
    first, last = i, i
    commas = 0
    while i < hi and i - first < _LONGEST:
        word = reading.norm(i)
        if word in COMMAS:
            commas += 1
            if commas > 1 or not _apposition(reading, i + 1, hi):
                break
            i += 1
            continue
        if word in OPENERS or word in {'"', "”", "»", ")", "]", "-", "/", "+"}:
            quote = reading.quote_at(i)
            if quote is not None:
                behind = reading.behind(quote.end, i + 1, hi)
                if behind - i > 5:
                    break
                i = last = behind
                if i < hi and reading.tokens[i].start == quote.end:
                    i += 1
                    last = i
                continue
            if word == "(":
                closing = next(
                    (j for j in range(i, min(hi, i + 6)) if reading.norm(j) == ")"), None
                )
                if closing is None:
                    break
                i = closing + 1
                continue
            i += 1
            continue
        if not reading.tokens[i].is_word or _ends_name(reading, i, first):
            break
        if i > first and word in {"هذا", "هذه", "تلك", "ذلك", "هؤلاء"}:
            break
        if two_objects and i > first and _second_party(reading, first, i):
            break
        if i > first and reading.joined(i) and m.is_verb(reading.bare(i)):
            break
        i += 1
        last = i
    if last == first:
        return None
    start = reading.start(first) if first == lo else reading.tokens[first].start
    end = reading.tokens[last - 1].end
    return _trimmed(reading, Span(start, end))


def _trimmed(reading: Reading, span: Span) -> Span | None:
    start, end = span
    text = reading.text
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1] in ' ،,:;"«“(-':
        end -= 1
    inner = text[start:end]
    if inner[-1:] in "»”" and not any(mark in inner for mark in "«“"):
        end -= 1
    return Span(start, end) if end > start else None


def _is_filler(reading: Reading, i: int) -> bool:
    word = reading.norm(i)
    return word in {
        "ايضا",
        "كذلك",
        "امس",
        "اليوم",
        "بدوره",
        "بدورها",
        "بوضوح",
        "صراحة",
        "قد",
        "مجددا",
        "مؤخرا",
    }


def _apposition(reading: Reading, lo: int, hi: int) -> bool:
    """A short name between commas: "the minister, so-and-so, that"."""
    for i in range(lo, min(hi, lo + 8)):
        word = reading.norm(i)
        if word in COMMAS:
            return i > lo
        if not reading.tokens[i].is_word or reading.joined(i):
            return False
        if word in m.normal_words("prepositions") or m.is_verb(word) or word in participles():
            return False
    return lo < hi <= lo + 8


def _second_party(reading: Reading, first: int, i: int) -> bool:
    word, head = reading.norm(i), reading.bare(first)
    if not word.startswith("ال"):
        return word.endswith("ات") and head not in m.normal_words("roles")
    if word.endswith(("ي", "ية", "يين", "يون", "يان")) and reading.norm(i - 1).startswith("ال"):
        return False
    closed = any(reading.norm(k).startswith("ال") for k in range(first, i))
    return closed or head not in m.normal_words("roles")


@cache
def participles(*names: str) -> frozenset[str]:
    """Accusative participles of the named lists (all of them by default), feminine and plural too."""
    found: set[str] = set()
    for listed in names or _PARTICIPLES:
        for word in m.normal_words(listed):
            stem = word[:-1]
            found.update((word, stem + "ة", stem + "ين", stem + "ان"))
    return frozenset(found)
