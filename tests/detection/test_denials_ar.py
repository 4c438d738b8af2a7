"""How Arabic news denies, doubts and contradicts, one construction a test; and what only looks like it."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import contestation as benchmark  # noqa: E402


def _pairs(claims):
    """(the contested claim, the denial) of every link."""
    text = {claim.id: claim.text for claim in claims}
    return [(text[target], claim.text) for claim in claims for target in claim.contests]


@pytest.mark.parametrize(
    ("text", "report", "denial"),
    [
        pytest.param(
            "نفى رئيس الهيئة أن تكون السفينة قد رست في الميناء. "
            "وكانت إذاعة الجبل قد ذكرت أن السفينة رست ليلا.",
            "السفينة رست ليلا",
            "تكون السفينة قد رست في الميناء",
            id="denial at the top, report below",
        ),
        pytest.param(
            "كذّب القبطان ما نشرته المجلة. وكانت المجلة قد كتبت أن القبطان باع مركبه.",
            "القبطان باع مركبه",
            "كذّب القبطان ما نشرته المجلة",
            id="denial of what was published",
        ),
        pytest.param(
            "نفت الجامعة صحة الأنباء التي تحدثت عن إغلاق كلية الطب.",
            "إغلاق كلية الطب",
            "صحة الأنباء التي تحدثت عن إغلاق كلية الطب",
            id="report told by a relative clause",
        ),
        pytest.param(
            "نفى الحارس اتهامات ناديه بتسريب خطة المباراة.",
            "تسريب خطة المباراة",
            "اتهامات ناديه بتسريب خطة المباراة",
            id="accusation told by a noun",
        ),
        pytest.param(
            "قالت العاملة إن المدير ضربها. وتنصل المدير من هذه الاتهامات.",
            "المدير ضربها",
            "تنصل المدير من هذه الاتهامات",
            id="disowning the accusation",
        ),
        pytest.param(
            "قالت الشرطة إن الطالب سرق اللوحة. وجدد محاميه نفيه لهذه التهمة.",
            "الطالب سرق اللوحة",
            "جدد محاميه نفيه لهذه التهمة",
            id="denial as a noun with its pronoun",
        ),
        pytest.param(
            "قالت النيابة إن التاجر زوّر الأختام. ودفع التاجر ببراءته من التهم.",
            "التاجر زوّر الأختام",
            "دفع التاجر ببراءته من التهم",
            id="plea of innocence",
        ),
        pytest.param(
            "ذكر موقع محلي أن المسرح بيع لمستثمر. لكن مالكه كذّب ذلك.",
            "المسرح بيع لمستثمر",
            "كذّب ذلك",
            id="subject before the verb",
        ),
        pytest.param(
            "أعلن النادي أنه سدد الرواتب، لكن لاعبين شككوا في ذلك.",
            "سدد الرواتب",
            "شككوا في ذلك",
            id="subject before a doubt",
        ),
        pytest.param(
            "تقول الجارة إن الرجل سافر إلى الخارج، فيما تنفي زوجته ذلك.",
            "الرجل سافر إلى الخارج",
            "تنفي زوجته ذلك",
            id="denial behind a connective",
        ),
        pytest.param(
            "خلافا لما أعلنته الشركة من أن الخزان يكفي شهرا، قال مهندس إن الخزان لا يكفي أسبوعا.",
            "الخزان يكفي شهرا",
            "الخزان لا يكفي أسبوعا",
            id="unlike what was announced",
        ),
        pytest.param(
            "أوضحت البلدية أن ما أشيع عن إغلاق السوق القديم عار من الصحة.",
            "إغلاق السوق القديم",
            "ما أشيع عن إغلاق السوق القديم عار من الصحة",
            id="report told where it is called false",
        ),
        pytest.param(
            "وصف الناطق الأنباء عن إقالة المدرب بأنها مجرد شائعات.",
            "إقالة المدرب",
            "وصف الناطق الأنباء عن إقالة المدرب بأنها مجرد شائعات",
            id="news described as rumours",
        ),
        pytest.param(
            "انتشر مقطع يزعم أن الجسر انهار. وقالت هيئة الطرق إن المقطع مفبرك.",
            "الجسر انهار",
            "المقطع مفبرك",
            id="a clip that goes round",
        ),
        pytest.param(
            "قالت الهيئة إن الحافلات عادت إلى العمل. لكن ركابا قالوا إن الحافلات لم تعمل حتى الظهر.",
            "الحافلات عادت إلى العمل",
            "الحافلات لم تعمل حتى الظهر",
            id="no word of denying",
        ),
        pytest.param(
            "قالت الوزارة إن أسعار السكر انخفضت. وقالت الغرفة التجارية إن أسعار السكر ارتفعت.",
            "أسعار السكر انخفضت",
            "أسعار السكر ارتفعت",
            id="opposite predicates",
        ),
        pytest.param(
            "قالت البلدية إن 12 شخصا أصيبوا في التدافع. وقال مسعفون إن 30 شخصا أصيبوا فيه.",
            "12 شخصا أصيبوا في التدافع",
            "30 شخصا أصيبوا فيه",
            id="another number of the same",
        ),
        pytest.param(
            "اتهم الاتحاد الشركة بتلويث البحيرة. وردت الشركة بأن مصنعها لا يصرف مياها.",
            "الشركة بتلويث البحيرة",
            "مصنعها لا يصرف مياها",
            id="the accused answers",
        ),
        pytest.param(
            "نقلت صحيفة عن المفتي أن الصيام يسقط عن الحصادين. وأكد مكتب المفتي أن التصريح محرف.",
            "الصيام يسقط عن الحصادين",
            "التصريح محرف",
            id="who is quoted denies the quotation",
        ),
    ],
)
def test_a_denial_joins_what_it_contests(split, text, report, denial):
    assert (report, denial) in _pairs(split(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "قال موقع إن المدرب سيرحل. ورد النادي بأنه لا يعلق على الشائعات.", id="no comment"
        ),
        pytest.param(
            "نفى الوزير شائعات عن طلاقه. وكانت الحكومة قد أعلنت أن الأسعار سترتفع.",
            id="something else had been announced",
        ),
        pytest.param(
            "حكم على مدون بالسجن بتهمة نشر أخبار كاذبة في صفحته.", id="false by the charge"
        ),
        pytest.param(
            "قال اتحاد التجار إن الصادرات ارتفعت في مايو. وقال المصرف إن الواردات انخفضت في مايو.",
            id="opposite predicates of two things",
        ),
        pytest.param(
            "قالت الوزارة إن المدارس ستفتح الأحد. وقالت النقابة إن الحافلات لن تعمل الأحد.",
            id="no to something else",
        ),
        pytest.param(
            "أعلن الجيش أن جنديين قتلا في كمين. وأعلنت الشرطة أن 4 لصوص قتلوا في مطاردة.",
            id="numbers of different things",
        ),
        pytest.param("هل تنفي الشركة ما قيل عن إفلاسها القريب؟ سؤال يطرحه العمال.", id="question"),
        pytest.param(
            "شكك كثيرون في جدوى السكة قبل أعوام، واليوم يركبها الآلاف.", id="doubt of old"
        ),
        pytest.param("ألغت المحكمة قرار نفي الشيخ إلى الجزيرة، بحسب محاميه.", id="exile"),
    ],
)
def test_what_only_looks_like_a_denial_contests_nothing(split, text):
    assert _pairs(split(text)) == []


def test_a_denial_told_as_narration_names_who_denies(split):
    claims = split("ذكرت قناة أن المتحف أغلق. ووصف مدير المتحف هذا الخبر بأنه محض اختلاق.")
    assert claims[1].claimant.text == "مدير المتحف"


def test_a_source_is_not_taken_for_a_byline(split):
    (claim,) = split("كتب صحافي على حسابه أن السد القديم تصدع بعد السيول.")
    assert claim.claimant.text == "صحافي"


def test_the_constructions_are_whole_and_read_as_well_as_they_were():
    for report in benchmark.records(benchmark.REPORTS / "constructions.ar.jsonl"):
        assert report["contested"] == bool(report["pairs"]), report["id"]
        for pair in report["pairs"]:
            assert pair["claim"] in report["text"], report["id"]
            assert pair["denial"] in report["text"], report["id"]
    number, contested, linked = benchmark.over_reports("ar", None, "constructions")
    assert number == 173
    assert contested.precision >= 0.97
    assert contested.f1 >= 0.84
    assert linked.f1 >= 0.83


def test_an_accusation_that_is_answered_is_not_the_answering_partys_own_claim(split):
    claims = split(
        "ورد المتحدث على الاتهام الموجه للوزير بأنه يرفض لقاء العمال قائلا: "
        "«نحن لا نقاطع أحدا من الذين يطلبون الحوار»."
    )
    assert [claim.claimant and claim.claimant.text for claim in claims] == [None, "المتحدث"]
    assert [claim.stance for claim in claims] == ["asserts", "denies"]
    assert claims[1].contests == (claims[0].id,)


def test_an_answer_to_an_accusation_that_is_not_told_stays_the_answer(split):
    (claim,) = split("ورد المتحدث على هذه الاتهامات بأن الوزارة لم تصدر أي قرار جديد.")
    assert claim.claimant.text == "المتحدث"
