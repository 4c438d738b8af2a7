"""What an order of law has taken out of the log is read nowhere else either, and that it has is told."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from claims.models import LogBody, Publication
from claims.pipeline.publishing import erasing, log
from claims.workflow import IllegalMove
from clients.verify_log import verify
from tests.cast import published_claim
from tests.pages.conftest import Publish

pytestmark = pytest.mark.django_db

GROUND = "قرار المحكمة التجارية، الملف 12/2026"
SHOWN_IN = ["/", "/v/1", "/v/1/1", "/corrections", "/feeds/rss.xml", "/feeds/atom.xml",
            "/feeds/feed.json", "/sitemap.xml", "/api/v1/verdicts/", "/api/v1/verdicts/1/",
            "/log/body/0", "/log/tile/entries/000.p/1"]  # fmt: skip

Erase = Callable[[int], None]


@pytest.fixture
def erase(administrator: User) -> Erase:
    def one(number: int) -> None:
        erasing.erase(number=number, ground=GROUND, actor=administrator)

    return one


@pytest.fixture
def publication(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher, summary="نص مسحوب بأمر القانون")


def test_a_withdrawn_body_is_gone_from_page_feed_and_api(
    client: Client, publication: Publication, erase: Erase
) -> None:
    before = {path: client.get(path) for path in SHOWN_IN}
    seen = [
        path for path, page in before.items() if "مسحوب" in page.content.decode("utf-8", "replace")
    ]
    assert {"/", "/v/1", "/feeds/rss.xml", "/log/body/0"} <= set(seen)
    erase(0)
    for path in SHOWN_IN:
        again = client.get(path, headers={"If-None-Match": before[path].get("ETag", "")})
        assert "مسحوب" not in again.content.decode("utf-8", "replace"), path
        if path in seen:
            assert again.status_code != 304, path
    assert client.get("/log/body/0").status_code == 410


def test_its_address_says_on_which_ground_and_the_log_verifies(
    client: Client, publication: Publication, erase: Erase
) -> None:
    erase(0)
    for path in ("/v/1", "/v/1/1", "/en/v/1"):
        page = client.get(path)
        assert page.status_code == 451, path
        assert GROUND in page.content.decode()
    assert client.get("/api/v1/verdicts/1/").status_code == 451
    report = verify(lambda path: served(client, path), log.verifier_key())
    assert (report.size, report.withdrawn) == (2, {0: 1})


def served(client: Client, path: str) -> bytes:
    from clients.verify_log import Gone

    answer = client.get(f"/log/{path}")
    if answer.status_code == 410:
        raise Gone(int(answer.content))
    if answer.status_code == 404:
        raise FileNotFoundError(path)
    return answer.content


def test_an_erased_correction_does_not_bring_back_what_it_replaced(
    client: Client, publish: Publish, change: Publish, erase: Erase
) -> None:
    first = publish("الجسر الأول", summary="حكم أول")
    change(first, reason="أخطأنا", summary="حكم ثان")
    erase(1)
    assert client.get("/v/1").status_code == 451
    assert client.get("/api/v1/verdicts/1/").status_code == 451
    assert client.get("/v/1/1").status_code == 200
    assert "حكم أول" not in client.get("/").content.decode()


def test_what_was_erased_is_corrected_and_retracted_like_any_verdict(
    client: Client, publish: Publish, change: Publish, retract: Publish, erase: Erase
) -> None:
    first = publish("الجسر الأول", summary="حكم أول")
    erase(0)
    second = change(first, reason="صيغة لا تمس الأمر.", summary="حكم ثان")
    assert second.replaces_id == 0
    page = client.get("/v/1").content.decode()
    assert "حكم ثان" in page
    assert "حكم أول" not in page
    erase(second.pk)
    retract(second, "لا نكرره.")
    assert client.get("/v/1").status_code == 200
    assert client.get("/v/1/2").status_code == 451
    report = verify(lambda path: served(client, path), log.verifier_key())
    assert report.withdrawn == {0: 1, 2: 3}


def test_nothing_is_erased_twice_or_without_ground_or_by_an_editor(
    publication: Publication, administrator: User, editor: User, erase: Erase
) -> None:
    with pytest.raises(IllegalMove):
        erasing.erase(number=0, ground="  ", actor=administrator)
    with pytest.raises(PermissionDenied):
        erasing.erase(number=0, ground=GROUND, actor=editor)
    with pytest.raises(IllegalMove, match="99"):
        erase(99)
    erase(0)
    with pytest.raises(IllegalMove):
        erase(0)
    with pytest.raises(IllegalMove):
        erase(1)
    assert log.size() == 2


def test_the_command_says_first_what_would_go(
    publication: Publication,
    administrator: User,
    editor: User,
    capsys: pytest.CaptureFixture[str],
) -> None:
    order = ["erase", "0", "--ground", GROUND, "--by", administrator.username]
    with pytest.raises(CommandError, match="no administrator"):
        call_command(*order[:-1], editor.username)
    call_command(*order)
    assert "مسحوب" in capsys.readouterr().out
    assert LogBody.objects.filter(entry=0).exists()
    call_command(*order, "--yes")
    assert "entry 1 says why" in capsys.readouterr().out
    with pytest.raises(CommandError, match="by entry 1"):
        call_command(*order, "--yes")
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("erase", "0", "--ground", GROUND, "--by", "nobody")
