"""A claim as contestation sees it: who says it, in which words, saying yes or no."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from claims.detection import opposition
from claims.detection.drafts import Draft
from claims.languages import folding
from claims.languages.shapes import Piece

# Words of a name in which who it is stands, before what they are of.
_NAMED_FIRST = 2
# Characters before a frame in which "but" may stand.
_LEAD = 40
_LONGEST_LEAD = 200

_NUMBER = re.compile(r"\d(?:[\d.,٬٫]*\d)?")


class Outcome(NamedTuple):
    """What linking found of a side: all that its claim keeps of it."""

    contests: tuple[int, ...]
    contested: bool
    by: str


@dataclass(slots=True)
class Side:
    """A piece as contestation sees it."""

    piece: Piece
    stance: str
    claimant: frozenset[str]  # folded words of the name, empty for the article itself
    sentence: int
    contests: list[int] = field(default_factory=list)
    contested: bool = False
    by: str = ""  # the rule that found what it contests
    language: str = ""
    said: str = ""  # the folded words in their order, spaces around
    claimant_stems: frozenset[str] = frozenset()
    claimant_head: frozenset[str] = frozenset()  # of these, the first of the name
    negated: bool = False
    counts: frozenset[str] = frozenset()  # the numbers in it
    figure_first: bool = False  # it opens with "the number", "the toll"
    tense: str = "none"
    lead: str = ""  # the words of the text that lead to it
    replies: bool = False  # "answered that"
    insists: bool = False  # "insists that"
    relayed: bool = False  # "was quoted as saying"

    # Few claims stand near a denial, and a set for each of the others is what a long text
    # spends its memory on: these two are made when they are asked for.
    @property
    def words(self) -> frozenset[str]:
        """The folded content words of the span."""
        stop = folding.stopwords(self.language)
        return frozenset(w for w in self.said.split() if w not in stop and len(w) > 1)

    @property
    def stems(self) -> frozenset[str]:
        return _stems(self.said, self.language)

    @property
    def contrasted(self) -> bool:
        """It comes with "but", "by contrast"."""
        led = folding.tokens(self.lead, self.language)
        return bool(opposition.holds(f" {' '.join(led)} ", self.language, "contrasting"))

    @property
    def turns(self) -> bool:
        """It says no, and is set against what was before."""
        return self.negated and self.contrasted

    @property
    def outcome(self) -> Outcome:
        return Outcome(tuple(self.contests), self.contested, self.by)


@lru_cache(maxsize=256)
def _stems(said: str, language: str) -> frozenset[str]:
    return opposition.stems(said.split(), language)


def side_of(text: str, language: str, draft: Draft, behind: int) -> Side:
    """The piece with what its words share with those of other pieces.

    ``behind``: where the claim before it ends; the words from there on lead to this one.
    """
    piece = draft.piece
    name = piece.frame.claimant if piece.frame is not None else None
    names = folding.tokens(text[name.start : name.end], language) if name else []
    words = draft.words(text, language)
    negated = opposition.denies_itself(words, language)
    cue = _cue(text, language, piece)
    return Side(
        piece=piece,
        stance=draft.stance,
        claimant=frozenset(names),
        sentence=draft.sentence,
        language=language,
        said=f" {' '.join(words)} ",
        claimant_stems=opposition.stems(names, language),
        claimant_head=opposition.stems(names[:_NAMED_FIRST], language),
        negated=negated,
        counts=frozenset(_NUMBER.findall(text[piece.span.start : piece.span.end])),
        figure_first=bool(opposition.holds(f" {' '.join(words[:2])} ", language, "figures")),
        tense=draft.tense,
        lead=_lead(text, piece, behind),
        insists=cue != "" and opposition.holds(f" {cue} ", language, "insisting") != "",
        replies=cue in opposition.terms(language, "replying"),
        relayed=cue in opposition.terms(language, "relaying"),
    )


def _lead(text: str, piece: Piece, behind: int) -> str:
    """What leads to the claim, from the one before on."""
    begin = piece.span.start if piece.frame is None else piece.frame.region.start
    lo = max(behind, min(begin, piece.span.start) - _LEAD)
    return text[lo : piece.span.start][:_LONGEST_LEAD]


@cache
def _nameless(language: str) -> frozenset[str]:
    return opposition.stems(opposition.terms(language, "unnamed_sources"), language)


def _cue(text: str, language: str, piece: Piece) -> str:
    """The folded words that carry the attribution."""
    cue = piece.frame.cue if piece.frame is not None else None
    return " ".join(folding.tokens(text[cue.start : cue.end], language)) if cue else ""


def same_speaker(one: Side, other: Side) -> bool:
    """The same party, or nameless ones by the same word: "a source", "the sources"."""
    if same_party(one.claimant, other.claimant):
        return True
    nameless = _nameless(one.language)
    return one.claimant_stems == other.claimant_stems and bool(one.claimant_stems & nameless)


def same_party(a: frozenset[str], b: frozenset[str]) -> bool:
    """More than half of the words of the shorter name are in the other."""
    return bool(a and b) and 2 * len(a & b) > min(len(a), len(b))


def unnamed(side: Side) -> bool:
    """Somebody is said to say it, who is not named."""
    return side.piece.frame is not None and not side.claimant


def says_such(side: Side) -> bool:
    """It points back in more than one word: "any such thing", "nothing of the kind"."""
    return " " in opposition.holds(side.said, side.language, "any_such")
