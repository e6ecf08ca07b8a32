"""Files: kept under random names, shown only when painted here, opened only by whom the link was made for."""

from __future__ import annotations

import io
import os
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation
from PIL import Image

from handrail.core import clock
from handrail.core.actors import SYSTEM, Actor
from handrail.core.files import keeping
from handrail.core.files.jobs import sweep_files
from handrail.core.files.keeping import FileRefused, check, copied, erase, keep, read
from handrail.core.files.links import link, open_link
from handrail.core.files.models import StoredFile
from handrail.core.files.types import clean_title, type_of


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo_with_position() -> bytes:
    image, target = Image.new("RGB", (8, 8), "teal"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    image.save(target, "JPEG", exif=exif)
    return target.getvalue()


@pytest.mark.django_db
def test_a_file_lies_under_a_random_name_outside_any_web_root(tmp_path):
    row = keep(b"hello", name=".htaccess", by=SYSTEM)
    assert row.title == "htaccess"
    assert "htaccess" not in row.path
    assert read(row) == b"hello"
    assert not row.is_inline


@pytest.mark.django_db
def test_a_picture_is_painted_anew_without_what_the_camera_wrote():
    row = keep(photo_with_position(), name="a.jpg", by=SYSTEM)
    assert row.is_inline
    assert b"SecretCamera" in photo_with_position()
    assert b"SecretCamera" not in read(row)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.png"),
        (b"<html><script>x()</script>", "a.jpg"),
        (b"GIF89a/*" + b"<script>x()</script>", "a.gif"),
        (b"%PDF-1.7 ...", "a.pdf"),
    ],
)
def test_what_could_act_in_a_browser_is_only_ever_downloaded(data, name):
    assert not keep(data, name=name, by=SYSTEM).is_inline


def test_the_type_is_what_the_bytes_say():
    assert type_of(photo_with_position()) == "image/jpeg"
    assert type_of("안녕하세요".encode()) == "text/plain"
    assert type_of(bytes(range(256))) == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd", "passwd"),
        ("\u202egpj.exe", "gpj.exe"),
        ("\u200b.htaccess", "htaccess"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("", "file"),
        ("가" * 300 + ".pdf", "가" * 146 + ".pdf"),
    ],
)
def test_a_name_is_made_fit_to_show(name, title):
    assert clean_title(name) == title


@pytest.mark.django_db
def test_a_link_opens_for_its_viewer_only_and_not_when_touched():
    row = keep(b"hello", name="a.txt", by=SYSTEM)
    token = link(row, viewer="person:1").rsplit("/", 1)[1]
    assert open_link(token, viewer="person:1") == row
    assert open_link(token, viewer="person:2") is None
    assert open_link(token[:-1] + "x", viewer="person:1") is None
    assert open_link("", viewer="") is None


@pytest.mark.django_db
def test_a_link_ends_after_ten_minutes(time_machine):
    time_machine.move_to(clock.now())
    token = link(keep(b"hello", name="a.txt", by=SYSTEM), viewer="person:1").rsplit("/", 1)[1]
    time_machine.shift(timedelta(minutes=11))
    assert open_link(token, viewer="person:1") is None


@pytest.mark.django_db
def test_too_large_a_file_is_refused_in_a_sentence(settings):
    settings.FILE_SIZE_MAX = 1024 * 1024
    with pytest.raises(FileRefused, match="larger than 1 MB"):
        keep(b"x" * (1024 * 1024 + 1), name="film.mp4", by=SYSTEM)


@pytest.mark.django_db
def test_a_flood_from_one_sender_stops_at_the_days_quota(monkeypatch):
    monkeypatch.setattr(keeping, "BYTES_A_DAY_MAX", 20)
    flooder = Actor("person", 7)
    keep(b"x" * 15, name="1", by=flooder)
    with pytest.raises(FileRefused):
        keep(b"x" * 15, name="2", by=flooder)
    keep(b"x" * 15, name="1", by=Actor("person", 8))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [".htaccess", "shell.phtml", "a.phar", "x.pht", ".user.ini", "../../up.txt", "a.html"]
)
def test_no_name_reaches_the_disk(name, tmp_path):
    row = keep(b"<?php system($_GET['c']); ?>", name=name, by=SYSTEM)
    (stored,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert stored.name == row.name
    assert "." not in stored.name
    assert not row.is_inline


@pytest.mark.django_db
def test_an_archive_is_kept_as_it_came_and_never_unpacked(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 200_000_000)
    start = time.process_time()
    row = keep(packed.getvalue(), name="a.zip", by=SYSTEM)
    assert time.process_time() - start < 1
    assert (row.content_type, row.size, row.is_inline) == ("application/zip", len(packed.getvalue()), False)
    assert read(row) == packed.getvalue()


@pytest.mark.django_db
def test_an_open_file_is_read_no_further_than_the_limit(settings):
    settings.FILE_SIZE_MAX = 1000

    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            assert size > 0, "asked for everything"
            self.given += size
            return b"x" * size

    source = Endless()
    with pytest.raises(FileRefused):
        keep(source, name="endless", by=SYSTEM)
    assert source.given <= 1001
    assert keep(io.BytesIO(b"short"), name="short.txt", by=SYSTEM).size == 5


@pytest.mark.django_db
def test_only_the_kinds_asked_for_are_taken():
    with pytest.raises(FileRefused, match="not taken here"):
        keep(b"%PDF-1.7", name="a.pdf", by=SYSTEM, types={"image/png"})
    with pytest.raises(FileRefused):
        check(b"%PDF-1.7", types={"image/png"})
    assert check(photo_with_position(), types={"image/jpeg"}) == "image/jpeg"


@pytest.mark.django_db
def test_files_are_refused_before_the_disk_is_full(monkeypatch):
    monkeypatch.setattr(keeping, "DISK_RESERVE_BYTES", 10**18)
    with pytest.raises(FileRefused, match="no room"):
        keep(b"x", name="a", by=SYSTEM)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\n", "text/vtt"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video/mp4"),
        (
            b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webmB\x87\x81\x04"
            + b"\0" * 90,
            "video/webm",
        ),
        (b"MZ\x90\0\x03\0\0\0", "application/x-msdownload"),
        (b"PK\x03\x04\x14\0\0\0\x08\0" + b"a" * 40, "application/zip"),
        (b"  <!DOCTYPE HTML><p>", "text/html"),
    ],
)
def test_kinds_that_matter_are_told_apart(data, content_type):
    assert type_of(data) == content_type


@pytest.mark.django_db(transaction=True)
def test_an_erased_file_leaves_no_bytes_and_a_rollback_leaves_it_whole(tmp_path):
    row = keep(b"hello", name="a.txt", by=SYSTEM)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        erase(StoredFile.objects.get(pk=row.pk), by=SYSTEM)
        raise ZeroDivisionError
    assert read(row) == b"hello"
    erase(row, by=SYSTEM)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_bytes_without_a_row_are_swept_after_a_day_and_others_never(tmp_path):
    kept, fresh = keep(b"kept", name="a", by=SYSTEM), keep(b"fresh", name="b", by=SYSTEM)
    left = keep(b"left", name="c", by=SYSTEM)
    StoredFile.objects.filter(pk__in=[fresh.pk, left.pk])._raw_delete("default")  # as a rollback leaves it
    old = time.time() - 90_000
    for row in (kept, left):
        os.utime(Path(tmp_path, row.path), (old, old))
    assert sweep_files.call() == 1
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {kept.name, fresh.name}


@pytest.mark.django_db
def test_a_sweep_that_would_take_most_files_touches_none(tmp_path):
    rows = [keep(b"%d" % n, name="a", by=SYSTEM) for n in range(12)]
    for row in rows:
        os.utime(Path(tmp_path, row.path), (1, 1))
    StoredFile.objects.all()._raw_delete("default")
    with pytest.raises(RuntimeError, match="right database"):
        sweep_files.call()
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 12


@pytest.mark.parametrize("is_linkable", [True, False])
def test_a_copy_has_the_same_bytes_and_outlives_the_first(
    db, monkeypatch, is_linkable, django_capture_on_commit_callbacks
):
    if not is_linkable:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError("no second names here")))
    first = keep(b"form", name="form.txt", by=SYSTEM)
    copy = copied(first, by=SYSTEM)
    assert (copy.title, copy.sha256) == (first.title, first.sha256) and copy.name != first.name
    with django_capture_on_commit_callbacks(execute=True):
        erase(first, by=SYSTEM)
    assert read(copy) == b"form"


def test_a_copy_of_an_old_file_is_not_swept_before_its_row_is_there(db, tmp_path):
    first = keep(b"form", name="form.txt", by=SYSTEM)
    long_ago = time.time() - 3 * 86_400
    os.utime(tmp_path / first.path, (long_ago, long_ago))
    copy = copied(first, by=SYSTEM)
    StoredFile.objects.filter(pk=copy.pk).delete()
    assert sweep_files.call() == 0
