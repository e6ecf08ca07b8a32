"""How long learning anew takes, by how many labelled questions there are, beside the models' bare reading of the same questions.

    python benches/answers/learning.py [--labels 400 1000 all] [--no-write]

The demo company is built into a database that is thrown away, with its labelled questions and without learning; then for
each size the others are taken out, a refit is made and timed, and all is put back. What the models alone take for the same
questions, in the same process, is the limit: an engine that did nothing beside reading would take that. Writes
results_learning.json.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

import argparse
import json
import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

from django.db import transaction

from benches.load.report import machine
from demo import building
from handrail.answers import jobs
from handrail.answers.evaluation.site import temporary_site
from handrail.answers.labels import Label
from handrail.answers.model_client import current, using
from handrail.answers.model_here import ModelsHere
from handrail.answers.refit import refit
from handrail.core.actors import SYSTEM

RESULTS = Path(__file__).with_name("results_learning.json")


def both(work):
    """(seconds by the clock, seconds of the processor, what it gave)."""
    clock, cpu = time.perf_counter(), time.process_time()
    given = work()
    return round(time.perf_counter() - clock, 1), round(time.process_time() - cpu, 1), given


def measured(wanted):
    """One row for a size: the labels of `wanted` questions, drawn by lot, and no others."""
    keys = sorted(set(Label.objects.values_list("locale", "text_hash")))
    size = len(keys) if wanted == "all" else min(int(wanted), len(keys))
    kept = {hashed for _locale, hashed in random.Random(7).sample(keys, size)}
    with transaction.atomic():
        Label.objects.exclude(text_hash__in=kept).delete()
        texts = list(dict.fromkeys(Label.objects.order_by("pk").values_list("text", flat=True)))
        seconds, cpu, fitting = both(lambda: refit(by=SYSTEM))
        bare_seconds, bare_cpu, _read = both(
            lambda: [current().read([each], [each], as_asked=True) for each in texts]
        )
        transaction.set_rollback(True)
    return {
        "questions": size,
        "learned_from": fitting.learned_from,
        "measured_with": fitting.measured_with,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "cpu_ms_a_question": round(1000 * cpu / size, 1),
        "models_alone": {"seconds": bare_seconds, "cpu_seconds": bare_cpu},
        "times_models_alone": round(cpu / max(bare_cpu, 0.1), 1),
        "load": round(os.getloadavg()[0], 1),
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labels", nargs="+", default=["400", "1000", "all"])
    parser.add_argument("--no-write", action="store_true")
    chosen = parser.parse_args()
    rows = []
    with temporary_site(), using(ModelsHere()):
        building.rebuild(learns=False)
        jobs.encode_wanting()
        for wanted in chosen.labels:
            rows.append(measured(wanted))
            print(json.dumps(rows[-1]), flush=True)
    if not chosen.no_write:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        RESULTS.write_text(json.dumps({"at": at, "machine": machine(), "sizes": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
