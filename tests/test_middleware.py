"""What surrounds every request: a NUL goes no further, and a done thing is answered as done."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import middleware
from claims.models import Transition
from tests.cast import make_claim

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/feeds/rss.xml?language=%00",
        "/api/v1/verdicts/?since=a%00",
        "/desk/articles/?q=%00",
        "/desk/claims/claim/?q=a%00b",
        "/desk/claims/outlet/?language__exact=%00",
        "/desk/claims/claimant/?q=%00",
    ],
)
def test_a_nul_in_a_query_is_named_and_asked_of_no_database(address: str, superuser: User) -> None:
    client = Client()
    client.force_login(superuser)
    response = client.get(address)
    assert response.status_code == 400
    assert response.content == b"There is a NUL (%00) in this address. Take it out.\n"


@pytest.mark.parametrize("tail", ["", "?show=found"])
def test_a_nul_in_a_reason_is_left_out_of_the_history(editor: User, tail: str) -> None:
    claim = make_claim()
    client = Client()
    client.force_login(editor)
    answer = client.post(
        f"/desk/articles/{claim.article_id}/claims/{claim.pk}/dismiss/{tail}",
        {"other": "nobody\x00 repeats it"},
    )
    assert answer.status_code == 302
    move = Transition.objects.get(subject="claim", action="dismiss")
    assert move.reason == "nobody repeats it"


def test_a_reason_of_nothing_but_a_nul_is_none(editor: User) -> None:
    claim = make_claim()
    client = Client()
    client.force_login(editor)
    answer = client.post(
        f"/desk/claims/claim/{claim.pk}/dismiss/", {"reason": "\x00 ", "moves": "0"}
    )
    assert answer.status_code == 422
    claim.refresh_from_db()
    assert claim.state == "found"


def test_what_was_done_is_answered_as_done_though_the_workers_cannot_be_told(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault() -> None:
        raise RuntimeError("OOM command not allowed when used memory > 'maxmemory'")

    monkeypatch.setattr(middleware, "send_due", fault)
    claim = make_claim()
    client = Client()
    client.force_login(editor)
    answer = client.post(f"/desk/claims/claim/{claim.pk}/accept/", {"moves": "0"})
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert claim.state == "queued"


@pytest.mark.parametrize("charset", ["rot13", "unicode_escape", "idna", "undefined", "utf-16"])
@pytest.mark.parametrize("address", ["/desk/login/", "/expert/never-given"])
def test_a_form_that_says_it_is_not_in_utf_8_is_not_read(address: str, charset: str) -> None:
    form = (
        b'--B\r\nContent-Disposition: form-data; name="username"\r\n\r\n\\ud800a\r\n'
        b'--B\r\nContent-Disposition: form-data; name="password"\r\n\r\nx\r\n--B--\r\n'
    )
    kind = f"multipart/form-data; boundary=B; charset={charset}"
    response = Client().generic("POST", address, form, content_type=kind)
    assert (response.status_code, response.content) == (415, b"Send this in UTF-8.\n")


def test_a_form_that_says_it_is_in_utf_8_is_read() -> None:
    kind = "application/x-www-form-urlencoded; charset=UTF-8"
    response = Client().generic("POST", "/desk/login/", b"username=a&password=b", content_type=kind)
    assert response.status_code == 200
