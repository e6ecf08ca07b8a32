"""From one conversation to the next of the list one came from."""

import re
from datetime import timedelta

import pytest

from handrail.accounts.models import Role
from handrail.conversations.messages import Message
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.presence import look
from handrail.conversations.views import SavedView
from handrail.core import clock
from tests.desk.conftest import signed_in


@pytest.fixture
def three(world):
    """In the order of the lists: the newest first."""
    return [world.conversation(subject=f"문의 {at}") for at in range(3)][::-1]


def say(client, conversation, **fields):
    fields = {"text": "확인했어요.", "client_id": f"c{conversation.pk}", "in": "all"} | fields
    return client.post(f"/desk/conversations/{conversation.number}/messages", fields)


def test_rows_carry_the_list_and_the_page_hands_it_on(world, desk, three):
    page = desk.get("/desk/views/all/", {"priority": "normal"}).content.decode()
    address = re.search(rf'href="(/desk/conversations/{three[0].number}[^"]*)"', page)[1].replace(
        "&amp;", "&"
    )
    assert address.endswith("?in=all&where=priority%3Dnormal")
    shown = desk.get(address).content.decode()
    assert shown.count('name="in" value="all"') >= 3
    assert 'name="where" value="priority=normal"' in shown
    assert 'data-back="/desk/views/all/?priority=normal"' in shown


def test_sending_leads_to_the_next_and_from_the_last_to_the_first(world, desk, three):
    first, second, last = three
    response = say(desk, first)
    assert response["Location"] == f"/desk/conversations/{second.number}?in=all&left={first.number}"
    assert Message.objects.filter(text="확인했어요.").count() == 1
    assert say(desk, last)["Location"].startswith(f"/desk/conversations/{first.number}?")


def test_one_that_a_colleague_looks_at_is_passed_until_nothing_else_is_left(world, desk, three):
    first, second, last = three
    other = world.staff("two@handrail.test", "정해결", Role.AGENT)
    look(second.pk, user=other)
    assert say(desk, first)["Location"].startswith(f"/desk/conversations/{last.number}?")
    look(last.pk, user=other)
    assert say(desk, first, client_id="again")["Location"].startswith(f"/desk/conversations/{second.number}?")


def test_solving_leads_on_and_a_change_of_another_kind_stays(world, desk, three):
    first, second, last = three
    path = f"/desk/conversations/{first.number}"
    sent = {"in": "all", "where": ""}
    assert desk.post(f"{path}/priority", sent | {"priority": "high"})["Location"] == f"{path}?in=all"
    assert desk.post(f"{path}/notes", sent | {"text": "메모"})["Location"] == f"{path}?in=all"
    led = desk.post(f"{path}/status", sent | {"status": "solved"})["Location"]
    assert led == f"/desk/conversations/{second.number}?in=all&left={first.number}"
    for each in (second, last):
        led = desk.post(f"/desk/conversations/{each.number}/status", sent | {"status": "solved"})["Location"]
    assert led == f"/desk/views/all/?left={last.number}"
    assert f"#{last.number} 문의를 마쳤어요" in desk.get(led).content.decode()


def test_in_a_chat_only_what_ends_ones_turn_leads_on(world, desk, three):
    first, second, _last = three
    type(first).objects.filter(pk=first.pk).update(channel="chat")
    assert say(desk, first)["Location"] == f"/desk/conversations/{first.number}?in=all"
    led = say(desk, first, client_id="b", status="pending")["Location"]
    assert led.startswith(f"/desk/conversations/{second.number}?")


def test_the_reply_can_still_be_taken_back_from_the_next_one(world, desk, three):
    world.agent.set_up(undo_seconds=20, by=world.agent)
    page = desk.get(say(desk, three[0])["Location"]).content.decode()
    waiting = Outgoing.objects.get()
    assert f'action="/desk/outgoing/{waiting.pk}/undo"' in page
    back = desk.post(f"/desk/outgoing/{waiting.pk}/undo").content.decode()
    assert "확인했어요.</textarea>" in back


def test_who_chose_to_stay_stays_and_without_a_list_nothing_changes(world, desk, three):
    first = three[0]
    response = desk.post(f"/desk/conversations/{first.number}/messages", {"text": "가", "client_id": "1"})
    assert response["Location"] == f"/desk/conversations/{first.number}"
    desk.post(
        "/desk/profile",
        {"name": "이서준", "locale": "ko", "zone": "Asia/Seoul", "theme": "auto", "writes_first": "reply"}
        | {"after_sending": "stay"},
    )
    assert say(desk, first)["Location"] == f"/desk/conversations/{first.number}?in=all"


def test_one_after_another_in_a_saved_view(world, desk, three):
    three[1].set_priority("urgent", by=world.agent)
    view = SavedView.make("급한 것", "priority:urgent", by=world.agent)
    page = desk.get(f"/desk/views/v{view.pk}/").content.decode()
    assert f"/desk/next?in=v{view.pk}" in page
    led = desk.get("/desk/next", {"in": f"v{view.pk}"})["Location"]
    assert led == f"/desk/conversations/{three[1].number}?in=v{view.pk}"
    led = desk.get("/desk/next", {"in": f"v{view.pk}", "from": str(three[1].number)})["Location"]
    assert led == f"/desk/views/v{view.pk}/"


@pytest.mark.parametrize("name", ["", "v999", "nonsense", "../x"])
def test_a_list_that_is_none_leads_nowhere(world, desk, three, name):
    assert desk.get("/desk/next", {"in": name}).status_code == 404
    assert say(desk, three[0], **{"in": name})["Location"] == f"/desk/conversations/{three[0].number}"


def test_what_was_left_is_shown_only_to_who_may_see_it(world, desk, three):
    page = desk.get(
        f"/desk/conversations/{three[0].number}", {"in": "all", "left": "999999"}
    ).content.decode()
    assert "left-behind" not in page


def test_the_last_reply_can_be_taken_back_from_the_list_it_leads_to(world, desk, three):
    world.agent.set_up(undo_seconds=15, by=world.agent)
    say(desk, three[0])
    page = desk.get(f"/desk/views/all/?left={three[0].number}").content.decode()
    assert f'action="/desk/outgoing/{Outgoing.objects.get().pk}/undo"' in page


def test_solving_is_taken_back_from_the_next_one_and_from_the_list(world, desk, three):
    first, _second, _last = three
    sent = {"in": "all", "where": ""}
    led = desk.post(f"/desk/conversations/{first.number}/status", sent | {"status": "solved"})["Location"]
    page = desk.get(led).content.decode()
    assert re.search(r'name="status" value="new" data-key="z">.*?되돌리기', page)
    assert 'data-key="z"' in desk.get(f"/desk/views/all/?left={first.number}").content.decode()
    desk.post(f"/desk/conversations/{first.number}/status", sent | {"status": "new"})
    first.refresh_from_db()
    assert first.status == "new"
    assert 'data-key="z"' not in desk.get(led).content.decode()


def test_solving_is_taken_back_in_the_conversation_to_what_it_was_and_by_whoever_did_it(world, desk, three):
    first, _second, _last = three
    path = f"/desk/conversations/{first.number}"
    desk.post(f"{path}/status", {"status": "pending"})
    desk.post(f"{path}/status", {"status": "solved"})
    assert 'name="status" value="pending" data-key="z"' in desk.get(path).content.decode()
    other = signed_in(world.staff("two@handrail.test", "정해결", Role.AGENT))
    assert 'data-key="z"' not in other.get(path).content.decode()
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert 'data-key="z"' not in desk.get(path).content.decode()


def test_the_hours_to_snooze_until_begin_with_the_focus_on_the_first(desk, three):
    page = desk.get(f"/desk/conversations/{three[0].number}").content.decode()
    assert re.search(r'name="at" value="[^"]+" data-first>', page)
    assert len(re.findall(r'name="at" value="[^"]+" data-first>', page)) == 1
