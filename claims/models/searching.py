"""The words by which the desk finds a claim again."""

from __future__ import annotations

from django.db import models

from claims.models.claims import Claim


class ClaimWords(models.Model):
    """Everything a search for a claim looks through, folded by `claims.languages`: its statement, who
    takes a position on it, its article's title and outlets. A full-text index lies over `folded`
    (`claims.models.words`). The row is rewritten where the claim says something newer.
    """

    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, primary_key=True, db_column="id", related_name="words"
    )
    folded = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)
