"""The WSGI environ of an ASGI request, as PEP 3333 has it."""

from __future__ import annotations

import io
import sys
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from handrail.web.edge.asgi import Scope

# HTTP_PROXY would be read as a setting by programs that a view starts.
DROPPED = frozenset({b"proxy", b"transfer-encoding"})
_names: dict[bytes, str] = {}


def environ(scope: Scope, body: IO[bytes] | None, length: int) -> dict[str, Any]:
    """`body` is the open body or None; `length` its bytes, which also stand for a chunked one."""
    host, port = scope.get("server") or ("127.0.0.1", 80)
    path = unquote_to_bytes(scope.get("raw_path") or scope["path"].encode())
    env: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "CONTENT_LENGTH": str(length) if body is not None else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body or io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key = _names.get(name) or _name(name)
        if not key or key == "CONTENT_LENGTH":
            continue
        text = value.decode("latin-1")
        if key in env and key.startswith("HTTP_"):
            # Two cookie headers are one list, by RFC 9113; others that repeat are joined by commas.
            text = f"{env[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        env[key] = text
    return env


def _name(name: bytes) -> str:
    # An underscore could pass for the hyphen of a header that a proxy sets, so such names are not taken.
    if name in DROPPED or b"_" in name:
        return ""
    key = name.decode("latin-1").upper().replace("-", "_")
    if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
        key = f"HTTP_{key}"
    if len(_names) < 500:
        _names[name] = key
    return key
