"""Parent and child, problem and incident: who stands above whom, and what must be over first."""

import pytest

from handrail.accounts.models import Team
from handrail.conversations.activity import history
from handrail.conversations.conversation import Conversation
from handrail.conversations.ending import NotOver
from handrail.conversations.links import CannotLink, link, linked, unlink, unsolved_below
from handrail.conversations.merging import merge
from handrail.conversations.outgoing import send


@pytest.fixture
def three(world):
    made = [world.conversation(subject=f"문의 {at}") for at in range(3)]
    world.settle()
    return made


def again(conversation):
    return Conversation.objects.get(pk=conversation.pk)


def test_a_parent_shows_its_children_and_each_child_its_parent(world, three):
    parent, first, second = three
    link(parent, first, "child", by=world.agent, is_required=True)
    link(parent, second, "child", by=world.agent)
    first.set_status("solved", by=world.agent)

    below = linked(parent, viewer=world.viewer())
    assert [(each.role, each.number, each.status, each.is_required) for each in below] == [
        ("child", first.pk, "solved", True),
        ("child", second.pk, "new", False),
    ]
    assert [(each.role, each.number) for each in linked(first, viewer=world.viewer())] == [
        ("parent", parent.pk)
    ]


def test_a_required_child_holds_its_parent_open_and_another_does_not(world, three):
    parent, needed, other = three
    link(parent, needed, "child", by=world.agent, is_required=True)
    link(parent, other, "child", by=world.agent)

    for status in ("solved", "closed"):
        with pytest.raises(NotOver) as waiting:
            parent.set_status(status, by=world.agent)
        assert waiting.value.children == [needed.pk]
    assert again(parent).status == "new"

    needed.set_status("solved", by=world.agent)
    parent.set_status("solved", by=world.agent)
    assert unsolved_below(parent, "child", viewer=world.viewer()) == [other.pk]


def test_the_customer_may_always_say_that_it_is_solved(world, three):
    parent, needed, _ = three
    link(parent, needed, "child", by=world.agent, is_required=True)
    parent.set_status("solved", by=parent.requester)
    assert again(parent).status == "solved"


def test_a_reply_that_should_solve_is_refused_before_it_leaves(world, three):
    parent, needed, _ = three
    link(parent, needed, "child", by=world.agent, is_required=True)
    with pytest.raises(NotOver):
        send(parent, "다 됐어요", by=world.agent, status="solved")
    assert not parent.messages.filter(direction="out", author_kind="staff").exists()


def test_words_that_were_on_their_way_leave_though_the_status_must_wait(world, three):
    parent, needed, _ = three
    world.agent.undo_seconds = 20
    waiting = send(parent, "다 됐어요", by=world.agent, status="solved")
    link(parent, needed, "child", by=world.agent, is_required=True)

    message = waiting.leave()
    assert message.text == "다 됐어요"
    assert again(parent).status == "open"
    told = [each.text for each in history(parent, locale="ko")]
    assert any(f"#{needed.pk}" in text and "해결" in text for text in told)


def test_nobody_stands_above_itself_and_a_child_has_one_parent(world, three):
    parent, child, other = three
    link(parent, child, "child", by=world.agent)
    for one, below, code in ((child, child, "self"), (child, parent, "loop"), (other, child, "taken")):
        with pytest.raises(CannotLink) as refused:
            link(one, below, "child", by=world.agent)
        assert refused.value.code == code
    # Being related is nobody's place above another.
    link(child, parent, "related", by=world.agent)


def test_linking_makes_a_problem_and_its_incidents(world, three):
    problem, *incidents = three
    for each in incidents:
        link(problem, each, "incident", by=world.agent)
    assert again(problem).type == "problem"
    assert {again(each).type for each in incidents} == {"incident"}


def test_what_lies_with_a_private_team_is_not_listed(world, three):
    parent, child, _ = three
    link(parent, child, "child", by=world.agent)
    hidden = Team.objects.create(slug="legal", name_ko="법무", name_en="Legal", is_private=True)
    Conversation.objects.filter(pk=child.pk).update(team=hidden)
    assert linked(parent, viewer=world.viewer()) == []
    assert unsolved_below(parent, "child", viewer=world.viewer()) == []


def test_a_link_taken_away_holds_nothing_open(world, three):
    parent, child, _ = three
    row = link(parent, child, "child", by=world.agent, is_required=True)
    unlink(row, by=world.agent)
    parent.set_status("solved", by=world.agent)
    assert linked(child, viewer=world.viewer()) == []


def test_a_merged_one_goes_on_in_the_other_and_waits_for_nobody(world, three):
    parent, needed, survivor = three
    link(parent, needed, "child", by=world.agent, is_required=True)
    merge(parent, into=survivor, by=world.agent)
    assert again(parent).status == "closed"
