"""Writing a translation, and sending it to review."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.languages import SERVED
from claims.models import Claim, Policy, Profile, TranslationDraft, VerdictVersion
from claims.models.content import CITATION, digest_of, would_publish_translated
from claims.pipeline import _typed
from claims.pipeline._rights import need
from claims.pipeline.translating.reading import contributed, original_of
from claims.workflow import IllegalMove, StaleState, in_words, locked, note


@dataclass(frozen=True)
class Requirement:
    """One thing that a translation needs before it can go to review."""

    met: bool
    text: str


def requirements(draft: TranslationDraft, of: VerdictVersion) -> list[Requirement]:
    """What the draft needs before it can go to review as a translation of `of`, met or not."""
    added, missing = _citations(of.explanation, draft.explanation)
    numbers = _("the same citations as the original")
    if missing:
        numbers = _("the citations %(numbers)s of the original") % {"numbers": _listed(missing)}
    elif added:
        numbers = _("no citation that the original has not: %(numbers)s") % {
            "numbers": _listed(added)
        }
    found = [
        Requirement(bool(draft.statement), _("the statement")),
        Requirement(bool(draft.summary), _("the summary")),
        Requirement(bool(draft.explanation), _("the explanation")),
        Requirement(not added and not missing, numbers),
    ]
    if of.content["no_primary_reason"]:
        reason = _("the reason why there is no primary source")
        found.append(Requirement(bool(draft.no_primary_reason), reason))
    if draft.of_id is not None and draft.of_id != of.pk:
        found.append(Requirement(False, _("a look at what changed in the original")))
    return found


@transaction.atomic
def save(
    *,
    claim: Claim,
    language: str,
    actor: User,
    revision: int,
    of: int,
    statement: str,
    summary: str,
    explanation: str,
    no_primary_reason: str = "",
) -> TranslationDraft:
    """Saves what has been translated, if nobody else has since `revision` and the original is still
    version number `of` (StaleState otherwise). A save that changes nothing is none."""
    need(actor, permissions.RESEARCH)
    now = locked(claim.pk)
    if language not in SERVED or language == now.language:
        raise IllegalMove(_("A verdict is translated into another language of the desk."))
    original = original_of(now).version
    if now.publications.translations().filter(language=language, kind="retraction").exists():
        raise IllegalMove(_("The translation into this language was retracted, for good."))
    if original.number != of:
        raise StaleState(
            _(
                "The original has been changed meanwhile. Look at what it says now, then save again."
            ),
            now=str(original.number),
        )
    draft = (
        TranslationDraft.objects.select_for_update(of=("self",))
        .select_related("changed_by")
        .filter(claim=now, language=language)
        .first()
    ) or TranslationDraft(claim=now, language=language, of=original)
    fields = {
        "statement": in_words(statement),
        "summary": in_words(summary),
        "explanation": in_words(explanation),
        "no_primary_reason": in_words(no_primary_reason),
        "of": original,
    }
    if draft.pk and all(getattr(draft, name) == value for name, value in fields.items()):
        _typed.saved(now, actor, _typed.of_language(language))
        return draft
    if draft.revision != revision:
        raise StaleState(
            _("%(who)s saved this translation meanwhile. Compare both, then save again.")
            % {"who": draft.changed_by and (draft.changed_by.get_full_name() or draft.changed_by)}
        )
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.changed_by, draft.changed_at = actor, timezone.now()
    draft.full_clean(validate_unique=False, validate_constraints=False)
    draft.save()
    contributed(now, actor, language)
    _typed.saved(now, actor, _typed.of_language(language))
    return draft


@transaction.atomic
def propose(*, claim: Claim, language: str, actor: User, revision: int) -> VerdictVersion:
    """Freezes the draft into a version by `actor`, for other eyes. The claim does not move; its
    history says so. A newer version of the same language voids the approvals of the one before."""
    need(actor, permissions.RESEARCH)
    now = locked(claim.pk)
    original = original_of(now).version
    draft = (
        TranslationDraft.objects.filter(claim=now, language=language)
        .select_related("changed_by")
        .first()
    )
    if draft is None:
        raise IllegalMove(_("Nothing has been translated into this language yet."))
    if draft.revision != revision:
        raise StaleState(
            _("%(who)s saved this translation meanwhile. Compare both, then save again.")
            % {"who": draft.changed_by and (draft.changed_by.get_full_name() or draft.changed_by)}
        )
    if missing := [one.text for one in requirements(draft, original) if not one.met]:
        raise IllegalMove(
            _("The translation still needs: %(missing)s.") % {"missing": _("; ").join(missing)}
        )
    content = would_publish_translated(
        original,
        language=language,
        statement=draft.statement,
        summary=draft.summary,
        explanation=draft.explanation,
        no_primary_reason=draft.no_primary_reason,
        translator=Profile.byline_of(actor.pk),
    )
    digest = digest_of(content)
    last = now.versions.into(language).order_by("-number").first()
    if last is not None and last.digest == digest:
        raise IllegalMove(_("This is word for word what was proposed before."))
    contributed(now, actor, language)
    version = VerdictVersion.objects.create(
        claim=now,
        number=(now.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        language=language,
        translates=original,
        author=actor,
        rating=original.rating,
        summary=draft.summary,
        explanation=draft.explanation,
        content=content,
        digest=digest,
        quorum=Policy.current().quorum,
    )
    note(
        now,
        "propose_translation",
        actor=actor,
        data={"version": version.number, "digest": digest, "language": language},
    )
    claim.moves = now.moves
    return version


def _citations(original: str, translated: str) -> tuple[list[int], list[int]]:
    """The citations that the translation has too often, and those that it lacks, by number."""
    there, here = (
        Counter(int(hit[1]) for hit in CITATION.finditer(text)) for text in (original, translated)
    )
    return sorted((here - there).elements()), sorted((there - here).elements())


def _listed(numbers: list[int]) -> str:
    return _(", ").join(f"[{number}]" for number in dict.fromkeys(numbers))
