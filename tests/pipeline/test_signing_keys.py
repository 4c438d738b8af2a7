"""Another key signs the log: handed over, or after the first was lost, and begun again when broken off."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims.models import LogEntry, LogHead, Transition
from claims.pipeline.publishing import keys, log
from claims.tlog import note
from clients.verify_log import DoesNotFit, verify
from tests.cast import make_article, make_claim, published_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Path) -> Path:
    """A key of this test's own: the session's is shared with all others."""
    settings.SIGNING_KEY_FILE = tmp_path / "signing.key"
    return tmp_path / "signing.key"


@pytest.fixture
def publish(editor: User, reviewer: User, publisher: User) -> Any:
    def one(number: int) -> None:
        text = f"قال الوزير إن الجسر رقم {number} افتتح أمس."
        claim = make_claim(make_article(text), text=f"الجسر رقم {number} افتتح أمس")
        published_claim(editor, reviewer, publisher, claim)

    return one


def signed_by() -> set[str]:
    lines = LogHead.objects.get().checkpoint.split("\n\n")[1].splitlines()
    return {line.split(" ")[2] for line in lines}


def test_both_keys_sign_until_the_change_is_ended_and_the_old_key_leads_to_the_new(
    publish: Any, key_file: Path
) -> None:
    publish(1)
    old = log.verifier_key()
    call_command("rotate_signing_key")
    new = log.verifier_key()
    assert new != old
    assert len(signed_by()) == 2
    publish(2)
    assert len(signed_by()) == 2
    for key in (old, new):
        assert verify(log.resource, key).size == 3
    call_command("rotate_signing_key", "--finish")
    publish(3)
    assert len(signed_by()) == 1
    report = verify(log.resource, old)
    assert not report.breaks
    assert any("hands over" in notice for notice in report.notices)
    assert [str(one.verifier) for one in note.read_keys(key_file)] == [new]
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_a_change_that_broke_off_before_the_file_was_written_goes_on(
    publish: Any, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(1)
    with monkeypatch.context() as broken:
        broken.setattr(keys, "_write", lambda _keys: (_ for _ in ()).throw(OSError("no space")))
        with pytest.raises(OSError, match="no space"):
            keys.hand_over()
    publish(2)
    new = keys.hand_over()
    assert log.verifier_key() == str(new)
    assert LogEntry.objects.filter(kind="key").count() == 1
    assert Transition.objects.filter(action="change_signing_key").count() == 1
    assert not key_file.with_name("signing.key.new").exists()


def test_a_change_that_broke_off_at_its_last_step_goes_on(publish: Any, key_file: Path) -> None:
    publish(1)
    new = keys.hand_over()
    waiting = key_file.with_name("signing.key.new")
    waiting.write_text(note.read_keys(key_file)[0].secret_line)
    waiting.chmod(0o600)
    assert keys.hand_over() == new
    assert not waiting.exists()
    assert LogEntry.objects.filter(kind="key").count() == 1


def test_a_second_change_waits_for_the_end_of_the_first(publish: Any) -> None:
    publish(1)
    keys.hand_over()
    with pytest.raises(CommandError, match="End that change first"):
        call_command("rotate_signing_key")
    keys.finish()
    with pytest.raises(CommandError, match="no change to end"):
        call_command("rotate_signing_key", "--finish")


def test_after_a_lost_key_the_new_one_stands_alone_and_that_is_told(
    publish: Any, key_file: Path
) -> None:
    publish(1)
    old = log.verifier_key()
    with pytest.raises(CommandError, match="not lost"):
        call_command("rotate_signing_key", "--lost", old)
    key_file.unlink()
    other = str(note.Signer.generate(log.origin()).verifier)
    with pytest.raises(CommandError, match="not the one that signed this log"):
        call_command("rotate_signing_key", "--lost", other)
    call_command("rotate_signing_key", "--lost", old)
    publish(2)
    report = verify(log.resource, log.verifier_key())
    assert report.breaks == [1]
    with pytest.raises(DoesNotFit, match="BREAK OF TRUST at entry 1"):
        verify(log.resource, old)
    change = json.loads(log.body(1))
    assert (change["old_key"], change["new_key"]) == (old, log.verifier_key())
