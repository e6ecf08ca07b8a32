"""Vectors that an older encoder made: kept while anybody answers by them, deleted once the new ones are whole."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from handrail.answers.asks import Ask
from handrail.answers.entries import Vector, wanting
from handrail.answers.model_client import current
from handrail.core import clock

STILL_USED = timedelta(hours=1)  # since a question was read by it: during an upgrade hosts differ for a while
AT_ONCE = 2_000  # rows a statement, so that no lock is held long


def delete_old_vectors() -> int:
    """Delete vectors of models that nobody reads by any more, from the database and this host's files.

    Nothing is deleted while a wording still waits for its vector of the present model, while there is no
    encoder, or for an hour after a question was answered by the old one. Returns how many rows went.
    """
    model = current().vector_model
    if not model or wanting(model).exists():
        return 0
    used = _used_lately()
    old = _models() - used - {model}
    _delete_files(keep=used | {model})
    return sum(_delete(each) for each in old)


def _models() -> set[str]:
    return set(Vector.objects.order_by().values_list("model", flat=True).distinct())


def _used_lately() -> set[str]:
    since = clock.now() - STILL_USED
    named = Ask.objects.filter(at__gte=since).order_by().values_list("models_used", flat=True).distinct()
    return {name for names in named for name in names.split()}


def _delete(model: str) -> int:
    count = 0
    while chosen := list(Vector.objects.by(model).values_list("pk", flat=True)[:AT_ONCE]):
        count += Vector.objects.filter(pk__in=chosen).delete()[0]
    return count


def _delete_files(*, keep: set[str]) -> None:
    folder = Path(settings.DATA) / "run" / "vectors"
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.is_dir() and each.name not in keep:
            # Who still has these files mapped keeps them until it lets go; whoever misses them makes them again.
            shutil.rmtree(each, ignore_errors=True)
