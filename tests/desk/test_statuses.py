"""Statuses of managers' own at the desk: chosen wherever a status is set, and read wherever one is shown."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.automation.macros import Macro
from handrail.automation.runs import Run
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.links import Link, link
from handrail.conversations.views import SavedView
from tests.desk.test_composing import say

BADGE = '<span class="badge" data-meaning="" title="부품 기다림">부품 기다림</span>'


@pytest.fixture
def parts(world) -> CustomStatus:
    return CustomStatus.make("on_hold", by=world.agent, name_ko="부품 기다림", name_en="Waiting for parts")


@pytest.fixture
def waiting(world, parts) -> Conversation:
    conversation = world.conversation()
    conversation.set_status(parts.key, by=world.agent)
    return conversation


def standing(conversation):
    conversation.refresh_from_db()
    own = conversation.custom_status
    return conversation.status, own.key if own else None


def options(page, name):
    """(code, words, is chosen) of a menu of the page."""
    menu = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.S)
    rows = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)</option>', menu[0]) if menu else []
    return {code: (words, bool(chosen)) for code, chosen, words in rows}


def test_the_conversations_menu_offers_and_sets_it(world, desk, parts):
    conversation = world.conversation()
    path = f"/desk/conversations/{conversation.number}"
    offered = options(desk.get(path).content.decode(), "status")
    assert list(offered) == ["new", "open", "pending", "on_hold", parts.key, "solved", "closed"]
    assert offered[parts.key] == ("부품 기다림 (외부 대기)", False)

    assert desk.post(f"{path}/status", {"status": parts.key}).status_code == 302

    assert standing(conversation) == ("on_hold", parts.key)
    page = desk.get(path).content.decode()
    assert options(page, "status")[parts.key][1] is True
    assert "부품 기다림 (외부 대기)" in page.partition('class="entries"')[2]
    assert desk.post(f"{path}/status", {"status": "nonsense"}).status_code == 404


def test_one_put_away_stands_in_the_menu_of_what_has_it_alone(world, desk, parts, waiting):
    other = world.conversation()
    parts.archive(by=world.agent)

    page = desk.get(f"/desk/conversations/{waiting.number}").content.decode()
    assert options(page, "status")[parts.key] == ("부품 기다림 (외부 대기)", True)
    assert parts.key not in options(
        desk.get(f"/desk/conversations/{other.number}").content.decode(), "status"
    )


def test_a_reply_sets_it(world, desk, parts):
    conversation = world.conversation()
    form = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert f'name="status" value="{parts.key}"' in form.partition('data-kind="reply" method')[2]

    assert say(desk, conversation, status=parts.key).status_code == 302

    assert standing(conversation) == ("on_hold", parts.key)


def test_without_any_the_composer_has_no_more_buttons_than_before(world, desk):
    page = desk.get(f"/desk/conversations/{world.conversation().number}").content.decode()
    assert re.findall(r'name="status" value="(\w+)"', page.partition("composer-foot")[2]) == [
        "pending",
        "solved",
    ]


def test_what_counts_as_solved_leads_on_as_solving_does(world, desk):
    CustomStatus.make("solved", by=world.agent, name_ko="환불함", name_en="Refunded")
    world.agent.after_sending = "next"
    world.agent.save()
    one, other = world.conversation(), world.conversation()
    Conversation.objects.update(channel="chat")

    answer = say(desk, one, status="refunded", **{"in": "all"})

    assert answer["Location"].startswith(f"/desk/conversations/{other.number}")
    assert standing(one) == ("solved", "refunded")


def test_lists_boards_the_palette_and_neighbours_show_its_name(world, desk, waiting):
    other = world.conversation()
    link(waiting, other, kind=Link.Kind.CHILD, by=world.agent)

    assert BADGE in desk.get("/desk/views/all/").content.decode()
    assert BADGE in desk.get("/desk/search", {"query": "status:waiting_for_parts"}).content.decode()
    board = desk.get("/desk/views/all/board").content.decode()
    column = board.partition('data-status="on_hold"')[2].partition("</section>")[0]
    assert BADGE in column and f'value="{waiting.custom_status.key}"' in column
    assert (
        "부품 기다림" in desk.get("/desk/palette", {"query": f"#{waiting.number}"}).json()["rows"][0]["place"]
    )
    beside = desk.get(f"/desk/conversations/{other.number}").content.decode()
    assert '<span class="badge">부품 기다림</span>' in beside.partition('data-part="links"')[2]
    person = desk.get(f"/desk/people/{waiting.requester_id}").content.decode()
    assert "부품 기다림" in person


def test_a_card_is_put_into_it(world, desk, parts):
    conversation = world.conversation()
    sent = {"number": conversation.number, "status": parts.key, "back": "/desk/views/all/board"}
    page = desk.post("/desk/board/move", sent, follow=True).content.decode()
    assert "부품 기다림" in page.partition('class="board-said"')[2].partition('class="board"')[0]
    assert standing(conversation) == ("on_hold", parts.key)
    desk.post(f"/desk/runs/{Run.objects.get().pk}/undo", {"back": "/desk/views/all/board"})
    assert standing(conversation) == ("new", None)


def test_several_are_changed_at_once_and_given_back(world, desk, parts):
    some = [world.conversation(), world.conversation()]
    numbers = [str(each.number) for each in some]
    form = desk.get("/desk/bulk", {"number": numbers}).content.decode()
    assert options(form, "status")[parts.key] == ("부품 기다림 (외부 대기)", False)

    desk.post("/desk/bulk/run", {"number": numbers, "status": parts.key, "back": "/desk/views/all/"})
    assert {standing(each) for each in some} == {("on_hold", parts.key)}
    desk.post(f"/desk/runs/{Run.objects.get().pk}/undo", {"back": "/desk/views/all/"})
    assert {standing(each) for each in some} == {("new", None)}


def test_a_macro_is_made_with_it_and_keeps_it_when_it_is_put_away(world, desk, parts):
    sent = {"title": "부품 주문", "whose": "me", "status": parts.key, "ko": "", "en": ""}
    assert desk.post("/desk/macros/new", sent).status_code == 302
    macro = Macro.objects.get()
    (row,) = desk.get(f"/desk/conversations/{world.conversation().number}/macros").json()["rows"]
    assert row["changes"] == ["상태: 부품 기다림"]

    parts.archive(by=world.agent)
    assert options(desk.get(f"/desk/macros/{macro.pk}").content.decode(), "status")[parts.key][1] is True
    assert desk.post(f"/desk/macros/{macro.pk}", sent).status_code == 302
    assert desk.post("/desk/macros/new", sent).status_code == 422


def test_a_list_is_narrowed_to_it_and_kept_as_a_view(world, desk, parts, waiting):
    other = world.conversation()
    page = desk.get("/desk/views/all/", {"status": parts.key}).content.decode()
    assert re.findall(r'data-number="(\d+)"', page) == [str(waiting.number)]
    assert options(page, "status")[parts.key][1] is True
    assert (
        f'data-number="{other.number}"'
        in desk.get("/desk/views/all/", {"status": "nonsense"}).content.decode()
    )

    form = desk.get("/desk/views/new", {"list": "all", "status": parts.key}).content.decode()
    assert f"상태:{parts.key}" in form and parts.key in options(form, "pick_status")
    view = SavedView.make("부품", f"상태:{parts.key}", by=world.agent, group="status")
    kept = desk.get(f"/desk/views/v{view.pk}/").content.decode()
    assert re.findall(r'data-number="(\d+)"', kept) == [str(waiting.number)] and BADGE in kept


def test_a_list_costs_no_query_more_however_many_rows_have_one(world, desk, waiting):
    def cost():
        desk.get("/desk/views/all/")
        with CaptureQueriesContext(connection) as caught:
            desk.get("/desk/views/all/")
        return len(caught)

    with_one = cost()
    for _each in range(3):
        world.conversation().set_status(waiting.custom_status.key, by=world.agent)
    assert cost() == with_one
    Conversation.objects.update(custom_status=None)
    assert cost() == with_one
