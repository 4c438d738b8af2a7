"""Turkish: who says what in a sentence whose verb stands at its end."""

import pytest

from claims.detection import detector
from claims.languages.tr import denial, verbs, words
from tests.detection.conftest import PUBLISHED


def _said(text: str) -> list[tuple[str, str | None, str]]:
    found = detector.split(text, language="tr", published=PUBLISHED).claims
    return [(c.text, c.claimant.text if c.claimant else None, c.form) for c in found]


def test_a_verb_of_saying_is_known_in_its_tenses_and_as_converb_and_participle():
    speaking = verbs.speaking()
    assert [
        speaking[form].form
        for form in ("söylüyor", "kaydediyordu", "açıklamıştı", "belirtmektedir")
    ] == ["finite"] * 4
    assert [
        speaking[form].form for form in ("vurgulayarak", "kaydederken", "ifade edip", "diyerek")
    ] == ["converb"] * 4
    assert [
        speaking[form].form for form in ("dikkat çeken", "anımsatan", "iddia eden", "diyen")
    ] == ["participle"] * 4


def test_what_is_said_to_be_said_does_not_speak():
    # "the announced plan" is not "the plan that announces"
    assert "açıklanan" not in verbs.speaking()
    assert verbs.speaking()["öğrenildi"].passive


@pytest.mark.parametrize(
    ("word", "finite"),
    [
        ("gitti", True),
        ("aldı", True),
        ("yansıtıyor", True),
        ("fiyatı", False),
        ("hayatı", False),
        ("şartı", False),
        ("nakdi", False),
    ],
)
def test_the_past_hardens_behind_voiceless_consonants_only(word, finite):
    assert words.is_finite(word) is finite


def test_the_root_of_a_verb_is_the_same_denied_and_affirmed():
    assert denial.stem("ödenmediğini") == denial.stem("ödendiğini") == "öden"
    assert denial.stem("kapanmayacağını") == denial.stem("kapanacak") == "kapan"


def test_a_verb_that_only_carries_a_noun_is_denied_by_the_noun():
    assert denial.denied(["kimseyi", "tehdit", "etmediğini"]) == "teht"
    assert denial.denied(["kapı", "açılmadı"]) == "açıl"
    assert denial.denied(["kapı", "açıldı"]) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # participles of saying, with the speaker behind them
        (
            "Köprünün güvenli olduğuna dikkati çeken Kaya, trafiğin süreceğini kaydetti.",
            [
                ("Köprünün güvenli olduğuna", "Kaya", "indirect"),
                ("trafiğin süreceğini", "Kaya", "indirect"),
            ],
        ),
        (
            "Sınavların ertelendiğini anımsatan Rektör Ece Tan, derslerin başladığını söyledi.",
            [
                ("Sınavların ertelendiğini", "Rektör Ece Tan", "indirect"),
                ("derslerin başladığını", "Rektör Ece Tan", "indirect"),
            ],
        ),
        # offices and bodies in small letters go on with the name
        (
            "Sendika başkanı ücretlerin düştüğünü söyledi.",
            [("ücretlerin düştüğünü", "Sendika başkanı", "indirect")],
        ),
        (
            "Derneğin sözcüsü parkın kapandığını duyurdu.",
            [("parkın kapandığını", "Derneğin sözcüsü", "indirect")],
        ),
        # a noun like a locative is none
        (
            "Gazete, limanın satıldığını yazdı.",
            [("limanın satıldığını", "Gazete", "indirect")],
        ),
        # where and when it was said belongs to the frame
        (
            "Vali Nur Ak, yerel bir kanala verdiği röportajda, yolun açıldığını bildirdi.",
            [("yolun açıldığını", "Vali Nur Ak", "indirect")],
        ),
        # the name stands behind what leads in
        (
            "Yangınla ilgili İtfaiye Müdürü Can Su yangının söndürüldüğünü açıkladı.",
            [("yangının söndürüldüğünü", "İtfaiye Müdürü Can Su", "indirect")],
        ),
        # a qualifier in capitals names nobody
        (
            "Sektör genelinde kârlılığın düştüğünü belirtti.",
            [("Sektör genelinde kârlılığın düştüğünü", None, "indirect")],
        ),
        # a relative clause before the object reports nothing
        (
            "Kaya, yazdığı mektubu okuyucularla paylaştı.",
            [("Kaya, yazdığı mektubu okuyucularla paylaştı", None, "narration")],
        ),
        # a quotation that is only part of what is told
        (
            "Kaya, seçim sonuçlarının “bir hafta geç geleceğini” söyledi.",
            [("seçim sonuçlarının “bir hafta geç geleceğini”", "Kaya", "indirect")],
        ),
        # a quotation behind a report, its verb left out
        (
            'Kaya, barajın dolduğunu ifade ederek, "Su sorunu bitti."',
            [("barajın dolduğunu", "Kaya", "indirect"), ("Su sorunu bitti", "Kaya", "direct")],
        ),
    ],
)
def test_who_says_what(text, expected):
    assert _said(text) == expected


@pytest.mark.parametrize(
    "headline",
    [
        '"BARAJ BU YIL DOLACAK"',
        '"Baraj bu yıl dolacak"',
        "'Baraj bu yıl dolacak'",
        "Kaya: Baraj dolacak",
    ],
)
def test_a_headline_that_lost_its_line_is_no_claim(headline):
    text = f"{headline} Su İşleri Müdürü Kaya, barajın dolduğunu bildirdi."
    assert _said(text) == [("barajın dolduğunu", "Su İşleri Müdürü Kaya", "indirect")]


def test_a_title_in_quotation_marks_opens_its_sentence():
    text = '"Mavi Göl" Derneği, gölün kirlendiğini bildirdi.'
    assert [c[0] for c in _said(text)] == ["gölün kirlendiğini"]


def test_an_adjective_of_possibility_closes_no_clause():
    text = "Kaya, bankanın öngörülebilir ve kararlı bir yol izlediğini söyledi."
    assert _said(text) == [
        ("bankanın öngörülebilir ve kararlı bir yol izlediğini", "Kaya", "indirect")
    ]


def test_the_sentences_of_a_quotation_part_at_but_and_before_numbers():
    text = 'Kaya, "Vapur eskidir ama yenisi sağlamdır. 40 sefer yapıldı." dedi.'
    assert [c[0] for c in _said(text)] == ["Vapur eskidir", "yenisi sağlamdır", "40 sefer yapıldı"]


def test_a_date_of_what_led_to_the_quotation_dates_not_each_of_its_sentences():
    text = (
        "Bugün köprünün açıldığını belirten Kaya, sözlerini şöyle sürdürdü: "
        '"Yol uzundur. Tünel eskidir."'
    )
    found = detector.split(text, language="tr", published=PUBLISHED).claims
    assert [(c.text, len(c.dates)) for c in found] == [
        ("Bugün köprünün açıldığını", 1),
        ("Yol uzundur", 0),
        ("Tünel eskidir", 0),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # a word of judgement before the predicate only qualifies a noun
        ("Kaya, güçlü deprem sırasında iki evin yıkıldığını söyledi.", "event"),
        ("Kaya, kararın yanlış olduğunu söyledi.", "opinion"),
        # the verb of counting stands behind its number
        ("Şirketin hissesi günü 42,5 lira seviyesinde tamamladı.", "quantity"),
        ("Kulüp tesisi 2 bin kişinin önünde açtı.", "event"),
        # the aorist tells what is always so, the future suffix with -dir what will be
        ("Çiftçiler suyu bu kanaldan alır.", "background"),
        ("Piyasa bu kararı ödüllendirecektir.", "prediction"),
        ("Kaya, yolda can kaybı olmadığını söyledi.", "background"),
    ],
)
def test_kinds_are_read_off_the_predicate(text, kind):
    found = detector.split(text, language="tr", published=PUBLISHED).claims
    assert [c.kind for c in found] == [kind]


def test_a_speech_may_stand_in_single_marks():
    text = (
        "Kaya köprüyü gezdikten sonra 'Ankara'nın çevre yolu bitti. Bursa'nın uzun tüneli ise "
        "seneye kaldı' dedi."
    )
    assert _said(text) == [
        ("Ankara'nın çevre yolu bitti", "Kaya", "direct"),
        ("Bursa'nın uzun tüneli ise seneye kaldı", "Kaya", "direct"),
    ]


def test_a_title_in_single_marks_is_no_speech():
    text = "Kaya, 'Mavi Göl' adlı projenin bittiğini söyledi."
    assert _said(text) == [("'Mavi Göl' adlı projenin bittiğini", "Kaya", "indirect")]


def test_a_passive_names_its_source_before_the_quotation():
    text = 'Valilikten yapılan açıklamada, "Yol dün açıldı. Köprü kapalıdır." denildi.'
    assert _said(text) == [
        ("Yol dün açıldı", "Valilikten yapılan açıklamada", "direct"),
        ("Köprü kapalıdır", "Valilikten yapılan açıklamada", "direct"),
    ]


def test_what_shows_something_without_a_party_reports_nothing():
    text = "Verilerin kötü gelmesi yavaşlamanın sürdüğünü ortaya koydu."
    assert [form for _, _, form in _said(text)] == ["narration"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Meclis, 2023 yılı bütçesini kabul etti.", []),
        ("Meclis, 2023 yılı içinde toplandı.", ["2023 yılı"]),
        ("Meclis 2023 yılında toplandı.", ["2023 yılında"]),
    ],
)
def test_a_year_that_qualifies_a_noun_dates_nothing(text, dates):
    found = detector.split(text, language="tr", published=PUBLISHED).claims
    assert [date.text for claim in found for date in claim.dates] == dates


def test_a_quotation_that_ends_the_text_is_read_to_its_end():
    assert _said('Kaya şöyle dedi: "Yol bitti, köprü açıldı. Son') == [
        ("Yol bitti", "Kaya", "direct"),
        ("köprü açıldı", "Kaya", "direct"),
    ]
