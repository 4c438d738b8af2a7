"""A claim about the future waits for its date, comes back by itself, and its editor is told.

Walked from the article to the assignee's page, with the sweep as beat calls it: once with an
invented article, once with the real one of the corpus.
"""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import translation

from claims.models import Article, Claim, State, Transition
from claims.pipeline import lookup, review, splitting
from claims.pipeline.intake import receive
from claims.tasks import sweep
from claims.workflow import broken_link
from tests.admin.hands import address, press, signed_in
from tests.cast import make_article, make_claim, published_claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]

REAL = Path(__file__).parents[3] / "shared" / "corpus" / "kremlin-meeting.ar.txt"
WORDS = "أغسطس المقبل"
INVENTED = (
    "لقاء مرتقب في ميناء بحر الشمال\n"
    "ذكرت صحيفة المنارة أن وزيري النقل سيلتقيان في ميناء بحر الشمال في أغسطس المقبل. "
    "وأضافت الصحيفة أن اللقاء يبحث خط العبّارات."
)


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


@pytest.fixture(params=["an invented article", "the real article"])
def text(request: pytest.FixtureRequest) -> str:
    if request.param == "an invented article":
        return INVENTED
    if not REAL.is_file():
        pytest.skip(f"the corpus is not here: {REAL.name}")
    return REAL.read_bytes().decode("utf-8")


def at(day: int, month: int, hour: int = 9) -> time_machine.travel:
    return time_machine.travel(datetime(2024, month, day, hour, tzinfo=UTC), tick=True)


def waits_for_you(user: User) -> str:
    html = signed_in(user).get("/desk/").content.decode()
    text = re.sub(r"<[^>]+>", " ", html.partition('id="t1"')[2].partition("</section>")[0])
    return " ".join(text.split())


def coming_back(user: User) -> str:
    html = signed_in(user).get("/desk/").content.decode()
    return html.partition("Coming back this week")[2]


def test_the_august_meeting(text: str, editor: User, second_editor: User) -> None:
    with at(26, 7):
        article = receive(
            text=text, published_on=date(2024, 7, 26), channel=Article.Channel.PASTE,
            received_by=editor, language="ar",
        ).article  # fmt: skip
        splitting.split_article(article.pk)
        # Found as a prediction, with the last day that it speaks of.
        claim = article.claims.get(statement__contains=WORDS)
        assert (claim.kind, claim.checkable_from) == ("prediction", date(2024, 8, 31))
        client = signed_in(editor)
        assert "It can be checked from 31 August" in client.get(address(claim)).content.decode()
        # Accepted, and asked about at once; the page proposes the day after.
        press(client, claim, "accept/")
        sweep()
        assert lookup.drain("archive") >= 1
        assert claim.lookups.get(source="archive").state == "nothing"
        proposed = re.search(
            r'id="wait-until"[^>]*value="([^"]*)"', client.get(address(claim)).content.decode()
        )
        assert proposed is not None
        assert proposed[1] == "2024-09-01"
        press(
            client, claim, "wait/", until=proposed[1], reason="Nobody can tell before it is over."
        )
        claim.refresh_from_db()
        assert (claim.state, claim.recheck_on) == (State.WAITING, date(2024, 9, 1))
        assert WORDS not in waits_for_you(editor)

    with at(31, 8, hour=23):
        sweep()
        claim.refresh_from_db()
        assert claim.state == State.WAITING
        assert claim.lookups.get(source="archive").state == "nothing"
        assert WORDS in coming_back(editor)

    with at(1, 9, hour=0):
        sweep()
        sweep()  # Beat comes every ten seconds; the claim comes back once.
        claim.refresh_from_db()
        assert (claim.state, claim.recheck_on, claim.assignee) == (State.RESEARCHING, None, editor)
        moves = Transition.objects.filter(subject="claim", subject_id=claim.pk)
        assert list(moves.order_by("number").values_list("action", "actor__username")) == [
            ("accept", "layla"),
            ("wait", "layla"),
            ("resume", None),
        ]
        assert broken_link(Transition.Subject.CLAIM, claim.pk) is None
        # Every source is asked again, the outside ones among them.
        assert set(claim.lookups.values_list("state", flat=True)) == {"waiting"}
        assert {"archive", "gdelt", "wikipedia"} <= set(
            claim.lookups.values_list("source", flat=True)
        )
        assert lookup.drain("archive") >= 1
        again = claim.lookups.get(source="archive")
        assert again.state == "nothing"
        assert again.finished_at is not None
        assert again.finished_at.date() == date(2024, 9, 1)
        # The assignee is told, and nobody else.
        assert re.search(f"Its date has come [^,]*{WORDS}", waits_for_you(editor))
        assert WORDS not in waits_for_you(second_editor)
        assert WORDS not in coming_back(editor)


def test_what_is_published_comes_back_to_its_assignee_too(
    editor: User, reviewer: User, publisher: User
) -> None:
    with at(26, 7):
        claim = published_claim(editor, reviewer, publisher, rating="not-yet").claim
        claim.refresh_from_db()
        review.edit_claim(
            claim=claim, actor=editor, revision=claim.revision,
            changes={"recheck_on": date(2024, 9, 1)},
        )  # fmt: skip
    with at(1, 9):
        sweep()
        claim.refresh_from_db()
        assert claim.state == State.CORRECTING
        assert f"Its date has come {claim.statement}" in waits_for_you(editor)


def test_a_claim_that_comes_back_to_nobody_is_shown_to_every_editor(
    editor: User, second_editor: User, administrator: User
) -> None:
    with at(26, 7):
        article = make_article()
        for name, taken_from in [("alone", None), ("left", second_editor)]:
            claim = make_claim(article, statement=name)
            review.accept(claim=claim, actor=editor)
            review.wait(claim=claim, actor=editor, until=date(2024, 9, 1), reason="later")
            Claim.objects.filter(pk=claim.pk).update(assignee=taken_from)
        User.objects.filter(pk=second_editor.pk).update(is_active=False)
    with at(1, 9):
        sweep()
        told = waits_for_you(editor)
        assert "Its date has come, and it is nobody&#x27;s alone" in told
        assert "Its date has come, and it is nobody&#x27;s left" in told
        assert "Its date has come" not in waits_for_you(administrator)
