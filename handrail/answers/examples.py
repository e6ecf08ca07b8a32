"""Verdicts as examples: each question asked of the engine, with the articles that people agree on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers.agreement import agreed
from handrail.answers.candidates import draw
from handrail.answers.classes import Classes
from handrail.answers.features import measure
from handrail.answers.fit import Example
from handrail.answers.labels import Label
from handrail.answers.question import understand
from handrail.core import clock
from handrail.knowledge.audiences import Audience

ClassesOf = Callable[[str], Classes | None]  # text hash -> the classifier to ask
Told = Callable[[], None]  # called after each question, for whoever shows progress


def nobody() -> None:
    """Nobody watches."""


def standing(labels: Iterable[Label]) -> list[list[Label]]:
    """The labels that stand of each question, in the order of its first one; questions on which nobody agrees are left out."""
    by_question: dict[tuple[str, str], list[Label]] = {}
    for label in labels:
        by_question.setdefault((label.locale, label.text_hash), []).append(label)
    moment = clock.now()
    found = [agreed(each, at=moment) for each in by_question.values()]
    return [each for each in found if each]


def examples(
    questions: Iterable[list[Label]], classes_of: ClassesOf = lambda _hash: None, *, told: Told = nobody
) -> list[Example]:
    """Each question as a reader of its audience asks it, without its own remembered row; any of its articles is right.

    questions   what `standing` gives
    classes_of  a classifier that did not learn from the question
    """
    return [one for (one,) in each_way(questions, [classes_of], told=told)]


def each_way(
    questions: Iterable[list[Label]], ways: Sequence[ClassesOf], *, told: Told = nobody
) -> list[list[Example]]:
    """As `examples`, with several classifiers: of each question one example a way.

    To read a question and to draw its candidates is nearly all it costs, and no classifier has a part in that.
    """
    found = []
    for labels in questions:
        one = labels[0]
        candidates = draw(understand(one.text), viewer_of(one.audience), without=one.text_hash)
        right = frozenset(label.article_id for label in labels if label.article_id is not None)
        weight = max(label.weight for label in labels)
        found.append([Example(measure(candidates, way(one.text_hash)), right, weight) for way in ways])
        told()
    return found


def viewer_of(audience: str) -> Viewer:
    """Somebody who belongs to this audience and no stricter one."""
    if audience == Audience.AGENTS or audience.startswith(Audience.SEGMENT):
        return Viewer(role="agent", assurance=3)
    if audience == Audience.EMPLOYEES:
        return Viewer(person_id=0, is_employee=True, assurance=3)
    return Viewer(person_id=0, assurance=3) if audience == Audience.SIGNED_IN else STRANGER
