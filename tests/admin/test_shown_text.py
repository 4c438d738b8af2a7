"""People's words on the desk's pages: what steers direction is seen, what turns round is kept."""

from __future__ import annotations

from claims.templatetags.desk import shown


def test_an_address_in_an_arabic_sentence_is_kept_in_one_piece() -> None:
    assert shown("راجعوا https://a.example/seen/2026-10-12?x=1&y=2، ثم أجيبوا") == (
        'راجعوا <bdi class="address" dir="ltr">https://a.example/seen/2026-10-12?x=1&amp;y=2</bdi>'
        "، ثم أجيبوا"
    )


def test_a_point_or_a_quotation_mark_after_an_address_is_not_of_it() -> None:
    assert shown('"https://a.example/b".') == (
        '&quot;<bdi class="address" dir="ltr">https://a.example/b</bdi>&quot;.'
    )


def test_an_address_with_a_tag_in_it_stays_text() -> None:
    assert shown("https://a.example/<b>") == (
        '<bdi class="address" dir="ltr">https://a.example/</bdi>&lt;b&gt;'
    )


def test_a_hyphenated_day_is_kept_from_turning_round() -> None:
    assert shown("(2027-08)") == '(<bdi class="figure" dir="ltr">2027-08</bdi>)'


def test_a_direction_override_is_seen_and_reaches_no_further() -> None:
    assert shown("a\u202eb") == 'a<bdi class="ctl" data-ctl="RLO">\u202e</bdi>b'
