"""An organisation's one domain of before stands in the table of domains after an upgrade."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from handrail.contacts.models import Domain, Organisation
from handrail.core.actors import SYSTEM

fill = import_module("handrail.contacts.migrations.0005_domains_fill").fill


class Before:
    """The tables as the migration finds them: each organisation with the domain it had."""

    def __init__(self, rows: list[Organisation]) -> None:
        self.rows = rows

    def get_model(self, room: str, name: str) -> object:
        return self if name == "Organisation" else apps.get_model(room, name)

    @property
    def objects(self) -> Before:
        return self

    def exclude(self, domain: str) -> Before:
        return Before([row for row in self.rows if row.domain != domain])

    def order_by(self, _name: str) -> list[Organisation]:
        return self.rows


@pytest.mark.parametrize("times", [1, 2])
def test_each_domain_is_filled_in_once_and_a_shared_one_leads_to_the_first(world, times):
    made = [Organisation.make(name, by=SYSTEM) for name in ("나무책방", "가람", "달빛", "노스윈드")]
    for one, domain in zip(made, ("namubooks.com", " Garam.KR ", "", "namubooks.com"), strict=True):
        one.domain = domain

    for _ in range(times):
        fill(Before(made), connection.schema_editor())

    assert dict(Domain.objects.values_list("name", "organisation__name")) == {
        "namubooks.com": "나무책방",
        "garam.kr": "가람",
    }
