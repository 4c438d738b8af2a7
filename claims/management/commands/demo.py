"""The demo desk: four people, a handful of outlets, three articles, and claims on their way."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.models import Group, User
from django.core.management.base import CommandError

from claims.management import sample
from claims.management.base import DispatchingCommand
from claims.models import Article, Claim, Outlet, Profile, Rating
from claims.pipeline import intake, publishing, review, splitting


class Member(NamedTuple):
    username: str
    first_name: str
    last_name: str
    group: str
    task: str


CAST = (
    Member(
        "editor", "هالة", "منصور", "Editor", "brings articles in, researches, proposes verdicts"
    ),
    Member("reviewer", "Deniz", "Aksoy", "Reviewer", "approves verdicts or sends them back"),
    Member("publisher", "ربيع", "خوري", "Publisher", "publishes, corrects, retracts"),
    Member("administrator", "نادين", "سالم", "Administrator", "people, rating scale, policy"),
)


class Command(DispatchingCommand):
    help = "Fills an empty desk with the demo desk. On a desk that has people it changes nothing."
    needs = "a migrated database in which there are no people yet"
    example = "demo"

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            self.stdout.write(
                "This desk has its people, so no demo desk is added.\n"
                "A forgotten password: .venv/bin/python manage.py changepassword NAME"
            )
            return
        people = {}
        self.stdout.write("Logins of the demo desk, shown this once:")
        for member in CAST:
            password = secrets.token_urlsafe(9)
            people[member.username] = _person(member, password)
            self.stdout.write(f"  {member.username:<14} {password:<14} {member.task}")
        for name, homepage, language in sample.OUTLETS:
            Outlet.objects.create(name=name, homepage=homepage, language=language)
        for article in sample.ARTICLES:
            _bring_in(article, people["editor"])
        _publish_one(people)
        _send_one_to_review(people["editor"])
        _research_the_contested_one(people["editor"])


def _person(member: Member, password: str) -> User:
    user = User.objects.create_user(
        member.username,
        password=password,
        is_staff=True,
        first_name=member.first_name,
        last_name=member.last_name,
    )
    user.groups.add(Group.objects.get(name=member.group))
    Profile.objects.create(user=user, demo=True)
    return user


def _bring_in(article: sample.Article, editor: User) -> None:
    received = intake.receive(
        text=article.text,
        language=article.language,
        published_on=date.fromisoformat(article.published_on),
        outlet=article.outlet,
        url=article.url,
        channel=Article.Channel.PASTE,
        received_by=editor,
    )
    splitting.split_article(received.article.pk)


def _claim(words: str) -> Claim:
    claim = Claim.objects.filter(positions__text__contains=words).first()
    if claim is None:
        raise CommandError(f"The sample articles no longer hold a claim with “{words}”.")
    return claim


def _write(claim: Claim, verdict: sample.Verdict, editor: User) -> None:
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
    for piece in verdict.evidence:
        review.add_evidence(claim=claim, actor=editor, **piece)
    review.save_draft(
        claim=claim,
        actor=editor,
        revision=0,
        rating=Rating.objects.get(slug=verdict.rating),
        summary=verdict.summary,
        explanation=verdict.explanation,
    )


def _publish_one(people: dict[str, User]) -> None:
    claim = _claim(sample.PUBLISHED.words)
    _write(claim, sample.PUBLISHED, people["editor"])
    review.propose(claim=claim, actor=people["editor"])
    review.approve(claim=claim, actor=people["reviewer"], version=1, vouches=review.STANDARDS)
    publishing.publish(claim=claim, actor=people["publisher"])


def _send_one_to_review(editor: User) -> None:
    claim = _claim(sample.IN_REVIEW.words)
    _write(claim, sample.IN_REVIEW, editor)
    review.propose(claim=claim, actor=editor)


def _research_the_contested_one(editor: User) -> None:
    claim = _claim(sample.CONTESTED)
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
