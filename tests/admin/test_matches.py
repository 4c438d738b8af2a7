"""What was seen before, on the desk's pages: suggested, side by side, decided on, listed."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import (
    Claim,
    ClusterMember,
    FurtherAppearance,
    ImportedCheck,
    Match,
    Matching,
    Publication,
)
from claims.pipeline import matching, publishing, review
from tests.admin.hands import address, captured, signed_in
from tests.cast import make_claim, published_claim
from tests.pipeline.matched import a_match, repeated, suggested

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def panel(client: Client, claim: Claim) -> str:
    html = client.get(address(claim)).content.decode()
    return html.partition('id="matches"')[2].partition("</section>")[0]


def decide(client: Client, match: Match, decision: str, **more: str) -> object:
    path = address(match.claim, f"matches/{match.pk}/decide/")
    return client.post(path, {"decision": decision, **more})


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_suggestion_says_what_it_is_how_near_and_what_conflicts(editor: User) -> None:
    match = a_match()
    Match.objects.update(
        relation="contradicts", reasons=[{"code": "number", "a": "12", "b": "17"}], score=0.814
    )
    html = panel(signed_in(editor), match.claim)
    assert "contradicts it" in html
    assert "likeness 0.81" in words(html)
    assert "another number : here 12 · there 17" in words(html)
    assert 'value="contradicts"' in html
    assert 'value="same"' not in html, "what conflicts is never offered as the same"


def test_our_verdict_is_shown_with_its_rating_and_others_as_theirs(
    editor: User, public: Publication
) -> None:
    again = repeated()
    suggested(again, public.claim)
    check = ImportedCheck.objects.create(
        publisher="Elsewhere", url="https://elsewhere.example/1", claim="something like it",
        claim_sha256="0" * 64, rating="Pants on fire", language="en", folded="",
    )  # fmt: skip
    theirs = Match.objects.create(
        claim=again, check_found=check, relation="same", score=0.7, method="1"
    )
    client = signed_in(editor)
    html = panel(client, again)
    assert "our verdict" in html
    assert "r-false" in html
    assert words(html).index("somebody's check Pants on fire Elsewhere") > 0
    side = client.get(address(again, f"matches/{theirs.pk}/")).content.decode()
    assert "A check by Elsewhere, not ours" in side
    assert 'href="https://elsewhere.example/1"' in side


def test_the_panel_looks_again_while_the_claim_is_compared(editor: User) -> None:
    claim = make_claim()
    client = signed_in(editor)
    note = Matching.objects.create(claim=claim)
    html = client.get(address(claim, "matches/")).content.decode()
    assert 'hx-trigger="every 2s"' in html
    assert "Being compared with earlier claims" in html
    Matching.objects.filter(pk=note.pk).update(state="done")
    html = client.get(address(claim, "matches/")).content.decode()
    assert "hx-trigger" not in html
    assert "Nothing like it was seen before." in html
    Matching.objects.filter(pk=note.pk).update(state="gave_up", reason="It would not go.")
    assert "It would not go." in panel(client, claim)


def test_several_that_could_be_the_same_are_told_as_such(editor: User) -> None:
    first, second = make_claim(), repeated(2)
    again = repeated(3)
    suggested(again, first)
    assert "Several earlier claims" not in panel(signed_in(editor), again)
    suggested(again, second)
    assert "Several earlier claims could be the same" in panel(signed_in(editor), again)


def test_an_article_that_repeats_a_verdict_is_answered_in_two_clicks(
    public: Publication, publisher: User
) -> None:
    again = repeated()
    match = suggested(again, public.claim)
    client = signed_in(publisher)
    today = client.get("/desk/").content.decode()
    alert = today.partition(f'data-again="{again.pk}"')[2].partition("</article>")[0]
    assert "الضفة" in alert
    assert "False" in alert, "the verdict's rating"
    first_click = re.search(r'href="([^"]+)"', alert)
    assert first_click
    side = client.get(first_click[1]).content.decode()
    assert "Yes, the same: answer with the verdict" in side
    assert public.version.summary in side
    decide(client, match, "same", **{"from": "side"})
    assert [one.article for one in FurtherAppearance.objects.shown()] == [again.article]
    page = client.get(address(again)).content.decode()
    assert "verdict 1 lists this article as a further appearance" in page
    assert "data-again" not in client.get("/desk/").content.decode()


def test_an_editors_answer_waits_for_one_click_of_a_publisher(
    public: Publication, editor: User, publisher: User
) -> None:
    again = repeated()
    client = signed_in(editor)
    decide(client, suggested(again, public.claim), "same")
    assert "A publisher decides" in client.get(address(again)).content.decode()
    assert 'data-action="list"' not in client.get("/desk/publishing/").content.decode()
    assert client.post(address(again, "appearance/")).status_code == 403
    theirs = signed_in(publisher)
    assert f'data-waiting="{again.pk}"' in theirs.get("/desk/publishing/").content.decode()
    assert theirs.post(address(again, "appearance/")).status_code == 302
    listed = FurtherAppearance.objects.get()
    assert listed.listed_by == publisher
    assert f'data-listed="{listed.pk}"' in theirs.get("/desk/publishing/").content.decode()
    theirs.post(address(public.claim, f"appearances/{listed.pk}/withdraw/"))
    assert not FurtherAppearance.objects.shown().exists()


def test_a_publisher_declines_with_one_click(
    public: Publication, editor: User, publisher: User
) -> None:
    again = repeated()
    matching.confirm(match=suggested(again, public.claim), actor=editor)
    client = signed_in(publisher)
    client.post(address(again, "appearance/decline/"))
    assert f'data-waiting="{again.pk}"' not in client.get("/desk/publishing/").content.decode()


def test_a_member_says_whose_it_is_and_the_head_shows_its_positions(editor: User) -> None:
    first, again = make_claim(), repeated(denied=True)
    match = suggested(again, first)
    client = signed_in(editor)
    decide(client, match, "same")
    html = client.get(address(again)).content.decode()
    assert f"This is the same as claim {first.pk}" in html
    assert address(first) in html
    head = client.get(address(first)).content.decode()
    assert "صحيفة 2" in head
    assert "contested" in words(head)
    assert "The same claim in other articles" in head
    article = client.get(f"/desk/articles/{again.article_id}/").content.decode()
    assert f"the same as claim {first.pk}" in words(article)
    decide(client, match, "undo")
    assert not ClusterMember.objects.exists()
    assert 'value="same"' in panel(client, again)


def test_a_refusal_is_told_where_it_happened(editor: User, second_editor: User) -> None:
    match = a_match()
    matching.reject(match=match, actor=second_editor)
    for more in ({}, {"from": "side"}):
        response = decide(signed_in(editor), match, "same", **more)
        assert response.status_code == 422  # type: ignore[attr-defined]
        html = response.content.decode()  # type: ignore[attr-defined]
        assert "mehmet has decided on this already" in html
    assert decide(signed_in(editor), match, "perhaps").status_code == 422  # type: ignore[attr-defined]
    Match.objects.all().delete()
    gone = decide(signed_in(editor), match, "same")
    assert gone.status_code == 409  # type: ignore[attr-defined]
    assert "Here is what it found" in gone.content.decode()  # type: ignore[attr-defined]


def test_who_only_looks_is_offered_no_buttons(administrator: User) -> None:
    match = a_match()
    client = signed_in(administrator)
    assert "decision" not in panel(client, match.claim)
    assert decide(client, match, "same").status_code == 403  # type: ignore[attr-defined]


def test_queue_and_article_mark_claims_with_suggestions(editor: User) -> None:
    match = a_match()
    client = signed_in(editor)
    other = make_claim(match.earlier.article, text="نفوا الخبر")
    for path in ("/desk/claims/claim/?tab=found", f"/desk/articles/{match.claim.article_id}/"):
        html = client.get(path).content.decode()
        assert html.count("seen before?") == 1, path
        assert address(match.claim) + "#matches" in html
    assert address(other) + "#matches" not in html


def test_the_queue_has_what_was_seen_again(editor: User, public: Publication) -> None:
    again = repeated()
    suggested(again, public.claim)
    make_claim(again.article, text="قالت صحيفة")
    html = signed_in(editor).get("/desk/claims/claim/?tab=again").content.decode()
    assert re.findall(r"/claims/claim/(\d+)/change/\"", html) == [str(again.pk)]


def test_today_costs_the_same_queries_for_one_alert_and_for_five(
    editor: User, public: Publication
) -> None:
    client = signed_in(editor)
    suggested(repeated(2), public.claim)
    one = len(captured(client, "/desk/"))
    for number in range(3, 7):
        suggested(repeated(number), public.claim)
    assert len(captured(client, "/desk/")) == one


def test_the_history_tells_decisions_in_words(editor: User) -> None:
    match = a_match()
    client = signed_in(editor)
    decide(client, match, "related")
    assert "Confirmed a match" in client.get(address(match.claim)).content.decode()


def test_a_head_under_review_is_told_before_anything_is_lost(
    editor: User, reviewer: User, publisher: User, public: Publication
) -> None:
    publishing.correct(claim=public.claim, actor=publisher, kind="update", reason="x")
    head = Claim.objects.get(pk=public.claim_id)
    draft = head.draft
    review.save_draft(
        claim=head, actor=editor, revision=draft.revision, rating=draft.rating,
        summary="another", explanation=draft.explanation,
    )  # fmt: skip
    review.propose(claim=Claim.objects.get(pk=head.pk), actor=editor)
    match = suggested(repeated(), head)
    response = decide(signed_in(editor), match, "same")
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "would void what was signed" in response.content.decode()  # type: ignore[attr-defined]
