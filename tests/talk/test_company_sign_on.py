"""The company's sign-on, against a provider that really answers."""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
import pytest

from handrail.accounts.models import User
from handrail.contacts.accounts import give_password
from handrail.contacts.identify import also_known_as
from handrail.contacts.models import Person
from handrail.core.actors import SYSTEM
from tests.talk.visitor import Visitor


class Provider:
    """An OpenID Connect provider that signs in whoever `claims` say."""

    def __init__(self, server) -> None:
        self.server, self.url = server, server.url_for("").rstrip("/")
        self.claims = {"sub": "emp-1", "email": "hana@example.com", "email_verified": True, "name": "한하나"}
        server.expect_request("/.well-known/openid-configuration").respond_with_json(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/me",
                "jwks_uri": f"{self.url}/keys",
            }
        )
        server.expect_request("/token").respond_with_handler(self._token)
        server.expect_request("/me").respond_with_handler(self._me)

    def _token(self, request):
        import json

        from werkzeug import Response

        said = {
            **self.claims,
            "iss": self.url,
            "aud": "handrail",
            "exp": int(time.time()) + 60,
            "iat": int(time.time()),
        }
        token = jwt.encode(said, "s" * 32, algorithm="HS256")
        body = {"access_token": "a", "token_type": "Bearer", "id_token": token}
        return Response(json.dumps(body), content_type="application/json")

    def _me(self, request):
        import json

        from werkzeug import Response

        return Response(json.dumps(self.claims), content_type="application/json")


@pytest.fixture
def provider(httpserver, settings) -> Provider:
    made = Provider(httpserver)
    app = {
        "provider_id": "company",
        "name": "Ongyeol",
        "client_id": "handrail",
        "secret": "shared",
        "settings": {"server_url": made.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return made


def goes_through(visitor: Visitor, provider: Provider, *, after: str = "/hc/ko/requests", **more):
    """Press the button, agree at the provider, come back."""
    sent = visitor.presses(f"/accounts/oidc/company/login/?next={after}")
    state = parse_qs(urlsplit(sent["Location"]).query)["state"][0]
    return visitor.client.get("/accounts/oidc/company/login/callback/", {"code": "c", "state": state}, **more)


def test_the_button_is_there_only_where_it_is_set_up(visitor, world, provider, settings):
    assert "Ongyeol 계정으로 계속하기" in visitor.opens("sign-in").content.decode()

    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "계정으로 계속하기" not in visitor.opens("sign-in").content.decode()


def test_somebody_new_comes_in_as_a_customer(visitor, world, provider):
    answer = goes_through(visitor, provider)

    assert answer["Location"] == "/hc/ko/requests"
    assert visitor.opens("profile").status_code == 200
    assert Person.objects.get(account__email="hana@example.com").email == "hana@example.com"
    assert User.objects.get(email="hana@example.com").role == ""


def test_who_wrote_mail_before_finds_it(visitor, world, provider):
    earlier = world.conversation(world.person("hana@example.com"))

    goes_through(visitor, provider)

    assert visitor.opens(f"requests/{earlier.number}").status_code == 200


def test_a_second_time_it_is_the_same_person(visitor, stranger, world, provider):
    goes_through(visitor, provider)
    goes_through(stranger, provider)

    assert Person.objects.filter(identities__value="hana@example.com").count() == 1
    assert stranger.opens("profile").status_code == 200


def test_a_colleagues_address_stays_out_of_its_reach(visitor, world, provider):
    provider.claims |= {"email": world.agent.email}

    goes_through(visitor, provider)

    assert visitor.client.get("/desk/").status_code in {302, 404}
    assert visitor.opens("profile").status_code == 302


def test_an_address_nobody_verified_is_none(visitor, world, provider):
    provider.claims |= {"email_verified": False}

    goes_through(visitor, provider)

    assert visitor.opens("profile").status_code == 302
    assert not User.objects.filter(email="hana@example.com").exists()


def test_signing_out_ends_it(visitor, world, provider):
    goes_through(visitor, provider)

    visitor.presses("sign-out")

    assert visitor.opens("profile").status_code == 302


# Where the company names another address than the one we know somebody by.


def test_an_address_that_changed_at_the_company_becomes_one_more_of_the_same_person(
    visitor, stranger, world, provider
):
    goes_through(visitor, provider)
    before = Person.objects.get(account__email="hana@example.com")
    earlier = world.conversation(before)

    provider.claims |= {"email": "hana.kim@example.com"}
    answer = goes_through(stranger, provider)

    assert answer["Location"] == "/hc/ko/requests"
    assert stranger.opens(f"requests/{earlier.number}").status_code == 200
    assert Person.objects.get() == before
    assert set(before.identities.values_list("value", "assurance")) == {
        ("hana@example.com", 3),
        ("hana.kim@example.com", 3),
    }


def test_a_changed_address_that_names_somebody_else_stays_with_them(visitor, stranger, world, provider):
    goes_through(visitor, provider)
    hana = Person.objects.get(account__email="hana@example.com")
    other = world.person("hana.kim@example.com", "김하나", assurance=2)
    theirs = world.conversation(other)

    provider.claims |= {"email": "hana.kim@example.com"}
    goes_through(stranger, provider)

    assert stranger.opens("profile").status_code == 200
    assert stranger.opens(f"requests/{theirs.number}").status_code != 200
    assert [each.value for each in other.identities.all()] == ["hana.kim@example.com"]
    assert [each.value for each in hana.identities.all()] == ["hana@example.com"]


def test_who_has_a_password_under_their_own_address_keeps_it_beside_the_companys(
    visitor, stranger, world, provider
):
    person = world.person("hana@home.example", "한하나", assurance=2)
    account = give_password(person, "a-long-password", by=SYSTEM)
    also_known_as(person, "email", "hana@example.com", by=world.agent, assurance=2)
    earlier = world.conversation(person)

    goes_through(visitor, provider)

    assert visitor.opens(f"requests/{earlier.number}").status_code == 200
    person.refresh_from_db()
    assert (person.account, User.objects.filter(role="").count()) == (account, 1)
    stranger.client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.opens(f"requests/{earlier.number}").status_code == 200


def test_whom_the_company_knows_cannot_take_on_a_colleagues_address(visitor, stranger, world, provider):
    goes_through(visitor, provider)

    provider.claims |= {"email": world.agent.email}
    answer = goes_through(stranger, provider)

    assert answer["Location"].endswith("sign-in?refused=1")
    assert stranger.opens("profile").status_code == 302
    assert not Person.objects.filter(identities__value=world.agent.email).exists()


@pytest.mark.parametrize(("locale", "of_the_browser"), [("en", "ko-KR"), ("ko", "en-US")])
def test_who_is_refused_comes_back_to_the_page_in_its_language(
    visitor, world, provider, locale, of_the_browser
):
    provider.claims |= {"email_verified": False}
    visitor.locale = locale
    page = visitor.opens(f"sign-in?next=/hc/{locale}/requests?page=2").content.decode()
    after = unquote(re.search(r"/accounts/oidc/company/login/\?next=([^\"]+)", page)[1])

    answer = goes_through(visitor, provider, after=after, headers={"accept-language": of_the_browser})

    assert answer["Location"] == f"/hc/{locale}/sign-in?refused=1"


def test_where_they_named_no_page_the_browser_says_the_language(visitor, world, provider):
    provider.claims |= {"email_verified": False}

    answer = goes_through(visitor, provider, after="", headers={"accept-language": "fr, en;q=0.8, ko;q=0.5"})

    assert answer["Location"] == "/hc/en/sign-in?refused=1"


def test_whom_the_company_vouches_for_is_not_led_into_an_account_that_claimed_their_address(
    visitor, world, provider
):
    claimer = give_password(world.person("mallory@example.com", assurance=2), "a-long-password", by=SYSTEM)
    User.objects.filter(pk=claimer.pk).update(email="hana@example.com")
    secret = world.conversation(claimer.person)

    assert goes_through(visitor, provider)["Location"] == "/hc/ko/requests"

    assert visitor.opens(f"requests/{secret.number}").status_code == 404
    assert Person.objects.get(account__email="hana@example.com") != claimer.person
    claimer.refresh_from_db()
    assert claimer.email == "mallory@example.com"
