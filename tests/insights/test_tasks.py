"""Readers' questions among an author's tasks: few, useful, and counted like the page shows them."""

from __future__ import annotations

import re
from datetime import timedelta

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.insights.failing import keep_failing
from handrail.insights.gaps import Gap
from handrail.insights.links import check_links
from handrail.insights.tasks import findings, how_many
from handrail.knowledge import feedback
from handrail.knowledge.tasks import tasks, waiting
from tests.insights.test_journeys import AUTHOR


def gap(title: str, people: int, **more) -> Gap:
    fields = {
        "kind": "question",
        "locale": "ko",
        "audience": "public",
        "score": people,
        "lately": people,
    } | more
    return Gap.objects.create(title=title, people=people, **fields)


def fill(world):
    for number in range(4):
        gap(f"빈틈 {number}", 10 - number)
    article = world.article("교환하기", "<p>눌러요.</p>")
    for reader in range(6):
        feedback.give(article, locale="ko", is_helpful=False, reader=str(reader), by=STRANGER)
    gone = world.article("없어질 글", "<p>…</p>")
    world.article("안내", f'<p><a href="article:{gone.pk}">여기</a></p>')
    gone.translations.get().withdraw(by=world.agent)
    keep_failing()
    check_links()
    return article


def test_two_gaps_the_article_that_fails_most_and_broken_links(world, author):
    article = fill(world)

    found = findings(AUTHOR)

    assert [(each.kind, each.count) for each in found] == [
        ("gap", 10),
        ("gap", 9),
        ("failing", 6),
        ("links", 1),
    ]
    text = author.get("/console/tasks").content.decode()
    for address in (f"/console/gaps/{found[0].subject}", f"/console/readers/{article.pk}", "/console/links"):
        assert f'href="{address}"' in text
    assert "빈틈 0" in text and "교환하기" in text and "빈틈 2" not in text


def test_the_count_in_the_frame_is_the_length_of_the_list(world, author):
    fill(world)

    text = author.get("/console/tasks").content.decode()

    rows = text.count('class="shelf-row"')
    assert re.search(rf'class="count"[^>]*>{rows}<', text)
    assert 4 <= rows <= 10


def test_what_few_ask_is_no_task_and_what_is_acted_on_none_any_more(world):
    gap("둘이 물은 것", 2)
    wanted = gap("셋이 물은 것", 3)
    assert [each.title for each in findings(AUTHOR)] == ["셋이 물은 것"]

    wanted.dismiss("not_ours", by=SYSTEM)

    assert findings(AUTHOR) == [] and findings(STRANGER) == []


def test_findings_cost_three_queries(world, django_assert_num_queries):
    fill(world)

    with django_assert_num_queries(3):
        findings(AUTHOR)
    with django_assert_num_queries(1):
        assert how_many(AUTHOR) == 4


def test_the_count_of_the_articles_own_tasks_is_one_query(world, django_assert_num_queries):
    viewer = world.viewer(world.staff("reviewer@handrail.test", "노재원", Role.REVIEWER))
    for number in range(3):
        article = world.article(f"글 {number}", "<p>눌러요.</p>")
        article.check_again(on=clock.now().date() - timedelta(days=1 - number), every_days=30, by=SYSTEM)
        article.write("ko", title=f"글 {number}", html="<p>더.</p>", by=world.agent)
        article.translations.get().ask_for_review(by=world.agent, reviewer=None)

    with django_assert_num_queries(1):
        assert waiting(viewer) > 0
    assert waiting(viewer) == len(tasks(viewer)) >= 4
    assert waiting(viewer, most=2) == 2 and waiting(STRANGER) == 0
