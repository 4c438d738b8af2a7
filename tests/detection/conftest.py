"""Splitting one invented report, with words instead of offsets to compare."""

from collections.abc import Callable
from datetime import date

import pytest

from claims.detection import detector
from claims.detection.model import Claim, Detection

PUBLISHED = date(2024, 7, 26)  # a Friday


@pytest.fixture
def split() -> Callable[..., list[Claim]]:
    def _split(text: str, language: str = "ar", published: date = PUBLISHED) -> list[Claim]:
        detection: Detection = detector.split(text, language=language, published=published)
        for claim in detection.claims:
            assert text[claim.start : claim.end] == claim.text
        return list(detection.claims)

    return _split
