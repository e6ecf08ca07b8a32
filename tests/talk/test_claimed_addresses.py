"""Who proved an address gets an account of their own, whoever wrote it into theirs before."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from handrail.accounts.models import User
from handrail.contacts.accounts import AddressTaken, give_password
from handrail.contacts.models import Person
from handrail.core.actors import SYSTEM
from tests.talk.visitor import Visitor

PASSWORD = "a-quiet-harbour-7"


@pytest.fixture
def claimed(world) -> User:
    """Mallory's account, into which minji@example.com was written without proof."""
    mallory = world.person("mallory@example.com", "말로리", assurance=2)
    account = give_password(mallory, "a-long-password", by=SYSTEM)
    User.objects.filter(pk=account.pk).update(email="minji@example.com")
    EmailAddress.objects.create(user=account, email="minji@example.com", primary=True)
    return account


def test_the_true_owner_chooses_a_password_and_the_claim_is_over(visitor, stranger, world, claimed):
    visitor.signs_in("minji@example.com")

    assert visitor.presses("profile/password", password=PASSWORD).status_code == 302

    minji = Person.objects.get(identities__value="minji@example.com")
    assert minji.account.email == "minji@example.com" and minji.account != claimed
    claimed.refresh_from_db()
    assert claimed.email == "mallory@example.com" and claimed.person.email == "mallory@example.com"
    assert not EmailAddress.objects.filter(email="minji@example.com").exists()
    for email, password, status in (
        ("minji@example.com", "a-long-password", 400),
        ("mallory@example.com", "a-long-password", 302),
        ("minji@example.com", PASSWORD, 302),
    ):
        assert Visitor().presses("sign-in/password", email=email, password=password).status_code == status


def test_whose_account_has_a_claimed_address_gets_back_to_their_own_by_choosing_a_password(world, claimed):
    user = give_password(claimed.person, PASSWORD, by=SYSTEM)

    assert (user.pk, user.email) == (claimed.pk, "mallory@example.com")
    assert user.check_password(PASSWORD)


def test_where_nothing_else_is_proved_the_other_account_goes_on_under_no_address(world, claimed):
    claimed.person.identities.update(assurance=0)

    give_password(world.person("minji@example.com", assurance=2), PASSWORD, by=SYSTEM)

    claimed.refresh_from_db()
    assert claimed.email.endswith(".invalid") and claimed.check_password("a-long-password")


def test_an_account_of_nobodys_becomes_that_of_who_proved_its_address(world):
    made = User.objects.create_user("minji@example.com", "a-long-password", name="김민지")
    minji = world.person("minji@example.com", assurance=2)

    assert give_password(minji, PASSWORD, by=SYSTEM) == made
    made.refresh_from_db()
    assert made.check_password(PASSWORD) and made.person == minji


def test_an_own_account_moves_to_the_proved_address_though_one_of_nobodys_has_it(world):
    minji = world.person("minji@example.com", assurance=2)
    own = give_password(minji, "a-long-password", by=SYSTEM)
    User.objects.filter(pk=own.pk).update(email="elsewhere@example.com")
    minji.refresh_from_db()
    User.objects.create_user("minji@example.com", "a-long-password", name="?")

    assert give_password(minji, PASSWORD, by=SYSTEM) == own
    own.refresh_from_db()
    assert own.email == "minji@example.com"


def test_a_colleagues_account_stays_as_it_is(world):
    person = world.person(world.agent.email, assurance=2)

    with pytest.raises(AddressTaken):
        give_password(person, PASSWORD, by=SYSTEM)

    world.agent.refresh_from_db()
    assert world.agent.email == "agent@handrail.test" and world.agent.check_password("a-long-password")


def test_letters_that_only_look_alike_name_nobodys_account(world):
    kim = give_password(world.person("kim@example.com", assurance=2), "a-long-password", by=SYSTEM)

    with pytest.raises(AddressTaken):
        give_password(world.person("\N{KELVIN SIGN}im@example.com", assurance=2), PASSWORD, by=SYSTEM)

    kim.refresh_from_db()
    assert kim.email == "kim@example.com" and kim.check_password("a-long-password")
