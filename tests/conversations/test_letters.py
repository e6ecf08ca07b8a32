"""What a colleague's mail carries below its words: a signature, and what it answers where that is wanted."""

from email import policy
from email.parser import BytesParser
from io import BytesIO

import pytest
from PIL import Image

from handrail.channels.mail.parse import parse
from handrail.conversations.deliveries import Delivery
from handrail.conversations.letters import compose
from handrail.core.files.keeping import keep


@pytest.fixture
def asked(world):
    conversation = world.conversation(text="환불 {{고객}} 되나요?\n<b>둘째</b> 줄")
    world.settle()
    return conversation


def mailed(message):
    body, _return, _to = compose(Delivery.objects.get(message=message))
    return BytesParser(policy=policy.default).parsebytes(body)


def words(message, kind="plain"):
    return mailed(message).get_body((kind,)).get_content().replace("\r\n", "\n")


def test_a_mail_carries_the_agents_signature_with_its_placeholders_filled(world, asked):
    world.agent.set_up(signature="{{상담원}} 드림\n{{브랜드|이}} 도와 드려요 {{제목}}", by=world.agent)
    message = asked.reply("네, 돼요", by=world.agent)
    assert "\n-- \n이서준 드림\n온결이 도와 드려요 환불 문의" in words(message)
    assert "이서준 드림<br>온결이" in words(message, "html")


def test_without_one_the_mailboxs_stands_there_and_what_nothing_fills_is_left_out(world, asked):
    asked.retitle("", by=world.agent)
    world.mail.set_up(name="help", signature="온결 고객센터 {{제목}}", quotes_history=False, by=world.agent)
    said = words(asked.reply("네", by=world.agent))
    assert "-- \n온결 고객센터\n" in said and "{{" not in said


def test_automatic_mails_carry_none_and_a_chat_message_is_its_words_alone(world, asked):
    world.agent.set_up(signature="이서준 드림", by=world.agent)
    world.mail.set_up(name="help", signature="온결", quotes_history=True, by=world.agent)
    automatic = Delivery.objects.filter(message__conversation=asked, message__is_automatic=True).get().message
    assert "-- \n" not in words(automatic) and "> " not in words(automatic)
    # The chat shows a message as it is kept.
    assert asked.reply("네", by=world.agent).text == "네"


def test_the_mailbox_says_whether_replies_quote_and_the_agent_switches_it_for_one(world, asked):
    plain = words(asked.reply("네", by=world.agent))
    assert "> " not in plain
    world.mail.set_up(name="help", signature="", quotes_history=True, by=world.agent)
    quoting = words(asked.reply("네", by=world.agent))
    # Whole and unchanged, also what looks like a placeholder or like markup.
    assert "김민지" in quoting and "\n> 환불 {{고객}} 되나요?\n> <b>둘째</b> 줄" in quoting
    assert "&lt;b&gt;둘째" in words(asked.reply("네", by=world.agent), "html")
    assert "> " not in words(asked.reply("네", by=world.agent, data={"quote": False}))


def test_what_nobody_vouches_for_is_quoted_to_nobody(world, asked):
    world.mail.set_up(name="help", signature="", quotes_history=True, by=world.agent)
    asked.receive("가짜 안내", by=asked.requester, is_verified=False)
    assert "가짜 안내" not in words(asked.reply("네", by=world.agent))


def test_our_own_quotation_is_folded_when_it_comes_back(world, asked):
    world.mail.set_up(name="help", signature="", quotes_history=True, by=world.agent)
    body, _return, _to = compose(Delivery.objects.get(message=asked.reply("네, 돼요", by=world.agent)))
    read = parse(body)
    assert "환불 {{고객}}" in read.text and "환불 {{고객}}" not in read.reply_text


def test_a_pasted_picture_is_seen_in_the_mail_and_another_file_hangs_on_it(world, asked):
    paint = BytesIO()
    Image.new("RGB", (9, 9), "teal").save(paint, "PNG")
    files = [
        keep(paint.getvalue(), name="화면.png", by=world.agent),
        keep(b"%PDF-1.4", name="안내.pdf", by=world.agent),
    ]
    message = asked.reply("이렇게 보여요", by=world.agent, files=files)
    picture = message.attachments.get(file=files[0])
    assert f'<img src="cid:picture{picture.pk}@handrail.test" alt="화면.png"' in words(message, "html")
    assert "이렇게 보여요\n\n[화면.png]" in words(message)
    read = parse(mailed(message).as_bytes())
    assert [(each.name, bool(each.cid)) for each in read.attachments] == [
        ("화면.png", True),
        ("안내.pdf", False),
    ]
