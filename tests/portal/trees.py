"""A small tree, drawn with public verbs: two questions, an article, advice, a person."""

from __future__ import annotations

from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Troubleshooter
from tests.portal.shop import Shop


def texts(ko: str, en: str) -> dict[str, str]:
    return {"ko": ko, "en": en}


def a_tree(shop: Shop, **changes: object) -> dict[str, object]:
    """c1 -> s2 (second question) -> c3 the article; c2 -> advice, then a person; c4 -> a person."""
    return {
        "name": texts("이어폰 진단", "Diagnose the buds"),
        "intro": texts("몇 가지만 여쭤볼게요.", "Just a few questions."),
        "wordings": texts("", "") | {"ko": ["버즈가 이상해요"], "en": []},
        "start": "s1",
        "steps": [
            {
                "key": "s1",
                "kind": "question",
                "text": texts("무엇이 안 되나요?", "What is wrong?"),
                "choices": [
                    {"key": "c1", "text": texts("소리가 안 나요", "No sound"), "to": "s2"},
                    {"key": "c2", "text": texts("충전이 안 돼요", "No charge"), "to": "s4"},
                ],
            },
            {
                "key": "s2",
                "kind": "question",
                "text": texts("한쪽만 그런가요?", "Only one side?"),
                "choices": [
                    {"key": "c3", "text": texts("한쪽만요", "One side"), "to": "s3"},
                    {"key": "c4", "text": texts("양쪽 다요", "Both"), "to": "person"},
                ],
            },
            {
                "key": "s3",
                "kind": "article",
                "text": texts("", ""),
                "article": shop.silent.pk,
                "otherwise": "s4",
                "choices": [],
            },
            {
                "key": "s4",
                "kind": "advice",
                "text": texts("10분 충전해 보세요.", "Charge for 10 minutes."),
                "otherwise": "person",
                "choices": [],
            },
        ],
        **changes,
    }


def drawn(shop: Shop, **changes: object) -> Troubleshooter:
    made = Troubleshooter.start(shop.problems, names=texts("이어폰 진단", "Diagnose the buds"), by=SYSTEM)
    made.draw(a_tree(shop, **changes), by=SYSTEM)
    return made


def published(shop: Shop) -> Troubleshooter:
    made = drawn(shop)
    made.publish(by=SYSTEM)
    return made
