"""A measuring process that is asked for one case after another, so that a run can interleave many of them.

A line "case runs" comes in; a JSON line goes out. Standard library only: the peer's environment runs it too.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any
from urllib.parse import unquote_to_bytes

Case = Callable[[], int]


def answer_questions(cases: dict[str, Case], facts: dict[str, Callable[[], Any]] | None = None) -> None:
    """Answer until standard input ends.

    cases  name -> one run, giving its bytes (0 where there are none); raises for a bad answer
    facts  name -> something to know, given as JSON; asked for by its name alone
    """
    say({"ready": sorted(cases)})
    for line in sys.stdin:
        name, *runs = line.split()
        say((facts or {})[name]() if not runs else measure(cases[name], int(runs[0])))


def measure(case: Case, runs: int) -> dict[str, float]:
    """CPU of this thread per run in milliseconds: the smallest is what the work costs, the rest is the machine's noise."""
    spent, size = [], 0
    for _ in range(runs):
        start = time.thread_time()
        size = case()
        spent.append((time.thread_time() - start) * 1000)
    p95 = sorted(spent)[max(0, -(-95 * len(spent) // 100) - 1)]
    return {"cpu_ms": min(spent), "median_ms": median(spent), "p95_ms": p95, "runs": runs, "bytes": size}


def wsgi_call(
    application: Any,
    path: str,
    *,
    query: str = "",
    expect: int,
    cookie: str = "",
    form: bytes = b"",
    address: str = "127.0.0.1",
) -> int:
    """One request into a WSGI application without a server; gives the bytes of the answer."""
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST" if form else "GET",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": address,
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if form else "",
        "CONTENT_LENGTH": str(len(form)) if form else "",
        "wsgi.input": io.BytesIO(form),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    answer = application(environ, lambda status, headers, exc_info=None: said.append(status))
    body = b"".join(answer)
    answer.close()
    if not said[0].startswith(str(expect)):
        raise RuntimeError(f"{path}: {said[0]}, expected {expect}; a fast error is no result")
    return len(body)


def say(thing: object) -> None:
    print(json.dumps(thing), flush=True)
