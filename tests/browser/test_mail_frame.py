"""The mail as it was sent, in a desk: as tall as what it says, a long one folded, and nothing in it runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SHORT = "<p>안녕하세요, 한 줄이에요.</p>"
LONG = "".join(f"<p>{number}번째 줄이에요.</p>" for number in range(120))
GROWS = '<div style="min-height:100vh;height:100vh">커져요</div>'


@pytest.fixture
def opened(office, sit_down):
    """The frame of a mail on its conversation's page, with its content shown."""

    def go(html: str, **more):
        conversation = office.conversation()
        conversation.receive("글로 쓴 부분이에요.", by=conversation.requester, html=html)
        page = sit_down(f"/desk/conversations/{conversation.number}", **more)
        page.locator(".as-sent > summary").click()
        expect(page.frame_locator("mail-frame iframe").locator("body")).to_be_attached()
        page.wait_for_function("document.querySelector('mail-frame iframe').style.blockSize")
        return page

    return go


def height(page) -> float:
    return page.locator("mail-frame iframe").bounding_box()["height"]


def test_a_short_mail_takes_the_room_of_its_words(opened):
    page = opened(SHORT)

    assert 30 < height(page) < 90
    expect(page.locator("[data-whole]")).to_be_hidden()


def test_a_long_mail_is_folded_and_one_press_shows_all_of_it(opened):
    page = opened(LONG)
    assert height(page) <= 642
    page.get_by_role("button", name="메일 전체 보기").click()

    expect(page.locator("[data-whole]")).to_be_hidden()
    inside = page.evaluate(
        """() => { const d = document.querySelector('mail-frame iframe').contentDocument
                   return [d.documentElement.scrollHeight, d.documentElement.clientHeight] }"""
    )
    assert inside[0] <= inside[1] + 1 and height(page) > 2_000


def test_a_mail_that_grows_with_its_frame_stops_growing(opened):
    page = opened(GROWS)
    page.wait_for_timeout(1_000)
    first = height(page)
    page.wait_for_timeout(1_000)

    assert first == height(page) <= 642


def test_what_slipped_into_the_table_runs_nothing(opened, office):
    page = opened(
        SHORT + "<img src=x onerror='parent.document.title=1'><script>parent.document.title=2</script>"
    )

    assert page.title() not in {"1", "2"}
