"""A second need in one message becomes a conversation of its own."""

import pytest

from handrail.conversations.links import linked
from handrail.conversations.messages import Message
from handrail.conversations.search import find
from handrail.conversations.splitting import CannotSplit, split
from handrail.core.files.keeping import keep


@pytest.fixture
def two_needs(world):
    conversation = world.conversation(text="환불도 안 되고 앱도 꺼져요")
    file = keep(b"log", name="crash.txt", by=conversation.requester)
    conversation.receive(
        "앱이 계속 꺼져요 zebracrash",
        by=conversation.requester,
        files=[file],
        endpoint=conversation.endpoints.get(),
    )
    world.settle()
    return conversation


def test_the_message_its_files_and_its_writer_go_along_and_each_leads_to_the_other(world, two_needs):
    message = two_needs.messages.get(text__startswith="앱이")
    after = split(message, by=world.agent, subject="앱 꺼짐")

    copy = after.messages.get()
    assert (copy.text, copy.at, copy.author_kind, copy.author_id, copy.seq) == (
        message.text,
        message.at,
        "person",
        two_needs.requester_id,
        1,
    )
    assert [each.file.title for each in copy.attachments.all()] == ["crash.txt"]
    assert (after.subject, after.requester, after.team) == ("앱 꺼짐", two_needs.requester, two_needs.team)
    assert [each.number for each in linked(after, viewer=world.viewer())] == [two_needs.pk]
    assert [each.number for each in linked(two_needs, viewer=world.viewer())] == [after.pk]
    assert two_needs.messages.filter(pk=message.pk).exists()


def test_nothing_is_sent_and_no_automatic_answer_given(world, two_needs):
    before = Message.objects.filter(direction="out").count()
    after = split(two_needs.messages.get(text__startswith="앱이"), by=world.agent)
    world.settle()
    assert Message.objects.filter(direction="out").count() == before
    assert after.messages.count() == 1


def test_a_reply_reaches_the_customer_by_an_address_of_the_new_one(world, two_needs):
    after = split(two_needs.messages.get(text__startswith="앱이"), by=world.agent)
    reply = after.reply("앱을 새로 깔아 보세요", by=world.agent)
    delivery = reply.deliveries.get()
    assert delivery.endpoint.address == "minji@example.com"
    assert delivery.endpoint.reply_key != two_needs.endpoints.get().reply_key


def test_it_is_found_by_its_words(world, two_needs):
    after = split(two_needs.messages.get(text__startswith="앱이"), by=world.agent, subject="앱")
    world.settle()
    assert after.pk in [row.number for row in find("zebracrash", viewer=world.viewer()).rows]


def test_somebody_in_copy_who_wrote_it_gets_theirs_and_sees_no_more_than_before(world, two_needs):
    other = world.person("dongwoo@example.com", "박동우")
    two_needs.add_participant(other, by=world.agent)
    said = two_needs.receive("제 주문도 봐주세요", by=other)
    assert split(said, by=world.agent).requester == other

    two_needs.remove_participant(other, by=world.agent)
    assert split(said, by=world.agent).requester == two_needs.requester


def test_what_an_unverified_sender_wrote_stays_unverified(world, two_needs):
    said = two_needs.receive("급해요", by=two_needs.requester, is_verified=False, from_address="x@evil.test")
    copy = split(said, by=world.agent).messages.get()
    assert (copy.is_verified, copy.from_address) == (False, "x@evil.test")


def test_our_own_words_are_not_split_off(world, two_needs):
    ours = two_needs.reply("확인할게요", by=world.agent)
    with pytest.raises(CannotSplit):
        split(ours, by=world.agent)
