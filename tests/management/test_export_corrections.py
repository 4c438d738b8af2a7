"""What people decided leaves the desk as labelled examples, and a confidential word never does."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import Claim, Correction
from claims.pipeline import correcting, review, splitting
from tests.cast import DENIAL, STATEMENT, TEXT, make_article, make_claim

pytestmark = pytest.mark.django_db


def exported(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    call_command("export_corrections", *options)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def decided(editor: User, claim: Claim) -> None:
    """One dismissal, taken back; then other words are marked, and the claim is accepted."""
    review.dismiss(claim=claim, actor=editor, reason="رأي")
    review.restore(claim=claim, actor=editor, reason="ليس رأيا")
    start = claim.article.text.index("سيلتقيان في صوفيا")
    correcting.respan(
        position=claim.positions.get(stance="asserts"),
        seen=claim.moves, actor=editor, start=start, end=start + 17,
    )  # fmt: skip
    claim.refresh_from_db()
    review.accept(claim=claim, actor=editor)


def test_every_decision_is_one_line_with_the_claims_before_and_after(
    editor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = make_claim(denial=DENIAL)
    decided(editor, claim)
    lines = exported(capsys)
    assert [line["kind"] for line in lines] == ["dismiss", "restore", "respan", "accept"]
    assert [(len(x["before"]["claims"]), len(x["after"]["claims"])) for x in lines] == [
        (2, 0), (0, 2), (2, 2), (2, 2),
    ]  # fmt: skip
    assert lines[0]["reason"] == "رأي"
    first = lines[2]
    assert first["article_sha256"] == claim.article.sha256
    assert (first["language"], first["published"]) == ("ar", "2026-07-20")
    was, denial = first["before"]["claims"]
    now = first["after"]["claims"][0]
    assert TEXT[was["start"] : was["end"]] == STATEMENT
    assert TEXT[now["start"] : now["end"]] == "سيلتقيان في صوفيا"
    assert (was["stance"], was["contested"], was["contests"]) == ("asserts", True, [])
    assert (denial["stance"], denial["contests"]) == ("denies", [was["id"]])
    assert was["claimant"] == {"text": "صحيفة المرفأ"}
    assert {"form", "kind", "checkable", "dates", "cue", "via"} <= was.keys()
    assert "layla" not in json.dumps(lines)


def test_the_articles_words_are_in_it_only_when_asked_for(
    editor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    decided(editor, make_claim())
    without = exported(capsys)
    assert STATEMENT not in json.dumps(without, ensure_ascii=False)
    assert "text" not in without[0]
    with_text = exported(capsys, "--with-text")
    assert with_text[0]["text"] == TEXT
    assert with_text[0]["before"]["claims"][0]["text"] == STATEMENT


def test_words_that_name_nobody_are_words_and_a_date_is_none(
    editor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = make_claim()
    Claim.objects.update(unresolved=["هو"], checkable_from="2026-08-31")
    review.accept(claim=Claim.objects.get(pk=claim.pk), actor=editor)
    (bare,) = exported(capsys)[0]["after"]["claims"]
    assert bare["due"] == "2026-08-31"
    assert "unresolved" not in bare
    (whole,) = exported(capsys, "--with-text")[0]["after"]["claims"]
    assert whole["unresolved"] == ["هو"]


def test_no_word_of_a_confidential_article_leaves_the_desk(
    editor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    article = make_article(confidential=True, split=False)
    assert splitting.split_article(article.pk)
    for claim in Claim.objects.filter(article=article):
        review.dismiss(claim=claim, actor=editor, reason="في صوفيا رأي")
    lines = exported(capsys, "--with-text")
    assert lines
    everything = json.dumps(lines, ensure_ascii=False)
    for words in ("صوفيا", "المرفأ", "نفوا", "أغسطس", "ذكرت", "1200", "الوزارة"):
        assert words not in everything
    assert lines[0]["before"]["claims"][0]["end"] > 0


def test_an_example_says_which_rules_had_split_the_article(
    editor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    article = make_article(split=False)
    assert splitting.split_article(article.pk)
    review.accept(claim=Claim.objects.filter(article=article).earliest("pk"), actor=editor)
    (line,) = exported(capsys)
    assert len(line["splitter"]) == 12
    assert int(line["splitter"], 16) >= 0


def test_only_one_language_or_what_is_new(editor: User, capsys: pytest.CaptureFixture[str]) -> None:
    review.accept(claim=make_claim(), actor=editor)
    english = make_article("The bridge is shut.", language="en", url="")
    review.accept(claim=make_claim(english, text="The bridge is shut"), actor=editor)
    assert [line["language"] for line in exported(capsys, "--language", "en")] == ["en"]
    today = timezone.localdate()
    assert len(exported(capsys, "--since", today.isoformat())) == 2
    assert exported(capsys, "--since", (today + timedelta(days=1)).isoformat()) == []


@pytest.mark.parametrize("options", [("--since", "yesterday"), ("--language", "xx")])
def test_what_cannot_be_meant_is_said_in_words(options: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=options[1]):
        call_command("export_corrections", *options)


def test_an_example_is_neither_changed_nor_deleted(editor: User) -> None:
    review.accept(claim=make_claim(), actor=editor)
    examples = Correction.objects.all()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        examples.update(kind="dismiss")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        examples._raw_delete(examples.db)
    assert examples.get().kind == "accept"
