"""Pictures are painted anew: nothing written beside them survives, and no bomb is opened."""

from __future__ import annotations

import io
import resource
import struct
import time
import zlib

import pytest
from PIL import Image, PngImagePlugin

from handrail.core.files.pictures import FRAMES_MAX, repaint

MARK = b"SecretPlace37.5665"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + MARK + b"</x:xmpmeta>"


def saved(form: str, *, size=(40, 30), frames=1, **how) -> bytes:
    target = io.BytesIO()
    pictures = [Image.new("RGB", size, (n * 5 % 255, 40, 90)) for n in range(frames)]
    more = {"save_all": True, "append_images": pictures[1:], "duration": 40, "loop": 0} if frames > 1 else {}
    pictures[0].save(target, form, **more, **how)
    return target.getvalue()


def exif() -> Image.Exif:
    kept = Image.Exif()
    kept[0x010F] = MARK.decode()
    kept.get_ifd(0x8825)[1] = "N"
    return kept


def png_with_text() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", MARK.decode())
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved("PNG", pnginfo=notes, exif=exif())


MARKED = {
    "jpeg exif": lambda: saved("JPEG", exif=exif()),
    "jpeg comment": lambda: saved("JPEG", comment=MARK),
    "jpeg xmp": lambda: saved("JPEG", xmp=XMP),
    "png text": png_with_text,
    "gif comment": lambda: saved("GIF", comment=MARK),
    "moving gif comment": lambda: saved("GIF", frames=3, comment=MARK),
    "webp exif and xmp": lambda: saved("WEBP", exif=exif(), xmp=XMP),
    "moving webp exif": lambda: saved("WEBP", frames=3, exif=exif(), xmp=XMP),
    "moving png exif": lambda: saved("PNG", frames=3, exif=exif()),
    "a page behind the picture": lambda: saved("PNG") + b"<html><script>" + MARK,
    "an archive behind the picture": lambda: saved("JPEG") + b"PK\x03\x04" + MARK,
}


@pytest.mark.parametrize("how", MARKED)
def test_nothing_written_beside_a_picture_survives(how):
    data = MARKED[how]()
    assert MARK in data
    painted, _ = repaint(data)
    assert MARK not in painted
    assert b"<script" not in painted
    with Image.open(io.BytesIO(painted)) as image:
        assert not dict(image.getexif())


@pytest.mark.parametrize(
    ("form", "kind"), [("PNG", "png"), ("JPEG", "jpeg"), ("GIF", "gif"), ("WEBP", "webp")]
)
def test_a_picture_stays_the_picture_it_was(form, kind):
    painted, content_type = repaint(saved(form))
    with Image.open(io.BytesIO(painted)) as image:
        assert (content_type, image.format, image.size) == (f"image/{kind}", form, (40, 30))


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_a_moving_picture_still_moves(form):
    painted, _ = repaint(saved(form, frames=5))
    with Image.open(io.BytesIO(painted)) as image:
        assert image.n_frames == 5


def test_a_photograph_taken_sideways_stands_upright():
    turned = Image.Exif()
    turned[0x0112] = 6
    painted, _ = repaint(saved("JPEG", exif=turned))
    with Image.open(io.BytesIO(painted)) as image:
        assert image.size == (30, 40)


def test_transparency_is_kept():
    target = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(target, "PNG")
    with Image.open(io.BytesIO(repaint(target.getvalue())[0])) as image:
        assert image.convert("RGBA").getpixel((0, 0))[3] == 0


def png_that_claims(width: int, height: int) -> bytes:
    """A tiny PNG file whose header says that it is huge."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 90_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "bomb",
    [
        lambda: png_that_claims(30_000, 30_000),
        lambda: png_that_claims(1, 900_000_000),
        lambda: saved("GIF", size=(20, 20), frames=FRAMES_MAX + 50),
        lambda: saved("GIF", size=(1_000, 1_000), frames=35),
    ],
)
def test_a_bomb_is_not_opened(bomb):
    data = bomb()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert repaint(data) is None
    assert time.process_time() - start < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024


def test_a_very_large_photograph_is_read_smaller():
    painted, _ = repaint(saved("JPEG", size=(9_000, 6_000)))
    with Image.open(io.BytesIO(painted)) as image:
        assert image.size == (4_500, 3_000)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"not a picture", saved("BMP"), saved("TIFF"), saved("PNG")[:60]],
)
def test_what_is_no_whole_picture_is_left_alone(data):
    assert repaint(data) is None
