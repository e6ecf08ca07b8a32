"""What the desk's search finds: conversations, articles beneath them, and what was typed in the wrong keyboard layout."""

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.suggest import findable


@pytest.fixture
def shelf(world):
    opened = world.article("환불은 언제 들어오나요", "<p>환불은 영업일 기준 3일 안에 들어와요.</p>")
    inner = world.article("환불 예외 지침", "<p>팀장이 정해요.</p>", audience="agents")
    world.settle()
    return opened, inner


def search(client, query):
    return client.get("/desk/search", {"query": query}).content.decode()


def palette(client, query):
    return client.get("/desk/palette", {"query": query}).json()["rows"]


def test_articles_stand_beneath_the_conversations_found(world, desk, shelf):
    conversation = world.conversation(subject="환불 문의")

    text = search(desk, "환불")

    assert text.index(f"#{conversation.number}") < text.index('class="found-articles"')
    articles = text.split('class="found-articles"')[1]
    assert "환불은 언제 들어오나요" in articles and "환불 예외 지침" in articles and "1판" in articles
    assert f"/articles/{shelf[0].pk}-" in articles


def test_whoever_may_not_read_it_finds_no_inner_article(world, desk, shelf):

    titles = [hit.title for hit in findable("환불", STRANGER, locale="ko")]

    assert "환불은 언제 들어오나요" in titles and "환불 예외 지침" not in titles


def test_an_operator_asks_for_conversations_alone(world, desk, shelf):
    assert "found-articles" not in search(desk, "status:open 환불")


def test_what_no_article_is_about_finds_none(world, desk, shelf):
    assert "found-articles" not in search(desk, "주차장 예약")


def test_the_palette_ends_with_articles_and_their_version(world, desk, shelf):
    world.conversation(subject="환불 문의")

    rows = palette(desk, "환불")

    kinds = [row["kind"] for row in rows]
    assert "article" in kinds and kinds == sorted(kinds)
    assert rows[-1]["place"].endswith("1판") and "/articles/" in rows[-1]["url"]


@pytest.mark.parametrize("typed", ["ghksqnf", "status:new ghksqnf"])
def test_words_typed_in_the_other_layout_find_what_they_mean(world, desk, typed):
    conversation = world.conversation(subject="환불 문의")

    text = search(desk, typed)

    assert f"#{conversation.number}" in text and f"‘{typed}’에는 찾은 문의가 없어요" in text
    assert any(f"#{conversation.number} " in row["title"] for row in palette(desk, typed))


def test_what_is_found_as_it_stands_is_not_read_otherwise(world, desk):
    conversation = world.conversation(subject="ghksqnf")
    world.conversation(subject="환불 문의", text="환불이요")

    text = search(desk, "ghksqnf")

    assert f"#{conversation.number}" in text and "찾은 문의가 없어요" not in text
