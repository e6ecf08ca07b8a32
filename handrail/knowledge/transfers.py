"""Imports and exports asked for in the console: done by the worker, and told when they are done."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.utils import translation

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.core.actors import Actor, CanAct
from handrail.core.events.ledger import record
from handrail.core.files.keeping import erase, keep, read
from handrail.core.files.models import StoredFile
from handrail.core.jobs.backend import task
from handrail.knowledge.exporting import archive, markdown, zendesk
from handrail.knowledge.exporting.readers import reader_of
from handrail.knowledge.exporting.restoring import NotRestored, is_archive, restore
from handrail.knowledge.importing import reasons
from handrail.knowledge.importing.files import SHELVES, TEXTS
from handrail.knowledge.importing.folder import Choices
from handrail.knowledge.importing.run import run
from handrail.knowledge.transfer_troubles import Stopped, kept, sentence
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand

KEPT_MOST = 20  # the latest transfers; older ones go with their files
UNPACKED_BYTES_MAX = 2 * 1024**3
FILES_MAX = 50_000
ENTRIES_TOLD_MAX = 200


class Transfer(models.Model):
    """One import or export. `file` is what was sent in, or what came out; `report` what an import told."""

    class Kind(models.TextChoices):
        MARKDOWN = "markdown"
        ZENDESK = "zendesk"
        ARCHIVE = "archive"
        IN = "import"

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    options = models.JSONField(default=dict, help_text="reader, or what an import was told")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    report = models.JSONField(default=dict)
    trouble = models.CharField(max_length=500, blank=True)
    asked_by = models.BigIntegerField(null=True)
    locale = models.CharField(max_length=5, default="ko")
    asked_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    @transaction.atomic
    def ask(
        cls,
        kind: str,
        *,
        brand: Brand,
        by: CanAct,
        locale: str,
        file: StoredFile | None = None,
        **options: Any,
    ) -> Transfer:
        """Have the worker do it."""
        actor = by.as_actor()
        row = cls.objects.create(
            kind=kind, brand=brand, options=options, file=file, asked_by=actor.id, locale=locale
        )
        record("transfer.asked", row, by=by, kind=kind)
        carry_out.enqueue(row.pk)
        return row

    def finish(self, *, trouble: str = "") -> None:
        self.state = self.State.FAILED if trouble else self.State.DONE
        self.trouble, self.done_at = trouble[:500], clock.now()
        self.save()

    @property
    def said_trouble(self) -> str:
        """Why it failed, in the reader's language."""
        return sentence(self.report["trouble"]) if "trouble" in self.report else self.trouble

    @property
    def remarks(self) -> list[dict[str, str]]:
        """What an import told of single files: path, message and next_step, for who reads it in the console now."""
        return [
            {
                "path": entry["path"],
                "message": reasons.sentence(entry.get("reason", ""), entry["details"])
                if "details" in entry
                else entry.get("message", ""),
                "next_step": reasons.next_step(entry.get("reason", ""), in_console=True),
            }
            for entry in self.report.get("entries", [])
        ]

    @property
    def actor(self) -> Actor:
        return Actor("staff", self.asked_by)


@task(attempts_max=2)
def carry_out(transfer_id: int) -> None:
    """Do what was asked. What goes wrong is told on the page; nothing half done is left."""
    row = Transfer.objects.select_related("brand", "file").get(pk=transfer_id)
    if row.state != Transfer.State.WAITING:
        return
    with translation.override(row.locale), tempfile.TemporaryDirectory(dir=_room()) as room:
        try:
            (_take_in if row.kind == Transfer.Kind.IN else _take_out)(row, Path(room))
        except (ValueError, OSError, zipfile.BadZipFile, DatabaseError) as reason:
            row.report = {"trouble": kept(reason)}
            row.finish(trouble=str(reason) or type(reason).__name__)
        else:
            row.finish()
    _forget_old()


def _take_out(row: Transfer, room: Path) -> None:
    target = room / "out"
    name = f"{row.brand.slug}-{clock.now():%Y-%m-%d}"
    if row.kind == Transfer.Kind.ARCHIVE:
        count = archive.export(target, brand=row.brand)
        title = f"{name}.handrail"
    else:
        viewer: Viewer | None = reader_of(row.options.get("reader", ""))
        write = markdown.export if row.kind == Transfer.Kind.MARKDOWN else zendesk.export
        count = write(room / "folder", brand=row.brand, viewer=viewer, reader=row.options.get("reader", ""))
        shutil.make_archive(str(target), "zip", room / "folder")
        target, title = target.with_suffix(".zip"), f"{name}-{row.kind}.zip"
    if target.stat().st_size > settings.FILE_SIZE_MAX:
        raise Stopped("too_large")
    row.file = keep(target.read_bytes(), name=title, by=row.actor)
    row.report = {"articles": count}


def _take_in(row: Transfer, room: Path) -> None:
    assert row.file is not None
    sent = room / "sent"
    sent.write_bytes(read(row.file))
    asked_by = User.objects.filter(pk=row.asked_by or 0).first()
    reviews = "knowledge.review" in rights_of(asked_by.role if asked_by else "")
    if is_archive(sent):
        if not reviews:
            raise Stopped("needs_review")
        counts = restore(sent, brand=row.brand, by=row.actor)
        remarks = [entry.as_json() for entry in archive.remarks()] if counts else []
        row.report = {
            "articles": counts.get("article", 0),
            "archive": True,
            "entries": remarks[:ENTRIES_TOLD_MAX],
            "left": max(0, len(remarks) - ENTRIES_TOLD_MAX),
        }
        return
    folder = room / Path(row.file.title).stem
    unpack(sent.read_bytes(), folder)
    said = row.options
    choices = Choices(product=said.get("product", ""), audience=said.get("audience") or "agents")
    report = run(
        folder, brand=row.brand, choices=choices, by=row.actor,
        is_dry_run=bool(said.get("is_dry_run")), overwrites=bool(said.get("overwrites")), reviews=reviews,
    )  # fmt: skip
    told = report.as_json()
    wanted = [entry for entry in told["entries"] if "message" in entry]
    row.report = {
        **told,
        "entries": wanted[:ENTRIES_TOLD_MAX],
        "left": max(0, len(wanted) - ENTRIES_TOLD_MAX),
    }


def unpack(data: bytes, folder: Path) -> None:
    """A zip into a folder. Raises ValueError for one that would leave the folder, or is larger than it says or we take."""
    with zipfile.ZipFile(io.BytesIO(data)) as sheet:
        entries = [entry for entry in sheet.infolist() if not entry.is_dir()]
        if len(entries) > FILES_MAX or sum(entry.file_size for entry in entries) > UNPACKED_BYTES_MAX:
            raise Stopped("too_much")
        is_wrapped = _is_wrapped([entry.filename for entry in entries])
        for entry in entries:
            name = entry.filename.split("/", 1)[1] if is_wrapped else entry.filename
            path = (folder / name).resolve()
            if not path.is_relative_to(folder.resolve()) or "\0" in name:
                raise Stopped("outside", name=name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with sheet.open(entry) as source, path.open("wb") as target:
                shutil.copyfileobj(_Measured(source, entry.file_size), target)


def _is_wrapped(names: list[str]) -> bool:
    """Whether a zip's single top folder is only what its maker packed, and stands for nothing itself.

    Products and topics take two levels above the files (folders named after languages are none). So a single top folder comes
    off where all texts still have both below it, where an export of ours lies in it, or where there are no texts but saved
    JSON. Else it is the product.
    """
    parts = [[part for part in name.split("/") if part not in LOCALES] for name in names]
    if len({name.split("/")[0] for name in names}) != 1 or any("/" not in name for name in names):
        return False
    texts = [each for each, name in zip(parts, names, strict=True) if Path(name).suffix.lower() in TEXTS]
    below = [each[1:] for each in parts]
    if [SHELVES] in below or not texts:
        return True
    return all(len(each) >= 4 for each in texts)


class _Measured:
    """Reads no more than the zip's own list says, whatever is packed there."""

    def __init__(self, source: Any, size: int) -> None:
        self.source, self.left = source, size

    def read(self, count: int = -1) -> bytes:
        data: bytes = self.source.read(min(count, self.left + 1) if count >= 0 else self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise Stopped("lies")
        return data


def _room() -> Path:
    room = Path(settings.DATA) / "transfers"
    room.mkdir(parents=True, exist_ok=True)
    return room


def _forget_old() -> None:
    for row in Transfer.objects.exclude(state=Transfer.State.WAITING)[KEPT_MOST:]:
        file, actor = row.file, row.actor
        row.delete()
        if file:
            erase(file, by=actor)


__all__ = ["NotRestored", "Transfer", "carry_out", "unpack"]
