"""manage.py try_source: an operator asks one source, and reads what came back or why not."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.models import Lookup, Transition
from tests.cast import published_claim, set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


def tried(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("try_source", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        tried(*arguments)
    return str(caught.value)


def test_words_of_ones_own_are_asked_and_what_was_found_is_listed(
    editor: Any, reviewer: Any, publisher: Any
) -> None:
    published_claim(editor, reviewer, publisher)
    before = Lookup.objects.count()
    out, err = tried("archive", "الوزيرين", "سيلتقيان", "في", "صوفيا", "--language", "ar")
    first, hit = out.splitlines()
    assert first.startswith("1 found in 0.")
    assert first.endswith("asked: الوزيرين سيلتقيان في صوفيا")
    assert hit.startswith("own\tالوزيرين سيلتقيان في صوفيا")
    assert hit.endswith("/v/1")
    assert err == ""
    assert Lookup.objects.count() == before
    row = Transition.objects.get(action="try_source")
    assert (row.actor, row.data) == (None, {"source": "archive"})


def test_without_words_the_harmless_question_is_asked() -> None:
    out, _err = tried("archive")
    assert "0 found" in out
    assert "asked: يصل مضيق البوسفور البحر الأسود ببحر مرمرة" in out


def test_what_cannot_be_asked_is_refused_in_words(settings: Any) -> None:
    assert refused("gopher").startswith("There is no source “gopher”. Known: archive, collected")
    assert refused("archive", "words", "--language", "xx") == "No language 'xx'. Known: ar, tr, en."
    assert refused("archive", "--language", "en") == "--language is that of WORDS: give them too."
    settings.SEARXNG_URL = ""
    assert "is skipped until SEARXNG_URL is set" in refused("searxng")
    set_policy(third_party_budget=0)
    assert refused("wikipedia") == "The day's budget of requests is spent."


def test_an_outside_source_says_first_what_it_sends_and_then_why_it_failed() -> None:
    # Nothing but loopback can be reached in a test.
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match=r"^No answer after \d+\.\d s: "):
        call_command("try_source", "wikidata", stdout=out, stderr=err)
    assert err.getvalue() == "Sends the claimant's name to the Wikimedia Foundation.\n"
