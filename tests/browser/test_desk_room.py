"""The room of the desk: what it gives to the talk, what lies over the page, and where small things stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.contacts.models import Record
from handrail.core import clock
from tests.browser.access import assert_accessible


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_on_a_laptop_most_of_the_height_is_the_talk(office, sit_down, locale):
    """With all there may be above it: what was tried, several tags, and a pen that writes mail with a signature."""
    conversation = office.conversation(text="배송 조회가 되지 않아요. " * 12)
    conversation.add_tried({"kind": "asked", "text": "배송이 어디까지 왔는지 알고 싶어요. " * 4})
    conversation.add_tried({"kind": "shown", "title": "배송 조회 방법과 배송이 늦어질 때"})
    conversation.tag("배송", by=office.agent)
    office.agent.locale = locale
    office.agent.save(update_fields=["locale"])
    page = sit_down(f"/desk/conversations/{conversation.number}")

    height = page.locator(".thread").bounding_box()["height"]
    assert height >= 420
    assert page.locator(".tried").evaluate("it => it.scrollWidth <= it.clientWidth")
    page.locator("#reply-text").focus()
    assert page.locator(".thread").bounding_box()["height"] >= 400


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_many_tags_take_no_line_more_than_one_and_are_all_a_press_away(office, sit_down, locale):
    conversation = office.conversation()
    conversation.assign(to=office.staff("two@handrail.test", "정해결", "agent"), by=office.agent)
    office.agent.locale = locale
    office.agent.save(update_fields=["locale"])
    names = ["환불", "배송 지연", "vip", "재문의", "파손", "선물 포장"]
    conversation.tag(names[0], by=office.agent)
    page = sit_down(f"/desk/conversations/{conversation.number}")
    height = page.locator(".case-head").bounding_box()["height"]
    for each in names[1:]:
        conversation.tag(each, by=office.agent)
    page.reload()

    assert page.locator(".case-head").bounding_box()["height"] == height
    page.keyboard.press("t")
    expect(page.locator("#tag-add")).to_be_focused()
    expect(page.locator(".tags-all .tag-line")).to_have_count(6)
    assert_accessible(page)
    page.locator(".tag-line", has_text="파손").locator("button").click()
    expect(page.locator(".tags-all .tag-line")).to_have_count(5)
    assert not conversation.tags.filter(name="파손").exists()
    page.set_viewport_size({"width": 360, "height": 740})
    page.keyboard.press("t")
    assert_accessible(page)


def test_orders_are_seen_without_a_scroll_and_without_a_press(office, sit_down):
    conversation = office.conversation()
    for at in range(5):
        Record.objects.create(
            person=conversation.requester,
            kind="order",
            number=f"OG-{at}",
            title_ko=f"소리 버즈 {at}개",
            title_en=f"Sori Buds {at}",
            status="delivered",
            amount=138_000,
            at=clock.now() - timedelta(days=at),
        )
    page = sit_down(f"/desk/conversations/{conversation.number}")
    orders = page.locator(".panel [data-part=records] .records").first.locator("li")

    expect(orders).to_have_count(3)
    box = orders.last.bounding_box()
    assert box["y"] + box["height"] < 420
    page.locator(".panel [data-part=records] > details > summary").click()
    expect(page.locator("strong", has_text="소리 버즈 4개")).to_be_visible()


def test_the_desk_is_as_high_as_its_window_however_long_a_thread_is(office, sit_down):
    conversation = office.conversation()
    for at in range(30):
        conversation.reply(f"{at}번째 답이에요.", by=office.agent)
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.mouse.move(100, 400)
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(200)
    assert page.evaluate("[scrollY, document.documentElement.scrollHeight - innerHeight]") == [0, 0]


def test_what_lies_over_the_page_closes_by_a_press_elsewhere_by_escape_and_by_being_used(office, sit_down):
    conversation = office.conversation(subject="환불 문의")
    page = sit_down(f"/desk/conversations/{conversation.number}")
    later, snooze = page.locator("details.later").last, page.get_by_text("언제까지 보류할까요?")

    page.get_by_label("나중에 보내기").click()
    expect(later).to_have_attribute("open", "")
    page.locator("summary", has_text="보류하기").click()
    expect(later).not_to_have_attribute("open", "")
    expect(snooze).to_be_visible()
    page.keyboard.press("Escape")
    expect(snooze).to_be_hidden()
    expect(page.locator("summary", has_text="보류하기")).to_be_focused()

    page.locator("#reply-text").fill("내일 알려 드릴게요.")
    page.get_by_label("나중에 보내기").click()
    later.locator("button[name=at]").first.click()
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("내일 알려 드릴게요.")
    expect(later).not_to_have_attribute("open", "")


def test_the_box_of_a_row_is_there_faintly_at_rest_in_its_middle_and_beside_its_mark(office, sit_down):
    office.conversation()
    page = sit_down("/desk/views/all/")
    page.mouse.move(640, 790)
    box, mark = page.evaluate(
        """() => { const row = document.querySelector('.conversation[data-waiting]'), link = row.querySelector('a')
        const box = row.querySelector('.pick'), rest = box.getBoundingClientRect(), mark = getComputedStyle(link, '::before')
        const around = link.getBoundingClientRect()
        return [{ opacity: +getComputedStyle(box).opacity, left: rest.left, middle: rest.top + rest.height / 2 },
                { right: around.left + parseFloat(mark.left) + parseFloat(mark.width), middle: around.top + around.height / 2 }] }"""
    )
    assert 0.2 < box["opacity"] < 0.7
    assert box["left"] >= mark["right"]
    assert abs(box["middle"] - mark["middle"]) < 1.5
    page.locator(".conversation").first.hover()
    expect(page.locator(".pick").first).to_have_css("opacity", "1")
    assert page.locator(".pick").first.bounding_box()["width"] >= 24


def test_the_plus_beside_saved_views_is_no_taller_than_a_view(office, sit_down):
    page = sit_down("/desk/views/new")
    plus = page.locator(".desk-views-own .icon-button").bounding_box()
    view = page.locator(".desk-view").first.bounding_box()
    assert 24 <= plus["height"] <= view["height"]


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
@pytest.mark.parametrize("locale", ["ko", "en"])
def test_whoever_a_reply_reaches_is_named_or_counted_in_sight(office, sit_down, locale, size):
    office.agent.locale = locale
    office.agent.save(update_fields=["locale"])
    conversation = office.conversation(office.person("dohyun.park@hanbit.example", "박도현"))
    page = sit_down(f"/desk/conversations/{conversation.number}", size=size)
    line = page.locator(".composer-form[data-kind=reply] .composer-to")
    expect(line).to_contain_text("dohyun.park@hanbit.example")
    assert line.evaluate("it => it.scrollHeight <= it.clientHeight + 1"), "one address is there in whole"

    others = {"finance.office@hanbit-holdings.example": "김재무", "jiwoo.kang@hanbit.example": "강지우"}
    for address, name in others.items():
        person = office.person(address, name)
        conversation.add_participant(person, by=office.agent)
        conversation.attach_endpoint(office.mail, address, person=person, by=office.agent)
    page.reload()
    counted = line.locator("summary")
    expect(counted).to_have_text(
        {"ko": "박도현 님 외 2명에게 메일로 보내요", "en": "To 박도현 and 2 more by mail"}[locale]
    )
    for part in (line, counted, counted.locator("span")):
        assert part.evaluate(
            "it => it.scrollWidth <= it.clientWidth && it.scrollHeight <= it.clientHeight + 1"
        )
    counted.focus()
    page.keyboard.press("Enter")
    listed = line.locator(".popover")
    expect(listed.get_by_role("listitem")).to_have_count(3)
    for words in ("dohyun.park@hanbit.example", *others, *others.values()):
        expect(listed).to_contain_text(words)
    box = listed.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= size[0] and box["y"] >= 0
    assert box["y"] + box["height"] <= size[1]
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(counted).to_be_focused()
    for begin in ("#reply-text", ".case-title"):
        # The field is of another height while it is written in; the press lands all the same.
        page.locator(begin).click()
        counted.click()
        expect(listed).to_be_visible()
        page.keyboard.press("Escape")
        expect(listed).to_be_hidden()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_on_a_phone_the_talk_begins_above_the_middle_and_the_rest_is_a_press_away(office, sit_down, locale):
    """With all there may be above it; and what was folded stays open while it is used."""
    office.agent.locale = locale
    office.agent.save(update_fields=["locale"])
    conversation = office.conversation(subject="3-2반 공기청정기가 켜지지 않습니다")
    conversation.add_tried({"kind": "asked", "text": "배송이 어디까지 왔는지 알고 싶어요. " * 4})
    conversation.add_tried({"kind": "shown", "title": "배송 조회 방법과 배송이 늦어질 때"})
    for each in ("수리", "학교"):
        conversation.tag(each, by=office.agent)
    page = sit_down(f"/desk/conversations/{conversation.number}", size=(360, 740))
    assert page.locator(".entry.message").first.bounding_box()["y"] <= 0.45 * 740
    fold = page.locator(".case-fold")
    expect(fold).to_contain_text({"ko": "새 문의", "en": "New"}[locale])
    expect(page.get_by_label({"ko": "상태", "en": "Status"}[locale], exact=True)).to_be_hidden()
    assert_accessible(page)

    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    page.locator("#c-status").select_option("pending")
    expect(fold).to_contain_text({"ko": "답변 대기", "en": "Pending"}[locale])
    expect(page.locator("#c-status")).to_be_visible()
    assert_accessible(page)
    fold.click()
    expect(page.locator("#c-status")).to_be_hidden()
    page.keyboard.press("t")
    expect(page.locator("#tag-add")).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(fold).to_be_hidden()


def test_without_scripts_nothing_of_the_head_is_folded_away(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}", size=(360, 740), scripts=False)
    expect(page.locator("#c-status")).to_be_visible()
    expect(page.locator(".case-fold")).to_be_hidden()


def test_the_newest_words_stay_in_sight_while_the_reply_and_what_it_leaves_open_grow(office, sit_down):
    conversation = office.conversation(text="주문한 스탠드가 아직 안 왔어요.")
    for number in range(12):
        conversation.reply(f"{number + 1}번째 안내예요. " * 12, by=office.agent)
    conversation.receive(
        "언제 도착하나요? 지금 취소할 수 있나요? 환불은 며칠 걸리나요?", by=conversation.requester
    )
    page = sit_down(f"/desk/conversations/{conversation.number}")
    expect(page.locator("open-questions li")).to_have_count(3)

    def is_in_sight() -> bool:
        newest = page.locator(".entries > li").last.bounding_box()
        thread = page.locator(".thread").bounding_box()
        return newest["y"] + newest["height"] <= thread["y"] + thread["height"] + 1

    assert is_in_sight()
    page.locator("#reply-text").focus()
    for _line in range(6):
        page.keyboard.type("확인하고 있어요.")
        page.keyboard.press("Shift+Enter")
    page.wait_for_timeout(700)
    assert is_in_sight()
    page.locator(".thread").evaluate("it => { it.scrollTop = 0 }")
    page.keyboard.type("지금 취소할 수 있어요. 환불은 사흘 걸려요. 내일 도착해요.")
    page.wait_for_timeout(900)
    assert page.locator(".thread").evaluate("it => it.scrollTop") == 0, "who reads further up is left there"
