"""Fits handrail/answers/shipped_words.json: what is answered by while nothing can be compared by meaning.

    python benches/answers/fit_words.py FOLDER... [--keep examples.pickle] [--write]

The same sets, split and table as fit_shipped.py, which see. No condition has vectors: the model process is away, or no
encoder was ever installed. "rules" cuts the words of articles and questions by rule; "analysed" has articles that an
analyser read while it was there, and questions that it cannot read any more; "morphs" has the analyser for both.
"""

import dataclasses
import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benches.answers.fit_shipped import asked_of, fresh_asked, part_of, run
from handrail.answers import jobs
from handrail.answers.coefficients import SHIPPED_WORDS
from handrail.answers.encoder import NoReader, Reading
from handrail.answers.evaluation.measure import ask
from handrail.answers.evaluation.questions import read
from handrail.answers.evaluation.site import publish, teach, temporary_site
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere

# As in fit_shipped: of several selections tried, the one that was least surer than right of a set that was left out.
CARRIES_OVER = ("margin2", "gram", "gram_share", "letter", "said_gram")


FEW, OUTSIDE_MIN = 10, 150


class Analyser:
    """The analyser of this host, without any encoder."""

    vector_model = ""

    def __init__(self, models):
        self.models = models
        self.morph_model = models.morph_model

    def read(self, morphs, vectors, *, as_asked=False):
        return Reading(self.models._morphs(morphs), None)


def conditions(folder):
    """name -> items, past questions, questions asked, who reads articles, who reads questions"""
    found = read(folder)
    asked = asked_of(found)
    part, part_asked = part_of(found, asked)
    nobody, analyser = NoReader(), Analyser(ModelsHere())
    titles = [each for each in fresh_asked(found, asked) if each.id.endswith("-title")]
    plain = {"rules": (found.items, [], asked + titles, nobody, nobody)}
    if found.items[0].locale == "ko":
        plain |= {
            "analysed": (found.items, [], asked + titles, analyser, nobody),
            "morphs": (found.items, [], asked, analyser, analyser),
        }
    few, few_asked = few_of(found, asked)
    return plain | {
        "few": (few, [], few_asked, nobody, nobody),
        "part": (part, [], part_asked, analyser, nobody),
        "learned": (found.items, asked[::2], asked[1::2], analyser, nobody),
    }


def few_of(found, asked):
    """A help centre that has only just begun: most of what is asked there shares nothing with any article."""
    items = sorted(found.items, key=lambda item: hashlib.sha256(item.id.encode()).hexdigest())[:FEW]
    ids = {item.id for item in items}
    inside = [each for each in asked if each.answers & ids]
    outside = [dataclasses.replace(each, answers=frozenset()) for each in asked if not each.answers & ids]
    return items, inside + outside[: max(OUTSIDE_MIN, 2 * len(inside))]


def examples(folder, known, keep):
    for name, (items, past, asked, writer, asker) in conditions(folder).items():
        if name not in known:
            with temporary_site():
                with using(writer):
                    articles = published(items)
                    if past:
                        taught(past, articles)
                with using(asker):
                    known[name] = ask(asked, articles)
            keep()
            print(folder.name, name, len(known[name]), "questions", file=sys.stderr, flush=True)
    return known


def published(items):
    return _without_encoding(lambda: publish(items))


def taught(past, articles):
    _without_encoding(lambda: teach(past, articles))


def _without_encoding(work):
    before, jobs.encode_wanting = jobs.encode_wanting, lambda: 0
    try:
        return work()
    finally:
        jobs.encode_wanting = before


if __name__ == "__main__":
    run(__doc__, examples, SHIPPED_WORDS, CARRIES_OVER)
