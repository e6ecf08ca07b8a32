"""Whole addresses lead to the host name of the brand they are read or written for."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from handrail.answers.results import Hit, Result
from handrail.channels.brands import open_brand
from handrail.conversations.conversation import Conversation
from handrail.conversations.transcript_mail import mail_transcript
from handrail.conversations.transcripts import Transcript
from handrail.core.actors import SYSTEM
from handrail.intake.respond import words
from handrail.knowledge.linking import linked
from handrail.workspace.models import Brand
from tests.desk.conftest import signed_in

HOST = "second.example"


@pytest.fixture
def second(shop) -> Brand:
    brand = open_brand("둘째", "Second", by=SYSTEM)
    brand.answer_at(HOST, by=SYSTEM)
    brand.lead_to_host(by=SYSTEM)
    return brand


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": HOST})


def test_what_a_program_is_told_leads_where_it_asked(shop, second, client, visitor, settings):
    for path in (
        "/api/v2/answers?query=한쪽에서 소리가 나지 않아요&locale=ko",
        "/api/v2/articles?locale=ko",
        f"/api/v2/articles/{shop.silent.pk}?locale=ko",
        f"/faq/{shop.faq(shop.silent, shop.pairing).pk}.json",
        "/hc/ko/news.atom",
        "/sitemap.xml",
        "/llms.txt",
        "/robots.txt",
    ):
        ours, theirs = client.get(path), visitor.get(path)
        assert ours.status_code == theirs.status_code == 200, path
        assert f"{settings.BASE_URL}/" in ours.content.decode() and HOST not in ours.content.decode(), path
        assert f"{second.site}/" in theirs.content.decode(), path
        assert f"{settings.BASE_URL}/" not in theirs.content.decode(), path


def test_without_a_brand_an_answer_leads_to_the_site(settings):
    hit = Hit(7, "환불", "환불", "ko", "ko", 0.9, text="3일")
    result = Result("answer", "ko", answer=hit, wants_person=True)
    own, theirs = result.as_json(), result.as_json(site="https://second.example")
    assert own["answer"]["url"].startswith(f"{settings.BASE_URL}/hc/ko/articles/7-")
    assert theirs["answer"]["url"].startswith("https://second.example/hc/ko/articles/7-")
    assert own["contact"] == f"{settings.BASE_URL}/hc/ko/requests/new"
    assert theirs["contact"] == "https://second.example/hc/ko/requests/new"
    assert words(result, site="https://second.example")[1]["answer"]["url"] == theirs["answer"]["url"]


def test_an_agent_is_offered_links_to_the_help_centre_the_customer_knows(shop, second):
    conversation = shop.world.conversation()
    Conversation.objects.filter(pk=conversation.pk).update(brand=second)
    rows = (
        signed_in(shop.world.agent)
        .get(f"/desk/conversations/{conversation.pk}/articles", {"query": "소리"})
        .json()["rows"]
    )
    assert rows and all(row["url"].startswith(second.site) for row in rows)


def test_an_articles_link_is_known_by_either_name_and_no_strangers(shop, second, settings):
    at = "/hc/ko/articles/12-x"
    assert linked(f"{settings.BASE_URL}{at}") == [12]
    assert linked(f"보세요: {second.site}/hc/ko/articles/13-x") == [13]
    assert linked(f"https://evil.example{at} http://{HOST}.evil{at}") == []


def test_the_mail_with_a_transcript_is_of_the_conversations_brand(shop, second):
    conversation = shop.world.conversation()
    Conversation.objects.filter(pk=conversation.pk).update(brand=second)
    asked = Transcript.objects.create(
        conversation=conversation, email="else@example.com", locale="ko", zone="Asia/Seoul", upto=99
    )
    mail_transcript.func(asked.pk)
    made = mail.outbox[-1].message()
    assert f"{second.site}/hc/ko/transcript/" in made.get_body(("plain",)).get_content()
    assert "둘째" in str(made["Subject"]) and "온결" not in str(made["From"])
