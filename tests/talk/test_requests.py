"""My requests: where each stands in plain words, and what its customer can do."""

from __future__ import annotations

import re
import time

import pytest
from django.core import mail as django_mail

from handrail.channels.models import Inbox
from handrail.contacts.models import Identity
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.merging import merge
from handrail.conversations.opening import open_conversation
from handrail.core.actors import SYSTEM
from handrail.web.viewer import GUEST_KEY


@pytest.fixture
def theirs(world, minji):
    """Minji's own request, begun by mail."""
    return world.conversation(world.person("minji@example.com"))


def test_somebody_who_only_ever_wrote_mail_signs_in_reads_and_answers(visitor, world):
    written = world.conversation(world.person("jisu@example.com"), text="배송이 안 와요")

    visitor.signs_in("jisu@example.com")
    assert f"#{written.number}" in visitor.opens("requests").content.decode()
    assert "배송이 안 와요" in visitor.opens(f"requests/{written.number}").content.decode()
    visitor.presses(f"requests/{written.number}/replies", text="아직 안 왔어요")

    assert written.messages.last().text == "아직 안 왔어요"
    assert written.messages.last().is_verified


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("open", "With our people"),
        ("pending", "Waiting for your answer"),
        ("on_hold", "Being looked into"),
        ("solved", "Solved"),
        ("closed", "Closed"),
    ],
)
def test_the_state_is_said_in_plain_words(minji, theirs, status, words):
    theirs.set_status(status, by=SYSTEM)

    page = minji.opens(f"/hc/en/requests/{theirs.number}").content.decode()

    assert f">{words}</span>" in page.partition('class="talk-standing"')[2]


def test_closing_and_opening_again(minji, theirs):
    minji.presses(f"requests/{theirs.number}/solution")
    theirs.refresh_from_db()
    assert theirs.status == "solved"

    minji.presses(f"requests/{theirs.number}/reopening")
    theirs.refresh_from_db()
    assert theirs.status == "open"


def test_an_answer_to_a_closed_one_opens_a_follow_up(minji, theirs):
    theirs.set_status("closed", by=SYSTEM)

    answer = minji.presses(f"requests/{theirs.number}/replies", text="또 그래요")
    follow_up = theirs.follow_ups.get()

    assert answer["Location"].startswith(f"/hc/ko/requests/{follow_up.number}")
    assert follow_up.messages.get().text == "또 그래요"


def test_strangers_get_what_a_missing_number_gets(stranger, theirs):
    foreign = stranger.opens(f"requests/{theirs.number}")
    missing = stranger.opens("requests/987654")

    assert foreign.status_code == missing.status_code == 404
    # The form's token is masked anew at each look, whatever was asked for.
    assert same(foreign.content, str(theirs.number)) == same(missing.content, "987654")
    for act in ("replies", "solution", "reopening"):
        assert stranger.presses(f"requests/{theirs.number}/{act}", text="x").status_code == 404


def same(page: bytes, number: str) -> bytes:
    """The page without the number asked for and the form's token."""
    # Whole numbers only: a short one may stand inside another.
    plain = re.sub(rb"(?<!\d)" + number.encode() + rb"(?!\d)", b"", page)
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", plain)


def test_a_note_is_never_shown(minji, theirs, world):
    theirs.note("SECRET-NOTE", by=world.agent)

    assert b"SECRET-NOTE" not in minji.opens(f"requests/{theirs.number}").content
    assert b"SECRET-NOTE" not in minji.opens("requests").content


def test_the_number_of_a_merged_one_opens_the_one_it_became(minji, theirs, world):
    survivor = world.conversation(world.person("minji@example.com"), subject="같은 문의")
    merge(theirs, into=survivor, by=world.agent)

    assert minji.opens(f"requests/{theirs.number}")["Location"] == f"/hc/ko/requests/{survivor.number}"


def test_a_colleague_in_copy_reads_and_is_taken_out_again(minji, stranger, theirs):
    minji.presses(f"requests/{theirs.number}/copies", email="hana@example.com")
    hana = stranger.signs_in("hana@example.com")
    assert hana.opens(f"requests/{theirs.number}").status_code == 200
    person = theirs.participants.get(role="copied").person

    minji.presses(f"requests/{theirs.number}/copies/{person.pk}")

    assert hana.opens(f"requests/{theirs.number}").status_code == 404
    assert not theirs.endpoints.filter(person=person, is_active=True).exists()


def test_who_only_stands_there_by_an_address_is_that_address_until_they_speak(minji, theirs, stranger, world):
    hana = world.person("hana@example.com", assurance=2)
    hana.describe(name="최하나", by=SYSTEM)
    Identity.objects.create(person=hana, kind="email", value="hana@home.example", assurance=2)
    minji.presses(f"requests/{theirs.number}/copies", email="hana@home.example")

    page = minji.opens(f"requests/{theirs.number}").content.decode()
    assert "hana@home.example" in page and "최하나" not in page and "hana@example.com" not in page
    django_mail.outbox.clear()
    theirs.reply("둘 다 볼 수 있어요", by=world.agent)
    world.settle()
    to_minji = [each.message() for each in django_mail.outbox if each.recipients() == ["minji@example.com"]]
    assert {str(each["Cc"]) for each in to_minji if each["Cc"]} == {"hana@home.example"}

    stranger.signs_in("hana@example.com").presses(f"requests/{theirs.number}/replies", text="저도 볼게요")
    assert "최하나" in minji.opens(f"requests/{theirs.number}").content.decode()


def test_a_colleague_in_copy_is_answered_from_the_mailbox_it_came_to(minji, world):
    sales = Inbox.objects.create(kind="mail", brand=world.brand, address="sales@handrail.test", name="sales")
    person = world.person("minji@example.com")
    asked = open_conversation(sales, requester=person, by=person, address=person.email)
    asked.receive("견적 주세요", by=person)
    minji.presses(f"requests/{asked.number}/copies", email="hana@example.com")
    assert set(asked.endpoints.values_list("address", "inbox__address")) == {
        ("minji@example.com", "sales@handrail.test"),
        ("hana@example.com", "sales@handrail.test"),
    }


def test_only_the_one_whose_request_it_is_adds_people(minji, stranger, theirs):
    minji.presses(f"requests/{theirs.number}/copies", email="hana@example.com")
    hana = stranger.signs_in("hana@example.com")

    assert hana.presses(f"requests/{theirs.number}/copies", email="x@example.com").status_code == 404


def test_a_claimed_address_adds_nobody(visitor, world):
    answer = visitor.presses("requests/new", subject="a", text="b", email="claimed@example.com")
    number = answer["Location"].split("/")[-1].split("?")[0]

    assert visitor.opens(f"requests/{number}").status_code == 200
    assert visitor.presses(f"requests/{number}/copies", email="victim@example.com").status_code == 404


def test_the_list_asks_as_often_for_twenty_as_for_one(minji, theirs, world, django_assert_max_num_queries):
    for _turn in range(20):
        world.conversation(world.person("minji@example.com"))

    with django_assert_max_num_queries(16):
        assert minji.opens("requests").content.decode().count("request-row") == 21


def test_staff_who_look_at_the_help_centre_are_visitors_there(visitor, theirs, world):
    visitor.client.force_login(world.agent, backend="django.contrib.auth.backends.ModelBackend")

    assert visitor.opens(f"requests/{theirs.number}").status_code == 404
    assert f"#{theirs.number}" not in visitor.opens("requests").content.decode()


def test_a_nameless_visitor_goes_on_after_the_chat_was_closed(visitor, stranger, world):
    """Their browser sees the follow-up, their words reach it, and our answer reaches them there and by mail."""
    snapshot = visitor.says("환불 언제 돼요?")
    chat = Conversation.objects.get()
    visitor.presses("chat/address", c=snapshot["c"], email="jisu@example.com")
    chat.set_status("closed", by=SYSTEM)

    answer = visitor.presses(f"requests/{chat.number}/replies", text="아직이에요")
    follow_up = Conversation.objects.exclude(pk=chat.pk).get()
    page = visitor.opens(answer["Location"].partition("#")[0])
    follow_up.reply("오늘 보냈어요.", by=world.agent)

    assert (follow_up.follows, follow_up.channel, follow_up.held_by) == (chat, "chat", "people")
    assert page.status_code == 200 and "아직이에요" in page.content.decode()
    assert "오늘 보냈어요." in visitor.opens(f"requests/{follow_up.number}").content.decode()
    assert [way.address for way in follow_up.endpoints.all()] == ["jisu@example.com"]
    assert stranger.opens(f"requests/{follow_up.number}").status_code == 404


def test_a_guest_link_goes_on_to_the_follow_up(world, visitor):
    theirs = world.conversation(world.person("jisu@example.com"))
    session = visitor.client.session
    session[GUEST_KEY] = {"number": theirs.number, "person": theirs.requester_id, "at": time.time()}
    session.save()
    visitor.client.cookies["session"] = session.session_key
    theirs.set_status("closed", by=SYSTEM)

    answer = visitor.presses(f"requests/{theirs.number}/replies", text="다시 물어봐요")

    assert visitor.opens(answer["Location"].partition("#")[0]).status_code == 200


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"told_en": "We ordered the part", "told_ko": "부품을 주문했어요"}, "We ordered the part"),
        ({"told_ko": "부품"}, "Being looked into"),
    ],
)
def test_a_status_of_our_own_says_what_its_manager_wrote_for_the_customer(minji, theirs, world, told, words):
    own = CustomStatus.make("on_hold", by=SYSTEM, name_ko="부품 기다림", name_en="Waiting for parts", **told)
    theirs.set_status(own.key, by=SYSTEM)

    page = minji.opens(f"/hc/en/requests/{theirs.number}").content.decode()
    every = minji.opens("/hc/en/requests").content.decode()

    assert f">{words}</span>" in page.partition('class="talk-standing"')[2]
    assert words in every
    assert "Waiting for parts" not in page + every and "부품 기다림" not in page + every
