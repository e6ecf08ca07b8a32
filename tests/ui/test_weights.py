"""What a page loads stays light: bytes of each script and style as they travel, packed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from handrail.web import ui

DIST = Path(ui.__file__).parent / "static" / "dist"
# gzip -9. A page that wants more says here why it is worth the wait.
SCRIPTS = {
    "first": 500,  # before the first paint, so that a chosen theme never flashes
    "portal": 14_000,  # what customers load, on whatever they hold in their hand
    "faq": 2_000,  # on other people's pages
    "console": 4_000,
    "desk": 26_700,  # kept by the browser, once a release; drafts of a whole form, and fields chosen but not kept outlive a redraw
    "editor": 165_000,  # for who writes articles, on the page where they do
}
STYLES = {"ui": 9_000, "portal": 13_000, "widget": 9_000, "console": 15_000, "desk": 18_000}


def built(names: str) -> dict[str, str]:
    """name -> file, as pages are told them."""
    return json.loads((DIST / names).read_text())


def weight(file: str) -> int:
    return len(gzip.compress((DIST / Path(file).name).read_bytes(), 9, mtime=0))


@pytest.mark.parametrize(("listed", "most"), [("scripts.json", SCRIPTS), ("styles.json", STYLES)])
def test_no_script_and_no_style_grows_unnoticed(listed, most):
    found = {Path(name).stem: weight(file) for name, file in built(listed).items()}

    assert found.keys() == most.keys()
    assert {name: size for name, size in found.items() if size > most[name]} == {}
