"""From a question through articles to a person, with no script to remember anything."""

from __future__ import annotations

import pytest

from handrail.conversations.conversation import Conversation
from handrail.web.edge.keys import Keys
from handrail.web.portal import addresses
from tests.portal.reading_pages import at, seen

QUESTION = "환불 & 교환이 안 돼요"


@pytest.fixture
def refund(shop):
    article = shop.write(shop.lamp_use, ko=("환불 신청하는 방법", "<p>주문 목록에서 환불을 누르세요.</p>"))
    shop.world.settle()
    return article


def link(page, path: str) -> str:
    """The first link of a page to `path`, as a browser would follow it."""
    links = [each["href"] for each in seen(page).all("a") if "href" in each]
    return next(href for href in links if at(href).startswith(path))


def test_question_page_and_what_was_read_reach_the_person_without_scripts(client, shop, refund):
    refund.relate([shop.pairing], by=shop.world.agent)
    results = client.get("/hc/ko/search", {"query": QUESTION})
    first = client.get(link(results, f"/hc/ko/articles/{refund.pk}-"))
    second = client.get(link(first, f"/hc/ko/articles/{shop.pairing.pk}-"))
    form = client.get(link(second, "/hc/ko/requests/new"))

    hidden = {each["name"]: each["value"] for each in seen(form).all("input") if each.get("type") == "hidden"}
    client.post(
        "/hc/ko/requests/new",
        hidden | {"email": "minji@example.com", "subject": "환불", "text": "그대로예요."},
    )

    conversation = Conversation.objects.get()
    assert [entry.get("text") or entry["article"] for entry in conversation.tried] == [
        QUESTION,
        refund.pk,
        shop.pairing.pk,
    ]
    assert conversation.about["page"] == addresses.article(shop.pairing, "ko")
    assert conversation.about["ask"]


def test_the_chat_holds_the_question_ready_to_be_sent(client, shop, refund):
    article = client.get(link(client.get("/hc/ko/search", {"query": QUESTION}), "/hc/ko/articles/"))

    chat = client.get(link(article, "/hc/ko/chat")).content.decode()

    assert "환불 &amp; 교환이 안 돼요</textarea>" in chat


def test_the_words_of_one_reader_are_on_nobody_elses_page(client, shop, refund):
    bare = addresses.article(refund, "ko")
    asked = client.get(bare, {"question": QUESTION, "ask": "k1"}).content.decode()
    after = client.get(bare).content.decode()

    assert "question=" in asked
    assert f'<link rel="canonical" href="{addresses.absolute(bare)}">' in asked
    assert "question=" not in after and "ask=k1" not in after


def test_memory_is_never_asked_for_an_address_with_words():
    scope = {"method": "GET", "headers": [], "raw_path": b"/hc/ko/articles/1-a", "query_string": b"product=1"}

    assert Keys([]).read(scope)
    assert not Keys([]).read({**scope, "query_string": b"product=1&question=secret"})


@pytest.mark.parametrize(
    "nonsense", ["question=", "question=%00", "tried=1,x&ask=%3Cb%3E", "question=a&tried=9x,,-1"]
)
def test_nonsense_in_the_address_adds_nothing_of_itself(client, shop, refund, nonsense):
    page = client.get(f"{addresses.article(refund, 'ko')}?{nonsense}")

    assert page.status_code == 200
    assert not any(bad in page.content.decode() for bad in ("%3Cb%3E", "9x", "%00"))
