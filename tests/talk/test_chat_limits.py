"""How much may be said in a chat, how soon and by how many: what is refused is told, and nothing is lost."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.conversations.conversation import Conversation
from tests.talk.visitor import Visitor


def the_chat() -> Conversation:
    return Conversation.objects.get(channel="chat")


def test_too_many_files_are_refused_and_nothing_is_lost(visitor):
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]

    page = visitor.presses("chat", text="여섯 개예요", files=files)

    assert page.status_code == 400
    assert "여섯 개예요" in page.content.decode()
    assert not Conversation.objects.filter(messages__isnull=False).exists()


def test_a_flood_is_told_to_wait_and_keeps_its_words(visitor):
    # The first begins the chat: it is nobody's yet, and counts for the network.
    answers = [visitor.presses("chat", text=f"{n}") for n in range(22)]

    assert [answer.status_code for answer in answers[:21]] == [302] * 21
    assert answers[21].status_code == 429
    assert ">\n21</textarea>" in answers[21].content.decode()


def test_a_script_is_told_when_the_same_may_be_sent_again(visitor):
    answers = [visitor.presses("chat", _json=True, text=f"{n}") for n in range(22)]

    assert answers[-1].status_code == 429
    assert 0 < answers[-1].json()["seconds"] <= 60
    assert "seconds" not in visitor.presses("chat", _json=True, text="").json()


def test_many_people_of_one_office_may_begin_at_once_and_one_of_them_takes_nobodys_turn(visitor, world):
    answers = [Visitor().presses("chat", text="안녕하세요").status_code for _person in range(40)]
    assert answers == [302] * 40
    for n in range(22):
        flood = visitor.presses("chat", text=f"{n}")
    assert flood.status_code == 429
    assert Visitor().presses("chat", text="안녕하세요").status_code == 302


def test_without_a_name_or_a_browser_of_ones_own_there_is_an_end_too(world):
    answers = [Visitor().presses("chat", text="안녕하세요").status_code for _person in range(61)]

    assert answers == [302] * 60 + [429]


def test_words_over_the_limit_come_back_with_how_long_they_are_and_what_fits(visitor, world):
    words = "가" * 30_000
    page = visitor.presses("chat", text=words)
    html = page.content.decode()

    assert page.status_code == 400
    assert "30,000" in html.split('id="talk-problem"')[1].split("</p>")[0] and "20,000" in html
    assert words in html.split('name="text"')[1]
    assert not Conversation.objects.exists()
    told = visitor.presses("chat", _json=True, text=words)
    assert told.status_code == 400 and "30,000" in told.json()["error"]
