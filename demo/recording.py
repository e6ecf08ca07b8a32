"""Films the demo's help centre for its video articles, in Korean and in English: finding how to track a parcel, then
asking a person.

Run: python demo/recording.py http://127.0.0.1:8400 [chromium]      against a running demo; needs ffmpeg

Writes a film for each language into media/, and its captions in every language.
"""

from __future__ import annotations

import base64
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

MEDIA = Path(__file__).parent / "media"
SCENE_MS = 20_000
SIZE = {"width": 960, "height": 600}
FRAMES_A_SECOND = 10


@dataclass(frozen=True)
class Film:
    """said: what stands under the picture while a scene lasts."""

    locale: str
    name: str
    looked_for: str
    chosen: str
    asked: str
    said: dict[str, str]


FILMS = [
    Film(
        "ko",
        "track-a-parcel",
        looked_for="배송 조회",
        chosen="배송 조회 방법",
        asked="송장 번호가 조회되지 않아요",
        said={
            "home": "온결 도움말 첫 화면이에요. 가운데 검색창에 궁금한 것을 적어요.",
            "type": "‘배송 조회’라고 적는 동안 아래에 답이 나와요.",
            "found": "찾기를 누르면 결과가 보여요. ‘배송 조회 방법’을 골라요.",
            "read": "글이 열려요. ‘내 주문’에서 ‘배송 조회하기’를 누르면 위치를 볼 수 있어요.",
            "further": "화면을 내리면 조회하는 순서와 배송 상태의 뜻이 있어요.",
            "person": "그래도 궁금하면 맨 위 길잡이에서 ‘사람에게 묻기’를 눌러요.",
            "chat": "채팅을 고르면 지금까지 본 글이 함께 전해져요.",
            "ask": "궁금한 것을 적어 보내요.",
            "answered": "먼저 자동 응답이 맞을 만한 글을 보여 줘요. ‘상담사 연결’은 언제나 누를 수 있어요.",
        },
    ),
    Film(
        "en",
        "track-a-parcel-en",
        looked_for="track a parcel",
        chosen="How to track your parcel",
        asked="My tracking number is not found",
        said={
            "home": "This is Ongyeol's help centre. Type what you need into the search box.",
            "type": "While you type “track a parcel”, answers appear below.",
            "found": "Press search to see the results, and choose “How to track your parcel”.",
            "read": "The article opens: “Track parcel” in “My orders” shows where it is.",
            "further": "Further down are the steps, and what each delivery status means.",
            "person": "Still wondering? Press “Ask a person” on the line at the top.",
            "chat": "Choose chat: the article you read goes along with you.",
            "ask": "Type your question and send it.",
            "answered": "An automatic reply offers what may fit. “Talk to a person” can be pressed at any time.",
        },
    ),
]


def play(page: Page, film: Film, scene: Callable[[str], None]) -> None:
    """The scenes, at reading speed. `scene` is told when each begins."""
    page.goto(f"/hc/{film.locale}")
    scene("home")
    page.wait_for_timeout(4000)
    scene("type")
    page.locator("input[type=search]").first.click()
    page.keyboard.type(film.looked_for, delay=200)
    page.wait_for_timeout(4000)
    page.keyboard.press("Enter")
    page.locator("main a[href*='/articles/']").filter(has_text=film.chosen).first.hover()
    scene("found")
    page.wait_for_timeout(4000)
    page.locator("main a[href*='/articles/']").filter(has_text=film.chosen).first.click()
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
    page.keyboard.type(film.asked, delay=150)
    page.wait_for_timeout(1500)
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    scene("answered")
    page.wait_for_timeout(5000)


def record(base: str, chromium: str, film: Film) -> tuple[list[tuple[float, bytes]], list[tuple[float, str]]]:
    """Every frame the browser painted, and every scene, each with the second it came at."""
    frames: list[tuple[float, bytes]] = []
    scenes: list[tuple[float, str]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(viewport=SIZE, base_url=base, locale=film.locale).new_page()
        page.set_default_timeout(SCENE_MS)
        wire = page.context.new_cdp_session(page)

        def keep(frame: dict) -> None:
            frames.append((time.monotonic(), base64.b64decode(frame["data"])))
            wire.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

        wire.on("Page.screencastFrame", keep)
        wire.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
        play(page, film, lambda name: scenes.append((time.monotonic(), name)))
        wire.send("Page.stopScreencast")
        frames.append((time.monotonic(), frames[-1][1]))
        browser.close()
    return frames, scenes


def write(frames: list[tuple[float, bytes]], into: Path) -> None:
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
             "-pix_fmt", "yuv420p", "-an", str(into.resolve())],
            cwd=folder, check=True,
        )  # fmt: skip


def caption(scenes: list[tuple[float, str]], film: Film, *, start: float, end: float) -> None:
    """Each scene's words until the next begins, in the film's language and in the others."""
    ends = [moment for moment, _name in scenes[1:]] + [end]
    for words in FILMS:
        lines = ["WEBVTT", ""]
        for (moment, name), until in zip(scenes, ends, strict=True):
            lines += [f"{clock(moment - start)} --> {clock(until - start)}", words.said[name], ""]
        (MEDIA / f"{film.name}.{words.locale}.vtt").write_text("\n".join(lines), encoding="utf-8")


def clock(seconds: float) -> str:
    seconds = max(seconds, 0)
    return f"{int(seconds // 60):02}:{seconds % 60:06.3f}"


if __name__ == "__main__":
    for film in FILMS:
        frames, scenes = record(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "/usr/bin/chromium", film)
        into = MEDIA / f"{film.name}.webm"
        write(frames, into)
        caption(scenes, film, start=frames[0][0], end=frames[-1][0])
        print(
            f"{len(frames)} frames, {frames[-1][0] - frames[0][0]:.1f} s, {into.stat().st_size / 1000:.0f} kB"
        )
