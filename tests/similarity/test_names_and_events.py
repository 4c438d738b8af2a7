"""Names told in part, side names, and what one party does besides."""

from claims.similarity import contradiction


def told(a, b, language, score=0.9):
    return contradiction.judge(
        contradiction.read(a, language), contradiction.read(b, language), score
    ).relation


def test_a_family_name_alone_is_the_same_person():
    assert told(
        "President Emmanuel Macron will travel to Cairo next week.",
        "Next week French President Macron is due in Cairo.",
        "en",
    ) == ("same")


def test_two_first_names_before_one_family_name_are_two_people():
    assert (
        told(
            "The engineer Selim Korman signed the report on the bridge.",
            "The engineer Leyla Korman signed the report on the bridge.",
            "en",
        )
        == "related"
    )


def test_a_body_by_its_letters_is_the_same_body():
    assert (
        told(
            "Türkiye İstatistik Kurumu yıllık enflasyonu yüzde 68,5 olarak açıkladı.",
            "TÜİK'in açıklamasına göre yıllık enflasyon %68,5 oldu.",
            "tr",
        )
        == "same"
    )


def test_who_is_named_first_in_a_meeting_changes_nothing():
    assert (
        told(
            "Ürdün Kralı Abdullah, Ankara'da Erdoğan ile görüştü.",
            "Erdoğan, Ankara'da Ürdün Kralı Abdullah ile görüştü.",
            "tr",
        )
        == "same"
    )


def test_who_is_named_first_in_an_accusation_does():
    assert told("اتهم السودان تشاد بتهريب السلاح.", "اتهمت تشاد السودان بتهريب السلاح.", "ar") == (
        "related"
    )


def test_a_share_of_a_unit_is_a_number():
    before = "The bank raised its main rate by a quarter of a percentage point."

    assert told(before, "The bank raised its main rate by 0.25 percentage points.", "en") == "same"
    assert (
        told(before, "The bank raised its main rate by 0.75 percentage points.", "en")
        == "contradicts"
    )


def test_names_alone_do_not_make_one_event():
    assert (
        told(
            "Elon Musk announced that Tesla would build a factory in Mexico.",
            "Elon Musk announced that Tesla would recall cars over the autopilot.",
            "en",
        )
        == "related"
    )


def test_a_negation_in_a_sentence_that_only_one_tells_says_no_to_nothing():
    assert (
        told(
            "The social worker was fired for carrying a weapon. She never liked cake.",
            "A social worker was fired for carrying a weapon in her bag.",
            "en",
        )
        == "same"
    )


def test_a_refusal_to_annul_contradicts_the_annulment():
    assert (
        told(
            "Danıştay, öğretmenlik mülakatının iptaline karar verdi.",
            "Danıştay, öğretmenlik mülakatının iptali istemini reddetti.",
            "tr",
        )
        == "contradicts"
    )
