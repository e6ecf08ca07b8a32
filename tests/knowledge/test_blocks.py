"""Reusable blocks: written once, right in every article, never for the wrong reader."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers.entries import Entry
from handrail.knowledge.block_places import articles_showing, uses_of
from handrail.knowledge.blocks import Block, BlockInItself
from handrail.knowledge.reading import read


def block(world, name, html, *, locale="ko", audience="public") -> Block:
    made = Block.start(name, by=world.agent, audience=audience)
    made.write(locale, html=html, by=world.agent)
    made.texts.get(locale=locale).publish(by=world.agent)
    return made


def place(one: Block) -> str:
    return f'<div data-block="{one.pk}"></div>'


def shown(article, viewer=STRANGER, locale="ko") -> str:
    return read(article.translations.get().published, viewer, locale=locale)


def searched(words: str) -> set[tuple[int, str]]:
    return set(Entry.objects.filter(text__contains=words).values_list("article", "audience"))


def test_editing_a_block_changes_every_article_search_and_page(world, client):
    hours = block(world, "상담 시간", "<p>아홉 시부터</p>")
    articles = [world.article(f"글 {n}", f"<p>앞</p>{place(hours)}<p>뒤</p>") for n in range(2)]
    stamp = type(world.brand).objects.get().content_stamp

    hours.write("ko", html="<p>열 시부터</p>", by=world.agent)
    assert "아홉 시부터" in shown(articles[0])
    hours.texts.get().publish(by=world.agent)

    for article in articles:
        assert shown(article) == "<p>앞</p><p>열 시부터</p><p>뒤</p>"
        path = f"/hc/ko/articles/{article.pk}-{article.translations.get().slug}"
        assert "열 시부터" in client.get(path).content.decode()
    assert searched("열 시부터") == {(article.pk, "public") for article in articles}
    assert not searched("아홉 시부터")
    assert type(world.brand).objects.get().content_stamp > stamp


def test_a_block_is_for_its_audience_whatever_the_article(world):
    secret = block(world, "내부", "<p>내부 번호 7001</p>", audience="agents")
    article = world.article("연락처", f"<p>전화</p>{place(secret)}")

    assert "7001" not in shown(article)
    assert "7001" not in shown(article, Viewer(person_id=1, assurance=3))
    assert "7001" in shown(article, world.viewer())
    assert searched("7001") == {(article.pk, "agents")}


def test_a_passage_for_colleagues_within_a_block_stays_theirs(world):
    mixed = block(world, "섞임", '<p>밖</p><section data-audience="agents"><p>안쪽</p></section>')
    article = world.article("글", place(mixed))

    assert shown(article) == "<p>밖</p>"
    assert "안쪽" in shown(article, world.viewer())
    assert searched("안쪽") == {(article.pk, "agents")}


def test_narrowing_or_withdrawing_a_block_takes_it_out_at_once(world):
    one = block(world, "공지", "<p>점검 안내</p>")
    article = world.article("글", f"<p>글</p>{place(one)}")

    one.show_to("employees", by=world.agent)
    assert "점검" not in shown(article)
    assert searched("점검") == {(article.pk, "employees")}
    one.show_to("public", by=world.agent)
    assert "점검" in shown(article)
    one.texts.get().withdraw(by=world.agent)
    assert "점검" not in shown(article, world.viewer())
    assert not searched("점검")


def test_blocks_stand_in_blocks_and_a_change_deep_inside_reaches_the_article(world):
    inner = block(world, "안", "<p>안쪽 말</p>")
    outer = block(world, "밖", f"<p>바깥</p>{place(inner)}")
    article = world.article("글", place(outer))
    assert shown(article) == "<p>바깥</p><p>안쪽 말</p>"

    inner.write("ko", html="<p>새 안쪽</p>", by=world.agent)
    inner.texts.get().publish(by=world.agent)

    assert "새 안쪽" in shown(article)
    assert searched("새 안쪽") == {(article.pk, "public")}
    assert list(articles_showing(inner)) == [article]


def test_a_block_never_comes_to_stand_in_itself(world):
    inner = block(world, "안", "<p>안</p>")
    outer = block(world, "밖", place(inner))

    with pytest.raises(BlockInItself, match="안 → 밖 → 안"):
        inner.write("ko", html=place(outer), by=world.agent)
    with pytest.raises(BlockInItself):
        inner.write("ko", html=place(inner), by=world.agent)


def test_the_list_of_uses_tells_published_from_draft_and_forgets_old_revisions(world):
    one = block(world, "공지", "<p>말</p>")
    article = world.article("글", place(one))
    author = world.staff("author@handrail.test", "정하늘", "author")
    assert [(use.article, use.is_published) for use in uses_of(one, world.viewer(author))] == [
        (article, True)
    ]

    article.write("ko", title="글", html="<p>없음</p>", by=world.agent)
    article.translations.get().publish(by=world.agent)
    article.write("ko", title="글", html=place(one), by=world.agent)

    assert [(use.article, use.is_published) for use in uses_of(one, world.viewer(author))] == [
        (article, False)
    ]
    assert uses_of(one, STRANGER) == []


def test_a_block_in_another_language_says_which(world):
    one = block(world, "공지", "<p>Notice</p>", locale="en")
    article = world.article("글", place(one))

    assert shown(article) == '<div lang="en"><p>Notice</p></div>'


def test_reading_costs_the_same_for_one_block_and_for_ten(world):
    blocks = [block(world, f"블록 {n}", f"<p>말 {n}</p>") for n in range(10)]
    one = world.article("하나", place(blocks[0])).translations.get().published
    ten = world.article("열", "".join(place(each) for each in blocks)).translations.get().published

    costs = []
    for revision in (one, ten):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(revision, STRANGER, locale="ko")
        costs.append(len(queries))
    assert costs[0] == costs[1] == 1
