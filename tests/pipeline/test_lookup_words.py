"""What a source is asked: words made from the claim, or the editor's own."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from claims.models import Claim
from claims.pipeline import lookup, review
from claims.pipeline.lookup import draining
from claims.sources.base import Answer
from claims.workflow import IllegalMove
from tests.cast import make_article, make_claim
from tests.pipeline.told import Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


def test_an_editors_words_are_asked_instead_and_asked_again(
    told: Told, queued: Claim, editor: User, outsider: User
) -> None:
    lookup.open_missing()
    lookup.drain("told")
    with pytest.raises(PermissionDenied):
        lookup.set_words(claim=queued, actor=outsider, source="told", words="جسر المرفأ")
    assert lookup.set_words(claim=queued, actor=editor, source="told", words="  جسر  المرفأ ")
    assert lookup.drain("told") == 1
    row = queued.lookups.get(source="told")
    assert (row.terms, row.state, row.requested_by) == ("جسر المرفأ", "nothing", editor)
    assert told.terms == ["", "جسر المرفأ"]
    # Nothing typed: they are made from the claim again.
    lookup.set_words(claim=queued, actor=editor, source="told", words="")
    assert queued.lookups.get(source="told").terms is None


def test_the_words_that_are_made_anyway_are_no_editors_words(
    told: Told, queued: Claim, editor: User
) -> None:
    lookup.set_words(claim=queued, actor=editor, source="told", words=queued.statement)
    assert queued.lookups.get(source="told").terms is None


def test_an_answer_to_the_old_words_is_not_stored(told: Told, queued: Claim, editor: User) -> None:
    lookup.open_missing()
    (asking_now,) = draining._take(told, 1)
    lookup.set_words(claim=queued, actor=editor, source="told", words="جسر المرفأ")
    draining._store([(asking_now, Answer(hits=(), asked="the old words"))])
    assert queued.lookups.get(source="told").state == "waiting"


def test_words_chosen_before_a_claim_is_accepted_wait_until_it_is(told: Told, editor: User) -> None:
    claim = make_claim()
    assert not lookup.set_words(claim=claim, actor=editor, source="told", words="جسر المرفأ")
    lookup.open_missing()
    assert lookup.drain("told") == 0
    assert told.asked == []
    review.accept(claim=claim, actor=editor)
    lookup.open_missing()
    assert lookup.drain("told") == 1
    assert told.terms == ["جسر المرفأ"]


def test_words_cannot_be_chosen_where_the_source_will_never_be_asked(
    told: Told, editor: User
) -> None:
    claim = make_claim(make_article(confidential=True))
    with pytest.raises(IllegalMove, match="مقاله سرّي"):
        lookup.set_words(claim=claim, actor=editor, source="told", words="جسر")
    assert not claim.lookups.exists()


@pytest.mark.parametrize("source", ["wikidata", "own_links", "gopher"])
def test_words_are_refused_for_a_source_that_is_not_asked_in_words(
    queued: Claim, editor: User, source: str
) -> None:
    with pytest.raises(IllegalMove, match=source):
        lookup.set_words(claim=queued, actor=editor, source=source, words="جسر")


def test_too_many_words_are_refused_with_the_limit(told: Told, queued: Claim, editor: User) -> None:
    with pytest.raises(ValidationError, match="500"):
        lookup.set_words(claim=queued, actor=editor, source="told", words="كلمة " * 101)
