"""The desk's figures: what they count, what they say of it, and when they hold their tongue."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from claims.admin.counting import counted
from claims.admin.figures import ages, agreement, balance, periods, ratings, turnaround
from claims.admin.figures.shapes import length, quantile, share
from claims.models import Article, Claim, Claimant, Position, Publication, Rating, Review
from claims.pipeline import publishing, review
from tests.admin.hands import captured, signed_in
from tests.cast import (
    DENIAL,
    STATEMENT,
    TEXT,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
    set_policy,
)

pytestmark = pytest.mark.django_db

# A Wednesday.
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def four_weeks() -> periods.Period:
    return periods.lately(4, NOW)


def verdict(
    editor: User,
    reviewer: User,
    publisher: User,
    *,
    at: datetime,
    took: timedelta = HOUR,
    rating: str = "false",
    claimant: str = "صحيفة المرفأ",
) -> Publication:
    """A verdict that went out at `at`, `took` after its article came in."""
    with dated(Article, "received_at", at - took):
        article = make_article(f"{TEXT}\n{Article.objects.count()}")
    claim = make_claim(article, denial=DENIAL, claimant=claimant)
    with mock.patch.object(publishing.log, "next_time", return_value=at):
        return published_claim(editor, reviewer, publisher, claim, rating=rating)


@contextmanager
def dated(model: type[Model], field: str, at: datetime) -> Iterator[None]:
    """Rows made meanwhile are of that moment: afterwards a trigger lets nobody change it."""
    with mock.patch.object(model._meta.get_field(field), "_get_default", return_value=at):
        yield


@pytest.fixture
def verdicts(editor: User, reviewer: User, publisher: User) -> list[Publication]:
    """Six in three weeks, by two parties."""
    told = [
        (28, 10, "false", "A"),
        (21, 20, "true", "A"),
        (14, 30, "false", "A"),
        (13, 40, "misleading", "B"),
        (1, 50, "true", "B"),
        (0, 200, "false", "A"),
    ]
    return [
        verdict(
            editor, reviewer, publisher,
            at=NOW - timedelta(days=days), took=hours * HOUR, rating=rating, claimant=claimant,
        )
        for days, hours, rating, claimant in told
    ]  # fmt: skip


def test_a_period_is_whole_weeks_from_monday_on(four_weeks: periods.Period) -> None:
    assert [str(day) for day in four_weeks.mondays] == [
        "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16",
    ]  # fmt: skip
    sunday = timezone.make_aware(datetime(2026, 11, 15, 23, 59))
    assert four_weeks.week(sunday) == 2
    assert four_weeks.week(sunday + timedelta(minutes=2)) == 3
    assert [periods.asked(text, NOW).weeks for text in ("4", "52", "5", "x\x00", None)] == [
        4, 52, 12, 12, 12,
    ]  # fmt: skip


def test_shares_and_quantiles_never_say_more_than_they_know() -> None:
    hours = [HOUR * n for n in range(1, 11)]
    assert (quantile(hours, 0.5), quantile(hours, 0.9)) == (5 * HOUR, 9 * HOUR)
    assert (quantile([HOUR], 0.9), quantile([], 0.5)) == (HOUR, None)
    assert (share(999, 1000), share(1, 1000), share(5, 5), share(0, 5), share(0, 0)) == (
        "99%", "1%", "100%", "0%", "0%",
    )  # fmt: skip
    assert [length(HOUR * n) for n in (0.2, 1, 26, 47.9, 48, 80)] == [
        "less than an hour", "1 hour", "26 hours", "48 hours", "2 days", "3 days",
    ]  # fmt: skip


def test_turnaround_is_counted_from_intake_to_the_first_publication(
    verdicts: list[Publication], four_weeks: periods.Period
) -> None:
    assert [[took / HOUR for took in week] for week in turnaround.numbers(four_weeks)] == [
        [20],
        [30, 40],
        [],
        [50, 200],
    ]
    made = turnaround.figure(four_weeks)
    assert made.answer == "Half of the verdicts took 40 hours or less, nine of ten 8 days or less."
    assert [list(row[1:]) for row in made.rows] == [
        [1, 20.0, 20.0], [2, 30.0, 40.0], [0, None, None], [2, 50.0, 200.0],
    ]  # fmt: skip
    assert made.weeks is not None
    assert [part.height for part in made.weeks.columns[1].parts] == [20, 15]


def test_with_few_verdicts_no_answer_is_claimed(
    editor: User, reviewer: User, publisher: User, four_weeks: periods.Period
) -> None:
    assert turnaround.figure(four_weeks).said == "Nothing to count in this period yet."
    verdict(editor, reviewer, publisher, at=NOW)
    said = "Only 1 case in this period: too few for an answer."
    assert turnaround.figure(four_weeks).said == said
    assert balance.figure(four_weeks).said == said
    assert agreement.figure(four_weeks).said == said


def test_verdicts_are_counted_by_rating_and_week(
    verdicts: list[Publication], four_weeks: periods.Period
) -> None:
    slugs = dict(Rating.objects.values_list("pk", "slug"))
    weeks = ratings.numbers(four_weeks).weeks
    assert [{slugs[pk]: n for pk, n in week.items()} for week in weeks] == [
        {"true": 1},
        {"false": 1, "misleading": 1},
        {},
        {"true": 1, "false": 1},
    ]
    assert ratings.figure(four_weeks).answer == "5 verdicts; no rating stands out."
    wider = ratings.figure(periods.lately(12, NOW))
    assert wider.answer == "Of 6 verdicts, 3 are “False”, more than any other."


def test_a_retracted_verdict_counts_no_more_and_a_corrected_one_as_it_stands(
    verdicts: list[Publication],
    four_weeks: periods.Period,
    editor: User,
    reviewer: User,
    publisher: User,
) -> None:
    publishing.retract(claim=verdicts[5].claim, actor=publisher, reason="We erred.")
    claim = Claim.objects.get(pk=verdicts[1].claim_id)
    publishing.correct(claim=claim, actor=publisher, kind="correction", reason="a wrong date")
    claim.refresh_from_db()
    review.save_draft(
        claim=claim, actor=editor, revision=claim.draft.revision,
        rating=Rating.objects.get(slug="misleading"),
        summary=claim.draft.summary, explanation=claim.draft.explanation,
    )  # fmt: skip
    review.propose(claim=claim, actor=editor)
    review.approve(claim=claim, actor=reviewer, version=2, vouches=review.STANDARDS)
    publishing.publish(claim=claim, actor=publisher)
    slugs = dict(Rating.objects.values_list("pk", "slug"))
    totals = {slugs[pk]: n for pk, n in ratings.numbers(four_weeks).totals.items()}
    assert totals == {"misleading": 2, "false": 1, "true": 1}
    assert ratings.numbers(four_weeks).weeks[0].total() == 1


def test_reviews_are_counted_as_they_were_decided_and_blind_ratings_beside_them(
    editor: User, reviewer: User, second_reviewer: User, four_weeks: periods.Period
) -> None:
    set_policy(blind_rating=True)
    for number, (blind, approves) in enumerate(
        [("false", True), ("true", False), ("false", False), ("false", True), ("false", True)]
    ):
        at = NOW - timedelta(days=7 * (number % 2))
        with dated(Review, "created_at", at):
            claim = proposed_claim(
                editor, make_claim(make_article(f"{TEXT}\n{number}"), denial=DENIAL)
            )
            review.rate_blind(claim=claim, actor=reviewer, version=1, rating=blind)
            if approves:
                review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
            else:
                review.send_back(claim=claim, actor=reviewer, version=1, reason="no source")
    # Rated, and not decided yet: it would tell what is still sealed.
    other = proposed_claim(editor, make_claim(make_article(f"{TEXT}\nx"), denial=DENIAL))
    review.rate_blind(claim=other, actor=second_reviewer, version=1, rating="true")
    made = agreement.figure(four_weeks)
    assert [list(row[1:]) for row in made.rows] == [
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [1, 1, 1, 1],
        [2, 1, 3, 0],
    ]
    assert made.answer == (
        "Of 5 reviews, 3 approved what was proposed (60%). "
        "The blind rating was the proposed one in 4 of 5."
    )


def test_the_balance_is_told_by_claimant_with_what_was_upheld_and_refuted(
    verdicts: list[Publication],
) -> None:
    made = balance.figure(periods.lately(12, NOW))
    assert [row[:4] for row in made.rows] == [["A", 4, 1, 3], ["B", 2, 1, 1]]
    assert made.answer == (
        "“\u2068A\u2069” has the most verdicts: 4 of 6 (67%), 1 upheld and 3 refuted."
    )


def test_the_balance_has_other_sides(verdicts: list[Publication]) -> None:
    Claimant.objects.filter(name="B").update(kind="person")
    Claim.objects.filter(pk=verdicts[0].claim_id).update(topic="bread")
    period = periods.lately(12, NOW)
    rows = {
        by: [(row.name, row.total) for row in balance.numbers(period, by).rows]
        for by in ("kind", "outlet", "topic")
    }
    assert rows == {
        "kind": [("outlet", 4), ("person", 2)],
        "outlet": [("المرفأ", 6)],
        "topic": [("no topic", 5), ("bread", 1)],
    }


def test_who_only_denies_is_not_counted_as_having_claimed_it(
    verdicts: list[Publication],
) -> None:
    denying = Claimant.objects.create(kind="person", name="C", folded="c", language="ar")
    Position.objects.filter(stance="denies").update(claimant=denying)
    names = [row.name for row in balance.numbers(periods.lately(12, NOW)).rows]
    assert names == ["A", "B"]


def test_counts_come_in_one_query_and_stop_at_their_limit(editor: User) -> None:
    for number in range(4):
        make_claim(make_article(f"{TEXT}\n{number}"))
    with CaptureQueriesContext(connection) as queries:
        found = counted(2, all=Claim.objects.all(), none=Claim.objects.none())
    assert len(queries) == 1
    assert found == {"all": 3, "none": 0}
    assert counted(None, all=Claim.objects.all()) == {"all": 4}


def test_each_figure_is_a_page_a_table_and_a_file(
    verdicts: list[Publication], editor: User
) -> None:
    client = signed_in(editor)
    with mock.patch("django.utils.timezone.now", return_value=NOW):
        html = client.get("/desk/figures/?weeks=4").content.decode()
        text = b"".join(client.get("/desk/figures/ratings/?as=csv&weeks=4")).decode("utf-8-sig")
        balanced = b"".join(client.get("/desk/figures/balance/?as=json&weeks=12&by=claimant"))
    assert "Half of the verdicts took 40 hours or less" in html
    assert html.count("<table") == 5
    assert "style=" not in html
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][0] == "week"
    assert rows[0][-1] == "all"
    assert [row[0] for row in rows[1:]] == ["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"]
    assert [row[-1] for row in rows[1:]] == ["1", "2", "0", "2"]
    assert json.loads(balanced)[0]["verdicts"] == 4


def test_an_empty_desk_is_told_so_and_bad_addresses_are_answered(editor: User) -> None:
    client = signed_in(editor)
    html = client.get("/desk/figures/?weeks=999999999999&by=%E2%80%AE").content.decode()
    assert html.count("Nothing to count in this period yet.") >= 4
    assert client.get("/desk/figures/nonsense/?as=csv").status_code == 404
    assert client.post("/desk/figures/").status_code == 405
    answer = client.get("/desk/figures/age/?as=exe")
    assert (answer.status_code, answer["Location"]) == (
        302, "/desk/figures/?weeks=12&by=claimant#age",
    )  # fmt: skip
    assert "Nothing to count" in client.get("/desk/today/figures/").content.decode()


def test_nobody_from_outside_sees_a_figure(outsider: User) -> None:
    for path in ("figures/", "figures/age/?as=csv", "today/figures/", "today/waiting/"):
        assert signed_in(outsider).get(f"/desk/{path}").status_code == 302


def test_the_figures_take_no_more_queries_for_many_verdicts(
    verdicts: list[Publication], editor: User
) -> None:
    client = signed_in(editor)
    assert len(captured(client, "/desk/figures/?weeks=52")) < 30
    assert len(captured(client, "/desk/today/figures/")) < 20


def test_every_number_of_the_drawing_has_a_point_and_not_a_comma(
    verdicts: list[Publication], editor: User
) -> None:
    client = signed_in(editor)
    client.cookies["language"] = "ar"
    html = client.get("/desk/figures/?weeks=52").content.decode()
    assert re.findall(r'<rect[^>]* (?:x|y|width|height)="[^"]*[^0-9.%"][^"]*"', html) == []


def test_old_claims_are_told_of(editor: User) -> None:
    assert ages.figure(NOW).said == "No claim is open."
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    Claim.objects.filter(pk=claim.pk).update(created_at=NOW - timedelta(days=9))
    assert ages.figure(NOW).said == "1 of 1 open claims came in more than a week ago."
    assert STATEMENT not in ages.figure(NOW).said
