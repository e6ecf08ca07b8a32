"""Measuring processes of this run, pinned to the server core and asked for one case at a time (see asked.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benches.load.servers import PEER, ROOT, SERVER_CORE_ONLY, our_env, peer_env


class Child:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._read()

    def measure(self, case: str, runs: int) -> dict[str, Any]:
        return self._ask(f"{case} {runs}")

    def fact(self, name: str) -> Any:
        return self._ask(name)

    def _ask(self, line: str) -> Any:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("A measuring process ended; what it said stands above.")
        return json.loads(line)


def ours(data: Path, facts: dict[str, Any]):
    return _child([sys.executable, "-m", "benches.load.inside", json.dumps(facts)], our_env(data, 8630))


def peers(data: Path, facts: dict[str, Any]):
    python = str(PEER / "bin" / "python")
    return _child([python, "-m", "benches.load.peer.inside", json.dumps(facts)], peer_env(data))


@contextmanager
def _child(command: list[str], env: dict[str, str]) -> Iterator[Child]:
    process = subprocess.Popen(
        [*SERVER_CORE_ONLY, *command], env={**os.environ, **env}, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Child(process)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(15)
