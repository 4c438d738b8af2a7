"""Other desks' fact-checks, from a file of ClaimReview data into rows that lookups search."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import languages
from claims.models import ImportedCheck
from claims.sources import _claim_review_data as data

BATCH = 500
NAMED = 20

_KEY = ("url", "claim_sha256")
_REST = (
    "publisher",
    "claim",
    "claimant",
    "rating",
    "language",
    "reviewed_on",
    "licence",
    "folded",
)


@dataclass
class Report:
    """What became of a file's records. `first_skipped` and `first_remarks` hold (position, reason)
    of the first twenty; `broken` says why the file could not be read to its end."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    remarks: int = 0
    first_skipped: list[tuple[str, str]] = field(default_factory=list)
    first_remarks: list[tuple[str, str]] = field(default_factory=list)
    broken: str = ""

    @property
    def read(self) -> int:
        return self.imported + self.updated + self.unchanged + self.skipped

    def skip(self, position: str, reason: str) -> None:
        self.skipped += 1
        if len(self.first_skipped) < NAMED:
            self.first_skipped.append((position, reason))

    def remark(self, position: str, remark: str) -> None:
        self.remarks += 1
        if len(self.first_remarks) < NAMED:
            self.first_remarks.append((position, remark))


def import_checks(
    file: BinaryIO, *, progress: Callable[[Report], None] = lambda _report: None
) -> Report:
    """Imports a seekable binary file, a batch a transaction, in constant memory.

    A check is known by its address and its claim: importing a file again updates what changed and
    leaves the rest. A file that breaks off keeps what was read before. `progress` is called after
    every batch with the report so far.
    """
    report = Report()
    records = data.read_claim_reviews(file)
    while not report.broken:
        batch: list[data.ImportedCheck | data.Skipped] = []
        try:
            # One by one, so that what came before a break is not lost with it.
            for record in islice(records, BATCH):
                batch.append(record)  # noqa: PERF402
        except data.BrokenFile as error:
            report.broken = str(error)
        if not batch:
            break
        _store(batch, report)
        progress(report)
    return report


@transaction.atomic
def _store(batch: list[data.ImportedCheck | data.Skipped], report: Report) -> None:
    rows: dict[tuple[str, str], ImportedCheck] = {}
    for record in batch:
        if isinstance(record, data.Skipped):
            report.skip(record.position, record.reason)
            continue
        row = _row(record, report)
        if row is None:
            continue
        if _key(row) in rows:
            report.skip(record.position, _("the same claim at the same address came just before"))
            continue
        rows[_key(row)] = row
    stored = {
        _key(check): check
        for check in ImportedCheck.objects.filter(url__in={url for url, _sha256 in rows})
    }
    changed = []
    for key, row in rows.items():
        before = stored.get(key)
        if before is None:
            report.imported += 1
        elif any(getattr(before, name) != getattr(row, name) for name in _REST):
            report.updated += 1
        else:
            report.unchanged += 1
            continue
        changed.append(row)
    ImportedCheck.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=_KEY,
        update_fields=[*_REST, "imported_at", "next_at"],
    )


def _row(record: data.ImportedCheck, report: Report) -> ImportedCheck | None:
    for remark in record.remarks:
        report.remark(record.position, remark)
    # Bytes, because PostgreSQL's index takes no more than some 2,700 of them.
    length = len(record.url.encode())
    if length > _limit("url"):
        report.skip(
            record.position,
            _("its address is %(length)d bytes long, over %(limit)d")
            % {"length": length, "limit": _limit("url")},
        )
        return None
    language = languages.detect(record.claim) or record.language[:2].lower()
    if language not in languages.SERVED:
        language = ""

    def fit(name: str, text: str) -> str:
        if len(text) <= _limit(name):
            return text
        report.remark(record.position, _("%s is too long and was cut") % name)
        return text[: _limit(name) - 1] + "…"

    return ImportedCheck(
        publisher=fit("publisher", record.publisher),
        url=record.url,
        claim=record.claim,
        claim_sha256=hashlib.sha256(record.claim.encode()).hexdigest(),
        claimant=fit("claimant", record.claimant),
        rating=fit("rating", record.rating or _number(record)),
        language=language,
        reviewed_on=record.published,
        licence=fit("licence", record.licence),
        # A claim in a language we know nothing of is still found by its names and numbers.
        folded=languages.fold(record.claim, language or "en"),
        imported_at=timezone.now(),
    )


def _number(record: data.ImportedCheck) -> str:
    """A rating without words, on its scale; three numbers or none mean something."""
    value, worst, best = record.rating_value, record.worst_rating, record.best_rating
    if value is None or worst is None or best is None:
        return ""
    return f"{value:g} ({worst:g}–{best:g})"


def _key(check: ImportedCheck) -> tuple[str, str]:
    return check.url, check.claim_sha256


def _limit(name: str) -> int:
    return int(getattr(ImportedCheck._meta.get_field(name), "max_length", 0))
