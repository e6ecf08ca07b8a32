"""Signing in: the same answer for everybody, a link that works once, and out everywhere."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail

from handrail.accounts.models import SignInLink
from handrail.channels.sign_in_mail import send_sign_in_link
from handrail.core.actors import SYSTEM
from handrail.core.jobs.models import Job
from handrail.core.jobs.worker import drain
from tests.talk.visitor import Visitor, mailed_link


def is_in(visitor: Visitor) -> bool:
    return visitor.opens("profile").status_code == 200


def test_known_and_unknown_addresses_get_the_same_answer(visitor, world):
    world.person("known@example.com")

    known = visitor.presses("sign-in/link", email="known@example.com").content
    unknown = visitor.presses("sign-in/link", email="nobodyx@example.com").content

    assert _same(known, b"known@example.com") == _same(unknown, b"nobodyx@example.com")


def _same(page: bytes, email: bytes) -> bytes:
    """The page without the address and the form's token."""
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", page.replace(email, b""))


def test_an_address_gets_three_links_an_hour_and_a_strangers_one_a_day(world):
    world.person("known@example.com")
    for _turn in range(5):
        send_sign_in_link.call("known@example.com", locale="ko", path="/hc/ko/sign-in/link/")
        send_sign_in_link.call("nobody@example.com", locale="ko", path="/hc/ko/sign-in/link/")

    sent = [message.to[0] for message in mail.outbox]
    assert sent.count("known@example.com") == 3
    assert sent.count("nobody@example.com") == 1


def test_the_secret_stands_in_no_job_and_in_no_link_row(visitor, world):
    visitor.presses("sign-in/link", email="minji@example.com")
    drain()
    secret = mailed_link().rsplit("/", 1)[1]

    assert secret not in str(list(Job.objects.values()))
    assert secret not in str(list(SignInLink.objects.values()))


def test_looking_at_a_link_uses_nothing_up_and_pressing_works_once(visitor, stranger, world):
    visitor.presses("sign-in/link", email="minji@example.com")
    drain()
    path = mailed_link()

    assert visitor.opens(path).status_code == 200
    assert visitor.opens(path).status_code == 200
    assert not is_in(visitor)
    assert visitor.presses(path).status_code == 302
    assert is_in(visitor)
    assert stranger.presses(path).status_code == 410
    assert not is_in(stranger)


@pytest.mark.parametrize("secret", ["%20", "x", "0" * 23, "..%2f"])
def test_a_wrong_secret_opens_nothing(visitor, world, secret):
    assert visitor.opens(f"sign-in/link/{secret}").status_code in {404, 410}
    assert not is_in(visitor)


def test_a_link_is_over_after_an_hour(visitor, world):
    link, secret = SignInLink.issue("minji@example.com", by=SYSTEM)
    SignInLink.objects.update(expires_at=link.created_at - timedelta(seconds=1))

    assert visitor.presses(f"sign-in/link/{secret}").status_code == 410


def test_the_link_leads_to_our_own_host_whatever_the_request_says(visitor, world, settings):
    visitor.client.post(
        "/hc/ko/sign-in/link", {"email": "minji@example.com"}, headers={"host": "evil.example"}
    )
    visitor.presses("sign-in/link", email="minji@example.com")
    drain()

    assert "evil.example" not in mail.outbox[-1].message().as_string()
    assert settings.BASE_URL in mail.outbox[-1].message().get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/desk/"]
)
def test_it_goes_on_inside_the_help_centre_only(visitor, world, wanted):
    visitor.signs_in("minji@example.com", next=wanted)

    assert visitor.page["Location"] == "/hc/ko/requests"


def test_what_stands_after_a_plus_brings_a_stranger_no_second_link_that_day(visitor, world):
    for address in ("soo@example.com", "soo+1@example.com", "Soo+2@example.com", "soo@example.com"):
        visitor.presses("sign-in/link", email=address)
        drain()

    assert len(mail.outbox) == 1


def test_a_password_works_after_it_was_chosen(minji, stranger, world):
    minji.presses("profile/password", password="a-quiet-harbour-7")

    wrong = stranger.presses("sign-in/password", email="minji@example.com", password="nope-nope-nope")
    assert wrong.status_code == 400 and not is_in(stranger)
    right = stranger.presses("sign-in/password", email="minji@example.com", password="a-quiet-harbour-7")
    assert right.status_code == 302 and is_in(stranger)


def test_a_weak_password_is_refused_with_the_reason(minji):
    assert minji.presses("profile/password", password="12345678").status_code == 400


def test_guessing_stops_after_twenty_tries_from_wherever(minji, stranger, world):
    minji.presses("profile/password", password="a-quiet-harbour-7")
    answers = [
        stranger.presses("sign-in/password", email="minji@example.com", password=f"wrong-{n}")
        for n in range(21)
    ]

    assert answers[-1].status_code == 429
    assert (
        stranger.presses(
            "sign-in/password", email="minji@example.com", password="a-quiet-harbour-7"
        ).status_code
        == 429
    )


def test_a_colleagues_address_gets_no_customer_password(visitor, world):
    visitor.signs_in("agent@handrail.test")

    assert visitor.presses("profile/password", password="a-quiet-harbour-7").status_code == 400


def test_signing_out_ends_it_on_every_device(minji, stranger, world):
    other = stranger.signs_in("minji@example.com")
    minji.presses("profile/password", password="a-quiet-harbour-7")
    third = Visitor()
    third.presses("sign-in/password", email="minji@example.com", password="a-quiet-harbour-7")
    assert is_in(other) and is_in(third)

    minji.presses("sign-out")

    assert not is_in(minji) and not is_in(other) and not is_in(third)


def test_signing_out_here_leaves_the_other_devices_in(minji, stranger, world):
    other = stranger.signs_in("minji@example.com")

    minji.presses("sign-out", here="1")

    assert not is_in(minji) and is_in(other)


def test_a_guest_link_opens_one_request_only(visitor, world):
    person = world.person("minji@example.com")
    one, another = world.conversation(person), world.conversation(person)
    _link, secret = SignInLink.issue(
        "minji@example.com", by=SYSTEM, purpose="one_conversation", conversation_id=one.number
    )

    answer = visitor.presses(f"sign-in/link/{secret}")

    assert answer["Location"] == f"/hc/ko/requests/{one.number}"
    assert visitor.opens(f"requests/{one.number}").status_code == 200
    assert visitor.presses(f"requests/{one.number}/replies", text="답장이에요").status_code == 302
    assert visitor.opens(f"requests/{another.number}").status_code == 404
    assert visitor.opens("profile").status_code == 404
    assert visitor.presses("profile/password", password="a-quiet-harbour-7").status_code == 404


def test_a_guest_who_was_taken_out_sees_nothing_more(visitor, world):
    one = world.conversation(world.person("minji@example.com"))
    hana = world.person("hana@example.com")
    one.add_participant(hana, by=SYSTEM)
    _link, secret = SignInLink.issue(
        "hana@example.com", by=SYSTEM, purpose="one_conversation", conversation_id=one.number
    )
    visitor.presses(f"sign-in/link/{secret}")
    assert visitor.opens(f"requests/{one.number}").status_code == 200

    one.remove_participant(hana, by=SYSTEM)

    assert visitor.opens(f"requests/{one.number}").status_code == 404


def test_the_session_gets_a_new_name_when_somebody_signs_in(visitor, world):
    visitor.says("안녕하세요")
    before = visitor.client.cookies["session"].value

    visitor.signs_in("minji@example.com")

    assert visitor.client.cookies["session"].value != before


def test_a_number_and_an_address_open_a_request_only_through_the_mail(visitor, stranger, world):
    one = world.conversation(world.person("minji@example.com"))

    for who, email in ((visitor, "minji@example.com"), (stranger, "other@example.com")):
        page = who.presses("sign-in/link", email=email, conversation=one.number)
        drain()
        assert page.status_code == 200
        assert who.opens(f"requests/{one.number}").status_code == 404
        who.presses(mailed_link())

    assert visitor.opens(f"requests/{one.number}").status_code == 200
    assert stranger.opens(f"requests/{one.number}").status_code == 404


def test_the_page_of_a_secret_lets_its_form_post(visitor, world):
    """A browser that may send no referrer sends no origin either, and the form would be refused."""
    _link, secret = SignInLink.issue("minji@example.com", by=SYSTEM)

    assert visitor.opens(f"sign-in/link/{secret}")["Referrer-Policy"] == "same-origin"
