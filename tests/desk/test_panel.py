"""The side panel: what helps now stands first, and what is empty takes one line."""

import re

import pytest

from handrail.accounts.models import Team
from handrail.contacts.models import Organisation, Record
from handrail.core import clock
from handrail.core.actors import SYSTEM
from tests.desk.test_conversation import PAGE_QUERIES


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


def order(person, status):
    words = {"title_ko": "무선 이어폰", "title_en": "Earbuds"}
    return Record.keep(
        person, "order", "A-1", by=SYSTEM, **words, amount=89000, status=status, at=clock.now()
    )


def test_an_order_opens_in_place_with_its_states_and_their_dates(world, panel):
    conversation = world.conversation()
    for status in ("preparing", "preparing", "shipped"):
        order(conversation.requester, status)

    text = panel(conversation).split('data-part="records"')[1].split("</section>")[0]

    opened = text.split("<details")[1].split("</details>")[0]
    assert "<summary>" in opened and "무선 이어폰" in opened and "89,000" in opened
    assert opened.split("<ol")[1].count("<li>") == 2


def test_the_organisation_opens_in_place_with_its_people_and_open_conversations(world, panel):
    books = Organisation.make("나무책방", by=SYSTEM)
    conversation, other = world.conversation(), world.person("jiho@namu.example", "박지호")
    for person in (conversation.requester, other):
        person.join(books, by=world.agent)
    world.conversation(other, subject="세금계산서")
    world.conversation(other, subject="끝난 문의").set_status("closed", by=world.agent)
    hidden = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    world.conversation(other, subject="숨은 문의").hand_to_team(hidden, by=SYSTEM)

    text = panel(conversation).split("panel-company")[1].split("</details>")[0]

    assert "나무책방" in text and "박지호" in text and "세금계산서" in text
    assert "끝난 문의" not in text and "숨은 문의" not in text
    assert f'href="/desk/organisations/{books.pk}"' in text


def test_what_opens_in_place_keeps_the_page_within_its_queries(
    world, desk, panel, django_assert_max_num_queries
):
    books = Organisation.make("나무책방", by=SYSTEM)
    conversation = world.conversation()
    conversation.requester.join(books, by=world.agent)
    order(conversation.requester, "shipped")
    panel(conversation)
    with django_assert_max_num_queries(PAGE_QUERIES):
        panel(conversation)
