"""Emptying a database for the demo, table by table, and refusing every database that is not one."""

from __future__ import annotations

import importlib
from types import SimpleNamespace

from django.core.files.storage import default_storage
from django.db import connection, transaction

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.core.events.models import Event
from handrail.core.files.models import StoredFile
from handrail.workspace.models import Brand

# What the code itself put there, not the site's people; schedules belong to a worker that may be running, and
# vectors are named by the text they stand for, so the next build need not make them again.
KEPT = {"django_migrations", "django_content_type", "auth_permission", "jobs_schedule", "answers_vector"}


# What the ledger says of the building itself.
BEGUN, BUILT = "demo.begun", "demo.built"


class NotADemo(RuntimeError):
    """The database holds something that is not the demo's."""


def is_empty() -> bool:
    """Whether nobody has set this site up yet."""
    return not (Brand.objects.exists() or User.objects.exists() or Conversation.objects.exists())


def is_unfinished() -> bool:
    """Whether the demo was being built when its process ended: what there is then is no company to look at."""
    told = Event.objects.filter(verb__in=[BEGUN, BUILT]).order_by("-pk").values_list("verb", flat=True)
    return told.first() == BEGUN


def is_demo() -> bool:
    """Whether it is the demo company that lives here."""
    return Brand.objects.filter(is_demo=True).exists()


def check_is_demo() -> None:
    """Raise NotADemo unless the database is empty or every brand in it is marked as demo."""
    real = Brand.objects.filter(is_demo=False).values_list("slug", flat=True).first()
    if real is not None:
        raise NotADemo(
            f"This database holds the brand “{real}”, which is not a demo. Nothing was touched. "
            "Point HANDRAIL_DATA or DATABASE_URL to another place for the demo."
        )
    if not Brand.objects.exists() and not is_empty():
        raise NotADemo(
            "This database holds people or conversations but no brand marked as demo. Nothing was touched. "
            "Point HANDRAIL_DATA or DATABASE_URL to another place for the demo."
        )


def wipe() -> int:
    """Empty every table of ours. Returns the highest content stamp there was; pages below it are out of date.

    Raises NotADemo, and then nothing was touched.
    """
    check_is_demo()
    stamp = max(Brand.objects.values_list("content_stamp", flat=True), default=0)
    files = [file.path for file in StoredFile.objects.all()]
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _empty_postgres()
        else:
            _empty_sqlite()
        _number_from_the_start()
    for path in files:
        default_storage.delete(path)
    return stamp


def _empty_postgres() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [name for (name,) in cursor.fetchall() if name not in KEPT]
        names = ", ".join(connection.ops.quote_name(name) for name in sorted(tables))
        # A check still waiting for the end of the transaction would forbid it.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _empty_sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        tables = dict(cursor.fetchall())
        indexes = {name: sql for name, sql in tables.items() if sql.startswith("CREATE VIRTUAL TABLE")}
        for name in sorted(tables):
            own_tables_of_an_index = any(name.startswith(f"{index}_") for index in indexes)
            if name not in KEPT and name not in indexes and not own_tables_of_an_index:
                cursor.execute(f'DELETE FROM "{name}"')
        for name, sql in indexes.items():
            if "content=" in sql:
                # Its words live in another table, so rows cannot be deleted one by one.
                cursor.execute(f'INSERT INTO "{name}" ("{name}") VALUES (\'delete-all\')')
            elif "fts5vocab" not in sql:
                cursor.execute(f'DELETE FROM "{name}"')
        cursor.execute("DELETE FROM sqlite_sequence")


def _number_from_the_start() -> None:
    """Tickets count from where a fresh database starts, as its migration says."""
    numbers = importlib.import_module("handrail.conversations.migrations.0002_numbers_start_at_1001")
    numbers.start(None, SimpleNamespace(connection=connection))
