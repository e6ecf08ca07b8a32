"""What an article's page keeps for readers who may read the same: little work, nothing stale, nothing of anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.web.portal import addresses, sheets
from handrail.web.viewer import PERSON_KEY

WORDS = "뚜껑을 열어요."


def read(client: Client, shop) -> str:
    answer = client.get(f"/hc/ko/articles/{shop.pairing.pk}", follow=True)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def signed_in(person) -> Client:
    client = Client()
    session = client.session
    session[PERSON_KEY] = {"id": person.pk, "assurance": 2, "at": clock.now().timestamp() + 1}
    session.save()
    return client


def test_the_next_reader_costs_one_look_at_the_brand(client, shop, django_assert_num_queries):
    path = addresses.article(shop.pairing, "ko")
    first = client.get(path)

    with django_assert_num_queries(1):
        second = client.get(path)

    assert second.content == first.content
    assert WORDS in second.content.decode()


CHANGES = {
    "published anew": lambda shop: publish(shop, "<p>새로 쓴 글이에요.</p>"),
    "withdrawn": lambda shop: shop.pairing.translations.get(locale="ko").withdraw(by=SYSTEM),
    "archived": lambda shop: shop.pairing.archive(by=SYSTEM),
    "for colleagues only": lambda shop: shop.pairing.show_to("agents", by=SYSTEM),
    "moved": lambda shop: shop.pairing.move(shop.problems, by=SYSTEM),
    "topic renamed": lambda shop: type(shop.start).offer(
        shop.buds, shop.start.slug, names={"ko": "처음", "en": "First"}, by=SYSTEM
    ),
    "product renamed": lambda shop: type(shop.buds).offer(
        shop.world.brand, shop.buds.slug, names={"ko": "소리 이어폰", "en": "Sori"}, by=SYSTEM
    ),
    "labelled": lambda shop: shop.pairing.label_as(["블루투스"], by=SYSTEM),
    "related": lambda shop: shop.pairing.relate([shop.korean_only], by=SYSTEM),
    "a neighbour withdrawn": lambda shop: shop.silent.translations.get(locale="ko").withdraw(by=SYSTEM),
}


def publish(shop, html: str) -> None:
    shop.pairing.write("ko", title="휴대폰에 연결하는 방법", html=html, by=SYSTEM)
    shop.pairing.translations.get(locale="ko").publish(by=SYSTEM)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_on_the_page_from_the_next_request_on(client, shop, change):
    shop.pairing.relate([shop.silent], by=SYSTEM)
    before = read(client, shop)

    change(shop)
    now = read(client, shop)

    assert now != before
    sheets.forget()
    assert now == read(client, shop)


def test_after_a_minute_it_is_gathered_anew(client, shop):
    read(client, shop)
    shop.world.team.name_ko = "새 이름"
    type(shop.world.hours).objects.update(weekly={"0": [["10:00", "11:00"]]})
    old = read(client, shop)

    with clock.at(clock.now() + timedelta(seconds=61)):
        assert read(client, shop) != old


def test_readers_of_other_audiences_never_meet_in_one_sheet(shop):
    colleague = Client()
    colleague.force_login(shop.world.agent)
    publish(shop, f'<p>{WORDS}</p><section data-audience="agents"><p>속으로만 알아요.</p></section>')

    assert "속으로만" in read(colleague, shop)
    assert "속으로만" not in read(Client(), shop)
    assert "속으로만" not in read(signed_in(shop.world.person(assurance=2)), shop)


def test_nothing_of_the_reader_who_came_first_stays(shop):
    person = shop.world.person("minji@example.com", "김민지", assurance=2)
    asked = signed_in(person).get(
        f"/hc/ko/articles/{shop.pairing.pk}?question=비밀질문",
        HTTP_USER_AGENT="a-browser-of-hers",
        follow=True,
    )
    assert asked.status_code == 200

    kept = [str(sheet.context) for sheet in sheets._kept.values()]

    assert kept
    traces = ("김민지", "minji@example.com", "비밀질문", "a-browser-of-hers", "csrfmiddlewaretoken")
    assert [trace for trace in traces if any(trace in each for each in kept)] == []


def test_a_sheet_gathered_across_a_change_is_not_shown_again(client, shop, monkeypatch):
    from handrail.web.portal import articles

    gather = articles.gather

    def slow(*args, **kwargs):
        sheet = gather(*args, **kwargs)
        publish(shop, "<p>그 사이에 바뀌었어요.</p>")
        return sheet

    path = addresses.article(shop.pairing, "ko")
    monkeypatch.setattr(articles, "gather", slow)
    assert WORDS in client.get(path).content.decode()
    monkeypatch.undo()

    assert "그 사이에 바뀌었어요." in read(client, shop)


def test_few_are_kept(client, shop, monkeypatch):
    monkeypatch.setattr(sheets, "KEPT_MOST", 2)

    for one in (shop.pairing, shop.silent, shop.korean_only):
        assert client.get(addresses.article(one, "ko")).status_code == 200

    assert len(sheets._kept) == 2


def test_an_address_with_nothing_at_it_gathers_its_ways_on_once_and_follows_what_changes(client, shop):
    def missing() -> str:
        answer = client.get("/hc/ko/nothing-here")
        assert answer.status_code == 404
        return answer.content.decode()

    assert "휴대폰에 연결하는 방법" in missing()
    with CaptureQueriesContext(connection) as again:
        missing()
    assert not [each for each in again if "knowledge_article" in each["sql"]]
    for text in shop.pairing.translations.filter(published__isnull=False):
        text.withdraw(by=SYSTEM)
    assert "휴대폰에 연결하는 방법" not in missing()
