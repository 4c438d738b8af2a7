"""The guard: two claims about the same matter that do not say the same."""

from datetime import date

import pytest

from claims.languages import KNOWN
from claims.similarity import contradiction
from claims.similarity.contradiction import Reason

AGREE = [
    ("en", "Some 1,200 people came to the fair", "en", "1,210 people came to the fair"),
    ("en", "More than 100 houses burned", "en", "120 houses burned"),
    ("en", "Between 10 and 20 people were hurt", "en", "14 people were hurt"),
    ("en", "Two-thirds of the pupils passed", "en", "67 percent of the pupils passed"),
    ("en", "The road was shut for two days", "en", "The road was shut for 48 hours"),
    ("en", "The firm made $2.5bn", "en", "The firm made 2,500 million dollars"),
    ("en", "They met in August 2024", "en", "They met in 2024"),
    ("en", "Half a million people visited", "tr", "500.000 kişi ziyaret etti"),
    ("tr", "Vergi yüzde 47,5 oldu", "en", "The tax came to 47.5 per cent"),
    ("tr", "Bir buçuk milyon dolar bağışlandı", "en", "1.5 million dollars were donated"),
    ("ar", "وصل ألف ومئتا لاجئ", "ar", "وصل ١٢٠٠ لاجئ"),
    ("ar", "قتل خمسة وعشرون جنديا", "en", "Twenty-five soldiers were killed"),
    ("ar", "بلغت الكلفة مليارا ونصف المليار", "en", "The cost reached 1.5 billion"),
    ("ar", "أسقط الجيش طائرتين", "en", "The army shot down two planes"),
    ("ar", "اجتمعا في 12 كانون الثاني", "tr", "12 Ocak'ta görüştüler"),
    ("ar", "اجتمعا في غشت 2023", "en", "They met in August 2023"),
    ("ar", "زار بوتين طهران", "tr", "Putin Tahran'ı ziyaret etti"),
    ("ar", "التقى أردوغان بوتين", "en", "Erdogan met Putin"),
    ("ar", "وصل الوفد إلى العاصمة الروسية موسكو", "en", "The delegation arrived in Russia"),
    ("en", "Nobody was hurt", "ar", "لم يصب أحد"),
    ("en", "The bridge was not opened", "en", "The bridge stayed closed"),
    ("tr", "Toplantı iptal edilmedi", "en", "The meeting was not cancelled"),
    ("ar", "لا يزال الجسر مغلقا", "en", "The bridge is still closed"),
    ("ar", "توقفت الرحلات إلى أجل غير مسمى", "en", "Flights have stopped indefinitely"),
    ("en", "Selim beat Orhan in the final", "en", "Orhan lost to Selim in the final"),
    ("en", "The mine at Torvale was flooded", "tr", "Torvale'deki maden suya gömüldü"),
    ("en", "Greece accused Turkey", "en", "Turkey was accused by Greece"),
]

CONFLICT = [
    ("en", "About 1,200 people came", "en", "About 1,300 people came", "number"),
    ("en", "More than 100 houses burned", "en", "320 houses burned", "number"),
    ("en", "The firm made $2.5bn", "en", "The firm made $2.5m", "number"),
    ("en", "The firm paid 200 dollars", "en", "The firm paid 200 euros", "number"),
    ("en", "Dozens of people came", "tr", "Yüzlerce kişi geldi", "number"),
    ("en", "The Reds won 2-1", "en", "The Reds won 3-1", "number"),
    ("en", "It was the third attack", "tr", "Bu dördüncü saldırıydı", "number"),
    ("tr", "Fiyatlar iki kat arttı", "tr", "Fiyatlar beş kat arttı", "number"),
    ("ar", "قتل اثنا عشر جنديا", "en", "Fourteen soldiers were killed", "number"),
    ("ar", "أسقط الجيش طائرتين", "en", "The army shot down four planes", "number"),
    ("en", "They met on Monday", "ar", "التقيا يوم الثلاثاء", "date"),
    ("en", "They met in the 2023 talks", "en", "They met in the 2024 talks", "date"),
    ("ar", "اجتمعا في 12 تشرين الأول", "tr", "12 Kasım'da görüştüler", "date"),
    ("tr", "Duruşma gelecek hafta başlayacak", "tr", "Duruşma geçen hafta başladı", "date"),
    ("en", "The vaccine is safe", "en", "The vaccine is unsafe", "opposite"),
    ("en", "The offer was fair", "en", "The offer was unfair", "negation"),
    ("tr", "Şoför kusurlu bulundu", "tr", "Şoför kusursuz bulundu", "opposite"),
    ("tr", "Bakan istifa edecek", "tr", "Bakan istifa etmeyecek", "negation"),
    ("ar", "ألغت الشركة رحلاتها", "ar", "لم تلغ الشركة رحلاتها", "negation"),
    ("en", "They signed the deal", "en", "They failed to sign the deal", "negation"),
    ("en", "Prices rose in May", "ar", "انخفضت الأسعار في أيار", "opposite"),
    ("en", "The fair opened in Vienna", "tr", "Fuar Berlin'de açıldı", "place"),
]


def judged(language, text, other_language, other):
    """Judged as if a score had said that both are about the same matter."""
    one = contradiction.read(text, language)
    return contradiction.judge(one, contradiction.read(other, other_language), 0.99)


@pytest.mark.parametrize(("language", "text", "other_language", "other"), AGREE)
def test_what_agrees_is_the_same_whichever_stands_first(language, text, other_language, other):
    assert judged(language, text, other_language, other) == ("same", ())
    assert judged(other_language, other, language, text) == ("same", ())


@pytest.mark.parametrize(("language", "text", "other_language", "other", "code"), CONFLICT)
def test_what_conflicts_is_told_by_its_reason(language, text, other_language, other, code):
    for said in (
        judged(language, text, other_language, other),
        judged(other_language, other, language, text),
    ):
        assert [reason.code for reason in said.reasons] == [code]
        assert said.relation == "contradicts"


@pytest.mark.parametrize(
    ("language", "claim", "denial"),
    [
        ("en", "The mayor resigned", "The mayor denied that she had resigned"),
        ("en", "The mayor resigned", "Reports that the mayor resigned are baseless"),
        ("tr", "Başkan istifa etti", "Başkan istifa ettiği iddialarını reddetti"),
        ("tr", "Başkan istifa etti", "Başkanın istifa ettiği haberi asılsız"),
        ("ar", "استقال رئيس البلدية", "نفى رئيس البلدية استقالته"),
        ("ar", "استقال رئيس البلدية", "خبر استقالة رئيس البلدية عار عن الصحة"),
    ],
)
def test_a_denial_is_a_position_on_the_claim_and_never_a_duplicate(language, claim, denial):
    said = judged(language, claim, language, denial)

    assert said.relation == "contradicts"
    assert said.reasons[0].code == "denial"


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("en", "The mayor denied that she resigned", "The resignation was denied by the mayor"),
        ("en", "The mayor did not deny that she resigned", "The mayor resigned"),
        ("en", "The bank rejected the offer", "The offer was turned down by the bank"),
    ],
)
def test_two_denials_no_denial_and_a_refused_offer_do_not_contradict(language, text, other):
    assert judged(language, text, language, other).relation == "same"


@pytest.mark.parametrize(
    ("language", "text", "other_language", "other", "reason"),
    [
        (
            "en",
            "Senator Daniel Okello was jailed",
            "en",
            "Senator Peter Mwangi was jailed",
            Reason("actor", "Daniel", "Peter"),
        ),
        (
            "tr",
            "Sağlık Bakanlığı yeni kararı duyurdu",
            "ar",
            "أعلنت وزارة الداخلية القرار الجديد",
            Reason("actor", "health", "interior"),
        ),
        (
            "ar",
            "اتهمت روسيا أوكرانيا بقصف المحطة",
            "en",
            "Ukraine accused Russia of shelling the plant",
            Reason("roles", "روسيا", "Ukraine"),
        ),
        (
            "tr",
            "Yunanistan, Türkiye'yi suçladı",
            "tr",
            "Türkiye, Yunanistan'ı suçladı",
            Reason("roles", "Yunanistan", "Türkiye"),
        ),
    ],
)
def test_another_actor_or_changed_roles_are_related(language, text, other_language, other, reason):
    assert judged(language, text, other_language, other) == ("related", (reason,))


def test_a_number_or_a_time_in_one_claim_only_is_no_conflict():
    assert judged("en", "12 people were hurt on Monday", "en", "People were hurt").relation == (
        "same"
    )


@pytest.mark.parametrize(
    ("language", "text", "day", "other_language", "other", "other_day", "relation"),
    [
        ("en", "They met yesterday", "2024-08-06", "en", "They met today", "2024-08-05", "same"),
        (
            "en",
            "They met yesterday",
            "2024-08-06",
            "en",
            "They met today",
            "2024-08-06",
            "contradicts",
        ),
        (
            "en",
            "They met yesterday",
            "2024-08-06",
            "ar",
            "التقيا يوم الاثنين",
            "2024-08-07",
            "same",
        ),
        (
            "en",
            "They met yesterday",
            "2024-08-06",
            "ar",
            "التقيا يوم الاثنين",
            "2024-08-14",
            "contradicts",
        ),
        ("tr", "Geçen ay görüştüler", "2024-08-06", "en", "They met in July 2024", None, "same"),
        (
            "tr",
            "Geçen ay görüştüler",
            "2024-08-06",
            "en",
            "They met in June 2024",
            None,
            "contradicts",
        ),
        ("tr", "Geçen ay görüştüler", None, "en", "They met in June 2024", None, "same"),
        (
            "ar",
            "التقيا الأسبوع الماضي",
            "2024-08-06",
            "en",
            "They met on 1 August 2024",
            None,
            "same",
        ),
        (
            "ar",
            "التقيا الأسبوع الماضي",
            "2024-08-06",
            "en",
            "They met on 5 August 2024",
            None,
            "contradicts",
        ),
    ],
)
def test_relative_times_are_compared_from_the_days_they_were_said(
    language, text, day, other_language, other, other_day, relation
):
    one, two = (
        contradiction.read(words, code, date.fromisoformat(said) if said else None)
        for words, code, said in ((text, language, day), (other, other_language, other_day))
    )

    assert contradiction.judge(one, two, 0.99).relation == relation


def test_a_low_score_keeps_its_word_whatever_conflicts():
    one = contradiction.read("Prices rose by 5 percent", "en")
    other = contradiction.read("A museum opened 12 rooms", "en")

    assert contradiction.judge(one, other, 0.001) == ("unrelated", ())
    assert contradiction.judge(one, other, 0.1) == ("related", ())


def test_the_reason_is_said_in_words_for_the_command_line():
    assert contradiction.in_words(Reason("number", "12", "17")) == "another number: 12, 17"
    assert contradiction.in_words(Reason("negation", "", "not")) == "one says no to it: not"


@pytest.mark.parametrize("language", KNOWN)
@pytest.mark.parametrize(
    "text",
    [
        "12 people between 3 and 5 in Vienna were not hurt",
        "بین ۳ و ۵ نفر در تهران",
        "",
        " ",
        "%",
        "٪",
        "5",
        "…",
        "و",
        "yüzde",
        "one and a",
        "- - -",
        "\ud800",
        "9" * 5000,
    ],
)
def test_whatever_the_text_is_it_is_read(language, text):
    one = contradiction.read(text, language)

    assert contradiction.judge(one, one, 1.0) == ("same", ())
