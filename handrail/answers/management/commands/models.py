"""handrail models: the model process."""

from __future__ import annotations

import signal
from pathlib import Path
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from handrail.answers.model_here import ModelsHere
from handrail.answers.model_server import Server
from handrail.core.memory import few_arenas, give_back


class Command(BaseCommand):
    help = "Hold the models for every process of this host, on the Unix socket in the data folder."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        models = ModelsHere()
        few_arenas()
        models.load()
        give_back()
        path = Path(settings.MODEL_SOCKET)
        with Server(path, models) as server:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: Thread(target=server.shutdown).start())
            self.stdout.write(f"models ready at {path}: {models.morph_model}, {models.vector_model}")
            self.stdout.flush()
            server.serve_forever()
            server.leave()
