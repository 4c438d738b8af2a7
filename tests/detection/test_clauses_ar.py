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


def test_what_is_done_together_with_a_subject_belongs_to_it() -> None:
    assert claims_of(
        "قال العميد إن رعاية الجامعة للطلاب وخدمتها للمدينة وتبنيها لمشروعاتهم قد جعلها مقصدا للجميع."
    ) == ["رعاية الجامعة للطلاب وخدمتها للمدينة وتبنيها لمشروعاتهم قد جعلها مقصدا للجميع"]


def test_a_noun_that_is_spelled_like_a_verb_ends_no_subject() -> None:
    assert claims_of("قال الخبير إن تصاعد الأسعار وتسارع الطلب يقلق التجار.") == [
        "تصاعد الأسعار وتسارع الطلب يقلق التجار"
    ]


def test_a_contrast_without_a_verb_is_no_claim() -> None:
    assert claims_of("قالت الوزيرة إنه يجب تسهيل عبور الشاحنات وليس عرقلتها.") == [
        "يجب تسهيل عبور الشاحنات وليس عرقلتها"
    ]


def test_reasons_stay_together_behind_their_because() -> None:
    assert claims_of("رفض النادي العرض لأنه يحرمه من ملعبه ويلزمه بدفع رسوم.") == [
        "رفض النادي العرض لأنه يحرمه من ملعبه ويلزمه بدفع رسوم"
    ]


def test_so_with_a_noun_behind_a_comma_begins_a_new_clause() -> None:
    assert claims_of("قال التاجر إن السوق لم تستقر بعد، فالطلب ضعيف منذ شهور.") == [
        "السوق لم تستقر بعد",
        "الطلب ضعيف منذ شهور",
    ]


def test_a_letter_of_the_word_itself_is_no_conjunction() -> None:
    assert claims_of("كانت المدينة على وشك الإفلاس قبل وفاتها بشهور.") == [
        "كانت المدينة على وشك الإفلاس قبل وفاتها بشهور"
    ]
    assert claims_of("وكان المدرب قد غادر البلاد.") == ["كان المدرب قد غادر البلاد"]


def test_but_without_a_clause_only_bounds_what_is_said() -> None:
    assert claims_of("طالب التجار بخفض الرسوم، ولكن ليس بإلغاء الضريبة.") == [
        "طالب التجار بخفض الرسوم، ولكن ليس بإلغاء الضريبة"
    ]
    assert claims_of("لم يغلق المجلس السوق، بل اكتفى بتقصير ساعاتها.") == [
        "لم يغلق المجلس السوق",
        "اكتفى بتقصير ساعاتها",
    ]


def test_a_concession_and_what_follows_it_are_one_proposition() -> None:
    assert claims_of("قال المدرب إنه على الرغم من الخسارة، فإن الفريق لن يغير خطته.") == [
        "إنه على الرغم من الخسارة، فإن الفريق لن يغير خطته"
    ]


def test_a_verb_in_the_person_of_the_main_verb_leaves_the_relative_clause() -> None:
    assert claims_of(
        "قال الخبير إن المصانع تنتج نصف الزجاج الذي يحتاجه السوق، وتشغل آلاف العمال."
    ) == ["المصانع تنتج نصف الزجاج الذي يحتاجه السوق", "تشغل آلاف العمال"]


def test_turned_guillemets_stay_outside_as_others_do() -> None:
    assert claims_of(
        "وقال المدير:» إن المصنع يعمل ليلا ونهارا «. وأضاف:» ننتج الورق منذ عقود «."
    ) == [
        "المصنع يعمل ليلا ونهارا",
        "ننتج الورق منذ عقود",
    ]


def test_a_mark_that_opens_what_follows_is_left_to_it() -> None:
    assert claims_of("قالت المتحدثة إن العمال وصلوا إلى الموقع «وتعرضوا لمضايقات كثيرة هناك».") == [
        "العمال وصلوا إلى الموقع",
        "تعرضوا لمضايقات كثيرة هناك",
    ]


def test_the_verbs_of_a_reduced_relative_clause_stay_together() -> None:
    assert claims_of("أعلن المجلس هدنة تبدأ غدا وتستمر أسبوعا.") == [
        "أعلن المجلس هدنة تبدأ غدا وتستمر أسبوعا"
    ]


def test_a_question_is_no_claim_whatever_follows_it() -> None:
    assert claims_of("هل يتوقف المصنع بعد بيع الآلات؟ وصل المشتري إلى الميناء.") == [
        "وصل المشتري إلى الميناء"
    ]


def test_a_headline_is_no_claim_even_with_a_colon() -> None:
    body = "قال العمدة إن الجسر آمن. وأضاف أن المرور يعود غدا. وشكر العمال."
    assert "الجسر آمن" in claims_of(f"العمدة: الجسر آمن والمرور يعود قريبا\n{body}")[0]


def test_what_an_agency_files_a_report_under_is_left_out() -> None:
    assert claims_of("نيقوسيا 15-8 (إف ب)-بحر/سفينة-وصلت السفينة إلى الميناء الغربي.") == [
        "وصلت السفينة إلى الميناء الغربي"
    ]
