"""Authors keep the knowledge: the list of articles and the page of one."""

import re
from html import unescape

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


def test_pictures_nobody_described_are_named_at_review_and_hold_nothing_up(console, world, reviewer):
    html = '<h2>뒷면</h2><figure><img src="/hc/files/a" width="8" height="6"></figure><p><img src="/hc/files/b" alt=""> 말</p>'
    article = begin(console, world, html=html)
    page = f"/console/articles/{article.pk}/ko"
    at_first = console.get(page).content.decode()
    assert 'data-describe="/hc/files/a"' in at_first and 'data-describe="/hc/files/b"' not in at_first

    write(console, article, html=html, then="ask", reviewer=reviewer.pk)

    assert article.translations.get().stage == "review"
    assert 'data-meaning="waiting"' in notices(console.get(page))
    seat = signed_in(reviewer)
    seen = seat.get(page).content.decode()
    assert 'data-describe="/hc/files/a"' in seen and "뒷면" in seen
    assert 'data-describe="/hc/files/a"' in seat.get(f"{page}/difference").content.decode()
    seat.post(f"{page}/step", {"step": "approve"})
    assert 'data-meaning="waiting"' in notices(seat.get(page))
    write(console, article, html=html.replace('height="6"', 'height="6" alt="단자"'), then="publish")
    described = console.get(page)
    assert "data-describe" not in described.content.decode()
    assert 'data-meaning="waiting"' not in notices(described)


def notices(response):
    """What the page says of the step before, above its title."""
    return response.content.decode().split("article-head")[0]


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
    with django_assert_max_num_queries(20):
        console.get("/console/articles")


def test_agents_and_customers_find_no_console_of_articles(world, client):
    article = world.article("배송 조회", "<p>조회해요.</p>")
    agent = signed_in(world.agent)

    for path in ("/console/articles", f"/console/articles/{article.pk}/ko", "/console/articles/new"):
        assert agent.get(path).status_code == 404
        assert client.get(path).status_code == 302


def test_what_is_typed_and_not_saved_comes_back_for_its_author_alone(console, world, reviewer):
    article = begin(console, world)
    where = f"/console/articles/{article.pk}/ko"
    typed = {"title": "환불 신청하는 방법", "html": "<p>쓰다 만 글</p>", "base": 1}

    kept = console.post(f"{where}/scratch", typed).json()
    mine = console.get(where).content.decode()
    theirs = signed_in(reviewer).get(where).content.decode()
    console.post(f"{where}/scratch", {"discard": "1"})

    assert kept["said"] and "쓰다 만 글" in mine
    assert "쓰다 만 글" not in theirs and "한지우" in theirs
    assert "쓰다 만 글" not in console.get(where).content.decode()


def test_saving_forgets_what_was_kept_aside(console, world):
    article = begin(console, world)
    console.post(
        f"/console/articles/{article.pk}/ko/scratch", {"title": "가", "html": "<p>나</p>", "base": 1}
    )

    write(console, article, html="<p>저장한 글</p>")

    assert not article.scratches.exists()


def test_a_conflict_shows_both_texts_and_the_second_press_decides(console, world, reviewer):
    article = begin(console, world)
    write(signed_in(reviewer), article, html="<p>오하늘이 고쳤어요.</p>")
    mine = {"title": "환불 신청하는 방법", "html": "<p>한지우가 고쳤어요.</p>"}

    late = console.post(f"/console/articles/{article.pk}/ko", mine | {"base": 1}).content.decode()
    console.post(f"/console/articles/{article.pk}/ko", mine | {"base": 2})

    assert "<del>오하늘이</del>" in late and "<ins>한지우가</ins>" in late
    assert article.translations.get().draft.text == "한지우가 고쳤어요."


def test_a_reviewer_sees_the_difference_and_anybody_who_writes_restores_a_version(console, world):
    article = begin(console, world, html="<p>환불은 3일 안에 돼요.</p>")
    write(console, article, html="<p>환불은 5일 안에 돼요.</p>")
    where = f"/console/articles/{article.pk}/ko"

    shown = console.get(f"{where}/difference?old=1&new=2").content.decode()
    console.post(f"{where}/restoration", {"number": "1"})
    history = console.get(f"{where}/history").content.decode()

    assert "<del>3</del>" in shown and "<ins>5</ins>" in shown
    assert article.translations.get().draft.text == "환불은 3일 안에 돼요."
    assert "한국어 1판을 3판으로 되살렸어요" in history


def test_a_translator_sees_what_changed_in_the_original(console, world):
    article = world.article("환불 기한", "<p>환불은 3일 안에 돼요.</p>")
    write(console, article, locale="en", title="Refunds", html="<p>3 days.</p>", base=0)
    article.translations.get(locale="en").publish(by=world.agent)
    article.write("ko", title="환불 기한", html="<p>환불은 5일 안에 돼요.</p>", by=world.agent)
    article.translations.get(locale="ko").publish(by=world.agent)
    where = f"/console/articles/{article.pk}/en"

    before = console.get(f"{where}/translation").content.decode()
    original = article.newest_of_original()
    write(console, article, locale="en", title="Refunds", html="<p>5 days.</p>", translated_from=original.pk)
    article.translations.get(locale="en").publish(by=world.agent)
    after = console.get(f"{where}/translation").content.decode()

    assert "<ins>5</ins>" in before and "번역 갱신 필요" in before
    assert "<ins>" not in after and not article.translations.get(locale="en").is_outdated


def test_a_translator_may_begin_with_the_originals_text_where_nothing_is_written(console, world):
    html = '<ol class="steps"><li>주문을 열어요</li></ol><figure><img src="/hc/files/a" width="8" height="6" alt="단자"></figure>'
    article = begin(console, world, html=html)
    page = f"/console/articles/{article.pk}/en/translation"
    assert "?begin=original" in console.get(page).content.decode()

    begun = unescape(console.get(f"{page}?begin=original").content.decode())

    field = begun.split('name="html"')[1].split("</textarea>")[0]
    assert 'class="steps"' in field and 'src="/hc/files/a"' in field
    assert not article.translations.filter(locale="en").exists()
    write(console, article, locale="en", title="Refunds", html="<p>3 days.</p>")
    written = unescape(console.get(f"{page}?begin=original").content.decode())
    assert "?begin=original" not in written and "/hc/files/a" not in written.split('name="html"')[1]


def test_a_preview_is_for_colleagues_and_shows_the_draft(console, world, client):
    article = begin(console, world)
    path = f"/hc/ko/articles/{article.pk}/preview"

    shown = console.get(path)

    assert "주문 목록에서 신청해요." in shown.content.decode() and shown["Cache-Control"] == "no-store"
    assert client.get(path).status_code == 302
    assert signed_in(world.agent).get(path).status_code == 404


def test_what_waits_for_somebody_stands_in_one_place(console, world, author, reviewer):
    article = begin(console, world)
    write(console, article, then="ask")
    reviewing = signed_in(reviewer)

    waiting = reviewing.get("/console/tasks").content.decode()
    reviewing.post(
        f"/console/articles/{article.pk}/ko/step", {"step": "changes", "text": "기한을 적어 주세요"}
    )
    sent_back = console.get("/console/tasks").content.decode()

    assert "환불 신청하는 방법" in waiting
    assert "기한을 적어 주세요" in sent_back
    assert "환불 신청하는 방법" not in reviewing.get("/console/tasks").content.decode()


def test_an_article_that_is_not_begun_yet_is_kept_too(console, world, author):
    typed = {"title": "새로 쓰는 글", "html": "<p>쓰다 만 글</p>", "topic": world.topic.pk, "locale": "en"}

    console.post("/console/articles/new/scratch", typed)
    console.post("/console/articles/new/scratch", typed | {"title": "새로 쓰던 글"})
    again = console.get("/console/articles/new").content.decode()
    begin(console, world, title="새로 쓰던 글")

    assert "새로 쓰던 글" in again and "쓰다 만 글" in again and 'value="en" selected' in again
    assert "쓰다 만 글" not in console.get("/console/articles/new").content.decode()


def test_each_step_says_what_came_of_it(console, world, reviewer):
    article = begin(console, world)
    home = f"/console/articles/{article.pk}/ko"
    page = write(console, article, then="ask", html="<p>새 글.</p>") and console.get(home).content.decode()
    assert "검토를 부탁했어요." in page and "저장했어요." not in page

    desk = signed_in(reviewer)
    for fields, said in [
        ({"step": "changes", "text": "더 짧게요."}, "돌려보냈어요."),
        ({"step": "approve"}, "승인했어요."),
        ({"step": "schedule", "at": "2100-01-01T09:00"}, "예약했어요."),
        ({"step": "unschedule"}, "예약을 취소했어요."),
        ({"step": "publish"}, "공개했어요."),
        ({"step": "withdraw"}, "공개를 내렸어요."),
    ]:
        assert said in desk.post(f"{home}/step", fields, follow=True).content.decode(), fields


def test_a_verdict_names_the_version_it_was_about(console, world, reviewer):
    article = begin(console, world)
    home = f"/console/articles/{article.pk}/ko"
    write(console, article, then="ask", html="<p>새 글.</p>")
    approved = article.translations.get(locale="ko").draft.number
    signed_in(reviewer).post(f"{home}/step", {"step": "approve"})
    write(console, article, html="<p>그 뒤에 고친 글.</p>")

    page = console.get(home).content.decode()

    assert article.translations.get(locale="ko").draft.number == approved + 1
    assert f"{approved}판 · " in page.partition('data-verdict="approved"')[2].partition("</p>")[0]


def compared(console, article):
    page = console.get(f"/console/articles/{article.pk}/ko/difference").content.decode()
    return re.findall(r"<h2>([^<]*?)\s*<", page.split("difference-heads")[1])


def test_a_reviewer_of_words_nobody_saw_yet_reads_all_of_them(console, world, reviewer):
    article = begin(console, world, html="<p>처음 문장.</p>")
    write(console, article, html="<p>처음 문장.</p><p>다음 문장.</p>", then="ask")
    desk = signed_in(reviewer)
    assert compared(desk, article) == ["이전 판 없음", "2판"]

    desk.post(f"/console/articles/{article.pk}/ko/step", {"step": "changes", "text": "짧게요."})
    write(console, article, html="<p>처음.</p>")
    write(console, article, html="<p>처음.</p><p>끝.</p>", then="ask")
    assert compared(desk, article) == ["2판", "4판"]


def test_whatever_is_kept_beside_the_text_says_so(console, world):
    article = begin(console, world)
    at = f"/console/articles/{article.pk}"
    for address, fields in [
        (f"{at}/place", {"audience": "employees", "topic": world.topic.pk}),
        (f"{at}/furniture", {"labels": "카드", "related": ""}),
        (f"{at}/care", {"owner": "", "check_by": ""}),
        (f"{at}/confirmation", {}),
        (f"{at}/archive", {}),
        ("/console/synonyms/keep", {"locale": "ko", "words": "환불, 반품"}),
        ("/console/topics/new", {"product": world.product.pk, "name_ko": "새 주제", "name_en": "New"}),
    ]:
        assert "저장했어요." in console.post(address, fields, follow=True).content.decode(), address
    console.post(f"{at}/archive", {"back": 1})
    page = console.post(f"{at}/ko/restoration", {"number": 1}, follow=True).content.decode()
    assert "1판을 초안으로 되살렸어요." in page
