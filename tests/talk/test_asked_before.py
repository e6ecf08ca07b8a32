"""What was asked or written elsewhere and came along into a conversation: its asker sees it as well as the agent."""

from __future__ import annotations

import html
import re

from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message

QUESTION = "환불이 안 돼요"


def field(page: str) -> str:
    found = re.search(r'<textarea id="talk-text"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1]).strip()


def test_a_person_asked_for_without_a_field_finds_the_question_said_by_its_asker(visitor, world):
    snapshot = visitor.presses("chat/person", _json=True, question=QUESTION).json()

    mine = [line["html"] for line in snapshot["lines"] if line["side"] == "me"]
    assert len(mine) == 1 and QUESTION in mine[0]
    world.settle()
    assert [m.author_kind for m in Message.objects.order_by("seq")] == ["person", "bot"]


def test_a_question_that_was_said_is_not_said_again(visitor, world):
    snapshot = visitor.says(QUESTION, question=QUESTION)
    visitor.presses("chat/person", c=snapshot["c"], question=QUESTION)

    assert Message.objects.filter(direction="in").count() == 1


def test_a_field_that_was_cleared_says_nothing_and_the_page_shows_what_came_along(visitor, world):
    visitor.presses("chat/person", text="", question=QUESTION)
    page = visitor.opens("chat").content.decode()

    assert not Message.objects.filter(direction="in").exists()
    assert f"물어본 것: ‘{QUESTION}’" in page


def test_what_was_asked_elsewhere_stands_in_the_field_once(visitor, world):
    page = visitor.opens(f"chat?question={QUESTION}").content.decode()

    assert field(page) == QUESTION
    assert "물어본 것" not in page


def test_a_request_sent_by_the_form_shows_the_question_that_came_along(visitor, world):
    sent = visitor.presses(
        "requests/new", subject="도와주세요", text="어제부터요.", email="a@example.com", question=QUESTION
    )

    assert f"물어본 것: ‘{QUESTION}’" in visitor.opens(sent["Location"]).content.decode()


def test_whoever_reads_along_is_not_shown_what_was_asked_before(visitor, minji, stranger, world):
    sent = minji.presses("requests/new", subject="도와주세요", text="어제부터요.", question=QUESTION)
    minji.presses(f"requests/{Conversation.objects.get().number}/copies", email="friend@example.com")
    stranger.signs_in("friend@example.com")

    assert QUESTION in minji.opens(sent["Location"]).content.decode()
    read_along = stranger.opens(sent["Location"])
    assert read_along.status_code == 200
    assert QUESTION not in read_along.content.decode()


def test_what_was_written_in_the_form_stands_in_the_chats_field(visitor, world):
    article = world.article("환불 방법", "<p>주문 내역에서 눌러요.</p>")
    assert "/hc/ko/chat/draft" in visitor.opens("requests/new").content.decode()

    answer = visitor.presses(
        "chat/draft", subject=QUESTION, text="어제 신청했는데\r\n소식이 없어요.", article=article.pk
    )
    page = answer.content.decode()

    assert answer.status_code == 200
    assert field(page) == f"{QUESTION}\n어제 신청했는데\n소식이 없어요."
    assert f"article={article.pk}" in page
    assert not Conversation.objects.exists()


def test_files_chosen_in_the_form_are_asked_for_again(visitor, world):
    picture = SimpleUploadedFile("a.png", b"x", content_type="image/png")

    page = visitor.presses("chat/draft", text="사진이에요", files=picture).content.decode()

    assert field(page) == "사진이에요"
    assert "파일은 여기에 다시 넣어 주세요." in page


def contact_link(page: str) -> str:
    found = re.search(r'class="rail-way" href="(/hc/ko/requests/new[^"]*)"', page)
    assert found
    return html.unescape(found[1])


def test_on_the_way_from_a_chat_to_the_form_goes_what_was_asked_there_last(visitor, world):
    snapshot = visitor.says("배송은 언제 오나요", question=QUESTION, ask="abc")
    visitor.says("네 감사합니다", c=snapshot["c"])
    page = visitor.opens(f"chat?c={snapshot['c']}&question={QUESTION}&ask=abc").content.decode()
    form = visitor.opens(contact_link(page)).content.decode()

    assert 'name="subject"' in form and 'value="배송은 언제 오나요"' in form
    assert QUESTION not in contact_link(page) and "ask=abc" not in contact_link(page)
    assert visitor.snapshot(Conversation.objects.get())["asked"] == "배송은 언제 오나요"


def test_a_chat_in_which_nothing_was_asked_or_that_is_over_changes_nothing(visitor, world):
    snapshot = visitor.says("안녕하세요")
    assert snapshot["asked"] == ""
    visitor.says("배송은 언제 오나요", c=snapshot["c"])
    chat = Conversation.objects.get()
    chat.set_status("solved", by=chat.requester)

    assert visitor.snapshot(chat)["asked"] == ""
