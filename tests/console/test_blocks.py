"""The console's pages for reusable blocks."""

from __future__ import annotations

import pytest
from django.urls import reverse

from handrail.accounts.models import Role
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Block


@pytest.fixture
def author(world, client):
    user = world.staff("author@handrail.test", "정하늘", Role.AUTHOR)
    client.force_login(user)
    return user


@pytest.fixture
def reviewer(world, client):
    user = world.staff("reviewer@handrail.test", "윤서진", Role.REVIEWER)
    client.force_login(user)
    return user


def begin(client, name="상담 시간", audience="public") -> Block:
    client.post(reverse("console:block-new"), {"name": name, "audience": audience})
    return Block.objects.get(name=name)


def test_a_reviewer_writes_a_block_publishes_it_and_sees_where_it_stands(client, reviewer, world):
    block = begin(client)
    page = reverse("console:block", args=[block.pk, "ko"])

    answer = client.post(
        page, {"title": block.name, "html": "<p>아홉 시부터</p>", "then": "publish"}, follow=True
    )
    article = world.article("연락처", f'<div data-block="{block.pk}"></div>')

    assert "이 블록이 있는 모든 글에" in answer.content.decode()
    assert "아홉 시부터" in client.get(f"/hc/ko/articles/{article.pk}", follow=True).content.decode()
    assert "연락처" in client.get(page).content.decode()
    assert "글 1개에" in client.get(reverse("console:blocks")).content.decode()


def test_a_name_that_is_taken_or_missing_is_said_and_nothing_is_lost(client, author):
    begin(client)

    again = client.post(reverse("console:block-new"), {"name": "상담 시간"})
    empty = client.post(reverse("console:block-new"), {"name": " "})

    assert again.status_code == empty.status_code == 422
    assert "이미 있어요" in again.content.decode()
    assert Block.objects.count() == 1


def test_a_block_that_would_hold_itself_is_refused_with_its_words_kept(client, author):
    block = begin(client)

    answer = client.post(
        reverse("console:block", args=[block.pk, "ko"]),
        {"title": "x", "html": f'<p>지킬 말</p><div data-block="{block.pk}"></div>'},
    )

    assert answer.status_code == 422
    assert "지킬 말" in answer.content.decode()
    assert "자기 안에" in answer.content.decode()


def test_care_and_withdrawal_reach_every_article(client, reviewer, world):
    block = begin(client)
    client.post(
        reverse("console:block", args=[block.pk, "ko"]),
        {"title": "x", "html": "<p>말</p>", "then": "publish"},
    )
    article = world.article("글", f'<p>앞</p><div data-block="{block.pk}"></div>')

    client.post(
        reverse("console:block-care", args=[block.pk, "ko"]), {"name": "새 이름", "audience": "agents"}
    )
    client.post(reverse("console:block-withdraw", args=[block.pk, "ko"]))

    block.refresh_from_db()
    assert (block.name, block.audience) == ("새 이름", "agents")
    assert block.published("ko") is None
    assert article.translations.get().published.html.startswith("<p>앞</p>")


def test_the_list_costs_the_same_for_one_block_and_for_many(client, author, django_assert_max_num_queries):
    for n in range(12):
        begin(client, f"블록 {n}")

    with django_assert_max_num_queries(14):
        assert client.get(reverse("console:blocks")).status_code == 200


def test_what_an_author_writes_in_a_block_waits_for_a_reviewer_who_finds_it(client, author, world):
    block = begin(client, audience="agents")
    page = reverse("console:block", args=[block.pk, "ko"])
    world.article("연락처", f'<div data-block="{block.pk}"></div>')

    assert 'value="publish"' not in client.get(page).content.decode()
    told = client.post(page, {"title": "x", "html": "<p>새벽 두 시까지</p>", "then": "publish"}, follow=True)
    assert "검토자가" in told.content.decode()
    assert block.published("ko") is None
    assert page not in client.get(reverse("console:tasks")).content.decode()

    client.force_login(world.staff("reviewer@handrail.test", "윤서진", Role.REVIEWER))
    assert page in client.get(reverse("console:tasks")).content.decode()
    client.post(page, {"title": "x", "html": "<p>새벽 두 시까지</p>", "then": "publish"})
    assert Block.objects.get().published("ko") is not None
    assert page not in client.get(reverse("console:tasks")).content.decode()


def test_only_a_reviewer_lets_more_people_read_a_block(client, author, world):
    block = begin(client, audience="agents")
    block.write("ko", html="<p>내선 7001</p>", by=SYSTEM)
    block.texts.get().publish(by=SYSTEM)
    care = reverse("console:block-care", args=[block.pk, "ko"])

    client.post(care, {"name": "상담 시간", "audience": "public"})
    block.refresh_from_db()
    assert (block.name, block.audience) == ("상담 시간", "agents")

    client.force_login(world.staff("reviewer@handrail.test", "윤서진", Role.REVIEWER))
    client.post(care, {"name": "다른 이름", "audience": "public"})
    block.refresh_from_db()
    assert (block.name, block.audience) == ("다른 이름", "public")
