"""Who says what: frames before, behind and inside what is said, in three languages."""

import pytest


def _said(claims):
    return [(c.text, c.claimant.text if c.claimant else None) for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "قال وزير النقل سامي الخطيب إن الجسر سيفتح قريبا.",
            [("الجسر سيفتح قريبا", "وزير النقل سامي الخطيب")],
        ),
        (
            "وذكر المتحدث باسم البلدية، نادر حداد، أن الأشغال انتهت.",
            [("الأشغال انتهت", "المتحدث باسم البلدية، نادر حداد")],
        ),
        (
            "لكن شركة المياه قالت إن الشبكة سليمة.",
            [("الشبكة سليمة", "شركة المياه")],
        ),
        (
            "ووفقا لمصادر مطلعة، غادر الوفد العاصمة.",
            [("غادر الوفد العاصمة", "مصادر مطلعة")],
        ),
        (
            "أغلقت الشرطة ثلاثة شوارع كما أعلنت البلدية.",
            [("أغلقت الشرطة ثلاثة شوارع", "البلدية")],
        ),
        (
            "وفي حديث للصحفيين، أكدت الوزيرة أن الميزانية لن تتغير.",
            [("الميزانية لن تتغير", "الوزيرة")],
        ),
        (
            "قال المدير إن المصنع توقف، مضيفا أن العمال عادوا إلى بيوتهم.",
            [("المصنع توقف", "المدير"), ("العمال عادوا إلى بيوتهم", "المدير")],
        ),
    ],
)
def test_an_arabic_frame_is_taken_off_its_content(split, text, expected):
    assert _said(split(text)) == expected


def test_a_verb_without_a_subject_belongs_to_the_nearest_party_that_spoke(split):
    claims = split(
        "قالت مديرة المستشفى هدى سليم إن القسم ممتلئ.\nوأضافت: «وصل خمسون مريضا منذ الصباح»."
    )
    assert [c.claimant.text for c in claims] == ["مديرة المستشفى هدى سليم"] * 2
    assert claims[1].form == "direct"
    assert claims[1].text == "وصل خمسون مريضا منذ الصباح"


def test_the_innermost_speaker_is_the_claimant_and_the_outer_one_is_via(split):
    (claim,) = split("ذكرت صحيفة محلية أن رئيس البلدية قال إن السوق سينقل.")
    assert claim.text == "السوق سينقل"
    assert claim.claimant.text == "رئيس البلدية"
    assert claim.via.text == "صحيفة محلية"


def test_an_announcement_without_an_agent_has_no_claimant(split):
    claim = split("وأعلن في العاصمة، أمس، أن المطار سيغلق أسبوعا.")[0]
    assert claim.claimant is None
    assert claim.form == "indirect"
    assert claim.cue.text == "أعلن"


def test_what_is_believed_by_nobody_in_particular_has_no_claimant(split):
    claims = split("قال الخبير إن السد متين. ويعتقد أن المشروع كلف مليار دولار.")
    assert [c.claimant.text if c.claimant else None for c in claims] == ["الخبير", None]
    assert claims[1].form == "indirect"


def test_what_the_article_recalls_is_narration(split):
    (claim,) = split("يذكر أن المصنع بني في الضاحية الشرقية.")
    assert claim.text == "المصنع بني في الضاحية الشرقية"
    assert (claim.form, claim.claimant, claim.cue) == ("narration", None, None)


def test_fused_sentences_are_split_where_the_new_verb_begins(split):
    claims = split("لم تكشف الشركة تفاصيل الصفقة وأغلقت البورصة أبوابها مبكرا.")
    assert [c.text for c in claims] == [
        "لم تكشف الشركة تفاصيل الصفقة",
        "أغلقت البورصة أبوابها مبكرا",
    ]


def test_a_relative_clause_stays_where_it_is(split):
    claims = split("زار الوفد المصنع الذي أغلقته الحكومة قبل عامين.")
    assert len(claims) == 1


def test_a_denial_frame_does_not_make_the_next_clause_a_denial(split):
    claims = split("نفت الشركة أن الخزان تسرب وأغلقت المصنع يومين.")
    assert [c.stance for c in claims] == ["denies", "asserts"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ulaştırma Bakanı Selim Kaya, köprünün yarın açılacağını söyledi.",
            [("köprünün yarın açılacağını", "Ulaştırma Bakanı Selim Kaya")],
        ),
        (
            'Belediye Başkanı Ayla Demir, "Yol güvenli. Yarın açıyoruz." dedi.',
            [
                ("Yol güvenli", "Belediye Başkanı Ayla Demir"),
                ("Yarın açıyoruz", "Belediye Başkanı Ayla Demir"),
            ],
        ),
        (
            "Kaya, çalışmaların bittiğini belirterek, köprünün sağlam olduğunu kaydetti.",
            [("çalışmaların bittiğini", "Kaya"), ("köprünün sağlam olduğunu", "Kaya")],
        ),
        (
            "Yerel basına göre, köprü dün kapatıldı.",
            [("köprü dün kapatıldı", "Yerel basına")],
        ),
        (
            "Şirketin kapandığı öne sürüldü.",
            [("Şirketin kapandığı", None)],
        ),
    ],
)
def test_a_turkish_report_stands_before_its_verb(split, text, expected):
    assert _said(split(text, "tr")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Transport Minister Sam Cole said that the bridge would open soon.",
            [("the bridge would open soon", "Transport Minister Sam Cole")],
        ),
        (
            "The bridge was closed on Monday, officials said.",
            [("The bridge was closed on Monday", "officials")],
        ),
        (
            "According to the port authority, two ships left the harbour.",
            [("two ships left the harbour", "the port authority")],
        ),
        (
            "“The bridge is safe,” Cole said. “We open it tomorrow.”",
            [("The bridge is safe", "Cole"), ("We open it tomorrow", "Cole")],
        ),
        (
            "Mayor Ann Reed opened the market. She said the hall had cost nine million pounds.",
            [
                ("Mayor Ann Reed opened the market", None),
                ("the hall had cost nine million pounds", "Mayor Ann Reed"),
            ],
        ),
    ],
)
def test_an_english_frame_is_taken_off_its_content(split, text, expected):
    assert _said(split(text, "en")) == expected
