"""A team that leaves replies to the assignee."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role
from handrail.automation.macros import Macro
from handrail.automation.runs import Run
from handrail.conversations.messages import Message, Note


@pytest.fixture
def given(world):
    """A conversation that a colleague has, in such a team."""
    world.team.leave_to_assignee(True, by=world.agent)
    other = world.staff("other@handrail.test", "박다른", Role.AGENT)
    conversation = world.conversation()
    conversation.assign(to=other, by=world.agent)
    return conversation


def replies(desk, conversation, **more):
    sent = {"text": "안녕하세요", "client_id": "one", "seen": "1", **more}
    return desk.post(f"/desk/conversations/{conversation.number}/messages", sent)


def test_another_colleagues_reply_comes_back_with_its_words_and_a_note_goes_in(desk, given):
    page = desk.get(f"/desk/conversations/{given.number}").content.decode()
    assert "박다른" in page.partition('class="composer-only')[2][:400]

    refused = replies(desk, given)

    assert refused.status_code == 422
    assert "안녕하세요" in refused.content.decode()
    assert not Message.objects.filter(direction="out").exists()
    desk.post(f"/desk/conversations/{given.number}/notes", {"text": "메모", "client_id": "two"})
    assert Note.objects.get().text == "메모"


def test_whoever_takes_it_may_reply_and_so_may_anybody_where_nobody_has_it(world, desk, given):
    desk.post(f"/desk/conversations/{given.number}/assignment", {"assignee": "me"})
    assert replies(desk, given).status_code == 302
    free = world.conversation(world.person("b@example.com", "나"))
    assert replies(desk, free).status_code == 302
    free.refresh_from_db()
    assert free.assignee == world.agent


def test_a_macro_on_many_leaves_it_and_says_why(world, desk, given):
    macro = Macro.make("인사", by=world.agent, texts={"ko": "안녕하세요"})
    desk.post("/desk/bulk/run", {"number": given.number, "macro": macro.pk})

    assert not Message.objects.filter(direction="out").exists()
    assert Run.objects.get().steps.get().reason == "assignee_only"


def test_the_console_turns_it_on_and_off_for_teams_one_may_see(world, admin, desk):
    assert "고객지원팀" in admin.get("/console/teams").content.decode()
    sent = {"team": world.team.pk, "name_ko": "고객지원팀", "name_en": "Support", "hours": world.hours.pk}
    admin.post("/console/teams/keep", sent | {"only_assignee": "1"})
    world.team.refresh_from_db()
    assert world.team.is_answered_by_assignee
    admin.post("/console/teams/keep", sent)
    world.team.refresh_from_db()
    assert not world.team.is_answered_by_assignee
    assert admin.post("/console/teams/keep", {"team": "99999"}).status_code == 404
    assert desk.post("/console/teams/keep", {"team": world.team.pk}).status_code in {403, 404}
