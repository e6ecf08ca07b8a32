"""Removing for good and deleting, as pressed in the desk."""

import re

import pytest
from django.urls import reverse

from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.core.files.keeping import keep
from handrail.web.desk import removing
from tests.desk.conftest import signed_in


@pytest.fixture
def told(world):
    conversation = world.conversation(text="카드 4111-1111-1111-1111")
    world.settle()
    return conversation


def test_words_are_removed_and_what_is_not_there_says_so(desk, told):
    where = reverse("desk:redact", args=[told.pk])
    assert desk.post(where, {"text": "4111111111111111"}).status_code == 302
    assert "4111" not in desk.get(reverse("desk:conversation", args=[told.pk])).content.decode()
    for text, says in (("9999 8888 7777", "어디에도 없어요"), ("ab", "네 글자")):
        answer = desk.post(where, {"text": text})
        assert answer.status_code == 422 and says in answer.content.decode()


def test_a_file_is_removed_and_one_of_another_conversation_is_not(world, desk, told):
    file = keep(b"x", name="card.txt", by=told.requester)
    message = told.receive("파일", by=told.requester, files=[file])
    other = world.conversation(subject="다른")
    attachment = message.attachments.get()
    assert desk.post(reverse("desk:redact", args=[other.pk]), {"file": attachment.pk}).status_code == 404
    assert desk.post(reverse("desk:redact", args=[told.pk]), {"file": attachment.pk}).status_code == 302
    assert not message.attachments.exists()


def test_a_manager_deletes_and_restores_and_an_agent_may_neither(world, desk, manager, told):
    browser = signed_in(manager)
    for name in ("delete", "restore"):
        assert desk.post(reverse(f"desk:{name}", args=[told.pk])).status_code in (403, 404)
    assert desk.get(reverse("desk:deleted")).status_code in (403, 404)

    assert browser.post(reverse("desk:delete", args=[told.pk])).status_code == 302
    assert desk.get(reverse("desk:conversation", args=[told.pk])).status_code == 404
    assert f"#{told.pk}" in browser.get(reverse("desk:deleted")).content.decode()
    browser.post(reverse("desk:restore", args=[told.pk]))
    assert desk.get(reverse("desk:conversation", args=[told.pk])).status_code == 200
    assert Conversation.objects.get(pk=told.pk).deleted_at is None


def test_what_is_deleted_is_read_on_page_by_page(world, manager, monkeypatch):
    monkeypatch.setattr(removing, "SHOWN", 2)
    gone = [world.conversation() for _ in range(5)]
    with clock.at(clock.now()):  # all at one moment, as a run over many may have it
        for each in gone:
            each.delete_for_now(by=manager)
    browser, path, pages = signed_in(manager), reverse("desk:deleted"), []
    while path and len(pages) < 4:
        page = browser.get(path).content.decode()
        pages.append([int(number) for number in re.findall(r">#(\d+) ·", page)])
        older = re.search(r'href="([^"]+)"[^>]*rel="next"', page)
        path = older and older[1].replace("&amp;", "&")
    newest = [each.pk for each in reversed(gone)]
    assert pages == [newest[:2], newest[2:4], newest[4:]]
