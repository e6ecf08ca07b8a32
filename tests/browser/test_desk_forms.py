"""Forms and lists of the desk, as they come back."""

from __future__ import annotations

from playwright.sync_api import expect


def test_a_form_that_came_back_begins_at_what_must_be_put_right(office, sit_down):
    page = sit_down("/desk/profile", size=(1280, 500))
    page.get_by_label("시간대").fill("Mars/Base")
    page.get_by_label("내 메일 아래에 붙는 서명").scroll_into_view_if_needed()
    page.get_by_role("button", name="저장").click()
    zone = page.get_by_label("시간대")
    expect(zone).to_be_focused()
    expect(zone).to_be_in_viewport()


def test_a_sender_nobody_vouches_for_is_marked_in_the_line_of_their_name(office, sit_down):
    plain, conversation = office.conversation(), office.conversation()
    conversation.receive("저예요", by=conversation.requester, is_verified=False)
    page = sit_down("/desk/views/all/")
    heights = [
        page.locator(f'.conversation[data-number="{each.number}"] .conversation-who').bounding_box()["height"]
        for each in (conversation, plain)
    ]
    expect(page.locator(".claims")).to_be_visible()
    assert heights[0] <= heights[1] + 4
