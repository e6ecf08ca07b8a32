"""One line to a mailbox at another server: dialled under the rules of fetch, read without leaving a trace (no \\Seen)."""

from __future__ import annotations

import logging
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

from imapclient import IMAPClient, imap4, tls
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from handrail.channels.fetching import Fetching
from handrail.channels.grants import access_token, distrust
from handrail.channels.servers import SignIn, Tls
from handrail.core.fetch.dialing import dial
from handrail.core.sealing import CannotUnseal

PORTS = frozenset({143, 993})
TIMEOUT_SECONDS = 30.0
# Whatever stands between us and the mailbox. Anything else is a fault of ours.
TROUBLES = (OSError, IMAPClientError, CannotUnseal)

# The library would write every line of the protocol, and every hanging up.
logging.getLogger("imapclient").setLevel(logging.WARNING)


class NoFolder(IMAPClientError):
    """The mailbox has no folder of that name."""


class NotGiven(IMAPClientError):
    """The server is there, and does not give this one mail."""


class _Plain(imap4.IMAP4WithTimeout):
    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        line = dial(self.host, self.port, ports=PORTS)
        line.settimeout(timeout or self._timeout)
        return line


class _Tls(tls.IMAP4_TLS):
    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        line = dial(self.host, self.port, ports=PORTS)
        line.settimeout(timeout or self._timeout)
        try:
            return tls.wrap_socket(line, self.ssl_context, self.host)
        except OSError:
            line.close()
            raise


class _Client(IMAPClient):
    def _create_IMAP4(self) -> Any:
        if self.ssl:
            return _Tls(self.host, self.port, self.ssl_context, self._timeout.connect)
        return _Plain(self.host, self.port, self._timeout.connect)


@dataclass(frozen=True)
class Folder:
    """What SELECT said: the numbering, and the number the next mail will get."""

    uid_validity: int
    uid_next: int


class Session:
    """An open, signed-in line with the folder read-only. Opening and every method raise what TROUBLES names."""

    def __init__(self, server: Fetching, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self.client = _Client(server.host, server.port, ssl=server.tls == Tls.TLS, timeout=timeout)
        try:
            if server.tls == Tls.STARTTLS:
                self.client.starttls()
            self._sign_in(server)
            self.folder = self._select(server.folder)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Hang up, also while another thread waits on the line."""
        with suppress(OSError, IMAPClientError):
            self.client.socket().shutdown(socket.SHUT_RDWR)
        with suppress(OSError, IMAPClientError):
            self.client.shutdown()

    def uids_after(self, uid: int) -> list[int]:
        """Numbers of the mails above `uid`, ascending."""
        # "n:*" names the last mail even where its number is below n (RFC 3501, 6.4.8).
        return sorted(found for found in self.client.search(["UID", f"{uid + 1}:*"]) if found > uid)

    def first_since(self, moment: datetime) -> int:
        """The lowest number of a mail the server received at or after `moment`; the next number where there is none."""
        day = (moment - timedelta(days=1)).date()
        found = sorted(self.client.search(["SINCE", day]))
        for at in range(0, len(found), 500):
            dates = self.client.fetch(found[at : at + 500], ["INTERNALDATE"])
            late = [uid for uid, said in dates.items() if _aware(said[b"INTERNALDATE"]) >= moment]
            if late:
                return min(late)
        return self.folder.uid_next

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Bytes of each of these that is still there."""
        return {uid: said[b"RFC822.SIZE"] for uid, said in self.client.fetch(uids, ["RFC822.SIZE"]).items()}

    def body(self, uid: int, *, head_only: bool = False) -> bytes | None:
        """All bytes of one mail, or of its head; None where it was deleted meanwhile. Raises NotGiven."""
        part = "BODY[HEADER]" if head_only else "BODY[]"
        try:
            said = self.client.fetch([uid], [part.replace("BODY", "BODY.PEEK")])
        except IMAPClientAbortError as broken:
            raise NotGiven(str(broken)) from broken
        except IMAPClientError as refused:
            raise NotGiven(str(refused)) from refused
        return said[uid].get(part.encode()) if uid in said else None

    def wait(self, seconds: float) -> None:
        """Until something changes in the folder, or `seconds`; for servers without IDLE it looks now (RFC 2177)."""
        if not self.client.has_capability("IDLE"):
            self.client.noop()
            return
        self.client.idle()
        said = self.client.idle_check(timeout=seconds)
        if any(line and line[0] == b"BYE" for line in said):
            raise IMAPClientAbortError("The server hung up.")
        self.client.idle_done()

    @property
    def idles(self) -> bool:
        return bool(self.client.has_capability("IDLE"))

    def _sign_in(self, server: Fetching) -> None:
        if server.sign_in == SignIn.OAUTH:
            try:
                self.client.oauth2_login(server.user, access_token(server.inbox_id))
            except LoginError:
                distrust(server.inbox_id)
                raise
            return
        secret = server.secret
        if (server.user + secret).isascii():
            self.client.login(server.user, secret)
        else:
            self.client.plain_login(server.user, secret)

    def _select(self, folder: str) -> Folder:
        try:
            said = self.client.select_folder(folder, readonly=True)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as missing:
            raise NoFolder(str(missing)) from missing
        return Folder(int(said[b"UIDVALIDITY"]), int(said.get(b"UIDNEXT") or 1))


def _aware(moment: datetime) -> datetime:
    # The library gives the server's moments in local time, without saying so.
    return moment.astimezone() if moment.tzinfo is None else moment


def probe(server: Fetching, *, timeout: float = 8) -> BaseException | None:
    """Connect, sign in, open the folder and hang up. Returns what stood in the way."""
    try:
        Session(server, timeout=timeout).close()
    except TROUBLES as trouble:
        return trouble
    return None
