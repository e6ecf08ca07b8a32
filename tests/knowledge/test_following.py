"""Translations follow their original: out of date when it moves on, right again when they do."""

import pytest

from handrail.core.events.models import Event
from handrail.knowledge.articles import Article


@pytest.fixture
def article(world):
    article = world.article("환불 기한", "<p>환불은 3일 안에 돼요.</p>")
    article.write("en", title="Refund period", html="<p>Refunds take 3 days.</p>", by=world.agent)
    article.translations.get(locale="en").publish(by=world.agent)
    return article


def rewrite(article: Article, html: str, world, locale: str = "ko") -> None:
    article.write(locale, title="환불 기한" if locale == "ko" else "Refund period", html=html, by=world.agent)
    article.translations.get(locale=locale).publish(by=world.agent)


def english(article):
    return article.translations.get(locale="en")


def test_a_translation_is_out_of_date_once_the_changed_original_is_published(world, article):
    article.write("ko", title="환불 기한", html="<p>환불은 5일 안에 돼요.</p>", by=world.agent)
    before = english(article).is_outdated

    article.translations.get(locale="ko").publish(by=world.agent)

    assert not before
    assert english(article).is_outdated
    assert english(article).published_from.number == 1
    assert Event.objects.filter(verb="article.outdated").count() == 1


def test_a_translation_of_the_new_original_is_right_again(world, article):
    rewrite(article, "<p>환불은 5일 안에 돼요.</p>", world)

    article.write(
        "en",
        title="Refund period",
        html="<p>Refunds take 5 days.</p>",
        translated_from=article.newest_of_original(),
        by=world.agent,
    )
    english(article).publish(by=world.agent)

    assert not english(article).is_outdated


def test_mending_a_typo_in_a_translation_does_not_make_it_right(world, article):
    rewrite(article, "<p>환불은 5일 안에 돼요.</p>", world)

    rewrite(article, "<p>Refunds take three days.</p>", world, locale="en")

    assert english(article).is_outdated


def test_an_original_that_goes_back_makes_its_translation_right_again(world, article):
    rewrite(article, "<p>환불은 5일 안에 돼요.</p>", world)
    rewrite(article, "<p>환불은 3일 안에 돼요.</p>", world)

    assert not english(article).is_outdated


def test_an_author_may_say_that_the_translation_is_still_right(world, article):
    rewrite(article, "<p>환불은 3일 이내에 돼요.</p>", world)

    english(article).hold(by=world.agent)

    assert not english(article).is_outdated


def test_an_article_begun_in_english_has_english_as_its_original(world):
    article = Article.start(world.topic, by=world.agent)
    article.write("en", title="Refunds", html="<p>Yes.</p>", by=world.agent)

    article.refresh_from_db()

    assert article.original_locale == "en"
