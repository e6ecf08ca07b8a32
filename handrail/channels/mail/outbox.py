"""Where no server is named: each letter is a file of its own in the outbox, as it would have been sent."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from handrail.core import clock
from handrail.core.ids import random_id


class EmailBackend(BaseEmailBackend):
    """Django's way of sending, into `EMAIL_FILE_PATH`. Names sort by the moment they were written."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for each in email_messages:
            letter: Message | Any = each.message()
            name = f"{clock.now():%Y%m%d-%H%M%S-%f}-{random_id()[:8]}.eml"
            # Whole or not at all: whoever reads the newest never finds half of one.
            half = folder / f".{name}"
            half.write_bytes(letter.as_bytes())
            half.rename(folder / name)
        return len(email_messages)
