"""handrail eval: the product's own measuring instrument."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from handrail.answers.evaluation.measure import measure_folder
from handrail.answers.evaluation.questions import NotAFolder
from handrail.answers.noise import KINDS


class Command(BaseCommand):
    help = "Measure the answer engine on FOLDER/knowledge.jsonl and FOLDER/questions.jsonl, in a temporary database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["answers"])
        parser.add_argument("folder", type=Path)
        parser.add_argument("--learn", action="store_true", help="take the split train as past questions")
        parser.add_argument(
            "--noise", choices=list(KINDS), default="", help="make the measured questions noisy"
        )
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--json", action="store_true", help="print one JSON object on one line")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            report = measure_folder(
                folder, learn=options["learn"], noise=options["noise"], seed=options["seed"]
            )
        except NotAFolder as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=None if options["json"] else 2))
