"""Plain text from bytes: files, uploads and pastes, code point for code point or not at all."""

import codecs

from django.utils.translation import gettext as _

MAX_TEXT_BYTES = 1024 * 1024

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_ZIP = b"PK\x03\x04"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (_ZIP, "ZIP, Word, Excel"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word, Excel"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "ELF"),
)


class Unreadable(Exception):
    """Bytes that hold no text we can take in; the message says why and what to do now."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def decode_text(data: bytes, *, max_bytes: int = MAX_TEXT_BYTES) -> str:
    """The text of a UTF-8 file, or of a UTF-16 one that begins with a byte order mark.

    The mark itself is not part of the text; everything else is kept as it is. Raises Unreadable
    for more than `max_bytes`, for binary data, and for any other encoding, which is never guessed.
    """
    if len(data) > max_bytes:
        raise Unreadable(
            _(
                "The text is %(size)d bytes long; at most %(limit)d are taken in. Cut it to the article."
            )
            % {"size": len(data), "limit": max_bytes}
        )
    refuse_binary(data)
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        # The decoder counts without the mark it has taken off.
        position = error.start + (
            3 if encoding == "utf-8-sig" and data.startswith(codecs.BOM_UTF8) else 0
        )
        raise Unreadable(
            _(
                "Byte %(position)d (0x%(byte)02X, line %(line)d) is not %(encoding)s. Save the "
                "file as UTF-8 and try again; an Arabic file from Windows is usually "
                "windows-1256, a Turkish one windows-1254."
            )
            % {
                "position": position + 1,
                "byte": data[position],
                "line": data.count(b"\n", 0, position) + 1,
                "encoding": "UTF-16" if encoding == "utf-16" else "UTF-8",
            }
        ) from error
    if "\x00" in text:
        raise Unreadable(
            _(
                "Character %d is a NUL, so this is not a text file, or it is UTF-16 without a byte "
                "order mark. Save it as UTF-8 and try again."
            )
            % (text.index("\x00") + 1)
        )
    return text


def refuse_binary(data: bytes) -> None:
    """Raises Unreadable, naming the format, where the first bytes are those of a known one."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(_("This is a %s file, not text. Open it and paste the text.") % name)
    if data.startswith(_UTF32):
        raise Unreadable(_("This file is UTF-32. Save it as UTF-8 and try again."))
    if data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"AVI ", b"WAVE")):
        raise Unreadable(_("This is an image, a film or a sound, not text. Paste the text."))
