from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.models import ImportedCheck
from claims.pipeline import importing

ARABIC = "تُغلِق بلدية المرفأ السوق القديمة نهائيا مطلع العام"
TURKISH = "Liman belediyesi eski çarşıyı yılbaşında tamamen kapatıyor"
ENGLISH = "The harbour town will close its old market for good in January"
FRENCH = "La ville du port fermera définitivement son vieux marché en janvier"


def review(
    claim: str = ARABIC, url: str = "https://check.example/1", **more: Any
) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "claimReviewed": claim,
        "url": url,
        "author": {"@type": "Organization", "name": "Harbour Check"},
        "datePublished": "2026-11-02",
        "itemReviewed": {"author": {"name": "A page on the web"}},
        "reviewRating": {"alternateName": "زائف", "ratingValue": "1"},
        "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
    } | more


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reviews.json"


def write(file: Path, *items: Any) -> None:
    """A feed in the Data Commons form."""
    elements = [{"@type": "DataFeedItem", "item": [item]} for item in items]
    file.write_text(json.dumps({"@type": "DataFeed", "dataFeedElement": elements}))


def run(file: Path) -> str:
    out = io.StringIO()
    call_command("import_claimreview", str(file), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refused(file: Path) -> str:
    with pytest.raises(CommandError) as caught:
        run(file)
    assert caught.value.returncode == 1
    return str(caught.value)


@pytest.mark.django_db
class TestAFeed:
    def test_becomes_rows_that_a_lookup_can_find(self, file: Path) -> None:
        write(file, review())
        assert run(file) == "Records: 1 read, 1 imported, 0 updated, 0 unchanged, 0 skipped.\n"
        check = ImportedCheck.objects.get()
        assert (check.claim, check.url) == (ARABIC, "https://check.example/1")
        assert (check.publisher, check.claimant) == ("Harbour Check", "A page on the web")
        assert (check.rating, check.reviewed_on) == ("زائف", date(2026, 11, 2))
        assert check.language == "ar"
        assert check.licence == "https://creativecommons.org/licenses/by/4.0/"
        assert check.folded == "تغلق بلديه مرفا سوق قديمه نهاييا مطلع عام"

    @pytest.mark.parametrize(
        ("claim", "more", "language"),
        [
            (TURKISH, {}, "tr"),
            (ENGLISH, {}, "en"),
            (FRENCH, {}, ""),
            (FRENCH, {"inLanguage": "fr"}, ""),
            ("50%", {"inLanguage": "tr-TR"}, "tr"),
            (ARABIC, {"inLanguage": "en"}, "ar"),
        ],
    )
    def test_has_the_language_of_its_claims(
        self, file: Path, claim: str, more: dict[str, str], language: str
    ) -> None:
        write(file, review(claim, **more))
        run(file)
        assert ImportedCheck.objects.get().language == language

    def test_rates_with_numbers_where_it_has_no_words(self, file: Path) -> None:
        write(
            file,
            review(reviewRating={"ratingValue": "2", "worstRating": 1, "bestRating": 5}),
            review(ENGLISH, reviewRating={"ratingValue": 2}),
        )
        run(file)
        assert set(ImportedCheck.objects.values_list("rating", flat=True)) == {"2 (1–5)", ""}

    def test_may_be_imported_twice(self, file: Path) -> None:
        write(file, review(), review(ENGLISH))
        run(file)
        assert run(file) == "Records: 2 read, 0 imported, 0 updated, 2 unchanged, 0 skipped.\n"
        assert ImportedCheck.objects.count() == 2

    def test_updates_what_has_changed_since(self, file: Path) -> None:
        write(file, review(), review(ENGLISH))
        run(file)
        number = ImportedCheck.objects.get(claim=ARABIC).pk
        write(file, review(reviewRating={"alternateName": "مضلل"}), review(ENGLISH))
        assert run(file) == "Records: 2 read, 0 imported, 1 updated, 1 unchanged, 0 skipped.\n"
        check = ImportedCheck.objects.get(claim=ARABIC)
        assert (check.pk, check.rating) == (number, "مضلل")

    def test_may_hold_two_claims_of_one_page_and_one_claim_of_two_pages(self, file: Path) -> None:
        write(file, review(), review(ENGLISH), review(url="https://check.example/2"))
        run(file)
        assert ImportedCheck.objects.count() == 3

    def test_is_told_of_in_full_where_records_are_left_out(self, file: Path) -> None:
        write(
            file,
            None,
            review(""),
            review(url="javascript:alert(1)"),
            review(),
            review(),
            review(ENGLISH, url="https://check.example/" + "x" * 2000),
            review(TURKISH, datePublished="last week", author={"name": "H" * 301}),
        )
        assert run(file) == (
            "Skipped:\n"
            "  element 1: its item is null\n"
            "  element 2: it names no claim (claimReviewed)\n"
            "  element 3: it has no web address (url is “javascript:alert(1)”)\n"
            "  element 5: the same claim at the same address came just before\n"
            "  element 6: its address is 2022 bytes long, over 2000\n"
            "Not understood and left out:\n"
            "  element 7: datePublished is no ISO date: “last week”\n"
            "  element 7: publisher is too long and was cut\n"
            "Records: 7 read, 2 imported, 0 updated, 0 unchanged, 5 skipped.\n"
        )
        turkish = ImportedCheck.objects.get(language="tr")
        assert turkish.reviewed_on is None
        assert turkish.publisher == "H" * 299 + "…"

    def test_names_the_first_twenty_and_counts_the_rest(self, file: Path) -> None:
        write(file, *[None] * 25)
        lines = run(file).splitlines()
        assert lines[20] == "  element 20: its item is null"
        assert lines[21:] == [
            "  and 5 more",
            "Records: 25 read, 0 imported, 0 updated, 0 unchanged, 25 skipped.",
        ]

    def test_that_was_cut_off_keeps_what_came_before(self, file: Path) -> None:
        write(file, review(), review(ENGLISH), review(TURKISH))
        file.write_bytes(file.read_bytes()[:-400])
        message = refused(file)
        assert message.startswith(f"{file}: After element 2 the file stops being")
        assert ImportedCheck.objects.count() == 2

    def test_longer_than_a_batch_is_imported_whole_and_its_progress_told(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importing, "BATCH", 3)
        write(file, *[review(url=f"https://check.example/{number}") for number in range(7)])
        told = []
        with file.open("rb") as data:
            importing.import_checks(data, progress=lambda report: told.append(report.imported))
        assert told == [3, 6, 7]
        assert ImportedCheck.objects.count() == 7

    def test_with_a_record_twice_in_two_batches_is_told_as_unchanged(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importing, "BATCH", 1)
        write(file, review(), review())
        assert run(file) == "Records: 2 read, 1 imported, 0 updated, 1 unchanged, 0 skipped.\n"

    def test_of_one_review_a_line_is_read_too(self, file: Path) -> None:
        file.write_text("\n".join([json.dumps(review()), "{broken}", json.dumps(review(ENGLISH))]))
        assert "2 imported, 0 updated, 0 unchanged, 1 skipped." in run(file)


@pytest.mark.django_db
class TestRefused:
    def test_a_file_that_is_not_there(self, file: Path) -> None:
        assert refused(file) == (
            f"{file} cannot be read: No such file or directory. Give a file of ClaimReview data "
            "(JSON)."
        )

    def test_a_folder(self, tmp_path: Path) -> None:
        assert refused(tmp_path).startswith(f"{tmp_path} cannot be read: Is a directory.")

    @pytest.mark.parametrize("data", [b"", b"url;claim\n", b"%PDF-1.7"])
    def test_what_is_no_json(self, file: Path, data: bytes) -> None:
        file.write_bytes(data)
        assert refused(file).startswith(f"{file}: The file is ")
        assert not ImportedCheck.objects.exists()
