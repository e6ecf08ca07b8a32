"""handrail eval: the product's own measuring instrument."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from handrail.answers.evaluation.history import measure_history
from handrail.answers.evaluation.measure import measure_folder
from handrail.answers.evaluation.questions import NotAFolder
from handrail.answers.noise import KINDS

DAYS_MOST = 366


class Command(BaseCommand):
    help = (
        "Measure the answer engine: on FOLDER/knowledge.jsonl and FOLDER/questions.jsonl, in a temporary database; "
        "or with --history on this site's own questions. Neither changes anything."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["answers"])
        parser.add_argument("folder", type=Path, nargs="?")
        parser.add_argument(
            "--history",
            type=int,
            metavar="DAYS",
            help="how this site's questions of the last DAYS days would be answered now",
        )
        parser.add_argument("--learn", action="store_true", help="take the split train as past questions")
        parser.add_argument(
            "--noise", choices=list(KINDS), default="", help="make the measured questions noisy"
        )
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--json", action="store_true", help="print one JSON object on one line")

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        if (folder is None) == (options["history"] is None):
            raise CommandError("Name a FOLDER of questions, or --history DAYS for this site's own.")
        self._print(
            self._of_folder(folder, options) if folder else self._of_history(options["history"]), options
        )

    def _of_history(self, days: int) -> dict[str, Any]:
        if not 1 <= days <= DAYS_MOST:
            raise CommandError(f"--history takes 1 to {DAYS_MOST} days, got {days}.")
        return measure_history(days=days)

    def _of_folder(self, folder: Path, options: dict[str, Any]) -> dict[str, Any]:
        try:
            return measure_folder(
                folder, learn=options["learn"], noise=options["noise"], seed=options["seed"]
            )
        except NotAFolder as refused:
            raise CommandError(str(refused)) from refused

    def _print(self, report: dict[str, Any], options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=None if options["json"] else 2))
