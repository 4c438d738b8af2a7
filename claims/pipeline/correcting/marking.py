"""Which words of the article are a claim: marked anew, cut in two, or added."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.detection import detector
from claims.detection.model import Claim as Found
from claims.languages.quotation import quotes
from claims.models import Article, Claim, Correction, Kind, Origin, Position, Transition
from claims.pipeline import _examples
from claims.pipeline._claimants import named
from claims.pipeline._rights import contributed, contributed_too, need, need_editable
from claims.pipeline.correcting.words import halves
from claims.workflow import IllegalMove, StaleState, locked, moved_since, note

# What of a position changes when other words are marked.
_MARKED = ["start", "end", "text", "dates", "provenance", "origin"]


@transaction.atomic
def respan(*, position: Position, seen: int, actor: User, start: int, end: int) -> None:
    """Gives a position other words of its article. `seen`: its claim's number of moves when the
    page was read."""
    need(actor, permissions.RESEARCH)
    claim = _as_seen(position.claim_id, seen)
    position = Position.objects.select_related("article").get(pk=position.pk)
    if (start, end) == (position.start, position.end):
        raise IllegalMove(_("These are the words that are marked already. Select others."))
    _need_free(claim, position.article, start, end, position.stance)
    before = _examples.described([claim])
    was = [position.start, position.end]
    found = _mark(position, start, end)
    position.save(update_fields=_MARKED)
    note(
        claim,
        "respan",
        actor=actor,
        data={"position": position.pk, "from": was, "to": [start, end]},
    )
    if _leads(claim, position):
        _restate(claim, found)
    contributed(claim, actor)
    _keep(Correction.Kind.RESPAN, position.article, before, [claim], actor)


@transaction.atomic
def split(*, position: Position, seen: int, actor: User, at: int) -> Claim:
    """Cuts a claim in two before the code point `at` of the article, and returns the new one.

    The first half stays, with everything else that is known of the claim; the second becomes a
    claim of its own with the same speaker. Dates and statement of both are read anew.
    """
    need(actor, permissions.RESEARCH)
    claim = _as_seen(position.claim_id, seen)
    position = Position.objects.select_related("article").get(pk=position.pk)
    article = position.article
    first, second = halves(article.text, position.start, position.end, at)
    before = _examples.described([claim])
    twin = Position.objects.get(pk=position.pk)
    twin.pk = None
    twin._state.adding = True
    found, found_too = _mark(position, *first), _mark(twin, *second)
    twin.claim = other = Claim.objects.create(
        article=article,
        language=claim.language,
        origin=Origin.EDITOR,
        kind=claim.kind,
        checkable=claim.checkable,
        checkworthiness=found_too.checkworthiness,
        reasons=list(found_too.reasons),
        **_said(found_too, claim.kind, article),
    )
    position.save(update_fields=_MARKED)
    twin.save()
    note(claim, "cut", actor=actor, data={"at": at, "claim": other.pk})
    note(other, "cut_off", actor=actor, data={"claim": claim.pk})
    if _leads(claim, position):
        _restate(claim, found)
    contributed(claim, actor)
    contributed_too(claim, to=other)
    _keep(Correction.Kind.SPLIT, article, before, [claim, other], actor)
    return other


@transaction.atomic
def add(
    *,
    article: Article,
    actor: User,
    start: int,
    end: int,
    kind: str,
    stance: str = Position.Stance.ASSERTS,
    claimant: str = "",
    contests: Claim | None = None,
) -> Claim:
    """Adds what the splitter missed. A denial or doubt about a claim of the article becomes a
    position on that claim; everything else a claim of its own. Returns the claim."""
    need(actor, permissions.RESEARCH)
    if stance not in Position.Stance or kind not in Kind:
        raise IllegalMove(_("Choose what is done with the claim, and of what kind it is."))
    if contests is not None and stance == Position.Stance.ASSERTS:
        raise IllegalMove(_("Only what denies or doubts a claim is against one."))
    if contests is not None and contests.article_id != article.pk:
        raise IllegalMove(_("A denial is against a claim of the same article."))
    # Two who mark the same words at once come one after the other.
    article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    before: list[dict[str, Any]] = []
    if contests is None:
        _need_free(None, article, start, end, stance)
        found = _read(article, start, end)
        claim = Claim.objects.create(
            article=article,
            language=article.language,
            origin=Origin.EDITOR,
            kind=kind,
            checkable=kind != Kind.OPINION,
            checkworthiness=found.checkworthiness,
            reasons=list(found.reasons),
            **_said(found, kind, article),
        )
    else:
        claim = _as_seen(contests.pk, contests.moves)
        _need_free(claim, article, start, end, stance)
        found = _read(article, start, end)
        before = _examples.described([claim])
    name = " ".join(claimant.split())
    at = _nearest(article.text, claimant.strip(), start)
    quoted = any(quote.start <= start and end <= quote.end for quote in quotes(article.text))
    spoken = Position.Form.DIRECT if quoted else Position.Form.INDIRECT
    position = Position.objects.create(
        claim=claim,
        article=article,
        start=start,
        end=end,
        text=article.text[start:end],
        stance=stance,
        form=spoken if name else Position.Form.NARRATION,
        claimant=named(name, article.language) if name else None,
        claimant_start=at,
        claimant_end=None if at is None else at + len(claimant.strip()),
        dates=[date.as_json() for date in found.dates],
        origin=Origin.EDITOR,
    )
    note(claim, "add_position", actor=actor, data={"position": position.pk, "stance": stance})
    contributed(claim, actor)
    _keep(Correction.Kind.ADD, article, before, [claim], actor)
    return claim


def _as_seen(claim_id: int, seen: int) -> Claim:
    """The claim, locked, if nobody has moved it since and it may still be changed."""
    claim = locked(claim_id)
    if claim.moves != seen and moved_since(claim, seen):
        raise StaleState(
            _("Somebody else changed this claim meanwhile. Look at it again, then decide."),
            now=claim.state,
        )
    need_editable(claim)
    return claim


def _need_free(claim: Claim | None, article: Article, start: int, end: int, stance: str) -> None:
    """The same words cannot be the same claim twice. One denial may be against several claims."""
    if not 0 <= start < end <= len(article.text):
        raise IllegalMove(_("These words lie outside the article. Select them once more."))
    there = Position.objects.filter(article=article, start=start, end=end, stance=stance)
    if claim is not None and stance != Position.Stance.ASSERTS:
        there = there.filter(claim=claim)
    if there.exists():
        raise IllegalMove(_("Exactly these words are marked as a claim already."))


def _leads(claim: Claim, position: Position) -> bool:
    """Whether the claim's statement is made from this position's words."""
    positions = sorted(
        claim.positions.all(), key=lambda one: (one.stance != Position.Stance.ASSERTS, one.pk)
    )
    return positions[0].pk == position.pk


def _mark(position: Position, start: int, end: int) -> Found:
    """Gives the position, unsaved, these words and their dates, and returns what the splitter says
    of them."""
    found = _read(position.article, start, end)
    grounds = found.as_json()["provenance"]
    position.start, position.end = start, end
    position.text = position.article.text[start:end]
    position.dates = [date.as_json() for date in found.dates]
    position.provenance = {
        name: ground for name, ground in (position.provenance or {}).items() if name != "dates"
    } | {name: grounds[name] for name in ("dates",) if name in grounds}
    position.origin = Origin.EDITOR
    return found


def _restate(claim: Claim, found: Found) -> None:
    """The statement follows the words, unless a person has written it; the date always does."""
    written = Transition.objects.filter(
        subject=Transition.Subject.CLAIM,
        subject_id=claim.pk,
        action="edit",
        data__has_key="statement",
    ).exists()
    said = _said(found, claim.kind, claim.article)
    if written:
        said = {"checkable_from": said["checkable_from"]}
    for name, value in said.items():
        setattr(claim, name, value)
    claim.revision += 1
    claim.changed_at = timezone.now()
    claim.save(update_fields=[*said, "revision", "changed_at"])


def _said(found: Found, kind: str, article: Article) -> dict[str, Any]:
    """The fields of a claim that follow its words. Its kind is not the splitter's alone."""
    foretold = kind == Kind.PREDICTION
    return {
        "statement": found.statement,
        "unresolved": list(found.unresolved),
        "checkable_from": detector.due(found.dates, _day(article)) if foretold else None,
    }


def _read(article: Article, start: int, end: int) -> Found:
    return detector.read(
        article.text, start, end, language=article.language, published=_day(article)
    )


def _day(article: Article) -> date:
    seen = article.first_seen
    return seen.published_on if seen else article.received_at.date()


def _nearest(text: str, name: str, start: int) -> int | None:
    """Where the name stands that is nearest to the words, before them rather than after."""
    if not name:
        return None
    before, after = text.rfind(name, 0, start), text.find(name, start)
    return next((at for at in (before, after) if at >= 0), None)


def _keep(
    kind: Correction.Kind,
    article: Article,
    before: list[dict[str, Any]],
    claims: list[Claim],
    actor: User,
) -> None:
    _examples.keep(
        kind, article=article, before=before, after=_examples.described(claims), actor=actor
    )
