"""Where Arabic clauses begin and end, in sentences of our own."""

from datetime import date

from claims.detection import detector


def claims_of(text: str) -> list[str]:
    found = detector.split(text, language="ar", published=date(2026, 10, 12))
    return [claim.text for claim in found.claims]


def test_an_adverbial_before_its_verb_is_no_claim_of_its_own() -> None:
    assert claims_of("وفي ذلك الاجتماع، أكد الوزير على دور الجيش في تحقيق الاستقرار.") == [
        "في ذلك الاجتماع، أكد الوزير على دور الجيش في تحقيق الاستقرار"
    ]


def test_a_speaker_behind_what_is_said_still_has_said_it() -> None:
    assert claims_of("سيصل الوفد غدا إلى العاصمة، قال الوزير.") == ["سيصل الوفد غدا إلى العاصمة"]


def test_what_somebody_has_is_stated_without_a_verb() -> None:
    assert claims_of(
        "والمدينة من أكبر موانئ الساحل لكن لها أيضا علاقات وثيقة مع الجزر وتسعى إلى توسيعها."
    ) == [
        "المدينة من أكبر موانئ الساحل",
        "لها أيضا علاقات وثيقة مع الجزر",
        "تسعى إلى توسيعها",
    ]
