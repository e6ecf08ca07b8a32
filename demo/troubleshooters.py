"""The troubleshooters of troubleshooters.yaml, drawn and published."""

from __future__ import annotations

from typing import Any

from demo.data import load
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Article, Product, Topic, Troubleshooter
from handrail.knowledge.troubleshooting.tree import ADVICE, ARTICLE, PERSON, QUESTION


def draw(offered: dict[str, Product], articles: dict[str, Article]) -> int:
    """Make each tree of the file. Returns how many."""
    trees = load("troubleshooters.yaml")
    for said in trees:
        topic = Topic.objects.get(product=offered[said["product"]], slug=said["topic"])
        made = Troubleshooter.start(topic, names=said["name"], by=SYSTEM)
        made.draw(document(said, articles), by=SYSTEM)
        made.publish(by=SYSTEM)
    return len(trees)


def document(said: dict[str, Any], articles: dict[str, Article]) -> dict[str, Any]:
    """One tree of the file in the shape the product keeps: short keys instead of names."""
    keys = {step["key"]: f"s{number}" for number, step in enumerate(said["steps"], start=1)} | {
        PERSON: PERSON
    }
    count = iter(range(1, 1000))
    steps = []
    for step in said["steps"]:
        kind = next(kind for kind in (QUESTION, ARTICLE, ADVICE) if kind in step)
        steps.append(
            {
                "key": keys[step["key"]],
                "kind": kind,
                "text": step[kind] if kind != ARTICLE else {"ko": "", "en": ""},
                "article": articles[step[ARTICLE]].pk if kind == ARTICLE else None,
                "otherwise": keys[step.get("otherwise", PERSON)],
                "choices": [
                    {
                        "key": f"c{next(count)}",
                        "text": {"ko": choice["ko"], "en": choice["en"]},
                        "to": keys[choice["to"]],
                    }
                    for choice in step.get("choices", [])
                ],
            }
        )
    whole = {name: said[name] for name in ("name", "intro", "wordings")}
    return {**whole, "start": keys[said["start"]], "steps": steps}
