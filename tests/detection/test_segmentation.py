"""Sentences: what ends one, and what only looks as if it did."""

import pytest

from claims.detection.segmentation import sentences
from claims.languages.quotation import quotes


def _sentences(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "وصل الوفد. هل نجح؟ نعم!", ["وصل الوفد.", "هل نجح؟", "نعم!"]),
        ("ar", "بلغ السعر 3.5 دولار. وانخفض اليوم.", ["بلغ السعر 3.5 دولار.", "وانخفض اليوم."]),
        ("ar", "حضر د. سالم الحفل.", ["حضر د. سالم الحفل."]),
        ("ar", "انتهت الجلسة.وقال الرئيس إنه راض.", ["انتهت الجلسة.", "وقال الرئيس إنه راض."]),
        (
            "ar",
            "قال، وهو يبتسم، إن كل شيء بخير؛ ثم غادر.",
            ["قال، وهو يبتسم، إن كل شيء بخير؛ ثم غادر."],
        ),
        (
            "tr",
            "Anayasanın 5. maddesi değişti. Karar 15. yılda geldi.",
            ["Anayasanın 5. maddesi değişti.", "Karar 15. yılda geldi."],
        ),
        (
            "tr",
            "Prof. Ayla Demir konuştu. Salon doluydu.",
            ["Prof. Ayla Demir konuştu.", "Salon doluydu."],
        ),
        (
            "en",
            "Dr. J. R. Moss of the U.S. Navy left. He paid 2.5 million.",
            ["Dr. J. R. Moss of the U.S. Navy left.", "He paid 2.5 million."],
        ),
        (
            "en",
            "It was over ... or so it seemed. Nobody left.",
            ["It was over ... or so it seemed.", "Nobody left."],
        ),
    ],
)
def test_sentences_end_at_full_stops_that_end_something(language, text, expected):
    assert _sentences(text, language) == expected


def test_a_line_break_ends_a_sentence_in_any_style():
    assert _sentences("عنوان\r\nجملة أولى\n\nجملة ثانية\u2029ثالثة", "ar") == [
        "عنوان",
        "جملة أولى",
        "جملة ثانية",
        "ثالثة",
    ]


def test_a_quotation_of_two_sentences_is_not_cut():
    text = "وقال العمدة: «الجسر آمن. سنفتحه غدا». ثم انصرف."
    assert _sentences(text, "ar") == ["وقال العمدة: «الجسر آمن. سنفتحه غدا».", "ثم انصرف."]


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_rest():
    text = 'نقل موقع "أخبار النهر أن الجسر مغلق. وقالت البلدية إنه مفتوح.'
    assert len(_sentences(text, "ar")) == 2
    assert quotes(text) == []


def test_an_unclosed_quotation_behind_a_colon_runs_to_the_end_of_its_paragraph():
    text = "وقالت: «الجسر آمن\nوأغلق الطريق."
    assert [text[q.start : q.end] for q in quotes(text)] == ["الجسر آمن"]


def test_marks_of_different_kinds_pair_with_their_own():
    text = 'قال “نعم” وقال «لا» وقال "ربما"'
    assert [text[q.start : q.end] for q in quotes(text)] == ["نعم", "لا", "ربما"]


def test_text_without_letters_has_no_sentence():
    assert sentences("… !! \u200f \n ***", "ar") == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # a guillemet pair set the other way round
        ("ar", "وقال: »الجسر آمن. سيفتح غدا«. وغادر.", ["وقال: »الجسر آمن. سيفتح غدا«.", "وغادر."]),
        # marks set off by spaces
        ("ar", 'وأضاف:" الجسر آمن. سيفتح ". ثم غادر.', ['وأضاف:" الجسر آمن. سيفتح ".', "ثم غادر."]),
        ("tr", '"Köprü açık. " Sonra sustu.', ['"Köprü açık. "', "Sonra sustu."]),
        # a quotation behind a clitic
        ("ar", 'وصفه ب"الخطير". ثم غادر.', ['وصفه ب"الخطير".', "ثم غادر."]),
        # quotations within quotations
        (
            "ar",
            'قال: «سمعت "الجسر انهار. انتهى" وصدقت». ثم غادر.',
            ['قال: «سمعت "الجسر انهار. انتهى" وصدقت».', "ثم غادر."],
        ),
        # units, letters and numbers
        ("ar", "قفز ٢٫٢٨ م. وفاز بالسباق.", ["قفز ٢٫٢٨ م.", "وفاز بالسباق."]),
        ("ar", "طائرات من نوع إس. إم. تي حطت.", ["طائرات من نوع إس. إم. تي حطت."]),
        ("ar", "أغلق الجسر عام 2015.وأعيد فتحه.", ["أغلق الجسر عام 2015.", "وأعيد فتحه."]),
        ("ar", "بلغ السعر ۳٫۵ دولار. وانخفض.", ["بلغ السعر ۳٫۵ دولار.", "وانخفض."]),
        ("ar", "وصل الوفد.\u200f وغادر.", ["وصل الوفد.", "وغادر."]),
        ("tr", "Olay 2024. Sonra köprü kapandı.", ["Olay 2024.", "Sonra köprü kapandı."]),
        ("tr", "Onikinci. maddeye bakın.", ["Onikinci. maddeye bakın."]),
        ("tr", "Elma, armut vb. Ancak üzüm yok.", ["Elma, armut vb.", "Ancak üzüm yok."]),
        ("tr", "Eyvah! Köprü yıkıldı.", ["Eyvah! Köprü yıkıldı."]),
        # a missing full stop that capital letters give away
        (
            "tr",
            "YENİ KÖPRÜ BUGÜN AÇILIYOR Bakan törene katıldı.",
            ["YENİ KÖPRÜ BUGÜN AÇILIYOR", "Bakan törene katıldı."],
        ),
        (
            "tr",
            "Köprünün trafiği azaldı Bu sayı yeni.",
            ["Köprünün trafiği azaldı", "Bu sayı yeni."],
        ),
        ("tr", "Dün Güzel Bir Gün filmini izledik.", ["Dün Güzel Bir Gün filmini izledik."]),
        (
            "tr",
            "Stokta iki çuval un Ancak, fırın açık.",
            ["Stokta iki çuval un", "Ancak, fırın açık."],
        ),
        (
            "tr",
            "Heyet yola çıkmadan Ardından Vali geldi.",
            ["Heyet yola çıkmadan", "Ardından Vali geldi."],
        ),
        (
            "tr",
            "Sabah köprüden, Ama akşam vapurla geçti.",
            ["Sabah köprüden,", "Ama akşam vapurla geçti."],
        ),
        (
            "tr",
            "Depoda yer yok - Bekçi kapıyı kapattı.",
            ["Depoda yer yok", "- Bekçi kapıyı kapattı."],
        ),
        ("tr", "Liste uzun 2- Kapılar boyandı.", ["Liste uzun", "2- Kapılar boyandı."]),
        (
            "tr",
            "Kar yağdı durdu Yavaş yavaş yol açıldı.",
            ["Kar yağdı durdu", "Yavaş yavaş yol açıldı."],
        ),
        (
            "tr",
            "Belediye üç sandık elma Kırk kişi bekledi.",
            ["Belediye üç sandık elma", "Kırk kişi bekledi."],
        ),
        (
            "tr",
            "YENİ KÖPRÜ PLANI HAZIR (Vali salona girer.)",
            ["YENİ KÖPRÜ PLANI HAZIR", "(Vali salona girer.)"],
        ),
        ("tr", "Dün Kırk Haramiler gösterildi.", ["Dün Kırk Haramiler gösterildi."]),
        ("en", "It opened in 1805.[17] Nobody came.", ["It opened in 1805.[17]", "Nobody came."]),
        ("en", "He had to wash. This took time.", ["He had to wash.", "This took time."]),
        ("en", "It ended.The next day it rained.", ["It ended.", "The next day it rained."]),
        ("en", "See example.org and v2.5 now.", ["See example.org and v2.5 now."]),
        ("en", "It closed. nobody knew why.", ["It closed.", "nobody knew why."]),
        ("en", "Plans: • open it • close it", ["Plans:", "• open it", "• close it"]),
    ],
)
def test_what_ends_a_sentence_in_real_copy(language, text, expected):
    assert _sentences(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("tr", "Köprü 15 Temmuz 2024'te açıldı. Halk sevindi.", 2),
        ("en", "The bridge closed at 5 p.m. The mayor left.", 2),
        ("en", "He flew to the U.S. They stayed.", 2),
    ],
)
def test_an_abbreviation_may_still_be_the_last_word(language, text, count):
    assert len(_sentences(text, language)) == count


def test_a_list_inside_a_quotation_is_read_item_by_item():
    text = "قال: «هذه هي النقاط. -الأولى الجسر. -الثانية الطريق»."
    assert _sentences(text, "ar") == [
        "قال: «هذه هي النقاط.",
        "-الأولى الجسر.",
        "-الثانية الطريق».",
    ]


def test_an_unclosed_quotation_behind_a_colon_does_not_hold_a_whole_page():
    text = "وقالت: «الجسر آمن. " + "والطريق مفتوح. " * 40
    assert quotes(text) == []
    assert len(_sentences(text, "ar")) == 41
