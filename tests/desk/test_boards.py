"""A view in columns by status, and cards that move."""

import re

import pytest

from handrail.accounts.models import Role, Team
from handrail.automation.runs import Run
from handrail.conversations import boards
from handrail.conversations.conversation import Conversation
from handrail.conversations.links import Link, link
from handrail.conversations.views import SavedView
from tests.desk.conftest import signed_in

BOARD_QUERIES = 11  # session, user, five columns, beside cards, names, counts of columns, counts of views


def columns(page: str) -> dict[str, list[str]]:
    found = {}
    for part in page.split('class="board-column" data-status="')[1:]:
        found[part.partition('"')[0]] = re.findall(r'class="board-card" data-number="(\d+)"', part)
    return found


@pytest.fixture
def some(world):
    """One conversation in each column."""
    made = {
        status: world.conversation(subject=status)
        for status in ("new", "open", "pending", "on_hold", "solved")
    }
    for status, each in made.items():
        if status != "new":
            each.set_status(status, by=world.agent)
    return made


def test_each_column_holds_its_own_and_new_takes_none(desk, some):
    page = desk.get("/desk/views/all/board").content.decode()

    assert columns(page) == {status: [str(each.number)] for status, each in some.items()}
    assert re.findall(r'data-status="(\w+)" data-takes', page) == ["open", "pending", "on_hold", "solved"]


def test_a_card_moves_and_the_move_is_taken_back(desk, some):
    number = some["open"].number
    sent = {"number": number, "status": "pending", "back": "/desk/views/all/board?channel=mail"}

    came = desk.post("/desk/board/move", sent, follow=True)

    page = came.content.decode()
    assert came.redirect_chain[0][0].startswith("/desk/views/all/board?channel=mail&run=")
    assert str(number) in columns(page)["pending"]
    assert f"#{number} 문의는 이제" in page
    desk.post(f"/desk/runs/{Run.objects.get().pk}/undo", {"back": "/desk/views/all/board"})
    assert columns(desk.get("/desk/views/all/board").content.decode())["open"] == [str(number)]


def test_what_cannot_be_solved_stays_and_says_why(world, desk, some):
    link(some["open"], some["pending"], kind=Link.Kind.CHILD, is_required=True, by=world.agent)

    page = desk.post(
        "/desk/board/move",
        {"number": some["open"].number, "status": "solved", "back": "/desk/views/all/board"},
        follow=True,
    ).content.decode()

    assert "먼저" in page.partition('class="board-said"')[2].partition('class="board"')[0]
    assert columns(page)["open"] == [str(some["open"].number)]


@pytest.mark.parametrize(
    "sent",
    [
        {"status": "new"},
        {"status": "closed"},
        {"status": "nonsense"},
        {"number": "x"},
        {"number": "99999999999999999"},
    ],
)
def test_what_no_column_takes_is_not_there(desk, some, sent):
    said = {"number": some["open"].number, "status": "pending", **sent}
    assert desk.post("/desk/board/move", said).status_code == 404
    assert Conversation.objects.get(pk=some["open"].pk).status == "open"


def test_a_private_teams_card_is_neither_shown_nor_moved(world, desk, some):
    hidden = Team.objects.create(slug="hidden", name_ko="비밀", name_en="Hidden", is_private=True)
    some["open"].hand_to_team(hidden, by=world.agent)

    page = desk.get("/desk/views/all/board").content.decode()

    assert columns(page)["open"] == []
    sent = {"number": some["open"].number, "status": "pending"}
    assert desk.post("/desk/board/move", sent).status_code == 404


def test_a_saved_view_stands_in_columns_too(world, desk, some):
    some["pending"].tag("환불", by=world.agent)
    some["solved"].tag("환불", by=world.agent)
    view = SavedView.make("환불", "tag:환불", by=world.agent, sort="newest", group="", columns=[])

    found = columns(desk.get(f"/desk/views/v{view.pk}/board").content.decode())

    assert found["pending"] == [str(some["pending"].number)]
    assert found["solved"] == [str(some["solved"].number)]
    assert found["open"] == []


@pytest.mark.parametrize("name", ["solved", "pending", "nowhere", "v99"])
def test_a_view_of_one_status_has_no_board(desk, name):
    assert desk.get(f"/desk/views/{name}/board").status_code == 404


def test_the_rest_of_a_long_column_is_a_list(world, desk, monkeypatch):
    monkeypatch.setattr(boards, "CARDS", 1)
    for at in range(2):
        world.conversation(subject=str(at))

    page = desk.get("/desk/views/all/board?channel=mail").content.decode()

    assert len(columns(page)["new"]) == 1
    assert 'href="/desk/views/all/?status=new&amp;channel=mail"' in page


def test_who_may_not_change_moves_nothing(world, some):
    reader = signed_in(world.staff("reader@handrail.test", "최독자", Role.AUTHOR))
    sent = {"number": some["open"].number, "status": "pending"}
    assert reader.post("/desk/board/move", sent).status_code in {403, 404}


@pytest.mark.parametrize("cards", [1, 20])
def test_a_board_costs_the_same_for_few_cards_and_for_many(world, desk, cards, django_assert_num_queries):
    for at in range(cards):
        world.conversation(world.person(f"c{at}@example.com", f"고객{at}"), subject=str(at))
    desk.get("/desk/views/all/board")
    with django_assert_num_queries(BOARD_QUERIES):
        desk.get("/desk/views/all/board")
