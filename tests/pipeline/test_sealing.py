"""Secrets at rest: bound to their row, opened by any kept key, moved to the newest."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims import checks
from claims.models import SecondFactor, Transition
from claims.pipeline import _sealing as sealing

OLD, NEW = "o" * 43, "n" * 43


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Path:
    settings.FIELD_KEY_FILE = tmp_path / "field.key"
    settings.FIELD_KEY_FILE.write_text(OLD + "\n")
    return tmp_path / "field.key"


def test_what_is_sealed_opens_in_its_own_row_alone(keys: Path) -> None:
    sealed = sealing.seal("JBSWY3DP", context="second factor of 1")
    assert "JBSWY3DP" not in sealed
    assert sealing.unseal(sealed, context="second factor of 1") == "JBSWY3DP"
    with pytest.raises(sealing.FieldKeyError, match="moved from another row"):
        sealing.unseal(sealed, context="second factor of 2")


def test_the_same_secret_is_never_sealed_alike(keys: Path) -> None:
    assert sealing.seal("a", context="x") != sealing.seal("a", context="x")


@pytest.mark.parametrize("broken", ["", "1", "1.zz.zz", "1.{id}.", "1.{id}.AAAA", "1.{id}.é"])
def test_what_was_altered_does_not_open(keys: Path, broken: str) -> None:
    with pytest.raises(sealing.FieldKeyError):
        sealing.unseal(broken.replace("{id}", sealing.newest_key()), context="x")


@pytest.mark.parametrize("content", ["", "\n\n", "short\n", OLD + "\nshort\n", f"{OLD}\n{OLD}\n"])
def test_a_file_without_good_keys_is_refused_in_words(keys: Path, content: str) -> None:
    keys.write_text(content)
    with pytest.raises(sealing.FieldKeyError, match="FIELD_KEY_FILE"):
        sealing.seal("a", context="x")
    (found,) = checks.field_key_can_be_used(None)
    assert found.id == "claims.E003"


def test_without_a_file_the_deployment_check_fails(settings: Any) -> None:
    settings.FIELD_KEY_FILE = None
    (found,) = checks.field_key_can_be_used(None)
    assert "FIELD_KEY_FILE is not set" in str(found.msg)


def test_a_good_file_passes_the_check(keys: Path) -> None:
    assert checks.field_key_can_be_used(None) == []


def factor(user: User, secret: str) -> SecondFactor:
    return SecondFactor.objects.create(
        user=user, secret=sealing.seal(secret, context=sealing.of_factor(user.pk))
    )


def opened(user: User) -> str:
    row = SecondFactor.objects.get(user=user)
    return sealing.unseal(row.secret, context=sealing.of_factor(user.pk))


def test_rotation_moves_every_secret_to_the_newest_key(
    keys: Path, editor: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 1)
    factor(editor, "AAAA"), factor(reviewer, "BBBB")
    keys.write_text(f"{NEW}\n{OLD}\n")
    assert opened(editor) == "AAAA"
    out = StringIO()
    call_command("rotate_field_key", stdout=out)
    assert out.getvalue().startswith("2 secrets were sealed anew")
    keys.write_text(NEW + "\n")
    assert [opened(editor), opened(reviewer)] == ["AAAA", "BBBB"]
    assert Transition.objects.get(action="rotate_field_key").data["secrets"] == 2
    call_command("rotate_field_key", stdout=(again := StringIO()))
    assert again.getvalue().startswith("0 secrets")


def test_rotation_without_the_old_key_changes_nothing(keys: Path, editor: User) -> None:
    before = factor(editor, "AAAA").secret
    keys.write_text(NEW + "\n")
    with pytest.raises(CommandError, match="Put it back"):
        call_command("rotate_field_key", stdout=StringIO())
    assert SecondFactor.objects.get().secret == before


def test_a_factor_pasted_from_another_person_does_not_open(
    keys: Path, editor: User, reviewer: User
) -> None:
    theirs = factor(reviewer, "BBBB")
    SecondFactor.objects.create(user=editor, secret=theirs.secret)
    with pytest.raises(sealing.FieldKeyError, match="another row"):
        opened(editor)
