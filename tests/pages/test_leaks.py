"""Until a verdict is published nothing of it can be seen, guessed or timed (faults.md, L1 to L8)."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Claim, Publication
from claims.pipeline import review
from tests.cast import approved_claim, make_article, make_claim, proposed_claim, researched_claim
from tests.pages.conftest import Publish

pytestmark = pytest.mark.django_db

PUBLIC = [
    *(
        prefix + page
        for prefix in ("", "/tr", "/en")
        for page in ("/", "/v/1", "/corrections", "/feeds", "/methodology")
    ),
    "/feeds/rss.xml",
    "/feeds/atom.xml",
    "/feeds/feed.json",
    "/feeds/rss.xml?language=ar",
    "/sitemap.xml",
    "/robots.txt",
    "/log/checkpoint",
    "/log/body/0",
    "/log/tile/0/000.p/1",
    "/log/tile/entries/000.p/1",
    "/api/v1/verdicts/",
    "/api/v1/verdicts/1/",
]
SECRETS = ("سر لا يُنشر", "خلاصة لم تُنشر", "شرح لم يُنشر")


def everything(client: Client) -> dict[str, tuple[int, bytes, dict[str, str]]]:
    """Each public address's answer: status, body, headers."""
    found = {}
    for path in PUBLIC:
        response = client.get(path)
        found[path] = (response.status_code, response.content, dict(response.headers))
    return found


def a_secret(text: str) -> Claim:
    return make_claim(make_article(text), text=SECRETS[0], claimant=f"شاهد {len(text)}")


def test_drafts_reviews_and_approvals_change_no_byte_and_no_header_anywhere(
    client: Client, verdict: Publication, editor: User, reviewer: User
) -> None:
    before = everything(client)
    assert {status for status, _body, _headers in before.values()} == {200}
    written = {"summary": SECRETS[1], "explanation": f"{SECRETS[2]} [1] [2]."}
    researched_claim(editor, a_secret(f"{SECRETS[0]} أ."), **written)
    proposed_claim(editor, a_secret(f"{SECRETS[0]} بب."), **written)
    approved_claim(editor, reviewer, a_secret(f"{SECRETS[0]} ججج."), **written)
    assert everything(client) == before
    for _status, body, _headers in before.values():
        assert not any(secret.encode() in body for secret in SECRETS)


def test_an_open_correction_is_invisible_until_it_is_published(
    client: Client, verdict: Publication, editor: User, publisher: User
) -> None:
    from claims.pipeline import publishing

    before = everything(client)
    claim = Claim.objects.get(pk=verdict.claim_id)
    publishing.correct(claim=claim, actor=publisher, kind="correction", reason=SECRETS[0])
    claim.refresh_from_db()
    review.save_draft(
        claim=claim,
        actor=editor,
        revision=claim.draft.revision,
        rating=claim.draft.rating,
        summary=SECRETS[1],
        explanation=f"{SECRETS[2]} [1] [2].",
    )
    review.propose(claim=claim, actor=editor)
    assert everything(client) == before


def test_a_number_not_published_yet_answers_like_one_that_never_was(
    client: Client, verdict: Publication, editor: User, reviewer: User
) -> None:
    approved_claim(editor, reviewer, a_secret(f"{SECRETS[0]}."))
    for form in ("/v/{}", "/en/v/{}", "/v/{}/1", "/api/v1/verdicts/{}/"):
        guessed, missing = client.get(form.format(2)), client.get(form.format(987654))
        assert guessed.status_code == missing.status_code == 404
        assert guessed.content == missing.content
        assert dict(guessed.headers) == dict(missing.headers)
    future, never = client.get("/v/1/2"), client.get("/v/987654")
    assert future.content == never.content
    assert dict(future.headers) == dict(never.headers)


def test_whoever_is_signed_in_meets_the_same_bytes_and_no_cookie(
    client: Client, verdict: Publication, publisher: User, superuser: User
) -> None:
    anonymous = everything(client)
    for user in (publisher, superuser):
        signed_in = Client()
        signed_in.force_login(user)
        cookies = dict(signed_in.cookies)
        assert everything(signed_in) == anonymous
        assert dict(signed_in.cookies) == cookies
    for path, (_status, _body, headers) in anonymous.items():
        assert "Set-Cookie" not in headers, path
        assert "Cookie" not in headers.get("Vary", ""), path
        assert headers["Cache-Control"].startswith("public, max-age="), path


def test_a_hostile_host_header_reaches_no_address(
    client: Client, verdict: Publication, settings: object
) -> None:
    assert client.get("/feeds/rss.xml", headers={"host": "evil.example"}).status_code == 400
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    for path in PUBLIC:
        response = client.get(path, headers={"host": "evil.example"})
        assert b"evil.example" not in response.content, path
        assert not any("evil.example" in value for value in response.headers.values()), path


def test_pages_answer_304_until_something_is_published(
    client: Client, verdict: Publication, publish: Publish
) -> None:
    for path in ("/", "/en/", "/v/1", "/corrections", "/sitemap.xml", "/api/v1/verdicts/"):
        etag = client.get(path)["ETag"]
        again = client.get(path, headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b""), path
    index, own = client.get("/")["ETag"], client.get("/v/1")["ETag"]
    publish("ادعاء آخر")
    assert client.get("/", headers={"if-none-match": index}).status_code == 200
    assert client.get("/v/1", headers={"if-none-match": own}).status_code == 304


def test_only_reading_is_possible(client: Client, verdict: Publication) -> None:
    for path in ("/", "/v/1", "/feeds/rss.xml", "/log/checkpoint"):
        assert client.post(path).status_code == 405, path
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b""), path
        assert int(head["Content-Length"]) == len(client.get(path).content), path
