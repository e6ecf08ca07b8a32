"""The broken twin: it says 250 first, keeps mails in memory until it stores what it gathered, once a second, and
has no key that would notice a repeat.

Otherwise it is fair: it reconnects, tries again after a database error, and threads by the same rules. It must fail
the same trial, or the trial proves nothing.   usage: python -m tests.faults.twin PORT
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time

import django
from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP

GATHERED_SECONDS = 1.0


class LmtpController(Controller):
    def factory(self):
        return LMTP(self.handler)


class Forgetful:
    def __init__(self) -> None:
        self.waiting: queue.Queue[tuple[bytes, str, list[str]]] = queue.Queue()

    async def handle_DATA(self, server, session, envelope):  # the library's name
        self.waiting.put((envelope.content, envelope.mail_from, envelope.rcpt_tos))
        return "250 OK"

    def work(self) -> None:
        from django.db import DatabaseError, transaction

        from handrail.channels.mail.keep import inbox_for
        from handrail.channels.mail.parsed import Envelope
        from handrail.channels.mail.receive import receive
        from handrail.channels.models import InboundRaw
        from handrail.intake.enclosures import Enclosed
        from handrail.intake.receive import store

        while True:
            if self.waiting.empty():
                time.sleep(GATHERED_SECONDS)
            body, sender, recipients = self.waiting.get()
            mail = receive(body, Envelope(sender, tuple(recipients)))
            inbox = inbox_for(recipients[0])
            while True:
                try:
                    with transaction.atomic():
                        # Not kept anywhere before; an id of its own each time, so nothing notices a repeat.
                        raw = InboundRaw.objects.create(
                            inbox=inbox, external_id=os.urandom(9).hex(), body=b"", state="taken"
                        )
                        store(mail, raw, is_vouched=False, files=Enclosed())
                    break
                except DatabaseError:
                    continue


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    forgetful = Forgetful()
    threading.Thread(target=forgetful.work, daemon=True).start()
    LmtpController(forgetful, hostname="127.0.0.1", port=int(sys.argv[1]), ready_timeout=60).start()
    threading.Event().wait()
