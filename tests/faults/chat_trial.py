"""One trial of the chat: customers and colleagues write while web and worker are killed; then all ledgers are compared."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tests.faults.site import Site
from tests.faults.talkers import Talk

QUIET_SECONDS_MAX = 120
TWIN_SECONDS = 3  # what it forgot never comes


@dataclass(frozen=True)
class ChatVerdict:
    """accepted: words the site said it took. lost: of those, in no message. doubled: in more than one. reordered: talks in
    which one side's words do not stand in the order they were said. unseen: words a window never showed, or twice, or
    elsewhere than they stand."""

    accepted: int
    lost: int
    doubled: int
    reordered: int
    unseen: int

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.reordered or self.unseen)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class ChatTrial:
    """`words` in all, shared among `talks`; a third of them are answers. `twin` runs the broken web process."""

    words: int
    kills: int
    talks: int = 4
    twin: bool = False
    database_url: str = ""

    def run(self, folder: Path) -> tuple[ChatVerdict, dict[str, Any]]:
        """Run it in an empty `folder`. Returns the verdict and what else was seen."""
        web = ["-m", "tests.faults.chat_twin"] if self.twin else ["-m", "handrail", "serve"]
        site = Site(
            folder, {"web": web, "worker": ["-m", "handrail", "worker"]}, database_url=self.database_url
        )
        site.make_tables()
        session = str(site.ask("tests.faults.census", "prepare_chat"))
        began = time.monotonic()
        with site.up(site.web_port):
            talks = [Talk(number, port=site.web_port, session=session) for number in range(self.talks)]
            windows = self._talk(site, talks)
            wrote = time.monotonic() - began
            left = _wait_until_shown(site, talks, TWIN_SECONDS if self.twin else QUIET_SECONDS_MAX)
            for talk, window in zip(talks, windows, strict=True):
                talk.close()
                window.join()
            held: Any = site.ask("tests.faults.census", "chats")
        seen = {
            "wrote_seconds": round(wrote, 1),
            "seconds": round(time.monotonic() - began, 1),
            "kills": site.kills,
            "left": left,
        }
        return judged(talks, {name: words for name, _number, words in held}), seen

    def _talk(self, site: Site, talks: list[Talk]) -> list[threading.Thread]:
        """Everybody writes while processes are killed; returns the windows once all was accepted."""
        names = [talk.begin() for talk in talks]
        held: Any = site.ask("tests.faults.census", "chats")
        numbers = {name: number for name, number, _words in held}
        share = self.words // self.talks
        writers, windows = [], []
        for talk, name in zip(talks, names, strict=True):
            talk.case = numbers[name]
            writers.append(threading.Thread(target=talk.write, args=(share - share // 3,)))
            writers.append(threading.Thread(target=talk.answer, args=(share // 3,)))
            windows.append(threading.Thread(target=talk.watch))
        for thread in [*writers, *windows]:
            thread.start()
        self._kill(site, talks)
        for thread in writers:
            thread.join()
        return windows

    def _kill(self, site: Site, talks: list[Talk]) -> None:
        """The web twice as often as the worker, each time another part of the words was accepted."""
        for index in range(1, self.kills + 1):
            wanted = self.words * index // (self.kills + 1)
            while sum(len(talk.said) + len(talk.answered) for talk in talks) < wanted:
                time.sleep(0.002)
            site.kill("worker" if index % 3 == 0 else "web")


def _wait_until_shown(site: Site, talks: list[Talk], patience: float) -> Any:
    """Until each window shows as many words as were accepted, or nobody waits longer. Returns what is left to do."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if all(len(talk.seen) >= len(talk.said) + len(talk.answered) for talk in talks):
            break
        time.sleep(0.1)
    return site.ask("tests.faults.census", "busy")


def judged(talks: list[Talk], held: dict[str, list[str]]) -> ChatVerdict:
    """`held` are the words of each chat as they stand in the database, by public id."""
    lost = doubled = reordered = unseen = 0
    for talk in talks:
        stands = held[talk.public_id]
        times = Counter(stands)
        accepted = [*talk.said, *talk.answered]
        lost += sum(1 for word in accepted if not times[word])
        doubled += sum(1 for count in times.values() if count > 1)
        for side in (talk.said, talk.answered):
            reordered += [word for word in stands if word[0] == side[0][0]] != side if side else 0
        unseen += sum(1 for word, shown in zip_longest(stands, talk.seen) if word != shown)
    accepted_in_all = sum(len(talk.said) + len(talk.answered) for talk in talks)
    return ChatVerdict(accepted_in_all, lost, doubled, reordered, unseen)
