"""The form that brings an article in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Article, Outlet
from tests.admin.hands import signed_in
from tests.cast import make_article

pytestmark = pytest.mark.django_db

TEXT = "  عنوان قصير\r\n\r\nقالت الوزارة إن عدد العائدين بلغ 1200 شخص.  "


def send(user: User, **fields: Any) -> Any:
    return signed_in(user).post("/desk/articles/new/", fields)


def test_a_pasted_text_is_kept_to_the_last_space_and_leads_to_its_page(editor: User) -> None:
    response = send(editor, text=TEXT, published_on="2026-07-20", outlet="المرفأ")
    article = Article.objects.get()
    assert response.headers["Location"] == f"/desk/articles/{article.pk}/"
    # A browser sends CRLF for the line breaks that were pasted.
    assert article.text == TEXT.replace("\r\n", "\n")
    assert (article.language, article.title) == ("ar", "عنوان قصير")
    seen = article.appearances.get()
    assert (seen.outlet.name, seen.published_confirmed) == ("المرفأ", True)


def test_what_is_given_is_taken(editor: User) -> None:
    send(
        editor, text="A short text about grain.", published_on="2026-07-20", language="tr",
        title="Its title", url="https://news.example/a", confidential="on",
    )  # fmt: skip
    article = Article.objects.get()
    assert (article.language, article.title, article.confidential) == ("tr", "Its title", True)
    assert article.appearances.get().url == "https://news.example/a"


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({}, "text", "There is neither a text nor an address."),
        ({"text": "  \n "}, "text", "There is neither a text nor an address."),
        ({"text": TEXT}, "published_on", "Give the day on which the article was published."),
        ({"text": TEXT, "published_on": "20 July"}, "published_on", "This is no day."),
        (
            {"text": TEXT, "published_on": (timezone.now() + timedelta(days=3)).date()},
            "published_on",
            "is in the future",
        ),
        ({"text": "12 34", "published_on": "2026-07-20"}, "language", "Say which one it is."),
        ({"text": "a\x00b", "published_on": "2026-07-20"}, "text", "NUL"),
        (
            {"text": TEXT, "published_on": "2026-07-20", "url": "javascript:alert(1)"},
            "url",
            "is not a web address",
        ),
        ({"url": "http://127.0.0.1:9/x", "published_on": "2026-07-20"}, "url", "127.0.0.1"),
        (
            {"text": TEXT, "published_on": "2026-07-20", "outlet": "x" * 201},
            "outlet",
            "at most 200 characters",
        ),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_nothing_typed_is_lost(
    editor: User, fields: dict[str, Any], field: str, message: str
) -> None:
    response = send(editor, title="My own title", **fields)
    assert response.status_code == 422
    html = response.content.decode()
    (first,) = re.findall(r"<[^>]*\bautofocus\b[^>]*>", html)
    assert f'name="{field}"' in first
    assert f'aria-describedby="id_{field}_error"' in html
    error = html[html.index(f'id="id_{field}_error"') :]
    assert message in error[: error.index("</p>")]
    assert 'value="My own title"' in html
    if fields.get("text") == TEXT:
        assert "قالت الوزارة إن عدد العائدين بلغ 1200 شخص.  </textarea>" in html
    assert not Article.objects.exists()


def test_the_same_text_again_is_the_same_article_seen_elsewhere(editor: User) -> None:
    client = signed_in(editor)
    for outlet, words in (
        ("One", "The article is in, exactly as it came."),
        ("Two", "Where it was seen now has been added to it."),
        ("Two", "seen at the same place and day"),
    ):
        response = client.post(
            "/desk/articles/new/",
            {"text": TEXT, "published_on": "2026-07-20", "outlet": outlet},
            follow=True,
        )
        assert words in response.content.decode()
    article = Article.objects.get()
    assert article.appearances.count() == 2


def test_outlets_are_suggested_and_escaped(editor: User) -> None:
    Outlet.objects.create(name='The "Harbour" <b>')
    html = signed_in(editor).get("/desk/articles/new/").content.decode()
    assert '<option value="The &quot;Harbour&quot; &lt;b&gt;">' in html


def test_an_administrator_brings_no_article_in(administrator: User) -> None:
    response = send(administrator, text=TEXT, published_on="2026-07-20")
    assert response.status_code == 422
    assert "not among your rights" in response.content.decode()
    assert not Article.objects.exists()
    make_article()
    assert "New article" not in signed_in(administrator).get("/desk/articles/").content.decode()
