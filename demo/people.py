"""Customers and employees, the organisations they belong to, and what they have with the company."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from demo.company import password_of
from demo.data import SEOUL, days_before, in_seoul, load, number_of
from handrail.contacts.accounts import give_password
from handrail.contacts.identify import also_known_as, identify
from handrail.contacts.models import Organisation, Person, Record
from handrail.core import clock
from handrail.core.actors import SYSTEM

MET_DAYS_AGO = 420  # before the oldest order
# Those who can sign in to the help centre: a customer in each language, an employee, and a manager of an organisation.
SIGN_IN = (
    "jiwoo.kim@mail.example",
    "emma.clarke@mail.example",
    "sumin.ha@ongyeol.example",
    "owner@namubooks.example",
)


def meet_all(now: datetime) -> dict[str, Person]:
    """Meet everybody of people.yaml. Returns address -> person."""
    said = load("people.yaml")
    organisations = {one["slug"]: _found(one) for one in said["organisations"]}
    people = {}
    for one in said["people"]:
        with clock.at(days_before(now, MET_DAYS_AGO - number_of(one["email"]) % 90)):
            people[one["email"]] = _meet(one, organisations)
    return people


def keep_records(people: dict[str, Person], now: datetime) -> int:
    """Keep every order, invoice, booking and warranty of records.yaml. Returns how many."""
    rows = load("records.yaml")
    for row in rows:
        day = days_before(now, row["days_ago"]).astimezone(SEOUL)
        moment = in_seoul(
            day, hour=9 + number_of(row["number"]) % 9, minute=number_of(row["title"]["ko"]) % 60
        )
        # A booking lies ahead; it was made a while ago all the same.
        with clock.at(min(moment, days_before(now, 0.2))):
            Record.keep(
                people[row["person"]],
                row["kind"],
                row["number"].replace("{date}", f"{day:%Y%m%d}"),
                title_ko=row["title"]["ko"],
                title_en=row["title"]["en"],
                amount=row["amount"],
                status=row["status"],
                product=row["product"] or "",
                at=moment,
                by=SYSTEM,
            )
    return len(rows)


def _found(said: dict[str, Any]) -> Organisation:
    organisation = Organisation.make(said["name"]["ko"], by=SYSTEM)
    organisation.know_by(said["domain"], by=SYSTEM)
    organisation.share(said.get("sharing", "nobody"), may_reply=said.get("may_reply", False), by=SYSTEM)
    return organisation


def _meet(said: dict[str, Any], organisations: dict[str, Organisation]) -> Person:
    can_sign_in = said["email"] in SIGN_IN
    person = identify(
        "email",
        said["email"],
        by=SYSTEM,
        name=said["name"],
        locale=said["locale"],
        assurance=3 if can_sign_in else 1,
    )
    also_known_as(person, "phone", said["phone"], by=SYSTEM)
    person.describe(kind=said["kind"], zone=said["zone"], by=SYSTEM)
    if organisation := organisations.get(said["organisation"] or ""):
        person.join(organisation, by=SYSTEM)
    if "part" in said:
        person.stand(said["part"], is_named=False, by=SYSTEM)
    if can_sign_in:
        give_password(person, password_of(said["email"]), by=SYSTEM)
    return person
