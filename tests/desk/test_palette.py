"""What the palette finds: only what its viewer may see."""

import pytest

from handrail.accounts.models import Team


def titles(client, query):
    return [row["title"] for row in client.get("/desk/palette", {"query": query}).json()["rows"]]


def test_a_number_leads_straight_there(world, desk):
    conversation = world.conversation(subject="배송이 늦어요")

    rows = desk.get("/desk/palette", {"query": f"#{conversation.number}"}).json()["rows"]

    assert [row["url"] for row in rows] == [f"/desk/conversations/{conversation.number}"]
    assert rows[0]["title"] == f"#{conversation.number} 배송이 늦어요"
    assert "김민지" in rows[0]["place"]


def test_words_find_conversations_and_names_find_people(world, desk):
    world.conversation(subject="배송이 늦어요", text="언제 오나요")

    assert any("배송이 늦어요" in title for title in titles(desk, "배송"))
    assert "김민지" in titles(desk, "김민지")


def test_a_private_teams_conversation_is_not_found(world, desk):
    hidden = Team.objects.create(slug="hidden", name_ko="비밀", name_en="Hidden", is_private=True)
    conversation = world.conversation(subject="비밀스러운 문의")
    conversation.hand_to_team(hidden, by=world.agent)

    assert titles(desk, f"#{conversation.number}") == []
    assert titles(desk, "비밀스러운") == []


@pytest.mark.parametrize("query", ["", "   ", "status:nonsense", "\x00", "x" * 5000])
def test_what_nobody_understands_finds_nothing(world, desk, query):
    world.conversation()
    assert titles(desk, query) == []
