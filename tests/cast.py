"""The people of the desk, and claims at every stage of the way, made as the desk makes them.

Fixtures give people; the builders walk the real pipeline, so that a claim in review has been
proposed and one that is published stands in the log.
"""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.contrib.auth.models import Group, User

from claims.models import (
    Appearance,
    Article,
    Claim,
    Claimant,
    Outlet,
    Position,
    Publication,
    Rating,
)
from claims.pipeline import desk, publishing, review

PASSWORD = "correct horse battery"

TEXT = (
    "مصادر: لقاء وزاري مرتقب\n"
    "ذكرت صحيفة المرفأ أن الوزيرين سيلتقيان في صوفيا في أغسطس المقبل، "
    "لكن مسؤولين نفوا الخبر.\n"
    "وقالت الوزارة إن عدد العائدين بلغ 1200 شخص."
)
STATEMENT = "الوزيرين سيلتقيان في صوفيا في أغسطس المقبل"
DENIAL = "نفوا الخبر"


def person(username: str, *groups: str, **fields: object) -> User:
    user = User.objects.create_user(
        username, password=PASSWORD, is_staff=bool(groups) or bool(fields), **fields
    )
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def editor(db: None) -> User:
    return person("layla", "Editor")


@pytest.fixture
def second_editor(db: None) -> User:
    return person("mehmet", "Editor")


@pytest.fixture
def reviewer(db: None) -> User:
    return person("samer", "Reviewer")


@pytest.fixture
def second_reviewer(db: None) -> User:
    return person("ece", "Reviewer")


@pytest.fixture
def publisher(db: None) -> User:
    return person("nour", "Publisher")


@pytest.fixture
def administrator(db: None) -> User:
    return person("admin", "Administrator")


@pytest.fixture
def superuser(db: None) -> User:
    return person("root", is_superuser=True)


@pytest.fixture
def outsider(db: None) -> User:
    """Signed in, and not on the desk."""
    return person("guest")


def set_policy(**values: int) -> None:
    """As an administrator does it: the policy has no other way to change."""
    boss = User.objects.filter(username="boss").first() or person("boss", "Administrator")
    desk.change_policy(actor=boss, **values)


def make_article(
    text: str = TEXT,
    *,
    language: str = "ar",
    published_on: date = date(2026, 7, 20),
    outlet: str = "المرفأ",
    url: str = "https://marfa.example/sofia",
    confidential: bool = False,
    split: bool = True,
) -> Article:
    article = Article.objects.create(
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=text.split("\n")[0][:300],
        language=language,
        channel=Article.Channel.PASTE,
        confidential=confidential,
        split_state=Article.Split.DONE if split else Article.Split.WAITING,
    )
    Appearance.objects.create(
        article=article,
        outlet=Outlet.objects.get_or_create(name=outlet)[0] if outlet else None,
        url=url,
        published_on=published_on,
    )
    return article


def make_claim(
    article: Article | None = None,
    *,
    text: str = STATEMENT,
    denial: str | None = None,
    claimant: str = "صحيفة المرفأ",
    kind: str = "prediction",
    statement: str | None = None,
) -> Claim:
    """A found claim with an asserting position, and a denying one where `denial` is given."""
    article = article or make_article()
    claim = Claim.objects.create(
        article=article,
        statement=statement or text,
        language=article.language,
        kind=kind,
        checkworthiness=0.8,
        reasons=["names an office"],
    )
    speaker, _new = Claimant.objects.get_or_create(
        language=article.language,
        folded=claimant,
        defaults={"name": claimant, "kind": Claimant.Kind.OUTLET},
    )
    for words, stance in [(text, "asserts"), (denial, "denies")]:
        if words:
            start = article.text.index(words)
            Position.objects.create(
                claim=claim,
                article=article,
                start=start,
                end=start + len(words),
                text=words,
                stance=stance,
                form="indirect",
                claimant=speaker if stance == "asserts" else None,
            )
    return claim


def researched_claim(editor: User, claim: Claim | None = None, **fields: str) -> Claim:
    """Accepted, with two independent pieces of evidence and a complete draft; not yet proposed."""
    claim = claim or make_claim(denial=DENIAL)
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
    write_verdict(editor, claim, **fields)
    return claim


def write_verdict(
    editor: User,
    claim: Claim,
    *,
    rating: str = "false",
    summary: str = "انقضى أغسطس ولم يلتق الوزيران.",
    explanation: str = "يخلو جدول الوزارة من اللقاء [1]، وأكدت الوكالة ذلك [2].",
) -> None:
    if not claim.evidence.exists():
        for number, primary in ((1, True), (2, False)):
            review.add_evidence(
                claim=claim,
                actor=editor,
                url=f"https://evidence.example/{number}",
                title=f"جدول {number}",
                publisher="الوزارة" if primary else "وكالة",
                quote="لا لقاء في أغسطس",
                quote_language="ar",
                relation="refutes",
                primary=primary,
                independence_group=f"g{number}",
            )
    draft = getattr(Claim.objects.get(pk=claim.pk), "draft", None)
    review.save_draft(
        claim=claim,
        actor=editor,
        revision=draft.revision if draft else 0,
        rating=Rating.objects.get(slug=rating),
        summary=summary,
        explanation=explanation,
    )
    claim.refresh_from_db()


def proposed_claim(editor: User, claim: Claim | None = None, **fields: str) -> Claim:
    claim = researched_claim(editor, claim, **fields)
    review.propose(claim=claim, actor=editor)
    return claim


def approved_claim(
    editor: User, reviewer: User, claim: Claim | None = None, **fields: str
) -> Claim:
    claim = proposed_claim(editor, claim, **fields)
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    return claim


def published_claim(
    editor: User,
    reviewer: User,
    publisher: User,
    claim: Claim | None = None,
    **fields: str,
) -> Publication:
    claim = approved_claim(editor, reviewer, claim, **fields)
    return publishing.publish(claim=claim, actor=publisher)
