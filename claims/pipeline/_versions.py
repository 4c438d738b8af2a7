"""Which claims of an article's newer version go on from the older one."""

from __future__ import annotations

from typing import Any

from claims.models import Article, Claimant, Position

# What a position says, as fields of it: a claim goes on where none of them has changed.
SAID = ("text", "stance", "claimant", "dates")


class SaidBefore:
    """What the article that this one supersedes said. False where there is none, or it said nothing.

    A claim that the older version carried from a still older one is known by the first of them: work
    and verdict stay where they are, however often the page changes, and there are no chains.
    """

    def __init__(self, article: Article) -> None:
        older = article.supersedes_id
        self._claims: dict[tuple[str, str, int | None, str], int] = (
            {
                _key(position.text, position.stance, position.claimant_id, position.dates): (
                    position.claim.carried_from_id or position.claim_id
                )
                for position in Position.objects.filter(article=older, claim__article=older)
                .select_related("claim")
                .order_by("-pk")
            }
            if older
            else {}
        )

    def __bool__(self) -> bool:
        return bool(self._claims)

    def claim_of(
        self, *, text: str, stance: str, claimant: Claimant | None, dates: list[dict[str, Any]]
    ) -> int | None:
        """The key of the claim that these words made, said by the same, of the same days."""
        return self._claims.get(_key(text, stance, claimant.pk if claimant else None, dates))


def _key(
    text: str, stance: str, claimant: int | None, dates: list[dict[str, Any]]
) -> tuple[str, str, int | None, str]:
    # “Next month” in another month's version means other days.
    return text, stance, claimant, " ".join(f"{one['from']}/{one['to']}" for one in dates)
