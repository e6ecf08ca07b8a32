"""What a chat was last about is meant by a question that names nothing; other matters are left as they are."""

from __future__ import annotations

import pytest

from handrail.answers import jobs
from handrail.conversations.conversation import Conversation
from handrail.core.actors import SYSTEM
from handrail.intake import respond
from handrail.intake.talked_of import talked_of
from handrail.knowledge.articles import Article
from handrail.knowledge.products import Product, Topic

TEXTS = {
    ("wind", "바람 에어", "조용한 공기청정기예요.", "product"): (
        ("공기청정기 소리가 클 때", "필터의 비닐을 벗겼는지 보세요."),
        ("공기청정기 필터 알림 초기화", "버튼을 5초 눌러 알림을 초기화해요."),
    ),
    ("pods", "소리 버즈", "소음을 줄이는 무선 이어폰이에요.", "product"): (
        ("이어폰 초기화하기", "케이스의 버튼을 10초 눌러 초기화해요."),
    ),
    ("parcels", "주문·배송", "배송을 도와 드려요.", "service"): (("배송비 안내", "배송비는 3,000원이에요."),),
}


@pytest.fixture
def shop(world, models):
    made = {}
    for (slug, name, said, kind), articles in TEXTS.items():
        made[slug] = Product.objects.create(brand=world.brand, slug=slug, kind=kind)
        made[slug].texts.create(locale="ko", name=name, description=said)
        topic = Topic.objects.create(product=made[slug], slug=f"{slug}-use")
        topic.texts.create(locale="ko", name="쓰는 법")
        for title, body in articles:
            article = Article.start(topic, by=SYSTEM)
            article.write("ko", title=title, html=f"<p>{body}</p>", aliases=[], by=SYSTEM)
            article.translations.get(locale="ko").publish(by=SYSTEM)
    jobs.catch_up.func()
    jobs.encode_wanting()
    return made


def said(visitor, world, *words):
    """The chat after these words; the last of the visitor's messages."""
    for each in words:
        visitor.says(each)
        world.settle()
    return Conversation.objects.get().messages.filter(direction="in").last()


def first_offered(message):
    data = message.conversation.messages.get(client_id=f"bot:{message.pk}").data
    return (data["answer"] or data["choices"][0])["title"]


def test_a_question_that_names_nothing_is_about_the_product_talked_of(visitor, world, shop):
    message = said(visitor, world, "공기청정기 소리가 커요", "초기화는 어떻게 해요?")

    assert first_offered(message) == "공기청정기 필터 알림 초기화"


def test_a_delivery_in_between_is_answered_and_leaves_the_product_talked_of(visitor, world, shop):
    message = said(visitor, world, "공기청정기 소리가 커요", "배송비 안내")
    assert first_offered(message) == "배송비 안내"

    message = said(visitor, world, "초기화는 어떻게 해요?")
    assert talked_of(message).product == shop["wind"].pk
    assert first_offered(message) == "공기청정기 필터 알림 초기화"


def test_a_product_that_is_named_takes_its_place(visitor, world, shop):
    message = said(visitor, world, "공기청정기 소리가 커요", "이어폰 초기화하기", "초기화는 어떻게 해요?")

    assert talked_of(message).product == shop["pods"].pk
    assert first_offered(message) == "이어폰 초기화하기"


def test_before_anything_was_said_the_page_it_was_begun_on_counts(visitor, world, shop):
    message = said(visitor, world, "초기화는 어떻게 해요?")
    chat = message.conversation
    chat.about = {"product": shop["wind"].pk}

    assert talked_of(message) is None
    assert respond.place_of(message) == respond.page_of(chat)


def test_a_product_that_is_no_more_is_not_talked_of(visitor, world, shop):
    message = said(visitor, world, "공기청정기 소리가 커요", "초기화는 어떻게 해요?")
    told = message.conversation.messages.filter(author_kind="bot").first()
    told.data["thing"] = 10**9
    told.save(update_fields=["data"])

    assert talked_of(message) is None
