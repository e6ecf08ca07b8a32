"""Run inside the site.   usage: python -m benches.live.ours paths WINDOWS CHATS | say CHATS RATE SECONDS"""

from __future__ import annotations

import json
import os
import sys
import time

import django


def paths(windows: int, chats: int) -> None:
    """Addresses of streams: one for each waiting window, then two for each chat, as Django mints them for its pages."""
    from handrail.web.edge.tokens import mint

    named = [f"chat:waiting-{index}" for index in range(windows)]
    named += [f"chat:busy-{index}" for index in range(chats) for _ in range(2)]
    found = [f"/live?token={mint(viewer=f'person:{at}', channels=[name])}" for at, name in enumerate(named)]
    sys.stdout.write(json.dumps(found) + "\n")


def say(chats: int, rate: float, seconds: float) -> None:
    """Tell of a message in one chat after the other, `rate` times a second, as a commit in any process does. Prints how many."""
    from handrail.core.bus import publish

    begun, said = time.monotonic(), 0
    # One that cannot keep up says less; nobody waits for it longer.
    while max(due := begun + said / rate, time.monotonic()) < begun + seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        data = {"verb": "message.sent", "at": time.monotonic_ns()}
        publish("stream", channels=[f"chat:busy-{said % chats}"], event="changed", data=data)
        said += 1
    sys.stdout.write(f"{said}\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    name, *words = sys.argv[1:]
    {"paths": paths, "say": say}[name](*(int(word) for word in words))
