"""Signature and quoting, as an agent sees and switches them."""

from django.urls import reverse


def test_the_composer_shows_the_signature_and_a_switch_that_the_reply_remembers(world, desk):
    world.agent.set_up(signature="{{상담원}} 드림", by=world.agent)
    conversation = world.conversation()
    world.settle()
    page = desk.get(reverse("desk:conversation", args=[conversation.pk])).content.decode()
    assert "이서준 드림" in page and 'name="quote"' in page
    for extra, wanted in (({"quote": "1"}, {"quote": True}), ({}, {"quote": False})):
        said = {"text": f"답 {wanted}", "quoting": "1", "client_id": f"c{wanted}"} | extra
        desk.post(reverse("desk:reply", args=[conversation.pk]), said)
        assert conversation.messages.get(text=f"답 {wanted}").data == wanted


def test_a_chat_has_neither(world, desk):
    person = world.person()
    from handrail.conversations.opening import open_conversation

    conversation = open_conversation(world.chat, requester=person, by=person, subject="채팅")
    conversation.receive("안녕하세요", by=person)
    assert (
        'name="quote"' not in desk.get(reverse("desk:conversation", args=[conversation.pk])).content.decode()
    )


def test_a_signature_is_kept_in_the_profile(world, desk):
    said = {
        "name": "이서준", "locale": "ko", "zone": "Asia/Seoul", "theme": "auto", "writes_first": "reply",
        "undo_seconds": "15", "signature": "{{상담원}} 드림",
    }  # fmt: skip
    assert desk.post(reverse("desk:profile"), said).status_code == 302
    world.agent.refresh_from_db()
    assert world.agent.signature == "{{상담원}} 드림"
