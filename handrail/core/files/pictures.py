"""Painting a picture anew: what its camera, editor or attacker wrote beside it is left behind."""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

IMAGES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
PIXELS_MAX = 24_000_000  # held in memory at once: 96 MB, and as much again while it is turned
JPEG_PIXELS_MAX = 200_000_000  # a JPEG can be read at a half, a quarter or an eighth of its size
FRAMES_MAX = 300
MOVING_PIXELS_MAX = 30_000_000  # of all frames together: painting them takes a second or two
KEPT_INFO = frozenset({"transparency", "duration", "loop", "background", "disposal", "icc_profile"})
HOW: dict[str, dict[str, Any]] = {
    "PNG": {"compress_level": 6},
    "JPEG": {"quality": 90, "comment": b"", "exif": b""},
    "GIF": {"comment": b""},
    "WEBP": {"quality": 85, "method": 4, "exif": b"", "xmp": b""},
}


SMALL_TYPE = "image/webp"


def shrunk(data: bytes, *, longest: int) -> bytes | None:
    """A still of a picture as a WebP, its longer side no longer than this; None for one that should not be opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(IMAGES)) as image:
                if not _fits(image):
                    return None
                if image.format == "JPEG":
                    # Read at the size it is needed in, many times as fast.
                    image.draft("RGB", (longest, longest))
                image.load()
                target = io.BytesIO()
                _within(image.convert("RGBA"), longest).save(target, "WEBP", quality=80, method=4)
                return target.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None


def repaint(data: bytes, *, longest: int | None = None) -> tuple[bytes, str] | None:
    """The picture and its type, without metadata and standing upright; None for one that should not be opened.

    longest  pixels its longer side may have: a larger one is made smaller, unless it moves

    That is anything but a whole PNG, JPEG, GIF or WebP, and one whose size says that it is a bomb: sizes are read
    from the header, before a pixel is unpacked.
    """
    try:
        # WeasyPrint, once imported, has half pictures read in the whole process; we take whole ones alone.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        with warnings.catch_warnings():
            # Pillow warns of large pictures; our own limits decide.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(IMAGES)) as image:
                return _painted(image, longest)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None


def _painted(image: Any, longest: int | None) -> tuple[bytes, str] | None:
    form = image.format
    if not _fits(image):
        return None
    moving = getattr(image, "is_animated", False)
    if moving and not _frames_fit(image):
        return None
    target = io.BytesIO()
    if moving:
        image.info = _bare(image.info)
        image.save(target, form, save_all=True, **HOW[form])
    else:
        image.load()
        upright = ImageOps.exif_transpose(image) if image.getexif().get(0x0112, 1) != 1 else image
        info = _bare(upright.info)
        upright = _within(upright, longest)
        upright.info = info
        upright.save(target, form, **HOW[form])
    return target.getvalue(), IMAGES[form]


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a picture in pixels, as its header says; None for one that cannot be opened."""
    try:
        with _opened(data) as image:
            return int(image.width), int(image.height)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None


def is_too_large(data: bytes) -> bool:
    """Whether its header names more pixels than are ever unpacked here."""
    try:
        with _opened(data) as image:
            return not _fits(image)
    except Image.DecompressionBombError:
        return True
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return False  # no picture at all


def _opened(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(data), formats=list(IMAGES))


def _within(image: Any, longest: int | None) -> Any:
    if longest is None or max(image.size) <= longest:
        return image
    # A palette has no colours between its colours.
    smaller = image.convert("RGBA") if image.mode in {"P", "PA", "1"} else image.copy()
    smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return smaller


def _fits(image: Any) -> bool:
    pixels = image.width * image.height
    if image.format == "JPEG" and PIXELS_MAX < pixels <= JPEG_PIXELS_MAX:
        for scale in (2, 4, 8):
            if pixels / scale**2 <= PIXELS_MAX:
                image.draft(None, (image.width // scale, image.height // scale))
                break
        pixels = image.width * image.height
    return 0 < pixels <= PIXELS_MAX


def _frames_fit(image: Any) -> bool:
    # Counting with n_frames would walk through all of a film of thousands.
    most = min(FRAMES_MAX, MOVING_PIXELS_MAX // (image.width * image.height))
    try:
        image.seek(most)
    except EOFError:
        image.seek(0)
        return True
    return False


def _bare(info: dict[Any, Any]) -> dict[Any, Any]:
    return {name: value for name, value in info.items() if name in KEPT_INFO}
