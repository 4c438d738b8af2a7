"""The questions a claim's worth is a sum of, and their answers.

Each is asked of the claim's own words, or of its place among the article's other claims. Every
answer is yes or no, so that an editor can contradict it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from claims.detection.wording import LINKED
from claims.languages import folding, lexicon
from claims.languages.shapes import Token


def gettext_noop(message: str) -> str:
    """Mark a reason for translation. Django's own asks for settings, which engines do without."""
    return message


# Asked of the claim in its article. No public collection holds these with a judgement of worth.
AROUND = {
    "contested": gettext_noop("contested by another party"),
    "denies": gettext_noop("denies what another party says"),
    "unnamed": gettext_noop("rests on an unnamed source"),
    "uncheckable": gettext_noop("is an opinion or a wish"),
}
# Asked of the words alone.
WITHIN = {
    "number": gettext_noop("gives a number"),
    "share": gettext_noop("gives a share or a sum"),
    "meeting": gettext_noop("names a meeting between parties"),
    "consequence": gettext_noop("concerns lives, law, war or money"),
    "office": gettext_noop("names an office or an institution"),
    "name": gettext_noop("names a person, a place or a body"),
    "dated": gettext_noop("can be checked on a date"),
    "cause": gettext_noop("says what caused what"),
    "comparison": gettext_noop("compares"),
    "general": gettext_noop("leaves no exception"),
    "negated": gettext_noop("says that something is not so"),
    "sourced": gettext_noop("says where it comes from"),
    "happened": gettext_noop("says that something happened"),
    "future": gettext_noop("says what will happen"),
    "detailed": gettext_noop("says much at once"),
    "long": gettext_noop("runs long"),
    "quotes": gettext_noop("quotes somebody's words"),
    "linked": gettext_noop("links to a page"),
    "hedged": gettext_noop("hedged"),
    "position": gettext_noop("states a position"),
    "judging": gettext_noop("has words that judge or wish"),
    "speaker": gettext_noop("speaks of the speaker"),
    "addressee": gettext_noop("speaks to somebody"),
    "asks": gettext_noop("asks or exclaims"),
    "short": gettext_noop("is short and leans on its context"),
}
QUESTIONS: dict[str, str] = WITHIN | AROUND

_FEW, _MANY, _LONG = 5, 20, 30
_QUOTES = re.compile(r"[\"«“„]")
_LINKS = re.compile(rf"https?://|www\.|{LINKED}")
_MONEY = re.compile(r"[%٪$€£₺]")
_ASKS = re.compile(r"[?!؟]")
# A capital inside the sentence: behind a small letter, a digit or a comma and a space.
_NAME = re.compile(r"(?<=[^\W_][ ,] )[A-ZÇĞİÖŞÜ][^\W\d_]|(?<=[^\W_] )[A-ZÇĞİÖŞÜ][^\W\d_]")
_ABBREVIATION = re.compile(r"\b[A-ZÇĞİÖŞÜ]{2,6}\b")


@dataclass(frozen=True)
class Evidence:
    """What is known of a claim when it is judged. ``words``: its folded words."""

    language: str
    text: str
    words: Sequence[str]
    tokens: Sequence[Token]
    form: str
    stance: str
    contested: bool
    claimant: str | None
    dated: bool
    date_words: frozenset[str]
    tense: str
    position: bool
    expected: bool  # "it is expected that"
    accusation: bool  # what somebody is accused of: an act

    @cached_property
    def _distinct(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(self.words)} "

    def has(self, name: str) -> bool:
        """Whether a term of that word list stands anywhere in it."""
        single, several = _phrases(self.language, name)
        if not single.isdisjoint(self._distinct):
            return True
        return any(phrase in self._joined for phrase in several)

    def opens_with(self, name: str, within: int = 4) -> bool:
        """Whether a term of that list begins among the first ``within`` words."""
        single, several = _phrases(self.language, name)
        if any(word in single for word in self.words[:within]):
            return True
        if not several:
            return False
        # A phrase may end two words later than it may begin.
        opening = f" {' '.join(self.words[: within + 2])} "
        return any(phrase in opening for phrase in several)

    def closes_with(self, name: str, within: int) -> bool:
        """Whether a term of that list stands among the last ``within`` words."""
        single, several = _phrases(self.language, name)
        closing = self.words[-within:]
        if not single.isdisjoint(closing):
            return True
        joined = f" {' '.join(closing)} "
        return any(phrase in joined for phrase in several)

    @cached_property
    def numbers(self) -> bool:
        """A number that is not part of a date."""
        return any(
            word[:1].isdecimal() and word not in self.date_words for word in self.words
        ) or self.has("amounts")


@cache
def _phrases(language: str, name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """A word list folded: its single words; its phrases with a blank at both ends."""
    terms = [folding.fold(term, language) for term in lexicon.terms(language, name)]
    return (
        frozenset(term for term in terms if " " not in term),
        tuple(f" {term} " for term in terms if " " in term),
    )


def answers(kind: str, checkable: bool, e: Evidence) -> dict[str, bool]:
    """Every question with its answer, of a claim already said to be of this kind."""
    return {
        "number": e.numbers,
        "share": e.numbers and (_MONEY.search(e.text) is not None or e.has("amounts")),
        "meeting": e.has("meetings"),
        "consequence": e.has("consequences"),
        "office": e.has("offices"),
        "name": _names(e),
        "dated": e.dated,
        "cause": e.has("causes"),
        "comparison": e.has("comparisons"),
        "general": e.has("generalising"),
        "negated": e.has("negating"),
        "sourced": e.has("sourced"),
        "happened": kind in {"event", "quantity"} and checkable,
        "future": kind == "prediction",
        "detailed": len(e.words) >= _MANY,
        "long": len(e.words) >= _LONG,
        "quotes": _QUOTES.search(e.text) is not None,
        "linked": _LINKS.search(e.text) is not None,
        "hedged": e.has("hedges"),
        "position": kind == "position",
        "judging": e.has("opinion") or e.has("wishes"),
        "speaker": e.has("speaker"),
        "addressee": e.has("addressee"),
        "asks": _ASKS.search(e.text) is not None,
        "short": len(e.words) < _FEW,
        "contested": e.contested,
        "denies": e.stance != "asserts",
        "uncheckable": not checkable,
        "unnamed": e.claimant is not None and _unnamed(e),
    }


def _names(e: Evidence) -> bool:
    """Only where the script has capitals: Arabic names stand out by nothing but knowing them."""
    return _NAME.search(e.text) is not None or _ABBREVIATION.search(e.text) is not None


def _unnamed(e: Evidence) -> bool:
    single, _ = _phrases(e.language, "unnamed_sources")
    return any(word in single for word in folding.tokens(e.claimant or "", e.language))
