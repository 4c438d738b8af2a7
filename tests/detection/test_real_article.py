"""The real article of the corpus, which the whole way must work on; read from there, never copied."""

from datetime import date
from pathlib import Path

import pytest

from claims.detection import detector

ARTICLE = Path(__file__).parents[3] / "shared" / "corpus" / "kremlin-meeting.ar.txt"


@pytest.fixture(scope="module")
def text() -> str:
    if not ARTICLE.is_file():
        pytest.skip(f"the corpus is not here: {ARTICLE.name}")
    return ARTICLE.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def claims(text):
    return detector.split(text, language="ar", published=date(2024, 7, 26)).claims


def _one(claims, words):
    (found,) = [claim for claim in claims if words in claim.text]
    return found


def test_every_claim_is_a_slice_and_the_headline_is_none(text, claims):
    assert all(text[c.start : c.end] == c.text for c in claims)
    assert min(c.start for c in claims) > text.index("\n")
    assert len(claims) > 20


def test_the_report_of_the_paper_is_one_contested_prediction(claims):
    report = _one(claims, "أغسطس المقبل")
    assert report.claimant.text == "صحيفة تركية"
    assert report.cue.text == "ذكرت"
    assert (report.kind, report.form, report.stance) == ("prediction", "indirect", "asserts")
    assert report.contested
    assert {(d.text, d.first.isoformat(), d.last.isoformat()) for d in report.dates} == {
        ("الأسبوع الماضي", "2024-07-15", "2024-07-21"),
        ("أغسطس المقبل", "2024-08-01", "2024-08-31"),
    }


def test_the_denial_of_the_officials_contests_it(claims):
    report = _one(claims, "أغسطس المقبل")
    denials = [claim for claim in claims if claim.stance == "denies"]
    assert denials
    for denial in denials:
        assert denial.claimant.text == "المسؤولين الأتراك"
        assert denial.contests == (report.id,)
    assert [c.id for c in claims if c.contested] == [report.id]


def test_the_subjectless_addition_is_resolved_to_who_spoke_before(claims):
    added = [claim for claim in claims if claim.cue is not None and claim.cue.text == "أضاف"]
    assert added
    assert {claim.claimant.text for claim in added} == {"بوتين"}
    assert {claim.form for claim in added} == {"direct"}


def test_fused_sentences_are_split(claims):
    campaign = _one(claims, "حملة عسكرية في سوريا")
    assert campaign.text.startswith("شنت روسيا")
    assert (campaign.form, campaign.claimant) == ("narration", None)


def test_the_quotation_mark_that_never_closes_is_survived(claims):
    kept = _one(claims, "موطئ قدم عسكري")
    assert "صوت أمريكا" in kept.claimant.text
    assert "أنا مهتم" in _one(claims, "أنا مهتم").text
