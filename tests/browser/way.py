"""How far the article has come, and what the three people write on the way (all of it invented)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.people import Desk

STATEMENT = "أردوغان والأسد يلتقيان في موسكو في أغسطس 2024"

FIRST_DRAFT: dict[str, str] = {
    "rating": "false",
    "summary": "لم يجرِ اللقاء، ونفاه مسؤولون أتراك قبل موعده.",
    "explanation": (
        "لا يذكر جدول الزيارات المنشور أي لقاء بين الرئيسين في ذلك الشهر [2].\n\n"
        "وتعرض الموسوعة سيرة الرئيس التركي ولقاءاته من غير ذكر لهذا الموعد [1]."
    ),
}
SENT_BACK_BECAUSE = "اذكر في الخلاصة أن أغسطس انقضى بلا لقاء معلن."
SECOND_SUMMARY = "انقضى أغسطس بلا لقاء معلن، وكان مسؤولون أتراك قد نفوا الموعد سلفًا."
CORRECTED_BECAUSE = "حسبنا أن الجدول يشمل الزيارات غير الرسمية، وهو لا يشملها."
CORRECTED_SUMMARY = "انقضى أغسطس بلا لقاء معلن؛ ولا يشمل الجدول الزيارات غير الرسمية."
RETRACTED_BECAUSE = "تبيّن أن سجل الانتظار الذي اعتمدنا عليه يخص معبرًا آخر."

EVIDENCE: dict[str, Any] = {
    "url": "https://visits.example/2024/08",
    "title": "جدول الزيارات الرسمية، أغسطس 2024",
    "publisher": "دائرة المراسم",
    "quote": "لا زيارات رئاسية مسجلة بين 1 و31 أغسطس.",
    "independence_group": "دائرة المراسم",
    "relation": "refutes",
    "primary": True,
}


@dataclass
class Way:
    """One article's way. A step names what it has reached, and what it cannot begin without."""

    article: int = 0
    claim: int = 0
    verdict: int = 0
    steps: list[str] = field(default_factory=list)

    def reached(self, step: str) -> None:
        self.steps.append(step)

    def after(self, step: str) -> None:
        if step not in self.steps:
            pytest.skip(f"the way broke off before it was {step}")

    @property
    def article_path(self) -> str:
        return f"/desk/articles/{self.article}/"

    @property
    def claim_path(self) -> str:
        return f"/desk/claims/claim/{self.claim}/"

    def state(self, desk: Desk) -> str:
        state: str = desk.value("SELECT state FROM claims_claim WHERE id = ?", self.claim)
        return state
