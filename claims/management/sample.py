"""The demo desk's articles and verdicts. Outlets, people and addresses are invented."""

from __future__ import annotations

from typing import Any, NamedTuple


class Article(NamedTuple):
    language: str
    outlet: str
    url: str
    published_on: str
    text: str


class Verdict(NamedTuple):
    """`words` stand in the claim that it is about."""

    words: str
    rating: str
    summary: str
    explanation: str
    evidence: tuple[dict[str, Any], ...]


OUTLETS = (
    ("وكالة الميناء", "https://mina.example", "ar"),
    ("صحيفة الضفة الأخرى", "https://daffa.example", "ar"),
    ("Kıyı Gazetesi", "https://kiyi.example", "tr"),
    ("Boğaz Haber", "https://bogaz.example", "tr"),
    ("The Harbour Courier", "https://courier.example", "en"),
)

ARTICLES = (
    Article(
        "ar",
        "وكالة الميناء",
        "https://mina.example/2026/10/12/sofia",
        "2026-10-12",
        "صحيفة تتحدث عن لقاء وزاري في صوفيا ومسؤولون ينفون\n"
        "قالت وزارة النقل البلغارية، أمس الأحد، إن أربعة آلاف شاحنة تنتظر عند معبر الجسر القديم "
        "بسبب أعمال الصيانة.\n"
        "وأضافت الوزارة أن المعبر استقبل مليونًا ومئتي ألف مسافر في عام 2025.\n"
        "وفي الأسبوع الماضي، ذكرت صحيفة تركية أن وزيري خارجية البلدين سيلتقيان في صوفيا في ديسمبر "
        "المقبل، لكن مسؤولين أتراكًا نفوا التقرير، قائلين إنه «لا أساس له من الصحة».\n"
        "وقال رئيس غرفة الناقلين سمير العطار: «نحتاج إلى مواعيد واضحة لكل سائق».\n"
        "وشهد المعبر توسعة كبيرة في عام 2019، وتضاعف عدد مساراته.",
    ),
    Article(
        "tr",
        "Kıyı Gazetesi",
        "https://kiyi.example/gundem/sofya",
        "2026-10-12",
        "Sofya'da görüşme iddiasına yalanlama\n"
        "Bir Türk gazetesi, iki ülkenin dışişleri bakanlarının aralık ayında Sofya'da görüşeceğini "
        "yazdı. Dışişleri kaynakları haberi yalanladı.\n"
        "Ulaştırma Bakanlığı, Eski Köprü sınır kapısında dün 4 bin tırın beklediğini açıkladı.\n"
        'Nakliyeciler Odası Başkanı Selim Arsoy, "Sürücüler saatlerce bekliyor" dedi.\n'
        "Kapı 2019'da genişletildi.",
    ),
    Article(
        "en",
        "The Harbour Courier",
        "https://courier.example/news/sofia-talks",
        "2026-10-13",
        "Officials dismiss report of Sofia meeting\n"
        "A Turkish newspaper reported last week that the two foreign ministers will meet in Sofia "
        "in December, but Turkish officials denied the report.\n"
        "The transport ministry said on Sunday that 4,000 lorries were waiting at the Old Bridge "
        "crossing.\n"
        "The crossing handled 1.2 million passengers in 2025, according to the ministry.\n"
        "“Drivers need clear slots,” said Samir Attar, who heads the hauliers' chamber.",
    ),
)

PUBLISHED = Verdict(
    words="أربعة آلاف شاحنة",
    rating="misleading",
    summary="انتظرت نحو 1500 شاحنة يوم الأحد؛ أما الأربعة آلاف فهي مجموع الأسبوع.",
    explanation=(
        "تنشر إدارة المعبر عدد الشاحنات المنتظرة كل ست ساعات، وأعلى رقم يوم الأحد 11 أكتوبر هو "
        "1512 شاحنة [1].\n\n"
        "أما الرقم أربعة آلاف فيرد في نشرة غرفة الناقلين مجموعًا لما عبر خلال الأسبوع كله، لا لما "
        "كان ينتظر في يوم واحد [2]. لذلك حكمنا بأن الادعاء مضلّل: الرقم موجود، لكنه يصف شيئًا آخر."
    ),
    evidence=(
        {
            "url": "https://crossing.example/waiting/2026-10-11",
            "title": "سجل الانتظار في معبر الجسر القديم، 11 أكتوبر 2026",
            "publisher": "إدارة المعبر",
            "quote": "أعلى عدد منتظر: 1512 شاحنة عند الساعة 18:00",
            "quote_language": "ar",
            "relation": "refutes",
            "primary": True,
            "independence_group": "إدارة المعبر",
        },
        {
            "url": "https://hauliers.example/bulletin/41",
            "title": "نشرة الأسبوع 41",
            "publisher": "غرفة الناقلين",
            "quote": "عبر الجسر القديم هذا الأسبوع 4060 شاحنة",
            "quote_language": "ar",
            "relation": "context",
            "primary": False,
            "independence_group": "غرفة الناقلين",
        },
    ),
)

IN_REVIEW = Verdict(
    words="مليونًا ومئتي ألف مسافر",
    rating="true",
    summary="إحصاء المعبر لعام 2025 يذكر مليونًا ومئتين وأربعة آلاف مسافر.",
    explanation=(
        "يذكر التقرير السنوي للمعبر 1,204,318 مسافرًا في عام 2025 [1]، وتورد نشرة مكتب الإحصاء "
        "الرقم نفسه مقرّبًا [2]."
    ),
    evidence=(
        {
            "url": "https://crossing.example/annual/2025",
            "title": "التقرير السنوي 2025",
            "publisher": "إدارة المعبر",
            "quote": "عدد المسافرين: 1,204,318",
            "quote_language": "ar",
            "relation": "supports",
            "primary": True,
            "independence_group": "إدارة المعبر",
        },
        {
            "url": "https://statistics.example/borders/2025",
            "title": "Border traffic 2025",
            "publisher": "مكتب الإحصاء",
            "quote": "Old Bridge: 1.2 million passengers",
            "quote_language": "en",
            "relation": "supports",
            "primary": False,
            "independence_group": "مكتب الإحصاء",
        },
    ),
)

CONTESTED = "سيلتقيان في صوفيا"
