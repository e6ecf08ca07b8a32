"""Where an article stands is part of what it is found and judged by: two products with the same kinds of articles."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers import contexts, jobs, wholes
from handrail.answers.candidates import draw
from handrail.answers.contexts import Context
from handrail.answers.features import ARTICLE, measure
from handrail.answers.question import understand
from handrail.answers.wholes import Whole
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from handrail.knowledge.products import Product, Topic

NAMES = {
    "mixer": ({"ko": "달 믹서", "en": "Moon Mixer"}, {"ko": "조용한 믹서기예요.", "en": "A quiet blender."}),
    "kettle": (
        {"ko": "별 주전자", "en": "Star Kettle"},
        {"ko": "빨리 끓는 포트예요.", "en": "A fast kettle."},
    ),
}
WARRANTY = {"ko": "보증 기간 안내", "en": "How long the warranty lasts"}


@pytest.fixture
def shop(world, models):
    """Two products, each with a warranty article of the same title; product slug -> article."""
    articles = {}
    for slug, (names, descriptions) in NAMES.items():
        product = Product.offer(world.brand, slug, names=names, descriptions=descriptions, by=SYSTEM)
        topic = Topic.offer(product, "warranty", names={"ko": "보증", "en": "Warranty"}, by=SYSTEM)
        articles[slug] = written(topic, "<p>받은 날부터 무료로 고쳐 드려요.</p>")
    jobs.encode_wanting()
    return articles


def written(topic: Topic, html: str) -> Article:
    article = Article.start(topic, by=SYSTEM)
    for locale, title in WARRANTY.items():
        article.write(locale, title=title, html=html, by=SYSTEM)
        article.translations.get(locale=locale).publish(by=SYSTEM)
    return article


def measured(question: str, viewer: Viewer = STRANGER) -> dict[int, dict[str, float]]:
    found = measure(draw(understand(question), viewer))
    rows = (dict(zip(ARTICLE, row, strict=True)) for row in found.table)
    return dict(zip(found.articles, rows, strict=True))


@pytest.mark.parametrize("question", ["믹서기 보증 기간이 얼마예요", "blender warranty"])
def test_a_question_that_names_a_product_names_its_articles_and_contradicts_the_others(shop, question):
    found = measured(question)
    mixer, kettle = found[shop["mixer"].pk], found[shop["kettle"].pk]
    assert mixer["named"] > kettle["named"]
    assert mixer["covered"] > kettle["covered"]
    assert mixer["context_cosine"] > kettle["context_cosine"]
    assert mixer["word"] == kettle["word"]


def test_a_question_that_names_none_speaks_for_none(shop):
    found = measured("언제까지 무료로 고쳐 줘요")
    assert {row["named"] for row in found.values()} == {0.0}


def test_a_product_that_is_renamed_is_named_by_its_new_name_at_once(shop, world):
    product = shop["mixer"].topic.product
    Product.offer(world.brand, product.slug, names={"ko": "해 분쇄기"}, by=SYSTEM)

    found = measured("분쇄기 보증")
    assert found[shop["mixer"].pk]["named"] > found[shop["kettle"].pk]["named"]
    # And by its meaning, in every language, once the worker came by.
    world.settle()
    assert not contexts.wanting(models_name())


def models_name() -> str:
    from handrail.answers.model_client import current

    return current().vector_model


def test_a_topic_that_is_renamed_or_moved_takes_its_articles_with_it(shop):
    topic, kettle = shop["mixer"].topic, shop["kettle"].topic.product
    Topic.offer(topic.product, topic.slug, names={"ko": "고장과 수리", "en": "Repairs"}, by=SYSTEM)
    assert "고장과 수리" in Context.objects.get(topic=topic, locale="ko").text

    topic.refresh_from_db()
    Topic.objects.filter(pk=shop["kettle"].topic_id).update(slug="other")
    topic.put(product=kettle, by=SYSTEM)
    assert Context.objects.get(topic=topic, locale="ko").text.startswith("별 주전자")
    assert measured("주전자 보증")[shop["mixer"].pk]["named"] > 0


def test_an_article_that_moves_stands_elsewhere_at_once(shop):
    shop["mixer"].move(shop["kettle"].topic, by=SYSTEM)
    found = measured("주전자 보증")
    assert found[shop["mixer"].pk]["named"] == found[shop["kettle"].pk]["named"] > 0


def test_saying_the_same_name_again_changes_nothing(shop, world):
    from handrail.answers.entries import IndexState

    before = IndexState.now().stamp
    Product.offer(world.brand, "mixer", names=NAMES["mixer"][0], descriptions=NAMES["mixer"][1], by=SYSTEM)
    assert IndexState.now().stamp == before


def test_an_article_explains_with_all_its_passages_what_no_single_one_does(shop):
    topic = shop["mixer"].topic
    both = written(topic, "<p>모터는 3년이에요.</p>" + "<p>칼날을 갈아요.</p>" * 30 + "<p>뚜껑은 6개월.</p>")
    jobs.encode_wanting()
    row = measured("모터 뚜껑 보증")[both.pk]
    assert row["covered"] == pytest.approx(1.0)
    assert row["lacking"] == 0.0
    assert row["word_share"] < 1.0


def test_words_that_only_colleagues_read_explain_nothing_to_strangers(shop, world):
    hidden = Article.start(shop["mixer"].topic, by=SYSTEM, audience="agents")
    hidden.write("ko", title="무지개 판단", html="<p>무지개 보증</p>", by=SYSTEM)
    hidden.translations.get(locale="ko").publish(by=SYSTEM)
    assert Whole.objects.filter(article=hidden).exists()
    assert not Whole.objects.visible_to(STRANGER).filter(article=hidden).exists()
    assert hidden.pk not in measured("무지개 보증")
    assert hidden.pk in measured("무지개 보증", world.viewer())


def test_what_is_withdrawn_leaves_no_words(shop):
    for text in shop["mixer"].translations.all():
        text.withdraw(by=SYSTEM)
    assert not Whole.objects.filter(article=shop["mixer"]).exists()


def test_what_an_earlier_release_indexed_is_caught_up_with(shop):
    Whole.objects.all().delete()
    Context.objects.all().delete()
    assert jobs.catch_up.func() > 0
    assert set(Whole.objects.values_list("article", flat=True)) == {article.pk for article in shop.values()}
    assert Context.objects.filter(topic__product__slug="mixer").count() == 2
    assert wholes.missing() == []


def test_a_past_question_that_nothing_answers_is_seen_by_its_words_too(shop):
    from handrail.answers import learn

    learn.confirm_all([learn.Verdict("레인보우 보증서 분실", None, "ko", is_held_out=False)], by=SYSTEM)
    like = measure(draw(understand("레인보우 보증서"), STRANGER)).like_unanswered
    assert like[0] > 0.3
    assert like[1] > 0.3
    assert measure(draw(understand("뚜껑 색깔"), STRANGER)).like_unanswered[0] < like[0]


def test_scoped_to_a_product_past_questions_without_an_answer_still_count(shop):
    from handrail.answers import learn

    learn.confirm_all([learn.Verdict("레인보우 보증서 분실", None, "ko", is_held_out=False)], by=SYSTEM)
    product = shop["mixer"].topic.product_id
    found = draw(understand("레인보우 보증서"), STRANGER, product=product)
    assert found.articles == [shop["mixer"].pk]
    assert measure(found).like_unanswered[0] > 0.3
