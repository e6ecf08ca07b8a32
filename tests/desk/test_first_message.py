"""The first mail of a conversation we begin: with form, files, people in copy, and at an hour."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.outgoing import Outgoing

OURS = {
    "requester": "minji@example.com",
    "subject": "배송 안내",
    "channel": "mail",
    "first": "ours",
    "text": "**내일** 도착해요",
    "priority": "normal",
}


def test_it_takes_form_files_and_people_in_copy_like_a_reply(world, desk):
    file = SimpleUploadedFile("guide.txt", b"take this", content_type="text/plain")
    sent = OURS | {"copied": "Friend@example.com, boss@example.net; minji@example.com", "files": file}
    assert desk.post("/desk/new", sent).status_code == 302
    said = Conversation.objects.get().messages.get()
    assert (said.text, said.html) == ("내일 도착해요", "<p><strong>내일</strong> 도착해요</p>")
    assert [each.file.title for each in said.attachments.all()] == ["guide.txt"]
    got = Delivery.objects.filter(message=said).values_list("endpoint__address", flat=True)
    assert sorted(got) == ["boss@example.net", "friend@example.com", "minji@example.com"]


def test_it_can_wait_for_an_hour(world, desk):
    page = desk.get("/desk/new").content.decode().split('name="at"')[1]
    hour = re.search(r'value="(20[^"]+)"', page)[1]
    desk.post("/desk/new", OURS | {"at": hour})
    waiting = Outgoing.objects.get()
    assert waiting.is_scheduled and not waiting.conversation.messages.exists()


def test_what_the_customer_told_us_keeps_its_files_and_does_not_wait(world, desk):
    page = desk.get("/desk/new").content.decode().split('name="at"')[1]
    hour = re.search(r'value="(20[^"]+)"', page)[1]
    told = OURS | {"first": "theirs", "channel": "form"}
    assert desk.post("/desk/new", told | {"at": hour}).status_code == 422
    file = SimpleUploadedFile("form.txt", b"as filled in", content_type="text/plain")
    assert desk.post("/desk/new", told | {"files": file}).status_code == 302
    said = Conversation.objects.get().messages.get(direction="in")
    assert said.attachments.count() == 1


def test_what_is_no_address_or_one_of_ours_opens_nothing_and_loses_nothing(world, desk):
    for wrong in ("no address", "help@handrail.test"):
        answer = desk.post("/desk/new", OURS | {"copied": wrong})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "**내일** 도착해요</textarea>" in page and f'value="{wrong}"' in page
    assert not Conversation.objects.exists()
