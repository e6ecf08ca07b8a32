"""Side conversations: several beside one ticket, each with its own people and state, and nothing of them for its customer."""

from datetime import timedelta

import pytest
from django.core import mail

from handrail.accounts.viewer import Viewer
from handrail.contacts.merging import merge as merge_people
from handrail.conversations.activity import history
from handrail.conversations.conversation import Conversation
from handrail.conversations.merging import merge, unmerge
from handrail.conversations.models import Delivery, Message, Words
from handrail.conversations.outgoing import Outgoing, send
from handrail.conversations.purging import purge_due
from handrail.conversations.redaction import redact
from handrail.conversations.search import find
from handrail.conversations.sides import (
    ASKED_MOST,
    CannotAsk,
    answered_aside,
    begin,
    hear,
    is_done,
    look_at,
    settle,
    sides_of,
    write,
)
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.core.files.keeping import keep
from handrail.core.files.models import StoredFile


@pytest.fixture
def ticket(world):
    ticket = world.conversation(text="택배가 안 와요")
    ticket.assign(to=world.agent, by=world.agent)
    world.settle()
    mail.outbox.clear()
    return ticket


@pytest.fixture
def side(world, ticket):
    side = begin(ticket, to=["carrier@example.net"], subject="송장 확인", by=world.agent)
    write(side, "송장 1234 어디 있나요?", by=world.agent)
    return side


def answer(side, text="부산에 있어요", mid="x1@example.net", **more):
    return hear(side, text, by=side.requester, message_id=mid, from_address="carrier@example.net", **more)


def test_one_ticket_holds_several_with_their_own_people_and_states(world, ticket, side):
    other = begin(ticket, to=["Seller@Example.org", "buyer@example.org"], subject="재고", by=world.agent)
    write(other, "있나요?", by=world.agent)
    settle(other, is_done=True, by=world.agent)
    assert list(sides_of(ticket)) == [other, side]
    assert is_done(other) and not is_done(side)
    world.settle()
    sent = {(each.to[0], each.message()["Subject"]) for each in mail.outbox}
    assert sent == {
        ("carrier@example.net", "송장 확인"),
        ("seller@example.org", "재고"),
        ("buyer@example.org", "재고"),
    }
    for each in mail.outbox:
        text = each.message().as_string()
        assert f"#{ticket.pk}" not in text and "택배가" not in text and "/hc/" not in text


def test_it_stands_in_nobodys_lists_and_is_nobodys_request(world, ticket, side):
    customer = Viewer(person_id=ticket.requester_id, assurance=2)
    asked = Viewer(person_id=side.requester_id, assurance=2)
    for viewer in (world.viewer(), customer, asked, Viewer(only=side.pk)):
        assert side not in Conversation.objects.visible_to(viewer)
    assert side in Conversation.objects.open_to(world.viewer())
    for viewer in (customer, asked, Viewer(only=side.pk)):
        assert side not in Conversation.objects.open_to(viewer)


def test_an_answer_asks_for_attention_and_changes_nothing_for_the_customer(world, ticket, side):
    ticket.set_status("pending", by=world.agent)
    ticket.snooze(clock.now() + timedelta(days=3), by=world.agent)
    shown = ("status", "updated_at", "last_message_at", "last_message_text", "last_seq", "solved_at")
    before = Conversation.objects.values(*shown).get(pk=ticket.pk)
    message = answer(side)
    ticket.refresh_from_db()
    assert Conversation.objects.values(*shown).get(pk=ticket.pk) == before
    assert not ticket.is_snoozed and ticket.listed_at >= message.at
    assert list(answered_aside(world.viewer())) == [side]
    assert not ticket.messages.filter(text="부산에 있어요").exists()
    look_at(Conversation.objects.get(pk=side.pk))
    assert not answered_aside(world.viewer()).exists()


def test_an_answer_opens_what_was_done_and_a_machine_calls_nobody(world, ticket, side):
    settle(side, is_done=True, by=world.agent)
    answer(side, "부재중이에요", is_automatic=True)
    side.refresh_from_db()
    assert is_done(side) and side.side_news_at is None
    answer(side, mid="x2@example.net")
    side.refresh_from_db()
    assert not is_done(side) and side.side_news_at is not None


def test_the_same_answer_twice_is_one(world, side):
    assert answer(side) == answer(side)
    assert side.messages.filter(direction="in").count() == 1


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ([], "nobody"),
        ([" "], "nobody"),
        ([f"a{at}@example.net" for at in range(ASKED_MOST + 1)], "many"),
        (["help@handrail.test"], "own"),
        (["help+r-1-x@handrail.test"], "own"),
        (["minji@example.com"], "takes_part"),
        (["Minji+shop@example.com"], "takes_part"),
        (["friend@example.com"], "takes_part"),
    ],
)
def test_whoever_would_learn_of_it_is_not_asked(world, ticket, to, code):
    ticket.add_participant(world.person("friend@example.com", name="친구"), by=world.agent)
    with pytest.raises(CannotAsk) as refused:
        begin(ticket, to=to, subject="x", by=world.agent)
    assert refused.value.code == code
    assert not ticket.sides.exists()


def test_an_address_merged_with_the_customer_is_the_customers(world, ticket):
    other = world.person("minji@work.example", name="김민지")
    merge_people(other, into=ticket.requester, by=world.agent)
    with pytest.raises(CannotAsk, match="takes_part"):
        begin(ticket, to=["minji@work.example"], subject="x", by=world.agent)


def test_who_takes_part_later_is_written_to_no_more(world, ticket, side):
    ticket.add_participant(side.requester, by=world.agent)
    with pytest.raises(CannotAsk, match="takes_part"):
        write(side, "더 있나요?", by=world.agent)
    assert side.messages.count() == 1


def test_a_word_can_be_taken_back_and_leaves_once(world, ticket, side):
    world.agent.undo_seconds = 20
    waiting = send(side, "다시 여쭤요", by=world.agent, client_id="one")
    assert isinstance(waiting, Outgoing) and waiting in Outgoing.objects.visible_to(world.viewer())
    assert not Outgoing.objects.visible_to(Viewer(person_id=ticket.requester_id, assurance=2)).exists()
    assert waiting.take_back(by=world.agent)
    again = send(side, "다시 여쭤요", by=world.agent, client_id="two")
    assert again.leave().conversation == side
    assert side.messages.filter(direction="out").count() == 2
    assert Conversation.objects.get(pk=ticket.pk).messages.count() == ticket.messages.count()


def test_a_mail_that_reached_nobody_is_news(world, side):
    delivery = Delivery.objects.get(message__conversation=side)
    delivery.failed("550", by=SYSTEM, bounced=True)
    assert list(answered_aside(world.viewer())) == [side]


def test_colleagues_find_the_ticket_by_what_was_said_and_customers_words_do_not_hold_it(world, ticket, side):
    answer(side, "kingfisher 창고")
    assert [row.number for row in find("kingfisher", viewer=world.viewer()).rows] == [ticket.pk]
    words = Words.objects.get(pk=ticket.pk)
    assert "kingfisher" not in words.public and "kingfisher" in words.private
    assert not Words.objects.filter(pk=side.pk).exists()


def test_redaction_reaches_what_was_said_aside(world, ticket, side):
    answer(side, "카드 4111 1111 1111 1111")
    redact(ticket, "4111-1111-1111-1111", by=world.agent)
    assert "4111" not in side.messages.last().text
    assert find("4111", viewer=world.viewer()).rows == []
    assert find("카드", viewer=world.viewer()).rows


def test_merging_takes_it_along_and_taking_that_back_brings_it_back(world, ticket, side):
    into = world.conversation(ticket.requester, subject="다른 문의")
    own = begin(into, to=["shop@example.net"], subject="x", by=world.agent)
    merge(ticket, into=into, by=world.agent)
    assert set(sides_of(into)) == {side, own}
    answer(Conversation.objects.get(pk=side.pk))
    assert Event.objects.about(into).filter(verb="side.answered").exists()
    unmerge(ticket, by=world.agent)
    assert list(sides_of(ticket)) == [side] and list(sides_of(into)) == [own]


def test_deleting_stops_what_waits_and_purging_takes_all_of_it(world, ticket, side, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = keep(b"aside", name="a.txt", by=world.agent)
    write(side, "파일이에요", by=world.agent, files=[file])
    world.agent.undo_seconds = 20
    waiting = send(side, "더", by=world.agent)
    ticket.delete_for_now(by=world.agent)
    waiting.refresh_from_db()
    assert waiting.state == "stopped"
    assert not Conversation.objects.get(pk=side.pk).takes_replies
    Conversation.objects.filter(pk=ticket.pk).update(deleted_at=clock.now() - timedelta(days=400))
    purge_due()
    assert not Conversation.objects.filter(pk__in=[ticket.pk, side.pk]).exists()
    assert not Message.objects.filter(text="파일이에요").exists()
    assert not StoredFile.objects.filter(pk=file.pk).exists()


def test_the_history_tells_it_in_sentences(world, ticket, side):
    answer(side)
    settle(side, is_done=True, by=world.agent)
    told = " / ".join(line.text for line in history(ticket, locale="ko"))
    for words in ("carrier@example.net 주소와 곁대화를 시작했어요", "곁대화에 썼어요", "곁대화에 답했어요", "곁대화를 마쳤다고"):  # fmt: skip
        assert words in told


def test_a_later_word_goes_out_as_an_answer_and_is_signed(world, ticket, side):
    world.agent.set_up(signature="{{상담원}} 드림", by=world.agent)
    answer(side)
    write(side, "고마워요", by=world.agent)
    world.settle()
    last = mail.outbox[-1].message()
    assert last["Subject"] == "Re: 송장 확인"
    assert last["In-Reply-To"] == "<x1@example.net>"
    assert "이서준 드림" in last.get_payload()[0].get_content()
