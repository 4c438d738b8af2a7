"""What kind of claim it is, and whether evidence could settle it."""

from functools import cache

from claims.detection.questions import Evidence
from claims.languages import folding, lexicon

# English reports "it is a shame" as "it was a shame", Turkish reports it without a tense.
_TENSELESS_REPORTS = frozenset({"en", "tr"})
# Where the predicate stands at the end, a word of judgement before it only qualifies a noun
# ("güçlü deprem"), and a verb of counting stands behind its number.
_VERB_LAST = frozenset({"tr"})
_PREDICATE = 5
# Who speaks, in the words of the report.
_SELVES = {"en": frozenset({"he", "she", "they", "he'd", "she'd", "they'd", "he'll", "she'll"})}
# A quoted speaker may greet, name the nation and be fair to everybody before wanting something.
_QUOTED_OPENING, _OPENING = 8, 4


def kind_of(e: Evidence) -> str:
    """event | quantity | prediction | position | background | opinion."""
    if e.position:
        return "position"
    if e.accusation:
        return "event"
    verb_last = e.language in _VERB_LAST
    # "In the capital, both parties have opposed it": English puts the place and the time first.
    quoted_or_placed = e.form == "direct" or (e.form == "narration" and e.language == "en")
    judged = e.closes_with("opinion", _PREDICATE) if verb_last else e.has("opinion")
    if e.form == "direct" and judged and not e.numbers:
        return "opinion"
    if e.opens_with("wishes", _QUOTED_OPENING if quoted_or_placed else _OPENING):
        return "position"
    if e.tense == "future" and _is_own_plan(e):
        return "position"
    if e.tense == "future" or e.expected:
        return "prediction"
    if _is_quantity(e):
        return "quantity"
    if e.form == "narration" and e.language == "en" and judged and e.tense == "state":
        # "it is an insult to the town", in the words of the paper
        return "opinion"
    if e.form != "narration" and judged and (e.tense != "past" or _hides_its_tense(e)):
        return "opinion"
    return "background" if e.tense in {"state", "standing", "none"} else "event"


def _is_own_plan(e: Evidence) -> bool:
    """What somebody is reported to intend: "(the mayor said) she would stay"."""
    if e.form != "indirect" or e.claimant is None or e.language not in _SELVES:
        return False
    first = next((token.norm for token in e.tokens if token.is_word), "")
    return first in _SELVES[e.language]


def _hides_its_tense(e: Evidence) -> bool:
    return e.form == "indirect" and e.language in _TENSELESS_REPORTS and not e.numbers


def is_checkable(kind: str, e: Evidence) -> bool:
    """False for opinions, and for what a speaker says of own wishes and aims."""
    if kind == "opinion":
        return False
    return not (kind == "position" and e.form == "direct" and e.has("wishes"))


def _is_quantity(e: Evidence) -> bool:
    if not e.numbers:
        return False
    if any(token.norm.endswith("%") for token in e.tokens):
        return True
    if e.form != "narration" and _opens_with_number(e):
        return True
    counting, amounts = _folded(e.language, "counting"), _folded(e.language, "amounts")
    verb_last = e.language in _VERB_LAST
    for at, word in enumerate(e.words):
        if _is_year(word):
            continue
        if (word[:1].isdecimal() and word not in e.date_words) or word in amounts:
            near = e.words[max(0, at - 4) : at + 7 if verb_last else at]
            counted = e.tense in {"none", "state"} or any(w in counting for w in near)
            if counted or not verb_last:
                return counted
    return False


def _is_year(word: str) -> bool:
    """ "A 2005 tape": four digits that name a year count nothing."""
    return len(word) == 4 and word.isdecimal() and word[:2] in {"19", "20"} and word != "2000"


def _opens_with_number(e: Evidence) -> bool:
    """ "Some 150 people tried": how many they are is what is said."""
    amounts = _folded(e.language, "amounts")
    return any(
        (word[:1].isdecimal() or word in amounts) and word not in e.date_words
        for word in e.words[:2]
    )


@cache
def _folded(language: str, name: str) -> frozenset[str]:
    return frozenset(folding.fold(term, language) for term in lexicon.words(language, name))
