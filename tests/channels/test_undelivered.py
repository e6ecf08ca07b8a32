"""What a server's answer means, in the reader's language and without a number."""

import re

import pytest
from django.utils import translation

from handrail.channels.mail.undelivered import why


@pytest.mark.parametrize(
    ("error", "korean", "english"),
    [
        ("5.1.1", "없는 메일 주소예요.", "There is no such mailbox."),
        ("550 5.1.1 <a@b.example>: Recipient unknown", "없는 메일 주소예요.", "There is no such mailbox."),
        ("552 5.2.2 over quota", "메일함이 가득 찼어요.", "The mailbox is full."),
        (
            "connection [Errno 111] Connection refused",
            "우리 메일 서버에 연결하지 못했어요.",
            "Our mail server could not be reached.",
        ),
        (
            "550 5.7.1 refused, see 10.5.1.1",
            "상대 메일 서버의 규칙에 걸려 거절됐어요.",
            "The other mail server refused the mail by its own rules.",
        ),
        (
            "451 greylisted",
            "상대 메일 서버가 나중에 다시 보내 달라고 했어요.",
            "The other mail server asked to try again later.",
        ),
        (
            "550 no",
            "상대 메일 서버가 이 메일을 받지 않아요.",
            "The other mail server does not accept this mail.",
        ),
        (
            "5.9.9",
            "상대 메일 서버가 이 메일을 받지 않아요.",
            "The other mail server does not accept this mail.",
        ),
        (
            "returned",
            "돌아온 까닭을 알 수 없어요.",
            "The other mail server gave no reason we can read.",
        ),
    ],
)
def test_an_answer_is_a_sentence_for_people(error, korean, english):
    for locale, sentence in (("ko", korean), ("en", english)):
        with translation.override(locale):
            assert why(error) == sentence
            assert not re.search(r"\d|Errno", why(error))
