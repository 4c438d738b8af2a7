"""What is read and written on a day at the desk, in Arabic and in English (all of it invented)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A verdict in one language: statement, summary and explanation."""

    statement: str
    summary: str
    explanation: str


@dataclass(frozen=True)
class Day:
    """`about`: what the rule, the filter and the search go by; it stands in the claim. `parties`: the
    same party under two names, as the article has them. `translated`: the verdict in `other`."""

    language: str
    article: str
    about: str
    parties: tuple[str, str]
    question: str
    contact: str
    answer: str
    expert: str
    first: Words
    sent_back: str
    second: str
    other: str
    translated: Words
    complaint: str
    reply: str
    correction: str
    corrected: str
    retraction: str


ARABIC = Day(
    language="ar",
    article=(
        "منارة الخليج\n"
        "قالت بلدية الخليج إن المنارة الجديدة كلّفت تسعة ملايين ليرة في عام 2025.\n"
        "وقالت بلدية مدينة الخليج إن المنارة تضيء منذ يوم الاثنين."
    ),
    about="المنارة",
    parties=("بلدية الخليج", "بلدية مدينة الخليج"),
    question="في أي عام وُقّع العقد؟ @reviewer",
    contact="بالهاتف",
    answer="لم تكلّف سوى سبعة ملايين.",
    expert="رأيت العقد، وفيه سبعة ملايين.",
    first=Words(
        "كلّفت المنارة الجديدة في الخليج تسعة ملايين ليرة في عام 2025",
        "كلّفت المنارة سبعة ملايين ليرة لا تسعة.",
        "يذكر العقد المنشور سبعة ملايين ليرة [1].",
    ),
    sent_back="اذكر في الخلاصة من نشر العقد.",
    second="كلّفت المنارة سبعة ملايين ليرة بحسب العقد الذي نشرته البلدية.",
    other="en",
    translated=Words(
        "The new lighthouse of the bay cost nine million lira in 2025",
        "By the contract that the town published, the lighthouse cost seven million lira.",
        "The published contract names seven million lira [1].",
    ),
    complaint="العقد المنشور لا يشمل المصابيح.",
    reply="صدقت، وصحّحنا الحكم.",
    correction="لم نحسب ثمن المصابيح، وهو في عقد ثانٍ.",
    corrected="كلّفت المنارة سبعة ملايين ونصف مليون ليرة مع مصابيحها.",
    retraction="تبيّن أن العقدين يخصّان منارة أخرى.",
)

ENGLISH = Day(
    language="en",
    article=(
        "The lighthouse\n"
        "The harbour office said that the new lighthouse cost 9 million lira in 2025.\n"
        "The town harbour office said that the lighthouse had shone since Monday."
    ),
    about="lighthouse",
    parties=("The harbour office", "The town harbour office"),
    question="Which year was the contract signed? @reviewer",
    contact="by telephone",
    answer="It cost no more than seven million.",
    expert="I have seen the contract: it says seven million.",
    first=Words(
        "The new lighthouse of the harbour cost 9 million lira in 2025",
        "The lighthouse cost seven million lira, not nine.",
        "The published contract names seven million lira [1].",
    ),
    sent_back="Say in the summary who published the contract.",
    second="By the contract that the town published, the lighthouse cost seven million lira.",
    other="ar",
    translated=Words(
        "كلّفت منارة الميناء الجديدة تسعة ملايين ليرة في عام 2025",
        "كلّفت المنارة سبعة ملايين ليرة بحسب العقد الذي نشرته البلدية.",
        "يذكر العقد المنشور سبعة ملايين ليرة [1].",
    ),
    complaint="The published contract leaves out the lamps.",
    reply="You are right, and the verdict is corrected.",
    correction="We had left out the lamps, which are in a second contract.",
    corrected="With its lamps the lighthouse cost seven and a half million lira.",
    retraction="Both contracts turned out to be those of another lighthouse.",
)
