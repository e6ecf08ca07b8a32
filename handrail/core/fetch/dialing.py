"""A bare connection to another server, for protocols that are not HTTP, under the same rules as fetch."""

from __future__ import annotations

import socket
from collections.abc import Collection

from django.conf import settings

from handrail.core.fetch.addresses import is_public
from handrail.core.fetch.network import ADDRESSES_MAX, CONNECT_SECONDS, resolve, resolvers


class Inside(ConnectionError):
    """The host leads into our own network, or the port is none of this protocol; the operator names those allowed."""


def dial(host: str, port: int, *, ports: Collection[int], seconds: float = CONNECT_SECONDS) -> socket.socket:
    """Connect to a public address of `host`, looked up once, on one of `ports`. Other timeouts are the caller's.

    FETCH_INTERNAL lists the "host:port" of our own network that are allowed. Raises Inside and other OSErrors.
    """
    vouched = f"{host.lower()}:{port}" in settings.FETCH_INTERNAL
    if not vouched and port not in ports:
        raise Inside(f"{host}:{port} is no usual port for this")
    try:
        found = resolvers.submit(resolve, host, port).result(seconds)
    except UnicodeError as wrong:
        raise socket.gaierror(f"{host} is no name of a host") from wrong
    inside = [] if vouched else [address for address in found if not is_public(address)]
    if inside:
        raise Inside(f"{host} leads to {inside[0]}, which is not a public address")
    error: OSError = socket.gaierror(f"{host} has no address")
    for address in found[:ADDRESSES_MAX]:
        try:
            line = socket.create_connection((address, port), timeout=seconds)
        except OSError as failed:
            error = failed
            continue
        if not vouched and line.getsockname()[0] == line.getpeername()[0]:
            line.close()
            raise Inside(f"{host} is this machine")
        return line
    raise error
