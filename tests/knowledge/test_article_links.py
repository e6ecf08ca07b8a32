"""Links by an article's number: right after it moved, gone where it may not be read."""

from __future__ import annotations

from handrail.accounts.viewer import STRANGER
from handrail.knowledge.reading import read


def shown(article, viewer=STRANGER, locale="ko") -> str:
    return read(article.translations.get(locale="ko").published, viewer, locale=locale)


def test_a_link_follows_its_article_through_a_new_slug(world):
    target = world.article("환불 방법", "<h2>기한</h2>")
    reader = world.article("안내", f'<p><a href="article:{target.pk}#at-기한">보기</a></p>')
    assert f"/hc/ko/articles/{target.pk}-%ED%99%98%EB%B6%88" in shown(reader)

    target.write("ko", title="돈 돌려받기", slug="돈-돌려받기", html="<p>새</p>", by=world.agent)
    target.translations.get().publish(by=world.agent)

    assert f'href="/hc/ko/articles/{target.pk}-%EB%8F%88-' in shown(reader)
    assert "#at-" in shown(reader)
    assert "nofollow" not in shown(reader)


def test_a_written_address_of_an_article_follows_it_too(world):
    target = world.article("환불 방법", "<p>말</p>")
    reader = world.article("안내", f'<p><a href="/hc/ko/articles/{target.pk}-old">보기</a></p>')

    assert "-old" not in shown(reader)


def test_a_link_to_what_a_reader_may_not_see_leaves_only_its_words(world):
    hidden = world.article("내부", "<p>안</p>", audience="agents")
    reader = world.article("안내", f'<p>이것은 <a href="article:{hidden.pk}">이 글</a>에 있어요.</p>')

    assert shown(reader) == "<p>이것은 이 글에 있어요.</p>"
    assert f"/articles/{hidden.pk}-" in shown(reader, world.viewer())


def test_links_lead_to_the_readers_language(world):
    target = world.article("환불", "<p>말</p>")
    target.write("en", title="Refunds", html="<p>Words</p>", by=world.agent)
    target.translations.get(locale="en").publish(by=world.agent)
    reader = world.article("안내", f'<p><a href="article:{target.pk}">보기</a></p>')

    assert f"/hc/en/articles/{target.pk}-refunds" in shown(reader, locale="en")


def test_other_links_stay_as_they_are(world):
    reader = world.article("안내", '<p><a href="https://example.com/articles/3">밖</a></p>')

    assert 'href="https://example.com/articles/3"' in shown(reader)
