"""Two articles, the second of which repeats a claim of the first, and the match between them."""

from __future__ import annotations

from claims.models import Claim, Match
from tests.cast import DENIAL, make_article, make_claim

FIRST = "الوزيرين سيلتقيان في صوفيا في أغسطس المقبل"
AGAIN = "الوزيران يلتقيان في صوفيا خلال أغسطس"


def repeated(
    number: int = 2, *, denied: bool = False, confidential: bool = False, outlet: str = "الضفة"
) -> Claim:
    """Another article's claim, the same as FIRST in other words."""
    article = make_article(
        f"خبر {number}\nقالت صحيفة إن {AGAIN}، لكن متحدثين {DENIAL}.",
        outlet=outlet,
        url=f"https://daffa.example/{number}",
        confidential=confidential,
    )
    return make_claim(
        article, text=AGAIN, denial=DENIAL if denied else None, claimant=f"صحيفة {number}"
    )


def suggested(claim: Claim, earlier: Claim, relation: str = "same", score: float = 0.9) -> Match:
    """What the machine leaves for a person to decide on."""
    return Match.objects.create(
        claim=claim, earlier=earlier, relation=relation, score=score, method="1"
    )


def a_match(**about: bool) -> Match:
    """Between a claim of one article and its repetition in another."""
    first = make_claim()
    return suggested(repeated(**about), first)
