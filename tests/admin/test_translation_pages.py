"""Translating, reviewing, publishing and retracting a translation through the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Publication, TranslationDraft, WorkingCopy
from claims.pipeline import publishing, translating
from tests import cast
from tests.admin.hands import address, captured, history, offered, signed_in
from tests.pipeline import translated
from tests.pipeline.test_translating import corrected

pytestmark = pytest.mark.django_db
TR = "translations/tr/"


@pytest.fixture
def claim(editor: User, reviewer: User, publisher: User) -> Claim:
    return cast.published_claim(editor, reviewer, publisher).claim


def saved(claim: Claim, **fields: Any) -> dict[str, Any]:
    draft = TranslationDraft.objects.filter(claim=claim).first()
    return {
        "revision": draft.revision if draft else 0, "of": 1, **translated.WORDS,
        "no_primary_reason": "", **fields,
    }  # fmt: skip


def test_the_claims_page_offers_the_languages_that_are_not_there_yet(
    claim: Claim, second_editor: User
) -> None:
    html = signed_in(second_editor).get(address(claim)).content.decode()
    assert "Translate into Turkish" in html
    assert "Translate into English" in html
    assert "Translate into Arabic" not in html


def test_the_whole_way_through_the_pages(
    claim: Claim, second_editor: User, reviewer: User, publisher: User
) -> None:
    writer, eyes, hand = (signed_in(who) for who in (second_editor, reviewer, publisher))
    page = writer.get(address(claim, TR)).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert 'lang="tr" dir="ltr"' in page
    assert "Readers of the translation see “Yanlış”" in page
    answer = writer.post(address(claim, TR + "save/"), saved(claim, then="propose"))
    assert answer.status_code == 302
    assert "Sofya" in eyes.get("/desk/review/").content.decode()
    review = eyes.get(address(claim, TR + "review/")).content.decode()
    assert offered(review) == {"approve", "send_back"}
    assert (
        eyes.post(
            address(claim, TR + "approve/"), {"version": 2, "vouches": translating.POINTS}
        ).headers["Location"]
        == "/desk/review/"
    )
    listed = hand.get("/desk/publishing/").content.decode()
    assert "publish_translation" in offered(listed)
    asks = hand.get(address(claim, TR + "publish/")).content.decode()
    assert offered(asks) == {"publish_translation", "schedule"}
    assert hand.post(address(claim, TR + "publish/"), {"version": 2}).status_code == 302
    assert Publication.objects.get(language="tr").kind == "translation"
    listed = hand.get("/desk/publishing/").content.decode()
    assert "retract_translation" in offered(listed)
    assert "It cannot be undone" in hand.get(address(claim, TR + "retract/")).content.decode()
    assert hand.post(address(claim, TR + "retract/"), {"reason": "kötü"}).status_code == 302
    assert history(claim)[-1] == "retract_translation"
    told = writer.get(address(claim, "whole-history/")).content.decode()
    assert "Retracted a translation" in told


def test_a_lost_race_shows_both_and_keeps_what_was_typed(
    claim: Claim, second_editor: User, editor: User
) -> None:
    fields = saved(claim, summary="benim özetim")
    translated.write(claim, editor, summary="onların özeti")
    answer = signed_in(second_editor).post(address(claim, TR + "save/"), fields)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "benim özetim</textarea>" in html
    assert "onların özeti" in html


def test_a_citation_that_is_missing_is_named_and_what_was_typed_is_saved(
    claim: Claim, second_editor: User
) -> None:
    answer = signed_in(second_editor).post(
        address(claim, TR + "save/"), saved(claim, explanation="Yok [1].", then="propose")
    )
    assert answer.status_code == 422
    assert "the citations [2] of the original" in answer.content.decode()
    assert TranslationDraft.objects.get().explanation == "Yok [1]."


def test_the_translator_is_told_why_and_gets_no_button(claim: Claim, second_reviewer: User) -> None:
    translated.propose(claim, second_reviewer)
    client = signed_in(second_reviewer)
    html = client.get(address(claim, TR + "review/")).content.decode()
    assert offered(html) == set()
    assert "You had a hand in this translation" in html
    answer = client.post(
        address(claim, TR + "approve/"), {"version": 2, "vouches": translating.POINTS}
    )
    assert answer.status_code == 403


def test_who_may_not_publish_is_refused_with_a_reason(
    claim: Claim, second_editor: User, reviewer: User
) -> None:
    translated.approve(translated.propose(claim, second_editor), reviewer)
    client = signed_in(reviewer)
    assert offered(client.get(address(claim, TR + "publish/")).content.decode()) == set()
    answer = client.post(address(claim, TR + "publish/"), {"version": 2})
    assert answer.status_code == 403
    assert not Publication.objects.filter(language="tr").exists()


def test_an_older_translation_is_marked_for_the_desk_and_brought_up_to_date(
    claim: Claim, editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    corrected(claim, editor, reviewer, publisher)
    client = signed_in(second_editor)
    assert "older than the original" in client.get(address(claim)).content.decode()
    html = client.get(address(claim, TR)).content.decode()
    assert "What has changed in the original since this was translated" in html
    translated.approve(translated.propose(claim, second_editor, summary="Yeni."), reviewer)
    hand = signed_in(publisher)
    version = Claim.objects.get(pk=claim.pk).versions.into("tr").latest("number").number
    fields = {"version": version, "kind": "update", "reason": " "}
    assert hand.post(address(claim, TR + "publish/"), fields).status_code == 422
    fields["reason"] = "Aslı düzeltildi"
    assert hand.post(address(claim, TR + "publish/"), fields).status_code == 302
    assert "older than the original" not in client.get(address(claim)).content.decode()


@pytest.mark.parametrize("tail", ["", "review/", "publish/", "retract/"])
@pytest.mark.parametrize("language", ["ar", "fa", "xx", "t%00r", "🙂"])
def test_there_is_no_such_language(language: str, tail: str, claim: Claim, publisher: User) -> None:
    path = address(claim, f"translations/{language}/{tail}")
    assert signed_in(publisher).get(path).status_code in (400, 404)


@pytest.mark.parametrize("tail", ["save/", "approve/", "send-back/", "publish/", "retract/"])
def test_mangled_forms_are_answered(tail: str, claim: Claim, publisher: User) -> None:
    client = signed_in(publisher)
    for fields in ({}, {"version": "x" * 50, "of": "-1", "revision": "9" * 40, "reason": "\x00"}):
        answer = client.post(address(claim, TR + tail), fields)
        assert answer.status_code in (302, 403, 409, 422), fields
    assert client.get(address(claim, TR + tail)).status_code in (200, 302)


def test_a_claim_without_a_verdict_says_what_to_do(editor: User) -> None:
    claim = cast.researched_claim(editor)
    client = signed_in(editor)
    for tail in ("", "review/", "publish/", "retract/"):
        assert client.get(address(claim, TR + tail)).status_code == 200
    assert "Nothing to translate yet" in client.get(address(claim, TR)).content.decode()


def test_the_lists_cost_the_same_for_one_and_for_three(
    claim: Claim, editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    def one_more(claim: Claim) -> None:
        translated.propose(claim, second_editor)

    client = signed_in(reviewer)
    one_more(claim)
    client.get("/desk/review/")
    few = len(captured(client, "/desk/review/"))
    for number in range(2):
        article = cast.make_article(f"{cast.TEXT} {number}")
        one_more(cast.published_claim(editor, reviewer, publisher, cast.make_claim(article)).claim)
    assert len(captured(client, "/desk/review/")) == few


def test_readers_see_it_marked_as_older(
    claim: Claim, editor: User, second_editor: User, reviewer: User, publisher: User, client: Any
) -> None:
    html = client.get("/tr/v/1").content.decode()
    assert '<link rel="alternate" hreflang="tr"' not in html
    before = html
    translated.write(claim, second_editor)
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    assert client.get("/tr/v/1").content.decode() == before
    publishing.publish_translation(
        claim=Claim.objects.get(pk=claim.pk), language="tr", actor=publisher, version=2
    )
    html = client.get("/tr/v/1").content.decode()
    assert "Sofya" in html
    for code in ("ar", "tr"):
        assert f'<link rel="alternate" hreflang="{code}"' in html
    assert 'lang="ar" dir="rtl"' in html  # the quotations
    assert "This translation is older" not in html
    assert "Sofya" in client.get("/tr/").content.decode()
    assert cast.STATEMENT not in client.get("/tr/").content.decode()
    assert "Sofya" not in client.get("/").content.decode()
    for feed in ("rss.xml", "atom.xml", "feed.json"):
        assert "Bakanlar" in client.get(f"/feeds/{feed}?language=tr").content.decode()
    assert "/tr/v/1" in client.get("/sitemap.xml").content.decode()
    etag = client.get("/tr/v/1")["ETag"]
    corrected(claim, editor, reviewer, publisher)
    assert client.get("/tr/v/1")["ETag"] != etag
    assert 'class="notice"><strong>' in client.get("/tr/v/1").content.decode()
    publishing.retract(claim=Claim.objects.get(pk=claim.pk), actor=publisher, reason="مزوّر")
    html = client.get("/tr/v/1").content.decode()
    assert "ruling tomb" in html
    assert "application/ld+json" not in html


def test_one_language_taken_back_says_that_the_verdict_stands(
    claim: Claim, second_editor: User, reviewer: User, publisher: User, client: Any
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    publishing.retract_translation(
        claim=Claim.objects.get(pk=claim.pk), language="tr", actor=publisher, reason="kötü"
    )
    html = client.get("/tr/v/1").content.decode()
    assert "ruling tomb" in html
    assert 'href="/v/1" hreflang="ar"' in html
    assert cast.STATEMENT in client.get("/v/1").content.decode()
    assert "application/ld+json" in client.get("/v/1").content.decode()


def keep(who: User, claim: Claim, **fields: Any) -> Any:
    sent = {"_base": 0, "_window": "w1", "_turn": 1, "of": 1, **fields}
    return signed_in(who).post(address(claim, "keep/translation-tr/"), sent)


def test_what_was_typed_and_not_saved_stands_in_the_form_again_for_its_writer_alone(
    claim: Claim, second_editor: User, editor: User
) -> None:
    assert keep(second_editor, claim, summary="yarım bir").json()["kept"] is True
    mine = signed_in(second_editor).get(address(claim, TR)).content.decode()
    assert "yarım bir</textarea>" in mine
    assert "You typed this at" in mine
    assert "yarım bir" not in signed_in(editor).get(address(claim, TR)).content.decode()
    claims_page = signed_in(second_editor).get(address(claim)).content.decode()
    assert f'href="{address(claim, TR)}">Keep writing' in claims_page


def test_dropping_leads_back_to_what_is_saved(claim: Claim, second_editor: User) -> None:
    keep(second_editor, claim, summary="yarım bir")
    client = signed_in(second_editor)
    answer = client.post(address(claim, "drop/translation-tr/"))
    assert answer["Location"] == address(claim, TR)
    assert "yarım bir" not in client.get(address(claim, TR)).content.decode()


def test_saving_forgets_the_copy_and_a_late_sending_leaves_none(
    claim: Claim, second_editor: User
) -> None:
    keep(second_editor, claim, summary="yarım bir")
    signed_in(second_editor).post(address(claim, TR + "save/"), saved(claim))
    assert not WorkingCopy.objects.exists()
    assert keep(second_editor, claim, summary="yarım bir", _turn=2).json()["kept"] is False
    assert not WorkingCopy.objects.exists()


def test_a_copy_older_than_a_colleagues_save_shows_both_word_by_word(
    claim: Claim, second_editor: User, editor: User
) -> None:
    keep(second_editor, claim, **translated.WORDS | {"summary": "Ağustos bitti."})
    translated.write(claim, editor, summary="Ağustos geçti.")
    html = signed_in(second_editor).get(address(claim, TR)).content.decode()
    assert "Ağustos bitti.</textarea>" in html
    assert "Somebody has saved another version since" in html
    assert "<del>" in html
    assert "<ins>" in html
    assert "Take theirs, drop mine" in html


def test_words_typed_before_the_original_changed_are_shown_with_what_changed(
    claim: Claim, second_editor: User, editor: User, reviewer: User, publisher: User
) -> None:
    keep(second_editor, claim, summary="yarım bir")
    corrected(claim, editor, reviewer, publisher)
    html = signed_in(second_editor).get(address(claim, TR)).content.decode()
    assert "yarım bir</textarea>" in html
    assert "What has changed in the original since this was translated" in html


def test_a_translation_into_no_language_of_the_desk_is_not_kept(
    claim: Claim, second_editor: User
) -> None:
    answer = signed_in(second_editor).post(address(claim, "keep/translation-fa/"), {"summary": "x"})
    assert answer.status_code == 409 or answer.status_code == 422
    assert answer.json()["said"] == "There is no such form on this page."
