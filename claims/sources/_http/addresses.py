"""Which addresses are on the public internet.

An explicit denylist, because `ipaddress.is_global` says yes to `::127.0.0.1`,
`64:ff9b::7f00:1`, `2002:7f00:1::`, 192.0.0.8 and 224.0.0.1. The lists follow the IANA
special-purpose address registries (RFC 6890 and its updates); of IPv6 only the space that is
handed out for global unicast (2000::/3) is let through at all.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

DENIED_IPV4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared carrier space"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local, cloud metadata"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112 sink"),
        ("192.52.193.0/24", "multicast tunnelling"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112 sink"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved, broadcast"),
        # Public by number, but inside one large cloud it is the host's own control channel.
        ("168.63.129.16/32", "cloud platform"),
    )
)

GLOBAL_UNICAST = IPv6Network("2000::/3")

DENIED_IPV6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("2001::/23", "protocol assignments, Teredo"),
        ("2001:db8::/32", "documentation"),
        ("2620:4f:8000::/48", "AS112 sink"),
        ("3fff::/20", "documentation"),
    )
)

# Forms that carry an IPv4 address, and how far it stands from the right end, in bits.
CARRIERS: tuple[tuple[IPv6Network, int], ...] = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped, RFC 4291
    (IPv6Network("::/96"), 0),  # IPv4-compatible, RFC 4291
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052; real on networks with IPv6 alone
    (IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)


def is_number(host: str) -> bool:
    """Whether a host is an address already, so that nobody is asked for it."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def why_not_public(address: str) -> str | None:
    """None for an address on the public internet, otherwise what kind of address it is.

    `address` is what a resolver returns; anything that is not an IP address is not public.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return "not an IP address"
    if isinstance(ip, IPv4Address):
        return _why_not_public_ipv4(ip)
    return _why_not_public_ipv6(ip)


def _why_not_public_ipv4(ip: IPv4Address) -> str | None:
    return next((why for network, why in DENIED_IPV4 if ip in network), None)


def _why_not_public_ipv6(ip: IPv6Address) -> str | None:
    if ip.scope_id is not None:
        return "bound to one network interface"
    if int(ip) in (0, 1):
        return "loopback"
    for network, shift in CARRIERS:
        if ip in network:
            return _why_not_public_ipv4(IPv4Address((int(ip) >> shift) & 0xFFFFFFFF))
    if ip not in GLOBAL_UNICAST:
        return "outside global unicast"
    return next((why for network, why in DENIED_IPV6 if ip in network), None)
