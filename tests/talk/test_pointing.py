"""A choice is typed as well as pressed: by its place in the list, or by a yes to the only one."""

from __future__ import annotations

import pytest

from handrail.answers.results import Hit, Result
from handrail.conversations.conversation import Conversation
from handrail.intake import respond
from handrail.intake.chat import ask_for_person
from handrail.intake.pointing import place_in_list


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("1", 1),
        ("2번", 2),
        ("2번이요", 2),
        ("두 번째 거요", 2),
        ("첫번째", 1),
        ("세번째 글 보여주세요", 3),
        ("맨 위에 있는 거요", 1),
        ("마지막 거", -1),
        ("the second one", 2),
        ("Number two please", 2),
        ("show me the last one", -1),
        ("3rd", 3),
        ("#2", 2),
        ("2개 샀어요", 0),
        ("이번 주에 와요?", 0),
        ("이번이요", 0),
        ("두 번 눌렀는데 안 돼요", 0),
        ("first I pressed the button", 0),
        ("one more thing", 0),
        ("네", 0),
        ("2번 결제됐어요", 0),
    ],
)
def test_words_that_point_into_a_list(words, place):
    assert place_in_list(words) == place


@pytest.fixture
def offering(visitor, world, monkeypatch):
    """Begins a chat in which so many articles stand to choose from."""
    articles = [world.article(f"배송 안내 {number}", f"<p>내용 {number}</p>") for number in range(1, 4)]

    def begin(count):
        hits = [
            Hit(each.pk, f"배송 안내 {number}", "slug", "ko", "ko", 0.5, version=1)
            for number, each in enumerate(articles[:count], 1)
        ]
        result = Result(outcome="choices", locale="ko", choices=hits, considered=hits)
        with monkeypatch.context() as patched:
            patched.setattr(respond, "answer", lambda *_, **__: result)
            visitor.says("배송이 궁금해요")
            world.settle()
        return Conversation.objects.get()

    return begin


def told(chat):
    return chat.messages.filter(author_kind="bot").order_by("-seq").first()


def says(visitor, world, chat, text):
    visitor.says(text, c=chat.public_id)
    world.settle()
    return told(chat)


def test_the_place_in_the_list_is_as_good_as_pressing(offering, visitor, world):
    chat = offering(3)
    answer = says(visitor, world, chat, "두 번째 거요")
    assert answer.data["answer"]["title"] == "배송 안내 2"
    assert "내용 2" in answer.text


def test_a_place_beyond_the_list_is_a_question_like_any_other(offering, visitor, world):
    chat = offering(2)
    answer = says(visitor, world, chat, "5번")
    assert answer.data.get("answer") is None


def test_a_yes_to_the_only_choice_shows_it_and_to_several_asks_which(offering, visitor, world):
    chat = offering(3)
    asked = says(visitor, world, chat, "네")
    assert "어느 것" in asked.text
    assert [each["title"] for each in asked.data["choices"]] == [
        f"배송 안내 {number}" for number in (1, 2, 3)
    ]
    assert says(visitor, world, chat, "마지막 거요").data["answer"]["title"] == "배송 안내 3"


@pytest.mark.parametrize("words", ["둘 다", "전부 다 알려주세요", "both", "all of them please"])
def test_who_wants_them_all_is_asked_which(offering, visitor, world, words):
    chat = offering(2)
    assert "어느 것" in says(visitor, world, chat, words).text


def test_choices_can_be_named_while_they_stand_above_a_turn_that_found_nothing(offering, visitor, world):
    chat = offering(3)
    assert says(visitor, world, chat, "비트코인 시세 알려 주세요").data["code"] == "handover"
    assert says(visitor, world, chat, "두 번째 거요").data["answer"]["title"] == "배송 안내 2"


def test_a_yes_to_one(offering, visitor, world):
    chat = offering(1)
    assert says(visitor, world, chat, "네").data["answer"]["title"] == "배송 안내 1"


def test_what_is_pressed_after_the_hand_over_counts_and_stops_at_the_limit(offering, visitor, world):
    chat = offering(3)
    ask_for_person(chat, by=chat.requester)
    chat.refresh_from_db()
    chat.brand.rule(automatic_turns_max=chat.automatic_turns + 1, by=world.agent)
    offered = [each["article"] for each in told_choices(chat)]
    for article in offered[:2]:
        visitor.presses("chat/choice", _json=True, c=chat.public_id, article=article)
        world.settle()
    chat = Conversation.objects.get()
    answers = [data for data in bot_said(chat) if data.get("code") == "answer"]
    assert [data["answer"]["title"] for data in answers] == ["배송 안내 1"]
    assert chat.automatic_turns == chat.brand.automatic_turns_max


def bot_said(chat):
    return list(chat.messages.filter(author_kind="bot").order_by("seq").values_list("data", flat=True))


def told_choices(chat):
    return next(data["choices"] for data in bot_said(chat) if data.get("code") == "choices")
