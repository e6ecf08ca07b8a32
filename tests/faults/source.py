"""Sends mails and writes down each one that was accepted. Never killed; reconnects and tries again."""

from __future__ import annotations

import json
import os
import random
import smtplib
import time
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from pathlib import Path

TRY_AGAIN_SECONDS = 0.1


@dataclass(frozen=True)
class Letter:
    """One mail: `parent` is the id it answers, "" for the first of a thread; `chain` all ids before it, as mail
    programs write them (RFC 5322, 3.6.4). A thread has an address of its own."""

    id: str
    parent: str
    thread: int
    chain: tuple[str, ...] = ()

    def as_bytes(self) -> bytes:
        mail = EmailMessage()
        mail["From"] = f"Customer {self.thread} <customer{self.thread}@example.org>"
        mail["To"] = "help@handrail.test"
        mail["Subject"] = "Re: order" if self.parent else "Question about my order"
        mail["Message-ID"] = f"<{self.id}>"
        if self.parent:
            mail["In-Reply-To"] = f"<{self.parent}>"
            mail["References"] = " ".join(f"<{earlier}>" for earlier in self.chain)
        mail.set_content(f"This is {self.id}.\nPlease help me with it.\n")
        return mail.as_bytes()


def letters(count: int, *, seed: int) -> list[Letter]:
    """`count` mails in threads of one to four, then a tenth of them again, all locally out of order."""
    dice = random.Random(seed)
    made: list[Letter] = []
    thread = 0
    while len(made) < count:
        thread += 1
        chain: tuple[str, ...] = ()
        for part in range(min(dice.randint(1, 4), count - len(made))):
            letter = Letter(f"m{thread}-{part}@example.org", chain[-1] if chain else "", thread, chain)
            made.append(letter)
            chain = (*chain, letter.id)
    repeats = dice.sample(made, count // 10)
    placed = [(index + dice.uniform(0, 12), letter) for index, letter in enumerate(made)]
    placed += [(dice.uniform(0, count), letter) for letter in repeats]
    return [letter for _, letter in sorted(placed, key=lambda pair: pair[0])]


def send_all(mails: list[Letter], *, port: int, ledger: Path, pause: float = 0.0) -> int:
    """Send each until it is accepted; the ledger's line is on disk before the next is sent. Returns deliveries made."""
    connection: smtplib.LMTP | None = None
    with ledger.open("a", encoding="utf-8") as book:
        for letter in mails:
            while True:
                try:
                    connection = connection or smtplib.LMTP("127.0.0.1", port, local_hostname="source.test")
                    connection.sendmail(
                        f"customer{letter.thread}@example.org", ["help@handrail.test"], letter.as_bytes()
                    )
                    break
                except (OSError, smtplib.SMTPException):
                    connection = None
                    time.sleep(TRY_AGAIN_SECONDS)
            book.write(json.dumps(asdict(letter)) + "\n")
            book.flush()
            os.fsync(book.fileno())
            time.sleep(pause)
    return len(mails)
