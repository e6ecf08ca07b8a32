"""`handrail events`: which verb is heard by whom."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from handrail.core.events import registry


class Command(BaseCommand):
    help = "Print every verb that is heard, and its subscribers; (inside) runs in the same transaction."

    def handle(self, *args: Any, **options: Any) -> None:
        for verb, subscribers in registry.every().items():
            names = ", ".join(s.name + (" (inside)" if s.inside else "") for s in subscribers)
            self.stdout.write(f"{verb} -> {names}")
