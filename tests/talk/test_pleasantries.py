"""Greetings and thanks are no questions, and what was offered stays open until a person answers."""

from __future__ import annotations

import pytest

from handrail.conversations.conversation import Conversation
from handrail.core.actors import BOT
from handrail.core.events.models import Event
from handrail.intake.pleasantries import pleasantry
from handrail.workspace.models import Brand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("안녕하세요", "hello"),
        ("안녕하세요!! 반갑습니다 ^^", "hello"),
        ("hello", "hello"),
        ("Hi there!", "hello"),
        ("감사합니다~", "thanks"),
        ("이 답으로 해결됐어요", "thanks"),
        ("이 방법으로 해결됐습니다!", "thanks"),
        ("no thanks", "thanks"),
        ("이 방법으로 해결이 안 됐어요", ""),
        ("네 감사합니다 ㅎㅎ", "thanks"),
        ("Thank you so much!", "thanks"),
        ("네 감사합니다!! 좋은 하루 되세요~ ^^", "thanks"),
        ("해결됐어요 감사합니다 ㅎㅎ", "thanks"),
        ("Thank you so much! That solved it.", "thanks"),
        ("It works now, thanks! Have a great weekend", "thanks"),
        ("이제 잘 돼요. 수고하세요", "thanks"),
        ("감사합니다. 그런데 아직 해결됐는지 모르겠어요", ""),
        ("이제 돼요?", ""),
        ("해결됐어요 그런데 하나만 더요", ""),
        ("That solved it but now the left one is silent", ""),
        ("have a nice day, but where is my refund", ""),
        ("안녕하세요 환불하고 싶어요", ""),
        ("hello, my refund is late", ""),
        ("감사 쿠폰은 어디서 써요?", ""),
        ("네", ""),
        ("", ""),
    ],
)
def test_only_a_greeting_or_thanks_and_nothing_else_is_one(text, kind):
    assert pleasantry(text) == kind


def test_a_greeting_is_greeted_names_nothing_and_is_no_miss(visitor, help_centre, world):
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
    assert chat.automatic_turns == 4
    assert chat.subject.startswith("xyzzy")
    assert [entry["text"] for entry in chat.tried if entry["kind"] == "asked"] == ["xyzzy 쿼그마이어"]


def test_every_automatic_reply_counts_greetings_too_and_then_a_person_has_it(visitor, help_centre, world):
    first = visitor.says("안녕하세요")
    Brand.objects.update(automatic_turns_max=2)
    world.settle()
    for _ in range(4):
        visitor.says("안녕하세요", c=first["c"])
        world.settle()

    chat = Conversation.objects.get()
    greetings = chat.messages.filter(author_kind="bot", data__code="pleasantry")
    assert (chat.held_by, chat.automatic_turns, greetings.count()) == ("people", 2, 2)
    assert Event.objects.get(verb="conversation.handed_over").data["reason"] == "turns"


def test_choices_offered_before_stay_open_until_a_person_answers(visitor, help_centre, world):
    article = world.article("환불이 늦을 때", "<p>카드사에 따라 사흘까지 걸려요.</p>")
    snapshot = visitor.says("이것저것")
    chat = Conversation.objects.get()
    offer = {"code": "choices", "choices": [{"article": article.pk, "title": "환불이 늦을 때"}]}
    offered = chat.reply("어느 쪽인가요?", by=BOT, is_automatic=True, mail=False, data=offer)
    visitor.presses("chat/person", _json=True, c=snapshot["c"])
    world.settle()
    button = f'name="article" value="{article.pk}">'

    assert visitor.hears(snapshot, after=0)["pressable"] == offered.seq
    assert button in visitor.opens(f"chat?c={snapshot['c']}").content.decode()
    visitor.presses("chat/choice", _json=True, c=snapshot["c"], article=article.pk)
    world.settle()
    shown = chat.messages.last()
    visitor.says("그리고 하나 더 물어볼게요", c=snapshot["c"])
    world.settle()

    assert (shown.author_kind, shown.data["answer"]["article"]) == ("bot", article.pk)
    assert chat.messages.last().direction == "in"  # silent about everything else
    chat.refresh_from_db()
    chat.reply("제가 볼게요.", by=world.agent)
    assert button not in visitor.opens(f"chat?c={snapshot['c']}").content.decode()
    visitor.presses("chat/choice", _json=True, c=snapshot["c"], article=article.pk)
    world.settle()
    assert chat.messages.last().direction == "in"


def test_one_question_is_told_once_and_what_did_not_help_is_said(visitor, help_centre, world):
    article = world.article("배송 조회", "<p>주문 내역에서 봐요.</p>")
    visitor.presses(f"articles/{article.pk}/feedback", _json=True, helpful="no")
    visitor.says("배송 언제 와요", question="배송 언제 와요", article=article.pk)
    world.settle()
    tried = Conversation.objects.get().tried

    assert [entry["text"] for entry in tried if entry["kind"] == "asked"] == ["배송 언제 와요"]
    assert next(entry for entry in tried if entry["kind"] == "read")["helped"] is False


def test_none_of_these_is_pressed_under_the_last_offer_and_never_once_people_have_it(
    visitor, help_centre, world
):
    article = world.article("환불이 늦을 때", "<p>카드사에 따라 사흘까지 걸려요.</p>")
    snapshot = visitor.says("이것저것")
    chat = Conversation.objects.get()
    offer = {"code": "choices", "choices": [{"article": article.pk, "title": "환불이 늦을 때"}]}
    for number in range(2):
        chat.reply(f"어느 쪽인가요? {number}", by=BOT, is_automatic=True, mail=False, data=offer)
    none = 'data-kind="none"'
    assert visitor.opens(f"chat?c={snapshot['c']}").content.decode().count(none) == 1

    visitor.presses("chat/person", _json=True, c=snapshot["c"])
    world.settle()
    said = chat.messages.count()
    assert none not in visitor.opens(f"chat?c={snapshot['c']}").content.decode()
    visitor.presses("chat/choice", _json=True, c=snapshot["c"], none="1")
    world.settle()
    assert chat.messages.count() == said
