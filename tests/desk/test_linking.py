"""Links, splitting and solving what lies below, as an agent presses them."""

import pytest
from django.urls import reverse

from handrail.conversations.conversation import Conversation
from handrail.conversations.links import link


@pytest.fixture
def three(world):
    made = [world.conversation(subject=f"문의 {at}") for at in range(3)]
    world.settle()
    return made


def page(desk, conversation):
    return desk.get(reverse("desk:conversation", args=[conversation.pk])).content.decode()


def test_a_child_is_linked_shown_with_its_state_and_taken_away(world, desk, three):
    parent, child, _ = three
    said = {"number": f"#{child.pk}", "role": "child", "required": "1"}
    assert desk.post(reverse("desk:links", args=[parent.pk]), said).status_code == 302
    shown = page(desk, parent)
    assert "먼저 해결되어야 해요" in shown and f"#{child.pk}" in shown

    refused = desk.post(reverse("desk:status", args=[parent.pk]), {"status": "solved"})
    assert refused.status_code == 422
    assert f"#{child.pk}" in refused.content.decode().split('role="alert"')[1][:200]
    assert Conversation.objects.get(pk=parent.pk).status == "new"

    row = parent.links_down.get()
    desk.post(reverse("desk:links", args=[parent.pk]), {"remove": row.pk})
    assert not parent.links_down.exists()


def test_a_reply_with_solve_comes_back_with_its_words(world, desk, three):
    parent, child, _ = three
    link(parent, child, "child", by=world.agent, is_required=True)
    said = {"text": "다 처리했어요", "status": "solved", "client_id": "one"}
    answer = desk.post(reverse("desk:reply", args=[parent.pk]), said)
    assert answer.status_code == 422
    assert "다 처리했어요" in answer.content.decode()
    assert not parent.messages.filter(text="다 처리했어요").exists()


@pytest.mark.parametrize(
    ("number", "role", "status"),
    [("999999", "child", 422), ("", "child", 422), ("SELF", "child", 422), ("OTHER", "owner", 404)],
)
def test_a_link_that_cannot_be_says_why(world, desk, three, number, role, status):
    one, other, _ = three
    number = {"SELF": str(one.pk), "OTHER": str(other.pk)}.get(number, number)
    answer = desk.post(reverse("desk:links", args=[one.pk]), {"number": number, "role": role})
    assert answer.status_code == status
    assert not one.links_down.exists()


def test_solving_a_problem_offers_to_answer_and_solve_all_its_incidents(world, desk, three):
    problem, *incidents = three
    for each in incidents:
        link(problem, each, "incident", by=world.agent)
    problem.set_status("solved", by=world.agent)
    assert "이 문제의 사례 2건이 아직 열려 있어요" in page(desk, problem)

    said = {
        "kind": "incident",
        "text": "결제 장애가 해결됐어요.",
        "back": f"/desk/conversations/{problem.pk}",
    }
    led = desk.post(reverse("desk:below", args=[problem.pk]), said)
    told = desk.get(led["Location"]).content.decode()
    assert "<run-strip" in told and "data-undo" in told, "what was done, and the way back"
    for each in incidents:
        now = Conversation.objects.get(pk=each.pk)
        assert now.status == "solved"
        assert now.messages.filter(text="결제 장애가 해결됐어요.", author_kind="staff").count() == 1
    again = desk.post(reverse("desk:below", args=[problem.pk]), said)
    assert again.status_code == 422


def test_a_split_opens_the_new_conversation(world, desk, three):
    one, *_ = three
    message = one.messages.filter(direction="in").get()
    answer = desk.post(reverse("desk:split", args=[message.pk]), {"subject": "다른 일"})
    after = Conversation.objects.order_by("-pk").first()
    assert answer.url == reverse("desk:conversation", args=[after.pk])
    assert after.subject == "다른 일"


def test_a_message_of_ours_and_one_nobody_may_see_are_not_there(world, desk, three):
    one, *_ = three
    ours = one.reply("네", by=world.agent)
    assert desk.post(reverse("desk:split", args=[ours.pk])).status_code == 404
    assert desk.post(reverse("desk:split", args=[999999])).status_code == 404


def test_a_type_is_chosen_found_and_told(world, desk, three):
    one, *_ = three
    desk.post(reverse("desk:type", args=[one.pk]), {"type": "task"})
    assert Conversation.objects.get(pk=one.pk).type == "task"
    found = desk.get(reverse("desk:search"), {"query": "유형:작업"}).content.decode()
    assert "문의 0" in found and "문의 1" not in found
    assert desk.post(reverse("desk:type", args=[one.pk]), {"type": "nonsense"}).status_code == 404
