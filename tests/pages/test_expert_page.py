"""The page that an outside expert is given: what it shows, what it never shows, and when it ends."""

import hashlib
from datetime import date, timedelta

import pytest
import redis
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from claims.models import Claim, ClusterMember, Comment, ExpertLink, Match
from claims.pipeline import _traffic as traffic
from claims.pipeline import corresponding, discussing, matching, review
from tests.cast import make_article, make_claim, person, researched_claim
from tests.pipeline.told import forget_visits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_visited_yet() -> None:
    forget_visits()


STAFF = ("Layla Haddad", "layla", "samer", "mehmet")


@pytest.fixture
def claim(editor: User, reviewer: User) -> Claim:
    editor.first_name, editor.last_name = "Layla", "Haddad"
    editor.save()
    claim = researched_claim(editor)
    review.add_evidence(
        claim=claim,
        actor=editor,
        url="https://hidden.example/source",
        title="WITHHELD TITLE",
        quote="WITHHELD QUOTE",
        quote_language="en",
        relation="refutes",
        primary=False,
        independence_group="g3",
        withheld=True,
        note="NOTE OF THE HOUSE",
    )
    draft = claim.draft
    review.save_draft(
        claim=claim,
        actor=editor,
        revision=draft.revision,
        rating=draft.rating,
        summary="THE SUMMARY",
        explanation="THE EXPLANATION [1] [3].",
    )
    discussing.comment(claim=claim, actor=reviewer, text="A REMARK OF THE HOUSE")
    corresponding.ask(claim=claim, actor=editor, kind="reply", whom="SOMEBODY ASKED")
    review.edit_claim(
        claim=claim,
        actor=editor,
        revision=claim.revision,
        changes={"topic": "TOPIC OF THE HOUSE", "assignee": reviewer},
    )
    return claim


def share(claim: Claim, actor: User, **fields: object) -> str:
    _link, secret = discussing.share(
        claim=claim,
        actor=actor,
        name="Dr Field",
        note_to_them="Is the day right?",
        **fields,  # type: ignore[arg-type]
    )
    return secret


def path(secret: str) -> str:
    return f"/expert/{secret}?language=en"


def test_an_expert_reads_the_claim_its_positions_and_its_evidence(
    claim: Claim, editor: User, client: Client
) -> None:
    html = client.get(path(share(claim, editor))).content.decode()
    for shown in (
        claim.statement,
        "Dr Field",
        "Is the day right?",
        "This is not published.",
        "نفوا الخبر",
        "صحيفة المرفأ",
        "لا لقاء في أغسطس",
        "https://evidence.example/1",
    ):
        assert shown in html


@pytest.mark.parametrize("with_draft", [False, True])
def test_nothing_of_the_house_is_on_it(
    with_draft: bool, claim: Claim, editor: User, client: Client
) -> None:
    secret = share(claim, editor, shares_draft=with_draft)
    html = client.get(path(secret)).content.decode()
    for kept in (
        *STAFF,
        "WITHHELD",
        "hidden.example",
        "NOTE OF THE HOUSE",
        "A REMARK OF THE HOUSE",
        "SOMEBODY ASKED",
        "TOPIC OF THE HOUSE",
        "[3]",
        "/desk/",
        "csrfmiddlewaretoken",
    ):
        assert kept not in html, kept
    assert ("THE SUMMARY" in html) is with_draft
    assert ("THE EXPLANATION [1]." in html) is with_draft


def test_a_confidential_member_of_the_cluster_stays_in_the_house(
    claim: Claim, editor: User, client: Client
) -> None:
    words = "سيلتقيان سرا في الفندق"
    secret_article = make_article(
        words, confidential=True, outlet="SECRET OUTLET", url="https://secret.example/1"
    )
    member = make_claim(secret_article, text=words, claimant="SECRET SOURCE")
    match = Match.objects.create(
        claim=member, earlier=claim, relation="same", score=0.9, method="text"
    )
    matching.confirm(match=match, actor=editor)
    assert ClusterMember.objects.filter(head=claim).exists()
    html = client.get(path(share(claim, editor))).content.decode()
    assert claim.statement in html
    for kept in (words, "SECRET OUTLET", "SECRET SOURCE", "secret.example"):
        assert kept not in html


def test_it_is_kept_by_nobody_and_found_by_nobody(
    claim: Claim, editor: User, client: Client
) -> None:
    secret = share(claim, editor)
    response = client.get(path(secret))
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in response.headers
    assert not response.cookies
    policy = response.headers["Content-Security-Policy"]
    assert "form-action 'self'" in policy
    assert "script-src 'none'" in policy
    assert 'name="robots" content="noindex' in response.content.decode()
    for public in ("/", "/sitemap.xml", "/robots.txt", "/feeds"):
        assert secret not in client.get(public).content.decode()


def test_an_address_that_ended_was_revoked_or_never_was_is_answered_alike(
    claim: Claim, editor: User, client: Client
) -> None:
    revoked = share(claim, editor)
    discussing.revoke(link=ExpertLink.objects.get(), actor=editor)
    old = ExpertLink(
        claim=claim,
        name="Dr Late",
        made_by=editor,
        made_at=timezone.now() - timedelta(days=8),
        expires_at=timezone.now() - timedelta(days=1),
    )
    ended = "e" * 43
    old.sha256 = hashlib.sha256(ended.encode()).hexdigest()
    old.save()
    never = client.get(path("n" * 43))
    assert never.status_code == 404
    for secret in (revoked, ended, "x", "%20", "ا" * 9, "y" * 2000):
        for answer in (client.get(path(secret)), client.post(path(secret), {"text": "Hello"})):
            assert answer.status_code == 404
            assert answer.content == never.content
            assert answer.headers["Cache-Control"] == "no-store, private"
    assert not Comment.objects.exclude(link=None).exists()


def test_opening_it_is_recorded_once_and_a_look_at_its_head_is_no_opening(
    claim: Claim, editor: User, client: Client
) -> None:
    secret = share(claim, editor)
    client.head(path(secret))
    assert ExpertLink.objects.get().opened_at is None
    client.get(path(secret))
    first = ExpertLink.objects.get().opened_at
    client.get(path(secret))
    assert first is not None
    assert ExpertLink.objects.get().opened_at == first


def test_one_comment_is_taken_and_a_second_is_refused_with_what_was_typed(
    claim: Claim, editor: User, client: Client
) -> None:
    secret = share(claim, editor)
    sent = client.post(path(secret), {"text": " The day is right.\r\nReally. "})
    assert sent.status_code == 303
    assert sent.headers["Location"] == f"/expert/{secret}?language=en#sent"
    assert Comment.objects.get(link__isnull=False).text == "The day is right.\nReally."
    html = client.get(path(secret)).content.decode()
    assert "Your comment has arrived." in html
    assert "<form" not in html
    again = client.post(path(secret), {"text": "And another thing"})
    assert again.status_code == 409
    assert "it takes one" in again.content.decode()
    assert "And another thing" in again.content.decode()
    assert Comment.objects.filter(link__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("text", "message"), [("  ", "Nothing was written"), ("w" * 4001, "4001 characters")]
)
def test_nothing_and_too_much_are_refused_and_what_was_typed_stays(
    text: str, message: str, claim: Claim, editor: User, client: Client
) -> None:
    response = client.post(path(share(claim, editor)), {"text": text})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert f">{text}</textarea>" in response.content.decode()


def test_what_an_expert_writes_is_text_and_no_markup(
    claim: Claim, editor: User, client: Client
) -> None:
    client.post(path(share(claim, editor)), {"text": "<script>alert(1)</script> @layla"})
    desk = Client()
    desk.force_login(person("second", "Editor"))
    html = desk.get(f"/desk/claims/claim/{claim.pk}/comments/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert not Comment.objects.get(link__isnull=False).mentions.exists()


def test_other_methods_and_another_sites_cookies_do_nothing(
    claim: Claim, editor: User, client: Client
) -> None:
    secret = share(claim, editor)
    assert client.put(path(secret)).status_code == 405
    assert client.delete(path(secret)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path(secret), {"text": "From no session at all"}).status_code == 303


def test_so_many_requests_a_minute_and_no_more(claim: Claim, editor: User, client: Client) -> None:
    cache.clear()
    answers = [client.get(path("n" * 43)).status_code for _visit in range(61)]
    assert answers == [404] * 60 + [429]
    assert client.get(path(share(claim, editor))).status_code == 429
    cache.clear()


def test_all_processes_count_a_visitor_together(broker: str, client: Client) -> None:
    answers = []
    for _visit in range(61):
        cache.clear()  # what one process alone remembers
        answers.append(client.get(path("n" * 43)))
    assert [answer.status_code for answer in answers] == [404] * 60 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    elsewhere = client.get(path("n" * 43), REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 404


def test_a_network_of_ipv6_is_one_visitor(broker: str, client: Client) -> None:
    for number in range(60):
        client.get(path("n" * 43), REMOTE_ADDR=f"2001:db8::{number:x}")
    assert client.get(path("n" * 43), REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert client.get(path("n" * 43), REMOTE_ADDR="2001:db8:0:1::1").status_code == 404


def test_each_process_counts_for_itself_while_redis_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object) -> int:
        raise redis.ConnectionError

    monkeypatch.setattr(traffic, "visit", away)
    answers = [client.get(path("n" * 43)).status_code for _visit in range(61)]
    assert answers == [404] * 60 + [429]


def test_the_day_it_ends_is_told(claim: Claim, editor: User, client: Client) -> None:
    html = client.get(path(share(claim, editor, days=3))).content.decode()
    ends: date = timezone.localdate() + timedelta(days=3)
    assert f"The page ends on {ends.day} {ends:%B %Y}" in html
