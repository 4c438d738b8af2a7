"""A claim's dossier: whole, signed, and found out when a byte of it is changed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from claims.models import Claim, Comment, Contact, Snapshot, Transition
from claims.pipeline import dossier, publishing, review
from claims.pipeline.publishing import log
from claims.tlog.note import Checkpoint, NoteError, Signer
from claims.workflow import IllegalMove
from clients import verify_dossier
from tests.cast import (
    DENIAL,
    STATEMENT,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
    researched_claim,
    set_policy,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


WARC = b"the page as it was copied " * 40_000


def made(claim: Claim, actor: User, purpose: str = "the press council") -> bytes:
    return b"".join(dossier.make(claim=claim, actor=actor, purpose=purpose).pieces)


def read(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def document(bundle: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read(bundle)["dossier.json"])
    return found


def keep_copy(claim: Claim, content: bytes = WARC) -> Snapshot:
    piece = claim.evidence.order_by("pk")[0]
    snapshot = Snapshot(url=piece.url, sha256="ab" * 32, fetched_at=timezone.now(), state="kept")
    snapshot.warc.save("x.warc.gz", ContentFile(content), save=False)
    snapshot.save()
    type(piece).objects.filter(pk=piece.pk).update(snapshot=snapshot)
    return snapshot


@pytest.fixture
def public(editor: User, reviewer: User, publisher: User) -> Claim:
    claim = researched_claim(editor)
    keep_copy(claim)
    review.propose(claim=claim, actor=editor)
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    publishing.publish(claim=claim, actor=publisher)
    return Claim.objects.get(pk=claim.pk)


def verified(bundle: bytes, tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "dossier.zip"
    path.write_bytes(bundle)
    return verify_dossier.verify(str(path), log.verifier_key())


def test_a_dossier_holds_all_there_is_and_its_signature_fits(
    public: Claim, editor: User, tmp_path: Path
) -> None:
    Contact.objects.create(claim=public, kind="reply", whom="The ministry", asked_by=editor)
    Comment.objects.create(claim=public, author=editor, text="Look at page 3")
    bundle = made(public, editor)
    manifest = verified(bundle, tmp_path)
    snapshot = Snapshot.objects.get(state="kept")
    assert [file["path"] for file in manifest["files"]] == [
        "README.txt",
        "dossier.html",
        "dossier.json",
        f"snapshots/{snapshot.pk}.warc.gz",
    ]
    assert manifest["checkpoint"] == log.checkpoint()
    files = read(bundle)
    assert files[f"snapshots/{snapshot.pk}.warc.gz"] == WARC
    all_of_it = document(bundle)
    assert all_of_it["claim"]["statement"] == STATEMENT
    first = all_of_it["positions"][0]
    assert all_of_it["articles"][0]["text"][first["start"] : first["end"]] == STATEMENT
    assert [piece["withheld"] for piece in all_of_it["evidence"]] == [False, False]
    assert all_of_it["versions"][0]["reviews"][0]["decision"] == "approve"
    assert all_of_it["publications"][0]["kind"] == "original"
    assert all_of_it["contacts"][0]["whom"] == "The ministry"
    assert all_of_it["comments"][0]["text"] == "Look at page 3"
    assert all_of_it["history"][-1]["action"] == "make_dossier"
    assert all_of_it["history"][-1]["data"]["for"] == "the press council"
    assert len(all_of_it["history"]) == Transition.objects.filter(subject="claim").count()


def test_a_changed_byte_anywhere_is_found(public: Claim, editor: User, tmp_path: Path) -> None:
    files = read(made(public, editor))

    def packed(changed: dict[str, bytes]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in changed.items():
                archive.writestr(name, content)
        return buffer.getvalue()

    assert verified(packed(files), tmp_path)["claim"] == public.pk
    for name, content in files.items():
        flipped = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
        with pytest.raises(verify_dossier.DoesNotFit):
            verified(packed(files | {name: flipped}), tmp_path)
        with pytest.raises(verify_dossier.DoesNotFit):
            verified(packed({k: v for k, v in files.items() if k != name}), tmp_path)
    with pytest.raises(verify_dossier.DoesNotFit, match=r"too many.*extra\.html"):
        verified(packed(files | {"extra.html": b"x"}), tmp_path)


def test_another_desks_key_and_a_cut_file_are_refused(
    public: Claim, editor: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dossier.zip"
    path.write_bytes(made(public, editor))
    key, other = log.verifier_key(), str(Signer.generate(log.origin()).verifier)
    assert verify_dossier.main([str(path), "--key", key]) == 0
    assert f"Claim {public.pk}, " in capsys.readouterr().out
    assert verify_dossier.main([str(path), "--key", other]) == 1
    assert "not signed by the key given" in capsys.readouterr().err
    path.write_bytes(path.read_bytes()[:-200])
    assert verify_dossier.main([str(path), "--key", key]) == 1
    assert verify_dossier.main([str(tmp_path / "none.zip"), "--key", key]) == 2
    assert verify_dossier.main([str(path), "--key", "nonsense"]) == 2


def test_a_note_over_a_dossier_is_no_checkpoint_of_the_log(public: Claim, editor: User) -> None:
    text = read(made(public, editor))["manifest.note"].decode().partition("\n\n")[0]
    with pytest.raises(NoteError):
        Checkpoint.parse(text + "\n")


def test_the_page_reads_alone_and_in_its_readers_direction(public: Claim, editor: User) -> None:
    with translation.override("ar"):
        page = read(made(public, editor))["dossier.html"].decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "src=" not in page
    assert "href=" not in page
    assert STATEMENT in page
    with translation.override("en"):
        page = read(made(public, editor))["dossier.html"].decode()
    assert '<html lang="en" dir="ltr">' in page
    assert "Version 1" in page


def test_withheld_evidence_is_marked(editor: User) -> None:
    claim = researched_claim(editor)
    review.change_evidence(
        piece=claim.evidence.first(), actor=editor, seen=claim.moves, withheld=True
    )
    with translation.override("en"):
        bundle = made(claim, editor)
    assert [piece["withheld"] for piece in document(bundle)["evidence"]] == [True, False]
    assert "Withheld from publication" in read(bundle)["dossier.html"].decode()


def test_the_words_of_a_confidential_article_stay_in_the_house(
    editor: User, reviewer: User, tmp_path: Path
) -> None:
    article = make_article(confidential=True, url="https://secret.example/draft")
    claim = researched_claim(editor, make_claim(article, statement="They will meet", denial=DENIAL))
    with pytest.raises(PermissionDenied, match="confidential"):
        dossier.make(claim=claim, actor=editor, purpose="for a lawyer")
    assert not Transition.objects.filter(action="make_dossier").exists()
    bundle = made(claim, reviewer)
    assert verified(bundle, tmp_path)["claim"] == claim.pk
    everything = b"\n".join(read(bundle).values()).decode()
    for word in (STATEMENT, DENIAL, article.title, "secret.example", article.sha256):
        assert word not in everything
    assert document(bundle)["words_withheld"] is True
    assert {move["canonical"] for move in document(bundle)["history"]} == {None}


def test_who_has_to_rate_blind_gets_no_dossier_before(editor: User, reviewer: User) -> None:
    set_policy(blind_rating=True)
    claim = proposed_claim(editor)
    with pytest.raises(IllegalMove, match="rate this claim before"):
        dossier.make(claim=claim, actor=reviewer, purpose="curiosity")


def test_a_dossier_needs_a_purpose_and_somebody_of_the_desk(editor: User, outsider: User) -> None:
    claim = researched_claim(editor)
    for purpose in ("", " \x00 ", "x" * 301):
        with pytest.raises(IllegalMove):
            dossier.make(claim=claim, actor=editor, purpose=purpose)
    with pytest.raises(PermissionDenied):
        dossier.make(claim=claim, actor=outsider, purpose="none")


def test_a_copy_whose_file_is_gone_is_told_of(public: Claim, editor: User, tmp_path: Path) -> None:
    snapshot = Snapshot.objects.get(state="kept")
    snapshot.warc.storage.delete(snapshot.warc.name)
    bundle = made(public, editor)
    verified(bundle, tmp_path)
    assert document(bundle)["evidence"][0]["copy"]["file"] is None


def test_a_large_copy_is_sent_in_pieces(public: Claim, editor: User) -> None:
    pieces = list(dossier.make(claim=public, actor=editor, purpose="a test").pieces)
    assert sum(len(piece) for piece in pieces) > len(WARC)
    assert max(len(piece) for piece in pieces) < 300_000


def test_a_published_dossier_leaves_what_is_public_as_it_was(
    editor: User, reviewer: User, publisher: User
) -> None:
    publication = published_claim(editor, reviewer, publisher)
    before = log.checkpoint()
    made(publication.claim, editor)
    assert log.checkpoint() == before
