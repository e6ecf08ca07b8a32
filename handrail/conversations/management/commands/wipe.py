"""`handrail wipe`: what was ever deleted leaves the database's files, too."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from handrail.conversations.words import let_index_forget
from handrail.core.wiping import rewrite


class Command(BaseCommand):
    help = (
        "Writes the database anew without what was deleted at any time. It stands still meanwhile, and needs as much room "
        "again on the disk. Words taken out of conversations are wiped from SQLite's files without it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        let_index_forget()
        rewrite()
        self.stdout.write("Written anew. Backups and archived journals are as they were.")
