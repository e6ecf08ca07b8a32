"""Starting the process that is full of open windows (windows.py)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from benches.load.servers import ROOT


def opened(port: int, paths: Sequence[str], *, websocket: bool = False) -> subprocess.Popen[str]:
    """The process, once all its windows are open; it ends when its standard input is closed. Raises RuntimeError where not all open."""
    client = subprocess.Popen(
        [sys.executable, "-m", "benches.live.windows"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert client.stdin and client.stdout
    order = {"port": port, "paths": list(paths), "websocket": websocket}
    print(json.dumps(order), file=client.stdin, flush=True)
    if not client.stdout.readline().startswith("open"):
        raise RuntimeError(f"not all of the {len(paths)} windows at port {port} opened")
    return client
