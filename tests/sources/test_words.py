import pytest

from claims.sources._words import salient_words


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ar", "قال مسؤولون إن وزراء الدفاع يجتمعون في ميناء الرمال", "وزراء الدفاع ميناء الرمال"),
        ("ar", "بلغ عدد السكان ٤٠٬٠٠٠ والميزانية 3.5 مليون", "مليون الميزانية ٤٠٬٠٠٠ 3.5"),
        ("tr", "Ankara'daki görüşmeye İdil Kaya 2023'te katıldı.", "Ankara İdil Kaya 2023"),
        (
            "en",
            "The mayor's aides said that Alice Kern left Sandhaven in 2023.",
            "mayor Alice Kern Sandhaven",
        ),
    ],
)
def test_names_and_numbers_come_before_other_words(language: str, text: str, words: str) -> None:
    assert set(salient_words(text, language, 4)) == set(words.split())


def test_words_keep_their_order_and_come_once() -> None:
    assert salient_words("Kern met Kern and KERN in Sandhaven", "en", 6) == (
        "Kern",
        "met",
        "Sandhaven",
    )


def test_the_first_word_of_a_sentence_is_no_name_for_its_capital() -> None:
    assert salient_words("Yesterday a harbour closed near Kern.", "en", 1) == ("Kern",)
    assert salient_words("It closed. Yesterday a Kern opened.", "en", 1) == ("Kern",)


@pytest.mark.parametrize("text", ["", "…", "في من على", "a the of", "x" * 10_000])
def test_a_text_without_such_words_gives_none(text: str) -> None:
    assert salient_words(text, "ar" if "في" in text else "en", 6) == ()


def test_a_very_long_text_is_read_at_its_beginning() -> None:
    assert salient_words("Kern " + "harbour " * 100_000 + "Sandhaven", "en", 2) == (
        "Kern",
        "harbour",
    )


def test_the_days_that_a_statement_adds_behind_a_date_are_not_asked_for() -> None:
    words = salient_words("سيلتقي الوزيران في صوفيا في ديسمبر المقبل (2026-12)", "ar", 8)
    assert "2026" not in words
    assert "صوفيا" in words
