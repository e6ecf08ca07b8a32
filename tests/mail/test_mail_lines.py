"""What the mail library gets of a connection: nothing is lost or made up, however the bytes come in."""

from __future__ import annotations

import asyncio

import pytest

from handrail.web.hooks.mail_lines import CHUNK_BYTES, Lines

BODY = b"Subject: hi\r\n\r\n..two dots\r\n...three\r\n.\nno end: only LF before\r\nlone\rCR\r\n..\r\nlast\r\n"
MEANT = b"Subject: hi\r\n\r\n.two dots\r\n..three\r\n\nno end: only LF before\r\nlone\rCR\r\n.\r\nlast\r\n"


def told(pieces: list[bytes], *, limit: int = 1_000_000) -> tuple[bytes, int, bytes]:
    """(the mail as the library puts it together, how often it asked, the command after it)."""

    async def read() -> tuple[bytes, int, bytes]:
        reader = asyncio.StreamReader(limit=limit)
        lines = Lines(reader, limit=limit)
        feeding = asyncio.ensure_future(feed(reader))
        mail, asked = b"", 0
        while (some := await lines.readuntil(b"\r\n")) != b".\r\n":
            mail, asked = mail + some.removeprefix(b"."), asked + 1
        command = await lines.readuntil()
        await feeding
        return mail, asked, command

    async def feed(reader: asyncio.StreamReader) -> None:
        for piece in pieces:
            reader.feed_data(piece)
            await asyncio.sleep(0)
        reader.feed_eof()

    return asyncio.run(read())


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11, 1_000])
def test_a_mail_is_the_same_however_its_bytes_come_in(size):
    spoken = BODY + b".\r\nQUIT\r\n"

    mail, _asked, command = told([spoken[at : at + size] for at in range(0, len(spoken), size)])

    assert (mail, command) == (MEANT, b"QUIT\r\n")


def test_a_mail_without_a_line_is_empty():
    assert told([b".\r\nRSET\r\n"]) == (b"", 0, b"RSET\r\n")


@pytest.mark.parametrize("end", [b"\n.\n", b"\r\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\r"])
def test_only_a_dot_between_two_whole_line_ends_ends_a_mail(end):
    mail, _asked, _command = told([b"a" + end + b"MAIL FROM:<x@y.example>\r\n.\r\nQUIT\r\n"])

    assert b"MAIL FROM" in mail


def test_many_short_lines_are_asked_for_in_pieces_of_many():
    line = b"--x\r\n"

    mail, asked, _command = told([line * 200_000 + b".\r\nQUIT\r\n"])

    assert len(mail) == 200_000 * len(line)
    assert asked <= 200_000 * len(line) / CHUNK_BYTES + 2


def test_others_speak_between_two_pieces():
    turns = 0

    async def speak() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def bring() -> None:
        reader = asyncio.StreamReader(limit=10_000_000)
        reader.feed_data(b"--x\r\n" * 200_000 + b".\r\n")
        lines, others = Lines(reader, limit=10_000_000), asyncio.ensure_future(speak())
        while await lines.readuntil(b"\r\n") != b".\r\n":
            pass
        others.cancel()

    asyncio.run(bring())

    assert turns >= 10


def test_a_line_without_end_is_given_back_and_the_next_one_heard():
    async def read() -> bytes:
        reader = asyncio.StreamReader(limit=100)
        lines = Lines(reader, limit=100)
        reader.feed_data(b"x" * 500)
        with pytest.raises(asyncio.LimitOverrunError) as too_long:
            await lines.readuntil()
        assert await lines.read(too_long.value.consumed) == b"x" * 500
        reader.feed_data(b"\nNOOP\r\n")
        assert await lines.readuntil() == b"\n"
        return await lines.readuntil()

    assert asyncio.run(read()) == b"NOOP\r\n"


def test_a_connection_that_ends_in_the_middle_gives_no_line():
    async def read() -> None:
        reader = asyncio.StreamReader()
        reader.feed_data(b"half a line")
        reader.feed_eof()
        await Lines(reader, limit=100).readuntil(b"\r\n")

    with pytest.raises(asyncio.IncompleteReadError):
        asyncio.run(read())
