"""`handrail listen`: mail in, as a process of its own: the listener, and the mailboxes that are fetched."""

from __future__ import annotations

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from handrail.channels.mail.fetchers import Fetchers
from handrail.web.hooks.lmtp import Place, listen


class Command(BaseCommand):
    help = (
        "Listen for mail from the mail server in front of us (LMTP), or for any (SMTP), and fetch the mailboxes that "
        "are at other servers. Ends on SIGTERM."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.MAIL_LISTEN_PORT, help="0 takes a free one")
        parser.add_argument("--no-fetch", action="store_true", help="leave mailboxes at other servers alone")
        parser.add_argument("--protocol", choices=("lmtp", "smtp"), default=settings.MAIL_LISTEN_PROTOCOL)

    def handle(self, *args: Any, host: str, port: int, protocol: str, no_fetch: bool, **options: Any) -> None:
        def ready(taken: int) -> None:
            self.stdout.write(f"Listening for mail: {protocol} on {host}:{taken}")
            self.stdout.flush()
            if not no_fetch:
                fetchers.start()

        fetchers = Fetchers()
        try:
            asyncio.run(listen(Place(host, port, protocol), bytes_max=settings.MAIL_BYTES_MAX, ready=ready))
        except OSError as taken:
            raise CommandError(
                f"{host}:{port} can't be listened on: {taken.strerror}. Set HANDRAIL_MAIL_PORT."
            ) from taken
        finally:
            fetchers.stop()
