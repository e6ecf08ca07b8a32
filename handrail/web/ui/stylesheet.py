"""One style sheet a surface, made by laying the component files of ui and the surface's own one after another.

Cascade layers decide which rule wins, so the order of files does not matter beyond `layers.css`, which names the
layers and must come first. Runs by itself (`python handrail/web/ui/stylesheet.py`): it needs no settings, so that
set-up can build before there is a database.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

WEB = Path(__file__).resolve().parents[1]
DIST = WEB / "ui" / "static" / "dist"
COMMENT = re.compile(r"/\*.*?\*/", re.S)
SPACE = re.compile(r"\s+")


def sources(surface: str) -> list[Path]:
    """The files of one surface's sheet, `layers.css` first; a surface without its own folder gets the components."""
    shared = WEB / "ui" / "static" / "ui"
    own = WEB / surface / "static" / surface
    components = sorted(set(shared.glob("*.css")) - {shared / "layers.css"})
    return [shared / "layers.css", *components, *(sorted(own.glob("*.css")) if own != shared else [])]


def laid_together(surface: str) -> str:
    """The surface's whole sheet as text, without comments and needless space."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources(surface))
    return SPACE.sub(" ", COMMENT.sub("", text)).strip()


def surfaces() -> list[str]:
    """Every surface that has style of its own, and `ui`, which is the components alone."""
    return sorted(
        path.name for path in WEB.glob("*/static/*") if path.is_dir() and path.name == path.parents[1].name
    )


def build(dist: Path = DIST) -> dict[str, str]:
    """Write `<surface>.<hash>.css` for each surface and `styles.json`, name -> file. Unchanged files stay untouched."""
    dist.mkdir(parents=True, exist_ok=True)
    files: dict[str, str] = {}
    for surface in surfaces():
        sheet = laid_together(surface).encode()
        name = f"{surface}.{hashlib.sha256(sheet).hexdigest()[:10]}.css"
        files[f"{surface}.css"] = name
        if not (dist / name).exists():
            (dist / name).write_bytes(sheet)
    for stale in set(dist.glob("*.css")) - {dist / name for name in files.values()}:
        stale.unlink()
    manifest = json.dumps(files, indent=2)
    path = dist / "styles.json"
    if not path.exists() or path.read_text(encoding="utf-8") != manifest:
        path.write_text(manifest, encoding="utf-8")
    return files


if __name__ == "__main__":
    build()
