"""What of a claim a source is asked for: names in all their spellings, figures, and key words."""

from __future__ import annotations

import dataclasses
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from claims.languages import known_names, transliteration
from claims.sources import registry
from claims.sources._words import figures, names
from claims.sources.base import Query, SourceError
from tests.sources.recorded import APIS
from tests.sources.test_contract import context
from tests.sources.web import Web, sends, site

MEETING = Query(
    text="وقال المتحدث إن وفدا من الأمم المتحدة سيصل إلى أنقرة ثم بغداد",
    language="ar",
    published=date(2024, 7, 20),
)


@pytest.mark.parametrize(
    ("language", "text", "written", "english"),
    [
        ("ar", "ووصل الوفد إلى لأنقرة وبغداد", ["أنقرة", "بغداد"], ["Ankara", "Baghdad"]),
        ("ar", "تقرير للأمم المتحدة", ["الأمم المتحدة"], ["United Nations"]),
        ("tr", "Heyet Bağdat'tan Şam'a geçti", ["Bağdat", "Şam"], ["Baghdad", "Damascus"]),
        ("en", "The turkey was cooked in Baghdad", ["Baghdad"], ["Baghdad"]),
        ("tr", "bugün bağdat yolunda", [], []),
    ],
)
def test_known_names_are_found_in_their_forms(
    language: str, text: str, written: list[str], english: list[str]
) -> None:
    found = known_names.find(text, language)
    assert [one.spelled[language] for one in found] == written
    assert [one.spelled["en"] for one in found] == english


@pytest.mark.parametrize(
    ("arabic", "english", "turkish"),
    [("نجيب", "Najib", "Necib"), ("هارون", "Harun", "Harun"), ("شهاب", "Shahab", "Şehab")],
)
def test_an_arabic_name_is_put_into_latin_letters(arabic: str, english: str, turkish: str) -> None:
    assert transliteration.latin(arabic, "en") == english
    assert transliteration.latin(arabic, "tr") == turkish


@pytest.mark.parametrize(
    ("name", "language", "arabic"),
    [
        ("Kern", "en", "كيرن"),
        ("Sullivan", "en", "سوليفان"),
        ("Kaya", "tr", "كايا"),
        ("Şen", "tr", "شين"),
    ],
)
def test_a_latin_name_is_put_into_arabic_letters(name: str, language: str, arabic: str) -> None:
    assert transliteration.arabic(name, language) == arabic


def test_a_name_that_no_list_knows_is_guessed_by_its_letters() -> None:
    (ankara, name) = names("In Ankara, they said that Kern resigned", "en")
    assert (ankara.written, ankara.sure, ankara.spelled["ar"]) == ("Ankara", True, "أنقرة")
    assert (name.written, name.sure, name.spelled["ar"]) == ("Kern", False, "كيرن")


def test_figures_are_the_same_in_all_languages() -> None:
    assert figures("بلغ ٤٥٠٠ طن ثم 4500 عام ٢٠٢٣ (2023-01-01 – 2023-12-31)") == ("4500", "2023")


def test_words_for_another_language_are_its_names_and_the_figures() -> None:
    query = dataclasses.replace(MEETING, text=MEETING.text + " عام ٢٠٢٤")
    assert query.words_in("en", 8) == ("United Nations", "Ankara", "Baghdad", "2024")
    assert query.words_in("tr", 2) == ("Birleşmiş Milletler", "Ankara")
    one_name = dataclasses.replace(MEETING, text="وصل الوفد إلى أنقرة")
    assert one_name.words_in("en", 8) == ()


def test_an_editors_words_are_asked_and_no_others() -> None:
    query = dataclasses.replace(MEETING, terms="جسر المرفأ")
    assert query.words(8) == ("جسر", "المرفأ")
    assert query.words_in("en", 8) == ()
    for name in ("gdelt", "google_fact_check", "searxng", "wikipedia", "collected"):
        asked = registry()[name].asks(query)
        assert asked.removesuffix(" sourcelang:arabic") == "جسر المرفأ"


def test_gdelt_is_asked_for_names_in_every_spelling_in_the_days_around_the_claim() -> None:
    with site(sends(b"{}", Content_Type="application/json")) as server:
        web = Web()
        web.host("api.example", server)
        answer = registry()["gdelt"].lookup(
            dataclasses.replace(MEETING, days=(date(2024, 7, 20), date(2024, 7, 24))),
            context(web.door(), **APIS["gdelt"].settings),
        )
    (request,) = server.requests
    asked = parse_qs(urlsplit(request.path).query)
    assert asked["query"][0] == (
        '("الأمم المتحدة" OR "Birleşmiş Milletler" OR "United Nations") '
        "(أنقرة OR Ankara) (بغداد OR Bağdat OR Baghdad)"
    )
    assert asked["startdatetime"] == ["20240717000000"]
    assert asked["enddatetime"] == ["20240726235959"], "no later than today"
    assert answer.asked.startswith('("الأمم المتحدة"')


def test_google_is_asked_in_the_other_languages_where_the_claims_own_has_nothing() -> None:
    with site(sends(b"{}", Content_Type="application/json")) as server:
        web = Web()
        web.host("api.example", server)
        answer = registry()["google_fact_check"].lookup(
            MEETING, context(web.door(), **APIS["google_fact_check"].settings)
        )
    asked = [parse_qs(urlsplit(request.path).query) for request in server.requests]
    assert [one["languageCode"] for one in asked] == [["ar"], ["tr"], ["en"]]
    assert asked[2]["query"] == ["United Nations Ankara Baghdad"]
    assert answer.hits == ()


@pytest.mark.parametrize("name", sorted(APIS))
def test_what_will_be_asked_is_what_is_asked(name: str) -> None:
    source = registry()[name]
    query = Query(
        text="The harbour of Sandhaven was sold in July",
        language="en",
        claimant="Nadia Harun",
        published=date(2024, 7, 25),
        urls=("https://paper.example/harbour",),
    )
    with site(sends(b"", 500)) as server:
        web = Web()
        web.host("api.example", server)
        with pytest.raises(SourceError):
            source.lookup(query, context(web.door(), **APIS[name].settings))
    sent = parse_qs(urlsplit(server.requests[0].path).query)
    announced = source.asks(query).split("; ")
    assert any(value in announced for values in sent.values() for value in values)
