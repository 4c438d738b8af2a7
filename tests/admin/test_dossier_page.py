"""The dossier's page: what it says beforehand, the file it gives, what it refuses."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.contrib.auth.models import User

from tests.admin.hands import address, history, signed_in
from tests.cast import DENIAL, make_article, make_claim, researched_claim

pytestmark = pytest.mark.django_db


def test_the_claims_page_leads_to_a_file_that_leaves_its_trace(editor: User) -> None:
    claim = researched_claim(editor)
    client = signed_in(editor)
    assert address(claim, "dossier/") in client.get(address(claim)).content.decode()
    html = client.get(address(claim, "dossier/")).content.decode()
    assert "No copies of pages: none has been kept yet." in html
    assert "The dossier shows work in progress." in html
    answer = client.post(address(claim, "dossier/"), {"purpose": "the press council"})
    assert answer["Content-Type"] == "application/zip"
    assert f"dossier-{claim.pk}-" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:  # type: ignore[call-overload]
        assert archive.namelist()[-1] == "manifest.note"
    assert history(claim)[-1] == "make_dossier"
    html = client.get(address(claim, "whole-history/")).content.decode()
    assert "Made a dossier" in html
    assert "the press council" in html


def test_what_was_typed_is_still_there_when_it_is_refused(editor: User) -> None:
    claim = researched_claim(editor)
    client = signed_in(editor)
    answer = client.post(address(claim, "dossier/"), {"purpose": "x" * 400})
    assert answer.status_code == 422
    assert "Say it shorter" in answer.content.decode()
    assert "x" * 400 in answer.content.decode()
    assert client.post(address(claim, "dossier/")).status_code == 422
    assert client.put(address(claim, "dossier/")).status_code == 405
    assert client.get("/desk/claims/claim/999999999/dossier/").status_code == 404
    assert "make_dossier" not in history(claim)


def test_of_a_confidential_article_an_editor_is_told_whom_to_ask(
    editor: User, reviewer: User
) -> None:
    claim = researched_claim(editor, make_claim(make_article(confidential=True), denial=DENIAL))
    html = signed_in(editor).get(address(claim, "dossier/")).content.decode()
    assert "Ask a reviewer or a publisher." in html
    assert 'name="purpose"' not in html
    answer = signed_in(editor).post(address(claim, "dossier/"), {"purpose": "a lawyer"})
    assert answer.status_code == 403
    html = signed_in(reviewer).get(address(claim, "dossier/")).content.decode()
    assert "Only reviewers and publishers make its dossier" in html
    assert 'name="purpose"' in html


def test_nobody_from_outside_gets_one(editor: User, outsider: User) -> None:
    claim = researched_claim(editor)
    assert signed_in(outsider).get(address(claim, "dossier/")).status_code == 302
