"""`handrail all`: every process of one machine as one group."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from handrail.config import preparing
from handrail.config.alone import AlreadyRunning, claim
from handrail.config.env import whole

# name of the process -> the command it runs; one whose command is not installed is left out
PROCESSES = {"web": "serve", "worker": "worker", "mail": "listen", "models": "models"}
SAYS = {
    "web": "pages and event streams on {url}",
    "worker": "background jobs and schedules",
    "mail": "incoming mail on 127.0.0.1:{mail_port} ({protocol})",
    "models": "words and meanings, for the answers",
}


class Command(BaseCommand):
    help = "Run web, worker, mail listener and model process together; what crashes is started again."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without", action="append", default=[], choices=PROCESSES, help="leave one out")
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="first make the tables, and seed the demo into an empty database",
        )
        parser.add_argument("--reload", action="store_true", help="start again when Python files change")

    def handle(self, *args: Any, without: list[str], prepare: bool, reload: bool, **options: Any) -> None:
        try:
            claim(settings.DATA / "run", port=settings.PORT)
        except AlreadyRunning as other:
            raise CommandError(
                _(
                    "Handrail already runs on the data folder %(folder)s (process %(pid)s). Stop it first, or set "
                    "HANDRAIL_DATA and PORT for a second one."
                )
                % {"folder": settings.DATA, "pid": other.pid}
            ) from None
        if prepare:
            preparing.prepare(self.say, self.stdout)
        commands = chosen(without)
        for name in commands:
            if name in SAYS:
                words = SAYS[name].format(
                    url=f"http://127.0.0.1:{settings.PORT}/",
                    mail_port=settings.MAIL_LISTEN_PORT,
                    protocol=settings.MAIL_LISTEN_PROTOCOL.upper(),
                )
                self.say(f"{name:<8}{words}")
        module = "handrail.config.reloading" if reload else "handrail.config.forking"
        # What still waits to be written would be lost with this process.
        self.stdout.flush()
        sys.stderr.flush()
        # In place of this process: what preparing left in memory is nothing to the others.
        os.execv(sys.executable, [sys.executable, "-m", module, json.dumps(commands)])  # noqa: S606

    def say(self, text: str) -> None:
        # Not to self.stderr, which prints everything as an error: in bold red.
        self.stdout.write(f"  {text}" if text else "")
        self.stdout.flush()


def chosen(without: list[str]) -> dict[str, list[str]]:
    """The command line of each process that this installation has."""
    there = get_commands()
    names = [name for name, command in PROCESSES.items() if command in there and name not in without]
    commands = {name: [sys.executable, "-m", "handrail", PROCESSES[name]] for name in names}
    for number in range(2, whole("HANDRAIL_WEB_PROCESSES", default=1) + 1):
        if "web" in commands:
            commands[f"web {number}"] = commands["web"]
    for number in range(2, whole("HANDRAIL_WORKERS", default=1) + 1):
        if "worker" in commands:
            commands[f"worker {number}"] = commands["worker"]
    return commands
