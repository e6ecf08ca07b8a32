"""Authors keep the knowledge: the list of articles and the page of one."""

import pytest

from handrail.accounts.models import Role
from handrail.knowledge.models import Article
from tests.desk.conftest import signed_in


@pytest.fixture
def author(world):
    return world.staff("author@handrail.test", "한지우", Role.AUTHOR)


@pytest.fixture
def reviewer(world):
    return world.staff("reviewer@handrail.test", "오하늘", Role.REVIEWER)


@pytest.fixture
def console(author):
    return signed_in(author)


def begin(console, world, title="환불 신청하는 방법", html="<p>주문 목록에서 신청해요.</p>"):
    fields = {"title": title, "html": html, "topic": world.topic.pk, "locale": "ko", "kind": "how-to"}
    response = console.post("/console/articles/new", fields)
    assert response.status_code == 302, response.content.decode()
    return Article.objects.order_by("-pk").first()


def write(console, article, locale="ko", **fields):
    base = article.translations.filter(locale=locale).first()
    known = {
        "title": "환불 신청하는 방법",
        "html": "<p>달라졌어요.</p>",
        "base": base.newest.number if base else 0,
    }
    return console.post(f"/console/articles/{article.pk}/{locale}", known | fields)


def test_an_author_begins_an_article_that_no_reader_sees(console, world, client):
    article = begin(console, world)

    assert article.owner.name == "한지우"
    assert article.translations.get().stage == "draft"
    assert client.get(f"/hc/ko/articles/{article.pk}").status_code == 404
    page = console.get(f"/console/articles/{article.pk}/ko").content.decode()
    assert "<article-editor" in page and "주문 목록에서 신청해요." in page


def test_an_author_cannot_publish_before_a_reviewer_approved(console, world, reviewer):
    article = begin(console, world)

    refused = write(console, article, then="publish")
    write(console, article, then="ask", reviewer=reviewer.pk)
    signed_in(reviewer).post(f"/console/articles/{article.pk}/ko/step", {"step": "approve"})
    write(console, article, then="publish")

    assert refused.status_code == 422
    assert article.translations.get().published.text == "달라졌어요."


def test_a_reviewer_who_asks_for_changes_says_what(console, world, reviewer):
    article = begin(console, world)
    write(console, article, then="ask")
    reviewing = signed_in(reviewer)

    empty = reviewing.post(f"/console/articles/{article.pk}/ko/step", {"step": "changes", "text": " "})
    reviewing.post(
        f"/console/articles/{article.pk}/ko/step", {"step": "changes", "text": "기한을 적어 주세요"}
    )

    assert empty.status_code == 422
    assert article.translations.get().stage == "changes"
    assert "기한을 적어 주세요" in console.get(f"/console/articles/{article.pk}/ko").content.decode()


def test_two_authors_never_write_over_each_other(console, world, reviewer):
    article = begin(console, world)
    write(signed_in(reviewer), article, html="<p>오하늘이 고쳤어요.</p>")

    late = write(console, article, html="<p>한지우가 고쳤어요.</p>", base=1)

    assert late.status_code == 409
    assert "한지우가 고쳤어요." in late.content.decode()
    assert article.translations.get().draft.text == "오하늘이 고쳤어요."


def test_the_list_is_narrowed_by_state_language_owner_and_words(console, world, author):
    shown = world.article("배송 조회", "<p>송장 번호로 조회해요.</p>")
    begin(console, world)

    def titles(query):
        return console.get(f"/console/articles?{query}").content.decode()

    assert "배송 조회" in titles("state=published") and "환불 신청" not in titles("state=published")
    assert "배송 조회" in titles("query=송장") and "환불 신청" not in titles("query=송장")
    assert "환불 신청" in titles(f"owner={author.pk}") and "배송 조회" not in titles(f"owner={author.pk}")
    assert "배송 조회" in titles("lacks=en")
    assert shown.pk


def test_the_list_costs_the_same_for_one_article_and_for_many(console, world, django_assert_max_num_queries):
    for number in range(12):
        world.article(f"글 {number}", "<p>말</p>")
    with django_assert_max_num_queries(16):
        console.get("/console/articles")


def test_agents_and_customers_find_no_console_of_articles(world, client):
    article = world.article("배송 조회", "<p>조회해요.</p>")
    agent = signed_in(world.agent)

    for path in ("/console/articles", f"/console/articles/{article.pk}/ko", "/console/articles/new"):
        assert agent.get(path).status_code == 404
        assert client.get(path).status_code == 302
