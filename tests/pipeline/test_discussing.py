"""Comments: where they stand, who may write them, what is refused, and what they leave behind."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from claims import workflow
from claims.models import Article, Claim, Comment, ExpertLink, Transition
from claims.pipeline import discussing, review
from claims.pipeline.discussing import Anchor, Place
from claims.workflow import IllegalMove, StaleState
from tests.admin.hands import history
from tests.cast import make_article, make_claim, proposed_claim, researched_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def claim(editor: User) -> Claim:
    return researched_claim(editor)


def test_a_quote_is_found_again_by_its_words_and_nearest_to_where_it_was() -> None:
    text = "the port is open. We said: the port\n is open."
    assert discussing.place(text, "the port is open", 0) == Place(0, 16)
    assert discussing.place(text, "the port is open", 30) == Place(27, 44)
    assert discussing.place(text, "the port is shut") is None
    assert discussing.place(text, "   ") is None


def test_a_comment_keeps_the_words_as_they_stand_in_the_text(claim: Claim, reviewer: User) -> None:
    written = discussing.comment(
        claim=claim,
        actor=reviewer,
        text="  Is it there? ",
        anchor=Anchor("explanation", "جدول\nالوزارة", 500),
    )
    assert (written.text, written.quote, written.start, written.end) == (
        "Is it there?",
        "جدول الوزارة",
        5,
        17,
    )
    assert history(claim)[-1] == "comment"


def test_words_of_the_draft_that_are_not_saved_yet_are_kept_as_selected(
    claim: Claim, editor: User
) -> None:
    written = discussing.comment(
        claim=claim, actor=editor, text="Why?", anchor=Anchor("summary", "not saved", 3)
    )
    assert (written.quote, written.start, written.end) == ("not saved", 3, 12)


@pytest.mark.parametrize("field", ["statement", "topic", "article", "<script>"])
def test_words_that_stand_nowhere_are_refused(field: str, claim: Claim, editor: User) -> None:
    with pytest.raises(IllegalMove):
        discussing.comment(
            claim=claim, actor=editor, text="Why?", anchor=Anchor(field, "never said")
        )
    assert not Comment.objects.exists()


def test_words_of_a_version_must_stand_in_it(editor: User, reviewer: User) -> None:
    claim = proposed_claim(editor)
    version = claim.versions.get()
    written = discussing.comment(
        claim=claim,
        actor=reviewer,
        text="Source?",
        version=version,
        anchor=Anchor("explanation", "اللقاء [1]"),
    )
    assert (written.version, written.quote) == (version, "اللقاء [1]")
    with pytest.raises(IllegalMove, match="do not stand there"):
        discussing.comment(
            claim=claim,
            actor=reviewer,
            text="Source?",
            version=version,
            anchor=Anchor("summary", "something else"),
        )


@pytest.mark.parametrize(
    ("text", "message"),
    [(" \n\x00 ", "Nothing was written"), ("م" * 4001, "4001 characters, and 4000 are the most")],
)
def test_nothing_and_too_much_are_refused_in_words(
    text: str, message: str, claim: Claim, editor: User
) -> None:
    with pytest.raises(IllegalMove, match=message):
        discussing.comment(claim=claim, actor=editor, text=text)


def test_colleagues_are_called_by_name_and_nobody_calls_themselves(
    claim: Claim, editor: User, reviewer: User, outsider: User
) -> None:
    written = discussing.comment(
        claim=claim,
        actor=editor,
        text="@Samer, and @samer. Not mail@samer, nor @guest or @layla, nor @nobody.",
    )
    assert list(written.mentions.all()) == [reviewer]


def test_an_answer_hangs_on_the_first_comment_and_on_no_answer(
    claim: Claim, editor: User, reviewer: User
) -> None:
    top = discussing.comment(claim=claim, actor=reviewer, text="Why?")
    answer = discussing.comment(claim=claim, actor=editor, text="Because.", parent=top)
    assert answer.parent == top
    with pytest.raises(IllegalMove):
        discussing.comment(claim=claim, actor=reviewer, text="And?", parent=answer)
    other = make_claim(
        make_article("Another. " + "نفوا الخبر", url="https://x.example/1"), text="Another"
    )
    with pytest.raises(IllegalMove):
        discussing.comment(claim=other, actor=editor, text="Stray", parent=top)


def test_resolving_and_reopening_leave_their_trace_and_happen_once(
    claim: Claim, editor: User, reviewer: User
) -> None:
    top = discussing.comment(claim=claim, actor=reviewer, text="Why?")
    discussing.resolve(comment=top, actor=editor)
    with pytest.raises(StaleState):
        discussing.resolve(comment=top, actor=reviewer)
    with pytest.raises(IllegalMove):
        discussing.comment(claim=claim, actor=reviewer, text="Late", parent=top)
    discussing.reopen(comment=top, actor=reviewer)
    with pytest.raises(StaleState):
        discussing.reopen(comment=top, actor=editor)
    assert history(claim)[-3:] == ["comment", "resolve_comment", "reopen_comment"]
    assert workflow.broken_link(Transition.Subject.CLAIM, claim.pk) is None


def test_only_the_desk_comments(claim: Claim, outsider: User, publisher: User) -> None:
    with pytest.raises(PermissionDenied):
        discussing.comment(claim=claim, actor=outsider, text="Hello")
    top = discussing.comment(claim=claim, actor=publisher, text="Hello")
    with pytest.raises(PermissionDenied):
        discussing.resolve(comment=top, actor=outsider)


def test_a_comment_refuses_nobodys_decision_that_was_begun_before_it(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    claim = proposed_claim(editor)
    seen = Claim.objects.get(pk=claim.pk)
    changed = seen.changed_at
    discussing.comment(claim=claim, actor=second_reviewer, text="Look at [1].")
    review.approve(claim=seen, actor=reviewer, version=1, vouches=review.STANDARDS)
    assert seen.state == "approved"
    assert changed < seen.changed_at
    again = Claim.objects.get(pk=claim.pk)
    again.moves -= 1
    with pytest.raises(StaleState):
        review.reopen(claim=again, actor=editor, reason="Once more")


def test_a_comment_does_not_send_its_claim_to_the_end_of_the_queue(
    editor: User, reviewer: User
) -> None:
    claim = proposed_claim(editor)
    before = Claim.objects.get(pk=claim.pk).changed_at
    discussing.comment(claim=claim, actor=reviewer, text="Look.")
    assert Claim.objects.get(pk=claim.pk).changed_at == before


@pytest.mark.parametrize(
    "change", [{"text": "other"}, {"quote": "other"}, {"start": 1}, {"end": 99}, {"version": None}]
)
def test_what_is_posted_stays_as_it_was_posted(
    change: dict[str, object], editor: User, reviewer: User
) -> None:
    claim = proposed_claim(editor)
    discussing.comment(
        claim=claim,
        actor=reviewer,
        text="Source?",
        version=claim.versions.get(),
        anchor=Anchor("explanation", "الوكالة"),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.all()._raw_delete("default")


def test_an_expert_is_shown_one_claim_for_some_days(claim: Claim, editor: User) -> None:
    link, secret = discussing.share(
        claim=claim, actor=editor, name=" Dr Field ", note_to_them="Is the day right?"
    )
    assert (link.expires_at - link.made_at).days == 7
    assert len(secret) == 43
    assert secret not in str(ExpertLink.objects.values())
    assert secret not in str(list(Transition.objects.values_list("data", flat=True)))
    assert discussing.look_up(secret) == link
    assert discussing.look_up(secret[:-1]) is None
    assert discussing.look_up("") is None
    assert discussing.look_up("\ud800\x00") is None


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"name": " "}, "for whom"),
        ({"name": "n" * 121}, "Shorten"),
        ({"note_to_them": "n" * 501}, "Shorten"),
        ({"days": 0}, "one day to 30"),
        ({"days": 31}, "one day to 30"),
    ],
)
def test_a_link_without_a_name_or_an_end_is_refused(
    asked: dict[str, object], message: str, claim: Claim, editor: User
) -> None:
    with pytest.raises(IllegalMove, match=message):
        discussing.share(claim=claim, actor=editor, **{"name": "Dr Field", **asked})  # type: ignore[arg-type]
    assert not ExpertLink.objects.exists()


def test_nothing_confidential_is_shared_by_code_or_past_it(editor: User) -> None:
    claim = make_claim(make_article(confidential=True))
    with pytest.raises(IllegalMove, match="confidential"):
        discussing.share(claim=claim, actor=editor, name="Dr Field")
    now = timezone.now()
    with pytest.raises(IntegrityError, match="confidential"), transaction.atomic():
        ExpertLink.objects.create(
            claim=claim, sha256="0" * 64, name="x", made_by=editor, expires_at=now + timedelta(1)
        )


def test_a_claim_that_becomes_confidential_is_shared_no_more(claim: Claim, editor: User) -> None:
    _link, secret = discussing.share(claim=claim, actor=editor, name="Dr Field")
    Article.objects.filter(pk=claim.article_id).update(confidential=True)
    assert discussing.look_up(secret) is None


def test_sharing_needs_the_right_to_research(
    claim: Claim, administrator: User, outsider: User, editor: User
) -> None:
    for person in (administrator, outsider):
        with pytest.raises(PermissionDenied):
            discussing.share(claim=claim, actor=person, name="Dr Field")
    link, _secret = discussing.share(claim=claim, actor=editor, name="Dr Field")
    with pytest.raises(PermissionDenied):
        discussing.revoke(link=link, actor=administrator)


def test_a_link_is_opened_once_answered_once_and_revoked_once(
    claim: Claim, editor: User, second_editor: User
) -> None:
    link, secret = discussing.share(claim=claim, actor=editor, name="Dr Field")
    discussing.opened(link=link)
    discussing.opened(link=ExpertLink.objects.get(pk=link.pk))
    written = discussing.expert_comment(link=link, text="The day is right.")
    assert (written.author, written.link) == (None, link)
    with pytest.raises(StaleState):
        discussing.expert_comment(link=link, text="Once more.")
    discussing.revoke(link=link, actor=second_editor)
    with pytest.raises(StaleState):
        discussing.revoke(link=link, actor=editor)
    assert discussing.look_up(secret) is None
    assert history(claim)[-4:] == ["share_link", "open_link", "expert_comment", "revoke_link"]
    assert workflow.broken_link(Transition.Subject.CLAIM, claim.pk) is None


def test_nobody_writes_by_a_link_that_was_revoked_meanwhile(claim: Claim, editor: User) -> None:
    link, _secret = discussing.share(claim=claim, actor=editor, name="Dr Field")
    stale = ExpertLink.objects.get(pk=link.pk)
    discussing.revoke(link=link, actor=editor)
    with pytest.raises(StaleState):
        discussing.expert_comment(link=stale, text="Too late.")
    with pytest.raises(IntegrityError, match="while the link"), transaction.atomic():
        Comment.objects.create(claim=claim, link=stale, text="Past the code.")


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "1" * 64},
        {"expires_at": timezone.now() + timedelta(days=300)},
        {"shares_draft": True},
        {"name": "Somebody else"},
        {"revoked_at": None},
    ],
)
def test_a_link_stays_as_it_was_made(change: dict[str, object], claim: Claim, editor: User) -> None:
    link, _secret = discussing.share(claim=claim, actor=editor, name="Dr Field")
    discussing.revoke(link=link, actor=editor)
    with pytest.raises(IntegrityError, match="stays as it was made"), transaction.atomic():
        ExpertLink.objects.update(**change)
