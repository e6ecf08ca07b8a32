"""Saved views: conditions, order, groups, columns, sharing, counts at the side, changes of many in one."""

import re

import pytest
from django.core.cache import cache
from django.utils import translation

from handrail.accounts.models import Role, Team
from handrail.automation.runs import Run
from handrail.conversations import queries
from handrail.conversations.conversation import Conversation
from handrail.conversations.viewing import counts_of, page_of
from handrail.conversations.views import SavedView
from handrail.core.actors import SYSTEM
from tests.desk.conftest import signed_in
from tests.desk.test_lists import LIST_QUERIES


def numbers(page: str) -> list[int]:
    return [int(each) for each in re.findall(r'class="conversation[^"]*" data-number="(\d+)"', page)]


@pytest.fixture
def three(world):
    """One that is urgent, one of the agent, one that is solved."""
    urgent, mine, solved = (world.conversation(subject=name) for name in ("급한것", "내것", "끝난것"))
    urgent.set_priority("urgent", by=world.agent)
    mine.assign(to=world.agent, by=world.agent)
    solved.set_status("solved", by=world.agent)
    return urgent, mine, solved


def test_made_shown_at_the_side_with_its_count_changed_and_taken_away(world, desk, three):
    urgent, mine, _solved = three
    sent = {
        "title": "급한 문의",
        "whose": "me",
        "query": "우선순위>=높음",
        "sort": "newest",
        "columns": ["status"],
    }
    response = desk.post("/desk/views/new", sent)
    view = SavedView.objects.get()
    assert response["Location"] == f"/desk/views/v{view.pk}/"
    page = desk.get(response["Location"]).content.decode()
    assert numbers(page) == [urgent.number]
    assert f'data-count="v{view.pk}">1<' in page
    assert desk.get("/desk/counts").json()["counts"][f"v{view.pk}"] == "1"

    mine.set_priority("high", by=world.agent)
    assert desk.get("/desk/counts").json()["counts"][f"v{view.pk}"] == "2"

    form = desk.get(f"/desk/views/saved/{view.pk}").content.decode()
    assert 'value="우선순위&gt;=높음"' in form
    changed = {"title": "해결한 것", "query": "상태:해결", "sort": "oldest", "group": "status"}
    assert desk.post(f"/desk/views/saved/{view.pk}", changed).status_code == 302
    page = desk.get(f"/desk/views/v{view.pk}/").content.decode()
    assert numbers(page) == [three[2].number]

    desk.post(f"/desk/views/saved/{view.pk}/retire")
    assert desk.get(f"/desk/views/v{view.pk}/").status_code == 404
    assert "해결한 것" not in desk.get("/desk/").content.decode()


def test_without_a_status_it_holds_unsolved_ones_and_with_one_what_it_says(world, three):
    def found(query):
        return {row.subject for row in page_of(query, viewer=world.viewer()).rows}

    assert found("") == {"급한것", "내것"}
    assert found("환불이") == {"급한것", "내것"}  # a word of every message
    assert found('status:solved "환불이 안"') == {"끝난것"}
    assert found("status:solved 없는말이다") == set()
    assert found("담당자:나") == {"내것"}
    assert found("-담당자:나 priority:urgent") == {"급한것"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("상태:이상한", "“이상한”"),
        ("팀:없는팀", "“없는팀” 팀은 없어요"),
        ("담당자:없는사람", "“없는사람” 님은 없어요"),
        ("접수일:어제", "“어제”"),
        ("stauts:open", "stauts"),
    ],
)
def test_a_condition_that_cannot_be_read_is_explained_and_nothing_is_kept(world, desk, query, words):
    sent = {"title": "틀린 것", "whose": "me", "query": query, "sort": "newest"}
    response = desk.post("/desk/views/new", sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert f'value="{query}"' in page
    assert not SavedView.objects.exists()


def test_what_has_become_wrong_is_said_in_the_view_and_counts_nothing(world, desk):
    team = Team.objects.create(slug="old", name_ko="옛날팀", name_en="Old")
    view = SavedView.make("옛 팀", "팀:옛날팀", by=world.agent)
    team.delete()
    page = desk.get(f"/desk/views/v{view.pk}/").content.decode()
    assert "“옛날팀” 팀은 없어요" in page
    assert f'data-count="v{view.pk}">0<' in page


def test_picks_become_conditions_in_the_readers_language(world, desk):
    sent = {"title": "내 메일", "whose": "me", "query": "환불", "sort": "newest"}
    picks = {"pick_assignee": "me", "pick_channel": "mail", "pick_team": "고객지원팀", "pick_tag": "새 고객"}
    desk.post("/desk/views/new", sent | picks)
    assert SavedView.objects.get().query == '환불 담당자:나 팀:고객지원팀 채널:메일 태그:"새 고객"'


def test_a_view_written_in_korean_means_the_same_to_who_reads_english(world, three):
    with translation.override("en"):
        found = page_of("상태:해결", viewer=world.viewer())
    assert [row.subject for row in found.rows] == ["끝난것"]


def test_looking_first_keeps_nothing(world, desk, three):
    sent = {"title": "본다", "whose": "me", "query": "담당자:나", "sort": "newest", "try": "1"}
    page = desk.post("/desk/views/new", sent).content.decode()
    assert "지금 1건이 맞아요" in page
    assert numbers(page) == [three[1].number]
    assert not SavedView.objects.exists()


def test_a_search_and_a_narrowed_list_can_be_kept(world, desk, three):
    assert "/desk/views/new?query=" in desk.get("/desk/search", {"query": "담당자:나"}).content.decode()
    form = desk.get("/desk/views/new", {"query": "담당자:나"}).content.decode()
    assert 'value="담당자:나"' in form
    listed = desk.get("/desk/views/mine/", {"priority": "high", "team": str(world.team.pk)}).content.decode()
    assert "/desk/views/new?list=mine" in listed
    asked = {"list": "mine", "priority": "high", "team": str(world.team.pk)}
    assert (
        'value="담당자:나 팀:고객지원팀 우선순위:높음"' in desk.get("/desk/views/new", asked).content.decode()
    )


@pytest.mark.parametrize("group", ["", "status", "assignee", "team", "priority", "channel"])
@pytest.mark.parametrize("sort", ["newest", "oldest", "priority", "created", "created_first"])
def test_pages_follow_each_other_in_every_order_without_a_gap_or_a_repeat(world, sort, group):
    for at in range(7):
        conversation = world.conversation(subject=f"{at}")
        conversation.set_priority(("low", "normal", "urgent")[at % 3], by=world.agent)
        if at % 2:
            conversation.assign(to=world.agent, by=world.agent)
    whole = [row.number for row in page_of("", viewer=world.viewer(), sort=sort, group=group).rows]
    seen, after = [], ""
    for _ in range(4):
        found = page_of("", viewer=world.viewer(), sort=sort, group=group, after=after, rows=2)
        seen += [row.number for row in found.rows]
        after = found.after
    assert (seen, after) == (whole, "")
    assert len(set(whole)) == 7


def test_groups_have_headings_and_columns_are_those_chosen(world, desk, three):
    view = SavedView.make("무리", "", by=world.agent, group="assignee", sort="priority", columns=["priority"])
    page = desk.get(f"/desk/views/v{view.pk}/").content.decode()
    headings = re.findall(r'class="saved-group">([^<]*?) <span', page)
    assert headings == ["담당자 없음", "이서준"]
    assert set(re.findall(r'data-column="(\w+)"', page)) == {"priority"}
    assert "conversation-said" not in page


def test_what_people_wrote_stays_text(world, desk):
    nasty = "<script>alert(1)</script>"
    world.agent.set_up(name=nasty, by=world.agent)
    conversation = world.conversation(subject=nasty)
    conversation.assign(to=world.agent, by=world.agent)
    columns = ["said", "assignee", "team", "created", "priority", "age", "status"]
    view = SavedView.make(nasty, "", by=world.agent, group="assignee", columns=columns)
    page = desk.get(f"/desk/views/v{view.pk}/").content.decode()
    assert "<script>alert" not in page
    assert numbers(page) == [conversation.number]


def test_one_colleagues_a_teams_and_everybodys(world, desk, manager):
    two = world.staff("two@handrail.test", "정해결", Role.AGENT)
    other = Team.objects.create(slug="other", name_ko="다른팀", name_en="Other")
    other.add(two, by=SYSTEM)
    own = SavedView.make("내 보기", "", by=two)
    teams = SavedView.make("팀 보기", "", by=two, team=other)
    both = SavedView.make("모두 보기", "", by=manager, is_shared=True)
    page = desk.get("/desk/").content.decode()
    assert "모두 보기" in page
    assert "내 보기" not in page
    for hidden in (own, teams):
        assert desk.get(f"/desk/views/v{hidden.pk}/").status_code == 404
        assert desk.get(f"/desk/views/saved/{hidden.pk}").status_code == 404
        assert desk.post(f"/desk/views/saved/{hidden.pk}/retire").status_code == 404
    assert desk.get(f"/desk/views/v{both.pk}/").status_code == 200
    assert desk.get(f"/desk/views/saved/{both.pk}").status_code == 404
    theirs = signed_in(two).get("/desk/").content.decode()
    assert "내 보기" in theirs
    assert "팀 보기" in theirs
    sent = {"title": "모두", "whose": "everybody", "query": "", "sort": "newest"}
    assert desk.post("/desk/views/new", sent).status_code == 422
    assert signed_in(manager).post("/desk/views/new", sent).status_code == 302
    cache.clear()
    assert desk.get("/desk/").content.decode().count("desk/views/v") == 2


def test_a_shared_view_shows_each_colleague_only_what_they_may_see(world, desk, manager):
    secret = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    insider = world.staff("hr@handrail.test", "인사", Role.AGENT)
    secret.add(insider, by=SYSTEM)
    conversation = world.conversation()
    conversation.hand_to_team(secret, by=SYSTEM)
    view = SavedView.make("모두", "", by=manager, is_shared=True)
    path = f"/desk/views/v{view.pk}/"
    assert numbers(signed_in(insider).get(path).content.decode()) == [conversation.number]
    page = desk.get(path).content.decode()
    assert numbers(page) == []
    assert f'data-count="v{view.pk}">0<' in page
    SavedView.objects.filter(pk=view.pk).update(query="팀:인사팀")
    assert "“인사팀” 팀은 없어요" in desk.get(path).content.decode()


def test_a_run_over_a_whole_saved_view(world, desk, three):
    view = SavedView.make("급한 것", "priority:urgent", by=world.agent)
    path = f"/desk/views/v{view.pk}/"
    assert f'name="back" value="{path}"' in desk.get(path).content.decode()
    response = desk.post(
        "/desk/bulk/run", {"whole": "1", "view": f"v{view.pk}", "where": "", "tag": "봄", "back": path}
    )
    assert response["Location"] == f"{path}?run={Run.objects.get().pk}"
    assert set(Conversation.objects.filter(tags__name="봄")) == {three[0]}
    assert "문의 1건을 바꾸었어요" in desk.get(response["Location"]).content.decode()
    assert desk.post("/desk/bulk/run", {"whole": "1", "view": "v999", "tag": "봄"}).status_code == 404


def test_views_cost_one_query_more_however_many_and_count_no_further_than_the_rest(
    world, desk, three, django_assert_num_queries, monkeypatch
):
    for at in range(12):
        SavedView.make(f"보기 {at}", f"priority:urgent created>{at + 1}d", by=world.agent)
    desk.get("/desk/views/all/")
    with django_assert_num_queries(LIST_QUERIES + 1):
        desk.get("/desk/views/all/")
    monkeypatch.setattr("handrail.conversations.viewing.COUNTED_MOST", 1)
    monkeypatch.setattr("handrail.conversations.viewing._read", {})
    assert counts_of([(7, "")], viewer=world.viewer()) == {7: 2}
    assert queries.COUNTED_MOST == 1000


def test_slow_counting_is_not_repeated_at_every_look(world, desk, monkeypatch):
    view = SavedView.make("느린 것", "", by=world.agent)
    monkeypatch.setattr("handrail.web.desk.rail.SLOW_SECONDS", -1)
    monkeypatch.setattr("handrail.web.desk.rail.WORTH", 100_000)
    assert desk.get("/desk/counts").json()["counts"][f"v{view.pk}"] == "0"
    world.conversation()
    assert desk.get("/desk/counts").json()["counts"][f"v{view.pk}"] == "0"
    cache.clear()
    assert desk.get("/desk/counts").json()["counts"][f"v{view.pk}"] == "1"


@pytest.mark.parametrize("name", ["v", "vx", "v0", "v" + "9" * 30, "v1"])
def test_a_view_that_is_none_is_not_there(world, desk, name):
    assert desk.get(f"/desk/views/{name}/").status_code == 404


@pytest.mark.parametrize("after", ["broken", "1-2-3-4", "99999999999999999", "-", "1-1"])
def test_a_strange_cursor_still_shows_a_list(world, desk, three, after):
    view = SavedView.make("모두", "", by=world.agent)
    assert desk.get(f"/desk/views/v{view.pk}/", {"after": after}).status_code == 200


def test_authors_have_none(world):
    author = signed_in(world.staff("author@handrail.test", "글쓴이", Role.AUTHOR))
    assert author.get("/desk/views/new").status_code in (403, 404)
