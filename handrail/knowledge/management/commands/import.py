"""`handrail import SOURCE`: bring articles in from a folder, and tell what came in and what did not."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from handrail.core.actors import SYSTEM
from handrail.knowledge.audiences import Audience
from handrail.knowledge.exporting.archive import remarks
from handrail.knowledge.exporting.restoring import NotRestored, is_archive, restore
from handrail.knowledge.importing.folder import Choices
from handrail.knowledge.importing.reasons import next_step
from handrail.knowledge.importing.report import FAILED, Report
from handrail.knowledge.importing.run import run
from handrail.knowledge.management.brands import brand_named
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand

SHOWN_MAX = 5  # lines of one kind of trouble on the screen; --json has them all


class Command(BaseCommand):
    help = (
        "Import articles from a folder of Markdown or HTML, of saved Zendesk help-centre JSON, or from an archive. "
        "Safe to run again: only what changed is written. Exit status 1 when something should have come in and did not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="the folder, or an archive made by `handrail export`")
        parser.add_argument("--product", default="", help="put everything under this product (its slug)")
        parser.add_argument(
            "--locale", default="", choices=["", *LOCALES], help="language of files that name none"
        )
        parser.add_argument(
            "--audience",
            default=Audience.PUBLIC.value,
            choices=[one.replace("_", "-") for one in Audience.values] + ["signed_in"],
            help="for whom articles are that do not say",
        )
        parser.add_argument("--brand", default="", help="slug of the brand; needed where there are several")
        parser.add_argument("--name", default="", help="name of the source, where the folder was renamed")
        parser.add_argument(
            "--overwrite", action="store_true", help="also replace texts edited here since they came in"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would come in; change nothing")
        parser.add_argument("--json", action="store_true", help="the whole report as one JSON object")

    def handle(self, *args: Any, source: Path, **options: Any) -> None:
        if is_archive(source):
            return self.restore(source, brand_named(options["brand"]))
        if not source.is_dir():
            raise CommandError(_("%(path)s is not a folder.") % {"path": source})
        report = run(
            source,
            brand=brand_named(options["brand"]),
            choices=Choices(
                options["product"], options["locale"], options["audience"].replace("-", "_"), options["name"]
            ),
            is_dry_run=options["dry_run"],
            overwrites=options["overwrite"],
            progress=self.show_progress,
        )
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.show(report)
        if report.count(FAILED):
            sys.exit(1)

    def restore(self, source: Path, brand: Brand) -> None:
        try:
            counts = restore(source, brand=brand, by=SYSTEM)
        except NotRestored as reason:
            raise CommandError(str(reason)) from None
        if not counts:
            self.stdout.write(_("All of this archive is here already."))
            return
        said = {"articles": counts["article"], "revisions": counts["revision"], "rows": sum(counts.values())}
        self.stdout.write(
            _("%(articles)s articles with %(revisions)s revisions came in (%(rows)s rows).") % said
        )
        report = Report(str(source), entries=remarks())
        if report.troubles:
            self.show_troubles(report)

    def show_progress(self, done: int, total: int, path: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r\033[K  {done}/{total} {path[:60]}", ending="\n" if done == total else "")
        elif done % 50 == 0 or done == total:
            self.stderr.write(f"  {done}/{total} {path}")

    def show(self, report: Report) -> None:
        counts = {status: report.count(status) for status in ("new", "changed", "unchanged")}
        if report.is_dry_run:
            self.stdout.write(_("Nothing was written: this is what an import would do."))
        self.stdout.write(
            _("%(articles)s articles: %(new)s texts new, %(changed)s changed, %(unchanged)s unchanged.")
            % {"articles": report.articles, **counts}
        )
        if not report.troubles:
            self.stdout.write(_("Everything came in."))
        self.show_troubles(report)

    def show_troubles(self, report: Report) -> None:
        for reason, entries in report.troubles_by_reason().items():
            for entry in entries[:SHOWN_MAX]:
                language = f" [{entry.locale}]" if entry.locale else ""
                self.stdout.write(f"- {entry.path}{language}: {entry.message}")
            if len(entries) > SHOWN_MAX:
                rest = len(entries) - SHOWN_MAX
                self.stdout.write(
                    _("  and %(count)s more like these; --json lists them all") % {"count": rest}
                )
            self.stdout.write(f"    {next_step(reason)}")
