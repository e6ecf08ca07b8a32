"""Whoever wrote a draft of a reusable block is told that a reviewer sent it back: in the desk and by mail, once."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import resolve

from handrail.conversations.notices.notice import Notice
from handrail.conversations.notices.places import path_of
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.knowledge.blocks import Block
from tests.desk.conftest import signed_in
from tests.insights.test_telling import NOON, author, reviewer, settle, text_of, to  # noqa: F401


@pytest.fixture
def text(world, author):  # noqa: F811
    block = Block.start("상담 시간", by=SYSTEM)
    with clock.at(NOON):
        block.write("ko", html="<p>열 시부터</p>", by=author)
        world.settle()
    mail.outbox.clear()
    return block.texts.get()


def test_the_author_is_told_with_the_reviewers_words_and_led_to_the_block(world, text, author, reviewer):  # noqa: F811
    with clock.at(NOON):
        text.send_back("주말도 적어 주세요", by=reviewer)

    (sent,) = settle(world)

    path = f"/console/blocks/{text.block_id}/ko"
    assert to([sent]) == ["author@handrail.test"]
    assert "노재원" in sent["Subject"] and "상담 시간" in sent["Subject"]
    assert "주말도 적어 주세요" in text_of(sent) and path in text_of(sent)
    notice = Notice.objects.get(user=author)
    assert path_of(notice) == path and resolve(path).url_name == "block"
    assert f'href="{path}"' in signed_in(author).get("/desk/notices").content.decode()


def test_what_was_answered_meanwhile_is_no_news(world, text, author, reviewer):  # noqa: F811
    with clock.at(NOON):
        text.send_back("주말도 적어 주세요", by=reviewer)
        text.block.write("ko", html="<p>열 시부터, 주말에는 쉬어요</p>", by=author)

    assert settle(world) == []
