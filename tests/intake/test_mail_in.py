from __future__ import annotations

from datetime import timedelta

import pytest

from handrail.channels.mail.addresses import bounce_address
from handrail.channels.mail.receive import QUICK_BYTES
from handrail.contacts.models import Identity
from handrail.conversations.models import Conversation, Delivery, Message
from handrail.core import clock
from handrail.core.actors import BOT
from handrail.core.jobs.models import Job
from handrail.core.jobs.worker import ASIDE
from tests.intake.arriving import arrive, mail, reply_to

__all__ = ["arrive"]


def test_a_mail_opens_a_conversation_with_what_it_says(world, arrive):
    row = arrive(mail())
    conversation = Conversation.objects.get()
    assert row.state == "taken"
    assert conversation.subject == "환불 문의"
    assert conversation.requester.name == "김민지"
    assert conversation.locale == "ko"
    assert conversation.team == world.team
    assert conversation.messages.get(direction="in").text == "환불하고 싶어요."


def test_korean_typed_with_the_english_keyboard_is_a_korean_mail(world, arrive):
    world.article("환불 신청하는 방법", "<p>환불과 취소는 주문 내역에서 신청해요.</p>")
    world.settle()

    arrive(mail(subject="ghksqnf tlscjd", text="ghksqnf tlscjd dlfjgrp gksmsrj akwsk"))
    arrive(mail("emma@example.com", mid="e@example.com", subject="Refund", text="How do I ask for a refund?"))

    assert list(Conversation.objects.order_by("pk").values_list("locale", flat=True)) == ["ko", "en"]


def test_the_same_mail_twice_is_one_message(world, arrive):
    arrive(mail())
    arrive(mail())
    assert Message.objects.filter(direction="in").count() == 1


def test_a_reply_finds_its_conversation_by_the_signed_address_alone(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    arrive(
        mail(to=reply_to(conversation), subject="other words", mid="b@example.com"), to=reply_to(conversation)
    )
    assert conversation.messages.filter(direction="in").count() == 2
    assert conversation.messages.filter(direction="in").last().is_verified


def test_a_reply_finds_its_conversation_by_the_ids_it_names(world, arrive):
    arrive(mail())
    arrive(mail(mid="b@example.com", headers="In-Reply-To: <a1@example.com>"))
    assert Conversation.objects.count() == 1


def test_a_reply_that_overtakes_its_parent_lands_with_it(world, arrive):
    arrive(mail(mid="b@example.com", headers="References: <a1@example.com>"))
    arrive(mail())
    assert Conversation.objects.count() == 1


def test_a_forged_reference_from_another_address_opens_nothing(world, arrive):
    arrive(mail())
    first = Conversation.objects.get()
    first.reply("확인할게요.", by=world.agent)
    wire = Delivery.objects.filter(message__author_kind="staff").get().wire_id
    arrive(mail("evil@example.net", mid="c@example.net", headers=f"In-Reply-To: <{wire}>"))
    assert Conversation.objects.count() == 2
    assert first.messages.filter(direction="in").count() == 1


def test_a_strangers_guess_of_a_number_does_not_get_in(world, arrive):
    arrive(mail())
    first = Conversation.objects.get()
    arrive(mail("evil@example.net", mid="c@example.net", subject=f"[#{first.number}] let me in"))
    assert first.messages.filter(direction="in").count() == 1
    arrive(mail(mid="d@example.com", subject=f"Re: [#{first.number}] 추가"))
    assert first.messages.filter(direction="in").count() == 2


def test_a_reply_address_in_other_hands_is_marked_and_gives_nobody_a_seat(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    arrive(
        mail("evil@example.net", to=reply_to(conversation), mid="c@example.net"), to=reply_to(conversation)
    )
    message = conversation.messages.get(from_address="evil@example.net")
    assert not message.is_verified
    assert message.data["other_address"]
    assert conversation.participants.count() == 1
    assert conversation.endpoints.count() == 1


def test_a_copied_stranger_becomes_no_participant(world, arrive):
    arrive(mail(headers="Cc: evil@example.net"))
    conversation = Conversation.objects.get()
    assert conversation.participants.count() == 1
    assert "evil@example.net" in conversation.messages.first().data["copies"]


def test_an_unvouched_address_gets_one_neutral_mail_a_day(world, arrive):
    arrive(mail(subject="BUY NOW http://evil.example"))
    arrive(mail(subject="BUY AGAIN", mid="b@example.com"))
    said = Message.objects.filter(is_automatic=True)
    assert said.count() == 1
    assert "evil" not in said.get().text
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        arrive(mail(subject="AND AGAIN", mid="c@example.com"))
    assert said.count() == 2


def test_a_mail_from_a_file_has_no_known_sender_and_is_still_a_persons(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    conversation.set_status("solved", by=world.agent)
    arrive(mail(to=reply_to(conversation), mid="f@example.com"), envelope_from="", to=reply_to(conversation))
    said = conversation.messages.get(message_id="f@example.com")
    assert not said.is_automatic
    conversation.refresh_from_db()
    assert conversation.status == "open"


def test_two_mails_of_one_message_id_that_say_different_things_are_both_kept(world, arrive):
    arrive(mail(text="첫 번째 말이에요."))
    arrive(mail(text="두 번째는 달라요."))
    texts = set(Message.objects.filter(direction="in").values_list("text", flat=True))
    assert texts == {"첫 번째 말이에요.", "두 번째는 달라요."}


def test_a_number_without_brackets_is_understood_from_a_participant_alone(world, arrive):
    arrive(mail())
    first = Conversation.objects.get()
    arrive(mail(mid="n@example.com", subject=f"Re: 환불 #{first.number}"))
    arrive(mail("evil@example.net", mid="e@example.net", subject=f"환불 #{first.number}"))
    assert first.messages.filter(direction="in").count() == 2


def test_a_stranger_with_the_address_of_a_closed_conversation_begins_anew_and_learns_nothing(world, arrive):
    arrive(mail(subject="비밀스러운 일"))
    first = Conversation.objects.get()
    address = reply_to(first)
    first.set_status("closed", by=world.agent)
    arrive(mail("evil@example.net", to=address, subject="hello", mid="s@example.net"), to=address)
    theirs = Conversation.objects.exclude(pk=first.pk).get()
    assert (theirs.subject, theirs.follows) == ("hello", None)


def test_who_was_signed_in_before_is_not_signed_in_by_mail(world, arrive):
    arrive(mail())
    first = Conversation.objects.get()
    first.about = {"assurance": 3, "product": 7}
    first.save()
    address = reply_to(first)
    first.set_status("closed", by=world.agent)
    arrive(mail(to=address, mid="s@example.com"), to=address)
    assert Conversation.objects.get(follows=first).about == {"product": 7}


def test_a_made_up_bounce_changes_nothing(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    conversation.reply("확인할게요.", by=world.agent)
    delivery = Delivery.objects.get(message__author_kind="staff")
    address = bounce_address("help@handrail.test", delivery_id=delivery.pk)
    forged = address.replace(address.split("-")[-1].split("@")[0], "a" * 26)
    arrive(mail("mailer-daemon@evil.example", mid="b@evil"), envelope_from="<>", to=forged)
    delivery.refresh_from_db()
    assert delivery.state != "bounced"


def test_a_reply_to_a_closed_one_opens_a_follow_up_and_the_next_joins_it(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    conversation.set_status("closed", by=world.agent)
    arrive(mail(to=reply_to(conversation), mid="b@example.com"), to=reply_to(conversation))
    arrive(mail(to=reply_to(conversation), mid="c@example.com"), to=reply_to(conversation))
    follow_up = Conversation.objects.get(follows=conversation)
    assert follow_up.messages.filter(direction="in").count() == 2
    assert conversation.messages.filter(direction="in").count() == 1


def test_a_forged_staff_address_is_kept_aside(world, arrive):
    row = arrive(mail("agent@handrail.test"), envelope_from="agent@handrail.test")
    assert (row.state, row.error) == ("quarantined", "staff_unproved")
    assert Conversation.objects.count() == 0


def test_our_own_mail_coming_round_is_kept_aside(world, arrive):
    conversation = world.conversation()
    message = conversation.reply("자동 안내예요.", by=BOT, is_automatic=True)
    from handrail.conversations.letters import compose

    body, _path, _to = compose(message.deliveries.get())
    row = arrive(body)
    assert (row.state, row.error) == ("quarantined", "loop")


@pytest.mark.parametrize("sender", ["help@handrail.test", "HELP+tag@handrail.test"])
def test_mail_from_our_own_address_is_kept_aside_and_let_in_it_is_nobodys(world, arrive, sender):
    row = arrive(mail(sender))

    assert (row.state, row.error) == ("quarantined", "own_address")
    row.release(by=world.agent)
    world.settle()
    row.refresh_from_db()
    conversation = Conversation.objects.get()
    assert row.state == "taken" and not conversation.endpoints.exists()
    assert not Delivery.objects.exists() and not Message.objects.filter(direction="out").exists()
    assert not Identity.objects.exists() and not conversation.requester.name


def test_our_own_address_with_a_token_of_ours_says_nothing_in_a_customers_conversation(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    row = arrive(
        mail("help@handrail.test", to=reply_to(conversation), mid="o@handrail.test"),
        to=reply_to(conversation),
    )

    assert row.error == "own_address"
    assert conversation.messages.filter(direction="in").count() == 1


def test_our_own_addresses_are_no_copies_and_no_other_place_to_answer(world, arrive):
    arrive(mail(headers="Cc: help+x@handrail.test, hana@example.com\nReply-To: help@handrail.test"))
    data = Message.objects.get(direction="in").data

    assert data["copies"] == ["hana@example.com"]
    assert data["reply_to"] == []


def test_two_from_lines_name_nobody_and_wait_for_somebody_to_look(world, arrive):
    row = arrive(mail(headers="From: evil@example.net"))
    assert (row.state, row.error) == ("quarantined", "several_senders")
    assert not Conversation.objects.exists() and not Message.objects.exists()


def test_one_bad_mail_does_not_hold_up_the_next(world, arrive):
    bomb = b"From: a@example.com\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(1200)
    )
    row = arrive(bomb)
    arrive(mail())
    assert row.state in {"quarantined", "taken"}
    assert Conversation.objects.filter(subject="환불 문의").exists()


def test_what_is_no_letter_by_its_size_is_taken_in_beside_the_letters(world, arrive):
    arrive(mail(text="x" * QUICK_BYTES))
    arrive(mail(text="다른 편지", mid="b1@example.com", sender="other@example.com"))
    assert Job.objects.filter(queue=ASIDE, state=Job.State.DONE).count() == 1
    assert Conversation.objects.filter(subject="환불 문의").count() == 2


def test_a_row_shows_what_a_first_mail_says_and_not_the_mail_it_repeats(world, arrive):
    history = (
        "-----원본 메시지-----\n보낸 사람: 상점 <shop@example.net>\n"
        "보낸 날짜: 2026년 3월 5일\n받는 사람: 김민지\n제목: 안내\n\n예전 글"
    )
    arrive(mail(text=f"네 감사합니다. 언제 오나요?\n\n{history}"))
    conversation = Conversation.objects.get()

    assert conversation.last_message_text == "네 감사합니다. 언제 오나요?"
    assert "예전 글" in conversation.messages.get(direction="in").text


def test_a_row_shows_the_beginning_of_what_a_mail_passes_on(world, arrive):
    arrive(
        mail(subject="Fwd: 안내", text="봐 주세요.\n\n-----Original Message-----\nFrom: a@b.kr\n\n예전 글")
    )

    assert Conversation.objects.get().last_message_text.endswith("예전 글")
