"""How the table of replies, reply_cases.json, is read.

A case is a list of mails as they come, each with the lines that name somebody, and who gets our reply to the last of them.

mails   from, and what it has of: to, cc, reply_to, headers, at (the mailbox it came to), envelope (who sent it, as servers
        say), add (whom a colleague then lets take part), leave (whom they take out again)
        "{minji@example.com}" in a line is the signed reply address made for that participant
to, cc  as every letter of our reply names them, in order; sent to each of these once and to nobody else
by      the mailbox it leaves from and is answered to
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_suffix(".json")


def cases() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found
