"""A notice of absence from the customer's own mailbox: on their page it says that a program wrote it."""

from __future__ import annotations

from handrail.conversations.conversation import Conversation


def test_a_notice_of_absence_is_marked_and_their_own_words_are_not(minji, world):
    minji.says("이어폰이 안 들려요")
    conversation = Conversation.objects.get()
    person = conversation.requester
    own = conversation.receive("메일로도 보내요", by=person)
    notice = conversation.receive("휴가 중이에요. 다음 주에 답해요.", by=person, is_automatic=True)
    shown = {each["seq"]: each["html"] for each in minji.snapshot(conversation)["lines"]}

    assert 'data-side="me"' in shown[own.seq] and 'data-side="me"' in shown[notice.seq]
    assert "자동 응답" in shown[notice.seq]
    assert "자동 응답" not in shown[own.seq]
