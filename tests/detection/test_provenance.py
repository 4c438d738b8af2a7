"""Every field the splitter filled says which rule filled it, and how sure that is."""

import json
from datetime import date

import pytest

from claims.detection import detector, provenance
from claims.detection.model import Claim
from claims.detection.version import version

DAY = date(2026, 7, 22)


def grounds(claim: Claim) -> dict[str, str]:
    return {ground.field: ground.by for ground in claim.provenance}


def test_a_report_its_denial_and_the_articles_own_words_rest_on_different_rules() -> None:
    text = (
        "ذكرت صحيفة المرفأ أن الوزيرين سيلتقيان في صوفيا في أغسطس المقبل، لكن المسؤولين نفوا "
        "التقرير.\nوافتتحت الحكومة جسرا جديدا في المدينة."
    )
    report, denial, own = detector.split(text, language="ar", published=DAY).claims
    assert grounds(report) == {
        "claimant": "named before the words",
        "cue": "a word of reporting",
        "form": "no quotation marks",
        "stance": "no word of denying",
        "kind": "the future, or what is expected",
        "dates": "a time expression",
    }
    assert grounds(denial)["stance"] == "a word of denying"
    assert grounds(denial)["contests"] == "the report next to it"
    assert grounds(own)["claimant"] == "no frame of reporting"
    assert "cue" not in grounds(own)


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Omar Haddad said the bridge was shut. He added that the port was open.",
         ["named before the words", "the speaker before goes on"]),
        ("The bridge was shut on Monday, Omar Haddad said.", ["named after the words"]),
    ],
)  # fmt: skip
def test_where_the_claimant_was_found_is_told(text: str, claimant: list[str]) -> None:
    found = detector.split(text, language="en", published=DAY).claims
    assert [grounds(claim)["claimant"] for claim in found] == claimant


def test_how_sure_is_what_was_counted_and_a_rule_never_seen_is_even(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(provenance, "_measured", lambda: {"kind": {"words that judge": (18, 19)}})
    assert provenance.sure("kind", "words that judge") == 0.9
    assert provenance.sure("kind", "a rule of tomorrow") == 0.5


def test_the_counts_that_ship_are_counts_of_rules_that_exist() -> None:
    measured = json.loads(provenance._MEASURED.read_text("utf-8"))
    assert set(measured) <= {"claimant", "cue", "form", "stance", "contests", "kind", "dates"}
    known = (provenance._MEASURED.with_name("provenance.py")).read_text("utf-8")
    for rules in measured.values():
        for rule, (right, seen) in rules.items():
            assert 0 <= right <= seen
            assert f'"{rule}"' in known


def test_the_json_carries_it_and_the_version_is_one_of_this_code() -> None:
    (claim,) = detector.split("The bridge was shut on Monday.", language="en", published=DAY).claims
    told = claim.as_json()["provenance"]["form"]
    assert told == {"by": "no frame of reporting", "sure": provenance.sure("form", told["by"])}
    assert len(version()) == 12
    assert version() == version.__wrapped__()
