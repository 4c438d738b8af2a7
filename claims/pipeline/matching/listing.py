"""Further appearances: other articles that repeat a claim whose verdict is public.

Listing one on the verdict's page is publishing, so it is a publisher's click; nothing of it is
public before. It stands apart from what was signed: log, feeds and ClaimReview do not change.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import (
    Article,
    Claim,
    ClusterMember,
    FurtherAppearance,
    Match,
    Publication,
)
from claims.pipeline._rights import need
from claims.workflow import IllegalMove, StaleState, locked, note


def waiting(limit: int) -> list[ClusterMember]:
    """Members whose article could be listed with their head's verdict and about which no publisher
    has decided, the oldest first."""
    decided = FurtherAppearance.objects.filter(
        claim=OuterRef("head"), article=OuterRef("claim__article")
    )
    rows = (
        ClusterMember.objects.filter(
            Exists(Publication.objects.standing().filter(claim=OuterRef("head"))),
            ~Exists(decided),
            claim__article__confidential=False,
        )
        .select_related("claim__article", "head", "match", "joined_by")
        .prefetch_related("claim__article__appearances__outlet")
        .order_by("joined_at", "pk")[:limit]
    )
    members = list(rows)
    signed = _signed({member.head_id for member in members})
    found: dict[tuple[int, int], ClusterMember] = {}
    for member in members:
        article = member.claim.article_id
        if article not in signed[member.head_id]:
            found.setdefault((member.head_id, article), member)
    return list(found.values())


@transaction.atomic
def list_appearance(*, member: ClusterMember, actor: User) -> FurtherAppearance:
    """Lists the member's article with its head's verdict, or lists it again. Raises
    PermissionDenied, IllegalMove, StaleState."""
    need(actor, permissions.PUBLISH)
    head, member = _still(member)
    listed = list_if_open(
        head=head, article=member.claim.article, match=member.match, actor=actor, anew=True
    )
    if listed is None:
        raise IllegalMove(
            _("It cannot be listed: there is no standing verdict, or it may not be named.")
        )
    return listed


@transaction.atomic
def decline(*, member: ClusterMember, actor: User) -> None:
    """The article is not listed, and nobody is asked again."""
    need(actor, permissions.PUBLISH)
    head, member = _still(member)
    if not _listable(head, member.claim.article):
        raise IllegalMove(_("There is nothing to decide on: it cannot be listed."))
    now = timezone.now()
    FurtherAppearance.objects.get_or_create(
        claim=head,
        article=member.claim.article,
        defaults={
            "match": member.match,
            "listed_by": actor,
            "listed_at": now,
            "withdrawn_by": actor,
            "withdrawn_at": now,
        },
    )
    note(head, "decline_appearance", actor=actor, data={"article": member.claim.article_id})


@transaction.atomic
def withdraw(*, listed: FurtherAppearance, actor: User) -> None:
    """Takes an article off a verdict's page; the row stays, and with it who listed it."""
    need(actor, permissions.PUBLISH)
    head = locked(listed.claim_id)
    done = FurtherAppearance.objects.filter(pk=listed.pk, withdrawn_at=None).update(
        withdrawn_by=actor, withdrawn_at=timezone.now()
    )
    if not done:
        raise IllegalMove(_("This article is not listed any more."))
    note(head, "withdraw_appearance", actor=actor, data={"article": listed.article_id})


def list_if_open(
    *, head: Claim, article: Article, match: Match, actor: User, anew: bool = False
) -> FurtherAppearance | None:
    """Lists the article where it may be and is not yet; None where it may not. `head` is locked by
    the caller, who has asked for the right to publish. `anew`: also where a publisher has declined
    it or taken it off; confirming another of its claims alone does not undo that."""
    if not _listable(head, article):
        return None
    now = timezone.now()
    listed, new = FurtherAppearance.objects.get_or_create(
        claim=head,
        article=article,
        defaults={"match": match, "listed_by": actor, "listed_at": now},
    )
    if not new:
        if listed.withdrawn_at is None or not (anew or listed.match_id == match.pk):
            return listed
        listed.withdrawn_by = listed.withdrawn_at = None
        listed.match, listed.listed_by, listed.listed_at = match, actor, now
        listed.save()
    note(head, "list_appearance", actor=actor, data={"article": article.pk})
    return listed


def _listable(head: Claim, article: Article) -> bool:
    return (
        not article.confidential
        and head.publications.standing().exists()
        and article.pk not in _signed([head.pk])[head.pk]
    )


def _signed(heads: Iterable[int]) -> dict[int, set[int]]:
    """The articles that each claim's standing verdict names already."""
    found: dict[int, set[int]] = {}
    standing = Publication.objects.standing().filter(claim__in=heads)
    for publication in standing.select_related("version", "claim"):
        content = publication.version.content
        named = {position["article"] for position in content["positions"]}
        found.setdefault(publication.claim_id, {publication.claim.article_id}).update(named)
    return found | {head: set() for head in heads if head not in found}


def _still(member: ClusterMember) -> tuple[Claim, ClusterMember]:
    """The member and its head, the head locked: nobody leaves the cluster meanwhile."""
    head = locked(member.head_id)
    now = (
        ClusterMember.objects.select_related("claim__article", "match")
        .filter(pk=member.pk, head=head)
        .first()
    )
    if now is None:
        raise StaleState(_("This claim belongs to another one by now. Look again."))
    return head, now
