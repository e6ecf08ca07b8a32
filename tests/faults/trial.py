"""One trial: mails come in while processes are killed; when all is quiet, the ledgers are compared."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults.checker import Verdict, check
from tests.faults.cluster import Cluster
from tests.faults.site import Site
from tests.faults.source import HELP, SALES, letters, send_all

QUIET_SECONDS_MAX = 900
PREPARED = {"": "prepare", "open": "prepare_two", "apart": "prepare_two_apart"}


@dataclass(frozen=True)
class Trial:
    """`kills` end a process, `crashes` the database: with any, a PostgreSQL cluster of its own. `twin` runs the broken
    receiver instead of ours. `teams`: "" for one mailbox; for two, each of a team of its own, "open" where the teams see
    each other's and "apart" where one is private."""

    mails: int
    kills: int
    seed: int = 7
    twin: bool = False
    crashes: int = 0
    teams: str = ""

    def run(self, folder: Path) -> tuple[Verdict, dict[str, Any]]:
        """Run it in an empty `folder`. Returns the verdict and what else was seen (seconds, kills, what was left)."""
        if not self.crashes:
            return self._at(Site(folder, self._commands()), folder, None)
        cluster = Cluster()
        try:
            return self._at(Site(folder, self._commands(), database_url=cluster.url), folder, cluster)
        finally:
            cluster.close()

    def _at(self, site: Site, folder: Path, cluster: Cluster | None) -> tuple[Verdict, dict[str, Any]]:
        if self.twin:
            site.commands["listener"][-1] = str(site.mail_port)
        site.make_tables()
        site.ask("tests.faults.census", PREPARED[self.teams])
        with site.sink():
            return self._with(site, folder, cluster)

    def _with(self, site: Site, folder: Path, cluster: Cluster | None) -> tuple[Verdict, dict[str, Any]]:
        began = time.monotonic()
        with site.up():
            mails = letters(self.mails, seed=self.seed, mailboxes=(HELP, SALES) if self.teams else (HELP,))
            # However quick the machine, mails come in for as long as something is killed.
            pace = sum(self._pause()) / 2 * (self.kills + self.crashes) / len(mails)
            source = threading.Thread(
                target=send_all,
                args=(mails,),
                kwargs={"port": site.mail_port, "ledger": folder / "source.ledger", "pause": pace},
            )
            source.start()
            dice = random.Random(self.seed)
            names = [dice.choice(list(site.commands)) for _ in range(self.kills)]
            acts: list[Callable[[], None]] = [partial(site.kill, name) for name in names]
            acts += [cluster.crash] * self.crashes if cluster else []
            site.kill_at_random(acts, seed=self.seed, pause=self._pause())
            source.join()
            sent = time.monotonic() - began
            left = self._wait_until_quiet(site)
            held, ended = site.ask("tests.faults.census", "count"), site.ended()
        seen = {
            "sent_seconds": round(sent, 1),
            "seconds": round(time.monotonic() - began, 1),
            "kills": site.kills,
            "crashes": self.crashes,
            "ended": ended,
            "left": left,
        }
        ledgers = folder / "source.ledger", folder / "sink.ledger"
        return check(*ledgers, held, is_apart=self.teams == "apart"), seen

    def _commands(self) -> dict[str, list[str]]:
        listener = ["-m", "tests.faults.twin", "PORT"] if self.twin else ["-m", "handrail", "listen"]
        return {
            "listener": listener,
            "worker": ["-m", "handrail", "worker"],
            "web": ["-m", "handrail", "serve"],
        }

    def _pause(self) -> tuple[float, float]:
        return (0.6, 2.4)

    def _wait_until_quiet(self, site: Site) -> Any:
        until = time.monotonic() + QUIET_SECONDS_MAX
        while time.monotonic() < until:
            left = site.ask("tests.faults.census", "busy")
            if not any(left[name] for name in ("jobs", "facts", "deliveries", "raws")):  # type: ignore[index]
                return left
            time.sleep(0.5)
        return left
