"""The shelves of the console: an order made by hand, and no link broken by it."""

import pytest

from handrail.accounts.models import Role
from handrail.knowledge.products import Product, Topic
from tests.desk.conftest import signed_in


@pytest.fixture
def author(world):
    return signed_in(world.staff("author@handrail.test", "정작가", Role.AUTHOR))


@pytest.fixture
def shipping(world) -> Topic:
    topic = Topic.offer(
        world.product, "shipping", names={"ko": "배송", "en": "Shipping"}, position=2, by=world.agent
    )
    world.topic.position = 1
    world.topic.save()
    return topic


def order(product: Product, parent: Topic | None = None) -> list[str]:
    return list(Topic.objects.filter(product=product, parent=parent).values_list("slug", flat=True))


def test_buttons_move_a_topic_within_its_level_below_another_and_out_again(author, world, shipping):
    move = f"/console/topics/{shipping.pk}/move"

    author.post(move, {"to": "up"})
    assert order(world.product) == ["shipping", "refunds"]
    author.post(move, {"to": "down"})
    assert order(world.product) == ["refunds", "shipping"]
    author.post(move, {"to": "in"})
    assert (order(world.product), order(world.product, world.topic)) == (["refunds"], ["shipping"])
    author.post(move, {"to": "out"})
    assert order(world.product) == ["refunds", "shipping"]


def test_a_topic_dropped_into_another_product_takes_all_below_it_and_every_link_along(
    author, client, world, shipping
):
    article = world.article("환불 안내", "<p>3일 걸려요.</p>")
    old = client.get(f"/hc/ko/articles/{article.pk}").headers["Location"]
    shipping.put(parent=world.topic, by=world.agent)
    other = Product.offer(world.brand, "lamp", names={"ko": "스탠드", "en": "Lamp"}, by=world.agent)

    author.post(f"/console/topics/{world.topic.pk}/move", {"product": other.pk})

    assert order(other) == ["refunds"] and Topic.objects.get(slug="shipping").product == other
    page = client.get(old)
    assert page.status_code == 200 and "스탠드" in page.content.decode()
    assert client.get(f"/hc/ko/sections/{world.topic.pk}-refunds").status_code == 200


@pytest.mark.parametrize("where", ["itself", "below itself", "too deep"])
def test_where_a_topic_cannot_stand_is_said_and_nothing_moves(author, world, shipping, where):
    deepest = Topic.offer(world.product, "abroad", names={"ko": "해외", "en": "Abroad"}, by=world.agent)
    shipping.put(parent=world.topic, by=world.agent)
    deepest.put(parent=shipping, by=world.agent)
    extra = Topic.offer(world.product, "extra", names={"ko": "더", "en": "More"}, by=world.agent)
    moved, target = {
        "itself": (world.topic, world.topic), "below itself": (world.topic, deepest), "too deep": (extra, deepest),
    }[where]  # fmt: skip

    answer = author.post(f"/console/topics/{moved.pk}/move", {"parent": target.pk})

    assert answer.status_code == 409 and 'role="alert"' in answer.content.decode()
    moved.refresh_from_db()
    assert moved.parent is None


def test_articles_are_ordered_by_buttons_and_by_being_dropped(author, client, world, shipping):
    first, second, third = (world.article(f"글 {n}", "<p>본문이에요.</p>") for n in (1, 2, 3))

    author.post(f"/console/topics/articles/{third.pk}/move", {"to": "up"})
    assert list(world.topic.articles.all()) == [first, third, second]
    author.post(f"/console/topics/articles/{second.pk}/move", {"topic": world.topic.pk, "before": first.pk})
    assert list(world.topic.articles.all()) == [second, first, third]
    author.post(f"/console/topics/articles/{first.pk}/move", {"topic": shipping.pk})
    assert list(shipping.articles.all()) == [first]
    shown = client.get(f"/hc/ko/sections/{world.topic.pk}-refunds").content.decode()
    assert 0 < shown.index("글 2") < shown.index("글 3") and "글 1" not in shown


def test_a_dissolved_topic_leads_its_readers_to_where_its_articles_went(author, client, world, shipping):
    article = world.article("환불 안내", "<p>3일 걸려요.</p>")
    old = f"/hc/ko/sections/{world.topic.pk}-refunds"

    author.post(f"/console/topics/{world.topic.pk}/dissolve", {"into": shipping.pk})

    assert client.get(old, follow=True).redirect_chain[0][1] == 301
    assert "환불 안내" in client.get(old, follow=True).content.decode()
    article.refresh_from_db()
    assert article.topic == shipping


def test_a_parent_is_shown_for_what_stands_below_it_and_hidden_with_it(client, world, shipping):
    shipping.put(parent=world.topic, by=world.agent)
    article = world.article("해외 배송", "<p>7일이에요.</p>")
    article.move(shipping, by=world.agent)

    parent = client.get(f"/hc/ko/sections/{world.topic.pk}-refunds").content.decode()
    assert "배송" in parent and "글 1개" in parent
    assert "환불" in client.get(f"/hc/ko/articles/{article.pk}", follow=True).content.decode()
    article.show_to("agents", by=world.agent)
    assert client.get(f"/hc/ko/sections/{world.topic.pk}-refunds").status_code == 404


def test_a_topic_is_added_and_named_in_both_languages(author, world):
    author.post("/console/topics/new", {"product": world.product.pk, "name_ko": "교환", "name_en": "Refunds"})
    topic = Topic.objects.get(slug="refunds-2")
    assert topic.name("ko") == "교환"
    answer = author.post(f"/console/topics/{topic.pk}", {"name_ko": "", "name_en": "Exchange"})
    assert answer.status_code == 400
    author.post(f"/console/topics/{topic.pk}", {"name_ko": "교환", "name_en": "Exchange", "role": "problem"})
    topic = Topic.objects.get(pk=topic.pk)
    assert (topic.name("en"), topic.role) == ("Exchange", "problem")


def test_the_tree_is_shown_with_few_questions_to_the_database(
    author, world, shipping, django_assert_max_num_queries
):
    world.article("환불 안내", "<p>3일 걸려요.</p>")
    author.get("/console/topics")
    with django_assert_max_num_queries(18):
        page = author.get(f"/console/topics?open={world.topic.pk}").content.decode()
    assert "환불 안내" in page and "배송" in page


def test_an_administrator_says_which_team_answers_for_a_product(author, world):
    admin = signed_in(world.staff("boss@handrail.test", "최관리", Role.ADMIN))
    place = f"/console/topics/products/{world.product.pk}/team"

    assert author.post(place, {"team": world.team.pk}).status_code == 404
    admin.post(place, {"team": world.team.pk})
    world.product.refresh_from_db()

    assert world.product.team == world.team
    assert f'value="{world.team.pk}" selected' in admin.get("/console/topics").content.decode()
    assert "/team" not in author.get("/console/topics").content.decode()
    admin.post(place, {"team": ""})
    world.product.refresh_from_db()
    assert world.product.team is None
