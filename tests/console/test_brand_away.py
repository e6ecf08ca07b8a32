"""Putting a brand away in the console: what comes of it is said before, and there is a way back."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role
from handrail.channels.brands import open_brand
from handrail.channels.models import Inbox
from handrail.contacts.identify import identify
from handrail.conversations.opening import open_conversation
from handrail.core.actors import SYSTEM
from handrail.core.jobs.models import Job
from handrail.workspace.models import Brand
from tests.desk.conftest import signed_in

HOST = "second.example"


@pytest.fixture
def manager(world):
    return signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))


@pytest.fixture
def second(world) -> Brand:
    brand = open_brand("둘째", "Second", by=SYSTEM)
    brand.answer_at(HOST, by=SYSTEM)
    brand.lead_to_host(by=SYSTEM)
    return brand


def away(brand: Brand) -> Brand:
    return Brand.objects.get(pk=brand.pk)


def test_what_comes_of_it_stands_above_the_button(world, manager, second):
    inbox = Inbox.open_mailbox(
        f"help@{HOST}", brand=second, name="둘째", team=world.team, locale="ko", by=SYSTEM
    )
    person = identify("email", "minji@example.com", by=SYSTEM)
    open_conversation(inbox, requester=person, by=person)
    manager.post(f"/console/brands/{second.pk}/look", {"hue": "265", "do": "save"})

    text = manager.get(f"/console/brands/{second.pk}").content.decode()

    said = text[text.index(f"/console/brands/{second.pk}/away") :]
    for word in (HOST, f"help@{HOST}", "온결"):
        assert word in said
    assert "/away" not in manager.get(f"/console/brands/{world.brand.pk}").content.decode()


def test_it_goes_below_the_others_and_comes_back(world, manager, second):
    answer = manager.post(f"/console/brands/{second.pk}/away", follow=True)

    text = answer.content.decode()
    assert away(second).is_away and f"/console/brands/{second.pk}/back" in text
    assert (
        f"/console/brands/{second.pk}/away"
        not in manager.get(f"/console/brands/{second.pk}").content.decode()
    )
    assert manager.get(f"/console/brands/{second.pk}/look").status_code == 404
    Job.objects.all().delete()
    manager.post(f"/console/brands/{second.pk}/back")
    assert not away(second).is_away and Job.objects.filter(task__endswith="ask_host").count() == 1
    assert manager.get(f"/console/brands/{second.pk}/look").status_code == 200


def test_the_sites_own_is_refused_with_the_reason(world, manager, second):
    answer = manager.post(f"/console/brands/{world.brand.pk}/away")

    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert not away(world.brand).is_away


@pytest.mark.parametrize("role", [Role.AGENT, Role.AUTHOR])
def test_others_than_managers_may_not(world, second, role):
    colleague = signed_in(world.staff("else@handrail.test", "다른", role))
    for way in ("away", "back"):
        assert colleague.post(f"/console/brands/{second.pk}/{way}").status_code in {403, 404}
    assert not away(second).is_away


def test_readers_are_led_on_and_what_they_had_begun_goes_on(world, manager, second, client, settings):
    article = world.article("환불 방법", "<p>신청하세요.</p>")
    second.put_away(by=SYSTEM)
    for path in ("/", "/hc/ko", f"/hc/ko/articles/{article.pk}?x=1", "/sitemap.xml", "/hc/en/requests/new"):
        answer = client.get(path, headers={"host": HOST})
        assert answer.status_code == 302 and answer["Location"] == f"{settings.BASE_URL}{path}", path
    page = client.get("/hc/ko/requests", headers={"host": HOST})
    assert page.status_code in {200, 302} and settings.BASE_URL not in page.headers.get("Location", "")
    sent = {"text": "계속", "email": "minji@example.com", "subject": "쓰던 글", "name": "민지"}
    client.post("/hc/ko/requests/new", sent | {"send": "1"}, headers={"host": HOST})
    assert not second.conversations.exists()


def test_nobody_tries_or_chooses_one_that_is_away(world, manager, second):
    manager.post(f"/console/brands/{second.pk}/look", {"hue": "265", "do": "preview"})
    second.put_away(by=SYSTEM)
    assert "둘째" not in manager.get("/hc/ko").content.decode()
    admin = signed_in(world.staff("admin@handrail.test", "관리자", Role.ADMIN))
    assert f'value="{second.pk}"' not in admin.get("/console/mailboxes").content.decode()
    at = f"/console/mailboxes/{Inbox.objects.mail().get().pk}/place"
    assert admin.post(at, {"brand": str(second.pk)}).status_code == 404


def test_a_mailbox_of_one_that_is_away_stays_its_own_when_kept(world, second):
    inbox = Inbox.open_mailbox(
        f"help@{HOST}", brand=second, name="둘째", team=world.team, locale="ko", by=SYSTEM
    )
    second.put_away(by=SYSTEM)
    admin = signed_in(world.staff("admin@handrail.test", "관리자", Role.ADMIN))
    text = admin.get(f"/console/mailboxes/{inbox.pk}").content.decode()
    assert f'<option value="{second.pk}" selected>' in text
    admin.post(f"/console/mailboxes/{inbox.pk}/place", {"brand": str(second.pk)})
    inbox.refresh_from_db()
    assert inbox.brand == second
