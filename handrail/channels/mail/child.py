"""The process in which foreign bytes are read: little time, little memory, no files, no secrets.

Run as `python -m handrail.channels.mail.child [NICE]`; speaks length-prefixed messages over stdin and stdout.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import IO

CPU_SECONDS_MAX = 2.0
QUICK_SECONDS = 0.1  # for where others wait: 99 of 100 letters take a quarter of it or less
MEMORY_BYTES_MAX = 512 * 1024 * 1024
WALL_SECONDS_MAX = 30.0  # where the machine is busy with other things
MAILS_A_CHILD = 500
LARGE_BYTES = 4_000_000  # after one of these the child holds on to memory, so it goes

SIZE = struct.Struct(">I")
Child = subprocess.Popen[bytes]
ASKED = struct.Struct(">II")  # bytes that follow, and the milliseconds of processor time they may cost


class Died(RuntimeError):
    """The child ended, or had to be ended, over this mail. `reason` is time, memory or crash."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Reading the mail ended with: {reason}.")
        self.reason = reason


class Reader:
    """Keeps one child, gives it one mail at a time, and starts another when that one is gone.

    seconds  of processor time that one mail may cost
    nice     how far the child stands behind other processes (nice(2))
    spare    have a second child loaded, so that the next mail does not wait for one where a mail ended the first
    """

    def __init__(self, seconds: float = CPU_SECONDS_MAX, *, nice: int = 0, spare: bool = False) -> None:
        self._milliseconds, self._nice, self._has_spare = round(seconds * 1000), nice, spare
        self._child: Child | None = None
        self._spare: Child | None = None
        self._lock = threading.Lock()
        self._owner = 0
        self._mails = 0

    def ask(self, request: bytes) -> bytes:
        """The child's answer. Raises Died if it did not survive the question."""
        with self._lock:
            child = self._ready()
            try:
                answer = self._exchange(child, request)
            except Died:
                self._end()
                self._ready()  # it loads while its parent goes on, and not while the next mail waits
                self._stock()
                raise
            self._mails += 1
            if self._mails >= MAILS_A_CHILD or len(request) > LARGE_BYTES:
                self._end()
            self._stock()
            return answer

    def close(self) -> None:
        with self._lock:
            self._end()
            if self._spare:
                _bury(self._spare)
            self._spare = None

    def _ready(self) -> Child:
        if self._owner != os.getpid():
            # After a fork the pipes belong to the parent's children.
            self._child, self._spare, self._owner = None, None, os.getpid()
        if self._child is None or not _is_alive(self._child):
            self._end()
            spare, self._spare = self._spare, None
            self._child = spare if spare and _is_alive(spare) else self._started()
            self._mails = 0
        return self._child

    def _stock(self) -> None:
        if self._has_spare and not _is_alive(self._spare):
            self._spare = self._started()

    def _started(self) -> Child:
        kept = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "LC_ALL")
        return subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-m", "handrail.channels.mail.child", str(self._nice)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: os.environ[name] for name in kept if name in os.environ},
            start_new_session=True,
        )

    def _exchange(self, child: Child, request: bytes) -> bytes:
        assert child.stdin and child.stdout
        deadline = time.monotonic() + WALL_SECONDS_MAX
        with suppress(BrokenPipeError):
            child.stdin.write(ASKED.pack(len(request), self._milliseconds) + request)
            child.stdin.flush()
        head = _read(child.stdout, SIZE.size, deadline)
        body = _read(child.stdout, SIZE.unpack(head)[0], deadline) if head is not None else None
        if body is not None:
            return body
        if time.monotonic() >= deadline:
            raise Died("time")
        with suppress(subprocess.TimeoutExpired):
            child.wait(5)
        raise Died("time" if child.returncode in {-signal.SIGPROF, -signal.SIGXCPU} else "crash")

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            _bury(child)


def _is_alive(child: Child | None) -> bool:
    return child is not None and child.poll() is None


def _bury(child: Child) -> None:
    if child.poll() is None:
        child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        with suppress(OSError):
            if pipe:
                pipe.close()


def _read(pipe: IO[bytes], size: int, deadline: float) -> bytes | None:
    """Exactly `size` bytes, or None if they did not come."""
    pieces, left = [], size
    while left:
        if not select.select([pipe], [], [], max(deadline - time.monotonic(), 0))[0]:
            return None
        piece = os.read(pipe.fileno(), min(left, 1_048_576))
        if not piece:
            return None
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def serve() -> None:
    """The child's life: a question, an answer, until stdin ends. Each question has the processor time it says."""
    import icalendar  # noqa: F401 - it takes longer than a letter may

    from handrail.channels.mail.receive import answer

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while head := source.read(ASKED.size):
        size, milliseconds = ASKED.unpack(head)
        # The signal's default action ends the process, whatever it is doing, inside C code too.
        signal.setitimer(signal.ITIMER_PROF, milliseconds / 1000)
        reply = answer(source.read(size))
        signal.setitimer(signal.ITIMER_PROF, 0)
        target.write(SIZE.pack(len(reply)) + reply)
        target.flush()


if __name__ == "__main__":
    os.nice(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    serve()
