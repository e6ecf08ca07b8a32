"""A conversation on paper: what was said, and nothing that is ours alone."""

import pytest

from handrail.conversations.fields import Field
from handrail.conversations.values import set_values
from handrail.core.files.keeping import keep

MARK = "비밀메모문구"


@pytest.fixture
def conversation(world):
    conversation = world.conversation(text="환불이 안 돼요", subject="환불 문의")
    conversation.note(MARK, by=world.agent)
    conversation.tag("내부태그", by=world.agent)
    private = Field.make("cause", "line", by=world.agent, name_ko="사유", name_en="Cause", is_public=False)
    set_values(conversation, {private: [MARK]}, by=world.agent)
    file = keep(b"x", name="영수증.txt", by=world.agent)
    conversation.reply("<b>확인</b>했어요", by=world.agent, files=[file])
    return conversation


def paper(client, conversation):
    answer = client.get(f"/desk/conversations/{conversation.pk}/print")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_prints_what_was_said_in_order_without_notes(desk, conversation):
    text = paper(desk, conversation)
    assert text.index("환불이 안 돼요") < text.index("&lt;b&gt;확인&lt;/b&gt;했어요")
    assert "영수증.txt" in text and "환불 문의" in text and f"#{conversation.pk}" in text
    assert MARK not in text and "내부태그" not in text


def test_a_strangers_mail_to_its_reply_address_is_not_on_paper(desk, conversation):
    stranger = {"from_address": "evil@example.net", "data": {"other_address": True}}
    conversation.receive("낯선 말", by=conversation.requester, **stranger)
    assert "낯선 말" not in paper(desk, conversation)


def test_it_speaks_the_readers_language(world, desk, conversation):
    world.agent.locale = "en"
    world.agent.save()
    text = paper(desk, conversation)
    assert "Printed" in text and 'lang="en"' in text


def test_one_nobody_may_see_is_not_there(desk):
    assert desk.get("/desk/conversations/987654/print").status_code == 404
