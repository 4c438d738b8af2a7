"""Past the pages: what a forged form, another role or a stranger gets. The rules themselves are
tested in tests/models and tests/pipeline; here they are met where people meet them."""

from __future__ import annotations

import pytest

from tests.browser.people import Desk, People

pytestmark = pytest.mark.browser


@pytest.fixture
def proposed(desk: Desk) -> str:
    """The desk page of a claim that the editor has proposed a verdict for."""
    (claim,) = desk.rows(
        "SELECT id FROM claims_claim WHERE state = 'in_review' ORDER BY id LIMIT 1"
    )
    return f"/desk/claims/claim/{claim[0]}"


def decision(desk: Desk, proposed: str) -> dict[str, str]:
    """The fields with which the review page sends a decision, as they would be now."""
    claim = int(proposed.rpartition("/")[2])
    ((moves, version),) = desk.rows(
        "SELECT moves, (SELECT MAX(number) FROM claims_verdictversion WHERE claim_id = claim.id) "
        "FROM claims_claim AS claim WHERE id = ?",
        claim,
    )
    return {"moves": str(moves), "version": str(version), "reason": "لأنني أريد ذلك."}


def everything(desk: Desk) -> list[list[tuple[object, ...]]]:
    """All that these attempts could have changed."""
    return [
        desk.rows("SELECT id, state, moves, revision FROM claims_claim ORDER BY id"),
        desk.rows("SELECT id, decision FROM claims_review ORDER BY id"),
        desk.rows("SELECT entry_id, kind FROM claims_publication ORDER BY entry_id"),
        desk.rows("SELECT COUNT(*) FROM claims_transition"),
    ]


@pytest.mark.parametrize("action", ["review/approve/", "review/send-back/", "publish/"])
@pytest.mark.parametrize("name", ["editor", "administrator"])
def test_who_wrote_it_or_may_not_review_decides_nothing_by_a_forged_form(
    people: People, desk: Desk, proposed: str, name: str, action: str
) -> None:
    before = everything(desk)
    person = getattr(people, name)
    answer = person.post(f"{proposed}/{action}", **decision(desk, proposed))
    assert answer.status in (403, 422)
    assert (answer.status == 403) or action == "publish/"
    assert everything(desk) == before


def test_a_strangers_form_is_led_to_the_login_and_does_nothing(
    people: People, desk: Desk, proposed: str
) -> None:
    before = everything(desk)
    people.reader.go("/desk/")
    for action in ("review/approve/", "publish/", "retract/", "draft/"):
        answer = people.reader.post(f"{proposed}/{action}", **decision(desk, proposed))
        # A form with typed words is answered with them and a way to sign in, not with a redirect
        # that would lose them.
        assert answer.status == 403
        assert "/desk/login/" in answer.text()
    assert everything(desk) == before


def test_a_form_from_another_site_is_refused(people: People, desk: Desk, proposed: str) -> None:
    before = everything(desk)
    answer = people.reviewer.post(
        f"{proposed}/review/approve/", token="", **decision(desk, proposed)
    )
    assert answer.status == 403
    assert everything(desk) == before


@pytest.mark.parametrize(
    "path",
    [
        "review/add/",
        "verdictversion/add/",
        "publication/add/",
        "transition/add/",
        "evidence/add/",
        "claim/add/",
    ],
)
def test_no_administrators_form_makes_what_only_the_way_may_make(
    people: People, desk: Desk, path: str
) -> None:
    before = everything(desk)
    answer = people.administrator.post(f"/desk/claims/{path}", reason="x")
    assert answer.status in (403, 404, 405)
    assert everything(desk) == before
