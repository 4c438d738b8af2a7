"""manage.py try_source: asks one source one question, and shows what came back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser, no_translations
from rich.console import Console

from claims.languages import SERVED
from claims.management.base import DeskCommand, wrong_argument
from claims.pipeline import lookup
from claims.sources import registry
from claims.workflow import IllegalMove


class Command(DeskCommand):
    help = (
        "Asks one source a harmless question, or WORDS, and shows what came back. It is counted by "
        "the day's budget and the source's limits, and noted in the desk's history."
    )
    needs = "the network, and the source's key where it asks for one"
    example = 'try_source wikipedia "Old Bridge crossing" --language en'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help=f"one of {', '.join(registry())}")
        parser.add_argument("words", metavar="WORDS", nargs="*", help="what to ask instead")
        parser.add_argument("--language", default="", help="of the words: ar, tr or en")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        words, language = " ".join(options["words"]).strip(), options["language"]
        if language and language not in SERVED:
            raise wrong_argument(f"No language '{language}'. Known: {', '.join(SERVED)}.")
        if language and not words:
            raise wrong_argument("--language is that of WORDS: give them too.")
        source = registry().get(options["name"])
        if source is not None and source.sends:
            self.stderr.write(f"{source.sends}.")
        try:
            with Console(stderr=True).status("Asking, 15 seconds at most"):
                trial = lookup.try_source(
                    name=options["name"], actor=None, words=words, language=language
                )
        except IllegalMove as error:
            raise CommandError(str(error)) from error
        if trial.answer is None:
            raise CommandError(f"No answer after {trial.seconds:.1f} s: {trial.error}")
        hits = trial.answer.hits
        self.stdout.write(
            f"{len(hits)} found in {trial.seconds:.1f} s; asked: {trial.answer.asked or trial.question}"
        )
        for hit in hits:
            self.stdout.write(f"{hit.kind}\t{hit.title}\t{hit.url}")
