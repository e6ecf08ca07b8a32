"""The two databases Handrail runs on, tuned as measured in docs/decisions/0002-databases.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handrail.config.env import env

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous={synchronous};PRAGMA mmap_size=50331648;"
    "PRAGMA cache_size=-4000;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
    # Not every build of SQLite has it on: what is taken out for good must not stay in the file.
    "PRAGMA secure_delete=ON;"
)


def sqlite(path: Path | str, *, durable: bool) -> dict[str, Any]:
    """SQLite for one process group. `durable` waits for the disk at each commit: for what we acknowledge to others."""
    pragmas = SQLITE_PRAGMAS.format(synchronous="FULL" if durable else "NORMAL")
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": options,
        # A file in tests too: a page asked by two browser threads at once must meet two connections, as in life.
        "TEST": {"NAME": f"{path}-test"},
    }


def default_database(data: Path) -> dict[str, Any]:
    """DATABASE_URL where given, else SQLite in the data folder."""
    # The mail listener sets HANDRAIL_DURABLE: its commits stand behind a 250 that another server trusts.
    durable = env.bool("HANDRAIL_DURABLE", default=False)
    url = env.str("DATABASE_URL", default="")
    if not url:
        return sqlite(data / "handrail.sqlite3", durable=durable)
    config = dict(env.db_url_config(url))
    if "sqlite" in config["ENGINE"]:
        return sqlite(config["NAME"], durable=durable)
    config.update(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)
    config.setdefault("OPTIONS", {})["options"] = "-c jit=off -c random_page_cost=1.1"
    return config
