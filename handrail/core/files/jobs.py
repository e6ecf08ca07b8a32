"""Tidying: bytes that a crash or a rollback left without a row."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from handrail.core import clock
from handrail.core.files.models import StoredFile
from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule

LEFT_ALONE = timedelta(days=1)  # a transaction that will name the file may still be running
SHARE_MAX = 0.5  # of all files: more would mean that the rows are gone, not that the files are left over


@schedule("20 4 * * *")
@task()
def sweep_files() -> int:
    """Delete bytes without a row that are a day old. Returns how many. Touches nothing when most would go."""
    root = Path(settings.MEDIA_ROOT)
    oldest = (clock.now() - LEFT_ALONE).timestamp()
    paths = {path.name: path for path in root.glob("??/??/*") if path.stat().st_mtime < oldest}
    known = set(StoredFile.objects.values_list("name", flat=True))
    orphans = [path for name, path in paths.items() if name.partition(".")[0] not in known]
    if len(orphans) > SHARE_MAX * len(paths) and len(orphans) > 10:
        raise RuntimeError(
            f"{len(orphans)} of {len(paths)} stored files have no row; is this the right database?"
        )
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
