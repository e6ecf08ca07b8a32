"""An SQLite database with every table and no row, for processes of their own: migrated once a run, then copied."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "handrail.sqlite3"


def tables_into(folder: Path) -> None:
    """Put it where a site with this HANDRAIL_DATA looks for its own."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_migrated(), folder / NAME)


@cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="handrail-tables-"))
    here = {
        name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DJANGO_"))
    }
    environment = {**here, "PYTHONPATH": str(ROOT), "HANDRAIL_DATA": str(folder), "DATABASE_URL": ""}
    migrate = [sys.executable, "-m", "handrail", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    with sqlite3.connect(folder / NAME) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / NAME
