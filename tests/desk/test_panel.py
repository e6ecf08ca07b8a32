"""The side panel: what helps now stands first, and what is empty takes one line."""

import re

import pytest


@pytest.fixture
def panel(desk):
    def read(conversation):
        html = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
        return html[html.index('<aside class="panel"') :]

    return read


def test_who_asks_articles_and_earlier_conversations_come_first(world, panel):
    world.conversation(subject="지난 문의")

    text = panel(world.conversation())

    parts = re.findall(r'data-part="(\w+)"|<(desk-suggestions) ', text)
    assert [one or two for one, two in parts][:3] == ["person", "desk-suggestions", "earlier"]


def test_a_section_with_nothing_in_it_is_one_line_and_the_shortcuts_stay(world, panel):
    text = panel(world.conversation())

    for part in ("fields", "roles", "checklist", "sides", "links"):
        assert "<h3>" not in text.split(f'data-part="{part}"')[1].split("</section>")[0], part
    follow = text.split('data-part="roles"')[1].split("</section>")[0]
    assert follow.index("</details>") < follow.index('data-key="f"')


def test_a_closed_conversation_shows_no_heading_above_nothing(world, panel):
    conversation = world.conversation()
    conversation.set_status("closed", by=world.agent)

    text = panel(conversation)

    for part in ("fields", "checklist", "sides", "links"):
        section = text.split(f'data-part="{part}"')
        assert len(section) == 1 or "<h3>" not in section[1].split("</section>")[0], part


def test_a_mail_nobody_vouched_for_is_said_beside_who_asks(world, panel):
    conversation = world.conversation()
    conversation.is_claimed = True
    conversation.save(update_fields=["is_claimed"])

    person = panel(conversation).split('data-part="person"')[1].split("</section>")[0]

    assert "confirmation" in person
