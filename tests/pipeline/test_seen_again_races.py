"""A verdict goes out while somebody decides what repeats it: the claim knows of both afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import Settings

from claims.models import Claim, Match, Matching
from claims.pipeline import matching, publishing
from claims.pipeline.matching import comparing
from tests.cast import approved_claim, make_claim, published_claim
from tests.pipeline.matched import repeated, suggested
from tests.pipeline.test_races import during

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _an_index_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def approved(editor: User, reviewer: User) -> Claim:
    return approved_claim(editor, reviewer)


def at_once(first: Callable[[], object], second: Callable[[], object], other_way: bool) -> None:
    during(*((second, first) if other_way else (first, second)))


@pytest.mark.parametrize("publication_first", [True, False])
def test_a_suggestion_rejected_while_the_other_ones_verdict_goes_out(
    editor: User, reviewer: User, publisher: User, approved: Claim, publication_first: bool
) -> None:
    public = published_claim(editor, reviewer, publisher, repeated(5)).claim
    again = repeated(6)
    rejected = suggested(again, public)
    suggested(again, approved)
    at_once(
        lambda: publishing.publish(claim=Claim.objects.get(pk=approved.pk), actor=publisher),
        lambda: matching.reject(match=rejected, actor=editor),
        other_way=not publication_first,
    )
    assert Claim.objects.get(pk=again.pk).seen_again


def test_a_suggestion_brought_back_while_the_verdict_goes_out(
    editor: User, publisher: User, approved: Claim
) -> None:
    again = repeated(6)
    match = matching.reject(match=suggested(again, approved), actor=editor)
    during(
        lambda: publishing.publish(claim=Claim.objects.get(pk=approved.pk), actor=publisher),
        lambda: matching.undo(match=match, actor=editor),
    )
    assert Claim.objects.get(pk=again.pk).seen_again


@pytest.mark.parametrize("publication_first", [True, False])
def test_a_suggestion_the_machine_makes_while_the_verdict_goes_out(
    publisher: User,
    approved: Claim,
    publication_first: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    again = repeated(6)
    found = Match(claim=again, earlier=approved, relation="same", score=0.9, method="1")
    monkeypatch.setattr(comparing, "_judged", lambda *_args: [found])
    monkeypatch.setattr(comparing, "_catch_up", lambda: 0)
    Matching.objects.create(claim=again)
    at_once(
        lambda: publishing.publish(claim=Claim.objects.get(pk=approved.pk), actor=publisher),
        lambda: matching.compare_due(),
        other_way=not publication_first,
    )
    assert Match.objects.get().earlier == approved
    assert Claim.objects.get(pk=again.pk).seen_again


def test_what_joined_another_cluster_meanwhile_is_compared_anew(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, member, again = make_claim(), repeated(2), repeated(3)
    joining = suggested(member, head)
    judged = comparing._judged

    def meanwhile(*_args: object) -> list[Match]:
        monkeypatch.setattr(comparing, "_judged", judged)
        matching.confirm(match=joining, actor=editor)
        return [Match(claim=again, earlier=member, relation="same", score=0.9, method="1")]

    monkeypatch.setattr(comparing, "_judged", meanwhile)
    monkeypatch.setattr(comparing, "_catch_up", lambda: 0)
    note = Matching.objects.create(claim=again)
    matching.compare_due()
    note.refresh_from_db()
    assert (note.state, note.attempts) == ("waiting", 0)
    assert note.next_at <= timezone.now()
    assert not again.matches.exists()
