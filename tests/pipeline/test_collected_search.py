"""Full-text search over what was collected: our own folding, an index on both databases, 20,000 rows."""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from claims.languages import tokens
from claims.models import CollectedItem, Outlet, WatchedFeed
from claims.models.words import best, holding
from claims.pipeline.collecting._outcome import MAX_FOLDED, searchable
from claims.pipeline.lookup.search import search_rows
from claims.sources.base import Query
from tests.cast import make_claim

pytestmark = pytest.mark.django_db

MANY = 20_000


def feed() -> WatchedFeed:
    paper = Outlet.objects.get_or_create(name="المرفأ", defaults={"language": "ar"})[0]
    return WatchedFeed.objects.get_or_create(outlet=paper, url="http://marfa.example/feed")[0]


def collected(title: str, text: str = "", *, language: str = "ar", guid: str = "") -> CollectedItem:
    return CollectedItem.objects.create(
        feed=feed(),
        guid=guid or title,
        url=f"http://marfa.example/{CollectedItem.objects.count()}",
        title=title,
        text=text,
        folded=searchable(title, text, language),
        published_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    )


def found(words: str, language: str = "ar") -> list[str]:
    keys = CollectedItem.objects.filter(pk__in=holding(CollectedItem, [tokens(words, language)]))
    return sorted(keys.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("asked", "title", "language"),
    [
        ("الوزارة", "وزارة النقل تعلن عودة العبارات", "ar"),
        ("وزارة", "بيان من الوزارة عن العبارات اليوم", "ar"),
        ("بالوزارة", "لقاء في الوزارة صباح اليوم", "ar"),
        ("احمد", "وصول أحمد إلى الميناء الجديد", "ar"),
        ("مستشفي", "افتتاح مستشفى كبير في المدينة", "ar"),
        ("٢٠٢٦", "ميزانية عام 2026 للموانئ كلها", "ar"),
        ("الوَزَارَة", "قالت الوزارة إن الخط يعود", "ar"),
        ("İSTANBUL", "İstanbul'da yeni bir vapur hattı açıldı", "tr"),
        ("ferries", "The ferries return to the harbour", "en"),
    ],
)
def test_spellings_of_a_word_meet(asked: str, title: str, language: str) -> None:
    collected(title, language=language)
    assert found(asked, language) == [title]


def test_a_bare_waw_is_never_taken_off() -> None:
    collected("وادي النهر يفيض من جديد هذا العام")
    assert found("ادي") == []
    assert found("وادي") != []


def test_every_word_of_a_group_must_be_there_and_one_group_is_enough() -> None:
    for title in ("عودة العبارات اليوم", "عودة المسافرين أمس", "رحلة بلا عبارات"):
        collected(title)
    assert found("عودة العبارات") == ["عودة العبارات اليوم"]
    either = holding(CollectedItem, [tokens("المسافرين", "ar"), tokens("رحلة", "ar")])
    assert CollectedItem.objects.filter(pk__in=either).count() == 2
    assert best(CollectedItem, [], 10) == []


@pytest.mark.parametrize("word", ['"', "NEAR", "OR", "AND", "*", "a:b", "':*", "&|!", "(", "\\"])
def test_nothing_in_a_word_has_a_meaning_to_the_index(word: str) -> None:
    collected("عودة العبارات اليوم")
    assert best(CollectedItem, [[word]], 10) == []


def test_the_index_follows_what_is_changed_and_deleted() -> None:
    item = collected("عودة العبارات اليوم")
    item.folded = searchable("خبر آخر عن المطار", "", "ar")
    item.save()
    assert found("العبارات") == []
    assert found("مطار") == [item.title]
    CollectedItem.objects.filter(pk=item.pk).update(folded=searchable("عن الملاعب وحدها", "", "ar"))
    assert found("الملاعب") == [item.title]
    item.delete()
    assert found("الملاعب") == []


def test_the_longest_article_can_be_searched() -> None:
    rng = random.Random(1)
    letters = "بتثجحخدذرزسشصضطظعغفقكلمنهي"
    text = " ".join("".join(rng.choices(letters, k=9)) for _each in range(120_000))
    item = collected("كتاب كامل من الكلمات", text)
    assert len(item.folded) <= MAX_FOLDED
    assert found("كتاب كامل") == [item.title]


@pytest.fixture
def many() -> list[str]:
    """20,000 rows of 40 words out of 5,000, the frequent ones much more often, as words are."""
    rng = random.Random(7)
    letters = "بتثجحخدذرزسشصضطظعغفقكلمنهي"
    words = sorted({"".join(rng.choices(letters, k=rng.randint(4, 8))) for _each in range(5_000)})
    rng.shuffle(words)
    weights = [1 / (n + 1) for n in range(len(words))]
    of = feed()
    CollectedItem.objects.bulk_create(
        [
            CollectedItem(
                feed=of, guid=str(n), url=f"http://marfa.example/{n}", title=f"خبر {n}",
                folded=" ".join(rng.choices(words, weights, k=40)),
            )
            for n in range(MANY)
        ],
        batch_size=2_000,
    )  # fmt: skip
    return words


def test_twenty_thousand_rows_are_searched_by_the_index(many: list[str]) -> None:
    item = collected("العبارات تعود إلى خليج الصدف بعد عامين من التوقف", "قال مدير الميناء ذلك.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE claims_collecteditem")
    rare = [["عبارات"], ["خليج"], ["صدف"]]
    plan = CollectedItem.objects.filter(pk__in=holding(CollectedItem, rare)).explain()
    if connection.vendor == "postgresql":
        assert "Bitmap Index Scan on collecteditem_words" in plan
    else:
        assert "claims_collecteditem_words VIRTUAL TABLE INDEX" in plan
        assert "SCAN claims_collecteditem\n" not in plan + "\n"
    assert best(CollectedItem, rare, 10) == [item.pk]

    query = Query(
        claim=make_claim(text="عدد العائدين بلغ 1200 شخص").pk,
        text="العبارات تعود إلى خليج الصدف",
        language="ar",
        published=date(2026, 11, 21),
    )
    started = time.perf_counter()
    rows = search_rows("collected", query, 10)
    took = time.perf_counter() - started
    assert [(row.title, row.publisher) for row in rows] == [(item.title, "المرفأ")]
    # Every row held in turn takes some seconds; the index answers in milliseconds.
    assert took < 1.0


def test_the_row_that_holds_most_of_the_words_comes_first() -> None:
    for title in ("عودة المسافرين", "عودة العبارات إلى الخليج", "عودة العبارات"):
        collected(title)
    keys = best(CollectedItem, [["عوده"], ["عبارات"], ["خليج"]], 5)
    titles = [CollectedItem.objects.get(pk=key).title for key in keys]
    assert titles == ["عودة العبارات إلى الخليج", "عودة العبارات", "عودة المسافرين"]
    assert best(CollectedItem, [["عوده"], ["عبارات"], ["خليج"]], 1) == keys[:1]
