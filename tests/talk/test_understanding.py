"""“Did we understand you?”: said back by a colleague, answered with one press in the chat or by the mail's link, and kept."""

from __future__ import annotations

import re

import pytest

from handrail.conversations.letters import compose
from handrail.conversations.models import Conversation, Delivery
from handrail.conversations.understanding import answer, of_token, said_back
from tests.talk.visitor import Visitor

ASKED = "세탁기 문이 안 열려요. 오늘 기사님이 오실 수 있나요? 비용은 얼마예요?"


@pytest.fixture
def colleague(client, world):
    client.force_login(world.agent)
    return client


@pytest.fixture
def checked(world, visitor: Visitor, colleague):
    """A chat in which a colleague said back what they understood."""
    snapshot = visitor.says(ASKED)
    visitor.presses("chat/person", _json=True, c=snapshot["c"])
    world.settle()
    conversation = Conversation.objects.get()
    send(colleague, conversation, checked="1", restated="오늘 방문이 되는지, 비용이 얼마인지 궁금하시군요.")
    return conversation


def send(colleague, conversation: Conversation, **fields: str):
    return colleague.post(
        f"/desk/conversations/{conversation.pk}/messages", {"client_id": "c-12345678", **fields}
    )


def ours(conversation: Conversation):
    return conversation.messages.filter(author_kind="staff").get()


def test_what_was_asked_is_proposed_in_the_customers_language_and_nothing_is_sent(world, visitor, colleague):
    visitor.says(ASKED)
    world.settle()
    conversation = Conversation.objects.get()
    shown = send(colleague, conversation, check="1", text="")
    page = shown.content.decode()
    assert shown.status_code == 409
    assert re.search(r'name="restated"[^>]*>[^<]*- 오늘 기사님이 오실 수 있나요\?\n- 비용은 얼마예요\?', page)
    assert not conversation.messages.filter(author_kind="staff").exists()


@pytest.mark.parametrize(
    ("press", "state", "words"), [("right", "right", "맞아요"), ("wrong", "wrong", "고칠")]
)
def test_one_press_in_the_chat_keeps_the_answer_once(checked, visitor, colleague, press, state, words):
    page = visitor.opens(f"chat?c={checked.public_id}").content.decode()
    assert "맞아요" in page and "고칠게요" in page
    for _ in range(2):
        visitor.presses(f"talk/{checked.public_id}/check", **{press: str(ours(checked).seq)})
    said = checked.messages.filter(direction="in", data__checks=ours(checked).pk)
    assert [words in each.text for each in said] == [True]
    assert ours(checked).data["check"] == state
    assert visitor.opens(f"chat?c={checked.public_id}").content.decode().count('name="right"') == 0
    assert f'data-check="{state}"' in colleague.get(f"/desk/conversations/{checked.pk}").content.decode()


def test_somebody_else_presses_nothing(checked, stranger):
    assert (
        stranger.presses(f"talk/{checked.public_id}/check", right=str(ours(checked).seq)).status_code == 404
    )
    assert ours(checked).data["check"] == "asked"


def test_who_is_in_copy_reads_the_check_and_cannot_answer_it(world, minji):
    conversation = world.conversation(text=ASKED)
    conversation.add_participant(world.person("copy@example.com", "박동료"), by=world.agent)
    message = conversation.reply("이렇게 이해했어요.", by=world.agent, data=said_back())
    in_copy = Visitor().signs_in("copy@example.com")
    place, press = f"requests/{conversation.pk}", f"talk/{conversation.public_id}/check"

    page = in_copy.opens(place).content.decode()
    assert "이렇게 이해했어요." in page and 'name="right"' not in page and 'name="wrong"' not in page
    assert in_copy.presses(press, right=str(message.seq)).status_code == 404
    assert ours(conversation).data["check"] == "asked"

    assert 'name="right"' in minji.opens(place).content.decode()
    minji.presses(press, right=str(message.seq))
    assert ours(conversation).data["check"] == "right"
    assert "맞다고 하셨어요" in minji.opens(place).content.decode()
    assert "맞다고 하셨어요" not in in_copy.opens(place).content.decode()


@pytest.mark.parametrize("number", ["", "1", "999", "-1", "9" * 30, "x"])
def test_what_is_no_question_of_ours_takes_no_answer(checked, visitor, number):
    assert visitor.presses(f"talk/{checked.public_id}/check", right=number).status_code == 404
    assert not checked.messages.filter(data__has_key="checks").exists()


@pytest.fixture
def mailed(world):
    conversation = world.conversation(text=ASKED)
    message = conversation.reply("오늘 방문과 비용이 궁금하시군요.", by=world.agent, data=said_back())
    letter, _from, _to = compose(Delivery.objects.get(message=message))
    return message, letter


def links(letter: bytes) -> list[str]:
    from email import message_from_bytes, policy

    text = message_from_bytes(letter, policy=policy.default).get_body(("plain",)).get_content()
    return re.findall(r"https?://[^/\s]+(/hc/\S+/check/\S+)", text)


def test_the_mails_link_shows_our_words_and_only_a_press_answers(mailed, visitor, world):
    message, letter = mailed
    (link, again) = links(letter)
    assert link == again
    assert "오늘 방문과 비용이 궁금하시군요." in visitor.opens(link).content.decode()
    message.refresh_from_db()
    assert message.data["check"] == "asked"
    page = visitor.presses(link, right="1").content.decode()
    assert f"#{message.conversation_id}" in page
    message.refresh_from_db()
    assert message.data["check"] == "right"
    assert (
        message.conversation.messages.filter(direction="in").last().author_id
        == message.conversation.requester_id
    )


def test_a_link_nobody_signed_or_of_another_message_opens_nothing(mailed, visitor, world):
    message, letter = mailed
    token = links(letter)[0].rsplit("/", 1)[1]
    window, _number = token.partition(".")[0].split(":")
    plain = message.conversation.reply("다른 말이에요.", by=world.agent)
    for wrong in (
        "x",
        "1:2",
        f"{window}:{plain.pk}.{token.partition('.')[2]}",
        f"{token}x",
        f"{'9' * 40}:1.a",
    ):
        assert of_token(wrong) is None
        assert visitor.opens(f"/hc/ko/check/{wrong}").status_code == 410
    message.conversation.endpoints.update(is_active=False)
    assert of_token(token) is None


def test_who_is_in_copy_gets_no_link_to_answer_for_the_customer(world):
    conversation = world.conversation(text=ASKED)
    conversation.add_participant(world.person("copy@example.com", "박동료"), by=world.agent)
    message = conversation.reply("이렇게 이해했어요.", by=world.agent, data=said_back())
    sent = {row.endpoint.address: links(compose(row)[0]) for row in message.deliveries.all()}
    assert len(sent["minji@example.com"]) == 2
    assert all(not found for address, found in sent.items() if address != "minji@example.com")


def test_an_answer_to_what_was_closed_is_kept_and_opens_nothing(mailed, world):
    message, _letter = mailed
    message.conversation.set_status("closed", by=world.agent)
    assert answer(message, is_right=True, by=message.conversation.requester) is None
    message.refresh_from_db()
    assert message.data["check"] == "right"
    assert Conversation.objects.count() == 1
