"""A link to a file: ten minutes, one viewer, the same silence for everybody else, and nothing that could act."""

from __future__ import annotations

import io
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.files.jobs import sweep_files
from handrail.core.files.keeping import erase, keep
from handrail.core.files.links import link, small_link


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def agent(world, client):
    client.force_login(world.agent, backend="django.contrib.auth.backends.ModelBackend")
    return world.viewer()


def picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(target, "PNG")
    return target.getvalue()


def said(response):
    """What somebody outside can tell answers apart by, beyond the address they typed themselves."""
    changing = {"Date", "Content-Length"}
    path = response.request["PATH_INFO"].removeprefix("/")
    content = response.content.decode()
    for shown in (path, quote(path, safe=""), quote(path), quote(quote(path, safe=""), safe="")):
        content = content.replace(shown, "what was asked for")
    return response.status_code, content, {k: v for k, v in response.items() if k not in changing}


def test_a_link_without_right_says_what_a_wrong_link_says(
    agent, world, client, django_user_model, time_machine
):
    time_machine.move_to(clock.now())
    row = keep(b"the contract", name="a.txt", by=SYSTEM)
    good = link(row, viewer=agent.key)
    nothing = said(client.get("/files/nonsense"))

    assert nothing[0] == 404
    assert said(client.get(good[:-1] + ("x" if good[-1] != "x" else "y"))) == nothing
    assert said(client.get(link(row, viewer="staff:999"))) == nothing
    assert said(client.get(link(row, viewer="person:1"))) == nothing
    assert b"".join(client.get(good)) == b"the contract"
    client.logout()
    assert said(client.get(good)) == said(client.get("/files/nonsense"))
    client.force_login(world.agent, backend="django.contrib.auth.backends.ModelBackend")
    time_machine.shift(timedelta(minutes=10, seconds=1))
    assert said(client.get(good)) == nothing


@pytest.mark.parametrize(
    ("data", "name", "disposition"),
    [
        (picture(), "화면.png", "inline"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.png", "attachment"),
        (b"<html><script>x()</script>", "a.html", "attachment"),
        (b"%PDF-1.7", "a.pdf", "attachment"),
        (picture() + b"<script>", "b.png", "attachment"),
    ],
)
def test_what_is_sent_cannot_act_as_a_page_of_ours(agent, client, data, name, disposition):
    response = client.get(link(keep(data, name=name, by=SYSTEM), viewer=agent.key))
    assert response["Content-Disposition"].startswith(disposition)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cross-Origin-Resource-Policy"] == "same-site"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"].split(";")[0] not in {"text/html", "image/svg+xml"}


def test_a_name_cannot_break_out_of_its_header(agent, client):
    row = keep(b"x", name='a"\r\nSet-Cookie: b=1; "환불.txt', by=SYSTEM)
    response = client.get(link(row, viewer=agent.key))
    assert not response.cookies
    assert "\r" not in response["Content-Disposition"]
    assert "filename*=utf-8''" in response["Content-Disposition"]


def test_a_film_is_sent_in_parts(agent, client):
    film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 20_000
    url = link(keep(film, name="a.mp4", by=SYSTEM), viewer=agent.key)
    whole = client.get(url)
    assert whole["Content-Length"] == str(len(film))
    part = client.get(url, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content, part["Content-Type"]) == (206, film[100:200], "video/mp4")
    assert part["Content-Range"] == f"bytes 100-199/{len(film)}"
    start = client.get(url, headers={"Range": "bytes=0-"})
    assert len(start.content) == 2 * 1_048_576
    assert start["Content-Range"] == f"bytes 0-{2 * 1_048_576 - 1}/{len(film)}"
    assert client.get(url, headers={"Range": f"bytes={len(film)}-"}).status_code == 416


def large(form: str = "JPEG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (3000, 1500), "teal").save(target, form)
    return target.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_has_a_small_form_that_is_made_once(agent, client, form):
    file = keep(large(form), name="화면.jpg", by=SYSTEM)
    path = small_link(file, viewer=agent.key)
    response = client.get(path)
    with Image.open(io.BytesIO(response.getvalue())) as small:
        assert (small.format, small.size) == ("WEBP", (640, 320))
    assert (
        response["Cache-Control"] == "private, no-store" and file.name not in response["Content-Disposition"]
    )
    made = default_storage.get_modified_time(file.small_path)
    assert client.get(path).status_code == 200
    assert default_storage.get_modified_time(file.small_path) == made


def test_the_small_form_is_for_the_same_one_alone_and_goes_with_the_picture(
    agent, client, django_capture_on_commit_callbacks
):
    file = keep(large(), name="화면.jpg", by=SYSTEM)
    assert client.get(small_link(file, viewer="somebody else")).status_code == 404
    assert client.get(small_link(file, viewer=agent.key)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        erase(file, by=SYSTEM)
    assert not default_storage.exists(file.small_path) and not default_storage.exists(file.path)


def test_what_is_no_picture_has_no_small_form(agent, client):
    file = keep(b"%PDF-1.4", name="a.pdf", by=SYSTEM)
    assert client.get(small_link(file, viewer=agent.key)).status_code == 404


def test_the_sweep_leaves_small_forms_of_what_is_there(agent, client, settings):
    file = keep(large(), name="화면.jpg", by=SYSTEM)
    client.get(small_link(file, viewer=agent.key))
    with clock.at(clock.now() + timedelta(days=3)):
        assert sweep_files.func() == 0
    assert default_storage.exists(file.small_path)
