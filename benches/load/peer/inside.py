"""The peer measured without a server: its WSGI application called by hand.

Usage: python -m benches.load.peer.inside FACTS        (what fill.py printed; see asked.py for the questions)
"""

from __future__ import annotations

import json
import sys
from itertools import count, cycle

from benches.load.asked import answer_questions, wsgi_call
from benches.load.peer import asks
from benches.load.peer.wsgi import application


def main(facts: dict) -> None:
    session, numbers = f"sessionid={facts['session']}", count(1_000_000)
    searches = cycle(asks.SEARCHES)

    def create() -> int:
        form = asks.form(next(numbers), queue=facts["queue"])
        return wsgi_call(application, asks.SUBMIT, expect=302, cookie=f"csrftoken={asks.TOKEN}", form=form)

    answer_questions(
        {
            "article": lambda: wsgi_call(application, asks.ARTICLE, expect=200),
            "list": lambda: wsgi_call(
                application, asks.LIST, query=asks.LIST_QUERY, expect=200, cookie=session
            ),
            "search": lambda: wsgi_call(
                application, next(searches), query=asks.LIST_QUERY, expect=200, cookie=session
            ),
            "shell": lambda: wsgi_call(application, asks.SHELL, expect=200, cookie=session),
            "create": create,
        }
    )


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
