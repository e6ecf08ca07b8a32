"""The page of the conversation that goes on says since when its customer waits; a closed one is refused in words."""

from datetime import UTC, datetime, timedelta

from handrail.conversations.conversation import Conversation
from handrail.conversations.merging import merge, unmerge
from handrail.core import clock

START = datetime(2026, 3, 2, 1, tzinfo=UTC)


def answered(world):
    with clock.at(START):
        found = world.conversation(subject="배송")
    with clock.at(START + timedelta(minutes=5)):
        found.reply("내일 와요.", by=world.agent)
    return found


def test_the_clock_is_that_of_the_one_that_waited(world, desk):
    into = answered(world)
    with clock.at(START + timedelta(hours=2)):
        one = world.conversation()
    merge(one, into=into, by=world.agent)
    asked = START + timedelta(hours=2)
    assert shown(asked) in part(desk, into)

    unmerge(Conversation.objects.get(pk=one.pk), by=world.agent)
    assert "기다리고 있지 않아요" in part(desk, into)


def test_a_reply_stops_that_clock(world, desk):
    into = answered(world)
    with clock.at(START + timedelta(hours=2)):
        one = world.conversation()
    merge(one, into=into, by=world.agent)
    Conversation.objects.get(pk=into.pk).reply("다시 보내요.", by=world.agent)
    assert shown(START + timedelta(hours=2)) not in part(desk, into)


def test_a_closed_one_is_refused_with_what_to_do(world, desk):
    one, into = world.conversation(), world.conversation()
    into.set_status("closed", by=world.agent)
    answer = desk.post(f"/desk/conversations/{one.number}/merge", {"into": str(into.number)})
    assert answer.status_code == 422
    assert f"#{into.number}" in answer.content.decode()
    one.refresh_from_db()
    assert one.merged_into is None


def shown(moment):
    return moment.isoformat()[:16]


def part(desk, conversation):
    page = desk.get(f"/desk/conversations/{conversation.number}?stay").content.decode()
    return page.split('data-part="contact"', 1)[1].split("</section>", 1)[0]
