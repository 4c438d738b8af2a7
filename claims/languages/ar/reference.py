"""The Arabic pronoun a claim opens with: قال أردوغان إنه دعا الأسد.

It is the speaker where the verb of saying agrees with it, nobody else is named in between, and what
follows is something people do: before "it rained" or "there is no", إنه stands for nobody.
"""

from collections.abc import Sequence

from claims.languages.ar import morphology
from claims.languages.shapes import Frame, Reference, Span, Token

# Gender and number: masculine, feminine, dual, plural.
_PRONOUNS = {
    "انه": "m",
    "هو": "m",
    "انها": "f",
    "هي": "f",
    "انهما": "d",
    "هما": "d",
    "انهم": "p",
    "هم": "p",
}
_DEMONSTRATIVES = frozenset(
    {"هذا", "هذه", "ذلك", "تلك", "هولاء", "هؤلاء", "اولئك", "هذان", "هاتان"}
)
_TIMES = frozenset(
    {"الاسبوع", "الشهر", "العام", "السنة", "اليوم", "المرة", "الليلة", "المساء", "الصباح"}
)
_NEGATIONS = frozenset({"لا", "لم", "لن", "ليس", "ليست", "ما", "قد", "سوف"})
# Another party between the verb of saying and what is said: "said of X that he".
_OTHERS = frozenset({"عن", "ل", "له", "لها", "لهم", "مع", "بشان", "بخصوص"})
_BETWEEN = 8
_READY = ("مستعد", "عازم", "واثق", "ملتزم", "متمسك")


def reference(
    tokens: Sequence[Token], lo: int, hi: int, frame: Frame | None, form: str
) -> Reference | None:
    """The pronoun at the head of the claim ``tokens[lo:hi]`` or right before it; else None."""
    word = tokens[lo].norm if lo < hi else ""
    if word in _DEMONSTRATIVES:
        following = tokens[lo + 1].norm if lo + 1 < hi else ""
        noun = following.startswith("ال")
        if following in _TIMES or (word == "هذا" and following.startswith("و")):
            # "this week"; هذا و at the head of a paragraph only goes on
            return None
        return Reference(Span(tokens[lo].start, tokens[lo + noun].end), None)
    at = lo
    if word not in _PRONOUNS and lo and tokens[lo - 1].norm.startswith("ان"):
        # Before a verb the grammar leaves the pronoun outside the claim.
        at = lo - 1
    agreement = _PRONOUNS.get(tokens[at].norm) if lo < hi else None
    if agreement is None:
        return None
    does = _does(tokens, at + 1, hi, agreement)
    if not does and tokens[at].norm.startswith("ان") and not _ready(tokens, at + 1, hi):
        # "it is said", "there is": nobody is meant
        return None
    span = Span(tokens[at].start, tokens[at].end)
    speaker = frame if does and form == "indirect" else None
    sure = speaker is not None and _speaks(tokens, at, speaker, agreement)
    return Reference(span, speaker.claimant if speaker is not None and sure else None)


def _does(tokens: Sequence[Token], i: int, hi: int, agreement: str) -> bool:
    """An act of a person or a body, in the person of the pronoun."""
    while i < hi and tokens[i].norm in _NEGATIONS:
        i += 1
    if i >= hi:
        return False
    word = tokens[i].norm
    bare = word[1:] if morphology.is_future(word) else word
    acts = morphology.forms("own_acts", "positions", "acts_of_speech")
    if bare not in acts and morphology.without_pronoun(bare) not in acts:
        return False
    feminine = bare.endswith("ت") or bare.startswith("ت")
    plural = bare.endswith(("وا", "ون"))
    return {"m": not feminine and not plural, "f": feminine and not plural, "p": plural}.get(
        agreement, bare.endswith(("ا", "ان"))
    )


def _ready(tokens: Sequence[Token], i: int, hi: int) -> bool:
    """ "that he is ready": a word about the pronoun, of which nobody can be sure."""
    return i < hi and any(tokens[i].norm.startswith(stem) for stem in _READY)


def _speaks(tokens: Sequence[Token], lo: int, frame: Frame, agreement: str) -> bool:
    """The claimant stands in this sentence, agrees with the verb of saying and the pronoun."""
    claimant, cue = frame.claimant, frame.cue
    if claimant is None or cue is None or frame.subjectless or frame.outer is not None:
        return False
    inside = frame.region.start <= claimant.start and claimant.end <= tokens[lo].start
    behind = max(claimant.end, cue.end)
    at = lo - 1
    between: list[str] = []
    while at >= 0 and tokens[at].start >= behind and len(between) <= _BETWEEN:
        between.append(tokens[at].norm)
        at -= 1
    if not inside or len(between) > _BETWEEN or any(_other(word) for word in between):
        return False
    said = next(
        (token.norm for token in tokens[max(0, at - 40) : lo] if token.start == cue.start), ""
    )
    named = [
        t.norm for t in tokens[max(0, at - 40) : lo] if claimant.start <= t.start < claimant.end
    ]
    if "/" in named:
        # An agency's slug, not a name
        return False
    head = named[0] if named else ""
    several = any(word[:1] == "و" and len(word) > 3 for word in named[1:])
    if agreement == "d":
        return several or head.endswith(("ان", "ين"))
    if several:
        return False
    if agreement == "p":
        return head.endswith(("ون", "ين")) or head in {"شهود", "سكان", "ناشطون", "خبراء"}
    feminine = said.endswith("ت") or said.startswith("ت")
    mass = head.endswith(("ون", "ين"))
    return feminine == (agreement == "f") and not mass


def _other(word: str) -> bool:
    return word in _OTHERS or (word.startswith("لل") and len(word) > 4)
