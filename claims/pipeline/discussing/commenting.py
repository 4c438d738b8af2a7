"""Comments on a claim: written once, answered, resolved and reopened; never changed, never gone."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Comment, Draft, VerdictVersion
from claims.pipeline.discussing.anchors import LONGEST_QUOTE, Anchor, place, texts
from claims.pipeline.discussing.mentioning import mentioned
from claims.workflow import IllegalMove, StaleState, in_words, locked, note

LONGEST = 4000


@transaction.atomic
def comment(
    *,
    claim: Claim,
    actor: User,
    text: str,
    anchor: Anchor | None = None,
    version: VerdictVersion | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Writes a comment on a claim, on words of it (`anchor`), or as an answer to `parent`.

    Words of a `version` must stand in it. Words of the draft may not be saved yet: they are kept
    as they were selected, and found once they are.
    """
    _need_the_desk(actor)
    words = checked(text)
    now = locked(claim.pk)
    _need_open(actor, now)
    written = Comment(claim=now, author=actor, version=version, text=words)
    if parent is not None:
        _answer(written, parent)
    elif anchor is not None and in_words(anchor.quote):
        _put(written, anchor)
    written.save()
    # A note on who was called would tell twice what the text says.
    written.mentions.set([user for user in mentioned(words) if user != actor])
    note(now, "comment", actor=actor, data=told(written))
    claim.moves = now.moves
    return written


@transaction.atomic
def resolve(*, comment: Comment, actor: User) -> None:
    """Nothing is left to do about a comment and its answers. Raises StaleState if somebody else
    was quicker."""
    now = _locked_thread(comment, actor)
    if now.resolved_at is not None:
        raise StaleState(_("Somebody else resolved this comment already."))
    now.resolved_at, now.resolved_by = timezone.now(), actor
    now.save(update_fields=["resolved_at", "resolved_by"])
    note(now.claim, "resolve_comment", actor=actor, data={"comment": now.pk})


@transaction.atomic
def reopen(*, comment: Comment, actor: User) -> None:
    """It was not settled after all. Raises StaleState if it is open already."""
    now = _locked_thread(comment, actor)
    if now.resolved_at is None:
        raise StaleState(_("Somebody else reopened this comment already."))
    now.resolved_at = now.resolved_by = None
    now.save(update_fields=["resolved_at", "resolved_by"])
    note(now.claim, "reopen_comment", actor=actor, data={"comment": now.pk})


def checked(text: str) -> str:
    """What is left of a comment without the space around it. Raises IllegalMove where that is
    nothing, or too much."""
    words = in_words(text)
    if not words:
        raise IllegalMove(_("Nothing was written. Write a word, then post."))
    if len(words) > LONGEST:
        raise IllegalMove(
            _(
                "This is too long for a comment: %(have)d characters, and %(most)d are the most. "
                "Shorten it, or post it in two."
            )
            % {"have": len(words), "most": LONGEST}
        )
    return words


def told(written: Comment) -> dict[str, object]:
    """What the claim's chain keeps of a comment: which one, and that its text is this one."""
    return {
        "comment": written.pk,
        "answers": written.parent_id,
        "sha256": hashlib.sha256(written.text.encode()).hexdigest(),
    }


def _answer(written: Comment, parent: Comment) -> None:
    top = Comment.objects.filter(pk=parent.pk, claim=written.claim, parent=None).first()
    if top is None:
        raise IllegalMove(_("This comment takes no answers. Answer the first one of its thread."))
    if top.resolved_at is not None:
        raise IllegalMove(_("This comment was resolved meanwhile. Reopen it to answer."))
    written.parent, written.version = top, top.version


def _put(written: Comment, anchor: Anchor) -> None:
    """Gives the comment its place in the text that the anchor names."""
    quote = in_words(anchor.quote)
    of = texts(written.claim, Draft.objects.filter(claim=written.claim).first(), written.version)
    if anchor.field not in of:
        raise IllegalMove(
            _("Words of this text cannot be commented on. Comment on the whole claim instead.")
        )
    if len(quote) > LONGEST_QUOTE:
        raise IllegalMove(
            _(
                "That is a lot of words to comment on at once. Choose a sentence, or the whole claim."
            )
        )
    text = of[anchor.field]
    written.field = anchor.field
    found = place(text, quote, anchor.start)
    if found is not None:
        written.start, written.end = found.start, found.end
        written.quote = text[found.start : found.end]
        return
    if written.version is not None or anchor.field == Comment.Field.STATEMENT:
        raise IllegalMove(
            _("These words do not stand there any more. Choose them again, or the whole claim.")
        )
    written.quote = quote
    written.start = max(0, min(anchor.start, 2**31 - 1 - len(quote)))
    written.end = written.start + len(quote)


def _locked_thread(comment: Comment, actor: User) -> Comment:
    _need_the_desk(actor)
    claim = locked(comment.claim_id)
    _need_open(actor, claim)
    now = Comment.objects.get(pk=comment.pk)
    now.claim = claim
    if now.parent_id is not None:
        raise IllegalMove(_("Only the first comment of a thread is resolved, with its answers."))
    return now


def _need_the_desk(actor: User) -> None:
    if not permissions.is_on_the_desk(actor):
        raise PermissionDenied(_("Comments are for the people of the desk."))


def _need_open(actor: User, claim: Claim) -> None:
    """What is said about a proposal is read and written by nobody who has yet to rate it (the trigger
    `comment_after_its_blind_rating` says the same of writing)."""
    if permissions.is_sealed(actor, claim):
        raise PermissionDenied(_("Rate the claim first; then its comments open."))
