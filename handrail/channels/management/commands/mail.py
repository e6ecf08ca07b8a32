"""`handrail mail ingest FILE…`, `handrail mail parse FILE --json` and `handrail mail fetch`."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from handrail.channels.mail import keep, troubles
from handrail.channels.mail.fetch import fetch_new
from handrail.channels.mail.imap import TROUBLES, Session
from handrail.channels.mail.parsed import Envelope, as_json
from handrail.channels.mail.receive import Unreadable, reader, receive
from handrail.channels.models import Fetching, Inbox


class Command(BaseCommand):
    help = (
        "Take mail in from files, or show what is understood of one. Safe to run twice: a mail is kept once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        ingest = verbs.add_parser(
            "ingest", help="keep mails from files ('-' reads one from standard input) and queue them"
        )
        ingest.add_argument("files", nargs="+", metavar="FILE", help="a mail, or a folder of .eml files")
        ingest.add_argument(
            "--inbox", help="the inbox it came to; else it is found in the mail's own addresses"
        )
        ingest.add_argument(
            "--sender", help="the envelope sender; empty for the null one; leave out if unknown"
        )
        ingest.add_argument("--recipient", action="append", default=[], help="an envelope recipient")
        fetch = verbs.add_parser("fetch", help="look once into every mailbox that is fetched")
        fetch.add_argument("--inbox", help="into this one alone")
        parse = verbs.add_parser("parse", help="print what is understood of one mail; nothing is stored")
        parse.add_argument("file", metavar="FILE", help="a mail, or '-' for standard input")
        parse.add_argument("--json", action="store_true", help="as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "ingest":
            self._ingest(options)
        elif options["verb"] == "fetch":
            self._fetch(options["inbox"])
        else:
            self._parse(options["file"], as_object=options["json"])

    def _ingest(self, options: dict[str, Any]) -> None:
        counts: Counter[str] = Counter(new=0, known=0)
        refused: Counter[int] = Counter()
        envelope = Envelope(options["sender"], tuple(options["recipient"]))
        for path in _files(options["files"]):
            try:
                is_new = _take(path, inbox_address=options["inbox"], envelope=envelope)
            except Refused as refusal:
                refused[refusal.code] += 1
                self.stderr.write(f"{path}: {refusal}")
            else:
                counts["new" if is_new else "known"] += 1
        self.stdout.write(f"{counts['new']} new, {counts['known']} known, {refused.total()} refused")
        if refused:
            # A mail server that pipes into us returns what never can be kept to its sender, and tries the rest again.
            raise SystemExit(os.EX_TEMPFAIL if len(refused) > 1 else next(iter(refused)))

    def _fetch(self, address: str | None) -> None:
        wanted = Fetching.objects.due().filter(**({"inbox__address": address} if address else {}))
        went_wrong = False
        for fetching in wanted:
            try:
                with Session(fetching) as session:
                    found = fetch_new(fetching, session)
                self.stdout.write(
                    f"{fetching.inbox}: {found.new} new, {found.known} known, {found.aside} kept aside"
                )
            except TROUBLES as trouble:
                went_wrong = True
                self.stderr.write(
                    f"{fetching.inbox}: {troubles.code_of(trouble)}: {troubles.detail_of(trouble)}"
                )
        if went_wrong:
            raise SystemExit(75)

    def _parse(self, path: str, *, as_object: bool) -> None:
        try:
            understood = as_json(receive(_read(path)))
        except OSError as missing:
            raise CommandError(f"{path} can't be read: {missing.strerror}.") from missing
        except Unreadable as reason:
            if as_object:
                self.stdout.write(json.dumps({"error": reason.reason}))
            self.stderr.write(str(reason))
            raise SystemExit(1) from reason
        finally:
            reader.close()
        if as_object:
            self.stdout.write(json.dumps(understood, ensure_ascii=False, indent=2))
            return
        for name, value in understood.items():
            if value:
                self.stdout.write(f"{name}: {_said(value)}")


def _said(value: Any) -> str:
    """A value of the probe form as one reads it: addresses as in a head, longer texts on lines of their own."""
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    if isinstance(value, dict):
        if "address" in value:
            return f"{value['name']} <{value['address']}>" if value["name"] else str(value["address"])
        if "size" in value:
            return f"{value['name']} ({value['type']}, {value['size']:,} bytes)"
        return "; ".join(f"{name} {_said(each)}" for name, each in value.items() if each)
    if isinstance(value, bool):
        return "yes" if value else "no"
    lines = str(value).splitlines()
    return lines[0] if len(lines) == 1 else "".join(f"\n    {line}".rstrip(" ") for line in lines)


class Refused(Exception):
    """A mail that is not kept, with the reason. code: the exit status of sysexits.h that says so to a mail server."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def _take(path: str, *, inbox_address: str | None, envelope: Envelope) -> bool:
    """Keep one mail; returns whether it is new. Raises Refused."""
    try:
        body = _read(path)
    except OSError as missing:
        raise Refused(os.EX_TEMPFAIL, f"can't be read: {missing.strerror}") from missing
    if not body.strip():
        raise Refused(os.EX_DATAERR, "it is empty")
    if len(body) > settings.MAIL_BYTES_MAX:
        most = f"the most is {settings.MAIL_BYTES_MAX:,} (HANDRAIL_MAIL_BYTES_MAX)"
        raise Refused(os.EX_DATAERR, f"it has {len(body):,} bytes; {most}")
    wanted = [inbox_address] if inbox_address else [*envelope.recipients, *keep.addressed_to(body)]
    inbox = next((found for address in wanted if (found := keep.inbox_for(address))), None)
    if inbox is None and not inbox_address:
        only = list(Inbox.objects.filter(kind=Inbox.Kind.MAIL, is_active=True)[:2])
        inbox = only[0] if len(only) == 1 else None
    if inbox is None:
        raise Refused(os.EX_NOUSER, "no inbox has one of its addresses; name one with --inbox")
    _, is_new = keep.keep(inbox, body, envelope)
    return is_new


def _files(names: list[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        path = Path(name)
        found += sorted(str(p) for p in path.rglob("*.eml")) if name != "-" and path.is_dir() else [name]
    return found


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
