"""A text on its own, without an article around it: is it worth checking, can it be, is it a view?

Its three probabilities come from the same questions and the same wording as the score of a claim;
only the weights differ, and what nobody can know of a lone sentence is answered no.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.detection import checkworthiness, detector, kinds, questions, wording
from claims.languages import folding
from claims.languages.shapes import tokenise


@dataclass(frozen=True, slots=True)
class Assessment:
    """Three probabilities, and the reasons of the first (all in checkworthiness.REASONS)."""

    checkworthy: float
    checkable: float
    subjective: float
    reasons: tuple[str, ...]


def assess(text: str, language: str) -> Assessment:
    """Judge ``text``, some sentences in ``language``. Any text gives a result.

    Raises detector.NoSplitter.
    """
    evidence = evidence_of(text, language)
    answered = answered_of(evidence)
    worthy, checkable, subjective = (
        checkworthiness.sum_of(head, answered, evidence) for head in wording.HEADS
    )
    return Assessment(worthy.score, checkable.score, subjective.score, worthy.reasons)


def answered_of(evidence: questions.Evidence) -> dict[str, bool]:
    """The questions and answers of a text that nobody has split."""
    kind = kinds.kind_of(evidence)
    checkable = kinds.is_checkable(kind, evidence)
    return questions.answers(kind, checkable, evidence) | dict.fromkeys(questions.AROUND, False)


def evidence_of(text: str, language: str) -> questions.Evidence:
    """What a text gives away by itself: read as somebody's own words. Raises NoSplitter."""
    grammar = detector.grammar_of(language)
    text = wording.without_links(text)
    tokens = tokenise(text, grammar.normal)
    times = grammar.times(tokens)
    dated = {
        word
        for time in times
        for word in folding.tokens(text[time.span.start : time.span.end], language)
    }
    normal: Sequence[str] = [token.norm for token in tokens if token.is_word]
    return questions.Evidence(
        language=language,
        text=text,
        words=folding.tokens(text, language),
        tokens=tokens,
        form="direct",
        stance="asserts",
        contested=False,
        claimant=None,
        dated=bool(times),
        date_words=frozenset(dated),
        tense=grammar.tense(normal),
        position=False,
        expected=False,
        accusation=False,
    )
