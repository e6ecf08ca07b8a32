"""Which requests may be answered from memory, and under which key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handrail.web.edge.asgi import Scope

# A page may vary by these; the view of a request with any other field is always asked.
FIELDS = frozenset({b"depth", b"page", b"product", b"topic", b"kind", b"purpose", b"sort", b"zone"})
# Left by newsletters and advertisements; no page may vary by them, and no view gets to see them.
TRACKING = frozenset(
    {
        b"fbclid",
        b"gclid",
        b"msclkid",
        b"utm_campaign",
        b"utm_content",
        b"utm_medium",
        b"utm_source",
        b"utm_term",
    }
)
KEY_BYTES_MAX = 1_024

Key = tuple[bytes, bytes, bytes]  # host, path, query


@dataclass(slots=True)
class Asked:
    """A request that memory may answer."""

    key: Key
    coding: str
    etag: bytes
    has_cookie: bool


class Keys:
    """Reads requests. `private` names the cookies whose holder always gets a page of their own."""

    def __init__(self, private: Iterable[str]) -> None:
        names = b"|".join(re.escape(name.encode()) for name in private)
        self._private = re.compile(rb"(?:^|[;,\s])(?:" + names + rb")=")
        self._codings: dict[bytes, str] = {b"": "identity"}

    def read(self, scope: Scope) -> Asked | None:
        """What is asked for, or None for what only Django may answer."""
        if scope["method"] != "GET" and scope["method"] != "HEAD":
            return None
        host = coding = etag = b""
        has_cookie = False
        for name, value in scope["headers"]:
            if name == b"host":
                host = value
            elif name == b"accept-encoding":
                coding = value
            elif name == b"if-none-match":
                etag = value
            elif name == b"cookie":
                if self._private.search(value):
                    return None
                has_cookie = True
            # htmx asks for fragments under a page's own address.
            elif name == b"authorization" or name == b"hx-request":
                return None
        query = scope["query_string"]
        if query:
            query = canonical(query)
            if query is None:
                return None
        path = scope["raw_path"]
        if len(path) + len(query) + len(host) > KEY_BYTES_MAX:
            return None
        known = self._codings.get(coding)
        return Asked((host, path, query), known or self._coding(coding), etag, has_cookie)

    def _coding(self, header: bytes) -> str:
        chosen = best_coding(header)
        if len(self._codings) < 200:
            self._codings[header] = chosen
        return chosen


def canonical(query: bytes) -> bytes | None:
    """The query with its allowed fields in order and tracking left out; None when it holds anything else."""
    kept = []
    for field in query.split(b"&"):
        name = field.partition(b"=")[0]
        if name in FIELDS:
            kept.append(field)
        elif field and name not in TRACKING:
            return None
    return b"&".join(sorted(kept))


def best_coding(header: bytes) -> str:
    """br, gzip or identity, as Accept-Encoding allows."""
    allowed = set()
    for part in header.lower().split(b","):
        name, _, quality = part.partition(b";")
        if quality.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"):
            allowed.add(name.strip())
    if b"br" in allowed:
        return "br"
    return "gzip" if b"gzip" in allowed or b"*" in allowed else "identity"
