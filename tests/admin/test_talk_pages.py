"""The rooms of what is said about a claim: each opens, whole, and costs a constant number of queries."""

import pytest
from django.contrib.auth.models import User

from claims.models import Publication
from claims.pipeline import corresponding, discussing
from tests.admin.hands import address, captured, signed_in
from tests.cast import published_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def talk(published: Publication, editor: User, times: int) -> None:
    """As many of everything that can be said about the claim."""
    claim = published.claim
    for turn in range(times):
        top = discussing.comment(
            claim=claim,
            actor=editor,
            text=f"Look at this again, @samer ({turn})",
            anchor=discussing.Anchor("statement", "صوفيا"),
        )
        discussing.comment(claim=claim, actor=editor, text="Done.", parent=top)
        corresponding.ask(claim=claim, actor=editor, kind="reply", whom=f"Office {turn}")
        corresponding.receive(publication=published, text=f"The day is wrong ({turn})")
        discussing.share(claim=claim, actor=editor, name=f"Dr {turn}")


def test_every_room_opens_and_costs_the_same_for_one_as_for_many(
    published: Publication, editor: User, publisher: User
) -> None:
    client = signed_in(publisher)
    claim = published.claim
    talk(published, editor, 1)
    contact = claim.contacts.get()
    rooms = [
        address(claim),
        address(claim, "comments/"),
        address(claim, "contacts/?ask=reply"),
        address(claim, f"contacts/{contact.pk}/"),
        address(claim, "experts/"),
        address(claim, "whole-history/?kind=comments"),
        "/desk/complaints/",
        f"/desk/complaints/{published.complaints.get().pk}/",
        "/desk/complaints/enter/?verdict=1",
    ]
    for room in rooms:
        assert client.get(room).status_code == 200, room
    few = {room: len(captured(client, room)) for room in rooms}
    talk(published, editor, 4)
    many = {room: len(captured(client, room)) for room in rooms}
    assert few == many
    del many[address(claim)]
    assert max(many.values()) < 30
