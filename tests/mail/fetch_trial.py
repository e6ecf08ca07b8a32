"""Run on a site of its own with tables and nothing in them: a mailbox is fetched by children that kill themselves, by ours and by a broken twin.

usage: python -m tests.mail.fetch_trial PORT BOX   prints {"ours": ids, "twin": ids, "kills": n}, the ids of kept mails
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import django


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def nth(number: int, original: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
    """`original`, but its `number`-th call is the last thing that happens, or the thing that does not."""
    calls = count(1)

    def called(*words: Any, **more: Any) -> Any:
        last = next(calls) == number
        if last and before:
            die()
        result = original(*words, **more)
        if last:
            die()
        return result

    return called


def in_a_child(prepare: Callable[[], None]) -> bool:
    """Fetch in a child that `prepare` has armed. Returns whether it was killed."""
    from django.db import connections

    connections.close_all()
    if pid := os.fork():
        return os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    try:
        prepare()
        look()
        os._exit(0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def look() -> None:
    from handrail.channels.fetching import Fetching
    from handrail.channels.mail.fetch import fetch_new
    from handrail.channels.mail.imap import Session

    row = Fetching.objects.select_related("inbox").get()
    with Session(row) as session:
        fetch_new(row, session)


def cursor_first() -> None:
    """The twin: where we are is put down before the mail is kept, each by itself."""
    from handrail.channels.inbound import InboundRaw
    from handrail.channels.mail import fetch, keep

    def kept(fetching, uid, body, reason, found):
        fetching.moved_to(uid)
        keep.keep(fetching.inbox, body, fetch.envelope_of(body), came_by=InboundRaw.IMAP)

    fetch._keep = kept


def armed(place: str, number: int) -> None:
    from handrail.channels.fetching import Fetching
    from handrail.channels.mail import keep
    from handrail.channels.mail.imap import Session

    if place == "kept, cursor not moved":
        Fetching.moved_to = nth(number, Fetching.moved_to, before=True)  # type: ignore[method-assign]
    elif place == "cursor moved, not kept":
        Fetching.moved_to = nth(number, Fetching.moved_to, before=False)  # type: ignore[method-assign]
    elif place == "about to keep":
        keep.keep = nth(number, keep.keep, before=True)
    else:
        Session.body = nth(number, Session.body, before=False)  # type: ignore[method-assign]


PLACES = ("kept, cursor not moved", "cursor moved, not kept", "about to keep", "in the middle of a batch")


def trial(twin: bool) -> tuple[list[str], int]:
    """What is kept after one kill at each place, and a last look that nobody disturbs."""
    from handrail.channels.models import Fetching, InboundRaw

    InboundRaw.objects.all().delete()
    Fetching.objects.update(uid_validity=None, uid=0)
    kills = 0
    for number, place in enumerate(PLACES * 2, 1):

        def prepare(place: str = place, number: int = number % 3 + 1) -> None:
            if twin:
                cursor_first()
            armed(place, number)

        kills += in_a_child(prepare)
    in_a_child(cursor_first if twin else lambda: None)
    ids = InboundRaw.objects.order_by("pk").values_list("external_id", flat=True)
    return [each.partition("#")[0] for each in ids], kills


def main(port: int, box: str) -> dict[str, object]:
    from handrail.channels.models import Fetching, Inbox
    from handrail.core.actors import SYSTEM
    from handrail.workspace.models import Brand

    brand = Brand.objects.create(slug="trial", name_ko="시험", name_en="Trial")
    inbox = Inbox.objects.create(kind="mail", brand=brand, address="help@handrail.test", name="help")
    server = {
        "host": "127.0.0.1",
        "port": port,
        "tls": "none",
        "user": box,
        "sign_in": "password",
        "secret": "pw",
    }
    Fetching.drafted(inbox, **server, takes_old=True).keep(by=SYSTEM)  # type: ignore[arg-type]
    ours, kills = trial(twin=False)
    twin, _ = trial(twin=True)
    return {"ours": ours, "twin": twin, "kills": kills}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), sys.argv[2])) + "\n")
