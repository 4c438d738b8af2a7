"""An editor's hands on the splitter's work, for the tests of both."""

from typing import Any

from django.contrib.auth.models import User

from claims.models import Article, Claim, Position
from claims.pipeline import correcting
from tests.cast import (
    TEXT,
)


def spans(claim: Claim) -> list[tuple[str, str]]:
    return [(p.stance, p.text) for p in claim.positions.order_by("start", "pk")]


def lead(claim: Claim) -> Position:
    return claim.positions.get(stance="asserts")


def respan(claim: Claim, words: str, actor: User) -> None:
    start = TEXT.index(words)
    correcting.respan(
        position=lead(claim), seen=claim.moves, actor=actor, start=start, end=start + len(words)
    )
    claim.refresh_from_db()


def split(claim: Claim, before: str, actor: User) -> Claim:
    return correcting.split(
        position=lead(claim), seen=claim.moves, actor=actor, at=TEXT.index(before)
    )


def add(article: Article, words: str, actor: User, **about: Any) -> Claim:
    start, end = correcting.place(article, words=words)
    return correcting.add(
        article=article, actor=actor, start=start, end=end, **{"kind": "quantity", **about}
    )
