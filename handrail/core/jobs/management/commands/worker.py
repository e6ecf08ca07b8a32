"""`handrail worker`: runs background jobs and schedules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from handrail.config.env import whole
from handrail.core.jobs.worker import Worker


class Command(BaseCommand):
    help = "Run background jobs and schedules until stopped. Several may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queue", action="append", help="only these queues (may be repeated)")

    def handle(self, *args: Any, queue: list[str] | None, **options: Any) -> None:
        lease = timedelta(seconds=whole("HANDRAIL_LEASE_SECONDS", default=15))
        queues = queue or list(settings.TASKS["default"]["QUEUES"])
        Worker(lease=lease, queues=queues).run_forever()
