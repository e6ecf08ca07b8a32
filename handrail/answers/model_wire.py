"""How the model process and its clients speak: a length, a JSON head, then vectors as 32-bit floats and pieces as bytes.

request   4 bytes length, {"morphs": [text], "vectors": [text]}
answer    4 bytes length, {"morphs": [[form]] or null, "rows": n, "width": w, "pieces": [count] or null,
          "models": [morphs, vectors]}, n * w floats, for each text count * PIECE_WIDTH bytes
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

FRAME_BYTES_MAX = 64 * 1024 * 1024


def send(connection: socket.socket, head: dict[str, Any], body: bytes = b"") -> None:
    encoded = json.dumps(head, ensure_ascii=False).encode()
    connection.sendall(struct.pack("<I", len(encoded)) + encoded + body)


def receive(connection: socket.socket) -> dict[str, Any] | None:
    """The next head, or None where the other side has hung up. Raises ValueError on a frame out of measure."""
    prefix = exactly(connection, 4, may_end=True)
    if prefix is None:
        return None
    (size,) = struct.unpack("<I", prefix)
    if size > FRAME_BYTES_MAX:
        raise ValueError(f"A message of {size} bytes is more than the model process takes.")
    head = exactly(connection, size)
    return json.loads(head or b"{}")  # type: ignore[no-any-return]


def exactly(connection: socket.socket, size: int, *, may_end: bool = False) -> bytes | None:
    """`size` bytes; None where the connection ends before the first and `may_end`. Raises ConnectionError else."""
    parts, missing = [], size
    while missing:
        part = connection.recv(min(missing, 1 << 20))
        if not part:
            if may_end and missing == size:
                return None
            raise ConnectionError("The model process hung up in the middle of an answer.")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
