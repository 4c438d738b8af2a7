"""What two claims are to one another: the same, contradicting, related or neither."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from claims.languages import folding
from claims.similarity import relation
from claims.similarity.contradiction import (
    dates,
    entities,
    numbers,
    parties,
    polarity,
    reading_numbers,
    substitution,
    words,
)
from claims.similarity.contradiction.model import Judgement
from claims.similarity.contradiction.words import Claim

# Poles of one event seen from its two sides: who sells to the other is bought from.
_CONVERSE = frozenset({"win", "buy", "give", "import"})
# Scores from which two claims are one matter, by what they have in common besides their wording:
# two facts, or a fact and a name; one fact, or two names; a name or nothing. Fitted on the
# development half of the probe.
_MANY, _SOME, _BARE = 0.2, 0.45, 0.75
# The same for three of them with a fact and a name among them.
_MOST = 0.12
# The same where they have hardly more in common than the names: one party does many things. Of what
# else the shorter tells, less than this share stands in the other.
_ONLY_NAMES, _ELSE = 0.93, 0.3
# Letters with which the forms of one word begin.
_BEGINNING = 3
# Of a text that tells much more, not all has to stand in the other; of one that uses hardly the same
# words, not all names.
_SAME_LENGTH, _SAME_STORY = 0.45, 0.5
# The score from which two that name the same are related.
_TOUCHING = 0.005


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim as the comparisons need it; make it once and keep it."""

    claim: Claim
    quantities: tuple[reading_numbers.Quantity, ...]
    times: dates.Times
    polarity: polarity.Polarity
    entities: entities.Entities
    content: frozenset[str]
    told: frozenset[str]  # the beginnings of what is no name, time, number or word of saying


def read(text: str, language: str, published: date | None = None) -> Reading:
    """What ``text`` says that another claim may contradict. Raises UnknownLanguage.

    ``published``: when it was said, where that is known: then "yesterday" is a day.
    """
    text = words.prepared(text, language)
    claim = words.read(text, language)
    times = dates.read(claim, text, published)
    empty = folding.stopwords(language)
    content = frozenset(
        words.stem(word.word, language)
        for word in claim.words
        if word.is_word and word.word and word.word not in empty
    )
    named = entities.read(claim, times.words)
    return Reading(
        claim,
        reading_numbers.quantities(claim, times.words),
        times,
        polarity.read(claim),
        named,
        content,
        _told(claim, content, {name.at for name in named.mentions} | times.words),
    )


def judge(a: Reading, b: Reading, similarity: float) -> Judgement:
    """How ``a`` and ``b`` stand to one another.

    ``similarity``: how likely they are about the same matter, 0 to 1 (``ranking``). What conflicts
    is told as reasons; a denial is a position on the claim and contradicts it, another actor or
    another event is related.
    """
    needed = _needed(a, b)
    if similarity < min(needed, relation.SAME):
        return Judgement(_apart(a, b, similarity))
    across = a.claim.code != b.claim.code
    overlap = 0.0 if across else _overlap(a, b)
    told_alike = _alike_in_length(a, b)
    denied = polarity.conflict(a.polarity, b.polarity, across=across, whole=told_alike)
    if denied is not None and denied.code == "denial":
        return Judgement("contradicts", (denied,))
    claims = (a.claim, b.claim)
    swap = parties.swapped(a.entities, b.entities, claims, overlap) if told_alike else None
    opposed = _converse(a, b)
    if swap is not None and opposed:
        swap, denied = None, None
    party = None
    if told_alike and (across or overlap >= _SAME_STORY):
        party = parties.conflict(a.entities, b.entities, claims, overlap)
    against = [
        numbers.conflict(a.quantities, b.quantities, across=across),
        dates.conflict(a.times, b.times),
        denied,
        party if party is not None and party.code == "place" else None,
    ]
    if not across and party is None and not any(against):
        other = substitution.conflict(a.claim, b.claim)
        if other is not None and other.code == "actor":
            party = other
        else:
            against.append(other)
    found = tuple(reason for reason in against if reason is not None)
    actor = next((r for r in (swap, party) if r is not None and r.code != "place"), None)
    if actor is not None:
        return Judgement("related", (actor, *found))
    if found:
        return Judgement("contradicts", found)
    return Judgement("same" if similarity >= needed else "related")


def _needed(a: Reading, b: Reading) -> float:
    """The score from which the two are about one event."""
    names = parties.shared(a.entities, b.entities)
    facts = numbers.shared(a.quantities, b.quantities) + dates.shared(a.times, b.times)
    facts += bool(a.polarity.no and b.polarity.no)
    if facts and facts + names > 2 and names:
        return _MOST
    if facts > 1 or (facts and names):
        return _MANY
    if not facts and _only_names(a, b):
        return _ONLY_NAMES
    return _SOME if facts or names > 1 else _BARE


def _only_names(a: Reading, b: Reading) -> bool:
    """The two have hardly a word in common but names."""
    fewer = min(len(a.told), len(b.told))
    return a.claim.code == b.claim.code and fewer > 1 and len(a.told & b.told) < _ELSE * fewer


def _told(claim: words.Claim, content: frozenset[str], besides: Set[int]) -> frozenset[str]:
    saying = words.saying(claim.code)
    return frozenset(
        words.stem(word.word, claim.code)[:_BEGINNING]
        for i, word in enumerate(claim.words)
        if i not in besides
        and word.is_word
        and word.word not in saying
        and not words.has_digit(word.word)
        and words.stem(word.word, claim.code) in content
    )


def _apart(a: Reading, b: Reading, similarity: float) -> str:
    """What two claims are that are not about one event."""
    if relation.by_score(similarity) != "unrelated":
        return "related"
    met = similarity >= _TOUCHING and parties.shared(a.entities, b.entities)
    return "related" if met else "unrelated"


def _converse(a: Reading, b: Reading) -> bool:
    """One tells from the one side what the other tells from the other: won, lost."""
    signs = {"+": "-", "-": "+"}
    return any(
        name in _CONVERSE and (name, signs[sign]) in b.polarity.poles
        for name, sign in a.polarity.poles
    )


def _alike_in_length(a: Reading, b: Reading) -> bool:
    fewer, more = sorted((len(a.content), len(b.content)))
    return fewer >= _SAME_LENGTH * more


def _overlap(a: Reading, b: Reading) -> float:
    fewer = min(len(a.content), len(b.content))
    return len(a.content & b.content) / fewer if fewer else 0.0
