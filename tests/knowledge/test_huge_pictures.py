"""Pictures that would fill the memory: refused in words by the editor, told by imports, and never a broken page."""

from __future__ import annotations

import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.accounts.models import Role
from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import keep
from handrail.knowledge.article_files import ArticleFile
from tests.desk.conftest import signed_in
from tests.knowledge.importing import text_of, told


def huge(side: int = 30_000) -> bytes:
    """A whole PNG of `side` by `side` black points, a bit each."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    rows = zlib.compressobj(9)
    line = bytes(1 + side // 8)
    packed = b"".join(rows.compress(line) for _ in range(side)) + rows.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def test_the_editor_refuses_it_in_words(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    author = signed_in(world.staff("author@handrail.test", "정작가", Role.AUTHOR))
    for name, content in {"huge.png": huge(), "large.png": huge(8_000), "half.png": huge(8)[:40]}.items():
        answer = author.post("/console/editor/files", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422, name
        assert answer.json()["error"]


def test_an_import_tells_it_and_leaves_it_out(source):
    source.write("orders/refunds/huge.png", huge())
    source.article("orders/refunds/a.ko.md", "본문이에요.\n\n![큰 그림](huge.png)")
    report = source.take_in()
    assert {reason for _status, _path, reason in told(report)} == {"picture_refused"}
    assert "<img" not in text_of("/a").published.html
    assert not ArticleFile.objects.exists()


def test_what_customers_and_mails_bring_is_kept_to_be_taken_along_only(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for is_any in (False, True):
        assert not keep(huge(), name="huge.png", by=SYSTEM, is_any=is_any).is_inline
