"""Answers typed between quoted lines stand below what they answer; everything else of the quotation is folded."""

import pytest

from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.mail.replies import split
from handrail.intake import receive
from handrail.web.desk.restating import said_again
from tests.mail.corpus import understood

LEAD = "2026년 3월 5일 (목) 오전 10:02, 고객지원 <help@handrail.test>님이 작성:"
MAIL = f"""{LEAD}
> 안녕하세요, 김민지 님.
>
> 주문번호가 무엇인가요?
OG-1 입니다
> 언제 받으셨나요?
어제요

> 감사합니다.
> 고객지원 드림
"""
SHOWN = "> 주문번호가 무엇인가요?\nOG-1 입니다\n\n> 언제 받으셨나요?\n어제요"


def test_each_answer_stands_below_its_question():
    reply = split(MAIL)
    assert reply.placed == SHOWN
    assert reply.unplaced.split("\n")[0] == LEAD
    assert "감사합니다." in reply.unplaced and "주문번호" not in reply.unplaced
    assert reply.text == "OG-1 입니다\n어제요"
    assert set(MAIL.split()) <= set(f"{reply.placed}\n{reply.unplaced}".split())


def test_the_last_answer_below_the_last_question_counts_too():
    reply = split("> 주문번호가 무엇인가요?\n\nOG-1 입니다\n\n> 언제 받으셨나요?\n\n어제요")
    assert reply.placed == "> 주문번호가 무엇인가요?\n\nOG-1 입니다\n\n> 언제 받으셨나요?\n\n어제요"
    assert reply.unplaced == ""


@pytest.mark.parametrize(
    "text",
    [
        f"네, 맞아요.\n\n{LEAD}\n> 주문번호가 OG-1인가요?",
        f"{LEAD}\n> 주문번호가 OG-1인가요?\n\n네, 맞아요.",
        "네, 맞아요.",
        f"{LEAD}\n> 하나\n>\n> 둘",
    ],
)
def test_above_or_below_a_quotation_nothing_of_it_stays(text):
    reply = split(text)
    assert (reply.placed, reply.unplaced) == ("", "")


def test_of_a_long_paragraph_only_the_last_lines_stay():
    long = "\n".join(f"> 줄 {at}" for at in range(30))
    reply = split(f"{long}\n답 하나\n> 물음?\n답 둘")
    assert reply.placed.startswith("> 줄 26\n> 줄 27\n> 줄 28\n> 줄 29\n답 하나")
    assert "> 줄 25" in reply.unplaced and "> 줄 26" not in reply.unplaced


def test_a_signature_below_such_answers_is_folded():
    reply = split("> 하나?\n하나요\n> 둘?\n둘이요\n\n-- \n김민지")
    assert reply.placed == "> 하나?\n하나요\n\n> 둘?\n둘이요"
    assert "김민지" in reply.unplaced


def test_a_real_program_does_it_so():
    mail = understood("thunderbird-korean-reply-between-the-lines")
    shown, folded = mail.said
    assert mail.reply_text == "2024-0305예요.\n\n지난주에 샀어요."
    asked = [line for line in shown.split("\n") if line.startswith(">")]
    assert len(asked) == 2 and not set(asked) & set(folded.split("\n"))


def test_a_colleague_reads_it_so(world):
    conversation = world.conversation()
    message = came(world, conversation)
    assert message.conversation == conversation
    assert message.text == SHOWN and "주문번호" not in message.quoted


def came(world, conversation, text=MAIL):
    head = f"From: minji@example.com\r\nTo: help@handrail.test\r\nSubject: Re: [#{conversation.pk}]\r\nMessage-ID: <b1@example.com>\r\n"
    body = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()
    raw, _new = keep(world.mail, body, Envelope("minji@example.com", ("help@handrail.test",)))
    return receive.take_in(raw)


def test_our_questions_are_none_of_theirs(world):
    conversation = world.conversation()
    message = came(world, conversation)
    conversation.refresh_from_db()
    assert message.own_words == conversation.last_message_text.replace(" 어제요", "\n\n어제요")
    assert conversation.last_message_text == "OG-1 입니다 어제요"
    assert "주문번호" not in said_again(conversation)


def test_what_is_quoted_by_a_forward_stays_among_its_words(world):
    text = "전달해요.\n\nBegin forwarded message:\n\n> 찢어진 우산이에요."
    conversation = world.conversation()
    assert "찢어진 우산" in came(world, conversation, text).own_words
