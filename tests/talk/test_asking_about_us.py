"""When people are there, asked in search, while typing, of the API and in chat: the same words everywhere."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from handrail.answers.encoder import NoReader
from handrail.answers.model_client import ModelClient, using
from handrail.answers.opening_hours import UNSEEN
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.workspace.hours_words import hours_in_full

ASKED = "지금 상담 되나요?"


@pytest.fixture
def hours(client, world) -> str:
    with using(NoReader()):
        return client.get("/api/v2/answers", {"query": ASKED}).json()["answer"]["text"]


def test_the_api_and_the_command_say_them(client, world, hours, capsys):
    with using(NoReader()):
        said = client.get("/api/v2/answers", {"query": ASKED}).json()
        call_command("ask", ASKED)

    assert hours_in_full(world.hours, locale="ko").replace(UNSEEN, "") in hours and UNSEEN not in hours
    assert (said["outcome"], said["answer"]["article"], said["hours"]) == ("answer", None, hours)
    assert hours.split("\n")[0] in capsys.readouterr().out


def test_search_and_the_field_that_answers_while_typing_say_them(client, world, hours):
    client.cookies["zone"] = "Asia/Seoul"
    with using(NoReader()):
        page = client.get("/hc/ko/search", {"query": ASKED}).content.decode()
        typed = client.get("/hc/ko/answer", {"query": ASKED}).json()["answer"]

    said = page.split('<section class="answer" aria-label="상담 시간">')[1].split("</section>")[0]
    assert all(line in said for line in hours.split("\n")) and "<span>상담 시간</span>" in said
    assert 'class="answer-source"' not in said and 'class="answer-caution"' not in said
    assert (typed["text"], typed["question"], typed["automatic"]) == (hours, "상담 시간", False)


def test_the_chat_says_them_and_names_no_article(visitor, world, hours):
    with using(NoReader()):
        snapshot = visitor.says(ASKED)
        world.settle()
        (line,) = visitor.hears(snapshot)["lines"]

    told = Message.objects.get(author_kind="bot")
    assert told.text == hours and all(said in line["html"] for said in hours.split("\n"))
    assert "상담 시간" in line["html"] and 'class="answer-source"' not in line["html"]
    assert [entry["kind"] for entry in Conversation.objects.get().tried] == ["asked"]


def test_the_pages_say_that_the_models_are_starting_and_nobody_keeps_them(client, visitor, world, tmp_path):
    world.article("환불 신청하는 방법", "<p>주문 내역에서 환불을 누르세요.</p>")
    with using(ModelClient(tmp_path / "models.sock")):
        page = client.get("/hc/ko/search", {"query": "환불 신청하는 방법"})
        snapshot = visitor.says("환불 신청하는 방법")
        world.settle()
        (line,) = visitor.hears(snapshot)["lines"]

    assert "아직 켜지는 중" in page.content.decode() and "아직 켜지는 중" in line["html"]
    assert "no-store" in page["Cache-Control"] and not page.has_header("X-Edge-Cache")
    with using(NoReader()):
        assert "아직 켜지는 중" not in client.get("/hc/ko/search", {"query": "환불"}).content.decode()
