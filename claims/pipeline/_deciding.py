"""What a decision on any proposed version has in common, of a verdict or of its translation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from claims.models import Review, VerdictVersion
from claims.workflow import IllegalMove, StaleState, in_words


def labels(columns: Iterable[str]) -> dict[str, str]:
    """Each of these columns of Review with its words."""
    return {name: str(Review._meta.get_field(name).verbose_name) for name in columns}  # type: ignore[union-attr]


def need_ticked(columns: Iterable[str], vouches: Collection[str]) -> None:
    """An approval vouches for all of these columns, or is none."""
    if missing := [label for name, label in labels(columns).items() if name not in vouches]:
        raise IllegalMove(
            _("Not ticked yet: %(standards)s. Tick each standard that you looked at, or send back.")
            % {"standards": _("; ").join(missing)}
        )


def need_newest(proposed: VerdictVersion, seen: int) -> None:
    """What is decided on is the version that was read."""
    if proposed.number != seen:
        raise StaleState(
            _("Version %(seen)d is no longer the one in review; version %(now)d is. Read it first.")
            % {"seen": seen, "now": proposed.number},
            now=str(proposed.number),
        )


def decided(
    proposed: VerdictVersion, actor: User, decision: Review.Decision, reason: str, **columns: Any
) -> Review:
    """Stores the decision, bound to the very words that it is about."""
    return Review.objects.create(
        version=proposed,
        reviewer=actor,
        author_id=proposed.author_id,
        digest=proposed.digest,
        decision=decision,
        reason=in_words(reason),
        **columns,
    )
