"""A tree as it is written into a file that people edit, and read from there: short, with articles by name.

name: {ko: 온수가 안 나와요, en: No hot water}
start: s1
steps:
- key: s1
  kind: question
  text: {ko: 전원이 켜져 있나요?, en: Is it switched on?}
  choices:
  - {key: c1, text: {ko: 네, en: 'Yes'}, to: s2}
- {key: s2, kind: article, article: boilers/water/no-hot-water, otherwise: person}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handrail.core.html import to_text
from handrail.knowledge.troubleshooting.drawing import CHOICES_MAX, STEPS_MAX, Document
from handrail.knowledge.troubleshooting.tree import KINDS, PERSON, QUESTION, Tree, texts
from handrail.workspace.locales import LOCALES

PARTS = ("name", "intro", "wordings")
LETTERS_MAX = {"name": 200, "intro": 2_000, "text": 2_000}
WORDINGS_MAX = 20


class Odd(ValueError):
    """A file says something no tree can be. `why` is a code of importing/reasons.WHY, `values` fill its sentence."""

    def __init__(self, why: str, **values: Any) -> None:
        super().__init__(why)
        self.why, self.values = why, values


def whole(document: Document, named: Callable[[int], str | None]) -> Document:
    """The document with every part a step may have, each article by what `named` calls it (None: by nothing)."""
    tree = Tree.read(document)
    return {
        "name": tree.name,
        "intro": tree.intro,
        "wordings": tree.wordings,
        "start": tree.start,
        "steps": [
            {
                "key": step.key,
                "kind": step.kind,
                "text": step.text,
                "article": named(step.article) if step.article else None,
                "otherwise": step.otherwise,
                "choices": [
                    {"key": each.key, "text": each.text, "to": each.to} for each in step.choices
                ],
            }
            for step in tree.steps.values()
        ],
    }  # fmt: skip


def with_articles(document: Document, found: Callable[[str], Any]) -> Document:
    """A whole document with other names of its articles: what `found` gives for each."""
    steps = [
        {**step, "article": found(step["article"]) if step["article"] else None} for step in document["steps"]
    ]
    return {**document, "steps": steps}


def articles_of(document: Document) -> list[str]:
    """The names of the articles a whole document leads to."""
    return [step["article"] for step in document["steps"] if step["article"]]


def face_of(texts_of: Mapping[str, tuple[str, str, list[str]]]) -> Document:
    """Name, introduction and other wordings as its article says them: locale -> (title, HTML, aliases)."""
    blank: tuple[str, str, list[str]] = ("", "", [])
    said = {code: texts_of.get(code, blank) for code in LOCALES}
    return {
        "name": {code: title for code, (title, _html, _aliases) in said.items()},
        "intro": {
            code: "\n".join(line for line in to_text(html).split("\n") if line.strip())
            for code, (_title, html, _aliases) in said.items()
        },
        "wordings": {code: list(aliases) for code, (_title, _html, aliases) in said.items()},
    }


def pretty(document: Document, face: Document | None = None) -> Document:
    """A whole document as a file says it: without what is empty, or what its article's files say already."""
    said: Document = {}
    for part in PARTS:
        if face is None or document[part] != face[part]:
            said[part] = _filled(document[part])
    said["start"] = document["start"]
    said["steps"] = [_pretty_step(step) for step in document["steps"]]
    return said


def plain(said: Document, face: Document | None = None) -> Document:
    """The whole document of what a file says. Raises Odd."""
    steps = said.get("steps")
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise Odd("no_steps")
    if len(steps) > STEPS_MAX:
        raise Odd("too_many_steps", most=STEPS_MAX)
    keys = [_word(step.get("key")) for step in steps]
    if not all(keys) or len(set(keys)) < len(keys):
        raise Odd("no_keys")
    document: Document = {}
    for part in ("name", "intro"):
        document[part] = _texts(said[part], part, part) if part in said or not face else face[part]
    document["wordings"] = _wordings(said["wordings"]) if "wordings" in said or not face else face["wordings"]
    return {
        **document,
        "start": _word(said.get("start")),
        "steps": [_plain_step(step) for step in steps],
    }


def _pretty_step(step: Document) -> Document:
    said = {"key": step["key"], "kind": step["kind"], "text": _filled(step["text"])}
    said["article"] = step["article"]
    # Of a question each answer says where to.
    said["otherwise"] = (
        None if step["kind"] == QUESTION and step["otherwise"] == PERSON else step["otherwise"]
    )
    said["choices"] = [{**choice, "text": _filled(choice["text"])} for choice in step["choices"]]
    return {name: value for name, value in said.items() if value}


def _plain_step(said: Document) -> Document:
    key, kind, choices = _word(said.get("key")), said.get("kind"), said.get("choices") or []
    if kind not in KINDS:
        raise Odd("no_kind", step=key, known=", ".join(KINDS))
    is_odd = not isinstance(choices, list) or len(choices) > CHOICES_MAX
    if is_odd or not all(isinstance(choice, dict) and _word(choice.get("key")) for choice in choices):
        raise Odd("odd_choices", step=key, most=CHOICES_MAX)
    return {
        "key": key,
        "kind": kind,
        "text": _texts(said.get("text"), "text", key),
        "article": _word(said.get("article")) or None,
        "otherwise": _word(said.get("otherwise")) or PERSON,
        "choices": [
            {
                "key": _word(choice["key"]),
                "text": _texts(choice.get("text"), "name", key),
                "to": _word(choice.get("to")),
            }
            for choice in choices
        ],
    }


def _texts(said: Any, part: str, where: str) -> dict[str, str]:
    given = said or {}
    known = str | int | float | date | None
    if not isinstance(given, dict) or not all(isinstance(text, known) for text in given.values()):
        raise Odd("no_texts", step=where)
    found = texts({code: text for code, text in given.items() if text is not None})
    if any(len(text) > LETTERS_MAX[part] for text in found.values()):
        raise Odd("long_text", step=where, most=LETTERS_MAX[part])
    return found


def _wordings(said: Any) -> dict[str, list[str]]:
    given = said or {}
    lists = list(given.values()) if isinstance(given, dict) else [None]
    if not all(isinstance(each, list) and len(each) <= WORDINGS_MAX for each in lists):
        raise Odd("no_texts", step="wordings")
    return {code: [str(word) for word in given.get(code, [])] for code in LOCALES}


def _word(said: Any) -> str:
    return str(said).strip() if isinstance(said, str | int) else ""


def _filled(said: Mapping[str, Any]) -> Document:
    return {code: text for code, text in said.items() if text}
