"""Persian, the language that shows that one folder is enough: who says what, about when."""

from datetime import date

import pytest

from claims.detection import detector


def test_a_report_is_attributed_with_and_without_a_complementiser(split):
    text = (
        "وزیر راه اعلام کرد که پل تازه هفته آینده باز خواهد شد. سخنگوی دولت گفت پل تازه ارزان است."
    )
    first, second = split(text, "fa")
    assert (first.claimant.text, first.cue.text) == ("وزیر راه", "اعلام کرد")
    assert first.text == "پل تازه هفته آینده باز خواهد شد"
    assert (first.form, first.kind) == ("indirect", "prediction")
    assert (second.claimant.text, second.text) == ("سخنگوی دولت", "پل تازه ارزان است")


def test_a_quotation_behind_two_dots_is_direct_speech(split):
    (claim,) = split("وزیر راه دیروز گفت: «پل تازه چهل میلیون دلار هزینه داشت».", "fa")
    assert claim.claimant.text == "وزیر راه"
    assert claim.form == "direct"
    assert claim.text == "پل تازه چهل میلیون دلار هزینه داشت"


def test_a_pronoun_speaks_for_the_one_who_spoke_before(split):
    claims = split("وزیر راه گفت که پل تازه باز شد. وی افزود که راه قدیم بسته می‌شود.", "fa")
    assert [claim.claimant.text for claim in claims] == ["وزیر راه", "وزیر راه"]


def test_according_to_opens_a_frame(split):
    (claim,) = split("به گفته رئیس پلیس، سه نفر در این حادثه زخمی شدند.", "fa")
    assert claim.claimant.text == "رئیس پلیس"
    assert claim.text == "سه نفر در این حادثه زخمی شدند"


def test_a_denial_contests_the_report_before_it(split):
    text = (
        "یک روزنامه نوشت که پل تازه هفته آینده باز می‌شود. سخنگوی وزارت راه این گزارش را تکذیب کرد."
    )
    report, denial = split(text, "fa")
    assert (denial.stance, denial.claimant.text) == ("denies", "سخنگوی وزارت راه")
    assert denial.text == "این گزارش را تکذیب کرد"
    assert denial.contests == (report.id,)
    assert report.contested


def test_turning_down_an_offer_is_no_denial(split):
    (claim,) = split("وزیر راه پیشنهاد شرکت خارجی را رد کرد.", "fa")
    assert claim.stance == "asserts"


def test_half_spaces_and_persian_full_stops_leave_the_sentences_whole():
    text = "پل تازه باز شد؟ راه‌های قدیم بسته می‌شوند. هزینه ۳.۵ میلیون دلار بود."
    found = detector.split(text, language="fa", published=date(2024, 7, 26)).sentences
    assert [text[slice(*pair)] for pair in found] == [
        "پل تازه باز شد؟",
        "راه‌های قدیم بسته می‌شوند.",
        "هزینه ۳.۵ میلیون دلار بود.",
    ]


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("دیروز", "2024-07-25", "2024-07-25"),
        ("دیروز (پنج‌شنبه)", "2024-07-25", "2024-07-25"),
        ("روز سه‌شنبه", "2024-07-23", "2024-07-23"),
        ("سه شنبه گذشته", "2024-07-23", "2024-07-23"),
        ("هفته گذشته", "2024-07-15", "2024-07-21"),
        ("این هفته", "2024-07-22", "2024-07-28"),
        ("ماه گذشته", "2024-06-21", "2024-07-21"),
        ("سال گذشته", "2023-03-21", "2024-03-19"),
        ("امسال", "2024-03-20", "2025-03-20"),
        ("پارسال", "2023-03-21", "2024-03-19"),
        ("در ۳ مرداد ۱۴۰۳", "2024-07-24", "2024-07-24"),
        ("در ۳ تا ۵ تیر", "2024-06-23", "2024-06-25"),
        ("در بهمن ۱۳۵۷", "1979-01-21", "1979-02-19"),
        ("در خرداد ماه", "2024-05-21", "2024-06-20"),
        ("در ۱۴۰۳/۰۵/۰۳", "2024-07-24", "2024-07-24"),
        ("در ۱۵ ژوئیه ۲۰۲۴", "2024-07-15", "2024-07-15"),
        ("در سال ۲۰۱۵", "2015-01-01", "2015-12-31"),
        ("از سال ۱۳۵۷ تاکنون", "1978-03-21", "2024-07-26"),
        ("سه روز پیش", "2024-07-23", "2024-07-23"),
    ],
)
def test_a_persian_time_means_these_days(split, said, first, last):
    (claim,) = split(f"وزیر راه {said} پل تازه را باز کرد.", "fa")
    assert [(d.first.isoformat(), d.last.isoformat()) for d in claim.dates] == [(first, last)]


def test_a_month_that_is_also_a_word_needs_a_day_or_a_year(split):
    (claim,) = split("وزیر راه با مهر و لبخند پل تازه را باز کرد.", "fa")
    assert claim.dates == ()


def test_the_thirtieth_of_esfand_exists_in_leap_years_alone(split):
    (leap,) = split("وزیر راه در ۳۰ اسفند ۱۴۰۳ پل تازه را باز کرد.", "fa")
    (common,) = split("وزیر راه در ۳۰ اسفند ۱۴۰۲ پل تازه را باز کرد.", "fa")
    assert [d.first.isoformat() for d in leap.dates] == ["2025-03-20"]
    assert common.dates == ()
