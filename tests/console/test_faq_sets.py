"""FAQ sets in the console: for whom they are, and in which order they stand."""

from __future__ import annotations

import re

import pytest

from handrail.accounts.models import Role
from handrail.contacts.segments import Rule, Segment
from handrail.knowledge.audiences import Audience, key_of
from handrail.knowledge.models import FaqSet
from handrail.web.console.for_whom import audiences
from tests.desk.conftest import signed_in
from tests.portal.shop import Shop


@pytest.fixture
def shop(standing_shop) -> Shop:
    return standing_shop


@pytest.fixture
def author(world):
    return signed_in(world.staff("author@handrail.test", "윤작가", Role.AUTHOR))


@pytest.fixture
def partners(world) -> Segment:
    names = {"ko": "협력사", "en": "Partners"}
    return Segment.define("partners", names=names, rules=[Rule(mark="vip")], by=world.agent)


def test_a_set_for_a_segment_is_opened_and_saved_and_stays_with_it(author, shop, partners):
    one = shop.faq(shop.silent, audience="segment", segment=partners)
    where = f"/console/faq/{one.pk}"

    page = author.get(where).content.decode()
    chosen = re.search(r'<select[^>]*name="audience".*?<option value="([^"]*)" selected>', page, re.DOTALL)
    assert chosen is not None and chosen[1] == f"segment:{partners.pk}"
    saved = author.post(where, {"name.ko": "협력사 질문", "audience": chosen[1]})

    one.refresh_from_db()
    assert saved.status_code == 302
    assert (one.name("ko"), one.audience_key) == ("협력사 질문", f"segment:{partners.pk}")
    assert "협력사" in author.get("/console/faq").content.decode()


def test_a_set_is_narrowed_to_a_segment_and_opened_again(author, shop, partners):
    one = shop.faq(shop.silent)

    for key in (f"segment:{partners.pk}", "public"):
        author.post(f"/console/faq/{one.pk}", {"audience": key})
        assert FaqSet.objects.get(pk=one.pk).audience_key == key


@pytest.mark.parametrize("said", ["", "segment", "segment:999", "nobody"])
def test_an_audience_nobody_knows_is_refused_and_changes_nothing(author, shop, partners, said):
    one = shop.faq(shop.silent, audience="segment", segment=partners)

    assert author.post(f"/console/faq/{one.pk}", {"audience": said}).status_code == 400
    assert author.post("/console/faq/new", {"name.ko": "새 것", "audience": said}).status_code == 400
    assert [each.audience_key for each in FaqSet.objects.all()] == [f"segment:{partners.pk}"]


def test_every_audience_there_is_can_be_chosen(partners):
    offered = {key for key, _name in audiences()}

    assert {key_of(each, partners.pk) for each in Audience} == offered


def test_sets_are_put_in_order_and_the_first_page_follows(author, shop, client):
    for number, slug in enumerate(("a", "b", "c")):
        shop.faq(shop.silent, slug=slug).texts.filter(locale="ko").update(name=f"모음 {number}")
    a, _b, c = FaqSet.objects.order_by("slug")

    author.post(f"/console/faq/{c.pk}/move", {"to": "up"})
    author.post(f"/console/faq/{a.pk}/move", {"to": "down"})
    author.post(f"/console/faq/{c.pk}/move", {"to": "up"})

    assert list(FaqSet.objects.values_list("slug", flat=True)) == ["c", "a", "b"]
    page = client.get("/hc/ko").content.decode()
    assert page.index("모음 2") < page.index("모음 0") < page.index("모음 1")
