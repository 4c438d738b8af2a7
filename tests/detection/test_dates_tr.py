"""Turkish time expressions as closed intervals of days, seen from Friday 26 July 2024."""

from datetime import date

import pytest

from claims.detection import detector

# Behind "Heyet", before "başkente geldi".
PAST = [
    ("dün", "2024-07-25", "2024-07-25"),
    ("bugün", "2024-07-26", "2024-07-26"),
    ("dün akşam", "2024-07-25", "2024-07-25"),
    ("bu sabah", "2024-07-26", "2024-07-26"),
    ("evvelsi gün", "2024-07-24", "2024-07-24"),
    ("önceki gün", "2024-07-24", "2024-07-24"),
    ("dün (Perşembe)", "2024-07-25", "2024-07-25"),
    ("perşembe (25 Temmuz)", "2024-07-25", "2024-07-25"),
    ("3–5 Mayıs'ta", "2024-05-03", "2024-05-05"),
    ("mayıs ile haziran arasında", "2024-05-01", "2024-06-30"),
    ("Salı günü", "2024-07-23", "2024-07-23"),
    ("Pazar günü", "2024-07-21", "2024-07-21"),
    ("geçen Cuma", "2024-07-19", "2024-07-19"),
    ("geçtiğimiz Pazartesi günü", "2024-07-22", "2024-07-22"),
    ("Çarşamba akşamı", "2024-07-24", "2024-07-24"),
    ("geçen hafta", "2024-07-15", "2024-07-21"),
    ("bu hafta", "2024-07-22", "2024-07-28"),
    ("geçen hafta sonu", "2024-07-20", "2024-07-21"),
    ("hafta sonunda", "2024-07-20", "2024-07-21"),
    ("geçen ay", "2024-06-01", "2024-06-30"),
    ("bu ay", "2024-07-01", "2024-07-31"),
    ("bu ayın başında", "2024-07-01", "2024-07-10"),
    ("geçen ayın sonunda", "2024-06-21", "2024-06-30"),
    ("bu ayın 15'inde", "2024-07-15", "2024-07-15"),
    ("geçen yıl", "2023-01-01", "2023-12-31"),
    ("geçen sene", "2023-01-01", "2023-12-31"),
    ("bu yıl", "2024-01-01", "2024-12-31"),
    ("geçen yılın sonunda", "2023-09-01", "2023-12-31"),
    ("bu yılın ilk çeyreğinde", "2024-01-01", "2024-03-31"),
    ("yılın ilk yarısında", "2024-01-01", "2024-06-30"),
    ("2023'ün ikinci yarısında", "2023-07-01", "2023-12-31"),
    ("2023 yılının son çeyreğinde", "2023-10-01", "2023-12-31"),
    ("2015'te", "2015-01-01", "2015-12-31"),
    ("2015 yılında", "2015-01-01", "2015-12-31"),
    ("2024 başında", "2024-01-01", "2024-04-30"),
    ("2015 ile 2018 arasında", "2015-01-01", "2018-12-31"),
    ("2015-2018 yılları arasında", "2015-01-01", "2018-12-31"),
    ("2015'ten beri", "2015-01-01", "2024-07-26"),
    ("2015 yılından bu yana", "2015-01-01", "2024-07-26"),
    ("1990'larda", "1990-01-01", "1999-12-31"),
    ("1990'lı yıllarda", "1990-01-01", "1999-12-31"),
    ("25 Haziran'da", "2024-06-25", "2024-06-25"),
    ("25 Haziran 2023'te", "2023-06-25", "2023-06-25"),
    ("25 Haziran 2023 Pazar günü", "2023-06-25", "2023-06-25"),
    ("25 Haziran tarihinde", "2024-06-25", "2024-06-25"),
    ("25.06.2023 tarihinde", "2023-06-25", "2023-06-25"),
    ("2023-06-25'te", "2023-06-25", "2023-06-25"),
    ("3-5 Mayıs'ta", "2024-05-03", "2024-05-05"),
    ("3 ile 5 Mayıs arasında", "2024-05-03", "2024-05-05"),
    ("28 Nisan - 3 Mayıs arasında", "2024-04-28", "2024-05-03"),
    ("28 Nisan'dan 3 Mayıs'a kadar", "2024-04-28", "2024-05-03"),
    ("28 Aralık 2022 ile 3 Ocak 2023 arasında", "2022-12-28", "2023-01-03"),
    ("haziranda", "2024-06-01", "2024-06-30"),
    ("kasımda", "2023-11-01", "2023-11-30"),
    ("Aralık ayında", "2023-12-01", "2023-12-31"),
    ("Kasım 2022'de", "2022-11-01", "2022-11-30"),
    ("2022 yılının Kasım ayında", "2022-11-01", "2022-11-30"),
    ("2022 Kasım'ında", "2022-11-01", "2022-11-30"),
    ("geçen Ocak ayında", "2024-01-01", "2024-01-31"),
    ("Haziran sonunda", "2024-06-21", "2024-06-30"),
    ("haziran ayının ortasında", "2024-06-11", "2024-06-20"),
    ("geçen yıl temmuzda", "2023-07-01", "2023-07-31"),
    ("bu yılın Mart ayında", "2024-03-01", "2024-03-31"),
    ("temmuzun ilk yarısında", "2024-07-01", "2024-07-15"),
    ("geçen yaz", "2023-06-01", "2023-08-31"),
    ("2014 yazında", "2014-06-01", "2014-08-31"),
    ("üç gün önce", "2024-07-23", "2024-07-23"),
    ("iki hafta önce", "2024-07-08", "2024-07-14"),
    ("yirmi beş yıl önce", "1999-01-01", "1999-12-31"),
    ("son 24 saatte", "2024-07-25", "2024-07-26"),
    ("son üç yılda", "2021-07-26", "2024-07-26"),
    ("son birkaç günde", "2024-07-19", "2024-07-26"),
]
# Behind "Heyet", before "başkente gelecek".
FUTURE = [
    ("yarın", "2024-07-27", "2024-07-27"),
    ("Salı günü", "2024-07-30", "2024-07-30"),
    ("önümüzdeki Salı", "2024-07-30", "2024-07-30"),
    ("gelecek hafta", "2024-07-29", "2024-08-04"),
    ("önümüzdeki hafta", "2024-07-29", "2024-08-04"),
    ("hafta sonu", "2024-07-27", "2024-07-28"),
    ("önümüzdeki ay", "2024-08-01", "2024-08-31"),
    ("gelecek yıl", "2025-01-01", "2025-12-31"),
    ("yıl sonuna kadar", "2024-07-26", "2024-12-31"),
    ("mart sonuna kadar", "2024-07-26", "2025-03-31"),
    ("2030'a kadar", "2024-07-26", "2030-12-31"),
    ("martta", "2025-03-01", "2025-03-31"),
    ("25 Ağustos'ta", "2024-08-25", "2024-08-25"),
    ("önümüzdeki günlerde", "2024-07-26", "2024-08-02"),
    ("önümüzdeki üç yıl içinde", "2024-07-26", "2027-07-26"),
    ("iki yıl içinde", "2024-07-26", "2026-07-26"),
    ("iki hafta sonra", "2024-07-26", "2024-08-09"),
]
# Vague, a length of time, the date of a noun, another word.
NONE = [
    "Heyet kısa süre önce başkente geldi.",
    "Heyet yakında başkente gelecek.",
    "Heyet son yıllarda başkente geldi.",
    "Heyet başkentte üç gün kaldı.",
    "Heyet dünkü toplantıyı övdü.",
    "Heyet geçen haftaki toplantıyı övdü.",
    "Heyet 2018'deki seçimi hatırlattı.",
    "Heyet 25 Ağustos tarihli mektubu okudu.",
    "Heyet bu yılın bütçesini övdü.",
    "Heyet kentteki pazarı gezdi.",
    "Heyet 2015 kişiyi başkente getirdi.",
    "Heyet iki hafta sonra başkentten ayrıldı.",
    "Heyet bu aynı yolu iki gün içinde geçti.",
]


@pytest.mark.parametrize(("said", "first", "last"), PAST)
def test_a_time_of_what_has_been_means_these_days(split, said, first, last):
    assert _days(split(f"Heyet {said} başkente geldi.", "tr")) == [(first, last)]


@pytest.mark.parametrize(("said", "first", "last"), FUTURE)
def test_a_time_of_what_will_be_means_these_days(split, said, first, last):
    assert _days(split(f"Heyet {said} başkente gelecek.", "tr")) == [(first, last)]


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("Kasımda yapılacak seçim için hazırlıklar başladı.", "2024-11-01"),
        ("Köprünün kasımda açılması bekleniyor.", "2024-11-01"),
        ("Eylülde açılan okul haziranda kapanacak.", "2025-06-01"),
        ("Ağustosta yıktığı köprüyü yeniden kuracak.", "2023-08-01"),
        # No verb tells: the nearer of the two.
        ("Sıradaki oturum aralık ayında.", "2024-12-01"),
    ],
)
def test_the_verb_beside_a_time_says_whether_it_is_to_come(split, sentence, first):
    (claim,) = split(sentence, "tr")
    assert claim.dates[-1].first.isoformat() == first


def test_the_same_day_is_the_one_named_before(split):
    (claim,) = split("Pazartesi günü düşen başkan aynı akşam hastaneden ayrıldı.", "tr")
    assert [d.first.isoformat() for d in claim.dates] == ["2024-07-22", "2024-07-22"]


@pytest.mark.parametrize("sentence", NONE)
def test_what_names_no_day_of_the_event_is_not_listed(split, sentence):
    assert _days(split(sentence, "tr")) == []


def test_a_suffix_behind_an_apostrophe_is_not_part_of_the_date(split):
    (claim,) = split("Heyet 25 Ağustos'ta başkente gelecek.", "tr")
    assert [d.text for d in claim.dates] == ["25 Ağustos"]


def test_the_text_that_names_its_own_day_outweighs_the_stored_date():
    text = "Heyet bugün (Perşembe) başkente geldi. Başkan dün görevi bıraktı."
    found = detector.split(text, language="tr", published=date(2024, 7, 26)).claims
    assert [d.first.isoformat() for c in found for d in c.dates] == ["2024-07-25", "2024-07-24"]


def test_the_day_of_a_sites_stamp_is_today():
    text = "Giriş: 24 Temmuz 2024 10:20\nHeyet dün başkente geldi."
    (claim,) = detector.split(text, language="tr", published=date(2024, 7, 26)).claims
    assert [d.first.isoformat() for d in claim.dates] == ["2024-07-23"]


def _days(claims):
    return [(d.first.isoformat(), d.last.isoformat()) for claim in claims for d in claim.dates]
