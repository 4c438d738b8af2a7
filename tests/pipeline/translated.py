"""Translations at every stage of the way, made as the desk makes them."""

from __future__ import annotations

from django.contrib.auth.models import User

from claims.models import Claim, Publication, TranslationDraft, VerdictVersion
from claims.pipeline import publishing, translating

WORDS = {
    "statement": "Bakanlar Ağustos'ta Sofya'da buluşacak",
    "summary": "Ağustos geçti, bakanlar buluşmadı.",
    "explanation": "Bakanlığın takviminde görüşme yok [1]; ajans da doğruladı [2].",
}


def write(claim: Claim, translator: User, language: str = "tr", **fields: str) -> TranslationDraft:
    claim = Claim.objects.get(pk=claim.pk)
    draft = TranslationDraft.objects.filter(claim=claim, language=language).first()
    return translating.save(
        claim=claim,
        language=language,
        actor=translator,
        revision=draft.revision if draft else 0,
        of=translating.original_of(claim).version.number,
        **{**WORDS, **fields},
    )


def propose(claim: Claim, translator: User, language: str = "tr", **fields: str) -> VerdictVersion:
    draft = write(claim, translator, language, **fields)
    return translating.propose(
        claim=Claim.objects.get(pk=claim.pk),
        language=language,
        actor=translator,
        revision=draft.revision,
    )


def approve(version: VerdictVersion, reviewer: User) -> None:
    translating.approve(
        claim=Claim.objects.get(pk=version.claim_id),
        language=version.language,
        actor=reviewer,
        version=version.number,
        vouches=translating.POINTS,
    )


def publish(
    claim: Claim, translator: User, reviewer: User, publisher: User, language: str = "tr",
    kind: str = "", reason: str = "", **fields: str,
) -> Publication:  # fmt: skip
    version = propose(claim, translator, language, **fields)
    approve(version, reviewer)
    return publishing.publish_translation(
        claim=Claim.objects.get(pk=claim.pk),
        language=language,
        actor=publisher,
        version=version.number,
        kind=kind,
        reason=reason,
    )
