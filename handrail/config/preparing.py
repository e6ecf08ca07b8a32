"""What must be true before the processes start: tables as the models say, and something to look at on a new site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Say = Callable[[str], None]


def prepare(say: Say, out: Any = None) -> None:
    """Bring the database up to date, seed an empty one with the demo company, and say where to go.

    out  where the demo tells of itself; standard output if None
    """
    make_tables(say)
    demo = "demo" in get_commands()
    if demo:
        # Refuses by itself to touch a database that holds anything.
        call_command("demo", "reset", "--if-empty", "--no-sign-ins", stdout=out)
    say("")
    say(f"Help centre   {settings.BASE_URL}/")
    say(f"Desk          {settings.BASE_URL}/desk/")
    say(f"Data folder   {settings.DATA}")
    if not settings.EMAIL_URL:
        say(f"Mail it sends {settings.EMAIL_FILE_PATH}")
    if demo:
        call_command("demo", "sign-ins", stdout=out)
    say("")
    # The listeners that follow open their own connections; one carried over would be closed twice.
    connection.close()


def make_tables(say: Say) -> int:
    """Apply what migrations are missing. Returns how many there were."""
    steps = steps_missing()
    if steps:
        say(f"bringing the database up to date ({steps} steps)")
        call_command("migrate", verbosity=0, interactive=False)
    return steps


def steps_missing() -> int:
    """How many migrations the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def why_not() -> str:
    """What to tell whoever ran a command that the database failed, in a sentence; "" where only the programmer can tell."""
    try:
        steps = steps_missing()
    except OperationalError as away:
        return _("The database does not answer: %(why)s. Check DATABASE_URL and whether it runs.") % {
            "why": str(away).strip().rstrip(".")
        }
    if not steps:
        return ""
    return ngettext(
        "The database lacks %(steps)d step of its set-up. Run `handrail migrate` first.",
        "The database lacks %(steps)d steps of its set-up. Run `handrail migrate` first.",
        steps,
    ) % {"steps": steps}
