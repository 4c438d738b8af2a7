"""What a person decided about the splitter's work, kept as a labelled example."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User

from claims.models import Article, Claim, Correction, Position, Transition
from claims.workflow import in_words


def described(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The claims' positions in their own articles, in the fields of `manage.py split --json`, in
    the order of the text. "id" is the position's number, "claim" its claim's."""
    wanted = {claim.pk: claim for claim in claims}
    positions = list(
        Position.objects.filter(claim__in=wanted)
        .select_related("article", "claimant")
        .order_by("start", "pk")
    )
    return [
        _described(position, wanted[position.claim_id], positions)
        for position in positions
        if position.article_id == wanted[position.claim_id].article_id
    ]


def keep(
    kind: Correction.Kind,
    *,
    article: Article,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    actor: User,
    reason: str = "",
) -> Correction:
    """Call it inside the transaction of what it is an example of."""
    split = (
        Transition.objects.filter(
            subject=Transition.Subject.ARTICLE, subject_id=article.pk, action="split"
        )
        .order_by("-number")
        .first()
    )
    return Correction.objects.create(
        article=article,
        kind=kind,
        before={"claims": before},
        after={"claims": after} | ({"reason": why} if (why := in_words(reason)) else {}),
        splitter=str(split.data.get("splitter", "")) if split else "",
        actor=actor,
    )


def _described(position: Position, claim: Claim, among: list[Position]) -> dict[str, Any]:
    text = position.article.text
    of_the_claim = [one for one in among if one.claim_id == claim.pk]
    denies = position.stance != Position.Stance.ASSERTS
    against = [one for one in of_the_claim if (one.stance != Position.Stance.ASSERTS) != denies]
    claimant = _words(text, position.claimant_start, position.claimant_end)
    if claimant is None and position.claimant is not None:
        claimant = {"text": position.claimant.name}
    return {
        "id": f"p{position.pk}",
        "claim": claim.pk,
        "start": position.start,
        "end": position.end,
        "text": position.text,
        "statement": claim.statement,
        "claimant": claimant,
        "via": {"text": position.via} if position.via else None,
        "cue": _words(text, position.cue_start, position.cue_end),
        "form": position.form,
        "stance": position.stance,
        "contests": [f"p{one.pk}" for one in against] if denies else [],
        "contested": bool(against) and not denies,
        "kind": claim.kind,
        "checkable": claim.checkable,
        "checkworthiness": claim.checkworthiness,
        "dates": position.dates,
        "unresolved": claim.unresolved or [],
        "due": claim.checkable_from and claim.checkable_from.isoformat(),
    }


def _words(text: str, start: int | None, end: int | None) -> dict[str, Any] | None:
    if start is None or end is None:
        return None
    return {"text": text[start:end], "start": start, "end": end}
