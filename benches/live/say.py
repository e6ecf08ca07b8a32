"""The same for the peer, which is told by a request.   usage: python -m benches.live.say PORT CHATS RATE SECONDS"""

from __future__ import annotations

import http.client
import json
import sys
import time


def main(port: int, chats: int, rate: float, seconds: float) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    begun, said = time.monotonic(), 0
    # One that cannot keep up says less; nobody waits for it longer.
    while max(due := begun + said / rate, time.monotonic()) < begun + seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        line.request("POST", f"/busy-{said % chats}", json.dumps({"at": time.monotonic_ns()}))
        line.getresponse().read()
        said += 1
    sys.stdout.write(f"{said}\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
