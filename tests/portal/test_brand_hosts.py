"""Several brands: whose help centre a request is for follows from the host name it came to, and mails bear that brand."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from handrail.accounts.models import Role
from handrail.channels.brands import open_brand
from handrail.channels.models import Inbox
from handrail.conversations.conversation import Conversation
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Subscription
from handrail.workspace.models import Brand
from tests.desk.conftest import signed_in

HOST = "second.example"


@pytest.fixture
def second(shop) -> Brand:
    brand = open_brand("둘째", "Second", by=SYSTEM)
    brand.answer_at(HOST, by=SYSTEM)
    brand.lead_to_host(by=SYSTEM)
    brand.portal = {"hue": 265}
    brand.save()
    return brand


@pytest.fixture
def visitor() -> Client:
    """Somebody who came by the second brand's name."""
    return Client(headers={"host": HOST})


def words(sent) -> tuple[str, str]:
    message = sent.message()
    return tuple(message.get_body((kind,)).get_content() for kind in ("plain", "html"))


def test_each_host_shows_its_brand_and_all_show_the_articles(client, visitor, second, shop):
    ours, theirs = client.get("/hc/ko").content.decode(), visitor.get("/hc/ko").content.decode()

    assert "온결" in ours and "둘째" not in ours
    assert "둘째" in theirs and "온결" not in theirs and "/theme/265.css" in theirs
    assert "소리 버즈" in ours and "소리 버즈" in theirs
    assert Client(headers={"host": "SECOND.example:8443"}).get("/hc/ko").content.decode().count("둘째")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "second.example.evil",
        "evil.second.example",
        "second.example@evil",
        "",
        "second.example/x",
        "-",
    ],
)
def test_a_host_that_is_nobodys_is_refused(second, host):
    assert Client(headers={"host": host}).get("/hc/ko").status_code == 400


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-host", "forwarded", "x-original-host"])
def test_no_other_header_chooses_a_brand(second, client, header):
    page = client.get("/hc/ko", headers={header: f"host={HOST}" if header == "forwarded" else HOST})

    assert "둘째" not in page.content.decode()


def test_a_name_given_up_is_refused_at_once(second, visitor):
    second.answer_at("", by=SYSTEM)

    assert visitor.get("/hc/ko").status_code == 400


def test_what_pages_say_of_their_address_is_the_brands_own(visitor, client, second, shop):
    page = visitor.get("/hc/ko").content.decode()
    canonical = re.search(r'rel="canonical" href="([^"]+)"', page)[1]
    alternates = re.findall(r'hreflang="[\w-]+" href="(http[^"]+)"', page)

    assert canonical == f"{second.site}/hc/ko" and alternates
    assert all(each.startswith(f"{second.site}/") for each in alternates)
    for path in ("/sitemap.xml", "/robots.txt", "/llms.txt", "/hc/ko/news.atom", "/.well-known/security.txt"):
        theirs, ours = (one.get(path).content.decode() for one in (visitor, client))
        assert HOST in theirs and HOST not in ours, path
        assert "127.0.0.1" not in theirs and "testserver" not in theirs, path
    article = visitor.get(f"/hc/ko/articles/{shop.pairing.pk}", follow=True).content.decode()
    assert f'"url": "{second.site}/hc/ko/articles/' in article and "127.0.0.1" not in article


def test_colleagues_places_stay_at_the_sites_address(visitor, second, settings):
    answer = visitor.get("/desk/?status=open")

    assert answer.status_code == 302 and answer["Location"] == f"{settings.BASE_URL}/desk/?status=open"
    assert visitor.get("/console/portal")["Location"] == f"{settings.BASE_URL}/console/portal"
    assert visitor.post("/console/portal").status_code == 404


def test_forms_are_taken_by_their_own_host_alone(second, world):
    strict = Client(enforce_csrf_checks=True, headers={"host": HOST})
    page = strict.get("/hc/ko/sign-in").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    sent = {"email": "minji@example.com", "csrfmiddlewaretoken": token}

    here = strict.post("/hc/ko/sign-in/link", sent, headers={"origin": f"http://{HOST}"})
    from_elsewhere = strict.post("/hc/ko/sign-in/link", sent, headers={"origin": "http://testserver"})

    assert (here.status_code, from_elsewhere.status_code) == (200, 403)


def test_a_sign_in_link_bears_the_brand_and_opens_at_its_host(visitor, second, world):
    visitor.post("/hc/ko/sign-in/link", {"email": "minji@example.com"})
    world.settle()

    (sent,) = mail.outbox
    text, html = words(sent)
    link = re.search(rf"{re.escape(second.site)}(/hc/ko/sign-in/link/\w+)", text)
    assert "둘째" in sent.message()["Subject"] and "온결" not in text + html + sent.message()["From"]
    assert visitor.post(link[1])["Location"] == "/hc/ko/requests"
    assert visitor.get("/hc/ko/requests").status_code == 200


def test_a_request_by_a_brands_form_is_of_that_brand_and_so_are_its_mails(visitor, second, world):
    visitor.post(
        "/hc/ko/requests/new",
        {"email": "minji@example.com", "subject": "환불", "text": "환불해 주세요", "client_id": "a" * 23},
    )
    world.settle()
    conversation = Conversation.objects.get()
    assert conversation.brand == second
    mail.outbox.clear()

    conversation.reply("http://127.0.0.1/ 그리고 확인했어요", by=world.agent)
    world.settle()

    (sent,) = mail.outbox
    text, html = words(sent)
    assert f"{second.site}/hc/ko/requests/{conversation.number}" in text
    assert "둘째" in sent.message()["From"] and "help@handrail.test" in sent.message()["From"]
    assert ">둘째</p>" in html and "온결" not in text + html


def test_what_colleagues_link_to_leads_to_the_brands_own_host(visitor, second, world, settings):
    visitor.post(
        "/hc/ko/requests/new",
        {"email": "minji@example.com", "subject": "환불", "text": "환불해 주세요", "client_id": "a" * 23},
    )
    world.settle()
    mail.outbox.clear()
    Conversation.objects.get().reply(f"{settings.BASE_URL}/hc/ko/articles/7 을 보세요", by=world.agent)
    world.settle()

    text, html = words(mail.outbox[0])
    assert f"{second.site}/hc/ko/articles/7" in text and f"{second.site}/hc/ko/articles/7" in html
    assert settings.BASE_URL not in text + html


def test_mail_to_a_brands_mailbox_is_of_that_brand(second, world):
    inbox = Inbox.open_mailbox(
        "help@second.example", brand=second, name="second", team=world.team, locale="ko", by=SYSTEM
    )
    conversation = world.conversation()

    assert conversation.brand == world.brand
    assert Inbox.objects.mail_for(second) == inbox and Inbox.objects.mail_for(world.brand) == world.mail
    inbox.set_up(brand=world.brand, by=SYSTEM)
    assert Inbox.objects.mail_for(second) == world.mail, "without one of its own it borrows the first"


def test_a_chat_by_a_brands_host_is_of_that_brand(visitor, second):
    visitor.post("/hc/ko/chat", {"text": "안녕하세요, 환불은 어떻게 하나요?", "client_id": "b" * 23})

    assert Conversation.objects.get().brand == second


def test_who_follows_the_news_of_a_brand_hears_of_all_news_from_it(visitor, second, shop, world):
    Subscription.objects.create(
        brand=second, email="a@example.com", locale="ko", confirmed_at="2026-01-01T00:00:00Z"
    )
    news = shop.write(shop.start, kind="news", ko=("새 소식", "<p>새로워요.</p>"))
    world.settle()

    (sent,) = [each for each in mail.outbox if each.to == ["a@example.com"]]
    assert f"{second.site}/hc/ko/articles/{news.pk}" in words(sent)[0] and "둘째" in sent.message()["From"]


def test_its_logo_can_be_fetched_at_every_address(second, shop, world, client):
    manager = signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))
    assert client.get("/hc/logo/none.png").status_code == 404
    assert manager.get("/hc/logo/none.png").status_code == 404


def test_a_change_of_an_article_is_seen_at_every_host(visitor, second, shop, world):
    path = f"/hc/ko/articles/{shop.pairing.pk}"
    assert "새 제목이에요" not in visitor.get(path, follow=True).content.decode()
    shop.pairing.write("ko", title="새 제목이에요", html="<p>새 글</p>", by=world.agent)
    shop.pairing.translations.get(locale="ko").publish(by=world.agent)

    assert "새 제목이에요" in visitor.get(path, follow=True).content.decode()


def test_only_the_brand_that_was_renamed_is_stamped(second, world):
    before = {brand.pk: brand.content_stamp for brand in Brand.objects.all()}
    second.rename("셋째", "Third", by=SYSTEM)
    after = {brand.pk: brand.content_stamp for brand in Brand.objects.all()}
    assert after[second.pk] > before[second.pk] and after[world.brand.pk] == before[world.brand.pk]

    world.brand.touch(taken_back=True)
    rows = {brand.pk: (brand.content_stamp, brand.withdrawn_stamp) for brand in Brand.objects.all()}
    assert all(stamp == withdrawn > after[pk] for pk, (stamp, withdrawn) in rows.items())


def test_whose_page_it_is_costs_no_question_more(second, shop, django_assert_num_queries):
    visitor, client = Client(headers={"host": HOST}), Client()
    for one in (visitor, client):
        one.get("/hc/ko")

    with django_assert_num_queries(1):
        client.get("/robots.txt")
    with django_assert_num_queries(1):
        visitor.get("/robots.txt")
