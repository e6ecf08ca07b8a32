"""Django, as a WSGI application in a few threads, behind the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from handrail.web.edge import bodies
from handrail.web.edge.asgi import TEXT, Headers, Receive, Scope, Send, reply
from handrail.web.edge.environ import environ
from handrail.web.edge.spool import FileBody, ReaderGone, Spool

log = logging.getLogger(__name__)

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
WHOLE_BYTES = 1_048_576  # a longer answer is sent in pieces
READING_MAX = 256  # bodies being received at once, each with up to 1 MB in memory


class Busy(Exception):
    """The line is full."""


@dataclass
class Answer:
    """What the application said: a whole `body`, or the `rest` that is still being made."""

    status: int
    headers: Headers
    body: bytes = b""
    rest: Spool | FileBody | None = None


Tell = Callable[[Scope, int], tuple[bytes, bytes]]
PLAIN = {
    413: b"That is larger than this server takes.\n",
    503: b"Too many requests are waiting. Please try again in a moment.\n",
}


def plainly(scope: Scope, status: int) -> tuple[bytes, bytes]:
    return TEXT[1], PLAIN[status]


class Adapter:
    """An ASGI application around a WSGI one.

    threads  how many requests run at once; 1 keeps streams quickest, 4 keep pages moving behind a slow one
    waiting  how many may stand in line before the next is told to come back
    body     largest request body in bytes
    tell     what a person reads of a request nobody served: (scope, status) -> (content type, body)
    """

    def __init__(
        self,
        application: WSGI,
        *,
        threads: int = 2,
        waiting: int = 64,
        body: int = 64 * 1_048_576,
        tell: Tell = plainly,
    ) -> None:
        self._application, self._threads, self._body = application, threads, body
        self._most = threads + waiting
        self._tell = tell
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self._inside = self._reading = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await self.ask(scope, receive)
        except Busy:
            return await self.refuse(scope, send, 503)
        except bodies.TooLarge:
            return await self.refuse(scope, send, 413)
        except bodies.Gone:
            return None
        if answer is not None:
            await self.deliver(answer, scope, receive, send)

    async def refuse(self, scope: Scope, send: Send, status: int) -> None:
        """413, closing, because the rest of the body is still on its way and nobody will read it; or 503, for a while."""
        kind, body = self._tell(scope, status)
        more = (b"connection", b"close") if status == 413 else (b"retry-after", b"2")
        await reply(send, status, body, [(b"content-type", kind), more])

    async def ask(self, scope: Scope, receive: Receive) -> Answer | None:
        """Read the body, wait for a thread, and have the application answer. None if the client left meanwhile.

        Raises Busy, bodies.TooLarge, bodies.Gone.
        """
        if self._inside >= self._most or self._reading >= READING_MAX:
            raise Busy
        self._reading += 1
        try:
            body = await bodies.read(scope, receive, most=self._body)
        finally:
            self._reading -= 1
        file, length = body or (None, 0)
        try:
            if self._inside >= self._most:
                raise Busy
            return await self._run(environ(scope, file, length), receive)
        finally:
            if file:
                file.close()

    async def _run(self, env: dict[str, Any], receive: Receive) -> Answer | None:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._inside += 1
        job = self._pool.submit(self._work, env, loop, answer)
        if self._inside > self._threads and not await _stays(receive, answer) and job.cancel():
            self._inside -= 1
            return None
        # Shielded by nature: a cancelled wait leaves the thread to finish and tidy up by itself.
        return await answer

    def _work(
        self, env: dict[str, Any], loop: asyncio.AbstractEventLoop, answer: asyncio.Future[Answer]
    ) -> None:
        def settle(value: Answer | None, *, leaving: bool) -> None:
            if leaving:
                self._inside -= 1
            if value is not None and not answer.done():
                answer.set_result(value)

        def tell(value: Answer | None, *, leaving: bool) -> None:
            try:
                loop.call_soon_threadsafe(lambda: settle(value, leaving=leaving))
            except RuntimeError:
                log.warning("The server stopped before %s was answered.", env["PATH_INFO"])

        try:
            tell(self._answer(env, loop, lambda early: tell(early, leaving=False)), leaving=True)
        except BaseException:
            # Whatever it was, somebody is waiting for an answer.
            log.exception("%s %s broke", env["REQUEST_METHOD"], env["PATH_INFO"])
            tell(Answer(500, [(b"content-type", b"text/plain")], b"Something went wrong.\n"), leaving=True)

    def _answer(
        self, env: dict[str, Any], loop: asyncio.AbstractEventLoop, early: Callable[[Answer], None]
    ) -> Answer | None:
        env["wsgi.file_wrapper"] = FileBody
        started: list[Any] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[..., None]:
            started[:] = [status, headers]
            return _no_write

        result = self._application(env, start_response)
        head = env["REQUEST_METHOD"] == "HEAD"
        if isinstance(result, FileBody) and result.fileno() is not None and not head:
            return _made(started, rest=result)
        try:
            if head and started and any(name.lower() == "content-length" for name, _ in started[1]):
                return _made(started)
            pieces, size, source = [], 0, iter(result)
            in_pieces = getattr(result, "streaming", False) and not head
            while not in_pieces and (piece := next(source, None)) is not None:
                pieces.append(piece)
                size += len(piece)
                in_pieces = size > WHOLE_BYTES and not head
            if not in_pieces:
                return _made(started, body=b"".join(pieces))
            first = next(source, None) if not pieces else None
            spool = Spool(loop)
            early(_made(started, rest=spool))
            self._pour(spool, [*pieces, first or b""], source)
            return None
        finally:
            if hasattr(result, "close"):
                result.close()

    def _pour(self, spool: Spool, pieces: list[bytes], source: Any) -> None:
        try:
            for piece in pieces:
                spool.write(piece)
            for piece in source:
                spool.write(piece)
        except ReaderGone:
            return
        except Exception as error:
            # The status is already on its way: all that is left is to break off visibly.
            log.exception("an answer broke off")
            spool.end(error)
        else:
            spool.end()

    async def deliver(self, answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
        """Send an answer, in pieces where it is long, and none of its body for HEAD."""
        head = scope["method"] == "HEAD"
        if answer.rest is None:
            await send({"type": "http.response.start", "status": answer.status, "headers": _sized(answer)})
            await send({"type": "http.response.body", "body": b"" if head else answer.body})
            return
        leaving = asyncio.ensure_future(_disconnect(receive))
        try:
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            async for piece in answer.rest.pieces():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                # Sending to a client who left never waits, and would keep the loop from noticing that they did.
                await asyncio.sleep(0)
                if leaving.done():
                    return
            await send({"type": "http.response.body", "body": b""})
        finally:
            leaving.cancel()
            if isinstance(answer.rest, FileBody):
                # Closing it ends the request inside Django, which must not happen on the event loop.
                self._pool.submit(answer.rest.close)
            else:
                answer.rest.close()

    def close(self) -> None:
        """Take no more; what runs is left to finish."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _no_write(data: bytes) -> None:
    raise NotImplementedError("Return the body; this server has no write().")


def _made(started: list[Any], **body: Any) -> Answer:
    if not started:
        raise RuntimeError("The application answered without a status.")
    status, headers = started
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return Answer(int(status[:3]), raw, **body)


def _sized(answer: Answer) -> Headers:
    if any(name == b"content-length" for name, _ in answer.headers) or answer.status in (204, 304):
        return answer.headers
    return [*answer.headers, (b"content-length", str(len(answer.body)).encode())]


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _stays(receive: Receive, answer: asyncio.Future[Answer]) -> bool:
    """Wait for the answer or for the client to leave, whichever is first: nobody works for one who left."""
    leaving = asyncio.ensure_future(_disconnect(receive))
    either: set[asyncio.Future[Any]] = {answer, leaving}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        return answer.done()
    finally:
        leaving.cancel()
