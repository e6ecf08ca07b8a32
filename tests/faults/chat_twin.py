"""The broken twin of the chat: it thanks for each word first and stores what it gathered once a second.

Otherwise it is fair: it stores in order, knows repeats by their ids as ours does, and tries again. It must fail the same trial.
usage: python -m tests.faults.chat_twin
"""

from __future__ import annotations

import os
import queue
import threading
import time

import django

GATHERED_SECONDS = 1.0


def forget(queued: queue.Queue, say) -> None:
    while True:
        time.sleep(GATHERED_SECONDS)
        while not queued.empty():
            args, more = queued.get()
            while True:
                try:
                    say(*args, **more)
                    break
                except Exception:
                    time.sleep(0.05)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    from django.core.management import call_command

    from handrail.intake import chat

    queued: queue.Queue = queue.Queue()
    threading.Thread(target=forget, args=(queued, chat.say), daemon=True).start()
    chat.say = lambda *args, **more: queued.put((args, more))
    call_command("serve")
