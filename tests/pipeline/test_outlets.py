"""What the desk knows of an outlet: kept with its reason, counted over its published verdicts."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from claims.languages import fold
from claims.models import Claim, Claimant, Evidence, Outlet, Transition
from claims.pipeline import outlets, publishing
from claims.workflow import broken_link
from tests.cast import DENIAL, approved_claim, make_article, make_claim, published_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


@pytest.fixture
def marfa(db: None) -> Outlet:
    return Outlet.objects.create(name="المرفأ", homepage="https://marfa.example/")


def a_claim(number: int, *, claimant: str = "وزير", outlet: str = "المرفأ") -> Claim:
    article = make_article(
        f"خبر {number}: {DENIAL}", outlet=outlet, url=f"https://x.example/{number}"
    )
    claim = make_claim(article, text=DENIAL, claimant=claimant)
    speaker = claim.positions.get().claimant
    assert speaker is not None
    speaker.kind = "person" if claimant == "وزير" else "outlet"
    speaker.folded = fold(claimant, "ar")
    speaker.save()
    return claim


def counted(outlet: Outlet) -> tuple[dict[str, tuple[int, int]], int, int]:
    record = outlets.track_record(outlet)
    rows = {row.rating.slug: (row.printed, row.said) for row in record.rows}
    return rows, record.printed, record.said


def test_an_outlet_without_published_verdicts_has_no_record(
    marfa: Outlet, editor: User, reviewer: User
) -> None:
    approved_claim(editor, reviewer, a_claim(1))
    assert counted(marfa) == ({}, 0, 0)


def test_verdicts_on_claims_its_articles_assert_are_counted_by_rating(
    marfa: Outlet, editor: User, reviewer: User, publisher: User
) -> None:
    everybody = (editor, reviewer, publisher)
    published_claim(*everybody, a_claim(1))
    published_claim(*everybody, a_claim(2), rating="true")
    published_claim(*everybody, a_claim(3), rating="true")
    published_claim(*everybody, a_claim(4, outlet="الضفة"))
    assert counted(marfa) == ({"false": (1, 0), "true": (2, 0)}, 3, 0)


def test_claims_it_is_named_for_are_counted_wherever_they_were_printed(
    marfa: Outlet, editor: User, reviewer: User, publisher: User
) -> None:
    everybody = (editor, reviewer, publisher)
    published_claim(*everybody, a_claim(1, claimant="صحيفة المرفأ", outlet="الضفة"))
    published_claim(*everybody, a_claim(2, claimant="صحيفة المرفأ الجديد", outlet="الضفة"))
    assert [one.name for one in outlets.named_like(marfa)] == ["صحيفة المرفأ"]
    assert counted(marfa) == ({"false": (0, 1)}, 0, 1)


def test_a_denial_in_its_article_is_not_its_claim(
    marfa: Outlet, editor: User, reviewer: User, publisher: User
) -> None:
    claim = a_claim(1, outlet="الضفة")
    denying = make_article(f"نفي: {DENIAL}", url="https://x.example/denial")
    start = denying.text.index(DENIAL)
    claim.positions.create(
        article=denying, start=start, end=start + len(DENIAL), text=DENIAL, stance="denies",
        form="indirect",
    )  # fmt: skip
    published_claim(editor, reviewer, publisher, claim)
    assert counted(marfa) == ({}, 0, 0)


def test_a_retracted_verdict_counts_for_nothing(
    marfa: Outlet, editor: User, reviewer: User, publisher: User
) -> None:
    claim = published_claim(editor, reviewer, publisher, a_claim(1)).claim
    claim.refresh_from_db()
    publishing.retract(claim=claim, actor=publisher, reason="the wrong minister")
    assert counted(marfa) == ({}, 0, 0)


def test_turkish_and_english_names_are_known_with_and_without_the_word_newspaper(
    db: None,
) -> None:
    for name, language in [
        ("Kıyı gazetesi", "tr"),
        ("The Kıyı newspaper", "en"),
        ("Kıyı Kent", "tr"),
    ]:
        Claimant.objects.create(name=name, language=language, folded=name.lower(), kind="outlet")
    turkish = Outlet.objects.create(name="Kıyı", language="tr")
    assert [one.name for one in outlets.named_like(turkish)] == [
        "Kıyı gazetesi",
        "The Kıyı newspaper",
    ]


def test_trust_is_decided_with_a_reason_by_reviewers_and_administrators(
    marfa: Outlet, editor: User, reviewer: User, administrator: User
) -> None:
    with pytest.raises(PermissionDenied):
        outlets.decide_trust(outlet=marfa, actor=editor, trusted=True, why="we know them")
    for blank in ("", "  \x00 "):
        with pytest.raises(ValidationError, match="Say why"):
            outlets.decide_trust(outlet=marfa, actor=reviewer, trusted=False, why=blank)
    assert not Transition.objects.exists()
    outlets.decide_trust(outlet=marfa, actor=reviewer, trusted=False, why="no corrections page")
    assert (marfa.trusted, marfa.trusted_by, marfa.trusted_why) == (
        False, reviewer, "no corrections page",
    )  # fmt: skip
    assert marfa.trusted_at is not None
    outlets.decide_trust(outlet=marfa, actor=administrator, trusted=True, why="they have one now")
    rows = Transition.objects.filter(action="trust_outlet").order_by("number")
    assert [(row.actor, row.reason, row.data["changes"]["trusted"]) for row in rows] == [
        (reviewer, "no corrections page", [None, False]),
        (administrator, "they have one now", [False, True]),
    ]
    assert broken_link(Transition.Subject.DESK, 0) is None


def test_an_edit_leaves_what_was_before_and_does_not_touch_the_trust(
    marfa: Outlet, editor: User, reviewer: User, outsider: User
) -> None:
    stale = Outlet.objects.get(pk=marfa.pk)
    outlets.decide_trust(outlet=marfa, actor=reviewer, trusted=True, why="audited")
    stale.country, stale.ownership = "SY", "a family"
    outlets.save_outlet(outlet=stale, actor=editor)
    marfa.refresh_from_db()
    assert (marfa.country, marfa.ownership, marfa.trusted) == ("SY", "a family", True)
    row = Transition.objects.get(action="change_outlet")
    assert row.data["changes"] == {"country": ["", "SY"], "ownership": ["", "a family"]}
    stale.country = "Syria"
    with pytest.raises(ValidationError):
        outlets.save_outlet(outlet=stale, actor=editor)
    with pytest.raises(PermissionDenied):
        outlets.save_outlet(outlet=marfa, actor=outsider)
    outlets.save_outlet(outlet=marfa, actor=editor)
    assert Transition.objects.filter(action="change_outlet").count() == 1


def test_a_new_outlet_leaves_a_move_too(administrator: User) -> None:
    outlets.save_outlet(outlet=Outlet(name="الضفة", language="ar"), actor=administrator)
    row = Transition.objects.get(action="add_outlet")
    assert row.data["changes"]["name"] == [None, "الضفة"]


def test_evidence_leads_to_the_outlet_that_printed_it(marfa: Outlet, editor: User) -> None:
    claim = a_claim(1)
    other = Outlet.objects.create(name="Agency of the Coast")

    def piece(url: str, publisher: str = "") -> Evidence:
        return Evidence.objects.create(
            claim=claim, url=url, title="t", publisher=publisher, relation="context",
            independence_group="g", added_by=editor,
        )  # fmt: skip

    pieces = [
        piece("https://www.marfa.example/news/1"),
        piece("https://marfa.example.evil.example/1"),
        piece("https://x.example/1", "Agency of the Coast"),
    ]
    assert outlets.printers(pieces) == {pieces[0].pk: marfa, pieces[2].pk: other}
    assert outlets.printers([]) == {}
