"""The sockets under fetch: resolved once, every address checked, connected to what was checked, on a deadline."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import httpcore2
import httpx2

from handrail.core.fetch.addresses import is_public

CONNECT_SECONDS = 5.0
ADDRESSES_MAX = 2  # of one host are tried

# A resolver cannot be interrupted, only left behind.
resolvers = ThreadPoolExecutor(4, thread_name_prefix="resolve")


class NotAllowed(Exception):
    """The address may not be reached from here."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, once. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """One moment after which nothing more is waited for, whatever the other side dribbles."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds that remain, at most `most`. Raises ReadTimeout when none do."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the whole exchange took too long")
        return left if most is None else min(left, most)


class Pinned(httpcore2.NetworkBackend):
    """Connects to the address it has checked. `internal` names the "host:port" the operator vouches for."""

    def __init__(self, deadline: Deadline, internal: frozenset[str]) -> None:
        self._deadline, self._internal = deadline, internal
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        vouched = f"{host.lower()}:{port}" in self._internal
        addresses = self._checked(host, port, vouched=vouched)
        error: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in addresses[:ADDRESSES_MAX]:
            try:
                stream = self._sockets.connect_tcp(address, port, self._deadline.left(CONNECT_SECONDS))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as failed:
                error = failed
                continue
            if not vouched and _is_ourselves(stream):
                stream.close()
                raise NotAllowed(f"{host} is this machine")
            return Timed(stream, self._deadline)
        raise error

    def _checked(self, host: str, port: int, *, vouched: bool) -> list[str]:
        try:
            addresses = resolvers.submit(resolve, host, port).result(self._deadline.left(CONNECT_SECONDS))
        except TimeoutError:
            raise httpcore2.ConnectTimeout(f"{host} could not be looked up in time") from None
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} could not be looked up: {error}") from error
        # One bad address among good ones is how a name is pointed inside: then none is used.
        inside = [] if vouched else [address for address in addresses if not is_public(address)]
        if inside:
            raise NotAllowed(f"{host} leads to {inside[0]}, which is not a public address")
        return addresses

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore2.NetworkStream:
        raise NotAllowed("a socket on this machine")


def _is_ourselves(stream: httpcore2.NetworkStream) -> bool:
    # Reaching one of our own public addresses, the kernel uses that same address to come from.
    ours, theirs = stream.get_extra_info("client_addr"), stream.get_extra_info("server_addr")
    return bool(ours and theirs and ours[0] == theirs[0])


class Timed(httpcore2.NetworkStream):
    """A stream whose every read and write ends at the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return Timed(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Transport(httpx2.BaseTransport):
    """httpx2 over the pinned sockets, one connection, no proxy whatever the environment says."""

    def __init__(self, deadline: Deadline, internal: frozenset[str]) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_tls(),
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=Pinned(deadline, internal),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        answer = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                target,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Any:
        return iter(self._answer.stream)  # type: ignore[arg-type]

    def close(self) -> None:
        self._answer.close()


@cache
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)
