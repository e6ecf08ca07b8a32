"""The bytes of a connection as the mail library asks for them: commands line by line, a mail many lines at once.

The library reads a mail line by line, some microseconds each: 20 MB of short lines would keep the whole listener for
seconds, in which it hears nobody else.
"""

from __future__ import annotations

import asyncio
from typing import Any

CHUNK_BYTES = 65_536
END = b".\r\n"


class Lines:
    """Stands where the library expects an asyncio.StreamReader.

    A command is asked for up to LF. What is asked for up to CRLF is a mail, of which as many whole lines come as are there; the
    line that ends it comes alone. The library takes the first dot away where one begins what it gets; inside it is
    taken away here (RFC 5321, 4.5.2).
    """

    def __init__(self, reader: asyncio.StreamReader, *, limit: int) -> None:
        self._reader, self._limit = reader, limit
        self._here = bytearray()

    async def readuntil(self, separator: bytes = b"\n") -> bytes:
        """Raises asyncio.IncompleteReadError where the connection ends before, LimitOverrunError where a line is too long."""
        begin = 0
        while self._here.find(separator, begin) < 0:
            if len(self._here) > self._limit:
                raise asyncio.LimitOverrunError("The line is too long.", len(self._here))
            begin = max(len(self._here) - len(separator) + 1, 0)
            more = await self._reader.read(CHUNK_BYTES)
            if not more:
                raise asyncio.IncompleteReadError(bytes(self._here), None)
            self._here += more
        if separator == b"\n":
            return self._taken(self._here.find(separator) + 1)
        await asyncio.sleep(0)  # what is there already is read without a pause otherwise
        return self._lines_of_a_mail()

    async def read(self, size: int) -> bytes:
        return self._taken(size) if self._here else await self._reader.read(size)

    def _lines_of_a_mail(self) -> bytes:
        if self._here.startswith(END):
            return self._taken(len(END))
        end = self._here.find(b"\r\n" + END)
        if end < 0:
            end = self._here.rfind(b"\r\n")
        return self._taken(end + 2).replace(b"\r\n.", b"\r\n")

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._here[:size])
        del self._here[:size]
        return taken

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)
