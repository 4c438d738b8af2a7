"""S1-S4, S7, S8: what the door refuses, and that it is the door that refuses it."""

from collections.abc import Iterator

import pytest

from claims.sources._http import Door, FetchError, FetchRefused, addresses, urls
from tests.sources.web import PUBLIC, PUBLIC_IPV6, Site, Web, sends, site

IPV4_IN_DISGUISE = [
    "2130706433",
    "0x7f000001",
    "017700000001",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "127.1",
    "127.0.1",
    "0",
    "0x0",
    "127.0.0.1.",
    "2130706433.",
]
IPV4_INSIDE_IPV6 = [
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:c0a8:101::1]",
    "[2001:0:7f00:1::]",
    "[::ffff:0:127.0.0.1]",
    "[fe80::1]",
    "[fec0::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[5f00::1]",
    "[100::1]",
]
WRITTEN_ODDLY = ["localhost", "LOCALHOST", "localhost.", "LocalHost", "127。0。0。1", "127.0.0.1"]
NOT_PUBLIC = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
]
# Refused by the URL parser or unknown to the resolver as well, with the guard off.
MEANT_BY_NOBODY = {"0177.0.0.1", "127.0.0.1.", "2130706433."}
# Whether a resolver knows the absolute form depends on the machine.
LOCAL_NAMES = {"localhost.": ["127.0.0.1"]}
HOSTS = [*IPV4_IN_DISGUISE, *IPV4_INSIDE_IPV6, *WRITTEN_ODDLY, *NOT_PUBLIC]


@pytest.fixture
def inside() -> Iterator[Site]:
    """Something on the desk's own machine that nobody outside may reach."""
    with site(sends(b"<p>secret</p>")) as server:
        yield server


@pytest.fixture
def guard_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken build: no denylist, no reading of the host's form."""
    monkeypatch.setattr(addresses, "why_not_public", lambda _address: None)
    monkeypatch.setattr(urls, "_check_host", lambda _url: None)


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_not_public_is_refused_before_anything_is_dialled(
    host: str, inside: Site
) -> None:
    web = Web(names=LOCAL_NAMES, every_cable=inside.server_port)
    with pytest.raises(FetchRefused):
        web.door().get(f"http://{host}/")
    assert web.dialled == []
    assert inside.requests == []


@pytest.mark.parametrize("host", [host for host in HOSTS if host not in MEANT_BY_NOBODY])
@pytest.mark.usefixtures("guard_off")
def test_without_the_guard_the_same_host_would_have_been_reached(host: str, inside: Site) -> None:
    page = Web(names=LOCAL_NAMES, every_cable=inside.server_port).door().get(f"http://{host}/")
    assert page.body == b"<p>secret</p>"


@pytest.mark.parametrize("host", ["①②⑦.⓪.⓪.①", "127.0.0.1", "loca\u00adlhost"])
def test_unicode_that_normalises_to_loopback_does_not_get_in(host: str, inside: Site) -> None:
    web = Web(every_cable=inside.server_port)
    with pytest.raises(FetchRefused):
        web.door().get(f"http://{host}/")
    assert web.dialled == []


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_public_name_that_leads_inside_is_refused(address: str, inside: Site) -> None:
    web = Web(names={"paper.example": [address]}, every_cable=inside.server_port)
    with pytest.raises(FetchRefused, match=r"paper\.example"):
        web.door().get("http://paper.example/")
    assert inside.requests == []


def test_one_private_address_among_public_ones_spoils_the_name(inside: Site) -> None:
    web = Web(names={"paper.example": [PUBLIC, "10.0.0.7"]}, every_cable=inside.server_port)
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.7"):
        web.door().get("http://paper.example/")
    assert web.dialled == []


@pytest.mark.parametrize("answer", ["not an address", "", "127.0.0.1 ", "fe80::1%eth0"])
def test_what_is_no_plain_address_is_not_public(answer: str) -> None:
    assert addresses.why_not_public(answer) is not None


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.215.14",
        "100.63.255.255",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        PUBLIC_IPV6,
        "2a00:1450:4001:80e::200e",
        # A network with IPv6 alone sees the public IPv4 internet like this.
        "64:ff9b::5db8:d70e",
        "::ffff:93.184.215.14",
    ],
)
def test_public_addresses_are_let_through(address: str) -> None:
    assert addresses.why_not_public(address) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://paper.example\\@127.0.0.1/",
        "http://127.0.0.1\\@paper.example/",
        "http://paper.example@127.0.0.1/",
        "http://127.0.0.1@paper.example/",
        "http://user:pass@paper.example/",
        "http://paper.example:80@127.0.0.1/",
        "http://127.0.0.1%2f@paper.example/",
        "http://127%2e0%2e0%2e1/",
        "http://paper.example%00.evil.example/",
        "http://paper example/",
        "http://paper.example/\r\nHost: 127.0.0.1",
        "http:///paper.example/",
        "http:paper.example",
        "//paper.example/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://paper..example/",
        "http://" + "a" * 8_000 + ".example/",
    ],
)
def test_an_address_two_parsers_could_read_differently_is_refused(url: str, inside: Site) -> None:
    web = Web(names={"paper.example": [PUBLIC]}, every_cable=inside.server_port)
    with pytest.raises(FetchRefused):
        web.door().get(url)
    assert web.dialled == []


def test_the_host_that_was_checked_is_the_host_that_is_asked(inside: Site) -> None:
    web = Web()
    web.host("paper.example", inside)
    web.door().get("http://PAPER.example/a#@127.0.0.1/")
    assert web.resolved == ["paper.example"]
    assert web.dialled == [(PUBLIC, 80)]
    assert [(request.host, request.path) for request in inside.requests] == [
        ("paper.example", "/a")
    ]


def test_an_arabic_name_is_asked_in_its_ascii_form(inside: Site) -> None:
    web = Web()
    web.host("xn--mgbh0fb.xn--kgbechtv", inside)
    web.door().get("http://مثال.إختبار/خبر")
    assert inside.requests[0].host == "xn--mgbh0fb.xn--kgbechtv"
    assert inside.requests[0].path == "/%D8%AE%D8%A8%D8%B1"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://paper.example/",
        "ftp://paper.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ws://paper.example/",
        "paper.example/article",
        "",
        "http://paper.example:22/",
        "http://paper.example:6379/",
        "https://paper.example:8443/",
        "http://paper.example:0/",
        "http://paper.example:99999/",
    ],
)
def test_only_http_and_https_on_their_own_ports_are_fetched(url: str, inside: Site) -> None:
    web = Web(names={"paper.example": [PUBLIC]}, every_cable=inside.server_port)
    with pytest.raises(FetchRefused):
        web.door().get(url)
    assert web.dialled == []


def test_an_unknown_name_says_which_one_and_may_be_tried_again() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    with pytest.raises(FetchError, match=r"no address is known for “nowhere\.example”") as caught:
        Door(resolver=unknown).get("http://nowhere.example/")
    assert caught.value.permanent is False
