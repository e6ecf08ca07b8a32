"""How soon suggestions stand below the search field of the home page, from the last key, in a real browser.

    python -m benches.answers.suggesting http://127.0.0.1:9000 [--rounds 15] [--no-write]

Asks a running site (`make run`). Every round opens the home page anew, types a word as fast as people who type well
(a key each 90 ms), and takes the browser's own clock from the last key's `input` event to the frame in which the list is
painted. Beside it, in turn: the bare limit, which is the same browser fetching a file of the site that lies in the edge's
memory, plus the breath the page waits for after a key. Writes results_suggesting.json.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benches.load.report import machine

CHROMIUM = os.environ.get("HANDRAIL_CHROMIUM") or shutil.which("chromium")
RESULTS = Path(__file__).with_name("results_suggesting.json")
GOAL_MS = 300  # mission A5
BREATH_MS = 120  # frontend/ui/asking.ts
KEY_MS = 90
WORDS = (("ko", "환불"), ("en", "refund"), ("ko", "배송 조회"), ("en", "earbuds no sound"))
SIZES = {"phone": (360, 740), "desktop": (1280, 800)}
WATCH = """() => {
  const field = document.querySelector('[role=combobox]')
  window.taken = {}
  const options = () => [...document.querySelectorAll('[role=option]')]
  let before = []
  field.addEventListener('input', () => { taken.key = performance.now(); delete taken.shown; before = options() })
  const look = () => {
    const now = options()
    // What an earlier key brought stands there until the list is drawn anew.
    if (taken.key && !taken.shown && now.length && !before.includes(now[0]) && now[0].checkVisibility()) taken.shown = performance.now()
    requestAnimationFrame(look)
  }
  look()
}"""
BARE = """async () => {
  const began = performance.now()
  const answer = await fetch(document.querySelector('link[rel=stylesheet]').href, {cache: 'no-store'})
  await answer.text()
  return performance.now() - began
}"""


def typed(page: Page, site: str, locale: str, words: str) -> tuple[float, float]:
    """(milliseconds from the last key to the list, of a bare fetch in the same page)."""
    page.goto(f"{site}/hc/{locale}")
    page.evaluate(WATCH)
    page.get_by_role("combobox").press_sequentially(words, delay=KEY_MS)
    page.get_by_role("option").first.wait_for()
    page.wait_for_timeout(600)  # longer than the goal, so that a late list is late and not missing
    return page.evaluate("taken.shown - taken.key"), page.evaluate(BARE)


def percentiles(taken: list[float]) -> dict[str, float]:
    return {f"ms_p{at}": round(float(np.percentile(taken, at)), 1) for at in (50, 95)}


def measured(site: str, rounds: int) -> list[dict]:
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for locale, words in WORDS:
                typed(page, site, locale, words)
                both = [typed(page, site, locale, words) for _round in range(rounds)]
                list_ms, bare_ms = ([each[at] for each in both] for at in (0, 1))
                rows.append(
                    {
                        "on": name, "locale": locale, "words": words, "rounds": rounds,
                        **percentiles(list_ms),
                        "bare": percentiles(bare_ms),
                        "times_bare_and_breath": round(
                            float(np.median(list_ms)) / (float(np.median(bare_ms)) + BREATH_MS), 2
                        ),
                    }
                )  # fmt: skip
                print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--no-write", action="store_true")
    chosen = parser.parse_args()
    load = round(os.getloadavg()[0], 1)
    rows = measured(chosen.site.rstrip("/"), chosen.rounds)
    if not chosen.no_write:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        said = {"at": at, "machine": machine(), "load": load, "goal_ms": GOAL_MS, "words": rows}
        RESULTS.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
