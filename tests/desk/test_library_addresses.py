"""Of the sign-in library's pages only those are open that the product uses."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from handrail.accounts.models import User
from tests.desk.conftest import signed_in

SHUT = (
    "email/", "signup/", "inactive/", "confirm-email/", "confirm-email/x/", "login/code/confirm/", "3rdparty/",
    "3rdparty/signup/", "social/connections/", "social/signup/", "social/login/error/", "sessions/", "phone/change/",
    "2fa/webauthn/",
)  # fmt: skip


@pytest.mark.parametrize("place", SHUT)
def test_what_the_product_does_not_use_is_not_there_for_anybody(client, world, place):
    customer = User.objects.create_user("minji@example.com", "a-long-password", name="김민지")

    for browser in (client, signed_in(customer), signed_in(world.agent)):
        for answer in (
            browser.get(f"/accounts/{place}"),
            browser.post(f"/accounts/{place}", {"email": "a@b.test"}),
        ):
            assert answer.status_code == 404, place


def test_nobody_claims_another_address(world):
    customer = User.objects.create_user("mallory@example.com", "a-long-password", name="말로리")

    for address in ("minji@example.com", world.mail.address):
        signed_in(customer).post("/accounts/email/", {"email": address, "action_add": ""})
        signed_in(customer).post("/accounts/email/", {"email": address, "action_primary": ""})

    customer.refresh_from_db()
    assert customer.email == "mallory@example.com"
    assert not EmailAddress.objects.exists()


def test_whose_account_was_shut_reads_so_where_they_sign_in(client, world):
    world.agent.is_active = False
    world.agent.save()

    page = client.post("/accounts/login/", {"login": world.agent.email, "password": "a-long-password"})

    assert page.status_code == 200 and "지금은 쓸 수 없는 계정이에요." in page.content.decode()
    assert client.get("/desk/").status_code == 302


def test_a_second_step_can_be_added_after_a_new_password_was_asked_for(client, world):
    client.post(
        "/accounts/password/reset/", {"email": world.agent.email}
    )  # the library notes the address as unproved
    client.post("/accounts/login/", {"login": world.agent.email, "password": "a-long-password"})

    asked = client.get("/accounts/2fa/totp/activate/")["Location"]  # for the password once more
    page = client.post(asked, {"password": "a-long-password"}, follow=True)

    assert page.request["PATH_INFO"] == "/accounts/2fa/totp/activate/" and "secret" in page.content.decode()


def test_the_buttons_of_the_second_step_stand_in_no_list(client, world):
    client.post("/accounts/login/", {"login": world.agent.email, "password": "a-long-password"})

    page = client.get("/accounts/2fa/").content.decode()

    assert 'href="/accounts/2fa/totp/activate/"' in page and "<li>" not in page
