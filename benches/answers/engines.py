"""The same questions on SQLite and on PostgreSQL: R@1 and MRR@10 may differ by a point at most.

    python benches/answers/engines.py FOLDER... [--server postgresql://postgres@127.0.0.1:5432] [--most N]
                                         [--no-write]

Ranks are those of the coefficients that come with the product, on the set's dev questions, cold. Each set keeps its row
of results_engines.json with its own date. Exits 1 where the two differ by more than a point; says so and measures nothing
where no server answers.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

import argparse
import json
import os
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

import psycopg

from benches.load.report import machine
from handrail.answers.coefficients import shipped
from handrail.answers.evaluation import metrics
from handrail.answers.evaluation.measure import ask
from handrail.answers.evaluation.questions import read
from handrail.answers.evaluation.site import publish, temporary_site
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere
from handrail.config.databases import sqlite
from handrail.config.env import env

NAME = f"measure_{os.getpid()}"
RESULTS = Path(__file__).with_name("results_engines.json")
MAY_DIFFER = 1.0  # points


@contextmanager
def database(server):
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {NAME}")
        try:
            blank = sqlite(":memory:", durable=False) | {"OPTIONS": {}}
            yield blank | dict(env.db_url_config(f"{server}/{NAME}"))
        finally:
            admin.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def measured(found, config):
    with using(ModelsHere()), temporary_site(config):
        articles = publish(found.items)
        began = time.perf_counter()
        examples = ask(found.dev, articles)
        took = (time.perf_counter() - began) * 1000 / len(examples)
    return metrics.ranking(metrics.ranks(shipped(), examples)) | {"ms_mean": round(took, 1)}


def both(folder, server, most):
    """The row of one set: both databases, and the greater of the two differences."""
    found = read(folder)
    found = replace(found, dev=found.dev[:most]) if most else found
    with database(server) as config:
        report = {"sqlite": measured(found, None), "postgresql": measured(found, config)}
    gap = max(abs(report["sqlite"][name] - report["postgresql"][name]) for name in ("R@1", "MRR@10"))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"at": at, "questions": len(found.dev), **report, "gap": round(gap, 1)}


def answers(server):
    """Whether a PostgreSQL is there."""
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def keep(rows):
    """Write the rows of these sets beside those of others measured before."""
    before = json.loads(RESULTS.read_text(encoding="utf-8"))["sets"] if RESULTS.exists() else {}
    result = {"machine": machine(), "may differ": MAY_DIFFER, "sets": before | rows}
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--server", default="postgresql://postgres@127.0.0.1:5432")
    parser.add_argument("--most", type=int, default=0, help="only the first of the questions; 0 for all")
    parser.add_argument("--no-write", action="store_true", help="print only")
    chosen = parser.parse_args()
    if not answers(chosen.server):
        sys.exit(f"not run: no PostgreSQL answers at {chosen.server}")
    rows = {}
    for folder in chosen.folders:
        rows[folder.name] = both(folder, chosen.server, chosen.most)
        print(json.dumps({"folder": folder.name, **rows[folder.name]}), flush=True)
    if not chosen.no_write:
        keep(rows)
    sys.exit(any(row["gap"] > MAY_DIFFER for row in rows.values()))


if __name__ == "__main__":
    main()
