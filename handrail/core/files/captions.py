"""Captions of films: what subtitle tools write, as the one form browsers read (WebVTT, W3C), and what is said in them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

CUE = re.compile(r"^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})[ \t]+-->.*$", re.M)
MARKUP = re.compile(r"<[^>]*>")
CUES_MOST = 5_000
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


@dataclass(frozen=True)
class Cue:
    """What is said from `at` on, in seconds from the beginning."""

    at: float
    text: str


def spoken(content: bytes) -> list[Cue]:
    """What WebVTT captions say, in order, without marks of style; a line that only stays on is said once.

    Notes, styles and cues without words are left out; what is no WebVTT says nothing.
    """
    text = content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("WEBVTT"):
        return []
    found: list[Cue] = []
    for block in re.split(r"\n{2,}", text)[1:]:
        times = CUE.search(block)
        if times is None or block.startswith(("NOTE", "STYLE", "REGION")):
            continue
        words = " ".join(html.unescape(MARKUP.sub("", block[times.end() :])).split())
        hours, minutes, seconds, thousandths = (int(part or 0) for part in times.groups())
        if words and (not found or found[-1].text != words):
            found.append(Cue(hours * 3600 + minutes * 60 + seconds + thousandths / 1000, words))
        if len(found) == CUES_MOST:
            break
    return found
