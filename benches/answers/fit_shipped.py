"""Fits handrail/answers/shipped.json: what a new site answers by, and how far it may be trusted.

    python benches/answers/fit_shipped.py FOLDER... [--keep examples.pickle] [--bounds] [--write]

Each folder is a labelled set (see docs/operators/answers.md). Only its split "train" is read, asked as if it were
new: what is measured with the splits "dev" and "test" stays unseen. Every set is asked three ways: as it is, of a
help centre that holds only a part of its items, after half of the questions were learned, and while a part of the
articles is too fresh to have vectors, by their own titles too, so that the coefficients do not lean on one shape of
knowledge base. The table printed leaves one set out at a time: fitted and bounded on the
others, measured on that one as it is. --write stores the coefficients fitted on all. --bounds fits nothing: it places the
bound of choices for the coefficients that are there.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

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
from handrail.answers.coefficients import SHIPPED, Coefficients
from handrail.answers.entries import Entry, IndexState, Vector
from handrail.answers.evaluation import metrics
from handrail.answers.evaluation.measure import ask
from handrail.answers.evaluation.questions import Asked, read
from handrail.answers.evaluation.site import publish, teach, temporary_site
from handrail.answers.fit import Judged, fit, judge
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere
from handrail.answers.thresholds import OFFERED

PART = 5  # one item in so many stays in the "part" condition, and as many questions of the others as of these
FRESH = 4  # one question in so many is asked of the help centre with fresh articles
# A new site's texts are unlike the sets', manuals most of all, and there the engine thinks less of itself than it is worth; so
# more questions keep their choices than where a site has measured itself.
KEPT = 0.98
IN_SCOPE_ABOUT = 1500  # questions of a set, and half as many out of scope
# Of the list only these: fitted on other sets, the rest made a set that was left out surer than it was right.
CARRIES_OVER = ("margin2", "margin5", "chance", "cosine", "centre", "known_unanswered")


def chosen(text, one_in):
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % one_in == 0


def asked_of(found):
    """Questions of the split "train", in an order of no meaning."""
    inside = [each for each in found.train if each.answers]
    outside = [each for each in found.train if not each.answers]
    kept = _about(inside, IN_SCOPE_ABOUT) + _about(outside, IN_SCOPE_ABOUT // 2)
    return sorted(kept, key=lambda each: hashlib.sha256(each.id.encode()).hexdigest())


def _about(asked, count):
    return [each for each in asked if chosen(each.id, max(1, round(len(asked) / count)))]


def part_of(found, asked):
    items = [item for item in found.items if chosen(item.id, PART)]
    ids = {item.id for item in items}
    inside = [each for each in asked if each.answers & ids]
    outside = [dataclasses.replace(each, answers=frozenset()) for each in asked if not each.answers & ids]
    step = max(1, len(outside) // max(1, len(inside)))
    return items, inside + outside[::step]


def fresh_asked(found, asked):
    """Of the questions one in FRESH, and the very titles of the items that have no vectors yet."""
    titles = [
        Asked(f"{item.id}-title", item.locale, item.title, frozenset([item.id]), "train")
        for item in found.items
        if chosen(item.id, PART)
    ]
    return asked[::FRESH] + titles


def without_vectors(articles):
    """As they stand in the moment after their publication."""
    theirs = Entry.objects.filter(article__in=articles).values("text_hash")
    Vector.objects.filter(text_hash__in=theirs).delete()
    IndexState.move()


def conditions(folder):
    """name -> items, past questions, questions asked, ids of items without vectors"""
    found = read(folder)
    asked = asked_of(found)
    part, part_asked = part_of(found, asked)
    return {
        "plain": (found.items, [], asked, set()),
        "part": (part, [], part_asked, set()),
        "learned": (found.items, asked[::2], asked[1::2], set()),
        "fresh": (
            found.items,
            [],
            fresh_asked(found, asked),
            {item.id for item in found.items if chosen(item.id, PART)},
        ),
    }


def examples(folder, known, keep=lambda: None):
    for name, (items, past, asked, fresh) in conditions(folder).items():
        if name not in known:
            with using(ModelsHere()), temporary_site():
                articles = publish(items)
                if fresh:
                    without_vectors([articles[each] for each in fresh])
                if past:
                    teach(past, articles)
                known[name] = ask(asked, articles)
            keep()
            print(folder.name, name, len(known[name]), "questions", file=sys.stderr, flush=True)
    return {name: known[name] for name in ("plain", "part", "learned", "fresh")}


def all_of(sets, names):
    return [example for name in names for condition in sets[name].values() for example in condition]


def fitted(sets, names, of_list=CARRIES_OVER):
    """Coefficients for these sets, bounded so that the promise holds in each of them, not only in all together."""
    coefficients, judged = fit(all_of(sets, names), of_list=of_list)
    found, start = [], 0
    for name in names:
        count = len(all_of(sets, [name]))
        part = Judged(*(getattr(judged, each)[start : start + count] for each in Judged.__dataclass_fields__))
        found.append(bands.bounds_for(part, kept=KEPT) | stricter(part))
        start += count
    bounds = {name: max(each[name] for each in found) for name in found[0]}
    bounds["choices"] = min(each["choices"] for each in found)
    return dataclasses.replace(coefficients, bounds=bounds)


def stricter(judged):
    """The bounds for the shares that a manager may ask for beyond the usual one; `bands.NEVER` where none is proved."""
    targets = [target for target in OFFERED if bands.TARGET < target < 1]
    return {f"answer_{target:.2f}": bands.bounds_for(judged, target=target)["answer"] for target in targets}


def bounded(coefficients, sets):
    """The same coefficients, with choices offered so that in each set those who are helped by them still see them."""
    judged = [judge(coefficients, all_of(sets, [name])) for name in sets]
    choices = min(bands.bounds_for(each, kept=KEPT)["choices"] for each in judged)
    return dataclasses.replace(coefficients, bounds=coefficients.bounds | {"choices": choices})


def leave_one_out(sets, of_list=CARRIES_OVER):
    for left in sets:
        coefficients = fitted(sets, [name for name in sets if name != left], of_list)
        for condition, measured in sets[left].items():
            said = judge(coefficients, measured)
            counted = metrics.answered(said, coefficients.bounds["answer"])
            offered = said.hope >= coefficients.bounds["choices"]
            print(
                json.dumps(
                    {
                        "left out": left,
                        "condition": condition,
                        "questions": len(measured),
                        **metrics.ranking(metrics.ranks(coefficients, measured)),
                        "answers": counted.as_json(),
                        "precision at least": round(100 * bands.wilson(counted.right, counted.answered), 1),
                        "in scope offered": metrics.percent(
                            int((offered & said.in_scope).sum()), int(said.in_scope.sum())
                        ),
                        "out of scope handed over": metrics.percent(
                            int((~offered & ~said.in_scope).sum()), int((~said.in_scope).sum())
                        ),
                        "ECE": metrics.calibration_error(said.confidence, said.first_right),
                    }
                ),
                flush=True,
            )


def run(description, examples, target, of_list=CARRIES_OVER):
    """What both ways of fitting are started with: measure the sets, print the table, fit on all, store if told to."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path, help="file to keep the measured examples in between runs")
    parser.add_argument("--bounds", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    known = pickle.loads(options.keep.read_bytes()) if options.keep and options.keep.exists() else {}

    def store():
        if options.keep:
            options.keep.write_bytes(pickle.dumps(known))

    sets = {
        folder.name: examples(folder, known.setdefault(folder.name, {}), store) for folder in options.folders
    }
    if options.bounds:
        coefficients = bounded(Coefficients.from_json(json.loads(target.read_text())), sets)
    else:
        leave_one_out(sets, of_list)
        coefficients = fitted(sets, list(sets), of_list)
    print(json.dumps(coefficients.as_json(), indent=1))
    if options.write:
        target.write_text(json.dumps(coefficients.as_json(), indent=1) + "\n")


if __name__ == "__main__":
    run(__doc__, examples, SHIPPED)
