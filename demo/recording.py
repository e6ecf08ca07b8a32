"""Films the demo's help centre for its video article: finding how to track a parcel, then asking a person.

Run: python demo/recording.py http://127.0.0.1:8400 [chromium]      against a running demo; needs ffmpeg

Writes media/track-a-parcel.webm and its captions in both languages beside it.
"""

from __future__ import annotations

import base64
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

MEDIA = Path(__file__).parent / "media"
FILM = MEDIA / "track-a-parcel.webm"
SCENE_MS = 20_000
SIZE = {"width": 960, "height": 600}
FRAMES_A_SECOND = 10

# What stands under the picture while a scene lasts: Korean, English.
SAID = {
    "home": ("온결 도움말 첫 화면이에요. 가운데 검색창에 궁금한 것을 적어요.",
             "This is Ongyeol's help centre. Type what you need into the search box."),
    "type": ("‘배송 조회’라고 적는 동안 아래에 답이 나와요.",
             "While you type “배송 조회” (track a parcel), answers appear below."),
    "found": ("찾기를 누르면 결과가 보여요. ‘배송 조회 방법’을 골라요.",
              "Press search to see the results, and choose the article on tracking a parcel."),
    "read": ("글이 열려요. ‘내 주문’에서 ‘배송 조회하기’를 누르면 위치를 볼 수 있어요.",
             "The article opens: “Track parcel” in “My orders” shows where it is."),
    "further": ("화면을 내리면 조회하는 순서와 배송 상태의 뜻이 있어요.",
                "Further down are the steps, and what each delivery status means."),
    "person": ("그래도 궁금하면 맨 위 길잡이에서 ‘사람에게 묻기’를 눌러요.",
               "Still wondering? Press “Ask a person” on the line at the top."),
    "chat": ("채팅을 고르면 지금까지 본 글이 함께 전해져요.",
             "Choose chat: the article you read goes along with you."),
    "ask": ("궁금한 것을 적어 보내요.", "Type your question and send it."),
    "answered": ("먼저 자동 응답이 맞을 만한 글을 보여 줘요. ‘상담사 연결’은 언제나 누를 수 있어요.",
                 "An automatic reply offers what may fit. “Talk to a person” can be pressed at any time."),
}  # fmt: skip


def play(page: Page, scene: Callable[[str], None]) -> None:
    """The scenes, at reading speed. `scene` is told when each begins."""
    page.goto("/hc/ko")
    scene("home")
    page.wait_for_timeout(4000)
    scene("type")
    page.locator("input[type=search]").first.click()
    page.keyboard.type("배송 조회", delay=260)
    page.wait_for_timeout(4000)
    page.keyboard.press("Enter")
    page.locator("main a[href*='/articles/']").filter(has_text="배송 조회 방법").first.hover()
    scene("found")
    page.wait_for_timeout(4000)
    page.locator("main a[href*='/articles/']").filter(has_text="배송 조회 방법").first.click()
    page.locator("article h1, main h1").first.hover()
    scene("read")
    page.wait_for_timeout(5000)
    scene("further")
    for _ in range(14):
        page.mouse.wheel(0, 60)
        page.wait_for_timeout(200)
    page.wait_for_timeout(3000)
    scene("person")
    page.locator(".rail-person summary").click()
    page.wait_for_timeout(4000)
    page.locator(".rail-way").first.click()
    page.locator("textarea").first.fill("")
    scene("chat")
    page.wait_for_timeout(4000)
    scene("ask")
    page.keyboard.type("송장 번호가 조회되지 않아요", delay=150)
    page.wait_for_timeout(1500)
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    scene("answered")
    page.wait_for_timeout(5000)


def record(base: str, chromium: str) -> tuple[list[tuple[float, bytes]], list[tuple[float, str]]]:
    """Every frame the browser painted, and every scene, each with the second it came at."""
    frames: list[tuple[float, bytes]] = []
    scenes: list[tuple[float, str]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(viewport=SIZE, base_url=base, locale="ko-KR").new_page()
        page.set_default_timeout(SCENE_MS)
        wire = page.context.new_cdp_session(page)

        def keep(frame: dict) -> None:
            frames.append((time.monotonic(), base64.b64decode(frame["data"])))
            wire.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

        wire.on("Page.screencastFrame", keep)
        wire.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
        play(page, lambda name: scenes.append((time.monotonic(), name)))
        wire.send("Page.stopScreencast")
        frames.append((time.monotonic(), frames[-1][1]))
        browser.close()
    return frames, scenes


def write(frames: list[tuple[float, bytes]]) -> None:
    """Lay the frames out in time and pack them; VP9, no sound."""
    with tempfile.TemporaryDirectory() as name:
        folder, lines = Path(name), []
        for number, (moment, png) in enumerate(frames[:-1]):
            (folder / f"{number}.png").write_bytes(png)
            lines += [f"file {number}.png", f"duration {frames[number + 1][0] - moment:.3f}"]
        (folder / "list.txt").write_text("\n".join(lines), encoding="utf-8")
        subprocess.run(
            ["ffmpeg", "-y", "-loglevel", "error", "-f", "concat", "-i", "list.txt", "-r", str(FRAMES_A_SECOND),
             "-vf", f"scale={SIZE['width']}:{SIZE['height']}", "-c:v", "libvpx-vp9", "-crf", "40", "-b:v", "0",
             "-pix_fmt", "yuv420p", "-an", str(FILM.resolve())],
            cwd=folder, check=True,
        )  # fmt: skip


def caption(scenes: list[tuple[float, str]], *, start: float, end: float) -> None:
    """One caption file a language: each scene's words until the next begins."""
    ends = [moment for moment, _name in scenes[1:]] + [end]
    for place, locale in enumerate(("ko", "en")):
        lines = ["WEBVTT", ""]
        for (moment, name), until in zip(scenes, ends, strict=True):
            lines += [f"{clock(moment - start)} --> {clock(until - start)}", SAID[name][place], ""]
        FILM.with_suffix(f".{locale}.vtt").write_text("\n".join(lines), encoding="utf-8")


def clock(seconds: float) -> str:
    seconds = max(seconds, 0)
    return f"{int(seconds // 60):02}:{seconds % 60:06.3f}"


if __name__ == "__main__":
    frames, scenes = record(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "/usr/bin/chromium")
    write(frames)
    caption(scenes, start=frames[0][0], end=frames[-1][0])
    print(f"{len(frames)} frames, {frames[-1][0] - frames[0][0]:.1f} s, {FILM.stat().st_size / 1000:.0f} kB")
