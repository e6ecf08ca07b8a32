"""The demo is only built where nothing is yet, and says once how to sign in."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from demo import building, wiping
from demo.data import load
from handrail.accounts.models import User
from handrail.config import preparing
from handrail.core.actors import SYSTEM
from handrail.core.events.ledger import record
from handrail.workspace.models import Brand, BusinessHours


@pytest.mark.django_db
def test_a_database_with_a_real_brand_is_refused_and_untouched():
    Brand.objects.create(slug="real", name_ko="진짜", name_en="Real")
    BusinessHours.objects.create(name="ours")
    out = StringIO()
    with pytest.raises(CommandError, match="real"):
        call_command("demo", "reset", stdout=out, stderr=out)
    assert Brand.objects.count() == BusinessHours.objects.count() == 1
    assert out.getvalue() == ""


@pytest.mark.django_db
def test_a_database_with_people_but_no_brand_is_refused_and_untouched():
    User.objects.create_user("someone@handrail.test", "a-long-password", name="누군가", role="admin")
    with pytest.raises(CommandError, match="no brand marked as demo"):
        call_command("demo", "reset", stdout=StringIO(), stderr=StringIO())
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_if_empty_leaves_a_site_alone():
    Brand.objects.create(slug="demo", name_ko="데모", name_en="Demo", is_demo=True)
    out = StringIO()
    call_command("demo", "reset", "--if-empty", stdout=out)
    assert "nothing was touched" in out.getvalue()
    assert Brand.objects.get().slug == "demo"


@pytest.mark.django_db
def test_a_demo_whose_building_was_interrupted_is_built_anew(monkeypatch):
    brand = Brand.objects.create(slug="demo", name_ko="데모", name_en="Demo", is_demo=True)
    built = []
    monkeypatch.setattr(building, "rebuild", lambda **how: built.append(how) or building.Built())
    record(wiping.BEGUN, brand, by=SYSTEM)
    out = StringIO()
    call_command("demo", "reset", "--if-empty", stdout=out)
    assert len(built) == 1 and "interrupted" in out.getvalue()

    record(wiping.BUILT, brand, by=SYSTEM)
    call_command("demo", "reset", "--if-empty", stdout=out)
    assert len(built) == 1 and "nothing was touched" in out.getvalue()


@pytest.mark.django_db
def test_a_site_of_ones_own_lists_no_sign_ins():
    Brand.objects.create(slug="real", name_ko="진짜", name_en="Real")
    out = StringIO()
    call_command("demo", "sign-ins", stdout=out)
    assert "@" not in out.getvalue() and "own passwords" in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("is_new", [True, False])
def test_a_first_start_lists_the_sign_ins_once_at_the_end(monkeypatch, is_new):
    def founded(**_how):
        Brand.objects.create(slug="demo", name_ko="데모", name_en="Demo", is_demo=True)
        return building.Built()

    if not is_new:
        founded()
    monkeypatch.setattr(building, "rebuild", founded)
    out = StringIO()
    preparing.prepare(lambda line: out.write(f"{line}\n"), out)
    assert out.getvalue().count("Sign-ins") == 1
    assert out.getvalue().index("Sign-ins") > out.getvalue().index("Data folder")


def test_every_label_of_the_demo_has_a_name_in_both_languages():
    said = load("furniture.yaml")
    used = {label for labels in said["labels"].values() for label in labels}
    assert set(said["called"]) == used
    assert all(names.keys() == {"ko", "en"} for names in said["called"].values())
