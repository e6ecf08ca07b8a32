"""An SQLite database with every table and no row of ours, migrated once for the same migrations, then copied.

It is kept beside what pytest keeps, so that a single test does not wait for a hundred migrations. It is made by
`migrate` like any other: whoever changes a migration, or what it is run with, gets a new one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "tables"
NAME = "handrail.sqlite3"


def tables_into(folder: Path) -> None:
    """Put it where a site with this HANDRAIL_DATA looks for its own."""
    folder.mkdir(parents=True, exist_ok=True)
    tables_at(folder / NAME)


def tables_at(path: Path) -> None:
    """Put it there, in place of what is there."""
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.copy(_migrated(), path)


@cache
def _migrated() -> Path:
    kept = KEPT / f"{_digest()}.sqlite3"
    if kept.exists():
        return kept
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        here = {
            name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DJANGO_"))
        }
        environment = {**here, "PYTHONPATH": str(ROOT), "HANDRAIL_DATA": folder, "DATABASE_URL": ""}
        migrate = [sys.executable, "-m", "handrail", "migrate", "--verbosity=0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        with sqlite3.connect(Path(folder) / NAME) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for old in KEPT.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        # Another run may have made the same meanwhile: whole files take each other's place.
        (Path(folder) / NAME).replace(kept)
    return kept


def _digest() -> str:
    """Of every migration, and of what it is run with."""
    found = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for path in sorted([*ROOT.glob("handrail/**/migrations/*.py"), ROOT / "pyproject.toml"]):
        found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    found.update((ROOT / "handrail/config/settings.py").read_bytes())
    return found.hexdigest()[:16]
