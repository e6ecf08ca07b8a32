"""Fetching for as long as the process lives: a loop for each mailbox, started, stopped and started again as they change."""

from __future__ import annotations

import hashlib
import logging
import socket
import threading
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from handrail.channels import health
from handrail.channels.fetching import Fetching
from handrail.channels.health import Health
from handrail.channels.mail import troubles
from handrail.channels.mail.fetch import fetch_new
from handrail.channels.mail.imap import TROUBLES, Session

log = logging.getLogger(__name__)

LOOK_SECONDS = 3.0  # how soon a changed or new mailbox is noticed
IDLE_SECONDS = 60.0  # a server may stay silent about new mail, or be gone without a word
POLL_SECONDS = 20.0  # for servers without IDLE
RESTS = (5.0, 10.0, 20.0, 40.0, 60.0)
REFUSED_REST = 120.0  # a wrong password tried too often locks an account


def holder() -> str:
    """This group of processes: after a crash it goes on at once with what it held."""
    folder = hashlib.sha256(str(settings.DATA).encode()).hexdigest()[:12]
    return f"{socket.gethostname()[:60]}:{folder}"


class Loop:
    """One mailbox, in a thread of its own. `changed_at` is the version of its settings it runs with."""

    def __init__(self, inbox_id: int, changed_at: datetime) -> None:
        self.inbox_id, self.changed_at = inbox_id, changed_at
        self.stopping = threading.Event()
        self.session: Session | None = None
        self.thread = threading.Thread(target=self._run, name=f"fetch-{inbox_id}", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Let go, also of a server that is waited for."""
        self.stopping.set()
        if session := self.session:
            session.close()

    def _run(self) -> None:
        failures = 0
        while not self.stopping.is_set():
            rest = POLL_SECONDS
            try:
                fetching = Fetching.objects.select_related("inbox").get(pk=self.inbox_id)
                if fetching.hold(holder()):
                    rest = self._look_until_trouble(fetching, failures)
                failures = failures + 1 if rest in (*RESTS, REFUSED_REST) else 0
            except Fetching.DoesNotExist:
                return
            except (DatabaseError, InterfaceError):
                log.exception("mailbox %s was not fetched: it could not be stored", self.inbox_id)
            finally:
                connection.close()
            self.stopping.wait(rest)

    def _look_until_trouble(self, fetching: Fetching, failures: int) -> float:
        """Fetch again and again on one line. Returns how long to rest after it broke."""
        try:
            with Session(fetching) as session:
                self.session = session
                while not self.stopping.is_set() and fetching.hold(holder()):
                    fetch_new(fetching, session)
                    health.well(fetching.inbox, Health.Way.FETCH)
                    failures = 0
                    if session.idles:
                        session.wait(IDLE_SECONDS)
                    else:
                        self.stopping.wait(POLL_SECONDS)
                        session.wait(0)
                return POLL_SECONDS
        except TROUBLES as trouble:
            if self.stopping.is_set():
                return POLL_SECONDS
            return _note(fetching, trouble, failures)
        finally:
            self.session = None


def _note(fetching: Fetching, trouble: BaseException, failures: int) -> float:
    code, detail = troubles.code_of(trouble), troubles.detail_of(trouble)
    log.warning("mailbox %s was not fetched: %s %s", fetching.inbox, code, detail)
    health.failed(fetching.inbox, Health.Way.FETCH, code=code, host=fetching.host, detail=detail)
    return REFUSED_REST if code == "authentication" else RESTS[min(failures, len(RESTS) - 1)]


class Fetchers:
    """All loops of this process. `watch()` keeps them as the table says until `stop()`."""

    def __init__(self) -> None:
        self.loops: dict[int, Loop] = {}
        self.stopping = threading.Event()

    def watch(self) -> None:
        while not self.stopping.is_set():
            try:
                self.adjust()
            except (DatabaseError, InterfaceError):
                log.exception("the list of mailboxes could not be read")
                connection.close()
            self.stopping.wait(LOOK_SECONDS)
        for loop in self.loops.values():
            loop.stop()
        connection.close()

    def adjust(self) -> None:
        """Start, stop and start anew what is no longer as it was."""
        wanted = dict(Fetching.objects.due().values_list("pk", "changed_at"))
        for pk, loop in list(self.loops.items()):
            if wanted.get(pk) != loop.changed_at or not loop.thread.is_alive():
                loop.stop()
                del self.loops[pk]
        for pk, changed_at in wanted.items():
            if pk not in self.loops:
                self.loops[pk] = Loop(pk, changed_at)
                self.loops[pk].start()

    def start(self) -> None:
        threading.Thread(target=self.watch, name="fetchers", daemon=True).start()

    def stop(self) -> None:
        self.stopping.set()
