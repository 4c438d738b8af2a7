"""Accounts that exclude one another though neither says no: other counts, causes, evidence, fates."""

from functools import cache

from claims.detection import opposition
from claims.detection.amounts import amounts
from claims.detection.sides import Side, unnamed
from claims.languages import folding, lexicon

# Content words at most of a clause that is all about its number.
_SHORT = 9
_SHORT_REPORT = 12
# Share of a clause's content words in another from which the two say the same.
_SAME = 0.6
# Content words from the head of a clause on among which its topic stands.
_TOPIC = 2
_PREDICATE = 4
# Words from the head of a clause on among which its subject stands; a Turkish one has what
# describes it before it.
_OPENING = 3
_OPENINGS = {"tr": 6}


def exclude(mine: Side, theirs: Side) -> bool:
    """Whether what ``mine`` tells cannot be where ``theirs`` is."""
    return (
        _counts_otherwise(mine, theirs)
        or _another_cause(mine, theirs)
        or _shown_otherwise(mine, theirs)
        or _another_fate(mine, theirs)
        or _goes_on(mine, theirs)
    )


def _counts_otherwise(mine: Side, theirs: Side) -> bool:
    """ "six people died", "we counted nine bodies": as many of the same in no words in common."""
    figure = opposition.holds(theirs.said, theirs.language, "figures") != ""
    if theirs.piece.frame is None and (not figure or mine.claimant_head & theirs.stems):
        return False
    one = amounts(mine.said, mine.language)
    other = amounts(theirs.said, theirs.language) if one else frozenset()
    if len(one) != 1 or len(other) != 1 or one & other:
        # Where each gives several, which of them counts the same is not certain.
        return False
    if len(mine.stems) > _SHORT or len(theirs.stems) > (_SHORT_REPORT if figure else _SHORT):
        return False
    return bool(_counted(mine) & _counted(theirs))


def _another_cause(mine: Side, theirs: Side) -> bool:
    """ "the fire was caused by a cigarette", "it was started by a broken pipe"."""
    if not (mine.claimant and theirs.claimant) or mine.negated or theirs.negated:
        return False
    if not all(opposition.holds(side.said, side.language, "causing") for side in (mine, theirs)):
        return False
    own = mine.stems - mine.claimant_stems
    shared = len(own & theirs.stems)
    if shared > _SAME * len(own):
        return False
    return mine.contrasted or bool(
        opposition.head(mine.said, mine.language, _TOPIC)[:1]
        and set(opposition.head(mine.said, mine.language, 1))
        & set(opposition.head(theirs.said, theirs.language, _TOPIC))
    )


def _shown_otherwise(mine: Side, theirs: Side) -> bool:
    """ "had never met him", "photographs show the two at dinner": evidence against a denial."""
    if not theirs.claimant or mine.negated or not is_evidence(mine):
        return False
    if theirs.negated:
        return bool((mine.stems - mine.claimant_stems) & (theirs.stems | theirs.claimant_stems))
    return mine.contrasted


def _goes_on(mine: Side, theirs: Side) -> bool:
    """ "the service is back", "the service is still down"."""
    if not (mine.claimant and theirs.claimant) or mine.negated or theirs.negated:
        return False
    one, other = (opposition.holds(side.said, side.language, "still") for side in (mine, theirs))
    if bool(one) == bool(other) or (theirs if one else mine).tense != "past":
        return False
    if max(len(mine.stems), len(theirs.stems)) > _SHORT:
        return False
    if (
        one
        and opposition.holds(theirs.said, theirs.language, "all_of_them")
        and (amounts(mine.said, mine.language))
    ):
        # "all of them left", "six are still there"
        return True
    words = [opposition.head(side.said, side.language, _TOPIC + 1) for side in (mine, theirs)]
    return bool((set(words[0]) - mine.claimant_stems) & set(words[1]))


def goes_round(side: Side) -> bool:
    """The article tells in a few words what is rumoured: "rumours of a closure spread"."""
    return (
        side.piece.frame is None
        and len(side.stems) <= _SHORT_REPORT
        and opposition.tells_report(side.said, side.language)
    )


def is_evidence(side: Side) -> bool:
    """Emails, footage, records say it, or the article of them."""
    if side.piece.frame is not None:
        return bool(side.claimant_head & _evidence(side.language))
    within = _OPENINGS.get(side.language, _OPENING)
    opening = " ".join(side.said.split(" ", within + 1)[:-1])
    return opposition.holds(f"{opening} ", side.language, "evidence") != ""


def gives_figure(side: Side) -> bool:
    """ "Organisers put attendance at 15,000": what the subject of a narrated clause counts."""
    return (
        side.piece.frame is None
        and side.piece.subject is not None
        and bool(side.counts and opposition.holds(side.said, side.language, "figures"))
    )


def _another_fate(mine: Side, theirs: Side) -> bool:
    """ "rumours of the death of", "she is well": the opposite of what goes round unnamed."""
    frame = theirs.piece.frame
    rumoured = unnamed(theirs) and frame is not None and not frame.subjectless
    if not (rumoured or goes_round(theirs)) or mine.negated or theirs.negated:
        return False
    if len(theirs.stems) > _SHORT_REPORT:
        return False
    known = opposites(mine.language)
    said = opposition.head(mine.said, mine.language, _PREDICATE)
    poles = {pole for stem in said if stem in known for pole in known[stem]}
    others = {pole for stem in theirs.stems & known.keys() for pole in known[stem]}
    return bool({(group, -pole) for group, pole in poles} & others) and not poles & others


def _counted(side: Side) -> frozenset[str]:
    """What the numbers of a side may count, by the names of the list."""
    known = _tolls(side.language)
    return frozenset(known[stem] for stem in side.stems & known.keys())


@cache
def _tolls(language: str) -> dict[str, str]:
    return {
        stem: name
        for name, words in lexicon.table(language, "tolls").items()
        for stem in opposition.stems(folding.tokens(words, language), language)
    }


@cache
def _evidence(language: str) -> frozenset[str]:
    return opposition.stems(opposition.terms(language, "evidence"), language)


@cache
def opposites(language: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """The stems of ``rose, grew = fell, sank`` with the number of the line and the side of it."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, (one, other) in enumerate(lexicon.table(language, "opposites").items()):
        for words, pole in ((one, 1), (other, -1)):
            folded = folding.tokens(words, language)
            for stem in opposition.stems(folded, language):
                found[stem] = (*found.get(stem, ()), (number, pole))
    return found
