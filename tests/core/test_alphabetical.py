"""Lists by name stand 가나다 and a to z, in the same order on every database and in Python."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from handrail.accounts.models import Role, Team, User
from handrail.contacts.organisations import Organisation
from handrail.core.actors import SYSTEM
from handrail.core.alphabetical import Alphabetical, in_order
from handrail.workspace.models import BusinessHours

# Other collations put 12 after 2, Hangul before Latin, capitals first, or the hyphen nowhere.
NAMES = ["12월", "2월", "a-team", "ab", "Apple", "banana", "가나", "가을", "각오", "나라", "하늘", "힣"]
LINE = 'class="person-line-name">%s<'
SHUFFLED = ["나라", "banana", "힣", "가을", "Apple", "2월", "하늘", "a-team", "각오", "12월", "가나", "ab"]


@pytest.mark.django_db
def test_names_stand_by_their_letters_on_this_database():
    for name in SHUFFLED:
        BusinessHours.objects.create(name=name)

    found = list(BusinessHours.objects.order_by(Alphabetical("name")).values_list("name", flat=True))

    assert found == NAMES
    assert sorted(SHUFFLED, key=in_order) == NAMES


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_the_collation_of_the_column_and_of_the_host_are_nothing_to_it():
    """The database's own order differs: the promise above is not kept by chance."""
    table = BusinessHours._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("CREATE COLLATION numbered (provider = icu, locale = 'und-u-kn-true')")
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN name TYPE varchar(120) COLLATE numbered")
    for name in SHUFFLED:
        BusinessHours.objects.create(name=name)

    assert list(BusinessHours.objects.order_by("name").values_list("name", flat=True)) != NAMES
    found = BusinessHours.objects.order_by(Alphabetical("name"))
    assert list(found.values_list("name", flat=True)) == NAMES


@pytest.fixture
def teams(world) -> None:
    """In Korean their order is the reverse of the English one."""
    Team.objects.all().delete()
    for slug, korean, english in (
        ("a", "하자 처리", "Accounts"),
        ("b", "나라별", "banking"),
        ("c", "가입", "Care"),
    ):
        Team.objects.create(slug=slug, name_ko=korean, name_en=english)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("ko", ["가입", "나라별", "하자 처리"]), ("en", ["Accounts", "banking", "Care"])],
)
@pytest.mark.parametrize("page", ["/console/teams", "/console/colleagues/{id}"])
def test_teams_stand_by_the_name_that_is_shown(world, teams, locale, expected, page):
    admin = User.objects.create_user("admin@handrail.test", "a-long-password", role=Role.ADMIN, locale=locale)
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")

    html = client.get(page.format(id=world.agent.pk)).content.decode()

    places = [html.find(name, html.find("<main")) for name in expected]
    assert -1 not in places and places == sorted(places)


def test_a_second_page_of_organisations_goes_on_where_the_first_ended(world, monkeypatch):
    monkeypatch.setattr("handrail.web.desk.organisations.SHOWN_MOST", 5)
    for name in SHUFFLED:
        Organisation.make(name, by=SYSTEM)
    client = Client()
    client.force_login(world.agent, backend="django.contrib.auth.backends.ModelBackend")
    seen, after = [], ""
    for _page in range(3):
        html = client.get("/desk/organisations", {"after": after}).content.decode().partition("<main")[2]
        seen += sorted((n for n in NAMES if LINE % n in html), key=lambda n: html.find(LINE % n))
        after = html.rpartition("after=")[2].partition('"')[0].partition("&")[0]

    assert seen == NAMES
