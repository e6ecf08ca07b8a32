"""The pages on which differences are read: what is for colleagues is marked as such wherever it stands."""

import pytest

from handrail.accounts.models import Role
from handrail.knowledge.blocks import Block
from handrail.knowledge.telling import what_changed
from tests.console.test_articles import begin, write
from tests.desk.conftest import signed_in

INNER = '<section data-audience="agents"><p>할인 코드는 K-10</p></section>'
MARK = 'class="side-mark" data-code="agents"'


@pytest.fixture
def console(world):
    return signed_in(world.staff("author@handrail.test", "한지우", Role.AUTHOR))


@pytest.fixture
def block(world):
    made = Block.start("배송 안내", by=world.agent)
    made.write("ko", html="<p>이틀 걸려요.</p>", by=world.agent)
    made.texts.get().publish(by=world.agent)
    return made


def shown(console, article, query=""):
    return console.get(f"/console/articles/{article.pk}/ko/difference{query}").content.decode()


def test_a_first_draft_shows_what_is_for_colleagues_and_which_block_stands_in_it(console, world, block):
    article = begin(console, world, html=f'<p>안내</p>{INNER}<div data-block="{block.pk}"></div>')

    page = shown(console, article)

    assert page.count(MARK) == 1 and "배송 안내" in page


def test_a_passage_that_opens_to_everybody_is_called_out_and_marked_where_it_was(console, world):
    article = begin(console, world, html=INNER)
    write(console, article, html="<p>할인 코드는 K-10</p>")

    page = shown(console, article, "?old=1&new=2")

    assert "data-opens" in page and page.count(MARK) == 1 and 'role="note"' in page


def test_a_translator_sees_which_part_of_the_original_is_for_colleagues(console, world):
    article = world.article("할인", f"<p>안내</p>{INNER}")

    page = console.get(f"/console/articles/{article.pk}/en/translation").content.decode()

    assert page.count(MARK) == 1


def test_followers_are_not_told_the_name_authors_gave_a_block(world, block):
    article = world.article("배송", "<p>안내</p>")
    before = article.translations.get().published
    article.write(
        "ko", title="배송", html=f'<p>안내</p><hr><div data-block="{block.pk}"></div>', by=world.agent
    )
    text = article.translations.get()
    text.publish(by=world.agent)

    assert what_changed(text, before) == ""
