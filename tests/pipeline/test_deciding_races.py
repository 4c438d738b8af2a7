"""Two editors decide at once: clusters keep one head and no chains, and one decision counts."""

import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connections

from claims.models import ClusterMember, Match
from claims.pipeline import matching
from claims.workflow import IllegalMove
from tests.cast import make_claim
from tests.pipeline.matched import repeated, suggested
from tests.pipeline.test_races import during

pytestmark = pytest.mark.django_db(transaction=True)


def heads() -> dict[int, int]:
    return dict(ClusterMember.objects.values_list("claim_id", "head_id"))


@pytest.mark.parametrize("newest_first", [False, True])
def test_of_two_pairs_that_meet_in_one_claim_both_end_under_one_head(
    editor: User, second_editor: User, newest_first: bool
) -> None:
    first, second, third = make_claim(), repeated(2), repeated(3)
    acts: list[Callable[[], Match]] = [
        lambda: matching.confirm(match=suggested(second, first), actor=editor),
        lambda: matching.confirm(match=suggested(third, second), actor=second_editor),
    ]
    if newest_first:
        acts.reverse()
    during(*acts)
    assert heads() == {second.pk: first.pk, third.pk: first.pk}


def test_one_suggestion_is_decided_on_once(editor: User, second_editor: User) -> None:
    first, again = make_claim(), repeated()
    match = suggested(again, first)

    def too_late() -> None:
        with pytest.raises(IllegalMove):
            matching.reject(match=match, actor=second_editor)

    during(lambda: matching.confirm(match=match, actor=editor), too_late)
    assert Match.objects.get().decided_by == editor


def test_many_at_once_make_one_cluster(editor: User) -> None:
    claims = [make_claim(), *(repeated(number) for number in range(2, 7))]
    matches = [suggested(claims[n], claims[n - 1]) for n in range(1, len(claims))]
    start = threading.Barrier(len(matches))
    failed: list[BaseException] = []

    def one(match: Match) -> None:
        try:
            start.wait(10)
            matching.confirm(match=match, actor=editor)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(match,)) for match in matches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert heads() == {claim.pk: claims[0].pk for claim in claims[1:]}
