"""Which addresses on the network are somebody else's: everything that is not plainly public is ours to protect."""

from __future__ import annotations

import ipaddress

IPV6_PUBLIC = ipaddress.ip_network("2000::/3")
# Inside the public range, but each carries or reaches another address: 6to4, Teredo, ORCHID, documentation, benchmarks.
IPV6_REFUSED = [
    ipaddress.ip_network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
IPV4_REFUSED = [
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip


def is_public(text: str) -> bool:
    """True for an address on the open internet. `text` is an IP address as a resolver gives it, scope allowed.

    IPv6 that wraps an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) is refused whatever it wraps.
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in IPV4_REFUSED)
    return address in IPV6_PUBLIC and not any(address in network for network in IPV6_REFUSED)
