"""A card number taken out is gone from screen, search, history, what was learned, and the mail as it arrived."""

import base64
import re
from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from django.apps import apps
from django.core.files.storage import default_storage

from handrail.accounts.models import Role
from handrail.answers.asks import Ask
from handrail.answers.forgetting import forget_words
from handrail.answers.learn import confirm
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.mail.redacting import redacted
from handrail.channels.models import InboundRaw
from handrail.conversations.drafts import keep as keep_draft
from handrail.conversations.merging import merge
from handrail.conversations.models import Conversation
from handrail.conversations.originals import original
from handrail.conversations.purging import purge_due
from handrail.conversations.redaction import MASK, TooShort, pattern_of, redact, redact_file
from handrail.conversations.search import find
from handrail.core import clock
from handrail.core.files.models import StoredFile
from tests.mail.corpus import every_own, own

CARD = "4111 1111 1111 1111"
HTML = "<p>카드 4111-<b>1111</b>-1111-1111 로 결제</p>"
BODY = f"카드번호 4111-1111-1111-1111 로 결제했어요. {CARD}"


def mail(mid="a1@example.com", subject="결제 4111111111111111"):
    def part(kind, text):
        coded = base64.encodebytes(text.encode()).decode().replace("\n", "\r\n")
        return f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}\r\n"

    head = f"From: 김민지 <minji@example.com>\r\nTo: help@handrail.test\r\nSubject: {subject}\r\nMessage-ID: <{mid}>\r\n"
    head += "MIME-Version: 1.0\r\n"
    file = (
        "Content-Type: text/plain; name=receipt.txt\r\nContent-Disposition: attachment; filename=receipt.txt\r\n\r\n"
        f"paid with {CARD}\r\n"
    )
    parts = [part("plain", BODY), part("html", HTML), file]
    body = "".join(f"--x\r\n{each}" for each in parts) + "--x--\r\n"
    return (head + "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + body).encode()


@pytest.fixture
def told(world):
    keep(world.mail, mail(), Envelope("minji@example.com", ("help@handrail.test",)))
    world.settle()
    conversation = Conversation.objects.get()
    conversation.note(f"카드 {CARD} 확인함", by=world.agent)
    conversation.reply("4111-1111-1111-1111 카드로 환불했어요", by=world.agent)
    return conversation


def everything_kept() -> str:
    """Every text, JSON and stored byte of the database and of storage, as one string with figures alone joined."""
    pieces = []
    for model in apps.get_models():
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if isinstance(value, bytes | memoryview):
                    value = bytes(value).decode("utf-8", "replace")
                    for part in BytesParser(policy=policy.default).parsebytes(value.encode()).walk():
                        if part.get_content_maintype() == "text":
                            pieces.append(part.get_content())
                pieces.append(str(value))
    for each in StoredFile.objects.all():
        pieces.append(default_storage.open(each.path).read().decode("utf-8", "replace"))
    return re.sub(r"<[^>]*>|(?<=\d)[ -]+(?=\d)", "", "\n".join(pieces))


def test_it_stands_in_many_places_and_afterwards_in_none(world, told):
    assert everything_kept().count("4111111111111111") > 5
    redact_file(told, told.messages.get(direction="in").attachments.get(), by=world.agent)
    assert redact(told, CARD, by=world.agent) >= 4
    assert "4111111111111111" not in everything_kept()


def test_what_the_assistant_heard_and_showed_is_without_it(world):
    conversation = world.conversation(text=BODY, subject="결제")
    world.settle()
    keep_draft(conversation, "reply", f"카드 {CARD}", user=world.agent, revision=0)
    assert everything_kept().count("4111111111111111") > 2
    redact(conversation, CARD, by=world.agent)
    assert "4111111111111111" not in everything_kept()


def test_the_rest_of_what_was_said_stays_readable(world, told):
    redact(told, CARD, by=world.agent)
    message = told.messages.get(direction="in")
    assert message.text.startswith(f"카드번호 {MASK} 로 결제했어요. {MASK}")
    assert Conversation.objects.get(pk=told.pk).subject == f"결제 {MASK}"
    kept = bytes(InboundRaw.objects.get().body)
    read = BytesParser(policy=policy.default).parsebytes(kept)
    assert read["message-id"] == "<a1@example.com>"
    assert [each.number for each in find("결제했어요", viewer=world.viewer()).rows] == [told.pk]
    assert find("4111111111111111", viewer=world.viewer()).rows == []
    assert find("4111", viewer=world.viewer()).rows == []


def test_the_same_mail_brought_again_is_still_the_same(world, told):
    redact(told, CARD, by=world.agent)
    keep(world.mail, mail(), Envelope("minji@example.com", ("help@handrail.test",)))
    world.settle()
    assert told.messages.filter(direction="in").count() == 1
    assert "4111111111111111" not in re.sub(r"[ -]", "", told.messages.get(direction="in").text)


def test_what_was_merged_into_it_and_split_off_it_is_gone_there_too(world, told):
    keep(world.mail, mail("b2@example.com"), Envelope("minji@example.com", ("help@handrail.test",)))
    world.settle()
    other = Conversation.objects.exclude(pk=told.pk).get()
    merge(other, into=told, by=world.agent, tell=False)
    redact(told, CARD, by=world.agent)
    assert MASK in other.messages.filter(direction="in").first().text


def test_the_history_says_who_and_not_what(world, told):
    redact(told, CARD, by=world.agent)
    from handrail.conversations.activity import history

    texts = [each.text for each in history(told, locale="ko")]
    assert any("완전히 지웠어요" in text for text in texts)
    assert not any("4111" in text for text in texts)


@pytest.mark.parametrize("text", ["", "abc", "  12 "])
def test_too_little_takes_nothing(world, told, text):
    with pytest.raises(TooShort):
        redact(told, text, by=world.agent)


def test_longer_figures_that_hold_it_are_others():
    assert not pattern_of("1234").search("번호 912345")
    assert pattern_of("1234").search("번호 1234예요")


def test_a_question_that_held_it_and_what_was_learned_from_it_are_without_it(world):
    article = world.article("환불", "<p>환불해요</p>")
    ask = Ask.objects.create(
        channel="chat",
        locale="ko",
        text="비밀번호 hunter2secret 이 안 돼요",
        outcome="answer",
        confidence=0.9,
        is_provisional=False,
        asker_kind="person",
        milliseconds=1.0,
    )
    label = confirm(ask.text, article, "ko", by=world.agent)
    assert forget_words([ask.key], pattern_of("hunter2secret"), by=world.agent) == 1
    for row in (ask, label):
        row.refresh_from_db()
        assert "hunter2" not in row.text
    assert label.withdrawn_at


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe 4111111111111111", b"Subject: x\r\n\r\n4111111111111111", b"4111111111111111"]
)
def test_broken_mails_lose_it_too(body):
    pattern = pattern_of(CARD)
    after = redacted(body, lambda words: pattern.sub(MASK, words), pattern)
    assert b"4111111111111111" not in after


def raw_mail(head: bytes, mid: bytes = b"raw1@example.com") -> bytes:
    """A mail whose head holds letters that nothing encodes, and no Message-ID where `mid` is empty."""
    said = b"Message-ID: <" + mid + b">\r\n" if mid else b""
    return head + said + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + BODY.encode() + b"\r\n"


@pytest.mark.parametrize("charset", ["utf-8", "euc-kr"])
@pytest.mark.parametrize("subject", ["결제 문의", "결제 4111111111111111"])
def test_letters_nothing_encodes_in_a_head_stand_in_the_way_of_nothing(world, charset, subject):
    head = f"From: 김민지 <minji@example.com>\r\nTo: help@handrail.test\r\nSubject: {subject}\r\n"
    keep(world.mail, raw_mail(head.encode(charset)), Envelope("minji@example.com", ("help@handrail.test",)))
    world.settle()
    conversation = Conversation.objects.get()
    conversation.note(f"카드 {CARD} 확인함", by=world.agent)
    redact(conversation, CARD, by=world.agent)
    assert "4111111111111111" not in everything_kept()
    kept = bytes(InboundRaw.objects.get().body)
    assert "로 결제했어요".encode() in BytesParser(policy=policy.compat32).parsebytes(kept).get_payload(
        decode=True
    )


def test_every_sample_can_be_gone_through(world):
    pattern = re.compile("환불")
    for name in every_own():
        after = redacted(own(name), lambda words: pattern.sub(MASK, words), pattern)
        assert "환불".encode() not in after, name


HEAD = "From: =?utf-8?B?6rmA66+87KeA?= <minji@example.com>\r\nTo: help@handrail.test\r\nSubject: card\r\n"


@pytest.fixture
def unnamed(world):
    """A conversation of a mail without a Message-ID."""
    keep(world.mail, raw_mail(HEAD.encode(), mid=b""), Envelope("minji@example.com", ("help@handrail.test",)))
    world.settle()
    return Conversation.objects.get()


def test_a_mail_without_a_message_id_loses_it_too(world, unnamed):
    redact(unnamed, CARD, by=world.agent)
    assert "4111111111111111" not in everything_kept()
    assert "4111" not in original(unnamed.messages.get(direction="in")).decode()


def test_a_mail_without_a_message_id_keeps_its_head_alone_when_its_file_goes(world):
    body = mail().replace(b"Message-ID: <a1@example.com>\r\n", b"")
    keep(world.mail, body, Envelope("minji@example.com", ("help@handrail.test",)))
    world.settle()
    message = Conversation.objects.get().messages.get(direction="in")
    redact_file(message.conversation, message.attachments.get(), by=world.agent)
    assert b"receipt" not in original(message)


def test_a_purge_empties_a_mail_without_a_message_id(world, unnamed):
    unnamed.delete_for_now(by=world.staff("m@handrail.test", "한관리", Role.MANAGER))
    Conversation.objects.update(deleted_at=clock.now() - timedelta(days=400))
    assert purge_due() == 1
    assert bytes(InboundRaw.objects.get().body) == b""


def test_another_mail_that_bears_the_same_id_stays_when_one_is_purged(world, told):
    other = mail(subject="other").replace(b"minji@", b"other@")
    keep(world.mail, other, Envelope("other@example.com", ("help@handrail.test",)))
    world.settle()
    told.delete_for_now(by=world.staff("m@handrail.test", "한관리", Role.MANAGER))
    Conversation.objects.filter(pk=told.pk).update(deleted_at=clock.now() - timedelta(days=400))
    assert purge_due() == 1
    assert [bool(bytes(raw.body)) for raw in InboundRaw.objects.order_by("pk")] == [False, True]
