"""Macros and changes to many at the desk, by hand."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import expect

from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.automation.runs import start
from handrail.conversations.conversation import Conversation
from handrail.core.files.keeping import keep
from tests.browser.access import assert_accessible

PHONE, LAPTOP = (360, 740), (1280, 800)


def test_a_slash_puts_a_macro_in_and_shows_what_it_changes(office, sit_down):
    macro = Macro.make(
        "배송 안내",
        by=office.agent,
        texts={"ko": "{{고객}}, 이틀 안에 도착해요."},
        changes=[Change("status", "pending")],
    )
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("/배송")
    expect(page.get_by_role("option", name="배송 안내")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_have_value("김민지 님, 이틀 안에 도착해요.")
    expect(page.locator("input[name=macro]")).to_have_value(str(macro.pk))
    assert_accessible(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("이틀 안에 도착해요.")
    expect(page.locator("input[name=macro]")).to_have_count(0)
    conversation.refresh_from_db()
    assert conversation.status == "pending"


def test_a_macro_brings_its_article_and_its_file_into_one_reply(office, sit_down):
    opened = office.article("환불은 언제 들어오나요", "<p>사흘 안에 들어와요.</p>")
    closed = office.article("환불 예외 지침", "<p>팀장이 정해요.</p>", audience="agents")
    macro = Macro.make("환불 안내", by=office.agent, texts={"ko": "{{고객}}, 안녕하세요."})
    form = keep(b"form", name="환불 신청서.txt", by=office.agent)
    macro.enclose(by=office.agent, articles=[opened.pk, closed.pk], files=[form])
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("/환불")
    expect(page.get_by_role("option", name="환불 안내")).to_contain_text("환불 신청서.txt")
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_have_value(
        re.compile("안녕하세요.*환불은 언제 들어오나요", re.DOTALL)
    )
    expect(page.locator("[data-slot=macro]")).to_contain_text("고객이 볼 수 없어서 뺀 글: 환불 예외 지침")
    expect(page.get_by_role("checkbox", name="환불 신청서.txt")).to_be_checked()
    assert_accessible(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("환불 신청서.txt")
    expect(page.locator("input[name=kept]")).to_have_count(0)
    sent = conversation.messages.get(direction="out")
    assert [card["article"] for card in sent.data["cards"]] == [opened.pk]


def test_several_are_picked_by_keyboard_changed_and_undone(office, sit_down):
    for at in range(3):
        office.conversation(subject=f"문의 {at}")
    page = sit_down("/desk/views/all/")
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator(".bulk-bar")).to_contain_text("2건 골랐어요")
    assert_accessible(page)
    page.get_by_role("button", name="바꾸기…").click()
    page.get_by_label("우선순위").select_option("high")
    page.get_by_role("button", name="바꾸기", exact=True).click()
    expect(page.locator("run-strip")).to_contain_text("문의 2건을 바꾸었어요")
    assert Conversation.objects.filter(priority="high").count() == 2
    # What the list says of new arrivals takes no other line's place.
    office.conversation(subject="방금 온 문의")
    expect(page.get_by_role("button", name="새 문의 1건")).to_be_visible()
    expect(page.locator("run-strip")).to_contain_text("문의 2건을 바꾸었어요")
    page.locator("run-strip").get_by_role("button", name="되돌리기").click()
    expect(page.locator("run-strip")).to_contain_text("되돌렸어요")
    assert not Conversation.objects.filter(priority="high").exists()


@pytest.mark.parametrize(("size", "scheme"), [(LAPTOP, "light"), (PHONE, "dark")])
def test_pages_of_macros_and_runs_are_accessible_and_fit(office, sit_down, size, scheme):
    Macro.make("배송 안내", by=office.agent, texts={"ko": "곧 가요 " * 40}, changes=[Change("tag", "배송")])
    run = start([office.conversation().pk], by=office.agent, changes=[Change("tag", "vip")])
    page = sit_down("/desk/macros", size=size, scheme=scheme)
    pages = ("/desk/macros", "/desk/macros/new", f"/desk/runs/{run.pk}", "/desk/bulk?whole=1&view=all")
    for path in pages:
        page.goto(page.url.split("/desk")[0] + path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if os.environ.get("SHOTS"):
            page.screenshot(
                path=f"{os.environ['SHOTS']}/{path.split('?')[0].replace('/', '_')}_{size[0]}.png"
            )


def test_a_macro_without_a_text_changes_alone(office, sit_down):
    conversation = office.conversation()
    Macro.make("급한 문의로 올리기", by=office.agent, changes=[Change("tag", "급함")])
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("/")
    page.get_by_role("option", name="급한 문의로 올리기").click()
    page.get_by_role("button", name="글 없이 바꾸기").click()
    expect(page.locator(".case-tags")).to_contain_text("급함")
    expect(page.locator("[data-slot=macro]")).to_be_empty()
    assert not conversation.messages.filter(direction="out").exists()


def put_in(office, sit_down):
    """A macro that changes the status, in the field of a new conversation -> (page, conversation, macro)."""
    macro = Macro.make(
        "배송 안내", by=office.agent, texts={"ko": "곧 도착해요."}, changes=[Change("status", "pending")]
    )
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("/배송")
    page.get_by_role("option", name="배송 안내").click()
    return page, conversation, macro


def test_undo_brings_the_tick_of_a_macro_back_and_nothing_has_changed(office, sit_down):
    office.agent.set_up(undo_seconds=30, by=office.agent)
    page, conversation, macro = put_in(office, sit_down)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".outgoing")).to_contain_text("곧 도착해요.")
    expect(page.locator("[data-slot=macro]")).to_be_empty()
    page.keyboard.press("Control+z")
    expect(page.locator("#reply-text")).to_have_value("곧 도착해요.")
    expect(page.locator("input[name=macro]")).to_have_value(str(macro.pk))
    expect(page.locator("input[name=macro]")).to_be_checked()
    expect(page.locator("[data-slot=macro]")).to_contain_text("함께 바꿔요: 상태: 답변 대기")
    conversation.refresh_from_db()
    assert conversation.status == "new"


def test_what_a_macro_changes_goes_with_its_words_and_comes_back_with_them(office, sit_down):
    page, conversation, _macro = put_in(office, sit_down)
    ticked = page.locator("input[name=macro]")
    expect(ticked).to_be_enabled()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(ticked).to_be_hidden()
    page.keyboard.press("Control+z")
    expect(page.locator("#reply-text")).to_have_value("곧 도착해요.")
    expect(ticked).to_be_visible()
    expect(ticked).to_be_enabled()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type("다른 말이에요.")
    expect(ticked).to_be_hidden()
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"]').last).to_contain_text("다른 말이에요.")
    conversation.refresh_from_db()
    assert conversation.status == "open"
