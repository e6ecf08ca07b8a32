"""One question that articles of several products answer alike: it is asked back, unless the question says which."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.answer import answer
from handrail.answers.results import Hit, Result
from handrail.knowledge.products import Product, Topic

TEXTS = {
    "buds": (
        "Sori Buds",
        ("Can I use them when I run or when it rains?", "are they waterproof", "I put them through the wash"),
        "It is waterproof as far as sweat and light rain go, but not in the shower.",
    ),
    "sun": (
        "Haet Sun",
        ("Can I wear it in the water?", "is it waterproof", "does it run when I sweat"),
        "It is waterproof for about 40 minutes in the water.",
    ),
    "lamp": (
        "Bit Lamp",
        ("Change the colour of the light", "how do I make it warmer", "the light is too blue"),
        "Hold the button to go through the colours.",
    ),
}


@pytest.fixture
def water(help_centre, world):
    """Two products with an article about water, and one without."""
    for slug, (name, (title, *aliases), body) in TEXTS.items():
        product = Product.objects.create(brand=world.brand, slug=slug)
        product.texts.create(locale="en", name=name)
        topic = Topic.objects.create(product=product, slug=f"{slug}-care")
        topic.texts.create(locale="en", name="Use")
        help_centre.articles[slug] = help_centre.write(
            {"en": (title, f"<p>{body}</p>", aliases)}, topic=topic
        )
    jobs.catch_up.func()
    jobs.encode_wanting()


def test_the_very_words_of_one_article_are_asked_back_where_another_product_answers_them_too(
    help_centre, water
):
    result = answer("is it waterproof", STRANGER, locale="en")

    assert (result.outcome, result.answer) == ("choices", None)
    assert {hit.article for hit in result.choices[:2]} == {
        help_centre.id_of("buds"),
        help_centre.id_of("sun"),
    }
    assert {hit.product for hit in result.choices[:2]} == {"Sori Buds", "Haet Sun"}


@pytest.mark.parametrize(
    ("question", "product"), [("is Haet Sun waterproof", "sun"), ("are Sori Buds waterproof", "buds")]
)
def test_the_name_of_a_product_answers_it(help_centre, water, question, product):
    result = answer(question, STRANGER, locale="en")

    assert result.considered[0].article == help_centre.id_of(product)


def test_what_one_product_alone_answers_is_answered(help_centre, water):
    result = answer("how do I make it warmer", STRANGER, locale="en")

    assert (result.outcome, result.considered[0].article) == ("answer", help_centre.id_of("lamp"))


def test_beside_what_may_be_meant_nothing_is_offered_that_is_not():
    one, other, third = (
        Hit(number, "", "", "en", "en", chance) for number, chance in ((1, 0.9), (2, 0.0), (3, 0.0))
    )
    result = Result(outcome="answer", locale="en", is_provisional=False, answer=one, considered=[one, third])

    assert result.asked_back([one, other]).choices == [one, other]
