"""How long a question takes at 1,000, 10,000 and 100,000 articles, beside plain SQLite full text on the same texts.

    python benches/answers/latency.py [--articles 1000 10000] [--questions 300] [--keep FOLDER] [--server ADDRESS]
                                      [--no-write] [--profile]

Knowledge is made up (knowledge.py): Korean and English, aliases, headings, bodies. Timed is the whole of
`answers.answer` for a stranger: models asked over their socket, ranker, permission checks, the quotation and the kept
question; warm. "Plain" is SQLite's own tokeniser over title and body, ten best by bm25, asked in turn with ours, so the
ratio holds whoever else is busy on the machine. --keep keeps the made databases for the next run; --server names a
PostgreSQL (postgresql://user@host:port) and times that instead of SQLite. Writes results_latency.json.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

import numpy as np
from django.conf import settings

from benches.answers.engines import database
from benches.answers.knowledge import Author, fill
from benches.load.report import machine
from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.entries import Entry
from handrail.answers.evaluation.site import temporary_site
from handrail.answers.model_client import ModelClient, using
from handrail.answers.suggest import suggest
from handrail.config.databases import sqlite
from handrail.knowledge.models import Revision

RESULTS = Path(__file__).with_name("results_latency.json")
GOALS = {1_000: 15, 10_000: 20, 100_000: 60}  # milliseconds at the 95th of a hundred, on a quiet machine
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def model_process(folder):
    """The process the product runs; gives a client of it."""
    env = {**os.environ, "HANDRAIL_DATA": str(folder)}
    command = [sys.executable, "-m", "handrail", "models"]
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            process.stdout.readline()
            yield ModelClient(folder / "run" / "models.sock")
        finally:
            process.terminate()


@contextmanager
def site(count, client, keep, server):
    """A temporary site with `count` articles; an SQLite one that was kept is taken as it is."""
    if server:
        with database(server) as config, temporary_site(config):
            fill(count, client)
            yield
        return
    path = (keep or Path(tempfile.mkdtemp(prefix="handrail-bench-"))) / str(count) / "handrail.sqlite3"
    is_made = path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with temporary_site(sqlite(path, durable=False)):
        if not is_made:
            fill(count, client)
        yield


def plain():
    """SQLite full text as it comes, over the published texts."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE texts USING fts5(title, body)")
    rows = Revision.objects.values_list("title", "text").iterator(chunk_size=5_000)
    index.executemany("INSERT INTO texts VALUES (?, ?)", rows)

    def ask(question):
        words = " OR ".join(f'"{word}"' for word in question.replace('"', " ").split())
        sql = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT 10"
        return index.execute(sql, [words]).fetchall()

    return ask


def timed(works, asked):
    """name -> percentiles of wall and CPU milliseconds; the works take turns at each question."""
    taken = {name: ([], []) for name in works}
    for question, locale in asked:
        for name, work in works.items():
            began, worked = time.perf_counter(), time.thread_time()
            work(question, locale)
            taken[name][0].append((time.perf_counter() - began) * 1000)
            taken[name][1].append((time.thread_time() - worked) * 1000)
    return {
        name: {
            f"{kind}_p{at}": round(float(np.percentile(of, at)), 2)
            for kind, of in (("ms", wall), ("cpu_ms", cpu))
            for at in (50, 95)
        }
        for name, (wall, cpu) in taken.items()
    }


def profiled(work, asked):
    import cProfile
    import pstats

    with cProfile.Profile() as profile:
        for question, locale in asked:
            work(question, locale)
    pstats.Stats(profile).sort_stats("cumtime").print_stats(60)
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)


def measure(count, questions, client, keep, server, profile):
    asked = Author(seed=11).questions(questions + 30)
    with using(client), site(count, client, keep, server):
        plain_ask = plain()
        works = {
            "answer": lambda question, locale: answer(question, STRANGER, locale=locale),
            "suggest": lambda question, locale: suggest(
                question[: 1 + len(question) % 6], STRANGER, locale=locale
            ),
            "plain": lambda question, _locale: plain_ask(question),
        }
        timed(works, asked[:30])
        if profile:
            profiled(works["answer"], asked[30:130])
        rows = Entry.objects.count()
        found = timed(works, asked[30:])
    ratio = round(found["answer"]["cpu_ms_p50"] / max(found["plain"]["cpu_ms_p50"], 0.01), 1)
    health = client.health() or {}
    return {
        "articles": count,
        "rows": rows,
        "database": "postgresql" if server else "sqlite",
        "goal_ms_p95": GOALS.get(count),
        **found,
        "answer_cpu_times_plain": ratio,
        "models": {key: health.get(key) for key in ("ms_p50", "ms_p95", "megabytes")},
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load": round(os.getloadavg()[0], 1),
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--server", default="")
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--profile", action="store_true")
    chosen = parser.parse_args()
    rows = json.loads(RESULTS.read_text())["sizes"] if RESULTS.exists() else []
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder:
        settings.DATA = Path(folder)
        with model_process(Path(folder)) as client:
            for count in chosen.articles:
                row = measure(count, chosen.questions, client, chosen.keep, chosen.server, chosen.profile)
                print(json.dumps(row), flush=True)
                same = (row["articles"], row["database"])
                rows = [old for old in rows if (old["articles"], old["database"]) != same] + [row]
    if not chosen.no_write:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        rows.sort(key=lambda row: (row["database"] != "sqlite", row["articles"]))
        RESULTS.write_text(json.dumps({"at": at, "machine": machine(), "sizes": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
