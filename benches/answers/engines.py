"""The same questions on SQLite and on PostgreSQL: R@1 and MRR@10 may differ by a point at most.

    python benches/answers/engines.py FOLDER [--server postgresql://postgres@127.0.0.1:5432]

Ranks are those of the coefficients that come with the product, on the set's dev questions, cold.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

import argparse
import json
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

import psycopg

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


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--server", default="postgresql://postgres@127.0.0.1:5432")
    chosen = parser.parse_args()
    found = read(chosen.folder)
    with database(chosen.server) as config:
        report = {"sqlite": measured(found, None), "postgresql": measured(found, config)}
    gap = max(abs(report["sqlite"][name] - report["postgresql"][name]) for name in ("R@1", "MRR@10"))
    print(json.dumps({"folder": chosen.folder.name, **report, "gap": round(gap, 1)}))
    sys.exit(gap > 1.0)


if __name__ == "__main__":
    main()
