"""Notes and attributes beside a conversation, changed in place by hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from handrail.contacts.attributes import Attribute, known_of
from handrail.contacts.models import Organisation
from handrail.contacts.notes import ContactNote, note
from tests.browser.access import assert_accessible

PHONE, LAPTOP = (360, 740), (1280, 800)


@pytest.fixture
def conversation(office):
    options = [{"ko": "골드", "en": "Gold"}, {"ko": "실버", "en": "Silver"}]
    Attribute.make("plan", "choice", by=office.agent, name_ko="요금제", name_en="Plan", options=options)
    Attribute.make("seats", "number", by=office.agent, name_ko="좌석", name_en="Seats", about="organisation")
    made = office.conversation()
    made.requester.join(Organisation.make("나무책", by=office.agent), by=office.agent)
    return made


def test_a_note_and_an_attribute_are_kept_without_leaving_the_reply(office, sit_down, conversation):
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("#reply-text").fill("쓰던 답장")
    known = page.locator("desk-known")
    notes = known.locator('[data-known="notes"]')
    notes.locator("summary").last.click()
    known.locator("#contact-note").fill("전화는 오후에만 받아요")
    notes.locator("form button").last.click()
    expect(known.locator(".contact-note")).to_contain_text("전화는 오후에만 받아요")
    theirs = known.locator('[data-known="person"]')
    theirs.locator("summary").click()
    theirs.locator("select").select_option("gold")
    theirs.locator("form button").click()
    expect(theirs.locator("dd")).to_have_text("골드")
    expect(page.locator("#reply-text")).to_have_value("쓰던 답장")
    assert ContactNote.objects.get().text == "전화는 오후에만 받아요"
    assert list(known_of(conversation.requester).values()) == [["gold"]]


def test_what_cannot_be_is_said_at_its_field_and_stays_typed(office, sit_down, conversation):
    page = sit_down(f"/desk/conversations/{conversation.number}")
    company = page.locator('desk-known [data-known="organisation"]')
    company.locator("summary").click()
    company.locator("input.control").fill("마흔")
    company.locator("form button").click()
    field = company.locator("input.control")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("마흔")
    expect(field).to_be_focused()
    expect(company.locator("dd")).to_have_count(0)
    assert_accessible(page)


def test_without_a_connection_it_is_said_and_nothing_typed_is_lost(office, sit_down, conversation):
    page = sit_down(f"/desk/conversations/{conversation.number}")
    notes = page.locator('desk-known [data-known="notes"]')
    notes.locator("summary").last.click()
    page.locator("#contact-note").fill("적던 메모")
    page.context.set_offline(True)
    notes.locator("form button").last.click()
    expect(notes.locator("[role=alert]")).to_be_visible()
    expect(page.locator("#contact-note")).to_have_value("적던 메모")


def test_without_scripts_a_link_leads_to_the_page_that_has_the_same_forms(office, sit_down, conversation):
    note(conversation.requester, "있던 메모", by=office.agent)
    page = sit_down(f"/desk/conversations/{conversation.number}", scripts=False)
    page.locator("desk-known a").click()
    expect(page.locator(".contact-note")).to_contain_text("있던 메모")
    assert page.locator("#contact-note").count() == 1


def test_an_earlier_conversation_is_looked_at_without_leaving_this_one(office, sit_down, conversation):
    present = office.conversation(conversation.requester, subject="이번 문의")
    conversation.reply("지난번에 드린 답", by=office.agent)
    page = sit_down(f"/desk/conversations/{present.number}")
    glimpse = page.locator("desk-glimpse").first
    glimpse.locator("summary").click()
    expect(glimpse).to_contain_text("지난번에 드린 답")
    assert page.url.endswith(str(present.number))
