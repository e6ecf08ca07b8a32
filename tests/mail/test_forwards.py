"""What a customer passes on to us is what they say: shown, found and forwarded on. What repeats our own words is folded."""

import pytest

from handrail.channels.mail.keep import keep
from handrail.channels.mail.parse import parse
from handrail.channels.mail.parsed import Envelope
from handrail.channels.mail.replies import split
from handrail.conversations.forwarding import forwarded
from handrail.conversations.search import find
from handrail.intake import receive

NOTE = "확인 부탁드려요."
INNER = "From: 대리점 <shop@partner.example>\nSent: Tuesday, March 5, 2024\nTo: minji@example.com\nSubject: 반품\n\n보라색 우산 두 개가 찢어져서 왔습니다."
KOREAN = "보낸사람: 대리점 <shop@partner.example>\n받는사람: minji@example.com\n날짜: 2024년 3월 5일\n제목: 반품\n\n보라색 우산 두 개가 찢어져서 왔습니다."
FORWARDS = {
    "gmail": f"---------- Forwarded message ---------\n{INNER}",
    "gmail, Korean": f"---------- 전달된 메시지 ---------\n{KOREAN}",
    "apple": "Begin forwarded message:\n\n> " + INNER.replace("\n", "\n> "),
    "mutt": f"----- Forwarded message from Shop <shop@partner.example> -----\n\n{INNER}",
    "outlook": f"-----Original Message-----\n{INNER}",
    "outlook, a drawn line": f"________________________________\n{INNER}",
    "naver, daum": f"--------- 원본 메일 ---------\n{KOREAN}",
}
SAYS_SO = ["gmail", "gmail, Korean", "apple", "mutt"]
WANTED = "보라색 우산 두 개가 찢어져서 왔습니다."


def mail_of(text, *, subject="문의", more=""):
    head = f"From: minji@example.com\r\nTo: help@handrail.test\r\nSubject: {subject}\r\nMessage-ID: <f1@example.com>\r\n{more}"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()


def came(world, body):
    raw, _new = keep(world.mail, body, Envelope("minji@example.com", ("help@handrail.test",)))
    return receive.take_in(raw)


@pytest.mark.parametrize("program", FORWARDS)
@pytest.mark.parametrize("subject", ["FW: 반품", "Fwd: 반품", "[전달] 반품"])
def test_a_mail_that_says_it_forwards_has_said_all_of_it(program, subject):
    mail = parse(mail_of(f"{NOTE}\n\n{FORWARDS[program]}", subject=subject))
    assert mail.reply_text.startswith(NOTE) and WANTED in mail.reply_text
    assert mail.quoted_text == ""


@pytest.mark.parametrize("program", SAYS_SO)
def test_a_line_that_says_so_is_enough(program):
    assert WANTED in split(f"{NOTE}\n\n{FORWARDS[program]}").text


@pytest.mark.parametrize("program", FORWARDS.keys() - set(SAYS_SO))
def test_below_a_reply_the_head_of_a_mail_is_folded(program):
    text = f"{NOTE}\n\n{FORWARDS[program]}"
    for subject in ("Re: 문의", "Re: FW: 반품"):
        mail = parse(mail_of(text, subject=subject, more="In-Reply-To: <x@handrail.test>\r\n"))
        assert mail.reply_text == NOTE and WANTED in mail.quoted_text


def test_a_signature_above_what_is_forwarded_is_folded_alone():
    reply = split(f"{NOTE}\n\n-- \n김민지 010\n\n{FORWARDS['gmail']}")
    assert reply.text == f"{NOTE}\n\n{FORWARDS['gmail']}"
    assert reply.quoted == "--\n김민지 010"


def test_the_line_above_the_history_of_our_own_mails_opens_nothing():
    assert (
        split("네.\n\n--- 이 줄 위에 답장을 써 주세요 ---\n옛 글", is_forward=True, is_first=True).text
        == "네."
    )


@pytest.mark.parametrize("program", FORWARDS)
def test_the_first_mail_of_a_conversation_shows_what_it_passes_on_and_is_found_by_it(world, program):
    message = came(world, mail_of(f"FYI\n\n{FORWARDS[program]}"))
    world.settle()
    assert WANTED in message.text and message.quoted == ""
    assert [row.number for row in find("보라색 우산", viewer=world.viewer()).rows] == [
        message.conversation_id
    ]


def test_a_reply_to_us_folds_our_words(world):
    conversation = world.conversation()
    more = ""
    text = f"2024-0305예요.\n\n{FORWARDS['outlook']}"
    message = came(world, mail_of(text, subject=f"Re: [#{conversation.pk}]", more=more))
    assert message.conversation == conversation
    assert message.text == "2024-0305예요." and WANTED in message.quoted


def test_what_goes_out_of_the_desk_carries_what_is_folded_too(world):
    conversation = world.conversation()
    text = f"2024-0305예요.\n\n{FORWARDS['outlook']}"
    message = came(world, mail_of(text, subject=f"Re: [#{conversation.pk}]"))
    passed_on = forwarded(message, locale="ko", zone="Asia/Seoul")
    assert "2024-0305예요." in passed_on and WANTED in passed_on
