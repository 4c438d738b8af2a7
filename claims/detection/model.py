"""What splitting an article yields: the JSON of ``manage.py split``, as frozen values.

All places are code points of the article's text exactly as it was received, end exclusive.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the article and where they stand: a claimant, a cue."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression and the closed interval of days it means."""

    text: str
    start: int
    end: int
    first: date
    last: date

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Ground:
    """Which rule found a field, and how sure it is: 0…1, see provenance.py."""

    field: str
    by: str
    sure: float


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition of the article; ``text`` is the article's own slice ``start:end``.

    ``form``: direct | indirect | narration. ``stance``: asserts | denies | doubts.
    ``kind``: event | quantity | prediction | position | background | opinion.
    ``checkworthiness``: 0…1, explained by ``reasons`` (all of them in checkworthiness.REASONS).
    ``contests``: ids of the claims that a denying or doubting one is about.
    ``unresolved``: words of ``statement`` that point at something it does not name.
    ``due``: of a prediction, the day from which it can be checked: the last it speaks of.
    """

    id: str
    start: int
    end: int
    text: str
    statement: str
    claimant: Mention | None
    via: Mention | None
    cue: Mention | None
    form: str
    stance: str
    contests: tuple[str, ...]
    contested: bool
    kind: str
    checkable: bool
    checkworthiness: float
    reasons: tuple[str, ...]
    dates: tuple[Dated, ...]
    provenance: tuple[Ground, ...] = ()
    unresolved: tuple[str, ...] = ()
    due: date | None = None

    def as_json(self) -> dict[str, Any]:
        plain: dict[str, Any] = {
            name: getattr(self, name) for name in ("id", "start", "end", "text", "statement")
        }
        for name in ("claimant", "via", "cue"):
            mention = getattr(self, name)
            plain[name] = None if mention is None else asdict(mention)
        plain |= {
            "form": self.form,
            "stance": self.stance,
            "contests": list(self.contests),
            "contested": self.contested,
            "kind": self.kind,
            "checkable": self.checkable,
            "checkworthiness": self.checkworthiness,
            "reasons": list(self.reasons),
            "dates": [dated.as_json() for dated in self.dates],
            "provenance": {
                ground.field: {"by": ground.by, "sure": ground.sure} for ground in self.provenance
            },
            "unresolved": list(self.unresolved),
            "due": None if self.due is None else self.due.isoformat(),
        }
        return plain


@dataclass(frozen=True, slots=True)
class Detection:
    """An article split: its orthographic sentences and its claims, in the order of the text."""

    language: str
    published: date
    sentences: tuple[tuple[int, int], ...]
    claims: tuple[Claim, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "published": self.published.isoformat(),
            "sentences": [list(pair) for pair in self.sentences],
            "claims": [claim.as_json() for claim in self.claims],
        }
