"""An author's changes to a document: every function takes one and gives back another."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from handrail.knowledge.troubleshooting.tree import KINDS, PERSON, QUESTION
from handrail.workspace.locales import LOCALES

Document = dict[str, Any]
STEPS_MAX, CHOICES_MAX = 60, 12
NEW = "new:"  # a place to go to that is not there yet: "new:question"


def empty(names: dict[str, str]) -> Document:
    """A document with its first question and two answers to fill in."""
    blank = dict.fromkeys(LOCALES, "")
    start = _made("s1", QUESTION)
    document = {
        "name": {**blank, **names},
        "intro": dict(blank),
        "wordings": {code: [] for code in LOCALES},
        "start": "s1",
        "steps": [start],
    }
    _add_choice(document, start)
    _add_choice(document, start)
    return document


def with_new_steps(document: Document) -> tuple[Document, str]:
    """Every "new:kind" made into a step of that kind. Returns the key of the first one made, "" for none."""
    drawn, first = deepcopy(document), ""
    for step in list(drawn["steps"]):
        for holder, name in [(step, "otherwise"), *[(choice, "to") for choice in step["choices"]]]:
            kind = str(holder.get(name, "")).removeprefix(NEW)
            if not str(holder.get(name, "")).startswith(NEW):
                continue
            if kind not in KINDS or len(drawn["steps"]) >= STEPS_MAX:
                holder[name] = ""
                continue
            made = _made(_free("s", drawn), kind)
            drawn["steps"].append(made)
            if kind == QUESTION:
                _add_choice(drawn, made)
                _add_choice(drawn, made)
            holder[name] = made["key"]
            first = first or made["key"]
    return drawn, first


def with_choice(document: Document, key: str) -> Document:
    """One more answer below the question `key`."""
    drawn = deepcopy(document)
    for step in drawn["steps"]:
        if step["key"] == key and step["kind"] == QUESTION and len(step["choices"]) < CHOICES_MAX:
            _add_choice(drawn, step)
    return drawn


def without_choice(document: Document, key: str) -> Document:
    drawn = deepcopy(document)
    for step in drawn["steps"]:
        step["choices"] = [choice for choice in step["choices"] if choice["key"] != key]
    return drawn


def with_choice_earlier(document: Document, key: str) -> Document:
    """The answer `key` one place further up among its question's."""
    drawn = deepcopy(document)
    for step in drawn["steps"]:
        keys = [choice["key"] for choice in step["choices"]]
        if key in keys[1:]:
            at = keys.index(key)
            step["choices"][at - 1 : at + 1] = reversed(step["choices"][at - 1 : at + 1])
    return drawn


def without_step(document: Document, key: str) -> Document:
    """The step gone; what led to it leads nowhere until somebody decides. The first step stays."""
    drawn = deepcopy(document)
    if key == drawn["start"]:
        return drawn
    drawn["steps"] = [step for step in drawn["steps"] if step["key"] != key]
    for step in drawn["steps"]:
        step["otherwise"] = PERSON if step.get("otherwise") == key else step.get("otherwise", PERSON)
        for choice in step["choices"]:
            choice["to"] = "" if choice["to"] == key else choice["to"]
    return drawn


def _made(key: str, kind: str) -> Document:
    return {
        "key": key,
        "kind": kind,
        "text": dict.fromkeys(LOCALES, ""),
        "article": None,
        "otherwise": PERSON,
        "choices": [],
    }


def _add_choice(document: Document, step: Document) -> None:
    text = dict.fromkeys(LOCALES, "")
    step["choices"].append({"key": _free("c", document), "text": text, "to": ""})


def _free(letter: str, document: Document) -> str:
    """A key nobody has: keys stand in links people may have kept, so none is given twice while it is used."""
    taken = {step["key"] for step in document["steps"]}
    taken |= {choice["key"] for step in document["steps"] for choice in step["choices"]}
    numbers = [int(key[1:]) for key in taken if key[0] == letter and key[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"
