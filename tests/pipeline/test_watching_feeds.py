"""Which feeds are watched, and by whom: decided at the desk, told in its history."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from claims.models import Outlet, Transition
from claims.pipeline import collecting
from claims.workflow import IllegalMove
from tests.pipeline.test_collecting import NOON, clock, watched
from tests.standins.outlet import FEED

__all__ = ["clock"]  # The fixture: noon, in English.

pytestmark = pytest.mark.django_db


class TestWatching:
    def test_adding_and_changing_a_feed_is_an_administrators_and_leaves_its_trace(
        self, administrator: User, editor: User
    ) -> None:
        about = {"url": FEED, "outlet": "المرفأ", "language": "ar", "every_minutes": 15}
        with pytest.raises(PermissionDenied):
            collecting.add(**about, takes_in=True, actor=editor)
        feed = collecting.add(**about, takes_in=True, actor=administrator)
        assert (feed.outlet.name, feed.added_by, feed.active) == ("المرفأ", administrator, True)
        with pytest.raises(IllegalMove, match="in the list already"):
            collecting.add(**about, takes_in=True, actor=administrator)
        collecting.change(feed=feed, actor=administrator, takes_in=False)
        collecting.change(feed=feed, actor=administrator, takes_in=False)
        moves = Transition.objects.filter(subject="desk").order_by("number")
        assert [(move.action, move.data["changes"]) for move in moves] == [
            (
                "add_feed",
                {"active": [None, True], "takes_in": [None, True], "every_minutes": [None, 15]},
            ),
            ("change_feed", {"takes_in": [True, False]}),
        ]

    def test_an_address_that_cannot_be_a_feed_is_refused(self, administrator: User) -> None:
        with pytest.raises(ValidationError):
            collecting.add(
                url="ftp://marfa.example/feed", outlet="المرفأ", language="ar", takes_in=False,
                every_minutes=30, actor=administrator,
            )  # fmt: skip
        assert not Outlet.objects.exists()

    def test_what_is_switched_on_again_is_read_at_once(
        self, administrator: User, clock: time_machine.Traveller
    ) -> None:
        feed = watched(active=False, next_at=NOON + timedelta(days=9), reason="gone", attempts=4)
        with pytest.raises(IllegalMove, match="switched off"):
            collecting.read_now(feed=feed, actor=administrator)
        collecting.change(feed=feed, actor=administrator, active=True)
        feed.refresh_from_db()
        assert (feed.next_at, feed.reason, feed.attempts) == (NOON, "", 0)
