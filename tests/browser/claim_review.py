"""The ClaimReview document that the journey's verdict must have, written out."""

from __future__ import annotations

from typing import Any


def expected(*, site: str, number: int, at: str, hit: str) -> dict[str, Any]:
    """`at`: when it was published; `hit`: the address of the page that Wikipedia's stand-in found.

    Without `subjectOf`: the denials are the article's words, which are not kept here.
    """
    page = f"{site}/v/{number}"
    desk = {"@type": "Organization", "name": "Touchstone", "url": f"{site}/"}
    article = {
        "@type": "NewsArticle",
        "url": "https://barid.example/kremlin",
        "datePublished": "2024-07-26",
        "publisher": {"@type": "Organization", "name": "بريد الشام"},
    }
    licence = "https://creativecommons.org/licenses/by/4.0/"
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": page,
        "url": page,
        "claimReviewed": "أردوغان والأسد يلتقيان في موسكو في أغسطس 2024",
        "inLanguage": "ar",
        "datePublished": at,
        "dateModified": at,
        "author": desk,
        "publisher": {
            **desk,
            "correctionsPolicy": f"{site}/methodology#corrections",
            "publishingPrinciples": f"{site}/methodology",
        },
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{page}#claim",
            "text": "أردوغان والأسد يلتقيان في موسكو في أغسطس 2024",
            "inLanguage": "ar",
            "author": {"@type": "Organization", "name": "صحيفة تركية"},
            "datePublished": "2024-07-26",
            "firstAppearance": article,
            "appearance": [article],
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "خاطئ",
            "name": "خاطئ",
            "ratingExplanation": (
                "انقضى أغسطس بلا لقاء معلن، وكان مسؤولون أتراك قد نفوا الموعد سلفًا."
            ),
        },
        "reviewBody": (
            "لا يذكر جدول الزيارات المنشور أي لقاء بين الرئيسين في ذلك الشهر [2].\n\n"
            "وتعرض الموسوعة سيرة الرئيس التركي ولقاءاته من غير ذكر لهذا الموعد [1]."
        ),
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "العلاقات السورية التركية",
                "url": hit,
                "inLanguage": "ar",
                "publisher": {"@type": "Organization", "name": "Wikipedia"},
            },
            {
                "@type": "CreativeWork",
                "name": "جدول الزيارات الرسمية، أغسطس 2024",
                "url": "https://visits.example/2024/08",
                "inLanguage": "ar",
                "publisher": {"@type": "Organization", "name": "دائرة المراسم"},
            },
        ],
        "license": licence,
        "sdLicense": licence,
        "sdPublisher": desk,
        "sdDatePublished": at,
    }
