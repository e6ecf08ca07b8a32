"""A guest of one conversation: who gets a link to it, whom it lets in, and how long."""

from __future__ import annotations

import pytest
from django.core import mail

from handrail.accounts.models import SignInLink
from handrail.contacts.accounts import find
from handrail.conversations.conversation import Conversation
from handrail.conversations.merging import merge
from handrail.conversations.sides import begin
from handrail.core.actors import SYSTEM
from handrail.core.jobs.worker import drain
from tests.talk.test_left_address import LEFT, chat  # noqa: F401  (a fixture)
from tests.talk.visitor import Visitor, mailed_link


def place(conversation: Conversation) -> str:
    return f"requests/{conversation.number}"


def asks(visitor: Visitor, conversation: Conversation, email: str) -> str:
    """What a link to it by mail says, in whole."""
    before = len(mail.outbox)
    visitor.presses("sign-in/link", email=email, conversation=conversation.number)
    drain()
    assert len(mail.outbox) == before + 1, "no mail came"
    sent = mail.outbox[-1].message()
    parts = [sent.get_body((kind,)) for kind in ("plain", "html")]
    return "\n".join([str(sent["Subject"]), *(part.get_content() for part in parts if part)])


def names_it(words: str, conversation: Conversation) -> bool:
    return f"#{conversation.number}" in words or f"requests/{conversation.number}" in words


def comes_in(visitor: Visitor, conversation: Conversation, email: str) -> int:
    """The status of the request's page after their own link was opened."""
    asks(visitor, conversation, email)
    visitor.presses(mailed_link())
    return visitor.opens(place(conversation)).status_code


def test_who_proves_the_address_left_in_a_chat_reads_and_answers_that_chat(chat, stranger, world):  # noqa: F811
    chat.reply("환불해 드릴게요", by=world.agent)

    assert comes_in(stranger, chat, LEFT) == 200
    assert "환불해 드릴게요" in stranger.opens(place(chat)).content.decode()
    assert stranger.presses(f"{place(chat)}/replies", text="고마워요, 기다릴게요").status_code == 302
    assert chat.messages.filter(text="고마워요, 기다릴게요", is_verified=True).exists()


def test_what_they_wrote_there_is_theirs_in_the_chat(chat, stranger, visitor):  # noqa: F811
    comes_in(stranger, chat, LEFT)
    stranger.presses(f"{place(chat)}/replies", text="휴대폰에서 써요")

    told = visitor.opens("chat").content.decode().split('data-side="')[1:]
    assert [part.partition('"')[0] for part in told if "휴대폰에서 써요" in part] == ["me"]


def test_it_opens_that_one_and_nothing_of_anybodys_history(chat, stranger, visitor, world):  # noqa: F811
    owners = world.conversation(chat.endpoints.get(address=LEFT).person)
    visitor.says("다른 이야기예요", new="1")
    visitors = chat.requester.conversations.exclude(pk=chat.pk).get()
    comes_in(stranger, chat, LEFT)

    assert stranger.opens(place(owners)).status_code == 404
    assert stranger.opens(place(visitors)).status_code == 404
    assert stranger.opens("profile").status_code == 404
    assert f"{place(owners)}" not in stranger.opens("requests").content.decode()


def test_signing_in_by_that_address_asks_about_it_and_does_not_open_it(chat, stranger):  # noqa: F811
    stranger.signs_in(LEFT)

    page = stranger.opens(place(chat)).content.decode()
    assert f"requests/{chat.number}/claim" in page and 'class="talk-lines"' not in page
    assert not any(line.text in page for line in chat.messages.all())


@pytest.mark.parametrize("email", [LEFT, "minji@example.com"])
def test_who_is_signed_in_keeps_that_and_reads_it_besides(chat, stranger, email, world):  # noqa: F811
    stranger.signs_in(email)
    own = world.conversation(find(email))

    assert comes_in(stranger, chat, LEFT) == 200
    assert stranger.opens(place(own)).status_code == 200
    assert stranger.opens("profile").status_code == 200
    chat.endpoints.filter(address=LEFT).update(is_active=False)
    assert stranger.opens(place(chat)).status_code == 404


def test_who_signs_in_where_a_guest_was_before_reads_their_own_alone(chat, minji, stranger):  # noqa: F811
    minji.presses("profile/password", password="a-quiet-harbour-7")
    assert comes_in(stranger, chat, LEFT) == 200
    stranger.presses("sign-in/password", email="minji@example.com", password="a-quiet-harbour-7")

    assert stranger.opens("profile").status_code == 200
    assert stranger.opens(place(chat)).status_code == 404


def test_a_window_that_was_closed_lets_nobody_in_nor_keeps_them(chat, stranger, visitor):  # noqa: F811
    assert comes_in(stranger, chat, LEFT) == 200
    asks(visitor, chat, LEFT)
    late = mailed_link()
    chat.endpoints.filter(address=LEFT).update(is_active=False)

    assert stranger.opens(place(chat)).status_code == 404
    other = Visitor()
    other.presses(late)
    assert other.opens(place(chat)).status_code == 404
    assert not names_it(asks(other, chat, LEFT), chat)


def test_a_letter_in_upper_case_is_the_same_window(world, stranger):
    conversation = world.conversation()
    person = world.person("hana@example.com")
    conversation.attach_endpoint(world.mail, "Hana@Example.com", person=person, by=SYSTEM)

    assert comes_in(stranger, conversation, "hana@example.com") == 200


@pytest.mark.parametrize("address", ["attacker@shop.example", "known@example.com"])
def test_no_mail_names_a_request_to_who_may_not_read_it(world, stranger, address):
    world.person("known@example.com")
    conversation = world.conversation()
    words = asks(stranger, conversation, address)

    assert not names_it(words, conversation)
    link = SignInLink.objects.get()
    assert (link.purpose, link.conversation_id) == ("sign_in", None)
    page = stranger.opens(mailed_link()).content.decode()
    assert f"#{conversation.number}" not in page


def test_a_number_that_is_none_is_mailed_to_nobody(world, stranger):
    conversation = world.conversation()
    conversation.number = 987654

    assert not names_it(asks(stranger, conversation, "minji@example.com"), conversation)


def test_who_was_asked_beside_a_request_is_mailed_no_number_of_it(world, stranger):
    conversation = world.conversation()
    side = begin(conversation, to=["supplier@parts.example"], subject="재고", by=world.agent)

    assert not names_it(asks(stranger, side, "supplier@parts.example"), side)
    assert not names_it(asks(Visitor(), conversation, "supplier@parts.example"), conversation)


def test_who_takes_part_is_mailed_its_number(world, stranger):
    conversation = world.conversation()
    hana = world.person("hana@example.com")
    conversation.add_participant(hana, by=SYSTEM)

    assert names_it(asks(stranger, conversation, "minji@example.com"), conversation)
    assert names_it(asks(stranger, conversation, "hana@example.com"), conversation)
    conversation.remove_participant(hana, by=SYSTEM)
    assert not names_it(asks(stranger, conversation, "hana@example.com"), conversation)


def test_the_page_says_the_same_to_who_may_and_who_may_not(world, stranger):
    conversation = world.conversation()
    pages = [
        stranger.presses("sign-in/link", email=address, conversation=conversation.number)
        .content.decode()
        .replace(address, "")
        for address in ("minji@example.com", "attackr@example.com")
    ]

    assert len({len(page) for page in pages}) == 1


def test_the_number_of_a_merged_one_leads_its_customer_to_where_it_went_on(world, stranger):
    person = world.person("minji@example.com")
    old, new = world.conversation(person), world.conversation(person)
    merge(old, into=new, by=world.agent, tell=False)

    assert names_it(asks(stranger, old, "minji@example.com"), new)
    stranger.presses(mailed_link())
    assert stranger.opens(place(new)).status_code == 200


def test_what_was_asked_before_the_address_was_left_is_not_shown_as_ours(chat, stranger, world):  # noqa: F811
    chat.reply("환불해 드릴게요", by=world.agent)
    comes_in(stranger, chat, LEFT)
    told = stranger.opens(place(chat)).content.decode().split('data-side="')[1:]
    others = [part for part in told if part.startswith("other")]
    assert others and all("문의하신 분" in part and "상담팀" not in part for part in others)
