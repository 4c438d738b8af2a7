"""What everybody chooses for themselves, and how the desk then writes figures and days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone, translation

from claims.languages import manners
from claims.languages.manners import Manner
from claims.models import Notification, NotificationChoice, Profile
from claims.templatetags.desk import moment
from tests.admin.hands import captured, signed_in
from tests.cast import make_claim

pytestmark = pytest.mark.django_db

PAGE = "/desk/settings/"
EVERYTHING = {
    f"{where}-{kind.value}": "on" for kind in Notification.Kind for where in ("desk", "mail")
}


def form(**changed: Any) -> dict[str, Any]:
    return {
        "language": "en", "digits": "", "calendar": "gregorian", "theme": "auto", "byline": "",
        "digest": "daily", **EVERYTHING, **changed,
    }  # fmt: skip


def test_a_page_shows_what_holds(editor: User) -> None:
    html = signed_in(editor).get(PAGE).content.decode()
    assert 'name="digest" value="daily"' in html
    assert html.count('type="checkbox" name="desk-') == len(Notification.Kind)
    assert "26 July 2024 (20 Muharram 1446 AH)" in html


def test_what_is_chosen_is_kept(editor: User) -> None:
    client = signed_in(editor)
    chosen = form(
        language="tr", digits="arab", calendar="hijri", theme="dark", byline="L. H.", digest="never"
    )
    del chosen["desk-overdue"], chosen["mail-comment"]
    answer = client.post(PAGE, chosen, follow=True)
    assert answer.status_code == 200
    profile = Profile.objects.get(user=editor)
    assert (profile.language, profile.digits, profile.calendar) == ("tr", "arab", "hijri")
    assert (profile.theme, profile.byline, profile.digest) == ("dark", "L. H.", "never")
    assert list(
        NotificationChoice.objects.order_by("kind").values_list("kind", "on_desk", "by_mail")
    ) == [("comment", True, False), ("overdue", False, True)]
    html = answer.content.decode()
    assert '<html lang="tr" dir="ltr" data-theme="dark">' in html


def test_a_choice_that_is_taken_back_leaves_no_row(editor: User) -> None:
    NotificationChoice.objects.create(person=editor, kind="overdue", on_desk=False)
    signed_in(editor).post(PAGE, form())
    assert not NotificationChoice.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "xx"},
        {"digits": "deva"},
        {"calendar": "mayan"},
        {"theme": "pink"},
        {"digest": "weekly"},
        {"byline": "b" * 121},
        {"byline": "a\x00b"},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_typed_is_lost(
    editor: User, wrong: dict[str, str]
) -> None:
    answer = signed_in(editor).post(PAGE, form(**{"byline": "Typed", "theme": "dark", **wrong}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing was kept yet" in html
    assert not Profile.objects.filter(user=editor).exists()
    if "byline" not in wrong:
        assert 'value="Typed"' in html


def test_letters_are_about_what_comes_after_they_were_wanted(editor: User) -> None:
    Profile.objects.create(user=editor, digest="never", language="en")
    claim = make_claim()
    Notification.objects.create(person=editor, kind="assigned", key="1", claim=claim)
    signed_in(editor).post(PAGE, form(digest="hourly"))
    assert Notification.objects.get().mailed_at is not None


def test_a_desk_without_a_mail_server_says_so(editor: User, settings: Any) -> None:
    settings.MAIL_IS_SET_UP = False
    assert "This desk sends no e-mail yet" in signed_in(editor).get(PAGE).content.decode()
    settings.MAIL_IS_SET_UP = True
    assert "does not know your e-mail address" in signed_in(editor).get(PAGE).content.decode()
    User.objects.filter(pk=editor.pk).update(email="layla@desk.example")
    assert "layla@desk.example" in signed_in(editor).get(PAGE).content.decode()


def test_a_letter_that_failed_is_told(editor: User, settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    User.objects.filter(pk=editor.pk).update(email="layla@desk.example")
    Profile.objects.create(
        user=editor, language="en", digest_failures=2, digest_reason="550 no such mailbox",
        digest_at=timezone.now(),
    )  # fmt: skip
    html = signed_in(editor).get(PAGE).content.decode()
    assert "The last letter could not be sent." in html
    assert "550 no such mailbox" in html


def test_it_is_for_the_desk_alone(outsider: User) -> None:
    assert signed_in(outsider).get(PAGE).status_code == 302
    assert signed_in(outsider).post(PAGE, form()).status_code == 302
    assert not Profile.objects.exists()


def test_the_desk_is_offered_in_three_languages(editor: User) -> None:
    html = signed_in(editor).get("/desk/").content.decode()
    for code in ("ar", "tr", "en"):
        assert f'name="language" value="{code}"' in html


def test_the_profile_is_read_once_a_page(editor: User) -> None:
    Profile.objects.create(user=editor, language="ar", calendar="hijri", digits="latn")
    queries = [one["sql"] for one in captured(signed_in(editor), "/desk/")]
    assert sum("claims_profile" in sql for sql in queries) == 1


def test_the_whole_page_is_written_in_the_persons_manner(editor: User) -> None:
    make_claim()
    profile = Profile.objects.create(user=editor, language="ar", digits="latn")
    client = signed_in(editor)
    assert "١" not in client.get("/desk/claims/claim/").content.decode()
    profile.digits = ""
    profile.save()
    assert "١" in client.get("/desk/claims/claim/").content.decode()


DAYS = [
    ("ar", Manner(), "٢٦ يوليو ٢٠٢٤"),
    ("ar", Manner("latn"), "26 يوليو 2024"),
    ("ar", Manner("", "levantine"), "٢٦ تموز ٢٠٢٤"),
    ("ar", Manner("latn", "hijri"), "26 يوليو 2024 (20 محرم 1446 هـ)"),
    ("en", Manner(), "26 July 2024"),
    ("en", Manner("arab"), "٢٦ July ٢٠٢٤"),
    ("en", Manner("", "levantine"), "26 July 2024"),
    ("tr", Manner("", "hijri"), "26 Temmuz 2024 (20 Muharrem 1446 Hicri)"),
]


@pytest.mark.parametrize(("language", "manner", "written"), DAYS)
def test_a_day_in_every_manner(language: str, manner: Manner, written: str) -> None:
    with translation.override(language), manners.writing_for(manner):
        assert manners.day(date(2024, 7, 26)) == written


@time_machine.travel(datetime(2026, 11, 24, 9, 5, tzinfo=UTC), tick=False)
def test_this_year_goes_without_saying_and_today_too() -> None:
    with translation.override("en"), manners.writing_for(Manner("", "hijri")):
        assert manners.day(date(2026, 7, 26)) == "26 July (12 Safar)"
        assert moment(datetime(2026, 11, 24, 8, 5, tzinfo=UTC)) == "8:05"
        assert moment(datetime(2026, 11, 23, 8, 5, tzinfo=UTC)) == (
            "23 November (13 Jumada al-Akhirah), 8:05"
        )
        assert manners.weekday(datetime(2026, 11, 24, 8, 5, tzinfo=UTC)) == (
            "Tuesday 24 November (14 Jumada al-Akhirah 1448 AH)"
        )


def test_a_day_beyond_the_hijri_tables_stands_alone() -> None:
    with translation.override("en"), manners.writing_for(Manner("", "hijri")):
        assert manners.day(date(1850, 1, 2)) == "2 January 1850"
        assert manners.day(date(2100, 1, 2)) == "2 January 2100"


def test_one_persons_manner_ends_with_their_page() -> None:
    with translation.override("en"):
        with manners.writing_for(Manner("arab")):
            assert manners.figures("2024") == "٢٠٢٤"
        assert manners.figures("2024") == "2024"
