"""Our own cases without a server: the WSGI application called by hand, the verb behind the form, and the bare limit.

Usage: python -m benches.load.inside FACTS        (what fill.py printed; see asked.py for the questions)
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from itertools import count, cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benches.load import asks
from benches.load.asked import Case, answer_questions, wsgi_call
from handrail.config.wsgi import application

from django.conf import settings  # isort: skip
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer, staff_viewer
from handrail.channels.models import Inbox
from handrail.conversations.conversation import Conversation
from handrail.conversations.queries import PAGE_ROWS, Page, page
from handrail.conversations.search import find
from handrail.conversations.viewing import page_of, urgent_first
from handrail.intake.form import Enquiry, send
from handrail.web.portal import sheets

# What grows with the conversations; how many views colleagues saved does not.
CALLED = re.compile(r'"conversations_(?!savedview)\w+" (U\d|V\d|T\d)\b')
OF_CONVERSATIONS = re.compile(r"FROM \"?conversations_(?!savedview)")


def main(facts: dict[str, Any]) -> None:
    cookie = f"{settings.SESSION_COOKIE_NAME}={facts['session']}"
    answer_questions(
        {
            "article": partial(wsgi_call, application, facts["article"], expect=200),
            "anew": gathered_anew(facts["article"]),
            "list": partial(wsgi_call, application, asks.LIST, expect=200, cookie=cookie),
            "rows": light_rows(),
            "urgent": in_order(lambda viewer: urgent_first("unassigned", viewer=viewer)),
            "grouped": in_order(lambda viewer: page_of("", viewer=viewer, group="team")),
            "search": searches(cookie),
            "found": say_and_find(),
            "form": submit_forms(),
            "create": open_conversations(),
            "raw": raw_commits(Path(settings.DATA)),
        },
        {"plan": lambda: plans(cookie)},
    )


def gathered_anew(path: str) -> Case:
    """The article for the first reader after something changed: no sheet is kept."""

    def read() -> int:
        sheets.forget()
        return wsgi_call(application, path, expect=200)

    return read


def light_rows() -> Case:
    """The part of the list page that grows with the table, if anything does: its queries, without a page around them."""
    viewer = staff_viewer(User.objects.get(email="agent0@bench.test"))

    def read() -> int:
        assert len(page("all", viewer=viewer).rows) == PAGE_ROWS
        return 0

    return read


def in_order(page_for: Callable[[Viewer], Page]) -> Case:
    """A page in an order of its own, read by the agent of `light_rows`."""
    viewer = staff_viewer(User.objects.get(email="agent0@bench.test"))

    def read() -> int:
        assert len(page_for(viewer).rows) == PAGE_ROWS
        return 0

    return read


def searches(cookie: str) -> Case:
    """The desk's page of results, one search after another."""
    asked = cycle(asks.SEARCHES)

    def search() -> int:
        query = urlencode({"query": next(asked)})
        return wsgi_call(application, asks.SEARCH, query=query, expect=200, cookie=cookie)

    return search


def say_and_find() -> Case:
    """A customer's message with a word nobody used before, and the search that finds it: all that lies between the two."""
    numbers, viewer = count(1), staff_viewer(User.objects.get(email="agent0@bench.test"))
    conversation = Conversation.objects.unsolved().newest_first().first()
    assert conversation is not None

    def say() -> int:
        word = f"zebra{next(numbers)}"
        conversation.receive(f"A {word} came", by=conversation.requester)
        assert [row.number for row in find(word, viewer=viewer).rows] == [conversation.pk]
        return 0

    return say


def submit_forms() -> Case:
    """The contact form as a stranger's browser posts it."""
    numbers = count(1_000_000)

    def submit() -> int:
        number = next(numbers)
        return wsgi_call(
            application,
            asks.SUBMIT,
            expect=302,
            cookie=asks.COOKIE,
            form=asks.form(number),
            address=asks.address(number),
        )

    return submit


def open_conversations() -> Case:
    """What the form's view calls: person, conversation, message, their events and the jobs that follow from them."""
    numbers, viewer = count(2_000_000), Viewer(locale="ko")
    inbox = Inbox.objects.select_related("brand", "team").get(kind="mail")

    def create() -> int:
        number = next(numbers)
        enquiry = Enquiry(
            subject=asks.SUBJECT,
            text=asks.TEXT,
            client_id=f"bench-send-{number}",
            address=f"visitor-{number}@customers.test",
        )
        send(enquiry, viewer, inbox=inbox)
        return 0

    return create


def raw_commits(folder: Path) -> Case:
    """Three rows in one commit with nothing but the database: a conversation, an event, a job."""
    database = sqlite3.connect(folder / "raw.sqlite3", isolation_level=None)
    database.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
    for table in ("conversation", "event", "job"):
        database.execute(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY, name TEXT, body TEXT)")

    def commit() -> int:
        database.execute("BEGIN IMMEDIATE")
        for table in ("conversation", "event", "job"):
            database.execute(f"INSERT INTO {table} (name, body) VALUES (?, ?)", (asks.SUBJECT, asks.TEXT))
        database.execute("COMMIT")
        return 0

    return commit


def plans(cookie: str) -> list[dict[str, Any]]:
    """How the database walks each query of the list page, and whether it sorts or reads all conversations."""
    with CaptureQueriesContext(connection) as captured:
        wsgi_call(application, asks.LIST, expect=200, cookie=cookie)
    # An index of a few rows only, such as those that wait, may be read from end to end; not that of all that lists show.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %' AND sql NOT LIKE '%side_of_id\" IS NULL%'"
        )
        partial_indexes = {row[0] for row in cursor.fetchall()}
    found = []
    for query in captured.captured_queries:
        if not query["sql"].startswith("SELECT") or not OF_CONVERSATIONS.search(query["sql"]):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            steps = [row[3] for row in cursor.fetchall()]
        names = set(CALLED.findall(query["sql"]))
        walks = [step for step in steps if is_walk(step, names) and step.split()[-1] not in partial_indexes]
        found.append({"query": query["sql"].split(" FROM ")[1][:80], "steps": steps, "grows": walks})
    return found


def is_walk(step: str, names: set[str]) -> bool:
    """Whether it reads or sorts a whole table; `names` are what the sentence calls conversations in its inner parts."""
    words = step.split()
    return (
        words[0] == "SCAN" and (words[1].startswith("conversations_") or words[1] in names)
    ) or "TEMP B-TREE" in step


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
