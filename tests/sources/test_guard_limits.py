"""C7, C9, C12 and the rest of what a server can do to whoever reads it."""

import gzip
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from claims.sources._http import Door, FetchFailed, connection, decoding
from tests.sources.web import PUBLIC, Site, Web, sends, site

MEGABYTE = 1024 * 1024
Answer = Callable[[BaseHTTPRequestHandler], None]


def gzip_bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    parts = [packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)]
    return b"".join(parts) + packer.flush()


def fetch(answer: Answer, url: str = "http://paper.example/", **options: object) -> bytes:
    with site(answer) as server:
        web = Web()
        web.host("paper.example", server)
        return web.door().get(url, **options).body  # type: ignore[arg-type]


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_a_gzip_bomb_is_stopped_at_the_cap_and_never_unpacked(coding: str) -> None:
    bomb = gzip_bomb(300)
    assert len(bomb) < MEGABYTE
    tracemalloc.start()
    try:
        with pytest.raises(FetchFailed, match="more than 1048576 bytes") as caught:
            fetch(sends(bomb, Content_Encoding=coding), max_bytes=MEGABYTE)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.permanent is True
    assert peak < 10 * MEGABYTE


def test_the_bomb_is_one_and_would_unpack_without_the_cap() -> None:
    body = fetch(sends(gzip_bomb(20), Content_Encoding="gzip"), max_bytes=30 * MEGABYTE)
    assert len(body) == 20 * MEGABYTE


def test_a_deflate_bomb_is_stopped_too() -> None:
    with pytest.raises(FetchFailed, match="more than 1048576 bytes"):
        fetch(
            sends(zlib.compress(bytes(50 * MEGABYTE)), Content_Encoding="deflate"),
            max_bytes=MEGABYTE,
        )


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress", "nonsense"])
def test_a_coding_we_did_not_ask_for_is_refused_unread(coding: str) -> None:
    with pytest.raises(FetchFailed, match="cannot be unpacked"):
        fetch(sends(b"\x8b\x00" * 100, Content_Encoding=coding))


def test_only_codings_with_a_capped_decoder_are_asked_for() -> None:
    with site(sends()) as server:
        web = Web()
        web.host("paper.example", server)
        web.door().get("http://paper.example/")
        assert server.requests[0].headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", zlib.compressobj(9, wbits=31)),
        ("deflate", zlib.compressobj(9, wbits=15)),
        ("deflate", zlib.compressobj(9, wbits=-15)),
    ],
)
def test_packed_bodies_are_unpacked(coding: str, packed: "zlib._Compress") -> None:
    text = "خبر " * 5000
    body = packed.compress(text.encode()) + packed.flush()
    assert fetch(sends(body, Content_Encoding=coding)).decode() == text


@pytest.mark.parametrize("split", [1, 10, 40])
def test_gzip_in_several_members_is_read_to_the_end(split: int) -> None:
    members = gzip.compress(b"first half, ") + gzip.compress(b"second half") + b"\x00\x00"
    chunks = [members[:split], members[split:]]
    body = decoding.read_body(chunks, coding="gzip", max_bytes=1000)
    assert body == b"first half, second half"


def test_a_packed_body_that_breaks_off_is_an_error_and_no_half_article() -> None:
    whole = zlib.compress(b"x" * 1000 + bytes(range(256)) * 50)
    with pytest.raises(FetchFailed, match="cannot be unpacked"):
        fetch(sends(whole[:-20], Content_Encoding="deflate"))


def test_packed_bytes_that_never_yield_any_are_capped_as_well() -> None:
    empty_blocks = b"\x00\x00\x00\xff\xff" * 1000
    with pytest.raises(decoding.TooLarge):
        decoding.read_body([empty_blocks] * 10, coding="deflate", max_bytes=10_000)


@pytest.mark.parametrize("announced", [True, False])
def test_a_hundred_megabytes_are_left_at_the_cap(announced: bool) -> None:
    sent = 0

    def answer(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        if announced:
            handler.send_header("Content-Length", str(100 * MEGABYTE))
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * MEGABYTE)
            sent += MEGABYTE

    with pytest.raises(FetchFailed, match="more than 2097152 bytes"):
        fetch(answer, max_bytes=2 * MEGABYTE)
    assert sent < 30 * MEGABYTE


def test_a_body_of_exactly_the_cap_is_taken() -> None:
    assert fetch(sends(b"x" * 1000), max_bytes=1000) == b"x" * 1000
    with pytest.raises(FetchFailed):
        fetch(sends(b"x" * 1001), max_bytes=1000)


def drips(before_headers: bool) -> Answer:
    """A byte every 50 ms: 30 of them, so that a limit per read never strikes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if before_headers:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        else:
            handler.send_response(200)
            handler.end_headers()
        for _ in range(30):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
        if before_headers:
            handler.wfile.write(b"\r\nContent-Length: 30\r\n\r\n" + b"x" * 30)

    return answer


@pytest.mark.parametrize("before_headers", [True, False])
def test_a_slow_drip_ends_at_the_total_time(before_headers: bool) -> None:
    started = time.monotonic()
    with pytest.raises(FetchFailed, match=r"within 0\.5 seconds") as caught:
        fetch(drips(before_headers), total_seconds=0.5)
    assert time.monotonic() - started < 1.4
    assert caught.value.permanent is False


@pytest.mark.parametrize("before_headers", [True, False])
def test_a_limit_per_read_alone_would_wait_for_the_drip(
    before_headers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.Deadline, "remaining", lambda deadline: deadline.seconds)
    assert fetch(drips(before_headers), total_seconds=0.5) == b"x" * 30


def test_redirects_share_one_total_time() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.3)
        sends(b"", 302, Location="/on")(handler)

    started = time.monotonic()
    with pytest.raises(FetchFailed, match="did not finish"):
        fetch(answer, total_seconds=0.5)
    assert time.monotonic() - started < 1.2


def test_a_resolver_that_hangs_does_not_hang_us() -> None:
    release = threading.Event()

    def hangs(host: str, port: int) -> Sequence[str]:
        release.wait(10)
        return [PUBLIC]

    started = time.monotonic()
    try:
        with pytest.raises(FetchFailed, match="did not finish"):
            Door(resolver=hangs).get("http://paper.example/", total_seconds=0.3)
        assert time.monotonic() - started < 1.0
    finally:
        release.set()


def test_a_second_address_is_tried_where_the_first_does_not_answer() -> None:
    with site(sends(b"here")) as server:
        web = Web(names={"paper.example": ["151.101.1.1", PUBLIC]})
        # Port 1 of loopback: nobody listens.
        web.cables = {("151.101.1.1", 80): 1, (PUBLIC, 80): server.server_port}
        assert web.door().get("http://paper.example/").body == b"here"
        assert web.dialled == [("151.101.1.1", 80), (PUBLIC, 80)]


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        *((status, True) for status in (300, 304, 400, 403, 404, 410, 501)),
        *((status, False) for status in (408, 429, 500, 502, 503)),
    ],
)
def test_an_error_knows_whether_asking_again_can_help(status: int, permanent: bool) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch(sends(b"", status))
    assert (caught.value.status, caught.value.permanent) == (status, permanent)
    assert "paper.example" in caught.value.message


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120.0), ("0", 0.0), ("999999999", 86_400.0), ("soon", None), ("-5", None), ("", None)],
)
def test_retry_after_is_read_in_seconds_and_capped_at_a_day(
    header: str, seconds: float | None
) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch(sends(b"", 503, Retry_After=header))
    assert caught.value.retry_after == seconds


def test_retry_after_is_read_as_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=300), usegmt=True)
    with pytest.raises(FetchFailed) as caught:
        fetch(sends(b"", 429, Retry_After=later))
    assert caught.value.retry_after == pytest.approx(300, abs=5)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("application/pdf", "a PDF, not a web page"),
        ("image/png", "image/png, not text"),
        ("application/octet-stream", "expected was text/html"),
    ],
)
def test_another_type_than_the_accepted_is_refused_by_name(kind: str, words: str) -> None:
    with pytest.raises(FetchFailed, match=words):
        fetch(sends(b"%PDF-1.7", Content_Type=kind), accept=("text/html",))


def test_the_page_tells_type_and_charset_apart() -> None:
    with site(sends(b"x", Content_Type='Text/HTML; Charset="Windows-1256"')) as server:
        web = Web()
        web.host("paper.example", server)
        page = web.door().get("http://paper.example/", accept=("text/html",))
        assert (page.content_type, page.charset) == ("text/html", "windows-1256")


def test_the_desk_says_who_asks() -> None:
    with site(sends()) as server:
        web = Web()
        web.host("paper.example", server)
        door = web.door(user_agent="Touchstone (+https://desk.example)")
        door.get("http://paper.example/", params={"q": "خبر & x"}, headers={"User-Agent": "other"})
        assert server.requests[0].headers["User-Agent"] == "Touchstone (+https://desk.example)"
        assert server.requests[0].path == "/?q=%D8%AE%D8%A8%D8%B1+%26+x"


@pytest.mark.parametrize(
    "raw", [b"", b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 300_000]
)
def test_what_is_not_http_is_an_error_in_words(raw: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)

    with pytest.raises(FetchFailed, match=r"paper\.example"):
        fetch(answer, total_seconds=2)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for paper.example, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "paper.example")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("paper.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "paper.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secured(certificate: Path) -> Iterator[tuple[Site, list[str | None]]]:
    """A TLS server, and the names that clients asked it for."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with site(sends(b"secured")) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        yield server, names


def test_tls_asks_for_the_name_and_checks_it_though_an_address_is_dialled(
    secured: tuple[Site, list[str | None]], certificate: Path
) -> None:
    server, names = secured
    web = Web()
    web.host("paper.example", server, port=443)
    page = web.door(tls=ssl.create_default_context(cafile=certificate)).get(
        "https://paper.example/"
    )
    assert page.body == b"secured"
    assert names == ["paper.example"]
    assert web.dialled == [(PUBLIC, 443)]
    assert server.requests[0].host == "paper.example"


def test_a_certificate_for_another_name_is_refused(
    secured: tuple[Site, list[str | None]], certificate: Path
) -> None:
    server, _names = secured
    web = Web()
    web.host("other.example", server, port=443)
    with pytest.raises(FetchFailed, match="certificate"):
        web.door(tls=ssl.create_default_context(cafile=certificate)).get("https://other.example/")
    assert server.requests == []


def test_a_certificate_nobody_vouches_for_is_refused(
    secured: tuple[Site, list[str | None]],
) -> None:
    server, _names = secured
    web = Web()
    web.host("paper.example", server, port=443)
    with pytest.raises(FetchFailed, match="certificate"):
        web.door().get("https://paper.example/")
    assert server.requests == []
