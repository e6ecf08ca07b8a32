from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from handrail.core import clock
from handrail.core.actors import SYSTEM, Actor
from handrail.core.files import keeping
from handrail.core.files.keeping import FileRefused, keep, read
from handrail.core.files.links import link, open_link
from handrail.core.files.types import clean_title, type_of


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
