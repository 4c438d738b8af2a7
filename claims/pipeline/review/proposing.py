"""What a verdict needs before it can go to review, and sending it there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Draft, Evidence, Policy, Position, Profile, VerdictVersion
from claims.models.content import digest_of, would_publish
from claims.pipeline._rights import need
from claims.workflow import IllegalMove, StaleState, advance, locked


@dataclass(frozen=True)
class Requirement:
    """One thing that a verdict needs before it can go to review."""

    met: bool
    text: str


def requirements(claim: Claim) -> list[Requirement]:
    """What the verdict needs before it can go to review, met or not, in the order of the page."""
    return missing_or_met(
        Draft.objects.filter(claim=claim).first(),
        list(claim.evidence.all()),
        positioned=Position.objects.of(claim).exists(),
        minimum=Policy.current().evidence_minimum,
    )


def missing_or_met(
    draft: Draft | None, evidence: Collection[Evidence], *, positioned: bool, minimum: int
) -> list[Requirement]:
    """The same of a claim that has been read already. `positioned`: whether somebody takes a
    position on it. `minimum`: the policy's, of independent pieces of evidence."""
    groups = {piece.independence_group for piece in evidence}
    return [
        Requirement(bool(draft and draft.rating_id), _("a rating")),
        Requirement(bool(draft and draft.summary), _("a summary")),
        Requirement(bool(draft and draft.explanation), _("an explanation")),
        Requirement(positioned, _("the claim's position")),
        Requirement(
            len(groups) >= minimum,
            _("%(minimum)d independent pieces of evidence (%(have)d so far)")
            % {"minimum": minimum, "have": len(groups)},
        ),
        Requirement(
            any(piece.primary for piece in evidence) or bool(draft and draft.no_primary_reason),
            _("a primary source, or the reason why there is none"),
        ),
    ]


@transaction.atomic
def propose(*, claim: Claim, actor: User, revision: int | None = None) -> VerdictVersion:
    """Freezes the draft into a version by `actor` and sends it to review.

    `revision` is the draft's as the author last saw it: nobody signs what somebody else has
    written a moment ago (StaleState).
    """
    need(actor, permissions.RESEARCH)
    now = locked(claim.pk)
    if missing := [requirement.text for requirement in requirements(now) if not requirement.met]:
        raise IllegalMove(
            _("The verdict still needs: %(missing)s.") % {"missing": _("; ").join(missing)}
        )
    draft = Draft.objects.select_related("rating", "changed_by").get(claim=now)
    assert draft.rating is not None
    if revision is not None and draft.revision != revision:
        raise StaleState(
            _("%(who)s saved this verdict meanwhile. Compare both versions, then save again.")
            % {"who": draft.changed_by and (draft.changed_by.get_full_name() or draft.changed_by)}
        )
    policy = Policy.current()
    content = would_publish(
        now,
        rating=draft.rating,
        summary=draft.summary,
        explanation=draft.explanation,
        no_primary_reason=draft.no_primary_reason,
        byline=Profile.byline_of(actor.pk),
    )
    version = VerdictVersion.objects.create(
        claim=now,
        number=(now.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        language=now.language,
        author=actor,
        rating=draft.rating,
        summary=draft.summary,
        explanation=draft.explanation,
        content=content,
        digest=digest_of(content),
        quorum=policy.quorum,
        blind=policy.blind_rating,
    )
    advance(
        claim,
        "propose",
        actor=actor,
        data={"version": version.number, "digest": version.digest, "rating": draft.rating.slug},
    )
    return version
