"""Clauses that say a claim is untrue without a verb of denying before it.

"…, saying it is baseless", "called that a lie", "the allegation was denied": read off word lists
of the language, whose last word stands for all that begin with it.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from claims.languages import folding, lexicon
from claims.languages._served import part
from claims.languages.shapes import Frame, Piece, Span

# Words. In a clause that is longer, "false" describes one thing of many, unless it names a report.
_SHORT = 7
# Words between a report and what calls it false; and the latest that this is said in a clause.
_CLOSE = 6
_SUBJECT = 2
_POINTED = 2
_FAR = 12
# Lists of whole words; Turkish nouns have their suffixes behind them.
_NOUNS = frozenset({"denying_words", "report_nouns", "figures", "none_at_all", "all_of_them"})
_WHOLE_WORDS = {"": _NOUNS, "en": _NOUNS | {"falsity"}, "tr": frozenset({"denying_words"})}
# What may stand behind them nevertheless.
_BEHIND = {"en": "(?=s? )"}
# What may cling to the front of a word.
_CLINGING = {"ar": "[وفبلك]?"}
# "to confirm or deny": what stands behind these is one of two.
_TO = folding.fold("إلى", "ar")
_EITHER = frozenset({"او", "ولا", "هل", "or", "nor", "ne", "veya", "یا"})
_LONGEST = 24
_WORD = re.compile(r"\w+")
# The agent of a passive, English or Arabic.
_BY = re.compile(r"(?: \w+){0,3}? (?:by|من جانب|من قبل) ((?:(?! التي| الذي)[^,.;،؛])+)")


class Stated(Protocol):
    """A claim being read, in the order of the text."""

    piece: Piece
    sentence: int
    stance: str

    def words(self, text: str, language: str) -> list[str]:
        """Its folded words."""


def read(text: str, language: str, stated: Sequence[Stated]) -> None:
    """Set the stance of the claims in whose words a denial or a doubt lies, in place."""
    before: Stated | None = None
    for claim in stated:
        if claim.stance == "asserts":
            words = f" {' '.join(claim.words(text, language))} "
            if claim.piece.frame is not None:
                _called_untrue(claim, before, words, language)
            else:
                _narrated(text, claim, words, language)
        before = claim


def stems(words: Sequence[str], language: str) -> frozenset[str]:
    """What the folded content words share with other forms of themselves."""
    stop, form = folding.stopwords(language), part(language, "denial")
    return frozenset(form.stem(word) for word in words if word not in stop and len(word) > 1)


@cache
def report_stems(language: str) -> frozenset[str]:
    """The stems of the nouns for a report, of which a denial is full."""
    return stems(terms(language, "report_nouns"), language)


def denies_itself(words: Sequence[str], language: str) -> bool:
    """The main predicate of the folded words says no."""
    return bool(part(language, "denial").denies_itself(words))


def denied(words: Sequence[str], language: str) -> str:
    """The stem of the predicate that the folded words say no to, or ""."""
    return str(part(language, "denial").denied(words))


def holds(words: str, language: str, name: str) -> str:
    """The first term of the list that stands in ``words`` (folded, spaces around), or ""."""
    pattern = _pattern(language, name)
    found = pattern.search(words) if pattern is not None else None
    return found.group()[1:] if found is not None else ""


@cache
def _pattern(language: str, name: str) -> re.Pattern[str] | None:
    return _compiled(terms(language, name), language, name)


def _compiled(listed: Sequence[str], language: str, name: str) -> re.Pattern[str] | None:
    found = sorted(map(re.escape, listed), key=len, reverse=True)
    # A denying word stands for itself, a word of the other lists for all that begin with it.
    behind = (
        _BEHIND.get(language, "(?= )")
        if name in _WHOLE_WORDS.get(language, _WHOLE_WORDS[""])
        else ""
    )
    clinging = _CLINGING.get(language, "")
    return re.compile(f" {clinging}(?:{'|'.join(found)}){behind}") if found else None


@cache
def terms(language: str, name: str) -> tuple[str, ...]:
    """The folded terms of a list; none where the language has no such list."""
    try:
        listed = lexicon.terms(language, name)
    except FileNotFoundError:
        return ()
    return tuple(folding.fold(term, language) for term in listed)


def head(said: str, language: str, most: int) -> list[str]:
    """The stems of the first content words, in their order."""
    found: list[str] = []
    for word in said.split():
        found.extend(stems([word], language))
        if len(found) >= most:
            break
    return found


def none_at_all(words: str, language: str) -> bool:
    """It says that there is nothing of a kind: "no plan", "not any", "nobody"."""
    return holds(words, language, "none_at_all") != ""


def tells_report(words: str, language: str) -> bool:
    """A noun for a report or a rumour, and not only a word that points back at one."""
    nouns = _report_pattern(language)
    return nouns is not None and nouns.search(words) is not None


@cache
def _report_pattern(language: str) -> re.Pattern[str] | None:
    pointing = terms(language, "any_such")
    return _compiled(
        [term for term in terms(language, "report_nouns") if term not in pointing],
        language,
        "report_nouns",
    )


def names_one(words: str, language: str) -> bool:
    """A report, a figure, or a word that points back at one."""
    return any(holds(words, language, name) for name in ("report_nouns", "figures", "any_such"))


def _called_untrue(claim: Stated, before: Stated | None, words: str, language: str) -> None:
    """ "denied the report, saying it does not reflect the truth": the reason given denies too."""
    if not (
        _untrue(words, language) or (claim.piece.contains and holds(words, language, "falsity"))
    ):
        return
    claim.stance = "denies"
    frame = claim.piece.frame
    goes_on = (
        before is not None
        and before.stance == "denies"
        and before.sentence == claim.sentence
        and before.piece.frame is not None
        and frame is not None
        and before.piece.frame.claimant == frame.claimant
    )
    if goes_on:
        claim.piece.features.add("goes_on")
    else:
        claim.piece.names_report = True


def _untrue(words: str, language: str) -> str:
    """The term by which the clause calls a report, or in a short clause anything, false; or ""."""
    short = words.count(" ") <= _SHORT + 1
    term = holds(words, language, "falsity")
    if term and short:
        return term
    term = term or holds(words, language, "falsity_of_reports")
    return term if term and _near_one(words, term, language) else ""


def _near_one(words: str, term: str, language: str) -> bool:
    """A report stands close before or behind the term, and is not merely one that is false."""
    at = words.index(f" {term}")
    before, behind = words[:at].split(), words[at:].split()
    if len(before) > _FAR:
        return False
    told, following = f" {' '.join(before[-_CLOSE:])} ", f" {' '.join(behind[:_CLOSE])} "
    # Further behind the term than "no truth in it", "it" and "that" open something else.
    last = term.count(" ") + 1
    pointed = f" {' '.join(behind[last : last + _POINTED])} "
    if not names_one(told, language) and not (
        tells_report(following, language)
        or holds(following, language, "figures")
        or holds(pointed, language, "any_such")
    ):
        return False
    # "was charged with false claims": only the subject of a clause is called false
    return len(before) <= _SUBJECT or not holds(f" {before[-1]} ", language, "report_nouns")


def _narrated(text: str, claim: Stated, words: str, language: str) -> None:
    """ "The allegation was denied by the service", "called that a plain lie"."""
    if words.count(" ") > _LONGEST:
        return
    one = names_one(words, language)
    for name, stance in (
        ("denying_words", "denies"),
        ("denying_phrases", "denies"),
        ("doubting_phrases", "doubts"),
        ("falsity", "denies"),
        ("falsity_of_reports", "denies"),
    ):
        term = holds(words, language, name)
        if not term or _refused(words, term, language):
            continue
        told = claim.piece.contains is not None or "of_words" in claim.piece.features
        if (
            name == "denying_words"
            or told
            or (one if not name.startswith("falsity") else _near_one(words, term, language))
        ):
            span = claim.piece.span
            cue = _place(text, span, term, language)
            claim.stance = stance
            claim.piece.names_report = one or told
            claim.piece.frame = Frame(cue, _claimant(text, claim.piece, cue), span, stance)
            return


def _refused(words: str, term: str, language: str) -> bool:
    """ "was not denied": the word before says no, where the term itself does not."""
    before = words[: words.index(f" {term}")].split()[-2:]
    if before and before[-1] in _EITHER:
        return True
    behind = words[words.index(f" {term}") :].split()[1:7]
    if language == "ar" and _TO in behind and not names_one(words, language):
        # "banished the poet to": the same verb
        return True
    return bool(part(language, "denial").says_no(before))


def _place(text: str, span: Span, term: str, language: str) -> Span:
    """Where the words of ``term`` stand in the span."""
    found = [
        (match.start(), match.end(), folding.fold(match.group(), language))
        for match in _WORD.finditer(text, span.start, span.end)
    ]
    parts = term.split()
    for at in range(len(found) - len(parts) + 1):
        window = found[at : at + len(parts)]
        if all(word[2].startswith(part) for word, part in zip(window, parts, strict=True)):
            return Span(window[0][0], window[-1][1])
    return span


def _claimant(text: str, piece: Piece, cue: Span) -> Span | None:
    """The subject of the narrated clause, where it stands before the words that deny or behind."""
    subject = piece.subject
    if subject is not None and (subject.end <= cue.start or 0 <= subject.start - cue.end <= 1):
        return subject
    by = _BY.match(text, cue.end, piece.span.end)
    return Span(*by.span(1)) if by is not None else None
