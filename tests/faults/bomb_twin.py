"""The broken twin of the bomb trial: a worker that reads each mail where it stands in the queue, itself, for as long as it takes.

Otherwise it is fair: it is our worker, with our parser and its bounds on depth, parts and headers; what cannot be read it keeps
aside, and no mail ends it. It must fail the same trial, or the trial proves nothing.   usage: python -m tests.faults.bomb_twin
"""

from __future__ import annotations

import json
import os

import django
from django.core.management import call_command


def read_here(raw, envelope=None, *, is_quick=False, is_shallow=False):
    """As channels.mail.receive.receive, in this process."""
    from handrail.channels.mail import wire
    from handrail.channels.mail.parsed import Envelope
    from handrail.channels.mail.receive import Unreadable, answer

    envelope = envelope or Envelope()
    head = json.dumps([envelope.sender, list(envelope.recipients), is_shallow]).encode()
    status, _, body = answer(head + b"\n" + raw).partition(b"\n")
    if status != b"ok":
        raise Unreadable(status.decode("ascii"))
    return wire.unpack(body, envelope=envelope)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    from handrail.intake import let_in, receive, subscribers

    receive.receive = let_in.receive = read_here
    subscribers.QUICK_BYTES = 10**12  # nothing goes beside the queue
    call_command("worker")
