"""Small pictures for tests, each of other bytes."""

from __future__ import annotations

import hashlib
import io

from PIL import Image


def png(name: str = "") -> bytes:
    """A PNG of 24 by 16 pixels in a colour made from `name`."""
    colour = tuple(hashlib.sha256(name.encode()).digest()[:3])
    target = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(target, "PNG")
    return target.getvalue()
