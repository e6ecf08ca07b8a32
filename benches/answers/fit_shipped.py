"""Fits handrail/answers/shipped.json: what a new site answers by, and how far it may be trusted.

    python benches/answers/fit_shipped.py FOLDER... [--keep examples.pickle] [--write]

Each folder is a labelled set (see docs/operators/answers.md). Every set is asked of a cold engine four ways: as it
is, with titles only, with typing mistakes, and with only a part of its items, so that the coefficients do not lean
on one shape of knowledge base. The table printed leaves one set out at a time: fitted and bounded on the others,
measured on that one as it is. --write stores the coefficients fitted on all.
"""

import argparse
import dataclasses
import hashlib
import json
import os
import pickle
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

from handrail.answers import bands
from handrail.answers.coefficients import SHIPPED
from handrail.answers.evaluation import metrics
from handrail.answers.evaluation.measure import ask
from handrail.answers.evaluation.questions import read
from handrail.answers.evaluation.site import publish, temporary_site
from handrail.answers.fit import fit, judge
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere

PART = 5  # one item in so many stays in the "part" condition, and as many questions of the others as of these


def chosen(text, one_in):
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % one_in == 0


def part_of(found):
    items = [item for item in found.items if chosen(item.id, PART)]
    ids = {item.id for item in items}
    inside = [each for each in found.dev if each.answers & ids]
    outside = [dataclasses.replace(each, answers=frozenset()) for each in found.dev if not each.answers & ids]
    step = max(1, len(outside) // max(1, len(inside)))
    return items, inside + outside[::step]


def conditions(folder):
    found = read(folder)
    bare = [dataclasses.replace(item, aliases=[]) for item in found.items]
    part, part_asked = part_of(found)
    return {"plain": (found.items, found.dev, ""), "titles": (bare, found.dev, ""),
            "typo": (found.items, found.dev, "typo"), "part": (part, part_asked, "")}


def examples(folder):
    made = {}
    for name, (items, asked, noise) in conditions(folder).items():
        with using(ModelsHere()), temporary_site():
            made[name] = ask(asked, publish(items), noise=noise)
        print(folder.name, name, len(made[name]), "questions", file=sys.stderr, flush=True)
    return made


def all_of(sets, names):
    return [example for name in names for condition in sets[name].values() for example in condition]


def leave_one_out(sets):
    for left in sets:
        coefficients, _judged = fit(all_of(sets, [name for name in sets if name != left]))
        plain = sets[left]["plain"]
        said = judge(coefficients, plain)
        counted = metrics.answered(said, coefficients.bounds["answer"])
        offered = metrics.answered(said, coefficients.bounds["choices"])
        print(json.dumps({
            "left out": left, **metrics.ranking(metrics.ranks(coefficients, plain)), "answers": counted.as_json(),
            "precision at least": round(100 * bands.wilson(counted.right, counted.answered), 1),
            "choices: in scope kept / out of scope handed over": [
                metrics.percent(int(((said.confidence >= coefficients.bounds["choices"]) & said.in_scope).sum()), offered.in_scope),
                metrics.percent(offered.rejected, offered.out_of_scope)],
            "ECE": metrics.calibration_error(said.confidence, said.first_right)}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path, help="file to keep the measured examples in between runs")
    parser.add_argument("--write", action="store_true")
    chosen_options = parser.parse_args()
    if chosen_options.keep and chosen_options.keep.exists():
        sets = pickle.loads(chosen_options.keep.read_bytes())
    else:
        sets = {folder.name: examples(folder) for folder in chosen_options.folders}
        if chosen_options.keep:
            chosen_options.keep.write_bytes(pickle.dumps(sets))
    leave_one_out(sets)
    coefficients, _judged = fit(all_of(sets, list(sets)))
    print(json.dumps(coefficients.as_json(), indent=1))
    if chosen_options.write:
        SHIPPED.write_text(json.dumps(coefficients.as_json(), indent=1) + "\n")


if __name__ == "__main__":
    main()
