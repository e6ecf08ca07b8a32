"""The contact form sent with scripts: in place, so that neither words nor files are lost over what is wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Required
from handrail.conversations.forms import Asked, RequestForm
from handrail.conversations.messages import Attachment
from handrail.workspace.typed_fields import Kind
from tests.browser.access import violations
from tests.browser.conftest import LAPTOP, PHONE
from tests.worlds.asked import Forms

PICTURE = {"name": "화면.txt", "mimeType": "text/plain", "buffer": b"what it looked like"}
ARRIVED = "**/requests/*?sent=1"


def written(page, *, email="minji@example.com"):
    page.locator("[name=subject]").fill("환불이 안 돼요")
    page.locator("[name=text]").fill("어제 신청했는데 소식이 없어요.")
    page.locator("[name=email]").fill(email)
    page.locator("#files").set_input_files(PICTURE)


def press(page):
    page.locator(".contact-send button").click()


def files_kept():
    return list(Attachment.objects.values_list("file__title", flat=True))


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_a_file_stays_chosen_over_a_missing_address_and_arrives(open_page, site, size):
    page = open_page("/hc/ko/requests/new", size=size, faults_expected=True)
    written(page, email="")
    press(page)

    mail = page.locator("[name=email]")
    expect(mail).to_be_focused()
    expect(mail).to_have_attribute("aria-invalid", "true")
    expect(mail).to_have_accessible_description("이 주소로 답을 보내요. 답을 받을 메일 주소를 적어 주세요.")
    expect(page.locator("#id_email-error")).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_contain_text("거의 다 됐어요")
    assert violations(page) == []
    press(page)
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.locator(".field-error")).to_have_count(1)

    mail.fill("minji@example.com")
    expect(page.locator(".field-error")).to_have_count(0)
    expect(mail).not_to_have_attribute("aria-invalid", "true")
    expect(mail).to_have_accessible_description("이 주소로 답을 보내요.")
    press(page)
    page.wait_for_url(ARRIVED)
    assert Conversation.objects.count() == 1 and files_kept() == ["화면.txt"]
    page.go_back()
    expect(page.locator("contact-form")).to_be_visible()


def test_a_lost_line_says_so_and_keeps_everything(open_page, site):
    page = open_page("/hc/ko/requests/new", faults_expected=True)
    written(page)
    page.context.set_offline(True)
    press(page)

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("talk-files li")).to_contain_text("화면.txt")
    page.context.set_offline(False)
    press(page)
    page.wait_for_url(ARRIVED)
    assert Conversation.objects.count() == 1 and files_kept() == ["화면.txt"]


def test_two_presses_send_once(open_page, site):
    page = open_page("/hc/ko/requests/new")
    sent = []
    page.on(
        "request",
        lambda one: sent.append(one.url) if one.method == "POST" and one.url.endswith("/new") else 0,
    )
    written(page)
    page.locator(".contact-send button").dblclick()

    page.wait_for_url(ARRIVED)
    assert len(sent) == 1 and Conversation.objects.count() == 1


def test_a_kind_no_longer_offered_gives_way_to_what_is_asked_now(open_page, site):
    forms = Forms(site.world)
    broken = forms.field("broken", Kind.LINE, site.world, required=Required.CREATE)
    repair = RequestForm.make(
        "repair", by=site.world.agent, name_ko="수리", name_en="Repair", asks=[Asked(broken)]
    )
    page = open_page("/hc/ko/requests/new?form=repair", faults_expected=True)
    written(page)
    press(page)
    expect(page.get_by_label("broken 항목")).to_be_focused()
    RequestForm.objects.filter(pk=repair.pk).update(is_active=False)
    press(page)

    expect(page.get_by_role("alert")).to_contain_text("이제 받지 않아요")
    page.get_by_label("요청 종류").select_option("other")
    press(page)
    page.wait_for_url(ARRIVED)
    assert Conversation.objects.get().form == forms.refund and files_kept() == ["화면.txt"]


def test_without_scripts_the_file_field_asks_for_them_again(open_page, site):
    page = open_page("/hc/ko/requests/new", scripts=False, size=PHONE, faults_expected=True)
    written(page, email="")
    long = f"{'screenshot_' * 9}.txt"
    page.locator("#files").set_input_files([PICTURE, PICTURE | {"name": long}])
    press(page)

    said = page.locator("#files-error")
    expect(said).to_contain_text(f"화면.txt, {long}")
    expect(said).to_have_attribute("role", "alert")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
