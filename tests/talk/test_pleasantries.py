"""Greetings and thanks are no questions, and what was offered stays open until a person answers."""

from __future__ import annotations

import pytest

from handrail.conversations.conversation import Conversation
from handrail.intake.pleasantries import pleasantry


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("안녕하세요", "hello"),
        ("안녕하세요!! 반갑습니다 ^^", "hello"),
        ("hello", "hello"),
        ("Hi there!", "hello"),
        ("감사합니다~", "thanks"),
        ("네 감사합니다 ㅎㅎ", "thanks"),
        ("Thank you so much!", "thanks"),
        ("안녕하세요 환불하고 싶어요", ""),
        ("hello, my refund is late", ""),
        ("감사 쿠폰은 어디서 써요?", ""),
        ("네", ""),
        ("", ""),
    ],
)
def test_only_a_greeting_or_thanks_and_nothing_else_is_one(text, kind):
    assert pleasantry(text) == kind


def test_a_greeting_is_greeted_names_nothing_and_counts_for_nothing(visitor, help_centre, world):
    first = visitor.says("안녕하세요")
    world.settle()
    greeted = visitor.hears(first)["lines"][0]["html"]
    for text in ("감사합니다", "hello"):
        visitor.says(text, c=first["c"])
        world.settle()
    visitor.says("xyzzy 쿼그마이어", c=first["c"])
    world.settle()
    chat = Conversation.objects.get()

    assert "무엇을 도와드릴까요" in greeted
    assert chat.held_by == "bot"
    assert chat.automatic_turns == 1
    assert chat.subject.startswith("xyzzy")
    assert [entry["text"] for entry in chat.tried if entry["kind"] == "asked"] == ["xyzzy 쿼그마이어"]


def test_choices_offered_before_stay_open_until_a_person_answers(visitor, help_centre, world):
    snapshot = visitor.says("환불")
    world.settle()
    chat = Conversation.objects.get()
    offered = chat.messages.last()
    choice = offered.data["choices"][-1]["article"]
    visitor.presses("chat/person", _json=True, c=snapshot["c"])
    world.settle()
    heard = visitor.hears(snapshot, after=0)

    assert heard["pressable"] == offered.seq
    assert f'name="article" value="{choice}">' in visitor.opens(f"chat?c={snapshot['c']}").content.decode()
    visitor.presses("chat/choice", _json=True, c=snapshot["c"], article=choice)
    visitor.says("그리고 하나 더 물어볼게요", c=snapshot["c"])
    world.settle()

    assert chat.messages.filter(author_kind="bot").last().data["answer"]["article"] == choice
    chat.refresh_from_db()
    chat.reply("제가 볼게요.", by=world.agent)
    count = chat.messages.count()
    visitor.presses("chat/choice", _json=True, c=snapshot["c"], article=choice)
    world.settle()
    assert chat.messages.count() == count + 1


def test_one_question_is_told_once_and_what_did_not_help_is_said(visitor, help_centre, world):
    article = world.article("배송 조회", "<p>주문 내역에서 봐요.</p>")
    visitor.presses(f"articles/{article.pk}/feedback", _json=True, helpful="no")
    visitor.says("배송 언제 와요", question="배송 언제 와요", article=article.pk)
    world.settle()
    tried = Conversation.objects.get().tried

    assert [entry["text"] for entry in tried if entry["kind"] == "asked"] == ["배송 언제 와요"]
    assert next(entry for entry in tried if entry["kind"] == "read")["helped"] is False
