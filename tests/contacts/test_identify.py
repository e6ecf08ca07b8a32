import pytest

from handrail.contacts.identify import identify, normal
from handrail.contacts.models import Person
from handrail.core.actors import SYSTEM


@pytest.mark.parametrize(
    "lookalike",
    ["\u212aim@example.com", "kim@example.com.", "kim+x@example.com", "k\u0456m@example.com"],
)
def test_a_look_alike_address_is_somebody_else(db, lookalike):
    kim = identify("email", "kim@example.com", by=SYSTEM, assurance=3)
    assert identify("email", lookalike, by=SYSTEM) != kim


def test_an_address_is_known_again_in_capitals(db):
    assert identify("email", "Kim@Example.com", by=SYSTEM) == identify("email", " kim@example.com", by=SYSTEM)


def test_a_phone_number_is_compared_in_its_international_form():
    assert normal("phone", "010-1234-5678") == normal("phone", "+82 10 1234 5678") == "+821012345678"


def test_a_claim_never_lowers_what_was_proved_and_never_renames(db):
    identify("email", "kim@example.com", by=SYSTEM, assurance=2, name="김민지")
    again = identify("email", "kim@example.com", by=SYSTEM, assurance=0, name="Somebody Else")
    assert again.name == "김민지"
    assert again.identities.get().assurance == 2
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["kim@example.com", "민지 (KIM@example.com)", "'kim@example.com.'", "kim＠example.com"]
)
def test_nobody_is_met_under_somebody_elses_address_as_a_name(db, name):
    assert identify("email", "other@example.com", by=SYSTEM, name=name).name == ""


@pytest.mark.parametrize("name", ["kim@work", "Other (other@example.com)", "@minji"])
def test_a_name_may_hold_ones_own_address_or_none(db, name):
    assert identify("email", "other@example.com", by=SYSTEM, name=name).name == name
