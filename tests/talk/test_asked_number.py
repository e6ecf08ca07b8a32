"""A request searched for by its number."""

from __future__ import annotations

import pytest

from handrail.contacts.accounts import find


@pytest.fixture
def enquiry(minji, world):
    enquiry = world.conversation(find("minji@example.com"))
    enquiry.reply("확인할게요", by=world.agent)
    return enquiry


@pytest.mark.parametrize(
    "asked",
    [
        "#{}",
        "{}번 문의",
        "문의 {} 어떻게 됐어요?",
        "문의번호 {}번",
        "request {}",
        "where is ticket number {}?",
    ],
)
def test_search_offers_the_request_whose_number_is_asked_for(minji, enquiry, asked):
    page = minji.opens("search", data={"query": asked.format(enquiry.number)}).content.decode()

    assert f'href="/hc/ko/requests/{enquiry.number}"' in page and f"문의 #{enquiry.number}</span>" in page


@pytest.mark.parametrize("asked", ["{}", "{}원 환불", "#9{}", "주문 {}번"])
def test_other_numbers_are_none(minji, enquiry, asked):
    page = minji.opens("search", data={"query": asked.format(enquiry.number)}).content.decode()

    assert "request-row" not in page


def test_nobody_else_is_offered_it(visitor, stranger, enquiry):
    for other in (visitor, stranger.signs_in("hana@example.com")):
        page = other.opens("search", data={"query": f"#{enquiry.number}"}).content.decode()
        assert "request-row" not in page and f"/requests/{enquiry.number}" not in page
