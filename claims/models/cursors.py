"""How far the background has read a table."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Cursor(models.Model):
    """One reader's place in one table: rows up to the number `upto` are done with. `next_at`: when
    its reader looks again, and its lease while it does."""

    name = models.CharField(primary_key=True, max_length=40)
    upto = models.PositiveBigIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name}: {self.upto}"
