from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from claims import languages
from claims.management.base import DeskCommand, wrong_argument
from claims.models import Correction

# The article's words inside a claim; what else it holds are places, and choices from closed lists.
_WORDS = ("text", "statement", "unresolved")
_MENTIONS = ("claimant", "via", "cue")


class Command(DeskCommand):
    help = (
        "Writes what people decided about the splitter's work as labelled examples, one JSON object "
        "a line, oldest first: the article, the claims before and after, in the fields of "
        "`manage.py split --json`. Nobody of the desk is named."
    )
    needs = "the desk's database"
    example = "export_corrections --since 2026-01-01 --language ar > corrections.jsonl"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="only from that day on")
        parser.add_argument(
            "--language", metavar="|".join(languages.SERVED), help="only of articles in it"
        )
        parser.add_argument(
            "--with-text",
            action="store_true",
            help="the articles' texts and the claims' words too; never those of confidential articles",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = Correction.objects.select_related("article").order_by("pk")
        if options["since"]:
            found = found.filter(at__gte=_midnight(options["since"]))
        if options["language"]:
            if options["language"] not in languages.SERVED:
                raise wrong_argument(
                    f"No articles in '{options['language']}'. Known: {', '.join(languages.SERVED)}."
                )
            found = found.filter(article__language=options["language"])
        for correction in found.iterator():
            line = _line(correction, with_text=options["with_text"])
            self.stdout.write(json.dumps(line, ensure_ascii=False))


def _line(correction: Correction, *, with_text: bool) -> dict[str, Any]:
    article = correction.article
    seen = article.first_seen
    line: dict[str, Any] = {
        "article_sha256": article.sha256,
        "language": article.language,
        "published": (seen.published_on if seen else article.received_at.date()).isoformat(),
        "kind": correction.kind,
        "at": correction.at.isoformat(),
        "splitter": correction.splitter,
    }
    secret = article.confidential
    if with_text and not secret:
        line["text"] = article.text
    for side, held in (("before", correction.before), ("after", correction.after)):
        line[side] = {
            "claims": [
                _claim(claim, words=with_text and not secret, names=not secret)
                for claim in held["claims"]
            ]
        }
    if not secret and "reason" in correction.after:
        line["reason"] = correction.after["reason"]
    return line


def _claim(claim: dict[str, Any], *, words: bool, names: bool) -> dict[str, Any]:
    """`words`: with the claim's text; `names`: with the claimant's and the cue's, as the gold has."""
    kept = {name: value for name, value in claim.items() if words or name not in _WORDS}
    if not names:
        for mention in _MENTIONS:
            kept[mention] = _places(kept[mention])
    if not words:
        kept["dates"] = [_places(dated) for dated in kept["dates"]]
    return kept


def _places(mention: dict[str, Any] | None) -> dict[str, Any] | None:
    """What is left of it without the words; None where it was words alone."""
    left = {name: value for name, value in (mention or {}).items() if name != "text"}
    return left or None


def _midnight(given: str) -> datetime:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise wrong_argument(
            f"'{given}' is no day of the calendar. Write --since as YYYY-MM-DD, e.g. 2026-07-26."
        ) from None
    return timezone.make_aware(datetime.combine(day, time.min))
