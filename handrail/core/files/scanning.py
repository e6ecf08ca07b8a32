"""Looking for viruses: clamd's INSTREAM command (clamd(8)), over a local socket or TCP, where one is named."""

from __future__ import annotations

import socket
import struct

from django.conf import settings

CHUNK = 256 * 1024
REPLY_BYTES_MAX = 4096


class Unanswered(Exception):
    """The scanner was not reached, took too long, or said what nobody understands; the message has its words."""


def virus_in(data: bytes) -> str:
    """What the scanner calls what it found; "" where it found nothing, or where no scanner is named.

    Raises Unanswered. One connection a file; waits `FILE_SCAN_SECONDS` at each step.
    """
    if not settings.FILE_SCANNER:
        return ""
    try:
        with _connect(settings.FILE_SCANNER) as line:
            reply = _ask(line, data)
    except (OSError, ValueError) as problem:
        raise Unanswered(str(problem)) from problem
    if reply == "stream: OK":
        return ""
    if reply.endswith(" FOUND"):
        return reply.removeprefix("stream: ").removesuffix(" FOUND")
    raise Unanswered(reply or "no answer")


def _connect(address: str) -> socket.socket:
    """`unix:/path` or `tcp://host:port`."""
    seconds = settings.FILE_SCAN_SECONDS
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _ask(line: socket.socket, data: bytes) -> str:
    line.sendall(b"zINSTREAM\0")
    try:
        for start in range(0, len(data), CHUNK):
            piece = data[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it says why it stopped listening, such as a size it does not take
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < REPLY_BYTES_MAX:
        more = line.recv(REPLY_BYTES_MAX)
        if not more:
            break
        reply += more
    return reply.rstrip(b"\0").decode("utf-8", "replace").strip()
