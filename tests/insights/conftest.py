"""Questions as people asked them, without an encoder: what the engine said is given."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from handrail.accounts.models import Role
from handrail.answers.asks import Ask
from handrail.contacts.models import Person
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from tests.desk.conftest import signed_in


def sent_back(world, author) -> Article:
    """An article with a draft of this author that a reviewer sent back."""
    article = world.article("환불 기한", "<p>3일이에요.</p>")
    article.write("ko", title="환불 기한", html="<p>5일이에요.</p>", by=author)
    text = article.translations.get()
    text.ask_for_review(by=author)
    text.request_changes("근거를 적어 주세요", by=SYSTEM)
    return article


class Readers:
    """`ask` keeps a question with what was said to it, as answers.answer does."""

    def ask(
        self,
        text: str = "환불은 언제 되나요?",
        outcome: str = "answer",
        *,
        days_ago: float = 0,
        article: Article | None = None,
        by: Person | None = None,
        **more: object,
    ) -> Ask:
        fields = {"channel": "portal", "locale": "ko", "confidence": 0.7, "is_provisional": False} | more
        return Ask.objects.create(
            text=text,
            outcome=outcome,
            offered=[[article.pk, 0.7]] if article else [],
            asker_kind=str(more.pop("asker_kind", "person")),
            asker_id=by.pk if by else None,
            milliseconds=3.0,
            at=clock.now() - timedelta(days=days_ago),
            **{name: value for name, value in fields.items() if name != "asker_kind"},
        )


@pytest.fixture
def readers(world) -> Readers:
    return Readers()


@pytest.fixture
def author(world) -> Client:
    return signed_in(world.staff("author@handrail.test", "민가은", Role.AUTHOR))


@pytest.fixture
def asking(readers: Readers) -> Readers:
    """The same, where `readers` is another word."""
    return readers
