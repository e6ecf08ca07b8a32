"""A browser allows pushes at the desk, and what the installed desk is made of."""

import io
import json

import pytest
from django.test import Client
from PIL import Image

from handrail.channels.push.keys import public_key
from handrail.channels.push.subscriptions import PushSubscription

GIVEN = {
    "endpoint": "https://push.example.com/x",
    # The point of RFC 8291's own example.
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


def test_a_browser_is_kept_with_its_session_and_ends(world, desk):
    assert desk.post("/desk/push", GIVEN).json() == {"pushes": True}
    row = PushSubscription.objects.get()
    assert (row.user, row.session) == (world.agent, desk.session.session_key) and row.is_signed_in
    desk.post("/desk/push", {"endpoint": GIVEN["endpoint"], "ended": "1"})
    assert not PushSubscription.objects.exists()


def test_signing_out_ends_it(desk):
    desk.post("/desk/push", GIVEN)
    desk.post("/accounts/logout/")
    assert not PushSubscription.objects.get().is_signed_in


def test_a_browser_that_gives_nonsense_is_told_in_a_sentence(desk):
    refused = desk.post("/desk/push", {"endpoint": "x"})
    assert refused.status_code == 422 and "다른 브라우저" in refused.json()["problem"]


def test_the_page_gives_the_key_and_marks_the_session(desk):
    page = desk.get("/desk/notices/choices").content.decode()
    assert public_key() in page and len(public_key()) == 87
    key = desk.session.session_key
    assert 'data-session="' in page and key not in page


@pytest.mark.parametrize(("locale", "name"), [("ko", "상담"), ("en", "Desk")])
def test_the_manifest_is_of_the_desk_alone(db, locale, name):
    answer = Client().get(f"/desk/app/{locale}/195.webmanifest")
    said = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (said["short_name"], said["lang"], said["scope"], said["start_url"]) == (
        name,
        locale,
        "/desk/",
        "/desk/",
    )
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    for icon in said["icons"]:
        picture = Image.open(io.BytesIO(Client().get(icon["src"]).content))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        assert picture.getpixel((2, 2)) != (255, 255, 255), "the ground is the brand's colour to the edge"
        middle = [
            picture.getpixel((x, y)) for x in range(0, picture.width, 8) for y in range(0, picture.width, 8)
        ]
        assert (255, 255, 255) in middle, "and the mark is white on it"


def test_a_maskable_mark_stays_inside_what_a_mask_leaves(db):
    picture = Image.open(io.BytesIO(Client().get("/desk/app/195/maskable-512.png").content))
    radius, white = 512 * 0.4, []
    for x in range(0, 512, 4):
        for y in range(0, 512, 4):
            if picture.getpixel((x, y)) == (255, 255, 255):
                white.append(((x - 256) ** 2 + (y - 256) ** 2) ** 0.5)
    assert white and max(white) <= radius


@pytest.mark.parametrize(
    "path", ["999/any-192.png", "195/any-193.png", "195/round-192.png", "ko/999.webmanifest"]
)
def test_other_pictures_are_not_painted(db, path):
    assert Client().get(f"/desk/app/{path}").status_code == 404


def test_the_worker_keeps_no_page_of_anybody(db):
    answer = Client().get("/desk/worker.js")
    text = b"".join(answer) if answer.streaming else answer.content
    assert answer["Content-Type"].startswith("text/javascript") and answer["Cache-Control"] == "no-cache"
    shell = json.loads(text.decode().split("\n")[0].partition("= ")[2].replace("'", '"'))
    assert shell[0] == "/desk/offline" and len([each for each in shell if each.startswith("/desk/")]) == 1
    assert text.decode().count("addAll") == 1 and ".put(" not in text.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_page_without_a_connection_is_the_same_for_everybody(desk):
    page = desk.get("/desk/offline").content
    assert page == Client().get("/desk/offline").content
    assert "연결이 없어요".encode() in page and b"No connection" in page and "이서준".encode() not in page
