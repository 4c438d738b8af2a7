"""Bodies unpacked under a cap: the limit counts decoded bytes, and no more are ever made.

Only gzip and deflate are asked for and understood. Other codings are refused unread, because a
decoder without an output limit turns a few kilobytes into gigabytes in one call.
"""

import zlib
from collections.abc import Iterable

ACCEPT_ENCODING = "gzip, deflate"


class TooLarge(Exception):
    """The body is longer than the cap."""


class Undecodable(Exception):
    """The body is in a coding we did not ask for, or is damaged."""


def read_body(chunks: Iterable[bytes], *, coding: str, max_bytes: int) -> bytes:
    """The decoded body, at most `max_bytes` long.

    `coding` is the Content-Encoding header. Raises TooLarge as soon as one byte more than the cap
    exists, Undecodable for a foreign or damaged coding.
    """
    name = coding.strip().lower()
    if name in ("", "identity"):
        return _plain(chunks, max_bytes)
    if name in ("gzip", "x-gzip", "deflate"):
        return _unpacked(chunks, name, max_bytes)
    raise Undecodable(name)


def _plain(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise TooLarge
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], name: str, max_bytes: int) -> bytes:
    body = bytearray()
    packed = 0
    decoder = None
    for chunk in chunks:
        # A packed stream of empty blocks never yields a byte: what comes in counts as well.
        packed += len(chunk)
        if packed > max_bytes:
            raise TooLarge
        if decoder is None:
            decoder = zlib.decompressobj(_window(name, chunk))
        pending = chunk
        while pending:
            if decoder.eof:
                # gzip may come in several members; anything else after the end is padding.
                if name == "deflate" or pending[0] != 0x1F:
                    break
                decoder = zlib.decompressobj(_window(name, pending))
            try:
                body += decoder.decompress(pending, max_bytes + 1 - len(body))
            except zlib.error as error:
                raise Undecodable(f"{name}: {error}") from error
            if len(body) > max_bytes:
                raise TooLarge
            pending = decoder.unconsumed_tail or decoder.unused_data
    if decoder is not None and not decoder.eof:
        raise Undecodable(f"{name}: the data end too early")
    return bytes(body)


def _window(name: str, first: bytes) -> int:
    if name != "deflate":
        return zlib.MAX_WBITS | 16
    # "deflate" means zlib data (RFC 9110), but some servers send it bare.
    is_zlib = len(first) >= 2 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
