"""Where built files stand: `portal.css` -> `/static/dist/portal.3fa8….css`, and the shapes of icons."""

from __future__ import annotations

import json
import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from markupsafe import Markup, escape

from handrail.web.ui.stylesheet import DIST

UNKNOWN_ICON = "circle"


def static(name: str) -> str:
    """The address of a built file by its plain name, or of a file of ui/static by its path.

    A name nobody built gives "", so that a page without its scripts still is a page.
    """
    built = _manifest(_built_at()).get(name)
    if built:
        return f"{settings.STATIC_URL}dist/{built}"
    return "" if "/" not in name else f"{settings.STATIC_URL}{name}"


def built(name: str) -> str:
    """The text of a built script, "" for one nobody built; for what is put inside another answer."""
    file = _manifest(_built_at()).get(name)
    return _text(file) if file else ""


@lru_cache(maxsize=4)
def _text(file: str) -> str:
    return (DIST / file).read_text(encoding="utf-8")


def icon(name: str, *, label: str = "") -> Markup:
    """A lucide icon drawn in the page. Without a label it is decoration, beside words that say the same."""
    shapes = _icons(_built_at())
    inner = shapes.get(name) or shapes.get(UNKNOWN_ICON, "")
    voice = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(f'<svg class="icon" viewBox="0 0 24 24" {voice}>{inner}</svg>')  # noqa: S704  (shapes from our own build)


def _built_at() -> float:
    """Changes when a build ran, so that `make dev` needs no restart. Looks once a second: a page has fifty icons."""
    return _built_within(int(time.monotonic()))


@lru_cache(maxsize=2)
def _built_within(second: int) -> float:
    return sum(path.stat().st_mtime for path in (_file("styles"), _file("scripts")) if path.exists())


def _file(kind: str) -> Path:
    return DIST / f"{kind}.json"


@lru_cache(maxsize=2)
def _manifest(built_at: float) -> dict[str, str]:
    files: dict[str, str] = {}
    for kind in ("styles", "scripts"):
        if _file(kind).exists():
            files |= json.loads(_file(kind).read_text(encoding="utf-8"))
    return files


@lru_cache(maxsize=2)
def _icons(built_at: float) -> dict[str, str]:
    path = _file("icons")
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
