from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser, no_translations
from django.urls import reverse

from claims.management.base import DispatchingCommand, wrong_argument
from claims.models import Article
from claims.pipeline import intake
from claims.sources._text import Unreadable, decode_text

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class Command(DispatchingCommand):
    help = (
        "Brings an article in from a file (text, HTML, PDF), a web address, or standard input (-)."
    )
    needs = "the desk's database; a running worker splits what came in"
    example = 'intake article.html --published 2026-10-12 --outlet "The Harbour Courier"'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what", metavar="PATH|URL|-", help="a file, a web address, or - for standard input"
        )
        parser.add_argument(
            "--published",
            metavar="YYYY-MM-DD",
            help="the day it was published; may be left out for a web page, fetched or saved, that says it",
        )
        parser.add_argument("--language", default="", metavar="ar|tr|en", help="otherwise detected")
        parser.add_argument("--outlet", default="", metavar="NAME", help="who published it")
        parser.add_argument("--url", default="", help="where a text was seen that is not fetched")
        parser.add_argument("--title", default="", help="otherwise the page's, or the first line")
        parser.add_argument(
            "--confidential", action="store_true", help="nothing of it goes to an outside source"
        )

    # A terminal sets Arabic from left to right, letter by letter.
    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        what: str = options["what"]
        given = {
            "language": options["language"],
            "outlet": options["outlet"],
            "title": options["title"],
            "confidential": options["confidential"],
            "received_by": None,
        }
        day = _day(options["published"])
        try:
            if _ADDRESS.match(what):
                if options["url"]:
                    raise wrong_argument("--url is for a text; the web address is already given.")
                received = intake.receive_url(url=what, published_on=day, **given)
            else:
                received = _received(what, day, {**given, "url": options["url"]})
        except (intake.IntakeError, Unreadable) as error:
            raise CommandError(f"{what}: {error.message} Nothing was taken in.") from error
        self._tell(received)

    def _tell(self, received: intake.Received) -> None:
        article, appearance = received.article, received.appearance
        if received.is_new_article:
            new = "new"
        elif received.is_new_appearance:
            new = "known text, seen in a new place"
        else:
            new = "known text, known place; nothing changed"
        unconfirmed = "" if appearance.published_confirmed else " (as the page says, unconfirmed)"
        self.stdout.write(f"Article {article.pk}: {new}.")
        self.stdout.write(f"  title      {article.title or '(none)'}")
        self.stdout.write(f"  language   {article.language}")
        self.stdout.write(f"  outlet     {appearance.outlet or '(none)'}")
        self.stdout.write(f"  published  {appearance.published_on}{unconfirmed}")
        self.stdout.write(f"  sha256     {article.sha256}")
        if received.is_new_article and article.supersedes_id:
            self.stdout.write(f"  supersedes article {article.supersedes_id}")
        if article.confidential:
            self.stdout.write("  confidential: nothing of it goes to an outside source")
        page = settings.SITE_URL + reverse("admin:article", args=[article.pk])
        if article.split_state == Article.Split.DONE:
            self.stdout.write(f"Next: its claims are at {page}")
        elif article.split_state == Article.Split.FAILED:
            self.stdout.write(f"Next: it could not be split before; try again at {page}")
        else:
            self.stdout.write(f"Next: a running worker splits it; its claims appear at {page}")


def _received(what: str, day: date | None, given: dict[str, Any]) -> intake.Received:
    data = _read(what)
    undated = wrong_argument(
        "A text does not say when it was published. Give --published YYYY-MM-DD."
    )
    if what != "-":
        try:
            return intake.receive_file(data=data, published_on=day, **given)
        except intake.IntakeError as error:
            raise undated if error.code == "date_missing" else error from error
    if day is None:
        raise undated
    text = decode_text(data, max_bytes=intake.MAX_FILE_BYTES)
    return intake.receive(text=text, published_on=day, channel=Article.Channel.PASTE, **given)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise wrong_argument(
            f"--published {text} is not a day. Write it YYYY-MM-DD, as in 2026-01-31."
        ) from error


def _read(name: str) -> bytes:
    # Of files, each kind has its own limit once it is known which it is.
    limit = intake.MAX_FILE_BYTES if name == "-" else max(intake.MAX_BYTES.values())
    if name == "-":
        # One byte more, so that a longer text is told from one that just fits.
        data = sys.stdin.buffer.read(limit + 1)
    else:
        path = Path(name)
        try:
            if path.is_dir():
                raise CommandError(f"{name} is a folder. Give one file.")
            with path.open("rb") as file:
                size = path.stat().st_size
                if size > limit:
                    raise CommandError(
                        f"{name} is {size} bytes long; at most {limit} are read. Cut it to the "
                        "article. Nothing was taken in."
                    )
                data = file.read(limit + 1)
        except FileNotFoundError as error:
            raise CommandError(
                f"There is no file {name}. Give a path, a web address that begins with http:// or "
                "https://, or - for standard input."
            ) from error
        except (OSError, ValueError) as error:
            raise CommandError(f"{name} cannot be read: {error}.") from error
    return data
