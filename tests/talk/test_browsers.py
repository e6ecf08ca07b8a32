"""My account: a password asks for the one before, and each browser that is signed in can be signed out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache

from handrail.contacts.accounts import find, give_password
from handrail.contacts.browsers import Browser
from handrail.contacts.jobs import forget_sessions
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.web.portal.browsers import called
from tests.talk.visitor import Visitor

OLD, NEW = "a-quiet-harbour-7", "a-louder-harbour-8"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Whale/4.29 Safari/537.36"


def is_in(visitor: Visitor) -> bool:
    return visitor.opens("profile").status_code == 200


def works(password: str) -> bool:
    answer = Visitor().presses("sign-in/password", email="minji@example.com", password=password)
    return answer.status_code == 302


def later(visitor: Visitor, seconds: int) -> None:
    """As if the visitor had signed in that long ago."""
    session = visitor.client.session
    for key in ("person", "reset"):
        if isinstance(session.get(key), dict):
            session[key] = {**session[key], "at": session[key]["at"] - seconds}
        elif key in session:
            session[key] -= seconds
    session.save()


@pytest.fixture
def settled(minji) -> Visitor:
    """Minji with a password, signed in by a link."""
    minji.presses("profile/password", password=OLD)
    assert works(OLD)
    return minji


def test_another_password_asks_for_the_one_before(settled):
    page = settled.opens("profile").content.decode()
    assert 'name="present"' in page

    assert settled.presses("profile/password", password=NEW).status_code == 400
    wrong = settled.presses("profile/password", password=NEW, present="not-it-at-all")
    assert wrong.status_code == 400 and "지금 비밀번호가 아니에요" in wrong.content.decode()
    assert works(OLD) and not works(NEW)

    assert settled.presses("profile/password", password=NEW, present=OLD).status_code == 302
    assert works(NEW) and not works(OLD)


def test_guessing_it_there_is_counted_like_guessing_at_the_door(settled):
    tries = [
        settled.presses("profile/password", password=NEW, present=f"wrong-{n}").status_code for n in range(21)
    ]

    assert tries[0] == 400 and tries[-1] == 429
    assert settled.presses("profile/password", password=NEW, present=OLD).status_code == 429


def test_the_first_one_is_chosen_soon_after_signing_in(minji):
    later(minji, 3600)
    page = minji.opens("profile").content.decode()
    assert 'name="password"' not in page and 'name="next" value="/hc/ko/profile"' in page
    assert minji.presses("profile/password", password=OLD).status_code == 403
    assert not works(OLD)

    minji.signs_in("minji@example.com", next="/hc/ko/profile")

    assert minji.presses("profile/password", password=OLD).status_code == 302
    assert works(OLD)


def test_who_forgot_it_opens_a_link_and_for_a_while_needs_none(settled, monkeypatch):
    monkeypatch.setattr("handrail.channels.sign_in_mail.KNOWN_AN_HOUR", 9)
    settled.signs_in("minji@example.com")
    assert (
        settled.presses("profile/password", password=NEW).status_code == 400
    )  # a link to sign in is no reset

    settled.signs_in("minji@example.com", next="/hc/ko/profile")
    later(settled, 3600)
    assert settled.presses("profile/password", password=NEW).status_code == 400

    settled.signs_in("minji@example.com", next="/hc/ko/profile")
    assert settled.presses("profile/password", password=NEW).status_code == 302
    assert works(NEW)
    assert settled.presses("profile/password", password=OLD).status_code == 400  # once


def test_the_browser_that_changed_it_stays_in_and_others_of_the_account_do_not(settled):
    one, other = Visitor(), Visitor()
    for each in (one, other):
        each.presses("sign-in/password", email="minji@example.com", password=OLD)
        assert is_in(each)

    one.presses("profile/password", password=NEW, present=OLD)

    assert is_in(one) and not is_in(other)
    page = one.opens("profile").content.decode()
    assert page.count("/sign-out") == 1 + 1 + 1  # this one, the one with the link, and every device


def test_each_browser_is_listed_with_its_way_out(world):
    phone, laptop = Visitor(), Visitor()
    phone.client.defaults["HTTP_USER_AGENT"], laptop.client.defaults["HTTP_USER_AGENT"] = PHONE, LAPTOP
    phone.signs_in("minji@example.com")
    laptop.signs_in("minji@example.com")
    phone.opens("profile")
    page = laptop.opens("profile").content.decode()
    listed = page[page.index('id="browsers"') :]

    assert listed.index("Whale, Windows") < listed.index("이 브라우저") < listed.index("Safari, iPhone")
    assert "127.0.0.1" in listed
    way = re.search(r'action="(/hc/ko/profile/browsers/\d+/sign-out)"', listed)
    assert way

    assert laptop.presses(way[1]).status_code == 302

    assert is_in(laptop) and not is_in(phone)
    assert "Safari, iPhone" not in laptop.opens("profile").content.decode()


def test_nobody_signs_out_anothers(minji, stranger):
    minji.opens("profile")
    row = Browser.objects.get(person=find("minji@example.com"))
    stranger.signs_in("hana@example.com")

    assert stranger.presses(f"profile/browsers/{row.pk}/sign-out").status_code == 404
    assert is_in(minji)


def test_what_is_over_is_not_listed(minji, stranger):
    other = stranger.signs_in("minji@example.com")
    other.opens("profile")
    minji.opens("profile")
    assert Browser.objects.count() == 2

    other.presses("sign-out", here="1")
    assert len(Browser.objects.still_in(find("minji@example.com"))) == 1

    minji.presses("sign-out")
    assert not Browser.objects.exists()


def test_a_guest_and_a_colleague_are_in_no_list(visitor, world):
    visitor.client.force_login(world.agent)
    visitor.opens("requests")

    assert not Browser.objects.exists()


def test_it_is_written_once_in_ten_minutes(minji):
    minji.opens("profile")
    moment = Browser.objects.get().seen_at
    minji.opens("profile")
    assert Browser.objects.get().seen_at == moment

    cache.clear()  # as ten minutes later
    minji.opens("profile")
    row = Browser.objects.get()
    assert row.seen_at > moment and Session.objects.filter(session_key=row.session_key).exists()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18 Safari/605.1.15", "Safari, macOS"),
        ("Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36", "Samsung Internet, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Linux; Android 14; wv) Chrome/130 Mobile Safari/537.36;KAKAOTALK 2410900", "KakaoTalk, Android"),
        ("curl/8", "브라우저"),
    ],
)  # fmt: skip
def test_browsers_are_called_what_people_call_them(agent, name):
    from django.utils import translation

    with translation.override("ko"):
        assert called(agent) == name


def test_an_account_of_a_provider_without_a_password_is_as_free_as_a_link(world):
    user = give_password(world.person("minji@example.com", assurance=2), OLD, by=SYSTEM)
    user.set_unusable_password()
    user.save()

    assert (
        Visitor().signs_in("minji@example.com").presses("profile/password", password=NEW).status_code == 302
    )


def test_sessions_that_ran_out_are_forgotten_with_their_browsers(settled):
    other = Visitor()
    other.presses("sign-in/password", email="minji@example.com", password=OLD)
    assert is_in(other) and is_in(settled)
    key = other.client.session.session_key
    Session.objects.filter(session_key=key).update(expire_date=clock.now() - timedelta(seconds=1))
    assert forget_sessions.func() == 1
    assert not Session.objects.filter(session_key=key).exists()
    assert not Browser.objects.filter(session_key=key).exists()
    assert is_in(settled) and Browser.objects.count() == 1
