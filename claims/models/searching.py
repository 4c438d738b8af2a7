"""The words by which the desk finds a claim again."""

from __future__ import annotations

from django.db import models

from claims.models.claims import Claim


class ClaimWords(models.Model):
    """Everything a search for a claim looks through, folded by `claims.languages`: its statement, who
    takes a position on it, its article's title and outlets. Each word once, with a space on either
    side. A full-text index lies over `folded` (`claims.models.words`). The row is rewritten where
    the claim says something newer (`pipeline.finding`).
    """

    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, primary_key=True, db_column="id", related_name="words"
    )
    folded = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)


class WordsDue(models.Model):
    """A note that the words of a claim are to be written anew. Triggers write it, so that whoever
    changes a word need not think of the search; a note a change, so that nobody waits for another.
    """

    claim_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "words due"

    def __str__(self) -> str:
        return str(self.claim_id)
