"""Captions of films: what subtitle tools write, as the one form browsers read."""

from __future__ import annotations

import re

TIMES = re.compile(r"(\d{1,2}:\d{2}:\d{2}),(\d{1,3})\s*-->\s*(\d{1,2}:\d{2}:\d{2}),(\d{1,3})")


def as_webvtt(content: bytes) -> bytes | None:
    """SubRip captions as WebVTT in UTF-8; None for anything else. Korean tools still write CP949."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        return None
    if not TIMES.search(text[:2_000]):
        return None
    timed = TIMES.sub(_times, text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"WEBVTT\n\n{timed.strip()}\n".encode()


def _times(found: re.Match[str]) -> str:
    return f"{found[1]:0>8}.{found[2]:0<3} --> {found[3]:0>8}.{found[4]:0<3}"
