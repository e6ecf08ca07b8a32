"""One exchange with another server, and what may be asked of it."""

from __future__ import annotations

import json as jsons
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpcore2
import httpx2
from django.conf import settings

from handrail.core.fetch.network import CONNECT_SECONDS, Deadline, NotAllowed, Transport

TOTAL_SECONDS = 10.0
BYTES_MAX = 1_048_576
PORTS = frozenset({80, 443})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
CONTROL = re.compile(r"[\x00-\x20\x7f]")
USER_AGENT = "Handrail (+https://handrail.test/)"


class FetchError(Exception):
    """The fetch did not happen or gave nothing usable. Its text is for administrators, not for strangers."""


class Refused(FetchError):
    """Not allowed from here: another scheme or port, a name or password in the URL, an address inside."""


class Unreachable(FetchError):
    """No answer, or not in time. Worth another try."""


class TooLarge(FetchError):
    """More bytes than allowed, packed or unpacked."""


@dataclass(frozen=True)
class Fetched:
    """What came back. `headers` has lower-case names; `url` is where it came from after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return jsons.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    redirects: int = 0,
    most: int = BYTES_MAX,
    seconds: float = TOTAL_SECONDS,
) -> Fetched:
    """Ask another server, once, and give what it says.

    redirects  how many to follow, each checked like the first; a redirect beyond them is returned as it is
    most       bytes of the body, after unpacking
    seconds    for everything together; five of them at most for connecting

    Each name is looked up once and the connection goes to the address that was checked. http and https only, ports
    80 and 443 and those of FETCH_PORTS; FETCH_INTERNAL lists the "host:port" of our own network that are allowed.
    Raises Refused, Unreachable, TooLarge.
    """
    deadline = Deadline(seconds)
    said = {
        "user-agent": USER_AGENT,
        "accept-encoding": "gzip",
        **{k.lower(): v for k, v in (headers or {}).items()},
    }
    target = _checked_url(url)
    for hop in range(redirects + 1):
        answer = _once(target, method, said, content, deadline, most)
        place = answer.headers.get("location")
        if answer.status not in REDIRECTS or not place or hop == redirects:
            return answer
        onward = _checked_url(_join(target, place))
        if target.scheme == "https" and onward.scheme == "http":
            raise Refused(f"{target} leads on to an address that is not encrypted.")
        if (onward.scheme, onward.host, onward.port) != (target.scheme, target.host, target.port):
            said = {name: value for name, value in said.items() if name not in SECRET_HEADERS}
        if answer.status == 303 or (answer.status in (301, 302) and method == "POST"):
            method, content = "GET", None
        target = onward
    raise AssertionError("the last hop returns")


def _join(base: httpx2.URL, place: str) -> str:
    try:
        return str(base.join(place))
    except httpx2.InvalidURL as error:
        raise Refused(f"{base} leads on to something that is no address.") from error


def _checked_url(text: str) -> httpx2.URL:
    if CONTROL.search(text):
        raise Refused("An address has no spaces and no control characters.")
    try:
        url = httpx2.URL(text)
    except httpx2.InvalidURL as error:
        raise Refused(f"{text!r} is no address: {error}") from error
    if url.scheme not in ("http", "https"):
        raise Refused(f"{url.scheme or 'nothing'}: is not fetched; http and https are.")
    if url.userinfo:
        raise Refused("A name or password inside an address is not sent.")
    if not url.host:
        raise Refused(f"{text!r} names no host.")
    port = url.port or (443 if url.scheme == "https" else 80)
    if port not in PORTS | set(settings.FETCH_PORTS) and f"{url.host}:{port}" not in settings.FETCH_INTERNAL:
        raise Refused(f"Port {port} is not fetched from; add it to HANDRAIL_FETCH_PORTS if it should be.")
    return url


def _once(
    url: httpx2.URL,
    method: str,
    headers: Mapping[str, str],
    content: bytes | None,
    deadline: Deadline,
    most: int,
) -> Fetched:
    for name, value in headers.items():
        if any(mark in f"{name}{value}" for mark in "\r\n\0"):
            raise Refused(f"The header {name!r} holds a line break.")
    try:
        with httpx2.Client(
            transport=Transport(deadline, frozenset(settings.FETCH_INTERNAL)),
            timeout=CONNECT_SECONDS,
            trust_env=False,
        ) as client:
            request = client.build_request(method, url, headers=dict(headers), content=content)
            answer = client.send(request, stream=True, follow_redirects=False)
            try:
                body = _body(answer, most)
            finally:
                answer.close()
    except NotAllowed as error:
        raise Refused(f"{error}.") from error
    except (
        httpx2.HTTPError,
        httpcore2.TimeoutException,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        OSError,
    ) as error:
        raise Unreachable(f"{url.host} did not answer: {error or type(error).__name__}") from error
    return Fetched(answer.status_code, dict(answer.headers.items()), body, str(url))


def _body(answer: httpx2.Response, most: int) -> bytes:
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "deflate", ""):
        raise Refused(f"The answer is packed as {packing!r}, which was not asked for.")
    unpack = (
        zlib.decompressobj(wbits=47 if packing == "gzip" else zlib.MAX_WBITS)
        if packing not in ("identity", "")
        else None
    )
    body = bytearray()
    for piece in answer.iter_raw():
        try:
            # Unpacked only up to the cap, so a small bomb stays small.
            body += unpack.decompress(piece, most + 1 - len(body)) if unpack else piece
        except zlib.error as error:
            raise Unreachable(f"The answer cannot be unpacked: {error}") from error
        if len(body) > most:
            raise TooLarge(f"The answer is longer than {most} bytes.")
    return bytes(body)
