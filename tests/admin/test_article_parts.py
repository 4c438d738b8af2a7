"""A long article comes in parts: nothing of its text is lost, and every claim can be reached."""

import re
from html import unescape
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from claims.admin import article_parts
from claims.models import Article, Claim, State
from claims.pipeline import review
from tests.admin.hands import address, captured, signed_in
from tests.cast import make_article, make_claim

SENTENCES = [f"عبرت {number} شاحنة الجسر المعلّق قبل الظهر" for number in range(1000, 1260)]
LONG_TEXT = "\n\n".join(" ثم ".join(SENTENCES[at : at + 4]) for at in range(0, len(SENTENCES), 4))


def path(article: Article, query: str = "") -> str:
    return f"/desk/articles/{article.pk}/{query}"


def shown(user: User, article: Article, query: str = "") -> str:
    return signed_in(user).get(path(article, query)).content.decode()


def listed(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<li class="(?:one|pair)" id="claim-(\d+)"', html)]


def body(html: str) -> str:
    inner = html[html.index('<article class="body"') : html.index("</article>")]
    lines = re.findall(r"<p>(.*?)</p></div>", inner, re.S)
    return "\n\n".join(unescape(re.sub(r"<[^>]+>", "", line)) for line in lines)


@pytest.fixture
def long_article(db: None) -> Article:
    article = make_article(LONG_TEXT)
    for sentence in SENTENCES:
        make_claim(article, text=sentence, kind="quantity")
    return article


@given(
    text=st.text(alphabet="ab \n\r\u2028\U0001f6a2", max_size=200).map(lambda text: text * 400),
    starts=st.lists(st.integers(min_value=0, max_value=80_000), max_size=300).map(sorted),
)
def test_the_parts_joined_are_the_text_and_none_is_long(text: str, starts: list[int]) -> None:
    parts = article_parts.spans(text, starts)
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end == start for (_first, end), (start, _last) in pairwise(parts))
    assert all(end - start <= 12_000 for start, end in parts)


def test_an_article_of_usual_length_is_one_part() -> None:
    text = "A short paragraph.\n" * 300
    assert article_parts.spans(text, list(range(0, 5_000, 60))) == [(0, len(text))]


def test_a_part_never_ends_within_a_paragraph_that_fits() -> None:
    text = "\n".join("x" * 700 for _line in range(40))
    cuts = [start for start, _end in article_parts.spans(text, [])][1:]
    assert cuts
    assert all(text[cut - 1] == "\n" for cut in cuts)


def test_all_parts_together_show_the_whole_text_and_every_claim_once(
    editor: User, long_article: Article
) -> None:
    query, texts, claims = "", [], []
    while True:
        html = shown(editor, long_article, query)
        texts.append(body(html))
        claims += listed(html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        if following is None:
            break
        query = unescape(following[1])
    assert len(texts) == 3
    assert "\n\n".join(texts) == LONG_TEXT
    assert claims == list(Claim.objects.order_by("pk").values_list("pk", flat=True))


def test_the_counts_are_those_of_the_whole_article(editor: User, long_article: Article) -> None:
    for claim in Claim.objects.order_by("-pk")[:3]:
        review.dismiss(claim=claim, actor=editor, reason="Wrongly split")
    html = shown(editor, long_article)
    assert "Waiting for a decision 257<" in html
    assert "260, 3 of them settled" in html
    assert "Part 1 of 3" in html


def test_a_claim_far_down_is_found_by_the_link_that_names_it(
    editor: User, long_article: Article
) -> None:
    last = Claim.objects.order_by("pk").last()
    assert last is not None
    assert last.pk not in listed(shown(editor, long_article))
    html = signed_in(editor).get(address(last)).content.decode()
    link = f"?claim={last.pk}#claim-{last.pk}"
    assert link in html
    assert last.pk in listed(shown(editor, long_article, link.partition("#")[0]))
    assert last.pk in listed(shown(editor, long_article, f"?correct={last.pk}"))
    assert 'id="c260"' in shown(editor, long_article, f"?claim={last.pk}")


@pytest.mark.parametrize("query", ["?at=x", "?at=-1", "?at=99999999999999999999", "?claim=0"])
def test_a_place_that_does_not_exist_leads_to_the_article(
    query: str, editor: User, long_article: Article
) -> None:
    assert listed(shown(editor, long_article, query))


def test_a_filter_leads_past_the_parts_that_hold_nothing_of_it(
    editor: User, long_article: Article
) -> None:
    first_part = listed(shown(editor, long_article))
    for pk in first_part:
        review.dismiss(claim=Claim.objects.get(pk=pk), actor=editor, reason="Wrongly split")
    html = shown(editor, long_article, "?show=found")
    assert not set(listed(html)) & set(first_part)
    assert "Part 2 of 3" in html


def test_after_a_decision_the_same_part_is_shown(editor: User, long_article: Article) -> None:
    last = Claim.objects.order_by("pk").last()
    assert last is not None
    html = shown(editor, long_article, f"?claim={last.pk}")
    action = re.search(rf'action="([^"]+/claims/{last.pk}/dismiss/[^"]+)"', html)
    assert action is not None
    response = signed_in(editor).post(unescape(action[1]), {"reason": "Wrongly split"})
    last.refresh_from_db()
    assert last.state == State.DISMISSED
    query = response.headers["Location"].partition("/")[2].rpartition("/")[2]
    assert last.pk in listed(shown(editor, long_article, query))


def test_report_and_denial_far_apart_link_to_each_other(
    editor: User, long_article: Article
) -> None:
    claim = Claim.objects.order_by("pk").first()
    assert claim is not None
    denial = SENTENCES[-1]
    Claim.objects.filter(statement=denial).delete()
    make_denial = claim.positions.get()
    make_denial.pk = None
    make_denial.stance = "denies"
    make_denial.start = LONG_TEXT.index(denial)
    make_denial.end = make_denial.start + len(denial)
    make_denial.text = denial
    make_denial.save()
    first = shown(editor, long_article)
    assert f'href="?show=all&amp;at={make_denial.start}#c260"' in first
    last = shown(editor, long_article, f"?at={make_denial.start}")
    assert claim.pk in listed(last)
    assert 'id="c260"' in last


def test_a_page_takes_no_more_queries_for_a_long_article(
    editor: User, long_article: Article
) -> None:
    client = signed_in(editor)
    short = make_article("قصير: عبرت شاحنة الجسر", url="")
    make_claim(short, text="عبرت شاحنة الجسر")
    client.get(path(short))
    assert len(captured(client, path(long_article))) == len(captured(client, path(short)))


def test_a_claim_of_another_part_can_be_merged_into(editor: User, long_article: Article) -> None:
    first, last = Claim.objects.order_by("pk").first(), Claim.objects.order_by("pk").last()
    assert first is not None
    assert last is not None
    html = shown(editor, long_article, f"?correct={first.pk}")
    assert f'<option value="{last.pk}">260 · {SENTENCES[-1]}' in html
