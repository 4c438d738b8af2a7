"""Whether a claim says yes or no, and whether it says so of another claim."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from claims.languages import lexicon
from claims.languages._served import part
from claims.similarity.contradiction import words as words_of
from claims.similarity.contradiction.model import Reason
from claims.similarity.contradiction.words import Claim, Phrases, forms, phrases, stem

_WAYS = ("no", "fail", "stop")
# How far from "rejected" the report stands that it rejects.
_REACH = 7
# Turkish says no twice: "hiçbir işçi çıkarılmadı".
_CONCORD = re.compile(r"hiç.*|kimse.*|henüz")
# Negated forms in which a Turkish clause stands inside another.
_NEGATED = re.compile(
    r".{2,}m[ae](?:y[ae]c[ae][kğ].*|y[ae]bil.*|d[ae]n|m[ae](?:k|s[ıi].*)|y[ıi]p|m[ıi]ş|d[ıi].*)"
)
_WITHOUT = {
    "tr": re.compile(r"(.{3,}?)s[ıiuü]z(?:l[ıiuü][kğ].*|d[ıiuü]r|ca|ce)?"),
    "en": re.compile(r"(?:un|in|im|il|ir|non|dis)(.{3,})"),
}
# Adjectives that say no to something else than the clause: "unusual", "olmayan", "inanılmaz".
_ADJECTIVE = {
    "tr": re.compile(r".{2,}m[ae](?:y[ae]n.*|z|m[ıi]ş.+|d[ıi]k)|.{3,}s[ıiuü]z"),
    "en": re.compile(r"un(?!der|it|i[ov]|til|less|cle|to).{4,}|.{3,}less"),
}
_EXCEPT = {"ar": frozenset({"سوي", "الا", "فقط"})}
_NOMINAL = re.compile(r".{2,}(?:[dt][ıiuü]ğ[ıiuü]|[ae]c[ae]ğ[ıi])(?:n[ıi])?")
_WHETHER = re.compile(r".{2,}[ıiuü]p")


@dataclass(frozen=True, slots=True)
class Polarity:
    """``no``: the words that negate; ``failed``, ``stopped``: words that say no in another way.

    ``poles``: events that exclude others, as (name, sign), with the word; ``denies``: the word by
    which it denies a claim.
    """

    no: tuple[str, ...]
    failed: tuple[str, ...]
    stopped: tuple[str, ...]
    poles: dict[tuple[str, str], str]
    denies: str
    stems: frozenset[str]
    without: dict[str, str]  # stem of what a word says no to, by its form: "unsafe"
    # Of a text of several sentences: the stems of the one that a word of no, failed or stopped is in.
    around: dict[str, frozenset[str]]


def read(claim: Claim) -> Polarity:
    """What in ``claim`` says no."""
    code, words = claim.code, claim.words
    silent = set(_found(phrases(code, "not_negating"), claim))
    denies, denying = _denial(claim, silent)
    silent |= denying
    found: list[tuple[str, str, int]] = []  # how it says no, the word, its index
    unsaying = phrases(code, "unsaying")
    says_no = part(code, "denial").says_no
    i = 0
    while i < len(words):
        hit = unsaying.at(words, i)
        word = words[i].word
        if i in silent or not words[i].is_word:
            i += 1
            continue
        if hit is not None:
            found.append((hit[1], " ".join(w.text for w in words[i : i + hit[0]]), i))
            i += hit[0]
            continue
        adjective = _ADJECTIVE.get(code)
        said = word == "not" or (code == "tr" and _NEGATED.fullmatch(word) is not None)
        if word == "غير" and i + 1 < len(words):
            found.append(("stop", words[i].text, i))
        elif _is_no_negation(claim, i):
            pass
        elif adjective is not None and adjective.fullmatch(word) and not _ends(claim, i):
            found.append(("stop", words[i].text, i))
        elif said or (len(word) > 1 and any(says_no([form]) for form in forms(word, code))):
            found.append(("no", words[i].text, i))
        i += 1
    marks = {way: [word for said, word, _ in found if said == way] for way in _WAYS}
    no = [word for word in marks["no"] if not (code == "tr" and _CONCORD.fullmatch(word.lower()))]
    return Polarity(
        tuple(no or marks["no"]),
        tuple(marks["fail"]),
        tuple(marks["stop"]),
        _poles(claim, silent),
        denies,
        frozenset(stem(w.word, code) for w in words if w.is_word and w.word),
        dict(_privatives(claim)),
        {word: stems for _, word, i in found if (stems := words_of.sentence(claim, i)) is not None},
    )


def _is_no_negation(claim: Claim, i: int) -> bool:
    """ "None but": an exception says yes; "gidip gitmediğini": whether says neither."""
    words = claim.words
    if claim.code == "tr":
        return bool(i and _WHETHER.fullmatch(words[i - 1].word)) and (
            words[i].word[:2] == words[i - 1].word[:2]
        )
    excepting = _EXCEPT.get(claim.code, frozenset())
    return any(word.word in excepting for word in words[i + 1 : i + 6])


def _ends(claim: Claim, i: int) -> bool:
    """No word stands behind ``i`` in its sentence: what ends a Turkish one is its verb."""
    return claim.code == "tr" and not any(word.is_word for word in claim.words[i + 1 :])


def conflict(mine: Polarity, theirs: Polarity, *, across: bool, whole: bool) -> Reason | None:
    """What the one says no to and the other does not.

    ``whole``: the two tell about as much; else a negation may stand in what only one of them tells.
    """
    if bool(mine.denies) != bool(theirs.denies):
        return Reason("denial", mine.denies, theirs.denies)
    if not across:
        mine, theirs = _met(mine, theirs), _met(theirs, mine)
    said = bool(mine.no) != bool(theirs.no)
    opposed = _opposed(mine, theirs)
    if opposed is not None:
        return None if said else opposed
    if said and mine.poles.keys() & theirs.poles.keys():
        return Reason("negation", _word(mine), _word(theirs))
    if not across:
        for one, two in ((mine, theirs), (theirs, mine)):
            for base, word in one.without.items():
                if base in two.stems and word not in two.without.values():
                    pair = (word, base) if one is mine else (base, word)
                    return None if said else Reason("negation", *pair)
    failed = len(mine.failed) % 2 != len(theirs.failed) % 2
    if whole and (said or failed) and _says_no(mine) != _says_no(theirs):
        return Reason("negation", _word(mine), _word(theirs))
    return None


def _met(polarity: Polarity, other: Polarity) -> Polarity:
    """``polarity`` without what says no in a sentence of which the other tells nothing."""
    beside = {
        word for word, stems in polarity.around.items() if not words_of.is_told(stems, other.stems)
    }
    if not beside:
        return polarity
    no, failed, stopped = (
        tuple(word for word in words if word not in beside)
        for words in (polarity.no, polarity.failed, polarity.stopped)
    )
    return replace(polarity, no=no, failed=failed, stopped=stopped)


def _says_no(polarity: Polarity) -> bool:
    """Twice no is yes: "did not refuse", "refused to annul"."""
    against = len(polarity.failed) % 2 if polarity.failed else bool(polarity.stopped)
    return bool(polarity.no) != bool(against)


def _word(polarity: Polarity) -> str:
    return " ".join((polarity.no or polarity.failed or polarity.stopped)[:1])


def _opposed(mine: Polarity, theirs: Polarity) -> Reason | None:
    """Opposite poles of one event, where neither claim has both."""
    against = {"+": "-", "-": "+"}
    for (name, sign), word in mine.poles.items():
        other = (name, against[sign])
        if other in mine.poles or other not in theirs.poles or (name, sign) in theirs.poles:
            continue
        return Reason("opposite", word, theirs.poles[other])
    return None


def _poles(claim: Claim, silent: set[int]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    listed = _pole_list(claim.code)
    for i, word in enumerate(claim.words):
        hit = listed.at(claim.words, i) if i not in silent and word.is_word else None
        for pole in hit[1].split("|") if hit is not None else ():
            name, sign = pole.split()
            found.setdefault((name, sign), word.text)
    return found


@cache
def _pole_list(code: str) -> Phrases:
    table: dict[str, str] = {}
    for pole, words in lexicon.table(code, "poles").items():
        for word in words.split():
            table[word] = f"{table[word]}|{pole}" if word in table else pole
    return Phrases(code, table, beginnings=code == "tr")


def _denial(claim: Claim, silent: set[int]) -> tuple[str, set[int]]:
    """(the word that denies, the indexes of it and of what goes with it)."""
    words = claim.words
    refuting, reports = _refutations(claim.code), phrases(claim.code, "allegations")
    refused = lexicon.words(claim.code, "refused_objects")
    for i in range(len(words)):
        if i in silent:
            continue
        hit = refuting.at(words, i)
        if hit is None:
            continue
        near = range(max(0, i - _REACH), min(len(words), i + _REACH))
        if {word.word for word in words[i + hit[0] : i + hit[0] + 3]} & refused:
            continue
        if hit[1] == "+" and not any(reports.at(words, k) for k in near):
            continue
        return words[i].text, set(range(i, i + hit[0]))
    falsity = phrases(claim.code, "falsity")
    for i in range(len(words)):
        hit = falsity.at(words, i)
        near = range(max(0, i - _REACH), min(len(words), i + _REACH))
        if (
            hit is not None
            and i not in silent
            and (any(reports.at(words, k) for k in near) or _of_a_clause(claim, i, i + hit[0]))
        ):
            return " ".join(word.text for word in words[i : i + hit[0]]), set(range(i, i + hit[0]))
    return "", set()


def _of_a_clause(claim: Claim, i: int, j: int) -> bool:
    """ "It is not true that", "…olduğu doğru değil": a whole clause is called false."""
    words, code = claim.words, claim.code
    if code == "tr":
        return bool(i and _NOMINAL.fullmatch(words[i - 1].word))
    that = {"ar": {"ان", "لما", "بان"}, "en": {"that", "to"}}.get(code, set())
    return any(word.word in that for word in words[j : j + 2])


@cache
def _refutations(code: str) -> Phrases:
    table = {
        term.removesuffix("+").strip(): "+" if term.endswith("+") else "!"
        for term in lexicon.terms(code, "refutations")
    }
    return Phrases(code, table, beginnings=code == "tr")


def _found(listed: Phrases, claim: Claim) -> Iterator[int]:
    for i in range(len(claim.words)):
        hit = listed.at(claim.words, i)
        if hit is not None:
            yield from range(i, i + hit[0])


def _privatives(claim: Claim) -> Iterator[tuple[str, str]]:
    """("safe", "unsafe"): a word made of another by a syllable that says no."""
    if claim.code == "ar":
        for one, two in zip(claim.words, claim.words[1:], strict=False):
            if one.word in {"غير", "وغير"}:
                yield stem(two.word, "ar"), f"{one.text} {two.text}"
        return
    pattern = _WITHOUT.get(claim.code)
    for word in claim.words if pattern is not None else ():
        made = pattern.fullmatch(word.word) if pattern is not None and not word.capital else None
        if made is not None:
            yield stem(made.group(1), claim.code), word.text
