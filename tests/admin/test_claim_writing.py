"""Writing on the claim page: evidence, the verdict, and asking the sources again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from claims import workflow
from claims.models import Claim, Draft, Evidence, Lookup, Rating
from claims.pipeline import review
from tests import cast
from tests.admin.hands import address, history, press, signed_in

pytestmark = pytest.mark.django_db


# --- evidence ------------------------------------------------------------------------------------


def piece(**fields: Any) -> dict[str, Any]:
    return {
        "url": "https://ministry.example/1", "title": "بيان", "publisher": "الوزارة",
        "quote": "No meeting took place.", "quote_language": "en", "relation": "refutes",
        "primary": "on", "independence_group": "", "note": "", **fields,
    }  # fmt: skip


def test_adding_evidence_without_a_group_groups_it_by_its_house(editor: User) -> None:
    claim = cast.make_claim()
    review.accept(claim=claim, actor=editor)
    client = signed_in(editor)
    added = client.post(address(claim, "evidence/"), piece(url="https://www.ministry.example/1"))
    assert added.status_code == 302
    one = claim.evidence.get()
    assert (one.independence_group, one.primary, one.withheld) == ("ministry.example", True, False)
    html = client.get(address(claim)).content.decode()
    assert '<blockquote lang="en" dir="ltr">No meeting took place.</blockquote>' in html


@pytest.mark.parametrize(
    ("field", "value"),
    [("url", "ftp://x.example/"), ("url", "javascript:alert(1)"), ("title", ""), ("relation", "")],
)
def test_bad_evidence_is_told_in_its_form_with_everything_typed_kept(
    field: str, value: str, editor: User
) -> None:
    claim = cast.researched_claim(editor)
    answer = signed_in(editor).post(
        address(claim, "evidence/"), piece(quote="typed with care", **{field: value})
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "typed with care</textarea>" in html
    assert claim.evidence.count() == 2


def test_one_press_makes_a_find_evidence_and_opens_it_for_the_rest(editor: User) -> None:
    claim = cast.researched_claim(editor)
    asked = Lookup.objects.create(
        claim=claim, source="archive", state="answered", asked="x", finished_at=timezone.now(),
        hits=[{"title": "مراجعة", "url": "https://desk.example/v/1", "snippet": "مقتطف",
               "language": "ar", "publisher": "مكتب"}],
    )  # fmt: skip
    client = signed_in(editor)
    answer = press(client, claim, "evidence/use/", use=f"{asked.pk}-0")
    chosen = claim.evidence.order_by("-pk")[0]
    assert answer["Location"] == address(claim, f"change/?edit={chosen.pk}#evidence-form")
    assert (chosen.url, chosen.quote, chosen.relation, chosen.lookup) == (
        "https://desk.example/v/1", "مقتطف", "context", asked,
    )  # fmt: skip
    assert chosen.snapshot is not None
    assert chosen.snapshot.state == "waiting"
    html = client.get(address(claim, f"change/?edit={chosen.pk}")).content.decode()
    assert "مقتطف</textarea>" in html
    assert "Among the evidence" in html
    press(client, claim, "evidence/use/", use=f"{asked.pk}-0")
    assert claim.evidence.filter(url="https://desk.example/v/1").count() == 1, "pressed twice"


@pytest.mark.parametrize("use", ["1-99", "x-y", "-", "999999999999999999999-0", "٣-0", ""])
def test_a_find_that_is_not_there_is_answered_in_words(use: str, editor: User) -> None:
    claim = cast.researched_claim(editor)
    answer = press(signed_in(editor), claim, "evidence/use/", use=use)
    assert answer.status_code == 409
    assert "That find is no longer there." in answer.content.decode()
    assert claim.evidence.count() == 2


def test_a_find_whose_address_is_none_is_shown_in_the_form(editor: User) -> None:
    claim = cast.researched_claim(editor)
    asked = Lookup.objects.create(
        claim=claim, source="archive", state="answered", asked="x", finished_at=timezone.now(),
        hits=[{"title": "t", "url": "javascript:alert(1)", "snippet": "words that are kept"}],
    )  # fmt: skip
    answer = press(signed_in(editor), claim, "evidence/use/", use=f"{asked.pk}-0")
    assert answer.status_code == 422
    assert "words that are kept" in answer.content.decode()


def test_changing_ordering_and_taking_off_evidence(editor: User) -> None:
    claim = cast.researched_claim(editor)
    first, second = claim.evidence.all()
    client = signed_in(editor)
    changed = client.post(
        address(claim, f"evidence/{first.pk}/"),
        piece(
            url=first.url,
            title="عنوان جديد",
            independence_group="g9",
            withheld="on",
            moves=claim.moves,
        ),
    )
    assert changed.status_code == 302
    first.refresh_from_db()
    assert (first.title, first.independence_group, first.withheld) == ("عنوان جديد", "g9", True)
    client.post(address(claim, f"evidence/{second.pk}/order/"), {"up": "1"})
    assert [one.pk for one in claim.evidence.all()] == [second.pk, first.pk]
    asks = client.get(address(claim, f"change/?remove={first.pk}")).content.decode()
    assert "What it said stays in the history" in asks
    assert client.post(address(claim, f"evidence/{first.pk}/remove/")).status_code == 302
    assert [one.pk for one in claim.evidence.all()] == [second.pk]
    assert history(claim)[-3:] == ["change_evidence", "order_evidence", "remove_evidence"]


def test_a_lost_race_for_a_piece_of_evidence_shows_both(editor: User, second_editor: User) -> None:
    claim = cast.researched_claim(editor)
    first = claim.evidence.all()[0]
    mine = piece(url=first.url, title="عنواني", moves=claim.moves)
    review.change_evidence(piece=first, actor=second_editor, title="عنوانها")
    client = signed_in(editor)
    answer = client.post(address(claim, f"evidence/{first.pk}/"), mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "<bdi>عنوانها</bdi>" in html
    assert 'value="عنواني"' in html
    assert "Save mine over theirs" in html
    claim.refresh_from_db()
    again = client.post(address(claim, f"evidence/{first.pk}/"), mine | {"moves": claim.moves})
    assert again.status_code == 302
    first.refresh_from_db()
    assert first.title == "عنواني"


def test_a_piece_that_nobody_touched_is_saved_although_the_claim_has_moved_on(
    editor: User, second_editor: User
) -> None:
    claim = cast.researched_claim(editor)
    first, second = claim.evidence.all()
    seen = claim.moves
    review.change_evidence(piece=second, actor=second_editor, title="الثاني")
    answer = signed_in(editor).post(
        address(claim, f"evidence/{first.pk}/"), piece(url=first.url, moves=seen)
    )
    assert answer.status_code == 302


def test_evidence_of_another_claim_is_out_of_reach(editor: User) -> None:
    claim = cast.researched_claim(editor)
    other = cast.make_claim(claim.article, text="عدد العائدين بلغ 1200 شخص")
    first = claim.evidence.all()[0]
    answer = signed_in(editor).post(address(other, f"evidence/{first.pk}/remove/"))
    assert answer.status_code == 404
    assert claim.evidence.count() == 2


def test_evidence_cannot_change_while_the_verdict_is_in_review(editor: User) -> None:
    claim = cast.proposed_claim(editor)
    first = claim.evidence.all()[0]
    client = signed_in(editor)
    for tail, fields in [
        ("evidence/", piece(note="kept")),
        (f"evidence/{first.pk}/", piece(title="x")),
        (f"evidence/{first.pk}/remove/", {}),
        (f"evidence/{first.pk}/order/", {"up": "0"}),
    ]:
        answer = client.post(address(claim, tail), fields)
        assert answer.status_code == 422, tail
        assert "its verdict cannot be changed" in answer.content.decode()
    assert Evidence.objects.filter(claim=claim).count() == 2


# --- the verdict ---------------------------------------------------------------------------------


def verdict(claim: Claim, **fields: Any) -> dict[str, Any]:
    draft = Draft.objects.filter(claim=claim).first()
    claim.refresh_from_db()
    return {
        "revision": draft.revision if draft else 0, "moves": claim.moves, "rating": "false",
        "summary": "خلاصة", "explanation": "شرح [1]", "no_primary_reason": "", "then": "save",
        **fields,
    }  # fmt: skip


def test_looking_at_a_claim_writes_nothing(editor: User) -> None:
    claim = cast.make_claim()
    signed_in(editor).get(address(claim))
    assert not Draft.objects.exists()
    assert history(claim) == []


def test_an_unfinished_verdict_is_saved_and_says_what_it_lacks(editor: User) -> None:
    claim = cast.make_claim()
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
    client = signed_in(editor)
    sent = client.post(address(claim, "draft/"), verdict(claim, explanation="", then="propose"))
    html = sent.content.decode()
    assert sent.status_code == 422
    assert "The verdict still needs: an explanation" in html
    assert Draft.objects.get().summary == "خلاصة"
    assert 'value="false" checked' in html


def test_sending_to_review_freezes_the_verdict(editor: User) -> None:
    claim = cast.researched_claim(editor)
    answer = signed_in(editor).post(address(claim, "draft/"), verdict(claim, then="propose"))
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert claim.state == "in_review"
    assert claim.versions.get().summary == "خلاصة"


def test_sending_what_somebody_else_changed_meanwhile_is_a_lost_race(
    editor: User, second_editor: User
) -> None:
    claim = cast.researched_claim(editor)
    mine = verdict(claim, then="propose")
    review.remove_evidence(piece=claim.evidence.all()[1], actor=second_editor)
    review.add_evidence(
        claim=claim, actor=second_editor, url="https://other.example/", title="آخر",
        relation="supports", independence_group="other",
    )  # fmt: skip
    answer = signed_in(editor).post(address(claim, "draft/"), mine)
    assert answer.status_code == 409
    claim.refresh_from_db()
    assert claim.state == "researching"


def test_a_lost_race_for_the_verdict_shows_both_and_loses_nothing(
    editor: User, second_editor: User
) -> None:
    claim = cast.researched_claim(editor)
    mine = verdict(claim, rating="true", summary="خلاصتي", explanation="شرحي الطويل")
    review.save_draft(
        claim=claim, actor=second_editor, revision=1, rating=Rating.objects.get(slug="misleading"),
        summary="خلاصتها", explanation="شرحها",
    )  # fmt: skip
    client = signed_in(editor)
    answer = client.post(address(claim, "draft/"), mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "mehmet" in html
    assert "خلاصتها" in html
    assert "شرحها" in html
    assert "خلاصتي</textarea>" in html
    assert "شرحي الطويل</textarea>" in html
    assert re.search(r'value="true" checked', html)
    assert Draft.objects.get().summary == "خلاصتها"
    assert '<input type="hidden" name="revision" value="2">' in html
    assert client.post(address(claim, "draft/"), mine | {"revision": 2}).status_code == 302
    assert Draft.objects.get().summary == "خلاصتي"


def test_a_summary_that_is_too_long_is_told_at_its_field_and_kept(editor: User) -> None:
    claim = cast.researched_claim(editor)
    answer = signed_in(editor).post(address(claim, "draft/"), verdict(claim, summary="ط" * 301))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "ط" * 301 in html
    assert 'id="draft-summary_error"' in html


def test_an_unknown_rating_is_refused(editor: User) -> None:
    claim = cast.researched_claim(editor)
    answer = signed_in(editor).post(address(claim, "draft/"), verdict(claim, rating="great"))
    assert answer.status_code == 422


def test_an_administrator_cannot_write_a_verdict_and_keeps_what_was_typed(
    editor: User, administrator: User
) -> None:
    claim = cast.researched_claim(editor)
    answer = signed_in(administrator).post(
        address(claim, "draft/"), verdict(claim, explanation="نص المدير")
    )
    assert answer.status_code == 403
    assert "نص المدير" in answer.content.decode()


def test_a_citation_of_evidence_that_is_not_there_is_pointed_out(editor: User) -> None:
    claim = cast.researched_claim(editor, explanation="انظر [2] و[٧].")
    html = signed_in(editor).get(address(claim)).content.decode()
    assert "cites evidence that is not there: 7." in html


def test_the_author_reads_why_the_verdict_came_back(editor: User, reviewer: User) -> None:
    claim = cast.proposed_claim(editor)
    review.send_back(claim=claim, actor=reviewer, version=1, reason="أين المصدر؟")
    assert "أين المصدر؟" in signed_in(editor).get(address(claim)).content.decode()


# --- sources and history -------------------------------------------------------------------------


def test_the_sources_panel_asks_again_by_itself_only_while_something_is_under_way(
    editor: User,
) -> None:
    claim = cast.researched_claim(editor)
    Lookup.objects.filter(claim=claim).delete()
    asked = Lookup.objects.create(claim=claim, source="archive")
    client = signed_in(editor)
    assert 'hx-trigger="every 2s"' in client.get(address(claim, "lookups/")).content.decode()
    Lookup.objects.filter(pk=asked.pk).update(
        state="gave_up", reason="503 thrice", finished_at=timezone.now()
    )
    html = client.get(address(claim, "lookups/")).content.decode()
    assert "every 2s" not in html
    assert "503 thrice" in html


def test_asking_one_source_again_queues_that_one(editor: User) -> None:
    claim = cast.researched_claim(editor)
    Lookup.objects.filter(claim=claim).delete()
    for source in ("archive", "imported_checks"):
        Lookup.objects.create(
            claim=claim, source=source, state="nothing", finished_at=timezone.now()
        )
    answer = signed_in(editor).post(address(claim, "lookups/"), {"source": "archive"})
    assert answer.status_code == 302
    states = dict(Lookup.objects.filter(claim=claim).values_list("source", "state"))
    assert states["archive"] == "waiting"
    assert states["imported_checks"] == "nothing"


def test_outside_sources_of_a_confidential_claim_are_named_with_the_reason(editor: User) -> None:
    article = cast.make_article(confidential=True)
    claim = cast.researched_claim(editor, cast.make_claim(article))
    html = signed_in(editor).get(address(claim, "lookups/")).content.decode()
    assert "never: the article is confidential" in html


def test_a_broken_chain_is_said_aloud(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = cast.researched_claim(editor)
    monkeypatch.setattr(workflow, "chain_hash", lambda row: "0" * 64)
    html = signed_in(editor).get(address(claim)).content.decode()
    assert "The chain is broken at move 1" in html


def test_the_whole_history_is_one_step_away(editor: User) -> None:
    claim = cast.researched_claim(editor)
    for number in range(9):
        review.add_evidence(
            claim=claim, actor=editor, url=f"https://n.example/{number}", title="x",
            relation="context", independence_group="n",
        )  # fmt: skip
    client = signed_in(editor)
    html = client.get(address(claim)).content.decode()
    assert "Started research" not in html
    assert f'<a href="/desk/claims/claim/{claim.pk}/whole-history/">The whole history' in html
    whole = client.get(address(claim, "whole-history/")).content.decode()
    assert "Started research" in whole


def test_the_page_reads_from_right_to_left_in_arabic(editor: User) -> None:
    claim = cast.make_claim()
    client = Client()
    client.force_login(editor)
    with override("ar"):
        html = client.get(address(claim)).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
