"""`handrail export TARGET`: take the knowledge base out, as a folder of Markdown, Zendesk JSON, or one archive."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from handrail.knowledge.exporting import archive, markdown, zendesk
from handrail.knowledge.exporting.readers import reader_of
from handrail.knowledge.management.brands import brand_named

FORMATS = ("markdown", "zendesk", "archive")


class Command(BaseCommand):
    help = (
        "Export the knowledge base. Markdown and Zendesk JSON go into a folder, the archive into one file "
        "(every row, revision and file; `handrail import` of an empty installation reads it). Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="the folder, or the archive's file name")
        parser.add_argument(
            "--format", default="", choices=["", *FORMATS], help="what to write; by the target's name"
        )
        parser.add_argument("--brand", default="", help="slug of the brand; needed where there are several")
        parser.add_argument(
            "--for",
            dest="reader",
            default="",
            help="only what this reader may read: public, signed-in, employees, agents, or segment:<slug>",
        )
        parser.add_argument("--json", action="store_true", help="what was written as one JSON object")

    def handle(self, *args: Any, target: Path, **options: Any) -> None:
        brand = brand_named(options["brand"])
        form = options["format"] or ("archive" if target.suffix in {".handrail", ".zip"} else "markdown")
        try:
            viewer = reader_of(options["reader"])
            if form == "archive":
                if viewer is not None:
                    raise CommandError(_("An archive holds everything; take a folder for one reader."))
                count = archive.export(target, brand=brand)
            else:
                write = markdown.export if form == "markdown" else zendesk.export
                count = write(target, brand=brand, viewer=viewer, reader=options["reader"])
        except (markdown.NotOurs, ValueError, OSError) as reason:
            raise CommandError(str(reason)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"target": str(target), "format": form, "articles": count}))
        else:
            self.stdout.write(_("%(count)s articles are in %(path)s.") % {"count": count, "path": target})
