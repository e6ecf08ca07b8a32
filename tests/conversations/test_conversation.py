from datetime import timedelta

import pytest

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.merging import CannotMerge, merge, unmerge
from handrail.conversations.opening import receive_or_follow_up
from handrail.core import clock
from handrail.core.events.models import Event


def test_ticket_numbers_have_four_digits_from_the_first(world):
    assert world.conversation().number >= 1001


def test_a_reply_by_staff_opens_a_new_conversation_and_queues_one_mail(world):
    conversation = world.conversation()

    message = conversation.reply("확인해 볼게요.", by=world.agent)

    assert conversation.status == "open"
    assert [d.endpoint.address for d in message.deliveries.all()] == ["minji@example.com"]
    assert conversation.first_answered_at == message.at


def test_the_same_client_id_says_it_once(world):
    conversation = world.conversation()
    first = conversation.receive("저기요", by=conversation.requester, client_id="c1")
    second = conversation.receive("저기요", by=conversation.requester, client_id="c1")
    assert first == second
    assert conversation.messages.count() == 2


def test_a_reply_wakes_a_solved_conversation(world):
    conversation = world.conversation()
    conversation.set_status("solved", by=world.agent)
    conversation.receive("아직 안 돼요", by=conversation.requester)
    assert conversation.status == "open"


def test_a_reply_to_a_closed_conversation_opens_a_linked_one_and_leaves_it_alone(world):
    conversation = world.conversation()
    conversation.set_status("closed", by=world.agent)
    before = conversation.messages.count()

    message = receive_or_follow_up(
        conversation,
        "다시 문의드려요",
        inbox=world.mail,
        sender=conversation.requester,
        by=conversation.requester,
    )

    assert message.conversation.follows == conversation
    assert conversation.messages.count() == before


def test_a_reply_long_after_solving_opens_a_follow_up(world):
    conversation = world.conversation()
    conversation.set_status("solved", by=world.agent)
    with clock.at(clock.now() + timedelta(days=15)):
        message = receive_or_follow_up(
            conversation,
            "또 그래요",
            inbox=world.mail,
            sender=conversation.requester,
            by=conversation.requester,
        )
    assert message.conversation != conversation


def test_strangers_see_nothing_and_people_see_their_own(world):
    mine, other = world.conversation(), world.conversation(world.person("other@example.com", "박준"))
    me = Viewer(person_id=mine.requester_id, assurance=2)
    assert list(Conversation.objects.visible_to(STRANGER)) == []
    assert list(Conversation.objects.visible_to(me)) == [mine]
    assert list(Conversation.objects.visible_to(Viewer(only=other.number))) == [other]
    assert Conversation.objects.visible_to(world.viewer()).count() == 2


def test_a_claimed_address_opens_no_history(world):
    conversation = world.conversation()
    claimed = Viewer(person_id=conversation.requester_id, assurance=1)
    assert list(Conversation.objects.visible_to(claimed)) == []


def test_every_change_is_a_fact_with_old_and_new(world):
    conversation = world.conversation()
    conversation.assign(to=world.agent, by=world.agent)
    conversation.set_status("pending", by=world.agent)
    facts = Event.objects.about(conversation)
    assert [f.verb for f in facts] == [
        "conversation.opened",
        "message.received",
        "conversation.assigned",
        "conversation.status_changed",
    ]
    assert facts.last().data == {"old": "new", "new": "pending"}


@pytest.mark.parametrize("reason", ["asked", "no_answer"])
def test_handing_over_happens_once(world, reason):
    conversation = world.conversation()
    Conversation.objects.filter(pk=conversation.pk).update(held_by="bot")
    conversation.refresh_from_db()
    assert conversation.hand_over(reason=reason, by=conversation.requester)
    assert not conversation.hand_over(reason=reason, by=conversation.requester)


def test_a_merge_tells_the_customer_once_and_goes_back_within_the_week(world):
    one, into = world.conversation(subject="하나"), world.conversation(subject="둘")
    one.set_status("pending", by=world.agent)
    merge(one, into=into, by=world.agent)
    told = into.messages.filter(is_automatic=True, text__contains=f"#{one.number}")
    assert told.count() == 1
    unmerge(one, by=world.agent)
    one.refresh_from_db()
    assert (one.merged_into, one.status, one.closed_at) == (None, "pending", None)
    one.receive("이어서 써요", by=one.requester)
    assert one.messages.filter(text="이어서 써요").exists()
    with pytest.raises(CannotMerge):
        unmerge(one, by=world.agent)


def test_after_a_week_a_merge_stays(world):
    one, into = world.conversation(), world.conversation()
    merge(one, into=into, by=world.agent)
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(CannotMerge):
        unmerge(one, by=world.agent)


@pytest.mark.parametrize(
    ("subject", "kept"),
    [
        ("\u202e\u200b", ""),
        (" \u2066\u00ad ", ""),
        ("\u200b환불\n문의", "환불 문의"),
        ("👍", "👍"),
        ("?", "?"),
    ],
)
def test_a_subject_that_nobody_can_see_is_none(world, subject, kept):
    assert world.conversation(subject=subject).subject == kept
