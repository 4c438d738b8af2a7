import base64
import hashlib
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from claims.tlog import note

BODY = "desk.example/log\n3\n" + base64.b64encode(bytes(32)).decode() + "\n"

# The example of C2SP tlog-checkpoint, whose signer nobody here knows.
STRANGER = "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"


@pytest.fixture
def signer() -> note.Signer:
    return note.Signer.generate("desk.example/log")


def test_a_checkpoint_has_origin_size_and_root_on_a_line_each() -> None:
    assert note.checkpoint_body("desk.example/log", 3, bytes(32)) == (
        "desk.example/log\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    )


def test_the_signature_is_one_that_plain_ed25519_accepts_over_the_written_out_bytes(
    signer: note.Signer,
) -> None:
    """signed-note, byte by byte, without any of our parsing."""
    text = signer.sign(BODY).encode()
    body, _, last = text.partition(b"\n\n")
    assert last.startswith(b"\xe2\x80\x94 desk.example/log ")
    assert last.endswith(b"\n")
    raw = base64.b64decode(last.split(b" ")[2])
    material = base64.b64decode(str(signer.verifier).split("+", 2)[2])
    assert material[:1] == b"\x01"
    assert raw[:4] == hashlib.sha256(b"desk.example/log\n" + material).digest()[:4]
    assert str(signer.verifier).split("+")[1] == raw[:4].hex()
    Ed25519PublicKey.from_public_bytes(material[1:]).verify(raw[4:], body + b"\n")


def test_a_verifier_key_from_gos_documentation_is_read() -> None:
    """The key of sum.golang.org, as Go ships it."""
    text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert note.Verifier.parse(text).key_id.hex() == "033de0ae"
    assert str(note.Verifier.parse(text)) == text


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "is damaged"),
        ("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn", "no Ed25519"),
        ("sum.golang.org+033de0ae+As4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "no Ed25519"),
        ("sum.golang.org", "no Ed25519"),
        ("", "no Ed25519"),
    ],
)
def test_a_mistyped_verifier_key_is_refused(key: str, says: str) -> None:
    with pytest.raises(note.NoteError, match=says):
        note.Verifier.parse(key)


def test_signatures_by_strangers_are_ignored(signer: note.Signer) -> None:
    text = BODY + "\n" + STRANGER + signer.line(BODY)
    assert note.verify(text, [signer.verifier]) == (BODY, [signer.verifier])


def test_a_note_signed_by_strangers_alone_is_refused_and_they_are_named(
    signer: note.Signer,
) -> None:
    with pytest.raises(note.NoteError, match=r"Signed by example\.com/behind-the-sofa\+033de0ae"):
        note.verify(BODY + "\n" + STRANGER, [signer.verifier])


def test_both_keys_sign_while_one_takes_over(signer: note.Signer) -> None:
    new = note.Signer.generate("desk.example/log")
    text = note.sign(BODY, signer, new)
    assert note.verify(text, [signer.verifier])[1] == [signer.verifier]
    assert note.verify(text, [new.verifier])[1] == [new.verifier]
    assert note.verify(text, [signer.verifier, new.verifier])[1] == [signer.verifier, new.verifier]


def test_one_changed_letter_breaks_the_signature(signer: note.Signer) -> None:
    text = signer.sign(BODY).replace("\n3\n", "\n4\n")
    with pytest.raises(note.NoteError, match="is not one of this text"):
        note.verify(text, [signer.verifier])


def test_a_wrong_signature_by_a_known_key_rejects_the_note_whatever_others_say(
    signer: note.Signer,
) -> None:
    other = note.Signer.generate("desk.example/other")
    text = BODY + "\n" + other.line(BODY) + signer.line("something else\n")
    with pytest.raises(note.NoteError, match="is not one of this text"):
        note.verify(text, [signer.verifier, other.verifier])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no signature\n",
        "text\n\n",
        "text\n\n- desk AAAAAAAA\n",
        "text\n\n— desk AAAAAAAA",
        "text\n\n— desk AAAA\n",
        "text\n\n— desk AAAAAAA\n",
        "text\n\n— de sk AAAAAAAA\n",
        "te\rxt\n\n— desk AAAAAAAA\n",
        "text\n\n" + "— desk AAAAAAAA\n" * 101,
        "text\n" * 20_000 + "\n— desk AAAAAAAA\n",
    ],
)
def test_what_is_no_signed_note_is_refused(text: str, signer: note.Signer) -> None:
    with pytest.raises(note.NoteError):
        note.verify(text, [signer.verifier])


@pytest.mark.parametrize("body", ["no newline", "tab\t\n", "carriage\r\n", ""])
def test_a_text_no_verifier_would_accept_is_not_signed(body: str, signer: note.Signer) -> None:
    with pytest.raises(note.NoteError, match="ends in a newline"):
        signer.sign(body)


@pytest.mark.parametrize(
    "body",
    [
        "origin\n3\n",
        "origin\n03\n" + "A" * 43 + "=\n",
        "origin\n-1\n" + "A" * 43 + "=\n",
        "origin\n٣\n" + "A" * 43 + "=\n",
        "origin\n3\nAAAA\n",
        "\n3\n" + "A" * 43 + "=\n",
        "origin\n3\n" + "A" * 43 + "=\n\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(body: str) -> None:
    with pytest.raises(note.NoteError):
        note.Checkpoint.parse(body)


def test_a_checkpoint_is_read_back() -> None:
    assert note.Checkpoint.parse(BODY) == note.Checkpoint("desk.example/log", 3, bytes(32))


def test_a_key_comes_back_from_its_file_and_only_its_owner_may_read_it(
    signer: note.Signer, tmp_path: Path
) -> None:
    previous = os.umask(0)
    try:
        signer.save(tmp_path / "log.key")
    finally:
        os.umask(previous)
    assert (tmp_path / "log.key").stat().st_mode & 0o777 == 0o600
    assert str(note.Signer.from_file(tmp_path / "log.key").verifier) == str(signer.verifier)


def test_an_existing_key_is_never_overwritten(signer: note.Signer, tmp_path: Path) -> None:
    signer.save(tmp_path / "log.key")
    with pytest.raises(FileExistsError):
        note.Signer.generate("desk.example/log").save(tmp_path / "log.key")
    assert note.Signer.from_file(tmp_path / "log.key").verifier == signer.verifier


def test_a_key_others_can_read_is_refused_with_the_command_that_mends_it(
    signer: note.Signer, tmp_path: Path
) -> None:
    signer.save(tmp_path / "log.key")
    (tmp_path / "log.key").chmod(0o640)
    with pytest.raises(note.KeyFileError, match=r"mode 0640\)\. Run: chmod 600"):
        note.Signer.from_file(tmp_path / "log.key")


def test_a_missing_key_file_is_loud(tmp_path: Path) -> None:
    with pytest.raises(note.KeyFileError, match=r"cannot be read from '.*log\.key'.*backup"):
        note.Signer.from_file(tmp_path / "log.key")


@pytest.mark.parametrize("content", [b"", b"\xff", b"PRIVATE+KEY+desk+00000000+AAAA\n"])
def test_a_file_that_holds_no_key_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "log.key").write_bytes(content)
    (tmp_path / "log.key").chmod(0o600)
    with pytest.raises(note.KeyFileError):
        note.Signer.from_file(tmp_path / "log.key")


def test_the_private_key_does_not_show_in_a_traceback(signer: note.Signer) -> None:
    assert repr(signer) == "Signer(name='desk.example/log')"


def test_a_key_change_is_introduced_by_both_keys_or_by_the_new_one_alone(
    signer: note.Signer,
) -> None:
    new = note.Signer.generate("desk.example/log")
    planned = note.key_change("desk.example/log", new, signer)
    body, signed = note.verify(planned["introduction"], [signer.verifier, new.verifier])
    assert body == f"desk.example/log\nkey\n{signer.verifier}\n{new.verifier}\n"
    assert signed == [signer.verifier, new.verifier]
    lost = note.key_change("desk.example/log", new, signer.verifier)
    assert note.verify(lost["introduction"], [signer.verifier, new.verifier])[1] == [new.verifier]
