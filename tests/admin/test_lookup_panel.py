"""The panel of sources: what pages say, what each source is asked, and what may be pressed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import override

from claims.models import Claim, Lookup, Reading
from claims.pipeline import _traffic as traffic
from claims.pipeline import review
from tests import cast
from tests.admin.hands import address, signed_in

pytestmark = pytest.mark.django_db

PASSAGE = "قال متحدث إن الوزيرين سيلتقيان في صوفيا."


@pytest.fixture
def claim(editor: User) -> Claim:
    claim = cast.make_claim()
    review.accept(claim=claim, actor=editor)
    return claim


def read(claim: Claim, number: int, **fields: Any) -> Reading:
    """A page that was read, and the find that named it."""
    url = f"https://paper{number}.example/story"
    row, _new = Lookup.objects.get_or_create(
        claim=claim,
        source="gdelt",
        defaults={
            "state": "answered", "asked": "صوفيا", "attempts": 1,
            "started_at": timezone.now() - timedelta(seconds=3.5), "finished_at": timezone.now(),
        },
    )  # fmt: skip
    row.hits = [*row.hits, {"title": f"خبر {number}", "url": url, "snippet": "", "kind": "page"}]
    row.save()
    return Reading.objects.create(
        claim=claim,
        url=url,
        **{
            "state": "read", "title": f"خبر {number}", "language": "ar", "passage": PASSAGE,
            "start": 0, "score": 0.9, "hint": "supports", "origin": f"{number}" * 60,
            "finished_at": timezone.now(),
        } | fields,
    )  # fmt: skip


def used(editor: User, claim: Claim, use: str) -> str:
    """A find is made evidence: the page with its form open."""
    where = address(claim, "evidence/use/")
    return signed_in(editor).post(where, {"use": use}, follow=True).content.decode()


def panel(user: User, claim: Claim) -> str:
    with override("en"):
        return signed_in(user).get(address(claim, "lookups/")).content.decode()


def bare(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_the_best_passage_comes_first_with_its_hint_and_what_it_shares_with_the_claim(
    editor: User, claim: Claim
) -> None:
    read(claim, 1, score=0.4, hint="mentions")
    read(claim, 2, score=0.9)
    html = panel(editor, claim)
    assert html.index("paper2.example") < html.index("paper1.example")
    assert "seems to support it" in html
    assert "<mark>صوفيا</mark>" in html
    assert "<mark>متحدث</mark>" not in html
    assert f"? {PASSAGE}" not in bare(html)
    assert PASSAGE in bare(html)


def test_a_denial_says_why_and_a_later_page_is_marked(editor: User, claim: Claim) -> None:
    read(claim, 1, hint="denies", why=[["number", "40", "25"]], later=True)
    html = panel(editor, claim)
    assert "seems to deny it" in html
    assert "another number: 40 – 25" in bare(html)
    assert "later than the claim" in html


def test_copies_of_one_story_stand_together_and_share_an_independence_group(
    editor: User, claim: Claim
) -> None:
    first = read(claim, 1, origin="a" * 60, finished_at=timezone.now() - timedelta(minutes=1))
    read(claim, 2, origin="a" * 60, score=0.95)
    read(claim, 3, origin="b" * 60, score=0.3)
    html = panel(editor, claim)
    assert "2 copies of one story" in html
    assert html.count('class="hit read"') == 2
    assert first.url in html
    lookup = claim.lookups.get(source="gdelt")
    form = used(editor, claim, f"{lookup.pk}-1")
    assert f"{PASSAGE}</textarea>" in form
    assert 'value="paper1.example"' in form, "the copy that was read first names the group"


def test_a_copy_of_the_claims_own_article_is_called_one(editor: User, claim: Claim) -> None:
    read(claim, 1, origin="own:" + "a" * 60)
    assert "no independent source" in panel(editor, claim)
    lookup = claim.lookups.get(source="gdelt")
    form = used(editor, claim, f"{lookup.pk}-0")
    assert 'value="marfa.example"' in form


def test_pages_without_a_word_on_it_and_pages_not_read_are_told(editor: User, claim: Claim) -> None:
    read(claim, 1, passage="", hint="", start=None, score=0.0)
    read(claim, 2, state="gave_up", reason="robots say no", passage="", hint="", score=0.1)
    html = panel(editor, claim)
    assert "1 page says nothing on it" in html
    assert "1 page could not be read" in html
    assert "robots say no" in html
    assert "Try to read it again" in html


def test_progress_is_shown_while_pages_are_still_to_be_read(editor: User, claim: Claim) -> None:
    read(claim, 1)
    read(claim, 2, state="waiting", passage="", hint="", score=0.5, finished_at=None)
    html = panel(editor, claim)
    assert "Pages read: 1, still to be read: 1" in html
    assert '<progress max="3" value="2"' in html
    assert "every 2s" in html


def test_nothing_is_still_to_be_read_for_a_claim_that_nobody_wants(
    editor: User, claim: Claim
) -> None:
    read(claim, 1, state="waiting", passage="", hint="", score=0.5, finished_at=None)
    review.dismiss(claim=claim, actor=editor, reason="not news")
    assert "every 2s" not in panel(editor, claim)


def test_an_answer_says_how_long_it_took_and_how_many_tries(editor: User, claim: Claim) -> None:
    read(claim, 1)
    Lookup.objects.update(attempts=3)
    html = panel(editor, claim)
    assert "in 3.5 s" in html
    assert "tries: 3" in html


def test_a_source_that_had_nothing_to_ask_is_no_answer(editor: User, claim: Claim) -> None:
    now = timezone.now()
    Lookup.objects.create(claim=claim, source="gdelt", state="nothing", finished_at=now)
    Lookup.objects.create(
        claim=claim, source="wikipedia", state="nothing", started_at=now, finished_at=now
    )
    Lookup.objects.create(claim=claim, source="wikidata", state="running", started_at=now)
    html = signed_in(editor).get(address(claim)).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert "1 of 2 sources have answered" in text
    assert "nothing to ask it" in text


def test_a_page_that_was_not_read_can_be(editor: User, claim: Claim) -> None:
    row = read(claim, 1)
    row.delete()
    assert "Read the page" in panel(editor, claim)
    client = signed_in(editor)
    answer = client.post(address(claim, "lookups/page/"), {"url": row.url})
    assert answer.status_code == 302
    assert claim.readings.get().state == "waiting"
    refused = client.post(address(claim, "lookups/page/"), {"url": "https://else.example/"})
    assert refused.status_code == 422


def test_the_words_and_who_gets_them_are_shown_before_anybody_is_asked(editor: User) -> None:
    claim = cast.make_claim()
    html = panel(editor, claim)
    row = html.split('data-source="wikipedia"')[1].split('data-source="')[0]
    assert "What will be asked" in row
    assert "صوفيا" in row
    assert "Wikimedia Foundation" in row
    assert "Keep these words" in row


def test_an_editor_changes_the_words_and_has_them_made_again(editor: User, claim: Claim) -> None:
    client = signed_in(editor)
    form = {"source": "wikipedia", "words": "جسر المرفأ"}
    assert client.post(address(claim, "lookups/words/"), form).status_code == 302
    assert claim.lookups.get(source="wikipedia").terms == "جسر المرفأ"
    html = panel(editor, claim)
    assert 'value="جسر المرفأ"' in html
    assert "own words" in html
    client.post(address(claim, "lookups/words/"), {"source": "wikipedia", "made": ""})
    assert claim.lookups.get(source="wikipedia").terms is None


@pytest.mark.parametrize("words", ["كلمة " * 101, "x" * 501])
def test_too_many_words_are_refused_in_the_panel(editor: User, claim: Claim, words: str) -> None:
    form = {"source": "wikipedia", "words": words}
    answer = signed_in(editor).post(address(claim, "lookups/words/"), form)
    assert answer.status_code == 422
    assert not claim.lookups.exclude(terms=None).exists()


def test_a_confidential_claim_offers_no_words_for_outside_sources(editor: User) -> None:
    claim = cast.make_claim(cast.make_article(confidential=True))
    html = panel(editor, claim)
    row = html.split('data-source="wikipedia"')[1].split('data-source="')[0]
    assert "<form" not in row
    answer = signed_in(editor).post(
        address(claim, "lookups/words/"), {"source": "wikipedia", "words": "جسر"}
    )
    assert answer.status_code == 422


def test_sources_without_a_key_are_named_once(editor: User, claim: Claim) -> None:
    html = panel(editor, claim)
    assert html.count("Not set up on this desk:") == 1
    assert html.count("GOOGLE_FACT_CHECK_KEY") == 1
    assert 'data-source="google_fact_check"' not in html


def test_who_is_not_on_the_desk_changes_no_words(outsider: User, claim: Claim) -> None:
    form = {"source": "wikipedia", "words": "جسر المرفأ"}
    answer = signed_in(outsider).post(address(claim, "lookups/words/"), form)
    assert answer.status_code in (302, 403)
    assert not claim.lookups.exclude(terms=None).exists()


def test_a_source_that_is_left_alone_for_a_while_says_so(
    editor: User, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    Lookup.objects.create(claim=claim, source="gdelt", attempts=1)
    closed = traffic.State(open=0, last_minute=0, failures=5, closed_for=41.6)
    monkeypatch.setattr(traffic, "state", lambda names: dict.fromkeys(names, closed))
    assert "Left alone for another 42 s" in panel(editor, claim)


def test_the_panel_is_there_when_redis_is_not(
    editor: User, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(names: list[str]) -> dict[str, traffic.State]:
        raise redis.ConnectionError

    Lookup.objects.create(claim=claim, source="gdelt", attempts=1)
    monkeypatch.setattr(traffic, "state", gone)
    assert "Left alone" not in panel(editor, claim)
