"""Entries for the feed tests: a false claim in Arabic, its correction, and a retraction."""

from dataclasses import replace
from datetime import UTC, datetime

from claims.feeds.base import Entry, FeedHead, RatingLabel

HEAD = FeedHead(
    title="مكتب الفحص",
    description="أحكام منشورة",
    site_url="https://desk.example/",
    self_url="https://desk.example/feeds/NAME",
    language="ar",
    direction="rtl",
    publisher="مكتب الفحص",
    licence="https://creativecommons.org/licenses/by/4.0/",
)

ORIGINAL = Entry(
    number=4,
    kind="original",
    id="https://desk.example/v/2",
    url="https://desk.example/v/2",
    version_url="https://desk.example/v/2/1",
    claim="أُغلق الجسر أمس",
    summary="الجسر مفتوح.",
    explanation="زرنا الجسر.\n\nالحركة عادية.",
    rating=RatingLabel(slug="false", label="خاطئ", value=1, best=5, worst=1),
    language="ar",
    direction="rtl",
    claimant="بلدية المدينة",
    published_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    first_published_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    reason="",
    claim_review={"@context": "https://schema.org", "@type": "ClaimReview"},
)

CORRECTION = replace(
    ORIGINAL,
    number=7,
    kind="correction",
    version_url="https://desk.example/v/2/2",
    reason="كان اسم الجسر خطأ",
    published_at=datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
)

RETRACTION = replace(
    ORIGINAL,
    number=9,
    kind="retraction",
    version_url="https://desk.example/v/2/3",
    rating=None,
    claim_review=None,
    reason="اعتمدنا على صورة قديمة",
    published_at=datetime(2026, 11, 26, 7, 0, tzinfo=UTC),
)

ENTRIES = [RETRACTION, CORRECTION, ORIGINAL]

IN_ENGLISH = replace(
    ORIGINAL,
    language="en",
    direction="ltr",
    claim="The bridge was closed yesterday",
    summary="It is open.",
    claimant="The city",
    rating=RatingLabel(slug="false", label="False", value=1, best=5, worst=1),
)

HOSTILE = (
    "a\x00b\x0bc\x1f d\ud800e \ufffe ]]> <script>alert(1)</script> &amp; </title> \u202e \u2028 x"
)
