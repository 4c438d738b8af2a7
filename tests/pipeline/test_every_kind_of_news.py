"""Every kind of news: chosen by each person, said on the desk and in a letter, and nothing of a
confidential article or of a sealed proposal in what leaves the house."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from claims.models import (
    Article,
    Claim,
    Comment,
    Notification,
    NotificationChoice,
    Profile,
)
from claims.pipeline.telling import digest
from tests.admin.hands import signed_in
from tests.cast import make_claim, proposed_claim, set_policy
from tests.pipeline.news import tell

pytestmark = pytest.mark.django_db

Kind = Notification.Kind
WHY = "What the ministry hides in Sofia"
# What is kept with each kind, in each way that it is told, and what it says then.
SAID: list[tuple[str, dict[str, Any], str]] = [
    ("assigned", {}, "samer gave you this claim."),
    ("assigned", {"rule": "Minister X"}, "The rule “Minister X” gave you this claim."),
    ("sent_back", {"reason": WHY}, "samer sent this verdict back to you."),
    ("approved", {}, "samer approved your verdict."),
    ("published", {}, "samer published your verdict."),
    ("to_review", {}, "samer sent this verdict to review."),
    ("overdue", {}, "This claim is yours, and its day has passed."),
    ("overdue", {"whom": "X"}, "X has not answered by the day that was asked for."),
    (
        "overdue",
        {"complaint": 1},
        "A reader's complaint about this verdict has not been answered in time.",
    ),
    ("seen_again", {}, "A new article repeats a claim with a public verdict."),
    ("recheck", {}, "The date that this claim waited for has come."),
    ("comment", {"comment": 1}, "samer wrote a comment for you."),
    ("comment", {"comment": 1, "expert": "X"}, "X, whom the desk asked, wrote a comment."),
    ("rule", {"rule": "Minister X"}, "The rule “Minister X” points you to this claim."),
    ("answer", {"whom": "X"}, "X answered the desk."),
    ("answer", {"complaint": 1}, "A reader complains about this verdict."),
    ("security", {"what": "reset"}, "samer reset your second factor. Set up a new one."),
    ("scheduled", {"failed": False}, "The verdict went out at its time."),
    (
        "scheduled",
        {"failed": True, "why": WHY},
        "The verdict could not go out at its time.",
    ),
]
every_way = pytest.mark.parametrize(("kind", "data", "sentence"), SAID)


def news(person: User, kind: str, data: dict[str, Any], claim: Claim | None) -> Notification:
    actor = None if "rule" in data else User.objects.get_or_create(username="samer")[0]
    return Notification.objects.create(
        person=person, kind=kind, key="test", claim=claim, actor=actor, data=data
    )


def letter(person: User) -> str:
    """Everything that leaves the house with what this person has been told."""
    profile, _made = Profile.objects.get_or_create(user=person, defaults={"language": "en"})
    told = list(
        Notification.objects.filter(person=person).select_related("actor", "claim__article")
    )
    with translation.override("en"):
        made: EmailMultiAlternatives = digest.letter(profile, told, 0, None)
    return bare(
        "\n".join([made.subject, str(made.body), *(str(one[0]) for one in made.alternatives)])
    )


def bare(text: str) -> str:
    text = re.sub("[\u2068\u2069]", "", html.unescape(re.sub(r"<[^>]+>", " ", text)))
    return " ".join(text.split())


def test_no_kind_is_forgotten_here() -> None:
    assert {kind for kind, _data, _sentence in SAID} == set(Kind.values)


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_can_be_chosen(editor: User, kind: str) -> None:
    client = signed_in(editor)
    page = client.get("/desk/settings/").content.decode()
    for where in ("desk", "mail"):
        assert re.search(rf'name="{where}-{kind}" checked', page)
    every = {f"{where}-{one}": "on" for one in Kind.values for where in ("desk", "mail")}
    del every[f"mail-{kind}"]
    kept = {"language": "en", "digits": "", "calendar": "gregorian", "theme": "auto"}
    client.post("/desk/settings/", {**kept, "byline": "", "digest": "daily", **every})
    choices = NotificationChoice.objects.values_list("kind", "on_desk", "by_mail")
    assert list(choices) == [(kind, True, False)]


@every_way
def test_each_kind_is_said_on_the_desk_and_in_the_letter(
    editor: User, kind: str, data: dict[str, Any], sentence: str
) -> None:
    news(editor, kind, data, None if kind == Kind.SECURITY else make_claim())
    desk = bare(signed_in(editor).get("/desk/news/").content.decode())
    assert sentence in desk
    # Once for mail programs that show text, once for those that show a page.
    assert letter(editor).count(sentence) == 2


@every_way
def test_no_kind_tells_in_a_letter_what_is_confidential(
    editor: User, kind: str, data: dict[str, Any], sentence: str
) -> None:
    claim = make_claim()
    Article.objects.filter(pk=claim.article_id).update(confidential=True, title="Secret title")
    named = {"reason": WHY, "why": WHY, "whom": "Minister X", "expert": "Doctor Y", "rule": "Sofia"}
    # Every name that any kind keeps, where this kind keeps one.
    data = {name: named.get(name, value) for name, value in data.items()}
    news(editor, kind, data, claim)
    left = letter(editor)
    for words in (*named.values(), claim.statement, "Secret title", "صوفيا"):
        assert words not in left
    assert "a claim of a confidential article" in left


def test_nothing_of_a_sealed_proposal_is_in_a_letter(editor: User, reviewer: User) -> None:
    set_policy(blind_rating=True)
    claim = proposed_claim(editor, summary="Nobody met anybody there.")
    Claim.objects.filter(pk=claim.pk).update(assignee=reviewer)
    written = Comment.objects.create(claim=claim, author=editor, text="@samer, plainly false.")
    written.mentions.set([reviewer])
    tell()
    kinds = Notification.objects.filter(person=reviewer).values_list("kind", flat=True)
    assert set(kinds) == {"to_review", "comment"}
    left = letter(reviewer)
    assert "sent this verdict to review" in left
    for words in ("Nobody met anybody", "plainly false", "False", "خاطئ"):
        assert words not in left
