"""Questions to a name server: the operator's (HANDRAIL_DNS) or the machine's own, each within seconds."""

from __future__ import annotations

from typing import Any

import dns.exception
import dns.resolver
from django.conf import settings

SECONDS = 3.0


class Silent(Exception):
    """No answer in time, or none that can be used: nothing is known, not even that the name is missing."""


def texts(name: str) -> list[str]:
    """TXT records of a name, each with its pieces joined (RFC 7208, 3.3); none for a name that is not there.

    Raises Silent.
    """
    return [b"".join(record.strings).decode("utf-8", "replace") for record in _ask(name, "TXT")]


def addresses(name: str) -> list[str]:
    """IPv4 and IPv6 addresses of a name. Raises Silent."""
    return [record.address for kind in ("A", "AAAA") for record in _ask(name, kind)]


def _ask(name: str, kind: str) -> list[Any]:
    try:
        return list(_resolver().resolve(name, kind, lifetime=SECONDS, search=False))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, UnicodeError, OSError) as trouble:
        raise Silent(name) from trouble


def _resolver() -> dns.resolver.Resolver:
    if not settings.DNS_SERVERS:
        return dns.resolver.get_default_resolver()
    resolver = dns.resolver.Resolver(configure=False)
    for server in settings.DNS_SERVERS:
        host, _, port = server.rpartition(":") if server.count(":") == 1 else (server, "", "53")
        resolver.nameservers = [*resolver.nameservers, host]
        resolver.nameserver_ports = {**resolver.nameserver_ports, host: int(port)}
    return resolver
