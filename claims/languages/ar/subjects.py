"""Who acts in a clause that the article tells, so that what follows can be theirs to say."""

from claims.languages.ar.framing import is_complementiser
from claims.languages.ar.names import name, participles
from claims.languages.ar.reading import Reading
from claims.languages.shapes import Frame, Span

# "was killed", "took place": their subject claims nothing.
_CLAIMS_NOTHING = frozenset(
    {"قتل", "قتلت", "تم", "تمت", "يتم", "جرى", "جرت", "وقع", "وقعت", "لقي", "لقيت"}
)


def acting(reading: Reading, told: tuple[int, int] | None, frame: Frame) -> Span | None:
    """The subject of the clause ``told``, where the participle that ``frame`` stands on agrees with it.

    "Had issued his threat, claiming that": verb first, or كان and the subject first.
    """
    if told is None or frame.cue is None:
        return None
    lo, hi = told
    participle = reading.bare(reading.behind(frame.cue.start - 1, hi, hi + 3))
    if participle not in participles():
        return None
    verb = reading.bare(lo)
    if not reading.is_verb(lo, at_head=True) or verb in _CLAIMS_NOTHING:
        return None
    if is_complementiser(reading.norm(lo + 1)):
        return None
    feminine = verb.startswith("ت") or verb.endswith("ت")
    return name(reading, lo + 1, hi) if feminine == participle.endswith("ة") else None
