"""Addresses that only presses use stay in the address bar when a page is the answer: Enter there leads to a page too."""

from __future__ import annotations

import pytest

from handrail.conversations.conversation import Conversation


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize(
    ("act", "page"),
    [
        ("sign-in/link", "sign-in"),
        ("sign-in/password", "sign-in"),
        ("requests/solved", "requests/new"),
        ("search/solved", "search"),
        ("troubleshooters/4/solved", "troubleshooters/4"),
        ("chat/person", "chat"),
        ("chat/draft", "chat"),
        ("chat/choice", "chat"),
        ("chat/solved", "chat"),
        ("chat/address", "chat"),
        ("requests/12/replies", "requests/12"),
        ("requests/12/solution", "requests/12"),
        ("requests/12/reopening", "requests/12"),
        ("talk/abc/transcript/mail", "talk/abc/transcript"),
    ],
)
def test_the_address_of_a_press_leads_to_the_page_it_was_made_on(visitor, locale, act, page):
    """Whether there is such a request is not told: nothing is looked up on the way."""
    path = f"/hc/{locale}/{act}"
    for answered in (visitor.client.get(path), visitor.client.head(path)):
        assert answered.status_code == 302
        assert answered["Location"] == f"/hc/{locale}/{page}"
        assert "no-store" in answered["Cache-Control"]
    assert visitor.client.options(path).status_code == 405


def test_after_a_link_was_asked_for_enter_shows_the_sign_in_page(visitor):
    shown = visitor.presses("sign-in/link", email="minji@example.com")
    assert shown.status_code == 200

    again = visitor.client.get(shown.wsgi_request.path, follow=True)

    assert (again.status_code, again.redirect_chain) == (200, [("/hc/ko/sign-in", 302)])
    assert 'name="email"' in again.content.decode()


@pytest.mark.parametrize(
    ("act", "page"),
    [
        ("profile/about", "profile"),
        ("profile/password", "profile"),
        ("requests/12/copies", "requests/12"),
        ("requests/12/copies/3", "requests/12"),
    ],
)
def test_so_do_those_of_who_is_signed_in(minji, act, page):
    answered = minji.client.get(f"/hc/ko/{act}")
    assert (answered.status_code, answered["Location"]) == (302, f"/hc/ko/{page}")


def test_looking_asks_for_nobody(visitor):
    visitor.says("환불이 안 돼요")
    talk = Conversation.objects.get()

    assert visitor.opens("chat/person", follow=True).status_code == 200

    talk.refresh_from_db()
    assert talk.held_by == "bot"
