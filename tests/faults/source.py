"""Sends mails, to one mailbox or several at once, and writes down each one that was accepted."""

from __future__ import annotations

import json
import os
import random
import smtplib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from functools import partial
from pathlib import Path

TRY_AGAIN_SECONDS = 0.1
HELP, SALES = "help@handrail.test", "sales@handrail.test"


@dataclass(frozen=True)
class Letter:
    """One mail: `parent` is the id it answers, "" for the first of a thread; `chain` all ids before it, as mail
    programs write them (RFC 5322, 3.6.4). A thread has an address of its own. `to`: the mailboxes it is brought to."""

    id: str
    parent: str
    thread: int
    chain: tuple[str, ...] = ()
    to: tuple[str, ...] = (HELP,)

    @property
    def sender(self) -> str:
        return f"customer{self.thread}@example.org"

    def as_bytes(self) -> bytes:
        mail = EmailMessage()
        mail["From"] = f"Customer {self.thread} <{self.sender}>"
        mail["To"] = ", ".join(self.to)
        mail["Subject"] = "Re: order" if self.parent else "Question about my order"
        mail["Message-ID"] = f"<{self.id}>"
        if self.parent:
            mail["In-Reply-To"] = f"<{self.parent}>"
            mail["References"] = " ".join(f"<{earlier}>" for earlier in self.chain)
        mail.set_content(f"This is {self.id}.\nPlease help me with it.\n")
        return mail.as_bytes()


def letters(count: int, *, seed: int, mailboxes: tuple[str, ...] = (HELP,)) -> list[Letter]:
    """`count` mails in threads of one to four, then a tenth of them again, all locally out of order.

    mailboxes  of several, a thread goes to one or to all; of what follows the first mail to all, some goes to one alone
    """
    dice = random.Random(seed)
    made: list[Letter] = []
    thread = 0
    while len(made) < count:
        thread += 1
        chain: tuple[str, ...] = ()
        theirs = _addressed(mailboxes, dice)
        for part in range(min(dice.randint(1, 4), count - len(made))):
            to = _addressed(theirs, dice) if part else theirs
            letter = Letter(f"m{thread}-{part}@example.org", chain[-1] if chain else "", thread, chain, to)
            made.append(letter)
            chain = (*chain, letter.id)
    repeats = dice.sample(made, count // 10)
    placed = [(index + dice.uniform(0, 12), letter) for index, letter in enumerate(made)]
    placed += [(dice.uniform(0, count), letter) for letter in repeats]
    return [letter for _, letter in sorted(placed, key=lambda pair: pair[0])]


def _addressed(mailboxes: tuple[str, ...], dice: random.Random) -> tuple[str, ...]:
    """All of them, or one alone, as often."""
    if len(mailboxes) == 1:
        return mailboxes
    return mailboxes if dice.random() < 0.5 else (dice.choice(mailboxes),)


class Carrier:
    """Brings mails to one mailbox, by a connection of its own. Never killed; reconnects and tries again."""

    def __init__(self, port: int, mailbox: str) -> None:
        self.port, self.mailbox = port, mailbox
        self.connection: smtplib.LMTP | None = None

    def bring(self, letter: Letter) -> None:
        """Until it is accepted; nothing where it goes elsewhere."""
        while self.mailbox in letter.to:
            try:
                self.connection = self.connection or smtplib.LMTP(
                    "127.0.0.1", self.port, local_hostname="source.test"
                )
                self.connection.sendmail(letter.sender, [self.mailbox], letter.as_bytes())
                return
            except (OSError, smtplib.SMTPException):
                self.connection = None
                time.sleep(TRY_AGAIN_SECONDS)


def send_all(mails: list[Letter], *, port: int, ledger: Path, pause: float = 0.0) -> int:
    """Send each until it is accepted, to its mailboxes at once; the ledger's line is on disk before the next is sent.
    Returns deliveries made."""
    carriers = [
        Carrier(port, mailbox) for mailbox in sorted({each for letter in mails for each in letter.to})
    ]
    with ledger.open("a", encoding="utf-8") as book, ThreadPoolExecutor(len(carriers)) as at_once:
        for letter in mails:
            list(at_once.map(partial(_bring, letter), carriers))
            book.write(json.dumps(asdict(letter)) + "\n")
            book.flush()
            os.fsync(book.fileno())
            time.sleep(pause)
    return len(mails)


def _bring(letter: Letter, carrier: Carrier) -> None:
    carrier.bring(letter)
