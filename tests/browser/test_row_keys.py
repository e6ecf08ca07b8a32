"""Keys that act on a row of a list or on all that are picked, also while a Korean keyboard is on; and a list of keys that tells the truth."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from handrail.accounts import policy
from handrail.accounts.models import Team
from handrail.conversations.conversation import Conversation
from tests.browser.access import assert_accessible

# What a Korean keyboard says for the places of these letters.
JAMO = {
    "KeyA": "ㅁ",
    "KeyE": "ㄷ",
    "KeyH": "ㅗ",
    "KeyJ": "ㅓ",
    "KeyK": "ㅏ",
    "KeyM": "ㅡ",
    "KeyP": "ㅔ",
    "KeyS": "ㄴ",
    "KeyX": "ㅌ",
    "KeyZ": "ㅋ",
}


def press(page: Page, *codes: str) -> None:
    for code in codes:
        page.evaluate(
            "([code, key]) => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {code, key, bubbles: true, cancelable: true}))",
            [code, JAMO[code]],
        )


def key(letter: str) -> str:
    """The selector of its line in the list of keys, where it is seen."""
    return f"dt:has(> kbd:only-child:text-is('{letter}')):visible"


@pytest.fixture
def rows(office):
    made = [office.conversation(subject=f"문의 {at}") for at in range(3)]
    office.settle()
    return list(reversed(made))  # as the list has them


def test_e_solves_the_row_under_the_cursor_goes_on_to_the_next_and_z_takes_it_back(office, sit_down, rows):
    page = sit_down("/desk/views/all/")
    press(page, "KeyJ", "KeyE")
    expect(page.locator("run-strip")).to_contain_text("문의 1건을 바꾸었어요")
    expect(page.locator(".conversation a:focus")).to_contain_text("문의 1")
    rows[0].refresh_from_db()
    assert rows[0].status == "solved"
    press(page, "KeyZ")
    expect(page.locator("run-strip")).to_contain_text("되돌렸어요")
    rows[0].refresh_from_db()
    assert rows[0].status == "new"


def test_m_takes_all_that_are_picked_and_lets_them_go(office, sit_down, rows):
    page = sit_down("/desk/views/unassigned/")
    press(page, "KeyJ", "KeyX", "KeyJ", "KeyX", "KeyM")
    expect(page.locator("run-strip")).to_contain_text("문의 2건을 바꾸었어요")
    expect(page.locator(".pick:checked")).to_have_count(0)
    taken = Conversation.objects.filter(assignee=office.agent).order_by("-pk")
    assert list(taken) == rows[:2]


def test_m_leaves_what_a_colleague_got_meanwhile_and_takes_it_by_one_more_press(office, sit_down, rows):
    two = office.staff("two@handrail.test", "정해결", "agent")
    page = sit_down("/desk/views/all/")
    rows[0].assign(to=two, by=two)
    press(page, "KeyJ", "KeyM")
    expect(page.locator("run-strip")).to_contain_text("정해결")
    rows[0].refresh_from_db()
    assert rows[0].assignee == two
    assert_accessible(page)
    press(page, "KeyZ")
    rows[0].refresh_from_db()
    assert rows[0].assignee == two  # z takes nothing
    page.locator("run-strip form:not([data-undo]) button").click()
    expect(page.locator("run-strip form[data-undo]")).to_be_visible()
    rows[0].refresh_from_db()
    assert rows[0].assignee == office.agent


def test_a_gives_to_a_colleague_and_h_to_a_team_by_their_first_letters(office, sit_down, rows):
    two = office.staff("two@handrail.test", "정해결", "agent")
    team = Team.objects.create(slug="pay", name_ko="결제팀", name_en="Payments")
    team.add(two, by=office.agent)
    page = sit_down("/desk/views/all/")
    press(page, "KeyJ", "KeyA")
    expect(page.locator("desk-palette [role=option]").first).to_be_visible()
    page.keyboard.type("ㅈㅎㄱ")
    page.keyboard.press("Enter")
    expect(page.locator(".conversation").first).to_contain_text("정해결")
    expect(page.locator(".conversation a:focus")).to_contain_text("문의 2")
    press(page, "KeyH")
    expect(page.locator("desk-palette [role=option]").first).to_be_visible()
    page.keyboard.type("결제")
    page.keyboard.press("Enter")
    expect(page.locator(".conversation").first).to_contain_text("결제팀")
    rows[0].refresh_from_db()
    assert (rows[0].assignee, rows[0].team) == (two, team)


def test_s_snoozes_until_an_hour_of_those_offered(office, sit_down, rows):
    page = sit_down("/desk/views/all/")
    press(page, "KeyJ", "KeyS")
    expect(page.locator("desk-palette [role=option]")).to_have_count(3)
    page.keyboard.press("Enter")
    expect(page.locator("run-strip")).to_contain_text("문의 1건을 바꾸었어요")
    rows[0].refresh_from_db()
    assert rows[0].is_snoozed


def test_escape_from_the_choice_changes_nothing_and_the_row_keeps_the_focus(office, sit_down, rows):
    page = sit_down("/desk/views/all/")
    press(page, "KeyJ", "KeyH")
    expect(page.locator("desk-palette [role=option]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".conversation a:focus")).to_contain_text("문의 2")
    expect(page.locator("run-strip")).to_have_count(0)


def test_in_a_conversation_h_hands_it_to_a_team(office, sit_down, rows):
    team = Team.objects.create(slug="pay", name_ko="결제팀", name_en="Payments")
    page = sit_down(f"/desk/conversations/{rows[0].number}")
    press(page, "KeyH")
    expect(page.locator("desk-palette [role=option]").first).to_be_visible()
    page.keyboard.type("결제")
    page.keyboard.press("Enter")
    expect(page.locator(".entries")).to_contain_text("결제팀")
    rows[0].refresh_from_db()
    assert rows[0].team == team


def test_without_the_right_to_assign_the_keys_do_nothing_and_are_not_listed(
    office, sit_down, rows, monkeypatch
):
    monkeypatch.setitem(policy.RIGHTS, "agent", policy.AGENT - {"conversations.assign"})
    policy.rights_of.cache_clear()
    page = sit_down("/desk/views/all/")
    press(page, "KeyJ", "KeyM")
    page.keyboard.press("Shift+Slash")
    here = page.locator(".shortcuts [data-here]")
    expect(here.locator(key("e"))).to_be_visible()
    expect(here.locator(key("m"))).to_have_count(0)
    policy.rights_of.cache_clear()
    assert not Conversation.objects.exclude(assignee=None).exists()


@pytest.mark.parametrize(
    ("path", "has", "lacks"),
    [
        ("/desk/views/all/", ["j", "a", "h", "s", "e", "x"], ["r", "n", "t", "f"]),
        ("CASE", ["r", "n", "a", "h", "s", "e", "t", "f"], ["."]),
        ("/desk/views/new", ["?", "/", "c"], ["j", "e", "r"]),
    ],
)
def test_the_list_of_keys_names_first_those_that_work_on_this_page(office, sit_down, rows, path, has, lacks):
    page = sit_down(f"/desk/conversations/{rows[0].number}" if path == "CASE" else path)
    page.keyboard.press("Shift+Slash")
    here, elsewhere = page.locator(".shortcuts [data-here]"), page.locator(".shortcuts [data-elsewhere]")
    for letter in has:
        expect(here.locator(key(letter)).first).to_be_visible()
    for letter in lacks:
        expect(here.locator(key(letter))).to_have_count(0)
    elsewhere.locator("summary").click()
    for letter in lacks:
        expect(elsewhere.locator(key(letter)).first).to_be_visible()
    assert_accessible(page)


def test_solving_in_a_conversation_is_taken_back_by_z_there_and_from_the_list(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("body").press("e")
    expect(page.locator("[data-solved-back]")).to_be_visible()
    page.locator("body").press("z")
    expect(page.locator("[data-solved-back]")).to_have_count(0)
    conversation.refresh_from_db()
    assert conversation.status == "new"
    page = sit_down("/desk/views/all/")
    page.get_by_role("link", name=conversation.subject).first.click()
    expect(page.locator("desk-conversation")).to_be_visible()
    page.locator("body").press("e")
    expect(page.locator(".left-behind [data-solved-back]")).to_be_visible()
    page.locator("body").press("z")
    expect(page.locator("desk-conversation")).to_be_visible()
    conversation.refresh_from_db()
    assert conversation.status == "new"


def test_s_in_a_conversation_goes_to_the_first_hour(office, sit_down):
    page = sit_down(f"/desk/conversations/{office.conversation().number}")
    page.locator("body").press("s")
    expect(page.locator(".popover [data-first][name=at]")).to_be_focused()
