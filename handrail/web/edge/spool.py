"""A long answer on its way from a thread that makes it to a client that may read slowly."""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
from collections.abc import AsyncIterator

AHEAD_BYTES = 64 * 1_048_576  # a thread is free once its answer is at most this far ahead of the reader
PIECE_BYTES = 65_536


class ReaderGone(Exception):
    """The client left; nothing more is wanted."""


class Spool:
    """A ring of bytes in a temporary file: written by one thread, read by the event loop.

    An answer up to AHEAD_BYTES never holds its thread for a slow client; a longer or endless one does, under
    back-pressure, and takes no more disk than that.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, *, ahead: int = AHEAD_BYTES) -> None:
        self._loop, self._ahead = loop, ahead
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by close)
        self._written = self._read = 0
        self._ended = self._gone = False
        self._error: BaseException | None = None
        self._room = threading.Condition()
        self._more = asyncio.Event()

    def write(self, data: bytes) -> None:
        """From the thread. Waits while the reader is too far behind; raises ReaderGone once it left."""
        view = memoryview(data)
        while view:
            with self._room:
                self._room.wait_for(lambda: self._gone or self._written - self._read < self._ahead)
                if self._gone:
                    raise ReaderGone
                start = self._written % self._ahead
                room = min(self._ahead - (self._written - self._read), self._ahead - start)
                self._written += os.pwrite(self._file.fileno(), view[:room], start)
            view = view[room:]
            self._wake()

    def end(self, error: BaseException | None = None) -> None:
        """From the thread: that was all, or all there will be."""
        self._error, self._ended = error, True
        self._wake()

    def _wake(self) -> None:
        if not self._more.is_set():
            try:
                self._loop.call_soon_threadsafe(self._more.set)
            except RuntimeError:
                self._gone = True  # the loop is closed: the server is stopping

    async def pieces(self) -> AsyncIterator[bytes]:
        """From the loop: what was written, in order. Raises what made the answer break off."""
        while True:
            self._more.clear()
            ended = self._ended
            while self._read < self._written:
                start = self._read % self._ahead
                size = min(PIECE_BYTES, self._written - self._read, self._ahead - start)
                yield os.pread(self._file.fileno(), size, start)
                with self._room:
                    self._read += size
                    self._room.notify_all()
            if ended:
                if self._error:
                    raise self._error
                return
            await self._more.wait()

    def close(self) -> None:
        """From the loop: nobody reads any more."""
        with self._room:
            self._gone = True
            self._room.notify_all()
            self._file.close()


class FileBody:
    """`wsgi.file_wrapper`: a file on disk that the loop sends itself, so that no thread waits for the client."""

    def __init__(self, file: object, block_size: int = PIECE_BYTES) -> None:
        self.file = file

    def fileno(self) -> int | None:
        """Its descriptor, or None for something that only looks like a file."""
        try:
            return self.file.fileno()  # type: ignore[attr-defined]
        except (AttributeError, OSError):
            return None

    def __iter__(self) -> FileBody:
        return self

    def __next__(self) -> bytes:
        if data := self.file.read(PIECE_BYTES):  # type: ignore[attr-defined]
            return data
        raise StopIteration

    async def pieces(self) -> AsyncIterator[bytes]:
        descriptor = self.fileno()
        assert descriptor is not None
        position = self.file.tell()  # type: ignore[attr-defined]
        loop = asyncio.get_running_loop()
        while data := await loop.run_in_executor(None, os.pread, descriptor, 4 * PIECE_BYTES, position):
            position += len(data)
            yield data

    def close(self) -> None:
        close = getattr(self.file, "close", None)
        if close:
            close()
