"""Conversations one has in hand, switched with one key; each with its own draft."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role, Team
from handrail.conversations.drafts import keep
from handrail.core.actors import SYSTEM


@pytest.fixture
def three(world):
    made = [world.conversation(subject=f"문의 {at}") for at in range(3)]
    for each in made:
        each.assign(to=world.agent, by=world.agent)
    return made


def led(client, conversation, back=False) -> int:
    answer = client.get(f"/desk/conversations/{conversation.number}/another", {"back": "1"} if back else {})
    return int(answer["Location"].rsplit("/", 1)[1])


def test_one_key_goes_round_what_one_has_taken_forth_and_back(world, desk, three):
    first, second, last = three
    assert [led(desk, each) for each in three] == [second.number, last.number, first.number]
    assert [led(desk, each, back=True) for each in three] == [last.number, first.number, second.number]


def test_a_begun_reply_belongs_to_it_and_what_is_over_or_anothers_does_not(world, desk, three):
    first, second, last = three
    begun = world.conversation(subject="시작한 답")
    world.conversation(subject="남의 문의").assign(
        to=world.staff("two@handrail.test", "정해결", Role.AGENT), by=SYSTEM
    )
    keep(begun, "reply", "안녕하세요", user=world.agent, revision=0)
    second.set_status("solved", by=world.agent)

    assert led(desk, first) == last.number
    assert led(desk, last) == begun.number
    assert led(desk, begun) == first.number


def test_from_a_conversation_one_does_not_have_it_leads_into_those_one_has(world, desk, three):
    other = world.conversation(subject="처음 보는 문의")
    assert led(desk, other) == three[0].number
    assert led(desk, other, back=True) == three[-1].number


def test_alone_it_stays_and_hidden_ones_are_never_led_to(world, desk):
    only = world.conversation()
    assert led(desk, only) == only.number
    hidden = world.conversation(subject="인사 문의")
    hidden.assign(to=world.agent, by=SYSTEM)
    hidden.hand_to_team(
        Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True), by=SYSTEM
    )
    assert led(desk, only) == only.number
    assert desk.get(f"/desk/conversations/{hidden.number}/another").status_code == 404


def test_each_keeps_its_own_draft(world, desk, three):
    for at, each in enumerate(three):
        desk.post(
            f"/desk/conversations/{each.number}/draft",
            {"kind": "reply", "text": f"초안 {at}", "revision": "0"},
        )
    for at, each in enumerate(three):
        assert f"초안 {at}</textarea>" in desk.get(f"/desk/conversations/{each.number}").content.decode()


def test_the_page_has_the_keys(world, desk, three):
    page = desk.get(f"/desk/conversations/{three[0].number}").content.decode()
    assert 'data-key="]"' in page and 'data-key="["' in page
