"""Following by mail: wanted by whoever owns the address, told once, left with one press by anybody who holds the mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.knowledge.subscriptions import ASKED_MOST, Subscription
from tests.talk.conftest import fresh_limits, minji  # noqa: F401  (fixtures)

LINK = re.compile(r"https?://[^/\s]+(/hc/\S+)")


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)


def press(client: Client, path: str, **fields):
    token = client.get("/token").json()["token"]
    return client.post(path, {"csrfmiddlewaretoken": token, **fields})


def words(letter) -> str:
    return next(
        part.get_content() for part in letter.message().walk() if part.get_content_type() == "text/plain"
    )


def change(world, article, words: str) -> None:
    article.write("ko", title="환불 안내", html=f"<p>{words}</p>", by=world.agent)
    article.translations.get(locale="ko").publish(by=world.agent)
    world.settle()


def follow(world, **what) -> Subscription:
    return Subscription.ask(
        "soo@example.com", brand=world.brand, locale="ko", by=SYSTEM, is_proved=True, **what
    )


def test_a_stranger_is_asked_first_told_of_a_change_once_and_leaves_with_one_press(reader, world):
    article = world.article("환불 안내", "<p>3일 걸려요.</p>")
    world.settle()

    page = press(reader, "/hc/ko/follow", email="Soo@Example.com", article=article.pk)
    world.settle()
    assert "메일" in page.content.decode() and len(mail.outbox) == 1
    change(world, article, "4일 걸려요.")
    assert len(mail.outbox) == 1, "told before the address agreed"

    link = LINK.search(words(mail.outbox[0]))[1]
    reader.get(link)
    assert not Subscription.objects.standing().exists(), "a mail scanner agreed for somebody"
    press(reader, link)
    with clock.at(clock.now() + timedelta(hours=2)):
        change(world, article, "5일 걸려요.")
        world.settle()
    assert len(mail.outbox) == 2
    told = mail.outbox[1]
    assert "5일 걸려요" in words(told) and told.to == ["soo@example.com"]

    sent = told.message()
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = LINK.search(sent["List-Unsubscribe"])[1].rstrip(">")
    reader.get(leave)
    assert Subscription.objects.standing().exists()
    assert Client(enforce_csrf_checks=True).post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with clock.at(clock.now() + timedelta(hours=4)):
        change(world, article, "6일 걸려요.")
        world.settle()
    assert len(mail.outbox) == 2


def test_a_mail_says_what_changed_since_the_state_told_before(world):
    same = "<p>환불은 주문 내역에서 신청해요.</p>"
    article = world.article("환불 안내", f"{same}<p>3일 걸려요.</p>")
    world.settle()
    follow(world, article=article)

    for hours, days in ((2, 4), (4, 5)):
        with clock.at(clock.now() + timedelta(hours=hours)):
            html = f'{same}<p>{days}일 걸려요.</p><section data-audience="agents"><p>속으로만 {days}</p></section>'
            article.write("ko", title="환불 안내", html=html, by=world.agent)
            article.translations.get(locale="ko").publish(by=world.agent)
            world.settle()

    assert len(mail.outbox) == 2
    for letter, told in zip(mail.outbox, ("4일 걸려요.", "5일 걸려요."), strict=True):
        assert told in words(letter) and "바뀐 내용" in words(letter)
        assert "주문 내역에서" not in words(letter) and "속으로만" not in words(letter)


def test_nobody_fills_somebody_elses_mailbox_with_questions(reader, world):
    articles = [world.article(f"글 {n}", "<p>글이에요.</p>") for n in range(5)]
    world.settle()
    for email in ("soo@example.com", "soo+a@example.com", "soo+b@example.com"):
        for article in [*articles, articles[0]]:
            assert press(reader, "/hc/ko/follow", email=email, article=article.pk).status_code == 200
            world.settle()
    assert len(mail.outbox) == ASKED_MOST

    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        press(reader, "/hc/ko/follow", email="soo@example.com", article=articles[0].pk)
        world.settle()
    assert len(mail.outbox) == ASKED_MOST + 1


def test_who_answers_is_asked_about_as_many_things_as_they_like(reader, world):
    for n in range(ASKED_MOST + 2):
        article = world.article(f"글 {n}", "<p>글이에요.</p>")
        world.settle()
        press(reader, "/hc/ko/follow", email="soo@example.com", article=article.pk)
        world.settle()
        press(reader, LINK.search(words(mail.outbox[-1]))[1])

    assert len(mail.outbox) == Subscription.objects.standing().count() == ASKED_MOST + 2


def test_who_left_can_follow_again_on_the_same_day(reader, world):
    press(reader, "/hc/ko/follow", email="soo@example.com")
    world.settle()
    press(reader, LINK.search(words(mail.outbox[-1]))[1])
    Subscription.objects.get().leave(by=SYSTEM)

    press(reader, "/hc/ko/follow", email="soo@example.com")
    world.settle()

    assert len(mail.outbox) == 2


def test_who_follows_an_article_and_its_topic_gets_one_mail(world):
    article = world.article("환불 안내", "<p>3일 걸려요.</p>")
    world.settle()
    follow(world, article=article)
    follow(world, topic=world.topic)
    follow(world, product=world.product)

    change(world, article, "4일 걸려요.")

    assert len(mail.outbox) == 1


def test_three_changes_in_an_hour_are_told_once_more_and_not_thrice(world):
    article = world.article("환불 안내", "<p>3일 걸려요.</p>")
    follow(world, topic=world.topic)
    world.settle()
    assert len(mail.outbox) == 1
    for days in (4, 5, 6):
        change(world, article, f"{days}일 걸려요.")
    assert len(mail.outbox) == 1
    with clock.at(clock.now() + timedelta(hours=2)):
        world.settle()
    assert len(mail.outbox) == 2 and "6일" in words(mail.outbox[1])


def test_nobody_is_told_of_what_they_may_not_read(world):
    article = world.article("환불 안내", "<p>3일 걸려요.</p>")
    world.settle()
    follow(world, article=article)
    article.show_to("agents", by=world.agent)

    change(world, article, "비밀 4일.")

    assert mail.outbox == []


def test_a_reader_who_signed_in_needs_no_second_mail(minji, world):  # noqa: F811
    minji.presses(
        "follow", topic=world.article("환불 안내", "<p>3일.</p>").topic_id, email="minji@example.com"
    )
    assert Subscription.objects.standing().count() == 1


@pytest.mark.parametrize("path", ["/hc/ko/follow/forged", "/hc/ko/leave/1:forged", "/hc/en/leave/x"])
def test_a_link_that_is_none_changes_nothing(reader, world, path):
    assert reader.get(path).status_code == 410


def test_news_past_its_end_is_listed_nowhere_and_keeps_its_address(client, world):
    news = world.article("점검 안내", "<p>새벽에 쉬어요.</p>", kind="news")
    news.end_at(clock.now() + timedelta(days=1), by=world.agent)
    lists = (
        "/hc/ko",
        "/hc/ko/news.atom",
        f"/hc/ko/sections/{world.topic.pk}-refunds",
        "/sitemap.xml",
        "/llms.txt",
    )
    address = client.get(f"/hc/ko/articles/{news.pk}").headers["Location"]
    number = f"articles/{news.pk}-"
    assert all(number in client.get(path).content.decode() for path in lists)

    with clock.at(clock.now() + timedelta(days=2)):
        assert [path for path in lists if number in client.get(path).content.decode()] == []
        assert "끝났어요" in client.get(address).content.decode()


def test_a_topic_and_a_product_have_feeds_of_their_own(client, world):
    world.article("환불 안내", "<p>3일 걸려요.</p>")
    hidden = world.article("내부 기준", "<p>쉿.</p>", audience="agents")
    for path in (f"/hc/ko/sections/{world.topic.pk}.atom", f"/hc/ko/products/{world.product.pk}.atom"):
        feed = client.get(path).content.decode()
        assert "환불 안내" in feed and "3일 걸려요" in feed and f"articles/{hidden.pk}" not in feed
