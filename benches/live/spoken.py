"""From a visitor's press of the key to the words in a colleague's window: a POST through the edge, the commit, the stream's
word that there is something, and the page fetched with the words in it. 200 chats at once beside windows that wait.

usage: python -m benches.live.spoken [--chats N] [--windows N] [--rate N] [--seconds N] [--no-write]
No peer: Django Channels brings no chat that keeps what is said.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benches.live.opening import opened
from benches.load.report import put_into_readme
from tests.faults.site import Site
from tests.faults.talkers import Browser, Talk

RESULTS = Path(__file__).with_name("spoken.json")
WINDOWS_OF_ONE = 25  # conversations that one colleague has open; the edge holds 32 streams of one person
PATIENCE_SECONDS = 60
WARM_SECONDS = 5


class Spoken(Talk):
    """One chat. `seen` says when each word stood in the colleague's page, by this machine's clock."""

    def open_desk(self, session: str, case: int) -> None:
        self.case = case
        self.shown: dict[str, float] = {}
        self.desk = Browser(self.port, {"session": session})
        self._listens = threading.Event()
        self._left = threading.Event()
        self._wanted: list[str] = []
        threading.Thread(target=self._look_on, daemon=True).start()
        if not self._listens.wait(PATIENCE_SECONDS):
            raise RuntimeError(f"the window of chat {self.number} did not open")

    def speak(self, index: int) -> tuple[str, float, float]:
        """The word, when its POST began, and when it was answered."""
        begun, word = time.monotonic(), f"c{self.number}-{index}"
        self._wanted.append(word)
        self._say("c", index, c=self.public_id)
        return word, begun, time.monotonic()

    def leave(self) -> None:
        self._left.set()

    def _look_on(self) -> None:
        """The colleague's window: the page is fetched whenever its stream says that there is something."""
        path = f"/desk/conversations/{self.case}"
        while not self._left.is_set():
            with suppress(OSError, http.client.HTTPException):
                token = self.desk.get(f"{path}/presence")["token"]
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
                line.request("GET", f"/live?token={token}")
                stream = line.getresponse()
                if stream.status != 200:
                    raise OSError(f"{stream.status} for a stream")
                self._hear(stream, path)

    def _hear(self, stream: http.client.HTTPResponse, path: str) -> None:
        self._listens.set()
        while not self._left.is_set() and (read := stream.readline()):
            if not read.startswith(b"data:") or not (missing := self._missing()):
                continue
            page = self.desk.get(path)
            now = time.monotonic()
            self.shown |= {word: now for word in missing if f">{word}<".encode() in page}

    def _missing(self) -> list[str]:
        return [word for word in self._wanted if word not in self.shown]


@contextmanager
def crowd(site: Site, windows: int) -> Iterator[None]:
    """So many windows that wait, in a process of their own."""
    paths: Any = site.ask("benches.live.ours", "paths", str(windows), "0")
    client = opened(site.web_port, paths)
    assert client.stdin
    yield
    client.stdin.close()
    client.wait(30)


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="handrail-spoken-") as folder:
        commands = {"web": ["-m", "handrail", "serve"], "worker": ["-m", "handrail", "worker"]}
        site = Site(Path(folder), commands)
        site.make_tables()
        sessions: Any = site.ask("benches.live.spoken", "prepare", str(-(-asked.chats // WINDOWS_OF_ONE)))
        with site.up(site.web_port):
            talks = [Spoken(at, port=site.web_port, session="") for at in range(asked.chats)]
            names = [talk.begin() for talk in talks]
            held: Any = site.ask("tests.faults.census", "chats")
            numbers = {name: number for name, number, _words in held}
            for at, (talk, name) in enumerate(zip(talks, names, strict=True)):
                talk.open_desk(sessions[at // WINDOWS_OF_ONE], numbers[name])
            with crowd(site, asked.windows):
                _spoken(
                    talks, asked.rate, WARM_SECONDS, first=1
                )  # what the first words of a process cost is not meant
                _wait(talks)
                said = _spoken(talks, asked.rate, asked.seconds, first=1_000)
                _wait(talks)
            for talk in talks:
                talk.leave()
    return told(talks, said, asked)


def _spoken(
    talks: list[Spoken], rate: float, seconds: float, *, first: int
) -> list[tuple[Spoken, str, float, float]]:
    """Everybody speaks in turn, each in a thread of their own, `rate` words a second in all."""
    said: list[tuple[Spoken, str, float, float]] = []

    def one(talk: Spoken, index: int) -> None:
        said.append((talk, *talk.speak(index)))

    begun, threads = time.monotonic(), []
    for at in range(int(rate * seconds)):
        time.sleep(max(0.0, begun + at / rate - time.monotonic()))
        round_, whose = divmod(at, len(talks))
        threads.append(threading.Thread(target=one, args=(talks[whose], first + round_)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return said


def _wait(talks: list[Spoken]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and any(talk._missing() for talk in talks):
        time.sleep(0.1)


def told(talks: list[Spoken], said: list[Any], asked: argparse.Namespace) -> dict[str, Any]:
    took = sorted(
        1000 * (talk.shown[word] - begun) for talk, word, begun, _done in said if word in talk.shown
    )
    posts = sorted(1000 * (done - begun) for _talk, _word, begun, done in said)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load_after": round(os.getloadavg()[0], 2),
        "asked": {key: value for key, value in vars(asked).items() if key != "no_write"},
        "said": len(said),
        "unseen": len(said) - len(took),
        "post_ms": _percentiles(posts),
        "seen_ms": _percentiles(took),
    }


def _percentiles(sorted_ms: list[float]) -> dict[str, float]:
    if not sorted_ms:
        return {}
    return {f"p{at}": round(sorted_ms[len(sorted_ms) * at // 100], 1) for at in (50, 95)}


def prepare(colleagues: int) -> None:
    """Inside the site: a brand with a chat inbox and so many colleagues. Prints the keys of their sessions."""
    from handrail.accounts.models import Role, Team, User
    from handrail.core.actors import SYSTEM
    from tests.faults.census import _signed_in, prepare_chat

    first = str(prepare_chat())
    team = Team.objects.get()
    more = [
        User.objects.create_user(f"b{at}@handrail.test", None, name=f"Agent {at}", role=Role.AGENT)
        for at in range(colleagues - 1)
    ]
    for user in more:
        team.add(user, by=SYSTEM)
    print(json.dumps([first, *(_signed_in(user) for user in more)]))


def readme(result: dict[str, Any]) -> str:
    asked, seen, post = result["asked"], result["seen_ms"], result["post_ms"]
    return (
        f"{result['at'][:10]}, {result['cores']} cores, load {result['load_after']} after (the senders and windows are on them too): {asked['chats']:,} chats, "
        f"{asked['windows']:,} windows that wait, {asked['rate']:g} words a second for {asked['seconds']:g} s. Of {result['said']:,} words {result['unseen']} were not seen.\n\n"
        "| ms | p50 | p95 |\n|---|---|---|\n"
        f"| POST until it is answered | {post['p50']:,} | {post['p95']:,} |\n"
        f"| POST until the colleague's page stood there with the words | {seen['p50']:,} | {seen['p95']:,} |"
    )


def main() -> None:
    words = argparse.ArgumentParser(description="From a visitor's POST to the words in a colleague's window.")
    for name, count in (("chats", 200), ("windows", 5_000), ("rate", 10), ("seconds", 20)):
        words.add_argument(f"--{name}", type=int, default=count)
    words.add_argument("--no-write", action="store_true")
    asked = words.parse_args()
    result = measure(asked)
    print(json.dumps(result, indent=2))
    if not asked.no_write:
        RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        put_into_readme("spoken", readme(result))


if __name__ == "__main__":
    if sys.argv[1:2] == ["prepare"]:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
        django.setup()
        prepare(int(sys.argv[2]))
    else:
        main()
