"""How far the translations of a verdict have come. Nothing here is stored: it is read off the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from claims import permissions
from claims.languages import SERVED, label
from claims.models import (
    Claim,
    Contribution,
    Publication,
    Review,
    State,
    TranslationDraft,
    VerdictVersion,
)
from claims.workflow import IllegalMove


class Standing(StrEnum):
    """What is to be done next with a translation."""

    NONE = "none"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    PUBLIC = "public"
    RETRACTED = "retracted"


@dataclass(frozen=True)
class Translation:
    """One language of a claim's verdict. `original`: what is public of the verdict itself, None where
    nothing stands. `version`: the newest proposed one. `publication`: its newest word in the open."""

    claim: Claim
    language: str
    original: Publication | None
    draft: TranslationDraft | None = None
    version: VerdictVersion | None = None
    publication: Publication | None = None

    @cached_property
    def reviews(self) -> tuple[Review, ...]:
        """Of the newest proposed version. One query."""
        if self.version is None:
            return ()
        return tuple(self.version.reviews.select_related("reviewer"))

    @property
    def label(self) -> str:
        """The language's name."""
        return str(label(self.language))

    @property
    def public(self) -> bool:
        return self.publication is not None and self.publication.kind != "retraction"

    @property
    def standing(self) -> Standing:
        publication, version = self.publication, self.version
        if publication is not None and publication.kind == "retraction":
            return Standing.RETRACTED
        if version is None or (publication is not None and publication.version_id == version.pk):
            if self.writing:
                return Standing.DRAFT
            return Standing.PUBLIC if self.public else Standing.NONE
        if version.was_sent_back:  # type: ignore[attr-defined]
            return Standing.SENT_BACK
        if self.approvals >= version.quorum:
            return Standing.APPROVED
        return Standing.IN_REVIEW

    @property
    def writing(self) -> bool:
        """Whether somebody has written since the newest version was proposed."""
        return self.draft is not None and (
            self.version is None or self.draft.changed_at > self.version.created_at
        )

    @property
    def approvals(self) -> int:
        return self.version.approvals if self.version else 0  # type: ignore[attr-defined]

    @property
    def outdated(self) -> bool:
        """Whether readers of this language are told something that the original no longer says."""
        return (
            self.publication is not None
            and self.public
            and self.original is not None
            and self.publication.version.translates_id != self.original.version_id
        )

    @property
    def behind(self) -> bool:
        """Whether the newest proposed version is of an original that has been replaced since."""
        return (
            self.version is not None
            and self.original is not None
            and self.version.translates_id != self.original.version_id
        )


def of_claim(claim: Claim, current: Iterable[Publication] | None = None) -> list[Translation]:
    """The claim's verdict in every language of the desk but its own, whether there is one or not.
    `current`: its publications (`current_of`), where the page has read them already."""
    return _of([claim], current)


def current_of(claims: Iterable[Claim]) -> list[Publication]:
    """The newest word on these claims in each language, each with whether it `stands`."""
    stands = Publication.objects.standing().filter(pk=OuterRef("pk"))
    current = Publication.objects.current().filter(claim__in=claims)
    return list(current.annotate(stands=Exists(stands)).select_related("version__rating"))


def one(claim: Claim, language: str) -> Translation | None:
    """The claim's translation into `language`; None where that is none of the desk's, or its own."""
    return next((found for found in of_claim(claim) if found.language == language), None)


def to_review(user: User, limit: int) -> list[Translation]:
    """Those that wait for a reviewer, the longest waiting first."""
    if not permissions.may(user, permissions.REVIEW):
        return []
    return _waiting(Standing.IN_REVIEW, limit)


def ready(limit: int) -> list[Translation]:
    """Those that wait for a publisher."""
    return _waiting(Standing.APPROVED, limit)


def original_of(claim: Claim) -> Publication:
    """What a translation of this claim's verdict would translate. Raises IllegalMove where it is not
    public, or is being changed."""
    found = (
        Publication.objects.standing()
        .originals()
        .filter(claim=claim)
        .select_related("version__rating")
        .first()
    )
    if found is None:
        raise IllegalMove(_("Only a public verdict is translated; nothing of this claim stands."))
    if claim.state != State.PUBLISHED:
        raise IllegalMove(
            _("The verdict itself is being changed: the claim is “%(state)s”. Translate it then.")
            % {"state": claim.get_state_display()}
        )
    return found


def has_contributed(user: User, claim: Claim, language: str) -> bool:
    """Whether this person had a hand in what would be published next in that language."""
    return claim.contributions.filter(
        user=user, language=language, publications=published(claim, language)
    ).exists()


def published(claim: Claim, language: str) -> int:
    """How many publications this translation has had: hands in it count until the next one."""
    return claim.publications.translations().filter(language=language).count()


def contributed(claim: Claim, actor: User, language: str) -> None:
    Contribution.objects.get_or_create(
        claim=claim, user=actor, language=language, publications=published(claim, language)
    )


def _waiting(standing: Standing, limit: int) -> list[Translation]:
    newer = VerdictVersion.objects.filter(
        claim=OuterRef("claim"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    decided = Review.objects.filter(version=OuterRef("pk"), decision=Review.Decision.SEND_BACK)
    rows = (
        VerdictVersion.objects.filter(
            Q(translates__isnull=False),
            ~Exists(newer),
            ~Exists(decided),
            ~Exists(Publication.objects.filter(version=OuterRef("pk"))),
            claim__state=State.PUBLISHED,
        )
        .order_by("created_at", "pk")
        .values_list("claim", "language")[: limit * 2]
    )
    wanted = list(rows)
    claims = Claim.objects.filter(pk__in={claim for claim, _language in wanted})
    found = {(t.claim.pk, t.language): t for t in _of(claims)}
    waiting = [found[one] for one in wanted if one in found]
    return [t for t in waiting if t.standing == standing and not t.behind][:limit]


def _of(claims: Iterable[Claim], current: Iterable[Publication] | None = None) -> list[Translation]:
    """In a fixed number of queries."""
    claims = list(claims)
    current = current_of(claims) if current is None else current
    originals = {
        row.claim_id: row
        for row in current
        if row.version.translates_id is None and row.stands  # type: ignore[attr-defined]
    }
    publications = {
        (row.claim_id, row.language): row
        for row in current
        if row.version.translates_id is not None
    }
    drafts = {
        (row.claim_id, row.language): row
        for row in TranslationDraft.objects.filter(claim__in=claims).select_related("changed_by")
    }
    decided = Review.objects.filter(version=OuterRef("pk")).order_by()
    sent_back = decided.filter(decision=Review.Decision.SEND_BACK)
    approved = decided.filter(decision=Review.Decision.APPROVE)
    approvals = approved.values("version").annotate(number=Count("pk")).values("number")
    versions = {
        (row.claim_id, row.language): row
        for row in VerdictVersion.objects.filter(claim__in=claims, translates__isnull=False)
        .select_related("author", "translates", "rating")
        .annotate(was_sent_back=Exists(sent_back), approvals=Coalesce(Subquery(approvals), 0))
        .order_by("number")
    }
    return [
        Translation(
            claim=claim,
            language=language,
            original=originals.get(claim.pk),
            draft=drafts.get((claim.pk, language)),
            version=versions.get((claim.pk, language)),
            publication=publications.get((claim.pk, language)),
        )
        for claim in claims
        for language in SERVED
        if language != claim.language
    ]
