"""A Korean keyboard: syllables are put together in the field before they stand."""

from __future__ import annotations

from playwright.sync_api import Page


def compose(page: Page, *steps: str) -> None:
    """Put one syllable together as a Korean keyboard does: ㅎ, 하, 한."""
    wire = page.context.new_cdp_session(page)
    for step in steps:
        wire.send(
            "Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
        )
    wire.send("Input.insertText", {"text": steps[-1]})
