"""S5, S6, S9 and the exceptions a desk may make for its own sources."""

import itertools
import socket
from http.server import BaseHTTPRequestHandler

import httpx2
import pytest

from claims.sources._http import Door, FetchFailed, FetchRefused, addresses
from claims.sources._http import door as door_module
from tests.sources.web import PUBLIC, Web, redirects, sends, site

OTHER_PUBLIC = "151.101.1.1"


@pytest.mark.parametrize("hops_before", range(5))
def test_a_redirect_to_loopback_is_refused_at_every_hop(hops_before: int) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        hop = int(handler.path.strip("/"))
        where = f"/{hop + 1}" if hop < hops_before else "http://127.0.0.1/secret"
        redirects(where)(handler)

    with site(answer) as public, site(sends(b"secret")) as inside:
        web = Web(every_cable=inside.server_port)
        web.host("paper.example", public)
        with pytest.raises(FetchRefused, match=r"127\.0\.0\.1"):
            web.door().get("http://paper.example/0")
        assert len(public.requests) == hops_before + 1
        assert inside.requests == []


def test_without_the_guard_the_redirect_would_have_reached_loopback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(addresses, "why_not_public", lambda _address: None)
    with site(redirects("http://127.0.0.1/secret")) as public, site(sends(b"secret")) as inside:
        web = Web(every_cable=inside.server_port)
        web.host("paper.example", public)
        page = web.door().get("http://paper.example/")
        assert (page.final_url, page.body) == ("http://127.0.0.1/secret", b"secret")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "where",
    [
        "http://localhost/",
        "http://[::ffff:7f00:1]/",
        "http://2130706433/",
        "//169.254.169.254/latest/meta-data/",
        "http://inside.example/",
        "http://paper.example:6379/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "javascript:alert(1)",
        "http://user@paper.example/",
        "http:\\\\127.0.0.1\\",
    ],
)
def test_a_redirect_is_judged_like_the_first_address(where: str, status: int) -> None:
    with site(redirects(where, status)) as public, site(sends(b"secret")) as inside:
        web = Web(names={"inside.example": ["10.1.2.3"]}, every_cable=inside.server_port)
        web.host("paper.example", public)
        with pytest.raises(FetchRefused):
            web.door().get("http://paper.example/")
        assert web.dialled == [(PUBLIC, 80)]


def test_a_redirect_to_another_public_site_is_followed_and_both_addresses_are_told() -> None:
    with site(redirects("http://new.example/story?x=1#top")) as old, site(sends(b"story")) as new:
        web = Web()
        web.host("old.example", old)
        web.host("new.example", new, address=OTHER_PUBLIC)
        page = web.door().get("http://old.example/story", headers={"Authorization": "Bearer t"})
        assert page.url == "http://old.example/story"
        assert page.final_url == "http://new.example/story?x=1"
        assert page.body == b"story"
        assert old.requests[0].headers["Authorization"] == "Bearer t"
        assert "Authorization" not in new.requests[0].headers


def test_redirects_end_after_five() -> None:
    counter = itertools.count(1)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        redirects(f"/{next(counter)}")(handler)

    with site(answer) as server:
        web = Web()
        web.host("paper.example", server)
        with pytest.raises(FetchFailed, match="more than 5 times") as caught:
            web.door().get("http://paper.example/0")
        assert caught.value.permanent is True
        assert len(server.requests) == 6


def test_a_name_that_changes_its_address_is_resolved_once_and_dialled_there() -> None:
    with site(sends(b"public")) as public, site(sends(b"secret")) as inside:
        web = Web(changing={"rebind.example": [[PUBLIC], ["127.0.0.1"]]})
        web.cables = {(PUBLIC, 80): public.server_port, ("127.0.0.1", 80): inside.server_port}
        assert web.door().get("http://rebind.example/").body == b"public"
        assert web.resolved == ["rebind.example"]
        with pytest.raises(FetchRefused):
            web.door().get("http://rebind.example/")
        assert web.dialled == [(PUBLIC, 80)]
        assert inside.requests == []


def test_a_guard_that_checks_first_and_resolves_again_would_be_fooled() -> None:
    with site(sends(b"public")) as public, site(sends(b"secret")) as inside:
        web = Web(changing={"rebind.example": [[PUBLIC], ["127.0.0.1"]]})
        web.cables = {(PUBLIC, 80): public.server_port, ("127.0.0.1", 80): inside.server_port}
        checked = web.resolve("rebind.example", 80)
        assert [addresses.why_not_public(address) for address in checked] == [None]
        connected_to = web.resolve("rebind.example", 80)[0]
        web.dial(connected_to, 80, 1.0).close()
        assert web.dialled == [("127.0.0.1", 80)]


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with site(sends(b"paper")) as paper, site(sends(b"proxy")) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.pair}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        web = Web()
        web.host("paper.example", paper)
        assert web.door().get("http://paper.example/").body == b"paper"
        assert proxy.requests == []
        # The same library with its defaults would have gone there.
        assert httpx2.get("http://paper.example/").text == "proxy"


def test_certificates_named_in_the_environment_are_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []

    def context(*, trust_env: bool) -> object:
        asked.append(trust_env)
        raise RuntimeError("enough seen")

    door_module._shared_tls.cache_clear()
    monkeypatch.setattr(httpx2, "create_ssl_context", context)
    with pytest.raises(RuntimeError):
        door_module._shared_tls()
    assert asked == [False]


def test_an_allowed_pair_counts_only_for_the_source_it_was_made_for() -> None:
    with site(sends(b"search engine of the desk")) as own:
        door = Web().door(allow=frozenset({own.pair}))
        base = f"http://{own.pair}/search"
        assert door.for_source(base).get(base).body == b"search engine of the desk"
        for other in (
            door,
            door.for_source("http://other.example/"),
            door.for_source(f"https://{own.pair}/"),
            Web().door().for_source(base),
        ):
            with pytest.raises(FetchRefused):
                other.get(base)
        assert len(own.requests) == 1


def test_an_allowed_pair_is_exact() -> None:
    with site(sends()) as own:
        for pair in ("127.0.0.1", f"localhost:{own.server_port}", f"127.0.0.1:{own.server_port}0"):
            door = Web().door(allow=frozenset({pair}))
            base = f"http://{own.pair}/"
            with pytest.raises(FetchRefused):
                door.for_source(base).get(base)


def test_no_redirect_leads_to_an_allowed_pair_not_even_from_the_source_itself() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        (redirects("/again") if handler.path == "/" else sends(b"again"))(handler)

    with site(answer) as own:
        base = f"http://{own.pair}/"
        web = Web()
        door = web.door(allow=frozenset({own.pair}))
        with pytest.raises(FetchRefused):
            door.for_source(base).get(base)
        with site(redirects(f"http://{own.pair}/again")) as public:
            web.host("paper.example", public)
            with pytest.raises(FetchRefused):
                door.get("http://paper.example/")
            with pytest.raises(FetchRefused):
                door.for_source(base).get("http://paper.example/")
        assert [request.path for request in own.requests] == ["/"]


def test_a_redirect_within_an_allowed_source_on_port_80_is_a_strangers_too() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        (redirects("/again") if handler.path == "/" else sends(b"again"))(handler)

    with site(answer) as own:
        web = Web()
        web.host("search.example", own, address="10.0.0.7")
        source = web.door(allow=frozenset({"search.example:80"})).for_source(
            "http://search.example/"
        )
        assert source.get("http://search.example/again").body == b"again"
        with pytest.raises(FetchRefused, match=r"10\.0\.0\.7"):
            source.get("http://search.example/")
        assert [request.path for request in own.requests] == ["/again", "/"]


def test_the_door_as_the_product_makes_it_reaches_no_loopback_server() -> None:
    with site(sends(b"secret")) as inside:
        for url in (f"http://{inside.pair}/", "http://localhost/", "http://[::1]/"):
            with pytest.raises(FetchRefused):
                Door().get(url)
        assert inside.requests == []
        # The server is there for who does not use the door.
        with socket.create_connection(("127.0.0.1", inside.server_port), 1):
            pass
