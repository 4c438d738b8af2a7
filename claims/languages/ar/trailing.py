"""Sources that stand behind what they say: … كما أعلنت كييف; …، بحسب الوزارة."""

from claims.languages.ar import morphology as m
from claims.languages.ar.boundaries import Boundaries
from claims.languages.ar.framing import is_complementiser, stance_of
from claims.languages.ar.names import name
from claims.languages.ar.reading import Reading
from claims.languages.ar.sources import source_of
from claims.languages.shapes import Frame, Span
from claims.languages.spans import CLOSERS, COMMAS, SENTENCE_ENDS

_LONGEST = 12
_PLURALS = ("ون", "وا", "نا")


def source_behind(r: Reading, bounds: Boundaries, begin: int, j: int) -> tuple[Frame, int] | None:
    """The source at ``j`` of the clause that began at ``begin``, and the index behind it."""
    hi, word = bounds.hi, r.norm(j)
    if j - begin < 3:
        return None
    if word in m.normal_words("according") and not r.joined(j):
        return _according(r, j, hi)
    as_said = word == "كما" and (not m.is_imperfect(r.norm(j + 1)) or _closes_sentence(r, j, hi))
    if not as_said and r.norm(j - 1) not in COMMAS:
        return None
    verb = j + 1 if as_said else j
    if r.norm(verb).endswith(_PLURALS):
        # A verb before its subject is never in the plural.
        return None
    if stance_of(r.norm(verb)) != "asserts" or r.norm(verb) in m.normal_words("ambiguous"):
        return None
    if not as_said and (r.joined(j) or bounds.loose_end(begin, j)):
        return None
    stops = COMMAS | SENTENCE_ENDS if as_said else SENTENCE_ENDS
    end = next((k for k in range(verb + 1, min(hi, verb + _LONGEST + 1)) if r.norm(k) in stops), hi)
    if end - verb > _LONGEST or any(
        is_complementiser(r.norm(k)) or r.norm(k) == ":" for k in range(verb, end)
    ):
        return None
    claimant = name(r, verb + 1, end)
    if claimant is None:
        return None
    cue = Span(r.start(verb), r.tokens[verb].end)
    return Frame(cue, claimant, Span(r.tokens[j].start, r.tokens[end - 1].end)), end


def _according(r: Reading, j: int, hi: int) -> tuple[Frame, int] | None:
    found = source_of(r, j, hi)
    if found is None:
        return None
    frame, end = found
    last = end >= hi or r.norm(end) in COMMAS | SENTENCE_ENDS
    parted = r.norm(j - 1) in COMMAS or r.norm(j - 1) in CLOSERS
    own = r.norm(j + 1) in m.normal_words("own_saying")
    party = not _rules(r, frame) and (parted or _speaks(r, frame))
    return found if own or (last and party) else None


def _closes_sentence(r: Reading, j: int, hi: int) -> bool:
    """No comma parts what stands behind ``j`` from the end of the sentence."""
    return not any(r.norm(k) in COMMAS for k in range(j + 1, hi))


def _rules(r: Reading, frame: Frame) -> bool:
    """ "according to the law": what one goes by, and nobody who speaks."""
    if frame.claimant is None:
        return False
    head = m.normal(r.slice(frame.claimant).split()[0])
    return head.removeprefix("لل").removeprefix("ل").removeprefix("ال") in m.normal_words("rules")


def _speaks(r: Reading, frame: Frame) -> bool:
    """A party is what the clause goes by."""
    if frame.claimant is None:
        return True
    roles = m.normal_words("roles")
    words = [m.normal(word) for word in r.slice(frame.claimant).split()[:2]]
    return any(word.removeprefix("لل").removeprefix("ال") in roles for word in words)
