"""What the package knows of its three languages: telling them apart, folding, casing."""

import pytest

from claims import languages


def test_the_served_languages_are_arabic_turkish_and_english():
    assert languages.SERVED == ("ar", "tr", "en")


def test_every_folder_is_a_language_that_can_be_folded_and_split():
    assert languages.KNOWN == ("ar", "en", "fa", "tr")
    assert set(languages.SERVED) <= set(languages.KNOWN)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("أعلنت وزارة النقل أمس افتتاح جسر جديد فوق النهر بعد سنوات من العمل", "ar"),
        ("Ulaştırma Bakanlığı dün nehrin üzerindeki yeni köprünün açıldığını duyurdu", "tr"),
        ("The transport ministry opened a new bridge over the river yesterday", "en"),
    ],
)
def test_a_sentence_is_recognised(text, code):
    assert languages.detect(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "وزارت راه و شهرسازی دیروز پل تازه‌ای را روی رودخانه گشود و مردم گفتند که خوب است",
        "وزیر راه اعلام کرد که پل تازه روی رودخانه هفته آینده باز خواهد شد و هزینه آن اندک است",
        "وزیر اعظم نے کہا ہے کہ نیا پل اگلے ہفتے کھول دیا جائے گا اور اس پر کم خرچ آیا ہے",
        "Le ministère des Transports a ouvert hier un nouveau pont sur le fleuve",
        "Das Ministerium hat gestern eine neue Brücke über den Fluss eröffnet",
        "Nəqliyyat Nazirliyi dünən çayın üzərində yeni körpünün açıldığını elan etdi",
        "Министерство открыло новый мост через реку",
        "12 345 — 67",
        "",
    ],
)
def test_other_languages_and_no_language_are_none(text):
    assert languages.detect(text) is None


def test_arabic_folding_joins_hamza_ta_marbuta_alef_maqsura_and_marks():
    assert languages.fold("الأُسْرَة", "ar") == languages.fold("اسره", "ar") == "اسره"
    assert languages.fold("مستشفى", "ar") == languages.fold("مستشفي", "ar")
    assert languages.fold("قـــال", "ar") == "قال"


def test_arabic_folding_takes_the_article_off_each_word_but_leaves_short_words():
    assert languages.tokens("والوزير بالمدينة للجنة", "ar") == ["وزير", "مدينه", "جنه"]
    assert languages.tokens("الى", "ar") == ["الي"]


def test_digits_of_all_scripts_fold_to_ascii():
    assert languages.fold("١٥ ۱۵ 15", "ar") == "15 15 15"


def test_turkish_has_its_own_casing():
    assert languages.fold("YANLIŞ", "tr") == "yanlış"
    assert languages.fold("İSTANBUL", "tr") == "istanbul"
    assert len(languages.fold("İ", "tr")) == 1


def test_english_folding_drops_accents():
    assert languages.fold("Café ÉLYSÉE", "en") == "cafe elysee"


def test_persian_folding_joins_the_letters_of_arabic_keyboards_and_half_spaces():
    assert languages.fold("كتاب‌هاي", "fa") == languages.fold("کتابهای", "fa") == "کتابهای"
    assert languages.tokens("۱۵ مرداد", "fa") == ["15", "مرداد"]


def test_invisible_characters_do_not_part_a_word():
    assert languages.fold("\u200fال\u200dوزير\u200e", "ar") == "وزير"


def test_direction_and_label():
    assert [languages.direction(code) for code in languages.SERVED] == ["rtl", "ltr", "ltr"]
    assert languages.direction("fa") == "rtl"
    assert str(languages.label("tr"))
    with pytest.raises(languages.UnknownLanguage, match=r"No language 'xx'. Known: ar, en, tr\."):
        languages.label("xx")


def test_an_unknown_language_cannot_be_folded():
    with pytest.raises(languages.UnknownLanguage):
        languages.fold("text", "fr")
