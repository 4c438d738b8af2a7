"""Guard 9 over every source there is, also one that is written tomorrow: what is asked, and when."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from claims.models import WANTED_STATES, Claim, Lookup, State
from claims.pipeline import lookup, review
from claims.pipeline.lookup import draining
from claims.sources import registry
from claims.workflow import IllegalMove
from tests.admin.hands import address, signed_in
from tests.cast import make_article, make_claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]

SOURCES = registry()
OUTSIDE = {name for name, source in SOURCES.items() if source.sends_text_to_third_party}
LOCAL = set(SOURCES) - OUTSIDE


@pytest.fixture(autouse=True)
def _all_set_up(settings: Any) -> None:
    """Every source has what it needs, so that only the guard can hold it back."""
    translation.activate("en")
    for source in SOURCES.values():
        for name in source.needs:
            setattr(settings, name, "https://set.example")


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", SOURCES)
def test_who_may_be_asked_in_which_state(name: str, state: str, confidential: bool) -> None:
    claim = make_claim(make_article(confidential=confidential))
    claim.state = state
    wanted = state in WANTED_STATES
    expected = wanted and not confidential if name in OUTSIDE else wanted or state == "found"
    assert lookup.may_be_asked(SOURCES[name], claim) is expected


@pytest.mark.parametrize(
    ("accepted", "confidential", "asked"),
    [
        (False, False, LOCAL),
        (True, False, LOCAL | OUTSIDE),
        (False, True, LOCAL),
        (True, True, LOCAL),
    ],
)
def test_which_lookups_open_by_themselves(
    accepted: bool, confidential: bool, asked: set[str], editor: User
) -> None:
    claim = make_claim(make_article(confidential=confidential))
    if accepted:
        review.accept(claim=claim, actor=editor)
    lookup.open_missing()
    assert set(claim.lookups.values_list("source", flat=True)) == asked


@pytest.mark.parametrize("name", sorted(OUTSIDE))
@pytest.mark.parametrize("confidential", [False, True])
def test_nothing_leaves_by_a_row_that_got_there_some_other_way(
    name: str, confidential: bool, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def left(*_args: object) -> None:
        raise AssertionError("a source was asked")

    monkeypatch.setattr(draining, "_ask", left)
    claim = make_claim(make_article(confidential=confidential))
    if confidential:
        review.accept(claim=claim, actor=editor)
    with pytest.raises(IllegalMove, match="None of these sources may be asked now"):
        lookup.request(claim=claim, actor=editor, sources=[name])
    Lookup.objects.create(claim=claim, source=name)
    lookup.drain(name)
    assert claim.lookups.get(source=name).state == Lookup.State.GAVE_UP


def before_accepting(claim: Claim, editor: User) -> str:
    html = signed_in(editor).get(address(claim)).content.decode()
    moves = html.partition('id="moves"')[2].partition('data-action="dismiss"')[0]
    return " ".join(re.sub(r"<[^>]+>", " ", moves).split())


def test_accepting_says_beforehand_who_will_be_asked_and_what_they_get(editor: User) -> None:
    claim = make_claim()
    said = before_accepting(claim, editor)
    assert f"Accepting asks {len(OUTSIDE)} outside sources" in said
    for name in OUTSIDE:
        assert str(SOURCES[name].sends).replace("'", "&#x27;") in said
    review.accept(claim=claim, actor=editor)
    assert "Accepting asks" not in before_accepting(claim, editor)


def test_of_a_confidential_article_it_says_that_nothing_leaves(editor: User) -> None:
    said = before_accepting(make_claim(make_article(confidential=True)), editor)
    assert "Confidential: accepting asks our own data only" in said
    assert "Sends" not in said


def test_a_source_that_has_not_been_asked_says_what_it_would_send(editor: User) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    html = signed_in(editor).get(address(claim)).content.decode()
    (row,) = re.findall(r'<div class="lk" data-source="wikipedia".*?</div>', html, re.DOTALL)
    assert "Sends words of the claim to the Wikimedia Foundation" in row.partition("<details")[0]
