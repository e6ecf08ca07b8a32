"""`/readyz`: whether this process can do its work, asked through Django and the database."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from handrail.core.files.keeping import DISK_RESERVE_BYTES
from handrail.web.policy import public

DATABASE_RESERVE_BYTES = 64 << 20  # what SQLite's journal may grow to


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200 "ready"; 200 "degraded: …" while questions are answered and nothing new can be kept; 503 when the database is away.

    Not 503 for a full disk: whoever balances the load would take the answers away too. Says nothing more to strangers.
    """
    try:
        lacking = [*_of_database(), *_of_files()]
    except DatabaseError:
        return HttpResponse("not ready\n", content_type="text/plain", status=503)
    said = f"degraded: {', '.join(lacking)}" if lacking else "ready"
    return HttpResponse(f"{said}\n", content_type="text/plain")


def _of_database() -> list[str]:
    """Why the database takes nothing new. Raises DatabaseError when it does not answer."""
    if connection.vendor == "postgresql":
        return ["the database only reads"] if _asked("SHOW transaction_read_only") == "on" else []
    _asked("SELECT 1")
    path = Path(connection.settings_dict["NAME"])
    if not os.access(path, os.W_OK) or _asked("PRAGMA query_only"):
        return ["the database only reads"]
    has_room = shutil.disk_usage(path.parent).free >= DATABASE_RESERVE_BYTES
    return [] if has_room else ["no room for the database"]


def _of_files() -> list[str]:
    has_room = shutil.disk_usage(settings.MEDIA_ROOT).free >= DISK_RESERVE_BYTES
    return [] if has_room and os.access(settings.MEDIA_ROOT, os.W_OK) else ["no room for files"]


def _asked(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None
