"""Articles that explain twice: simply and in depth."""

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.knowledge.depths import at_depth
from handrail.workspace.portal import PortalDraft

BOTH = (
    "<p>전원이 안 켜져요.</p>"
    '<section data-depth="simple"><p>껐다가 켜 보세요.</p></section>'
    '<section data-depth="deep"><h2>전원 회로</h2><p>퓨즈의 저항을 재 보세요.</p><section data-audience="agents"><p>상담사 기준</p></section></section>'
    "<p>그래도 안 되면 알려 주세요.</p>"
)


@pytest.fixture
def both(shop):
    return shop.write(shop.problems, ko=("전원이 안 켜질 때", BOTH))


def opens_on(shop, depth):
    draft = PortalDraft.of(shop.world.brand)
    draft.draw(draft.design.as_json() | {"depth": depth}, by=shop.world.agent)
    draft.publish(by=shop.world.agent)


def page(client, article, query=""):
    return client.get(f"/hc/ko/articles/{article.pk}{query}", follow=True).content.decode()


@pytest.mark.parametrize("depth", ["simple", "deep"])
def test_an_article_opens_on_what_the_manager_chose_and_a_reader_switches(client, shop, both, depth):
    opens_on(shop, depth)
    words = {"simple": "껐다가 켜 보세요", "deep": "퓨즈의 저항을"}
    other = "deep" if depth == "simple" else "simple"

    opened = page(client, both)
    assert words[depth] in opened and words[other] not in opened
    assert f'href="/hc/ko/articles/{both.pk}-' in opened and f"depth={other}" in opened
    switched = page(client, both, f"?depth={other}")
    assert words[other] in switched and words[depth] not in switched
    for text in (opened, switched):
        assert "전원이 안 켜져요." in text and "그래도 안 되면" in text and "상담사 기준" not in text
    assert ("전원 회로" in opened.split('class="contents"')[-1]) == (depth == "deep")


def test_an_article_written_once_has_no_switch(client, shop):
    assert "depth=" not in page(client, shop.silent)
    assert page(client, shop.silent, "?depth=simple") and page(client, shop.silent, "?depth=nonsense")


def test_both_are_found(shop, both):
    for words in ("껐다가 켜 보세요", "퓨즈의 저항을 재 보세요"):
        assert answer(words, STRANGER, locale="ko", remember=False).considered[0].article == both.pk


def test_a_part_that_never_ends_takes_the_rest_with_it_and_nothing_breaks():
    assert at_depth('<p>a</p><section data-depth="deep"><p>b</p>', "simple") == "<p>a</p>"
    assert at_depth("<p>a</p>", "simple") == "<p>a</p>"


def test_the_builder_keeps_the_depth(client, shop):
    design = PortalDraft.of(shop.world.brand).design
    assert design.depth == "deep"
    opens_on(shop, "simple")
    shop.world.brand.refresh_from_db()
    assert PortalDraft.of(shop.world.brand).design.depth == "simple"
