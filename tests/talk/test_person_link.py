"""The link "I need a person" in an automatic mail: one press, nobody is asked who they are, and looking changes nothing."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.utils import translation

from handrail.conversations.activity import beside_messages
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.merging import merge
from handrail.core.actors import BOT, SYSTEM
from handrail.core.ids import random_id

WRITTEN = {"subject": "환불이 안 돼요", "text": "어제 신청했어요.", "email": "minji@example.com"}
DONE = "상담사에게 전했어요"
LINK = re.compile(r"https?://[^/\s]+(/hc/ko/person/\S+)")


@pytest.fixture
def link(visitor, world) -> str:
    """Out of the automatic mail that answers a form, as it went over the wire."""
    visitor.presses("requests/new", **WRITTEN)
    world.settle()
    body = mail.outbox[-1].message().get_body(("plain",)).get_content()
    found = LINK.search(body)
    assert found, body
    return found[1]


def request() -> Conversation:
    return Conversation.objects.earliest("pk")


def asked(conversation: Conversation) -> list[str]:
    said = conversation.messages.filter(direction="in", data__wants_person=True)
    return list(said.values_list("text", flat=True))


def test_looking_shows_one_button_and_changes_nothing(stranger, link):
    for _look in range(3):
        page = stranger.opens(link)

    text = page.content.decode()
    assert page.status_code == 200
    assert DONE not in text
    assert '<form method="post"><input type="hidden" name="csrfmiddlewaretoken"' in text
    assert "어제 신청했어요." not in text and "환불이 안 돼요" not in text and "minji" not in text
    assert 'name="robots" content="noindex' in text
    assert "no-store" in page["Cache-Control"]
    assert asked(request()) == []


def test_one_press_without_a_session_brings_a_person(stranger, world, link):
    conversation = request()
    conversation.set_status("pending", by=world.agent)
    page = stranger.presses(link)
    world.settle()

    conversation.refresh_from_db()
    assert page.status_code == 200 and DONE in page.content.decode()
    assert asked(conversation) == ["상담사의 답변을 받고 싶어요."]
    assert conversation.status == "open"
    with translation.override("ko"):
        told = [each.text for each in beside_messages(conversation, locale="ko")]
    assert told[-1].endswith(" 상담사를 요청했어요")
    # Whoever holds the link still sees nothing of what was said.
    assert stranger.opens(f"requests/{conversation.number}").status_code == 404


def test_pressing_again_says_so_once_until_somebody_answered(stranger, world, link):
    stranger.presses(link)
    stranger.presses(link)
    assert len(asked(request())) == 1
    assert DONE in stranger.opens(link).content.decode()

    request().reply("확인했어요.", by=world.agent)
    assert DONE not in stranger.opens(link).content.decode()
    stranger.presses(link)
    assert len(asked(request())) == 2


def test_a_press_answers_with_no_automatic_mail(stranger, world, link):
    before = len(mail.outbox)
    stranger.presses(link)
    world.settle()

    assert len(mail.outbox) == before


def test_what_the_bot_holds_it_hands_over(stranger, world, link):
    conversation = request()
    Conversation.objects.filter(pk=conversation.pk).update(held_by="bot")
    stranger.presses(link)
    world.settle()

    conversation.refresh_from_db()
    assert conversation.held_by == "people" and conversation.handed_over_at


def test_a_closed_one_goes_on_in_one_follow_up(stranger, world, link):
    conversation = request()
    conversation.set_status("closed", by=SYSTEM)
    stranger.presses(link)
    stranger.presses(link)

    follow_up = conversation.follow_ups.get()
    assert asked(conversation) == [] and len(asked(follow_up)) == 1
    assert follow_up.endpoints.filter(address="minji@example.com", is_active=True).exists()


def test_a_merged_one_asks_in_the_one_it_became(stranger, world, link):
    conversation = request()
    survivor = world.conversation(conversation.requester)
    merge(conversation, into=survivor, by=world.agent)
    stranger.presses(link)

    assert len(asked(survivor)) == 1


@pytest.mark.parametrize("method", ["opens", "presses"])
def test_a_link_nobody_signed_or_that_was_taken_back_is_no_good(stranger, world, link, method):
    endpoint = request().endpoints.get()
    head, signature = link.rsplit(".", 1)
    other = world.conversation(world.person("hana@example.com")).endpoints.get()
    forged = [
        f"{head}.{'A' * len(signature)}",
        f"{head}.",
        head,
        f"/hc/ko/person/{other.pk}.{signature}",
        f"/hc/ko/person/{'9' * 40}.{signature}",
        "/hc/ko/person/²." + signature,
    ]
    for path in forged:
        assert getattr(stranger, method)(path).status_code == 410, path

    Endpoint.objects.filter(pk=endpoint.pk).update(reply_key=random_id())
    assert getattr(stranger, method)(link).status_code == 410
    assert asked(request()) == [] and asked(other.conversation) == []


def test_pressing_very_often_is_slowed_down(stranger, link):
    answers = [stranger.presses(link).status_code for _press in range(21)]

    assert answers[:20] == [200] * 20 and answers[20] == 429


def test_a_persons_mail_leads_to_the_request_itself(world):
    conversation = world.conversation()
    conversation.reply("확인했어요.", by=world.agent)
    conversation.reply("자동이에요.", by=BOT, is_automatic=True)
    world.settle()
    plain = [sent.message().get_body(("plain",)).get_content() for sent in mail.outbox]

    by_person = next(text for text in plain if "확인했어요." in text)
    automatic = next(text for text in plain if "자동이에요." in text)
    assert f"/requests/{conversation.number}" in by_person and "/person/" not in by_person
    assert "/person/" in automatic


def test_it_reads_in_english_too(stranger, link):
    text = stranger.opens(link.replace("/hc/ko/", "/hc/en/")).content.decode()

    assert "Ask for a person" in text
