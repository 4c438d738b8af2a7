"""Where a name stands in a text, and where other words only begin or end like it."""

from __future__ import annotations

import pytest

from claims.languages.joined import as_words, names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("دمشق", "عُقد الاجتماع بدمشق"),
        ("دمشق", "بيروت ودمشق"),
        ("دمشق", "وبدمشق مقر الوزارة"),
        ("دِمَشْق", "لدمشق وزوارها"),
        ("الوزارة", "والوزارة تنفي"),
        ("وزارة", "بيان للوزارة"),
        ("الوزارة", "وللوزارة رأي"),
        ("الوزارة", "فبالوزارة موظفون"),
        ("وزارة الخارجية", "أكدت لوزارة الخارجية"),
        ("حلب", "معارك بحلب"),
        ("قطر", "لقطر دور"),
        ("باريس", "في باريس"),
        ("Ankara", "Ankara'da buluştular"),
        ("Ankara", "Ankara’nın kararı"),
        ("ankara", "ANKARA＇ya"),
        ("İstanbul", "istanbul'dan geldi"),
        ("İSTANBUL", "İstanbul’a"),
        ("Erdogan", "Erdoğan'ın sözleri"),
        ("Işık", "IŞIK'ın açıklaması"),
        ("the ministry", "What the Ministry's spokesman said"),
    ],
)
def test_the_name_stands_there(name: str, text: str) -> None:
    assert names(name, as_words(text)) is True


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("بنان", "في لبنان"),
        ("جنة", "اجتمعت لجنة التحقيق"),
        ("زير", "قال وزير الدفاع"),
        ("تاب", "صدر كتاب جديد"),
        ("دمشق", "الدمشقيون"),
        ("دمشق", "سوق دمشقي"),
        ("وزارة الخارجية", "وزارة الدفاع والخارجية"),
        ("Ankara", "Ankaralılar"),
        ("Kara", "Ankara'da"),
        ("Iran", "the Iranian minister"),
        ("،", "كلام"),
        ("دمشق", ""),
    ],
)
def test_other_words_are_not_the_name(name: str, text: str) -> None:
    assert names(name, as_words(text)) is False


def test_a_name_that_stands_beside_another_like_it_is_still_found() -> None:
    assert names("بنان", as_words("في لبنان قالت بنان")) is True
