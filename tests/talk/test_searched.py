"""What was shown for a question on the results page goes along to the person who takes over, and to nobody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from handrail.answers import answer as engine
from handrail.answers.models import Ask
from handrail.conversations.conversation import Conversation
from handrail.core import clock

QUESTION = "환불 신청하는 방법"


@pytest.fixture
def refund(world):
    article = world.article(QUESTION, "<p>주문 목록에서 환불을 누르세요.</p>")
    world.article("배송 조회하는 방법", "<p>주문 목록에서 배송을 누르세요.</p>")
    world.settle()
    return article


@pytest.fixture
def sure(monkeypatch):
    """A site whose measured gate lets every first candidate through."""
    real = engine.gate_for

    def measured(*asked, **more):
        return replace(real(*asked, **more), answer_from=0.0, by_words=None, is_provisional=False)

    monkeypatch.setattr(engine, "gate_for", measured)


def searches(visitor, question=QUESTION):
    page = visitor.opens(f"search?query={question}")
    return page, Ask.objects.latest("pk")


def tried():
    return [
        (entry["kind"], entry.get("article"), entry.get("helped"))
        for entry in Conversation.objects.latest("pk").tried
    ]


def test_the_agent_reads_what_was_quoted_for_a_search(visitor, world, refund, sure):
    _page, ask = searches(visitor)
    visitor.presses("chat/person", _json=True, question=QUESTION, ask=ask.key)

    assert ("shown", refund.pk, None) in tried()


def test_who_pressed_none_of_these_is_known_to_have_said_so(visitor, world, refund, sure):
    page, ask = searches(visitor)
    form = page.content.decode().partition('<form id="verdict"')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    visitor.presses("search/refused", **{name: hidden[name] for name in ("question", "ask")})
    visitor.presses(
        "requests/new",
        subject=QUESTION,
        text="안 돼요",
        email="a@example.com",
        question=QUESTION,
        ask=ask.key,
    )

    assert ("shown", refund.pk, False) in tried()


def test_choices_go_along_too(visitor, world, refund):
    Ask.objects.all().delete()
    _page, ask = searches(visitor, "환불")
    ask.outcome = Ask.Outcome.CHOICES
    ask.save()
    visitor.presses("chat/person", _json=True, question="환불", ask=ask.key)

    assert ("shown", refund.pk, None) in tried()


def test_the_key_alone_tells_nothing_of_somebody_elses_question(visitor, stranger, world, refund, sure):
    _page, ask = searches(visitor)
    stranger.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    stranger.presses("chat/person", _json=True, question=QUESTION, ask=ask.key)
    assert [kind for kind, *_ in tried()] == ["asked"]

    visitor.presses("chat/person", _json=True, question="무엇을 물었을까요", ask=ask.key)
    assert [kind for kind, *_ in tried()] == ["asked"]


def test_a_search_of_long_ago_is_another_matter(visitor, world, refund, sure):
    _page, ask = searches(visitor)
    with clock.at(clock.now() + timedelta(days=2)):
        visitor.presses("chat/person", _json=True, question=QUESTION, ask=ask.key)

        assert [kind for kind, *_ in tried()] == ["asked"]
