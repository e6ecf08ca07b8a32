"""Articles and their readers: whom they failed, and what an edit changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handrail.accounts.models import Role, Team
from handrail.accounts.viewer import STRANGER, Viewer
from handrail.conversations.models import Conversation
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.insights.gathering import gather
from handrail.insights.intervals import Share, change, wilson
from handrail.insights.readers import edits, failing, landed, readers
from handrail.insights.searching import journeys, lately
from handrail.intake import chat
from handrail.intake.escalate import escalate
from handrail.intake.form import Enquiry, send
from handrail.knowledge import feedback

AUTHOR = Viewer(user_id=1, role=Role.AUTHOR)


def vote(article, *, yes=0, no=0, reason="unclear", text="", days_ago=0.0, start=0):
    with clock.at(clock.now() - timedelta(days=days_ago)):
        for number in range(start, start + yes + no):
            is_helpful = number < start + yes
            feedback.give(
                article,
                locale="ko",
                is_helpful=is_helpful,
                reader=f"{days_ago}-{number}",
                by=STRANGER,
                reason="" if is_helpful else reason,
                text="" if is_helpful else text,
            )


def enquire(world, article, number=0):
    return send(
        Enquiry(
            "교환이 안 돼요",
            "본문",
            f"c{number}",
            address=f"p{number}@example.com",
            tried=[{"kind": "read", "article": article.pk}],
        ),
        Viewer(),
        inbox=world.mail,
    )


def test_the_range_of_a_share_is_wilsons():
    low, high = wilson(8, 10)

    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError):
        wilson(3, 2)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (Share(20, 60), Share(50, 60), "better"),
        (Share(50, 60), Share(20, 60), "worse"),
        (Share(30, 60), Share(33, 60), "same"),
        (Share(1, 3), Share(3, 3), "few"),
        (Share(20, 60), Share(3, 3), "few"),
    ],
)
def test_a_change_is_told_only_beyond_chance_and_with_enough_votes(before, after, verdict):
    assert change(before, after) == verdict


def test_what_failed_most_readers_comes_first(world):
    one = world.article("교환하기", "<p>눌러요.</p>")
    other = world.article("환불하기", "<p>눌러요.</p>")
    good = world.article("배송 조회", "<p>눌러요.</p>")
    vote(one, yes=40, no=4)
    vote(other, yes=1, no=3)
    vote(good, yes=30, no=1)
    for number in range(2):
        enquire(world, one, number)
    gather()

    by_people = failing(AUTHOR, lately(28))
    by_share = failing(AUTHOR, lately(28), by_share=True)

    assert [(each.article, each.failed) for each in by_people] == [(one.pk, 6), (other.pk, 3)]
    assert [each.article for each in by_share] == [other.pk, one.pk]
    assert by_people[0].reasons == {"unclear": 4}
    assert by_people[1].helpful.is_small


def test_a_chat_passed_on_after_a_quoted_answer_counts_for_that_article(world):
    article = world.article("교환하기", "<p>눌러요.</p>")
    talk = chat.begin(Viewer(chat_key="k"), inbox=world.chat)
    talk.reply("눌러요.", by=SYSTEM, mail=False, data={"answer": {"article": article.pk}})
    talk.messages.update(author_kind="bot")
    gather()
    assert not told(article)
    escalate(talk, reason="asked", by=talk.requester)
    gather()
    gather()

    assert told(article).contacts == 1


def told(article):
    found = readers(AUTHOR, lately(28), only=article.pk)
    return found[0] if found else None


def test_questions_that_led_to_an_article_are_as_many_as_the_list_shows(world, asking, author):
    article, other = world.article("교환하기", "<p>눌러요.</p>"), world.article("환불하기", "<p>눌러요.</p>")
    asking.ask("교환 1", article=article)
    asking.ask("교환 2", "choices", article=other).open(article, by=STRANGER)
    asking.ask("교환 3", article=article).open(other, by=STRANGER)
    asking.ask("교환 4", "handover", article=article)
    gather()

    assert landed(AUTHOR, lately(28)) == {article.pk: 2, other.pk: 1}
    assert journeys(AUTHOR, lately(28)).leading_to(article.pk).count() == 2
    rows = author.get(f"/console/insights/questions?article={article.pk}").content.decode()
    assert "교환 1" in rows and "교환 2" in rows and "교환 3" not in rows


def test_an_edit_is_compared_with_what_was_before_it(world):
    now = clock.now()
    with clock.at(now - timedelta(days=60)):
        article = world.article("교환하기", "<p>눌러요.</p>")
    vote(article, yes=10, no=30, days_ago=40)
    vote(article, yes=1, no=9, days_ago=31)
    with clock.at(now - timedelta(days=20)):
        article.write("ko", title="교환하기", html="<p>주문 내역에서 눌러요.</p>", by=world.agent)
        article.translations.get().publish(by=world.agent)
    vote(article, yes=35, no=5, days_ago=10)

    [edit] = edits(article)

    assert (edit.before.part, edit.before.whole) == (11, 50)
    assert (edit.after.part, edit.after.whole) == (35, 40)
    assert (edit.verdict, edit.days_before, edit.days_after) == ("better", 28, 20)


def test_few_votes_are_said_to_be_few(world, author):
    now = clock.now()
    with clock.at(now - timedelta(days=30)):
        article = world.article("교환하기", "<p>눌러요.</p>")
    vote(article, no=3, days_ago=20)
    with clock.at(now - timedelta(days=10)):
        article.write("ko", title="교환하기", html="<p>여기를 눌러요.</p>", by=world.agent)
        article.translations.get().publish(by=world.agent)
    vote(article, yes=3, days_ago=5)

    text = author.get(f"/console/readers/{article.pk}").content.decode()

    assert edits(article)[0].verdict == "few"
    assert "판단하기에는" in text


def test_reasons_are_shown_in_the_readers_words_without_their_data(world, author):
    article = world.article("교환하기", "<p>눌러요.</p>")
    vote(article, no=3, text="버튼이 없어요 kim@example.com 010-1234-5678")

    text = author.get(f"/console/readers/{article.pk}").content.decode()

    assert "버튼이 없어요" in text
    assert "kim@example.com" not in text and "1234" not in text
    assert f"/console/readers/{article.pk}" in author.get("/console/readers").content.decode()


def test_who_may_not_read_the_article_sees_neither_title_nor_numbers(world, author, monkeypatch):
    article = world.article("연차 규정", "<p>열다섯 날.</p>", audience="employees")
    vote(article, no=5)
    assert "연차 규정" in author.get("/console/readers").content.decode()

    monkeypatch.setattr(Viewer, "audiences", property(lambda self: ("public", "signed_in")))

    for path in ("/console/readers", "/console/readers?as=csv", "/console/readers?order=share&as=json"):
        assert "연차" not in author.get(path).content.decode()
    assert author.get(f"/console/readers/{article.pk}").status_code == 404
    assert not readers(AUTHOR, lately(28), only=article.pk)


def test_a_conversation_of_a_private_team_is_counted_and_not_named(world):
    from tests.desk.conftest import signed_in

    article = world.article("교환하기", "<p>눌러요.</p>")
    talk = enquire(world, article)
    gather()
    manager = signed_in(world.staff("boss@handrail.test", "박매니저", Role.MANAGER))
    assert f"#{talk.pk}" in manager.get(f"/console/readers/{article.pk}").content.decode()

    private = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    Conversation.objects.filter(pk=talk.pk).update(team=private)

    assert f"#{talk.pk}" not in manager.get(f"/console/readers/{article.pk}").content.decode()
    assert told(article).contacts == 1


def test_the_pages_cost_the_same_for_one_article_and_for_many(world, author, django_assert_max_num_queries):
    first = world.article("교환하기", "<p>눌러요.</p>")
    vote(first, no=3)
    author.get("/console/readers")
    with django_assert_max_num_queries(24) as few:
        author.get("/console/readers")
    for number in range(12):
        vote(world.article(f"글 {number}", "<p>눌러요.</p>"), no=4)
    with django_assert_max_num_queries(24) as many:
        author.get("/console/readers")
    assert len(many) == len(few)

    with django_assert_max_num_queries(32):
        author.get(f"/console/readers/{first.pk}")


def test_the_articles_own_page_shows_its_numbers(world, author):
    article = world.article("교환하기", "<p>눌러요.</p>")
    feedback.count_read(article.pk, locale="ko", times=1234)
    vote(article, yes=30, no=10)

    text = author.get(f"/console/articles/{article.pk}/ko").content.decode()

    assert "1,234" in text and "75 %" in text


def test_a_year_without_readers_is_an_empty_page(author):
    assert author.get("/console/readers?days=365").status_code == 200
