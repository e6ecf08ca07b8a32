"""The desk by hand: keyboard, pen, drafts, conflicts, arrivals. In Korean, as most colleagues have it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from handrail.accounts.models import Role
from handrail.contacts.models import Record
from handrail.conversations.opening import open_conversation
from handrail.core import clock
from tests.browser.access import assert_accessible

PHONE, LAPTOP = (360, 740), (1280, 800)


def test_j_k_and_enter_walk_the_list_while_a_korean_keyboard_is_on(office, sit_down):
    office.conversation(subject="먼저 온 문의")
    office.conversation(subject="나중에 온 문의")
    page = sit_down("/desk/views/all/")
    # With Hangul on, the key says ㅓ; only its place says J.
    for code in ("KeyJ", "KeyJ", "KeyK", "KeyJ"):
        page.evaluate(
            "code => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {code, key: 'ㅓ', bubbles: true, cancelable: true}))",
            code,
        )
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="먼저 온 문의")).to_be_visible()


def test_the_question_mark_shows_every_key_and_escape_closes_it(office, sit_down):
    page = sit_down("/desk/views/all/")
    page.keyboard.press("Shift+Slash")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("비공개 메모 쓰기")
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_r_replies_and_n_notes_and_neither_becomes_the_other(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("확인해 볼게요.")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("결제팀에 물어보기")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".entry.note")).to_contain_text("결제팀에 물어보기")
    assert conversation.messages.filter(direction="out").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#reply-text")).to_have_value("확인해 볼게요.")
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("확인해 볼게요.")
    expect(page.locator("#reply-text")).to_have_value("")
    assert [m.text for m in conversation.messages.filter(direction="out")] == ["확인해 볼게요."]


def test_an_enter_that_ends_a_syllable_never_sends(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("안녕하세")
    fire = """([type, fields]) => document.activeElement.dispatchEvent(
        type === 'keydown' ? new KeyboardEvent(type, {...fields, bubbles: true, cancelable: true})
                           : new CompositionEvent(type, {...fields, bubbles: true}))"""
    page.evaluate(fire, ["compositionstart", {"data": ""}])
    page.evaluate(fire, ["keydown", {"code": "Enter", "key": "Enter", "ctrlKey": True, "isComposing": True}])
    # Safari: the composition ends first, then an unmarked Enter follows in the same task.
    page.evaluate(
        """() => { const field = document.activeElement
        field.dispatchEvent(new CompositionEvent('compositionend', {data: '요', bubbles: true}))
        field.dispatchEvent(new KeyboardEvent('keydown', {code: 'Enter', key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true})) }"""
    )
    page.wait_for_timeout(300)
    assert conversation.messages.filter(direction="out").count() == 0
    expect(page.locator("#reply-text")).to_have_value("안녕하세")


def test_a_draft_outlives_a_closed_tab_and_goes_when_sent(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("#reply-text").fill("반쯤 쓴 답장")
    expect(page.locator('[data-kind="reply"] [data-slot=draft]')).to_contain_text("보관했어요")
    page.goto("/desk/views/all/")
    page.goto(f"/desk/conversations/{conversation.number}")
    expect(page.locator("#reply-text")).to_have_value("반쯤 쓴 답장")
    page.get_by_role("button", name="답장 보내기").click()
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("반쯤 쓴 답장")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("")


def test_who_replied_meanwhile_is_shown_and_the_words_stay(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("#reply-text").fill("저도 답할게요")
    # Freeze what the sender knows, as a slow line would.
    seen = page.locator("input[name=seen]").input_value()
    colleague = office.staff("two@handrail.test", "정해결", Role.AGENT)
    conversation.reply("제가 먼저 답했어요", by=colleague)
    page.evaluate("seen => { document.querySelector('input[name=seen]').value = seen }", seen)
    page.get_by_role("button", name="답장 보내기").click()
    expect(page.get_by_role("alert")).to_contain_text("제가 먼저 답했어요")
    expect(page.locator("#reply-text")).to_have_value("저도 답할게요")
    assert conversation.messages.filter(text="저도 답할게요").count() == 0
    page.get_by_role("button", name="그래도 보내기").click()
    expect(page.locator('.entry[data-from="us"]').last).to_contain_text("저도 답할게요")


@pytest.mark.parametrize("size", [(1280, 860), (1280, 720)])
def test_a_reply_that_is_held_back_leaves_the_ways_to_send_in_view(office, sit_down, size):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}", size=size)
    page.locator("#reply-text").fill("저도 답할게요.\n" * 40)
    seen = page.locator("input[name=seen]").input_value()
    for number in range(4):
        conversation.receive(
            f"{number} " + "아직 안 왔어요.\n" * 30,
            by=conversation.requester,
            endpoint=conversation.endpoints.get(),
        )
    page.evaluate("seen => { document.querySelector('input[name=seen]').value = seen }", seen)
    page.get_by_role("button", name="답장 보내기").click()
    expect(page.get_by_role("alert")).to_contain_text("아직 안 왔어요")
    expect(page.get_by_role("button", name="답장 보내기")).to_be_in_viewport(ratio=1)
    # Nothing was pushed out at the top for it either.
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    expect(page.locator(".composer-tab").first).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="그래도 보내기")).to_be_in_viewport(ratio=1)
    assert_accessible(page)


def test_a_mail_that_comes_up_while_one_writes_stops_the_reply_once(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("#reply-text").fill("내일 보내 드릴게요")
    conversation.receive("취소할게요!", by=conversation.requester, endpoint=conversation.endpoints.get())
    expect(page.locator('.entry[data-from="them"]').last).to_contain_text("취소할게요!")
    page.wait_for_timeout(1_300)
    page.get_by_role("button", name="답장 보내기").click()
    expect(page.get_by_role("alert")).to_contain_text("취소할게요!")
    assert conversation.messages.filter(direction="out").count() == 0
    page.get_by_role("button", name="답장 보내기").click()
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("내일 보내 드릴게요")


def test_a_line_of_a_chat_in_view_for_a_second_stops_nothing(office, sit_down):
    person = office.person()
    chat = open_conversation(office.chat, requester=person, by=person, address=person.email)
    chat.receive("안녕하세요", by=person, endpoint=chat.endpoints.get())
    page = sit_down(f"/desk/conversations/{chat.number}")
    page.locator("#reply-text").fill("네, 확인했어요")
    chat.receive("주문 번호는 77이에요", by=person, endpoint=chat.endpoints.get())
    expect(page.locator('.entry[data-from="them"]').last).to_contain_text("77")
    expect(page.locator("input[name=read]")).to_have_count(1)
    page.get_by_role("button", name="답장 보내기").click()
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("네, 확인했어요")


def test_an_impatient_double_press_sends_once(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("#reply-text").fill("한 번만")
    page.evaluate("""() => { const form = document.querySelector('.composer-form[data-kind=reply]')
        form.requestSubmit(); form.requestSubmit(); form.requestSubmit() }""")
    expect(page.locator("#reply-text")).to_have_value("")
    page.wait_for_timeout(300)
    assert conversation.messages.filter(text="한 번만").count() == 1


def test_the_menu_of_a_message_stays_beside_its_hour_however_long_the_name(office, sit_down):
    conversation = office.conversation()
    message = conversation.messages.first()
    message.author_name = "아주아주 긴 이름을 가진 고객이에요 정말로"
    message.from_address, message.is_verified, message.message_id = (
        "long@example.com",
        False,
        "long@example.com",
    )
    message.save()
    page = sit_down(f"/desk/conversations/{conversation.number}")

    hour = page.locator(".entry.message .entry-time").first.bounding_box()
    menu = page.locator(".entry.message .entry-more > summary").first.bounding_box()

    assert abs(hour["y"] + hour["height"] / 2 - menu["y"] - menu["height"] / 2) < 6
    assert menu["x"] > hour["x"]


def test_a_message_that_arrives_appears_without_a_reload_and_leaves_the_words_alone(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("#reply-text").fill("쓰는 중")
    conversation.receive("하나 더 여쭤볼게요", by=conversation.requester)
    expect(page.locator(".entries")).to_contain_text("하나 더 여쭤볼게요", timeout=15_000)
    expect(page.locator("#reply-text")).to_have_value("쓰는 중")


def test_new_rows_announce_themselves_and_do_not_shove(office, sit_down):
    office.conversation(subject="있던 문의")
    page = sit_down("/desk/views/all/")
    page.keyboard.press("j")
    office.conversation(office.person("new@example.com", "새사람"), subject="새로 온 문의")
    expect(page.get_by_role("button", name="새 문의 1건")).to_be_visible(timeout=15_000)
    expect(page.locator('[data-count="all"]')).to_have_text("2")
    expect(page.locator(".conversations")).not_to_contain_text("새로 온 문의")
    expect(page.locator(".conversation a:focus")).to_contain_text("있던 문의")
    page.keyboard.press("Period")
    expect(page.locator(".conversations")).to_contain_text("새로 온 문의")
    expect(page.locator(".conversation a:focus")).to_contain_text("있던 문의")


def test_changes_are_made_in_place(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("m")
    expect(page.locator(".entries")).to_contain_text("이 문의를 맡았어요")
    page.get_by_label("상태", exact=True).select_option("pending")
    expect(page.locator(".entries")).to_contain_text("→ 답변 대기")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.keyboard.type("환불")
    page.keyboard.press("Enter")
    expect(page.locator(".case-tags .tag")).to_contain_text("환불")
    conversation.refresh_from_db()
    assert (conversation.assignee, conversation.status) == (office.agent, "pending")


def test_one_key_inserts_a_suggested_article(office, sit_down):
    office.article("환불은 언제 들어오나요", "<p>환불은 영업일 기준 3일 안에 들어와요.</p>")
    office.settle()
    conversation = office.conversation(text="환불이 언제 들어오나요")
    page = sit_down(f"/desk/conversations/{conversation.number}")
    expect(page.locator(".suggested")).to_contain_text("환불은 언제 들어오나요")
    page.keyboard.press("1")
    assert "환불은 언제 들어오나요\nhttp" in page.locator("#reply-text").input_value()


def test_the_mail_as_it_was_sent_fits_its_frame(office, sit_down):
    conversation = office.conversation()
    rows = "".join(f"<p>문단 {n}</p>" for n in range(30))
    conversation.receive("긴 메일", by=conversation.requester, html=rows)
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.get_by_text("원래 모양 그대로 보기").click()
    frame = page.locator("mail-frame iframe")
    for _ in range(50):
        # Not wait_for_function: the page's own policy forbids evaluating a string in it again and again.
        if frame.evaluate("frame => frame.clientHeight") > 600:
            break
        page.wait_for_timeout(100)
    assert frame.evaluate("frame => frame.clientHeight") > 600


def test_without_scripts_a_reply_still_goes_out(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}", scripts=False)
    page.locator("#reply-text").fill("스크립트 없이")
    page.get_by_role("button", name="보내고 해결로").click()
    expect(page.locator(".entries")).to_contain_text("스크립트 없이")
    conversation.refresh_from_db()
    assert conversation.status == "solved"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP])
@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_page_of_the_desk_is_accessible_and_fits(office, sit_down, scheme, size, locale):
    admin = office.staff("admin@handrail.test", "박운영", Role.ADMIN)
    admin.set_up(locale=locale, by=admin)
    conversation = office.conversation()
    conversation.note("메모", by=office.agent)
    conversation.reply("답", by=office.agent).deliveries.get().failed("550 no such user", by=office.agent)
    conversation.tag("아주긴태그이름" * 4, by=office.agent)
    Record.objects.create(
        person=conversation.requester,
        kind="order",
        number="1",
        title_ko="이어폰",
        title_en="Buds",
        amount=1,
        status="배송 중",
        at=clock.now(),
    )
    page = sit_down("/desk/views/all/", user=admin, size=size, scheme=scheme)
    for path in (
        "/desk/views/all/",
        f"/desk/conversations/{conversation.number}",
        f"/desk/conversations/{conversation.number}/history",
        "/desk/new",
        "/desk/profile",
        "/desk/search?query=x",
        "/console/jobs",
        "/console/deliveries",
    ):
        page.goto(path)
        assert_accessible(page)


def test_undo_brings_the_words_back_before_what_was_written_since(office, sit_down):
    office.agent.set_up(undo_seconds=30, by=office.agent)
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("카드로 돌려 드렸어요.")
    page.keyboard.press("Control+Enter")
    waiting = page.locator(".entry.outgoing")
    expect(waiting).to_contain_text("초 뒤에 보내요")
    page.locator("#reply-text").fill("덧붙이면,")
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(waiting).to_have_count(0)
    expect(page.locator("#reply-text")).to_have_value("카드로 돌려 드렸어요.\n\n덧붙이면,")
    assert not conversation.messages.filter(direction="out").exists()


def test_control_z_in_an_empty_field_takes_back_what_was_sent_last(office, sit_down):
    office.agent.set_up(undo_seconds=30, by=office.agent)
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    waiting = page.locator(".entry.outgoing")
    for at, words in enumerate(["먼저 보낸 글", "나중에 보낸 글"]):
        page.keyboard.type(words)
        page.keyboard.press("Control+Enter")
        expect(waiting).to_have_count(at + 1)
        expect(page.locator("#reply-text")).to_have_value("")
        expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(waiting).to_have_count(1)
    expect(page.locator("#reply-text")).to_have_value("나중에 보낸 글")
    expect(waiting).to_contain_text("먼저 보낸 글")


@pytest.mark.parametrize("height", [700, 800, 900])
def test_a_hand_takes_back_what_was_just_sent_though_the_field_still_has_the_focus(office, sit_down, height):
    office.agent.set_up(undo_seconds=30, by=office.agent)
    conversation = office.conversation(text="긴 문의예요. 아주 길어요. " * 60)
    page = sit_down(f"/desk/conversations/{conversation.number}", size=(1280, height))
    page.keyboard.press("r")
    page.keyboard.type("카드로 돌려 드렸어요.")
    page.keyboard.press("Control+Enter")
    undo = page.get_by_role("button", name="보내기 취소")
    expect(page.locator("#reply-text")).to_be_focused()
    page.wait_for_timeout(300)  # the thread scrolls down to it
    box = undo.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(200)
    page.mouse.up()
    expect(page.locator(".entry.outgoing")).to_have_count(0)
    expect(page.locator("#reply-text")).to_have_value("카드로 돌려 드렸어요.")


def test_what_waits_becomes_a_message_on_the_open_page(office, sit_down):
    office.agent.set_up(undo_seconds=30, by=office.agent)
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("지금 보낼게요.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="지금 보내기").click()
    expect(page.locator(".entry.outgoing")).to_have_count(0)
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("지금 보낼게요.")


@pytest.mark.parametrize(("size", "scheme"), [(LAPTOP, "light"), (PHONE, "dark")])
def test_setting_an_hour_is_reachable_on_every_screen(office, sit_down, size, scheme):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}", size=size, scheme=scheme)
    page.locator("#reply-text").fill("내일 아침에 보내요")
    page.get_by_label("나중에 보내기").click()
    assert_accessible(page)
    page.locator("desk-composer button[name=at]").first.click()
    expect(page.locator(".entry.outgoing")).to_contain_text("오전 9:00")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keys_that_send_a_reply_send_a_question_aside_too(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}/sides/new")
    page.get_by_label("받는 사람").fill("carrier@outside.test")
    page.locator("#side-text").fill("어디쯤인가요?")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/sides/\d+$"))
    page.locator("#side-words").fill("내일 되나요?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".entries")).to_contain_text("내일 되나요?")
