"""axe-core on a page as it stands."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}


def violations(page: Page) -> list[str]:
    """What axe finds serious or critical, one line each: rule, how many, the first place."""
    # Evaluated, not added as a script: the page's own policy allows no foreign script, and stays in force.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": TAGS}}
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", options)
    return [
        f"{rule['id']} ({rule['impact']}, {len(rule['nodes'])}): {rule['nodes'][0]['html'][:160]}"
        for rule in found
        if rule["impact"] in GRAVE
    ]


WIDER = """[...document.querySelectorAll("*")].filter(e => !e.closest("nav, .popover") && e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`).filter(e => !e.startsWith("A.desk-view")).slice(0, 12)"""


def assert_accessible(page: Page) -> None:
    """No serious or critical finding, and nothing wider than the window."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.evaluate(WIDER)
