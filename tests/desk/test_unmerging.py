"""A merge is taken back from either of the two: the number that was merged, and the conversation that goes on."""

from datetime import timedelta

import pytest

from handrail.accounts.models import Team
from handrail.conversations.merging import merge
from handrail.core import clock


@pytest.fixture
def three(world):
    return [world.conversation(subject=f"문의 {at}") for at in range(3)]


def page_of(desk, conversation):
    return desk.get(f"/desk/conversations/{conversation.number}?stay").content.decode()


def undone_at(number):
    return f'action="/desk/conversations/{number}/unmerge"'


def test_both_pages_have_the_way_back(world, desk, three):
    one, other, survivor = three
    merge(one, into=survivor, by=world.agent)

    assert undone_at(one.number) in page_of(desk, one)
    assert undone_at(one.number) in page_of(desk, survivor)

    desk.post(f"/desk/conversations/{one.number}/unmerge")

    one.refresh_from_db()
    assert one.merged_into is None
    assert "/unmerge" not in page_of(desk, survivor) and "/unmerge" not in page_of(desk, other)


def test_each_of_several_is_separated_by_itself(world, desk, three):
    for each in three[:2]:
        merge(each, into=three[2], by=world.agent)

    page = page_of(desk, three[2])

    assert all(undone_at(each.number) in page for each in three[:2])


def test_one_merged_for_longer_than_its_brand_says_is_not_offered(world, desk, three):
    one, _other, survivor = three
    merge(one, into=survivor, by=world.agent)
    one.merged_at = clock.now() - one.brand.unmerges_within - timedelta(minutes=1)
    one.save()

    page = page_of(desk, survivor)

    assert f"/conversations/{one.number}?stay" in page and "/unmerge" not in page


def test_one_of_a_private_team_is_not_offered(world, desk, three):
    one, _other, survivor = three
    merge(one, into=survivor, by=world.agent)
    one.team = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    one.save()

    page = page_of(desk, survivor)
    assert "/unmerge" not in page and f"/conversations/{one.number}?stay" not in page


def test_what_was_said_in_the_other_stands_where_it_was_merged(world, desk, three):
    one, _other, survivor = three
    one.receive("금요일까지 꼭 필요해요. " * 60, by=one.requester)
    one.note("전화로 확인했어요", by=world.agent)
    merge(one, into=survivor, by=world.agent)

    thread = page_of(desk, survivor).split('class="thread"')[1]
    whole = f"/desk/conversations/{one.number}/glimpse?whole"
    assert f'data-from="{whole}"' in thread and f"#{one.number}의 대화 3개" in thread
    told = desk.get(whole).content.decode()
    assert "환불이 안 돼요" in told and told.count("금요일까지") == 60
    assert "전화로 확인했어요" in told.split("data-note")[1] and told.count("data-note") == 1

    paper = desk.get(f"/desk/conversations/{survivor.number}/print").content.decode()
    assert paper.count("금요일까지") == 60 and f"#{one.number}" in paper
    assert "전화로 확인했어요" not in paper, "a note is never printed"


def test_words_of_a_merged_one_that_a_colleague_may_not_see_stay_away(world, desk, three):
    one, _other, survivor = three
    one.receive("비밀 이야기", by=one.requester)
    merge(one, into=survivor, by=world.agent)
    closed = Team.objects.create(slug="closed", name_ko="비공개", name_en="Closed", is_private=True)
    type(one).objects.filter(pk=one.pk).update(team=closed)

    assert f"/{one.number}/glimpse" not in page_of(desk, survivor)
    assert desk.get(f"/desk/conversations/{one.number}/glimpse?whole").status_code == 404
    assert "비밀 이야기" not in desk.get(f"/desk/conversations/{survivor.number}/print").content.decode()
