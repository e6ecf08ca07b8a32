"""Takes every mail the site sends and writes its id down. Never killed.   usage: python -m tests.faults.sink PORT LEDGER"""

from __future__ import annotations

import os
import sys
import threading
from email import message_from_bytes

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self, path: str) -> None:
        self.book = open(path, "a", encoding="utf-8")  # noqa: SIM115  # as long as the process

    async def handle_DATA(self, server, session, envelope):  # the library's name
        mail = message_from_bytes(envelope.content)
        self.book.write(f"{mail['Message-ID']}\t{','.join(envelope.rcpt_tos)}\n")
        self.book.flush()
        os.fsync(self.book.fileno())
        return "250 OK"


if __name__ == "__main__":
    controller = Controller(Sink(sys.argv[2]), hostname="127.0.0.1", port=int(sys.argv[1]), ready_timeout=30)
    controller.start()
    threading.Event().wait()
