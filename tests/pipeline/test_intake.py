"""What comes in stays as it came; what cannot be kept is refused with a word on what to do."""

from __future__ import annotations

import hashlib
import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims import workflow
from claims.models import Appearance, Article, Outlet, Transition
from claims.pipeline.intake import IntakeError, Received, receive

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TEXT = "الوزير يصل إلى صوفيا\r\n\r\n  قال مصدر إن الوزير سيلتقي نظيره غدا. \t\n"


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def take(text: str = TEXT, **fields: Any) -> Received:
    given: dict[str, Any] = {
        "published_on": date(2026, 11, 20),
        "channel": Article.Channel.PASTE,
        "received_by": None,
        "outlet": "المرفأ",
        "url": "https://marfa.example/1",
    } | fields
    return receive(text=text, **given)


def refusal(text: str = TEXT, **fields: Any) -> tuple[str, str, str]:
    """What was refused and why; and that nothing was left behind."""
    with pytest.raises(IntakeError) as caught:
        take(text, **fields)
    assert not Article.objects.exists()
    assert not Appearance.objects.exists()
    assert not Outlet.objects.filter(name="المرفأ").exists()
    assert not Transition.objects.exists()
    return caught.value.code, caught.value.field, caught.value.message


class ExactText(TestCase):
    @given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
    @settings(max_examples=150, deadline=None)
    def test_any_text_comes_back_code_point_for_code_point(self, text: str) -> None:
        text += "م"
        article = receive(
            text=text,
            language="ar",
            published_on=date(2026, 11, 20),
            channel=Article.Channel.API,
            received_by=None,
        ).article
        kept = Article.objects.get(pk=article.pk)
        assert kept.text == text
        assert kept.sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.django_db
class TestWhatIsKept:
    def test_line_ends_and_white_space_stay_as_they_came(self) -> None:
        article = Article.objects.get(pk=take().article.pk)
        assert article.text == TEXT
        assert (article.channel, article.split_state) == ("paste", "waiting")
        assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()

    def test_composed_and_decomposed_forms_are_two_articles(self) -> None:
        take("Cumhurbas\u0327kanı geldi", language="tr")
        take("Cumhurba\u015fkanı geldi", language="tr")
        assert Article.objects.count() == 2

    def test_the_language_is_found_in_the_text(self) -> None:
        assert take().article.language == "ar"

    def test_a_given_language_overrides_the_one_found(self) -> None:
        assert take(language="en").article.language == "en"

    def test_a_first_line_that_looks_like_a_headline_is_the_title(self) -> None:
        assert take().article.title == "الوزير يصل إلى صوفيا"

    @pytest.mark.parametrize(
        "text",
        [
            "The minister arrived in Sofia on Monday.\nHe left on Tuesday.",
            "The minister arrived in Sofia on Monday",
            " ".join(["word"] * 31) + "\nand more",
        ],
        ids=["a sentence", "nothing follows", "a paragraph"],
    )
    def test_any_other_first_line_is_not(self, text: str) -> None:
        assert take(text, language="en").article.title == ""

    def test_a_given_title_comes_before_the_headline(self) -> None:
        assert take(title=" وصول ").article.title == "وصول"

    def test_the_chain_of_the_article_begins(self, editor: User) -> None:
        article = take(received_by=editor, confidential=True).article
        (row,) = Transition.objects.filter(subject="article", subject_id=article.pk)
        assert (row.action, row.number, row.actor) == ("receive", 1, editor)
        assert row.data == {
            "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
            "characters": len(TEXT),
            "language": "ar",
            "language_detected": True,
            "confidential": True,
            "supersedes": None,
            "channel": "paste",
            "appearance": Appearance.objects.get().pk,
            "token": None,
        }
        assert workflow.broken_link(Transition.Subject.ARTICLE, article.pk) is None

    def test_a_confidential_article_is_so_from_its_first_row(self) -> None:
        assert Article.objects.get(pk=take(confidential=True).article.pk).confidential


@pytest.mark.django_db
class TestTheSameTextAgain:
    def test_is_the_same_article_and_a_further_appearance(self) -> None:
        first = take()
        second = take(outlet="الميناء", url="https://mina.example/7")
        assert (first.is_new_article, first.is_new_appearance) == (True, True)
        assert (second.is_new_article, second.is_new_appearance) == (False, True)
        assert second.article == first.article
        assert list(first.article.appearances.values_list("outlet__name", "url")) == [
            ("المرفأ", "https://marfa.example/1"),
            ("الميناء", "https://mina.example/7"),
        ]
        assert list(
            Transition.objects.filter(subject="article").values_list("number", "action")
        ) == [(1, "receive"), (2, "receive_again")]

    @pytest.mark.parametrize("outlet", ["المرفأ", ""])
    @pytest.mark.parametrize("url", ["https://marfa.example/1", ""])
    def test_at_the_same_place_and_day_leaves_nothing(self, outlet: str, url: str) -> None:
        take(outlet=outlet, url=url)
        again = take(outlet=outlet, url=url)
        assert (again.is_new_article, again.is_new_appearance) == (False, False)
        assert (Article.objects.count(), Appearance.objects.count()) == (1, 1)
        assert Transition.objects.count() == 1

    def test_on_another_day_is_another_appearance(self) -> None:
        take()
        assert take(published_on=date(2026, 11, 21)).is_new_appearance

    def test_a_fragment_and_an_unencoded_address_are_no_other_place(self) -> None:
        take(url="https://marfa.example/%D8%AE%D8%A8%D8%B1")
        again = take(url="https://Marfa.example/خبر#comments")
        assert not again.is_new_appearance
        assert again.appearance.url == "https://marfa.example/%D8%AE%D8%A8%D8%B1"

    def test_makes_it_confidential_if_it_comes_so_and_never_the_other_way(self) -> None:
        take()
        take(confidential=True)
        assert Article.objects.get().confidential
        assert Transition.objects.get(number=2).data["confidential"] is True
        take()
        assert Article.objects.get().confidential

    def test_with_the_day_given_by_a_person_confirms_the_day(self) -> None:
        take(published_confirmed=False)
        take(published_confirmed=True)
        assert Appearance.objects.get().published_confirmed
        take(published_confirmed=False)
        assert Appearance.objects.get().published_confirmed

    def test_pasted_changed_under_one_address_supersedes_nothing(self) -> None:
        take()
        assert take(TEXT + "!").article.supersedes is None


@pytest.mark.django_db(transaction=True)
def test_two_people_pasting_one_text_at_once_make_one_article() -> None:
    gate = threading.Barrier(6)
    outcomes: list[Received | Exception] = []

    def paste(number: int) -> None:
        try:
            gate.wait()
            outcomes.append(take(url=f"https://marfa.example/{number}"))
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=paste, args=(number % 3,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    received = [outcome for outcome in outcomes if isinstance(outcome, Received)]
    assert len(received) == 6, outcomes
    assert sum(one.is_new_article for one in received) == 1
    assert sum(one.is_new_appearance for one in received) == 3
    assert (Article.objects.count(), Appearance.objects.count()) == (1, 3)
    assert Outlet.objects.filter(name="المرفأ").count() == 1
    article = Article.objects.get()
    assert workflow.broken_link(Transition.Subject.ARTICLE, article.pk) is None
    assert Transition.objects.filter(subject="article").count() == 3


@pytest.mark.django_db
class TestOutlets:
    def test_are_found_by_name_whatever_the_case(self) -> None:
        Outlet.objects.create(name="Harbour Post", language="en")
        take("The minister has arrived in Sofia.", outlet=" harbour post ")
        assert Outlet.objects.filter(name__iexact="harbour post").count() == 1

    def test_are_made_with_their_homepage_and_the_language_of_the_text(self) -> None:
        outlet = take().appearance.outlet
        assert outlet is not None
        assert (outlet.name, outlet.homepage, outlet.language) == (
            "المرفأ",
            "https://marfa.example/",
            "ar",
        )

    def test_are_known_by_the_address_where_no_name_is_given(self) -> None:
        outlet = take().appearance.outlet
        assert take(TEXT + "!", outlet="", url="https://www.marfa.example/2").appearance.outlet == (
            outlet
        )
        assert take(TEXT + "?", outlet="", url="https://notmarfa.example/2").appearance.outlet is (
            None
        )


@pytest.mark.django_db
class TestWhoMay:
    def test_an_editor_may(self, editor: User) -> None:
        assert take(received_by=editor).article.received_by == editor

    def test_an_outsider_may_not_and_leaves_nothing(self, outsider: User) -> None:
        with pytest.raises(PermissionDenied, match="Ask an administrator"):
            take(received_by=outsider)
        assert not Article.objects.exists()

    def test_somebody_who_has_left_may_not(self, editor: User) -> None:
        editor.is_active = False
        with pytest.raises(PermissionDenied):
            take(received_by=editor)


@pytest.mark.django_db
class TestRefused:
    @pytest.mark.parametrize(
        "text", ["", "  \r\n\t", "\u200f\u200b\ufeff \u00a0"], ids=["empty", "blank", "invisible"]
    )
    def test_a_text_that_says_nothing(self, text: str) -> None:
        assert refusal(text, language="ar") == (
            "empty",
            "text",
            "There is no text. Paste the article, or give its file.",
        )

    def test_a_nul_which_no_text_holds(self) -> None:
        assert refusal("abc\x00def") == (
            "binary",
            "text",
            (
                "Character 4 is a NUL, so this is not a text. Open the file it comes from and paste "
                "what it says."
            ),
        )

    def test_half_a_surrogate_pair(self) -> None:
        assert refusal("خبر \ud83d هنا") == (
            "surrogates",
            "text",
            (
                "Character 5 (U+D83D) is half of a surrogate pair, so the text was damaged on its "
                "way. Send it again as UTF-8."
            ),
        )

    def test_a_million_characters_and_one(self) -> None:
        assert refusal("م" * 1_000_001) == (
            "too_large",
            "text",
            (
                "The text is 1000001 characters long; at most 1000000 are taken in. Cut it to the "
                "article, or bring it in in parts."
            ),
        )

    def test_a_million_are_taken(self) -> None:
        assert Article.objects.get(pk=take("م" * 1_000_000).article.pk).text == "م" * 1_000_000

    def test_a_language_the_desk_does_not_serve(self) -> None:
        assert refusal(language="fr") == (
            "language_unserved",
            "language",
            "No splitter for “fr”. Known: ar, en, tr.",
        )

    @pytest.mark.parametrize(
        "text",
        ["Les ministres se sont réunis mardi à Ankara pour en discuter.", "12 %"],
        ids=["French", "no words"],
    )
    def test_a_text_whose_language_cannot_be_told(self, text: str) -> None:
        assert refusal(text) == (
            "language_unknown",
            "language",
            (
                "The language of the text could not be told; it is too short, or none of those the "
                "desk serves. Known: ar, en, tr. Say which one it is."
            ),
        )

    @time_machine.travel(NOW, tick=False)
    def test_a_day_that_has_not_come(self) -> None:
        assert refusal(published_on=date(2026, 11, 26)) == (
            "date_future",
            "published_on",
            (
                "The publication date 2026-11-26 is in the future (today is 2026-11-24). Give the day "
                "on which the article was published."
            ),
        )

    @time_machine.travel(NOW, tick=False)
    def test_but_not_the_day_that_has_begun_in_the_east(self) -> None:
        assert take(published_on=date(2026, 11, 25)).is_new_article

    def test_a_day_long_ago(self) -> None:
        assert refusal(published_on=date(226, 11, 20)) == (
            "date_implausible",
            "published_on",
            (
                "The publication date 0226-11-20 is before 1990-01-01. Check the year; it is written "
                "YYYY-MM-DD."
            ),
        )

    @pytest.mark.parametrize(
        "url",
        [
            "marfa.example/1",
            "javascript:alert(1)",
            "ftp://marfa.example/1",
            "https://",
            "https://[::1/x",
            "https://marfa.example/a b",
            "https://marfa.example/\u2028x",
        ],
    )
    def test_an_address_that_is_none(self, url: str) -> None:
        code, field, message = refusal(url=url)
        assert (code, field) == ("url_malformed", "url")
        assert message.endswith(
            "” is not a web address. Give a whole one, beginning with http:// or https://."
        )

    def test_an_address_with_a_password_which_is_not_repeated(self) -> None:
        assert refusal(url="https://me:secret@marfa.example/1") == (
            "url_malformed",
            "url",
            "The address carries a user name or a password. Give it without.",
        )

    def test_an_address_too_long_for_the_index(self) -> None:
        assert refusal(url="https://marfa.example/" + "م" * 400) == (
            "url_malformed",
            "url",
            "The address is 2422 bytes long; at most 2000 are kept. Shorten it.",
        )

    @pytest.mark.parametrize("title", ["x" * 301, "two\nlines", "nul\x00"])
    def test_a_title_that_is_no_line(self, title: str) -> None:
        assert refusal(title=title) == (
            "title_unusable",
            "title",
            "A title is one line of at most 300 characters. Shorten it.",
        )

    @pytest.mark.parametrize("outlet", ["x" * 201, "two\nlines", "half \ud800"])
    def test_an_outlet_that_is_no_name(self, outlet: str) -> None:
        assert refusal(outlet=outlet) == (
            "outlet_unusable",
            "outlet",
            "An outlet's name is one line of at most 200 characters. Shorten it.",
        )
