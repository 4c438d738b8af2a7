"""Time expressions as closed intervals of days, seen from Friday 26 July 2024."""

import importlib
from datetime import date

import pytest

from claims.languages.shapes import tokenise


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "وصل الوفد أمس الخميس إلى العاصمة.", [("أمس الخميس", "2024-07-25", "2024-07-25")]),
        (
            "ar",
            "وصل الوفد يوم الأربعاء إلى العاصمة.",
            [("يوم الأربعاء", "2024-07-24", "2024-07-24")],
        ),
        (
            "ar",
            "وصل الوفد الأسبوع الماضي إلى العاصمة.",
            [("الأسبوع الماضي", "2024-07-15", "2024-07-21")],
        ),
        (
            "ar",
            "سيصل الوفد في أغسطس المقبل إلى العاصمة.",
            [("أغسطس المقبل", "2024-08-01", "2024-08-31")],
        ),
        (
            "ar",
            "وصل الوفد العام الماضي إلى العاصمة.",
            [("العام الماضي", "2023-01-01", "2023-12-31")],
        ),
        (
            "ar",
            "تعمل البعثة هناك منذ سبتمبر 2015.",
            [("منذ سبتمبر 2015", "2015-09-01", "2024-07-26")],
        ),
        (
            "ar",
            "وصل الوفد في ١٥ تموز ٢٠٢٣ إلى العاصمة.",
            [("١٥ تموز ٢٠٢٣", "2023-07-15", "2023-07-15")],
        ),
        (
            "ar",
            "وصل الوفد في كانون الثاني/يناير إلى العاصمة.",
            [("كانون الثاني/يناير", "2024-01-01", "2024-01-31")],
        ),
        (
            "ar",
            "وصل الوفد في جانفي 2024 إلى العاصمة.",
            [("جانفي 2024", "2024-01-01", "2024-01-31")],
        ),
        (
            "ar",
            "وصل الوفد قبل ثلاثة أيام إلى العاصمة.",
            [("قبل ثلاثة أيام", "2024-07-23", "2024-07-23")],
        ),
        (
            "ar",
            "ولد الأمير في 10 رمضان 1445 بالمدينة.",
            [("10 رمضان 1445", "2024-03-20", "2024-03-20")],
        ),
        ("ar", "استمرت الأزمة عشرة أعوام كاملة.", []),
        (
            "tr",
            "Heyet 25 Ağustos'ta başkente gelecek.",
            [("25 Ağustos", "2024-08-25", "2024-08-25")],
        ),
        ("tr", "Heyet geçen hafta başkente geldi.", [("geçen hafta", "2024-07-15", "2024-07-21")]),
        ("tr", "Heyet Salı günü başkente geldi.", [("Salı günü", "2024-07-23", "2024-07-23")]),
        ("tr", "Heyet Salı günü başkente gelecek.", [("Salı günü", "2024-07-30", "2024-07-30")]),
        (
            "tr",
            "Kurul 2015'ten beri burada çalışıyor.",
            [("2015'ten beri", "2015-01-01", "2024-07-26")],
        ),
        ("tr", "Heyet üç gün önce başkente geldi.", [("üç gün önce", "2024-07-23", "2024-07-23")]),
        ("en", "The delegation arrived last week.", [("last week", "2024-07-15", "2024-07-21")]),
        (
            "en",
            "The delegation arrived on Aug. 29, 2023.",
            [("Aug. 29, 2023", "2023-08-29", "2023-08-29")],
        ),
        ("en", "The delegation will arrive on Tuesday.", [("Tuesday", "2024-07-30", "2024-07-30")]),
        (
            "en",
            "The delegation arrived two days ago.",
            [("two days ago", "2024-07-24", "2024-07-24")],
        ),
        (
            "en",
            "The team has worked here since 2015.",
            [("since 2015", "2015-01-01", "2024-07-26")],
        ),
        ("en", "The delegation may arrive by bus.", []),
    ],
)
def test_a_time_expression_means_these_days(split, language, text, expected):
    (claim,) = split(text, language)
    found = [(d.text, d.first.isoformat(), d.last.isoformat()) for d in claim.dates]
    assert found == expected


def test_the_day_of_speaking_belongs_to_what_was_said(split):
    (claim,) = split("قالت الوزيرة يوم الأربعاء إن الجسر سيفتح في أغسطس المقبل.")
    assert [d.text for d in claim.dates] == ["يوم الأربعاء", "أغسطس المقبل"]


def test_a_day_that_no_calendar_has_is_left_out(split):
    (claim,) = split("وصل الوفد في 31 يونيو 2023 إلى العاصمة.")
    assert claim.dates == ()


def test_the_edges_of_the_calendar_do_not_break_it(split):
    assert split("وصل الوفد قبل ثلاثة أعوام، العام الماضي.", published=date(1, 1, 1))
    assert split("سيصل الوفد العام المقبل.", published=date(9999, 12, 31))


def test_the_statement_carries_the_day_and_the_text_does_not(split):
    (claim,) = split("وصل الوفد أمس إلى العاصمة.")
    assert claim.text == "وصل الوفد أمس إلى العاصمة"
    assert claim.statement == "وصل الوفد أمس (2024-07-25) إلى العاصمة"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", "منذ "),
        ("ar", "مايو/"),
        ("ar", "من 3 إلى "),
        ("ar", "الاثنين والثلاثاء "),
        ("ar", "قبل بعد "),
        ("tr", "bu yıl "),
        ("tr", "3-5 Mayıs'tan "),
        ("en", "from May to "),
        ("en", "the first half of "),
        ("fa", "از سال ۱۴۰۲ تا "),
    ],
)
def test_words_of_time_without_end_are_read_in_seconds(language, words):
    grammar = importlib.import_module(f"claims.languages.{language}.grammar")
    text = words * 20_000
    tokens = tokenise(text, grammar.normal)
    assert all(0 <= time.span.start < time.span.end <= len(text) for time in grammar.times(tokens))
