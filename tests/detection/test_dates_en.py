"""English time expressions as closed intervals of days, seen from Friday 26 July 2024."""

from datetime import date

import pytest

from claims.detection import detector

# Behind "The council opened the bridge …".
PAST = [
    ("yesterday", "2024-07-25", "2024-07-25"),
    ("today", "2024-07-26", "2024-07-26"),
    ("yesterday morning", "2024-07-25", "2024-07-25"),
    ("last night", "2024-07-25", "2024-07-25"),
    ("this morning", "2024-07-26", "2024-07-26"),
    ("the day before yesterday", "2024-07-24", "2024-07-24"),
    ("yesterday (Thursday)", "2024-07-25", "2024-07-25"),
    ("on Monday", "2024-07-22", "2024-07-22"),
    ("on Friday", "2024-07-26", "2024-07-26"),
    ("last Friday", "2024-07-19", "2024-07-19"),
    ("on Tuesday night", "2024-07-23", "2024-07-23"),
    ("on Thursday, July 18", "2024-07-18", "2024-07-18"),
    ("on Thursday (July 18)", "2024-07-18", "2024-07-18"),
    ("yesterday (July 25)", "2024-07-25", "2024-07-25"),
    ("from Monday to Wednesday", "2024-07-22", "2024-07-24"),
    ("over the weekend", "2024-07-20", "2024-07-21"),
    ("last weekend", "2024-07-20", "2024-07-21"),
    ("last week", "2024-07-15", "2024-07-21"),
    ("this week", "2024-07-22", "2024-07-28"),
    ("earlier this week", "2024-07-22", "2024-07-26"),
    ("the week before last", "2024-07-08", "2024-07-14"),
    ("last month", "2024-06-01", "2024-06-30"),
    ("earlier this month", "2024-07-01", "2024-07-26"),
    ("late last month", "2024-06-21", "2024-06-30"),
    ("last year", "2023-01-01", "2023-12-31"),
    ("early this year", "2024-01-01", "2024-04-30"),
    ("late last year", "2023-09-01", "2023-12-31"),
    ("last quarter", "2024-04-01", "2024-06-30"),
    ("last summer", "2023-06-01", "2023-08-31"),
    ("in the summer of 2014", "2014-06-01", "2014-08-31"),
    ("in the last decade", None, None),
    ("in the 1990s", "1990-01-01", "1999-12-31"),
    ("in the early 1990s", "1990-01-01", "1993-12-31"),
    ("in 2015", "2015-01-01", "2015-12-31"),
    ("in early 2015", "2015-01-01", "2015-04-30"),
    ("from 2015 to 2018", "2015-01-01", "2018-12-31"),
    ("between 2015 and 2018", "2015-01-01", "2018-12-31"),
    ("in the first quarter of 2024", "2024-01-01", "2024-03-31"),
    ("in the second half of 2023", "2023-07-01", "2023-12-31"),
    ("in the first half of the year", "2024-01-01", "2024-06-30"),
    ("in Q2 2023", "2023-04-01", "2023-06-30"),
    ("at the end of 2022", "2022-09-01", "2022-12-31"),
    ("on Aug. 29, 2023", "2023-08-29", "2023-08-29"),
    ("on 29 August 2023", "2023-08-29", "2023-08-29"),
    ("on the 29th of August 2023", "2023-08-29", "2023-08-29"),
    ("on July 3", "2024-07-03", "2024-07-03"),
    ("on 3–5 May", "2024-05-03", "2024-05-05"),
    ("from 3 to 5 May", "2024-05-03", "2024-05-05"),
    ("from May 3 to May 5", "2024-05-03", "2024-05-05"),
    ("from 28 April to 3 May", "2024-04-28", "2024-05-03"),
    ("from 28 December to 3 January 2024", "2023-12-28", "2024-01-03"),
    ("between May and July 2023", "2023-05-01", "2023-07-31"),
    ("in November", "2023-11-01", "2023-11-30"),
    ("in September", "2023-09-01", "2023-09-30"),
    ("by the end of 2022", "2022-09-01", "2022-12-31"),
    ("in February last year", "2023-02-01", "2023-02-28"),
    ("on May 3 this year", "2024-05-03", "2024-05-03"),
    ("last November", "2023-11-01", "2023-11-30"),
    ("in September 2015", "2015-09-01", "2015-09-30"),
    ("in mid-July", "2024-07-11", "2024-07-20"),
    ("in late June", "2024-06-21", "2024-06-30"),
    ("at the beginning of June", "2024-06-01", "2024-06-10"),
    ("on 2024-07-15", "2024-07-15", "2024-07-15"),
    ("on 7/15/2024", "2024-07-15", "2024-07-15"),
    ("two days ago", "2024-07-24", "2024-07-24"),
    ("three weeks ago", "2024-07-01", "2024-07-07"),
    ("a month ago", "2024-06-01", "2024-06-30"),
    ("twenty-five years ago", "1999-01-01", "1999-12-31"),
    ("a couple of days ago", "2024-07-24", "2024-07-24"),
    ("over the past three years", "2021-07-26", "2024-07-26"),
    ("in the last 24 hours", "2024-07-25", "2024-07-26"),
    ("over the past few days", "2024-07-19", "2024-07-26"),
    ("over the past few years", None, None),
]
# Behind "The council will open the bridge …".
FUTURE = [
    ("tomorrow", "2024-07-27", "2024-07-27"),
    ("the day after tomorrow", "2024-07-28", "2024-07-28"),
    ("tonight", "2024-07-26", "2024-07-26"),
    ("on Monday", "2024-07-29", "2024-07-29"),
    ("next Monday", "2024-07-29", "2024-07-29"),
    ("this weekend", "2024-07-27", "2024-07-28"),
    ("next week", "2024-07-29", "2024-08-04"),
    ("later this month", "2024-07-26", "2024-07-31"),
    ("next year", "2025-01-01", "2025-12-31"),
    ("early next year", "2025-01-01", "2025-04-30"),
    ("by the end of the year", "2024-07-26", "2024-12-31"),
    ("before the end of the year", "2024-07-26", "2024-12-31"),
    ("by the end of March", "2024-07-26", "2025-03-31"),
    ("by Tuesday", "2024-07-26", "2024-07-30"),
    ("until October", "2024-07-26", "2024-10-31"),
    ("next spring", "2025-03-01", "2025-05-31"),
    ("in March", "2025-03-01", "2025-03-31"),
    ("next January", "2025-01-01", "2025-01-31"),
    ("by 2030", "2024-07-26", "2030-12-31"),
    ("on Aug. 3", "2024-08-03", "2024-08-03"),
    ("in two weeks", "2024-07-26", "2024-08-09"),
    ("within ten years", "2024-07-26", "2034-07-26"),
    ("in the next six months", "2024-07-26", "2025-01-26"),
    ("in the coming days", "2024-07-26", "2024-08-02"),
    ("two years from now", "2024-07-26", "2026-07-26"),
]
# Vague, a length of time, or the date of a noun.
NONE = [
    "The council opened the bridge recently.",
    "The council opened the bridge in recent years.",
    "The council will soon open the bridge.",
    "The council closed the bridge for three days.",
    "The council praised last year's election.",
    "The council praised the 2018 final.",
    "The council recalled the Oct. 7 attack.",
    "The council cancelled the Monday meeting.",
    "The council may open the bridge.",
    "The council hopes for a brighter tomorrow.",
    "The crowds march over the bridge.",
    "The council counted 2015 people.",
    "The council opened the bridge three days earlier.",
    "The council opened the bridge in two weeks.",
    "The council will spend the next month on the bridge.",
    "The council worked on the bridge for the past three years.",
    "The council recalled the mayor's Monday speech.",
    "The council was shown on Channel News Sunday.",
    "The council opened the shops for Black Friday.",
]


@pytest.mark.parametrize(("said", "first", "last"), PAST)
def test_a_time_of_what_has_been_means_these_days(split, said, first, last):
    assert _days(split(f"The council opened the bridge {said}.", "en")) == _expected(first, last)


@pytest.mark.parametrize(("said", "first", "last"), FUTURE)
def test_a_time_of_what_will_be_means_these_days(split, said, first, last):
    assert _days(split(f"The council will open the bridge {said}.", "en")) == _expected(first, last)


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        # The nearest verb tells, whatever the sentence is about.
        ("The governor leaves the palace on Jan. 20.", "2025-01-20"),
        ("The guild planned to rally Monday in the capital.", "2024-07-29"),
        ("The mayor agreed to open the bridge on Monday.", "2024-07-29"),
        ("The trial is scheduled for November.", "2024-11-01"),
        ("The mill could close in November.", "2024-11-01"),
        ("The verdict is expected Tuesday.", "2024-07-30"),
        ("The toll will grow by 2 percent, less than forecast in May.", "2024-05-01"),
        ("The mayor, who was elected in November, will resign.", "2023-11-01"),
        # No verb tells: the nearer of the two.
        ("The next session is in December.", "2024-12-01"),
        ("The bridge is open to lorries since March.", "2024-03-01"),
    ],
)
def test_the_verb_beside_a_time_says_whether_it_is_to_come(split, sentence, first):
    (claim,) = split(sentence, "en")
    assert [d.first.isoformat() for d in claim.dates] == [first]


def test_a_fair_begins_and_ends_where_both_are_to_come(split):
    (claim,) = split("The fair begins next Monday and ends in June.", "en")
    assert [d.first.isoformat() for d in claim.dates] == ["2024-07-29", "2025-06-01"]


@pytest.mark.parametrize(
    "said", ["that evening", "later that day", "the same day", "the same night"]
)
def test_the_same_day_is_the_one_named_before(split, said):
    (claim,) = split(f"The mayor who fell on Monday left the clinic {said}.", "en")
    assert [(d.text, d.first.isoformat()) for d in claim.dates][1:] == [
        (said.removeprefix("later "), "2024-07-22")
    ]


@pytest.mark.parametrize("sentence", NONE)
def test_what_names_no_day_of_the_event_is_not_listed(split, sentence):
    assert _days(split(sentence, "en")) == []


def test_the_text_that_names_its_own_day_outweighs_the_stored_date():
    # Stored on Friday 26 July, a day late.
    text = "The council opened the bridge today, Thursday. The mayor resigned yesterday."
    found = detector.split(text, language="en", published=date(2024, 7, 26)).claims
    assert [(d.text, d.first.isoformat()) for c in found for d in c.dates] == [
        ("today, Thursday", "2024-07-25"),
        ("yesterday", "2024-07-24"),
    ]


def test_the_day_of_an_agencys_dateline_is_today():
    text = "HARBOURTOWN, July 24 (Reuters) - The council opened the bridge yesterday."
    (claim,) = detector.split(text, language="en", published=date(2024, 7, 26)).claims
    assert [d.first.isoformat() for d in claim.dates] == ["2024-07-23"]


def _days(claims):
    return [(d.first.isoformat(), d.last.isoformat()) for claim in claims for d in claim.dates]


def _expected(first, last):
    return [] if first is None else [(first, last)]
