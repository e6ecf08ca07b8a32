"""What is drawn: steps joined by answers, kept as one document; and the way somebody took through it.

A document is JSON: {"name": TEXTS, "intro": TEXTS, "wordings": {locale: [str]}, "start": key, "steps": [STEP]}, where TEXTS
is {"ko": str, "en": str} and STEP {"key", "kind", "text": TEXTS, "article": id or None, "otherwise": key or "person",
"choices": [{"key", "text": TEXTS, "to": key, "person" or ""}]}.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from handrail.workspace.locales import LOCALES, fallbacks

QUESTION, ARTICLE, ADVICE = "question", "article", "advice"
KINDS = (QUESTION, ARTICLE, ADVICE)
PERSON = "person"  # where a way may end instead of at a step
NO = "no"  # the answer to a fix: it did not help
ANSWERS_MAX = 40


@dataclass(frozen=True)
class Choice:
    """One answer to a question; `to` is a step's key, PERSON, or "" while nobody decided."""

    key: str
    text: dict[str, str]
    to: str = ""


@dataclass(frozen=True)
class Step:
    """A question with its choices, or a fix: an article, or advice written here. `otherwise`: where to when it didn't help."""

    key: str
    kind: str
    text: dict[str, str]
    article: int | None = None
    otherwise: str = PERSON
    choices: tuple[Choice, ...] = ()

    @property
    def is_fix(self) -> bool:
        return self.kind != QUESTION

    @property
    def ways(self) -> list[str]:
        """Where one may come to from here, "" where it is not decided."""
        return [self.otherwise] if self.is_fix else [choice.to for choice in self.choices]


@dataclass(frozen=True)
class Passed:
    """A step somebody has behind them; `choice` is None for a fix that didn't help."""

    step: Step
    choice: Choice | None
    answers: tuple[str, ...]  # those given before this one: the way back to it


@dataclass(frozen=True)
class Walk:
    """A way through: what was passed, and the step it stands at; None where it has come to a person."""

    passed: list[Passed]
    at: Step | None
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Tree:
    """A document, read. Odd parts of it are left out, never an error: an author may be half way."""

    name: dict[str, str]
    intro: dict[str, str]
    wordings: dict[str, list[str]]
    start: str
    steps: dict[str, Step] = field(default_factory=dict)

    @classmethod
    def read(cls, document: dict[str, Any]) -> Tree:
        steps = {step["key"]: _step(step) for step in document.get("steps", [])}
        return cls(
            name=texts(document.get("name")),
            intro=texts(document.get("intro")),
            wordings={code: list(document.get("wordings", {}).get(code, [])) for code in LOCALES},
            start=str(document.get("start", "")),
            steps=steps,
        )

    def walk(self, answers: Sequence[str]) -> Walk:
        """Follow answers from the start, as far as the tree still knows them."""
        at: Step | None = self.steps.get(self.start)
        passed: list[Passed] = []
        given: list[str] = []
        for answer in answers[:ANSWERS_MAX]:
            if at is None:
                break
            choice = next((each for each in at.choices if each.key == answer), None)
            to = at.otherwise if at.is_fix and answer == NO else (choice.to if choice else "")
            if to != PERSON and to not in self.steps:
                break
            passed.append(Passed(at, choice, tuple(given)))
            given.append(answer)
            at = self.steps.get(to)
        return Walk(passed, at, tuple(given))

    def outline(self) -> list[tuple[int, Step]]:
        """Every step once with its depth, as one reads the tree: each below the answer that leads to it first.

        Steps nothing leads to stand last, at depth 0.
        """
        seen: dict[str, int] = {}
        self._visit(self.start, 0, seen)
        for key in self.steps:
            self._visit(key, 0, seen)
        return [(depth, self.steps[key]) for key, depth in seen.items()]

    def reached(self) -> set[str]:
        """Keys of the steps some way from the start comes to."""
        seen: dict[str, int] = {}
        self._visit(self.start, 0, seen)
        return set(seen)

    def articles(self) -> Iterator[int]:
        """Ids of the articles its ways lead to."""
        return (step.article for step in self.steps.values() if step.kind == ARTICLE and step.article)

    def _visit(self, key: str, depth: int, seen: dict[str, int]) -> None:
        if key in seen or key not in self.steps:
            return
        seen[key] = depth
        for way in self.steps[key].ways:
            self._visit(way, depth + 1, seen)


def texts(given: Any) -> dict[str, str]:
    """A text in every language there is, "" where it is missing."""
    found = given if isinstance(given, dict) else {}
    return {code: str(found.get(code, "")) for code in LOCALES}


def said(given: dict[str, str], locale: str) -> str:
    """The text for a reader of `locale`, in another language if it must be."""
    return next((given[code] for code in fallbacks(locale) if given.get(code)), "")


def _step(given: dict[str, Any]) -> Step:
    choices = tuple(
        Choice(str(each["key"]), texts(each.get("text")), str(each.get("to", "")))
        for each in given.get("choices", [])
    )
    kind = given.get("kind") if given.get("kind") in KINDS else QUESTION
    article = given.get("article")
    return Step(
        key=str(given["key"]),
        kind=str(kind),
        text=texts(given.get("text")),
        article=article if isinstance(article, int) else None,
        otherwise=str(given.get("otherwise") or PERSON),
        choices=choices if kind == QUESTION else (),
    )
