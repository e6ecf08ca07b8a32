"""Colleagues mentioned in notes, and followers."""

import pytest

from handrail.accounts.models import Role, Team
from handrail.conversations.following import Follower, Mention, follow, mentioned, pieces
from handrail.core import bus
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from tests.desk.conftest import signed_in
from tests.desk.test_lists import LIST_QUERIES


@pytest.fixture
def two(world):
    return world.staff("two@handrail.test", "정해결", Role.AGENT)


def count_of(client):
    page = client.get("/desk/").content.decode()
    return page.split('data-count="mentions">')[1].split("<")[0]


def test_a_note_tells_whom_it_names_and_makes_them_a_silent_follower(world, desk, two, monkeypatch):
    told = []
    publish = bus.publish
    monkeypatch.setattr(
        bus,
        "publish",
        lambda topic, **said: (told.append((said["channels"], said["event"])), publish(topic, **said)),
    )
    conversation = world.conversation()
    path = f"/desk/conversations/{conversation.number}"
    desk.post(f"{path}/notes", {"text": "@정해결님 봐 주세요", "client_id": "1"})
    assert ([f"desk:user:{two.pk}"], "mentioned") in told
    theirs = signed_in(two)
    assert count_of(theirs) == "1"
    page = theirs.get("/desk/mentions").content.decode()
    assert "봐 주세요" in page
    assert "이서준" in page
    assert str(conversation.number) in theirs.get("/desk/following").content.decode()
    assert count_of(desk) == ""

    theirs.post(f"{path}/presence", {"typing": "0"})
    assert count_of(theirs) == ""

    shown = theirs.get(path).content.decode()
    assert "팔로워" in shown
    assert "팔로우 그만하기" in shown
    theirs.post(f"{path}/follow", {"follow": "0"})
    assert not Follower.objects.exists()
    history = theirs.get(f"{path}/history").content.decode()
    for words in (
        "이서준 님이 메모에서 정해결 님을 불렀어요",
        "이서준 님이 정해결 님을 팔로워로 더했어요",
        "정해결 님이 팔로우를 그만했어요",
    ):
        assert words in history


def test_nothing_of_it_reaches_the_customer(world, two):
    conversation = world.conversation()
    conversation.note("@정해결 확인", by=world.agent)
    world.settle()
    assert not conversation.participants.exclude(person=conversation.requester).exists()
    assert not conversation.messages.filter(text__contains="정해결").exists()


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("@정해결", "two"),
        ("(@정해결)", "two"),
        ("@정해결님께, @Ben Archer too", "two ben"),
        ("@ben archer", "ben"),
        ("@Ben Archery", ""),
        ("@two@handrail.test", "two"),
        ("two@정해결.test", ""),
        ("@없는사람", ""),
        ("@", ""),
        ("@@정해결", ""),
        ("@글쓴이", ""),
    ],
)
def test_a_name_is_found_where_it_stands_whole_after_an_at(world, two, text, fits):
    ben = world.staff("ben@handrail.test", "Ben Archer", Role.AGENT)
    world.staff("author@handrail.test", "글쓴이", Role.AUTHOR)
    assert {user.pk for user in mentioned(text)} == {
        {"two": two, "ben": ben}[each].pk for each in fits.split()
    }


def test_of_two_names_the_longer_is_meant(world, two):
    longer = world.staff("three@handrail.test", "정해결수", Role.AGENT)
    assert mentioned("@정해결수 님") == [longer]


def test_who_may_not_see_it_is_not_told_and_not_offered(world, desk, two):
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    hr.add(world.agent, by=SYSTEM)
    conversation = world.conversation()
    conversation.hand_to_team(hr, by=SYSTEM)
    conversation.note("@정해결 @이서준", by=world.agent)
    assert not Mention.objects.exists()
    path = f"/desk/conversations/{conversation.number}/colleagues"
    assert desk.get(path, {"query": "정"}).json() == {"rows": []}
    theirs = signed_in(two)
    assert theirs.get(path).status_code == 404
    assert (
        theirs.post(f"/desk/conversations/{conversation.number}/follow", {"follow": "1"}).status_code == 404
    )


def test_a_mention_in_what_one_may_no_longer_see_is_gone(world, two):
    conversation = world.conversation()
    conversation.note("@정해결", by=world.agent)
    follow(conversation, user=two, by=two)
    theirs = signed_in(two)
    assert count_of(theirs) == "1"
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    conversation.hand_to_team(hr, by=SYSTEM)
    assert count_of(theirs) == ""
    for path in ("/desk/mentions", "/desk/following"):
        assert f"/desk/conversations/{conversation.number}" not in theirs.get(path).content.decode()


def test_the_menu_offers_colleagues_but_not_oneself(world, desk, two):
    path = f"/desk/conversations/{world.conversation().number}/colleagues"
    assert desk.get(path, {"query": "해결"}).json() == {
        "rows": [{"name": "정해결", "place": "two@handrail.test"}]
    }
    assert desk.get(path, {"query": "이서준"}).json() == {"rows": []}


def test_all_read_and_a_note_sent_twice_tells_once(world, desk, two):
    conversation = world.conversation()
    for _ in range(2):
        desk.post(f"/desk/conversations/{conversation.number}/notes", {"text": "@정해결", "client_id": "1"})
    assert Mention.objects.count() == 1
    assert Event.objects.filter(verb="colleague.mentioned").count() == 1
    theirs = signed_in(two)
    theirs.post("/desk/mentions/read")
    assert count_of(theirs) == ""


def test_it_costs_the_list_no_query(world, desk, django_assert_num_queries):
    world.conversation()
    desk.get("/desk/views/all/")
    with django_assert_num_queries(LIST_QUERIES):
        desk.get("/desk/views/all/")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("@이서준 님 봐 주세요", ["@이서준"]),
        ("@이서준님과 @정해결에게", ["@이서준", "@정해결"]),
        ("a@이서준 그리고 @모르는사람", []),
        ("@Ann Lee, 그리고 @annex", ["@Ann Lee"]),
        ("@이서", []),
    ],
)
def test_names_that_are_mentioned_are_marked_and_nothing_is_lost(text, marked):
    found = pieces(text, ["이서준", "정해결", "Ann", "Ann Lee"])
    assert [words for words, is_name in found if is_name] == marked
    assert "".join(words for words, _is_name in found) == text


def test_a_note_shows_them_marked_and_escaped(world, desk):
    conversation = world.conversation()
    conversation.note("<b>@이서준</b> 확인", by=world.agent)
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert '&lt;b&gt;<strong class="mention">@이서준</strong>&lt;/b&gt; 확인' in page
